"""Closure in stages on screen: a day is promised, a leader sees it, the reporter is told, the list waits for it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import ApproveRequest, AskStaged, Attach, Resume
from app.domain.terms import CaseStatus
from tests.ui.fake_desk import FakeDesk, _row
from tests.ui.hands import form, press
from tests.ui.test_extending import about, opened, show
from ui.main_window import MainWindow
from ui.models.amounts import days_on
from ui.models.row_clock import RowClock, clock_key
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText

pytestmark = pytest.mark.article(17)

__all__ = ["about"]
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def asked(desk: FakeDesk, about: str, days: int = 7) -> None:
    file = Attach(case_id=about, stage="EVIDENCE", name="方案.pdf", digest="d", size=1)
    desk.colleague_does(about, file, "chen")
    task = desk.dossiers[about].tasks[-1].id
    until = days_on(days, desk.now())
    wish = AskStaged(case_id=about, task_id=task, text="需改造管网", until=until)
    desk.colleague_does(about, wish, "chen")


def test_the_day_is_told_as_it_is_typed_and_nothing_unreadable_is_sent(
    screen, desk, about, words, qtbot
):
    made = opened(screen, desk, about, "ask_staged", qtbot)
    sent = []
    made.submitted.connect(sent.extend)
    assert made._asked.hinted == words.say("form.staged.how")
    made.day.setText("30")
    assert made._asked.hinted == "承诺 2026-12-23 办结（30 天后）"
    made.day.setText("91")
    assert "90 个自然日" in made._asked.hinted
    made.day.setText("tomorrow")
    assert made._asked.hinted == words.say("form.staged.unread")
    made.submit()
    assert sent == []
    made.day.setText("12-01")
    made.words.setPlainText("需改造管网")
    made.submit()
    assert sent == []  # nothing proves it
    made.files.restore([("方案.pdf", "d" * 64, 2048)])
    made.submit()
    file, wish = sent
    assert (file.stage, wish.text) == ("EVIDENCE", "需改造管网")
    assert wish.until == days_on(8, desk.now())


def test_an_extension_that_nobody_can_read_is_not_sent_either(screen, desk, about, qtbot):
    made = opened(screen, desk, about, "ask_extension", qtbot)
    sent = []
    made.submitted.connect(sent.extend)
    made.amount.setText("soon")
    made.submit()
    assert sent == []
    assert made._asked._trouble.text()


def test_a_task_that_is_gone_promises_nothing(screen, desk, about, qtbot):
    desk.dossiers[about] = replace(desk.dossiers[about], tasks=())
    made = opened(screen, desk, about, "ask_staged", qtbot)
    (wish,) = made._commands()
    assert (wish.task_id, wish.until) == ("", desk.now())


def test_a_leader_approves_and_the_reporter_hears_the_day(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    asked(desk, about)
    show(whole_window, about, until)
    press(whole_window, Key.Key_A)
    made = form(whole_window)
    assert made is not None
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "承诺 11-30 23:59 前办结" in told
    assert "方案.pdf" in told
    assert "承诺于 2026-11-30 前办结" in made.notice.text
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.dossiers[about].case.status is CaseStatus.STAGED
    row = _row(desk.dossiers[about])
    assert RowClock(desk.setting).read(row, desk.now()).why == "STAGED"
    assert clock_key(row) == "clock.name.K12"
    press(whole_window, Key.Key_H, SHIFT)
    until(lambda: desk.sent[1:] == [Resume(case_id=about)] and whole_window.runner.is_idle)


def test_the_case_tells_of_the_promise(screen, desk, about):
    asked(desk, about)
    request = desk.dossiers[about].requests[-1]
    wish = ApproveRequest(
        case_id=about, request_id=request.id, what="STAGED", notice="承诺月底办结"
    )
    desk.colleague_does(about, wish)
    view = desk._view(desk.dossiers[about])
    text = WorkText(WishText(screen.words, screen.data, desk.setting, view.edition))
    (line,) = next(part for part in text.parts(view.dossier) if part.name == "requests").lines
    assert (line.head, line.state) == ("阶段性结案", "已同意")
    assert line.body.startswith("承诺 11-30 23:59 前办结")
    heads = [text.wish.headline(one) for one in view.timeline]
    assert heads[-2:] == ["申请阶段性结案，承诺 11-30 23:59 办结", "同意阶段性结案"]
