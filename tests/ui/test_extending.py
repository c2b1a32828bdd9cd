"""More time for a task on screen: asked for with what it comes to, decided by one key, told to the reporter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import (
    ApproveRequest,
    AskExtension,
    Attach,
    RefuseRequest,
    WithdrawRequest,
)
from app.domain.running import disposal_of
from app.domain.terms import Grade, TaskStatus
from tests.ui.fake_desk import FakeDesk, _row
from tests.ui.hands import form, press, write
from ui.main_window import MainWindow
from ui.models.clock_lines import ClockText
from ui.models.row_text import Column, RowText
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText
from ui.views.forms import extension
from ui.views.forms.by_kind import FORMS

pytestmark = pytest.mark.article(16)

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


@pytest.fixture
def about(desk: FakeDesk) -> str:
    """A case whose unit has just begun to work on it."""
    on = next(
        one
        for one in desk.dossiers.values()
        if one.tasks and one.tasks[-1].status is TaskStatus.SIGNED
    )
    signed = replace(
        on.tasks[-1], dispatched_at=desk.now(), signed_at=desk.now(), limit_value=5, unit="CGJ"
    )
    case = replace(on.case, grade=Grade.C, units="|CGJ|", lead_unit="CGJ")
    desk.dossiers[on.case.id] = replace(on, case=case, tasks=(signed,))
    return on.case.id


def asked(desk: FakeDesk, about: str, value: int = 2, login: str = "chen") -> None:
    task = desk.dossiers[about].tasks[-1].id
    file = Attach(case_id=about, stage="EVIDENCE", name="批文.pdf", digest="d", size=1)
    desk.colleague_does(about, file, login)
    wish = AskExtension(
        case_id=about, task_id=task, reason="COMPLEX", text="需开挖道路", value=value
    )
    desk.colleague_does(about, wish, login)


def due_of(desk: FakeDesk, about: str):
    on = desk.dossiers[about]
    clock = disposal_of(on.tasks[-1], on, desk.setting)
    assert clock is not None
    return clock.due


def show(window: MainWindow, case_id: str, until) -> None:
    window.workbench.open_case(case_id)
    until(lambda: window.workbench.view and window.workbench.view.dossier.case.id == case_id)
    until(lambda: window.runner.is_idle)
    window.workbench.focus_list()


def opened(screen, desk, about: str, kind: str, qtbot):
    made = FORMS[kind](screen, desk._view(desk.dossiers[about]))
    qtbot.addWidget(made)
    return made


def read_in(made) -> str:
    return "\n".join(label.text() for label in made.findChildren(QLabel))


def test_what_is_typed_is_told_as_what_it_comes_to(screen, desk, about, words, qtbot):
    made = opened(screen, desk, about, "ask_extension", qtbot)
    was, say = due_of(desk, about), words.when
    assert "已延期 0 次，最多 2 次" in read_in(made)
    assert made._asked.hinted == words.say("form.amount.how")
    made.amount.setText("2")
    assert "2 个工作日" in made._asked.hinted
    assert say(was) in made._asked.hinted
    made.amount.setText("9")
    assert "最多 5 个工作日" in made._asked.hinted
    made.amount.setText("soon")
    assert made._asked.hinted == words.say("form.amount.unread")
    target = was + timedelta(days=7)
    made.amount.setText(f"{target:%m-%d}")
    assert say(target) in made._asked.hinted
    words.use("en")
    assert "5 working days more" in made._asked.hinted


def test_files_and_wish_are_sent_together(screen, desk, about, qtbot):
    made = opened(screen, desk, about, "ask_extension", qtbot)
    assert [field.asked for field in made.column.missing] == [
        "form.extension_reason",
        "form.amount",
        "form.reason",
        "form.evidence",
    ]
    made.reason.choose("COMPLEX")
    made.amount.setText("1")
    made.words.setPlainText("需开挖")
    made.files.restore([("批文.pdf", "d" * 64, 2048)])
    sent = []
    made.submitted.connect(sent.extend)
    made.submit()
    file, wish = sent
    assert (file.stage, file.name, file.task_id) == ("EVIDENCE", "批文.pdf", wish.task_id)
    assert (wish.reason, wish.value, wish.until, wish.text) == ("COMPLEX", 1, None, "需开挖")


def test_a_form_for_a_task_that_is_gone_shows_no_limits(screen, desk, about, qtbot):
    on = desk.dossiers[about]
    desk.dossiers[about] = replace(on, tasks=())
    made = opened(screen, desk, about, "ask_extension", qtbot)
    made.amount.setText("1")
    assert made._standing is None
    assert made._commands() == (
        AskExtension(case_id=about, task_id="", reason="", text="", value=1),
    )


def test_a_target_travels_as_an_instant():
    moment = FakeDesk().now()
    assert (extension._value(3), extension._until(3)) == (3, None)
    assert (extension._value(moment), extension._until(moment)) == (None, moment)


def test_the_key_of_a_return_decides_on_an_extension_too(
    whole_window: MainWindow, desk: FakeDesk, about, until, words
):
    asked(desk, about)
    due = desk.dossiers[about].requests[-1].wanted_until
    show(whole_window, about, until)
    bar = whole_window.workbench.pane.acts
    assert {"approve_request", "refuse_request"} <= set(bar.names)
    assert bar.button("approve_request").text() == "同意申请  A"
    press(whole_window, Key.Key_A)
    made = form(whole_window)
    assert made is not None
    told = read_in(made)
    assert "延长 2 个工作日" in told
    assert "需开挖道路" in told
    assert "批文.pdf" in told
    assert f"{due.astimezone():%Y}" in made.notice.text
    until(lambda: whole_window.runner.is_idle)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    (sent,) = desk.sent
    assert isinstance(sent, ApproveRequest)
    assert (sent.what, sent.method) == ("EXTENSION", "SMS")
    assert due_of(desk, about) == due


def test_a_refusal_needs_words(whole_window: MainWindow, desk: FakeDesk, about, until):
    asked(desk, about)
    show(whole_window, about, until)
    press(whole_window, Key.Key_R, SHIFT)
    press(whole_window, Key.Key_Return, CTRL)
    assert desk.sent == []
    write(whole_window, "材料不足")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    (sent,) = desk.sent
    assert isinstance(sent, RefuseRequest)
    assert sent.text == "材料不足"


def test_who_asked_takes_it_back_with_one_key(whole_window: MainWindow, desk, about, until):
    asked(desk, about, login="li")
    show(whole_window, about, until)
    press(whole_window, Key.Key_W, SHIFT)
    until(lambda: desk.sent == [WithdrawRequest(case_id=about)] and whole_window.runner.is_idle)
    assert desk.dossiers[about].requests[-1].status == "DROPPED"


def test_the_case_tells_what_was_asked_and_the_ledger_what_was_added(screen, desk, about):
    asked(desk, about)
    request = desk.dossiers[about].requests[-1]
    wish = ApproveRequest(
        case_id=about, request_id=request.id, what="EXTENSION", notice="延期", text="同意"
    )
    desk.colleague_does(about, wish)
    view = desk._view(desk.dossiers[about])
    text = WorkText(WishText(screen.words, screen.data, desk.setting, view.edition))
    (line,) = next(part for part in text.parts(view.dossier) if part.name == "requests").lines
    assert (line.head, line.state) == ("延期：情况复杂", "已同意")
    assert line.body.startswith("延长 2 个工作日，至 ")
    told = ClockText.of(screen.words, screen.data, desk.setting, view.dossier)
    clock = next(one for one in view.ledgers if one.about == request.task_id and one.added)
    first = told.stretches(clock, desk.now())[0]
    assert first.why == "延期 2 个工作日"
    assert first.note == "李四 批准 · 第16条·推定 · 建议值"
    assert told.source(clock).startswith("限 7 个工作日（含延期）")
    heads = [text.wish.headline(one) for one in view.timeline]
    assert heads[-1] == "同意延期"


def test_a_decision_on_nothing_is_asked_with_nothing(screen, desk, about, qtbot):
    """What waited is gone while the form opens: the desk says so."""
    approve = opened(screen, desk, about, "approve_request", qtbot)
    refuse = opened(screen, desk, about, "refuse_request", qtbot)
    for made in (approve, refuse):
        (wish,) = made._commands()
        assert (wish.request_id, wish.what) == ("", "")


def test_the_list_says_what_waits_and_since_when(screen, desk, about, words):
    asked(desk, about)
    text, row = RowText(words, screen.data), _row(desk.dossiers[about])
    assert (row.asked, row.asked_at) == ("EXTENSION", desk.now())
    assert "延?" in text.cell(row, Column.MARKS)
    assert f"延期待审，{words.when(desk.now())} 提出" in text.hint(row, Column.MARKS)
    desk.colleague_does(about, WithdrawRequest(case_id=about), "chen")
    assert text.cell(_row(desk.dossiers[about]), Column.MARKS) == ""
    returned = next(on for on in desk.dossiers.values() if on.open_request("RETURN"))
    settled = replace(returned.case, asked="RETURN")
    assert "?" not in text.cell(_row(replace(returned, case=settled)), Column.MARKS)
