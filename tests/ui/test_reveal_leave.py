"""A unit's person asks to see the reporter, the shift leader answers, and he is shown: once, to him, by keys alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.case import SEEN
from app.domain.commands import ApproveReveal, AskReveal, RefuseReveal, SeeReporter
from app.domain.terms import TaskStatus
from app.services.queries import Queue, SyncState
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press, texts, write
from ui.main_window import MainWindow
from ui.models.row_text import Column
from ui.verbs import BY_NAME
from ui.views.clear_person import ClearPerson
from ui.views.queue_bar import QueueBar

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WHY = "约上门时间"


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> FakeDesk:
    return FakeDesk(login=getattr(request, "param", "chen"))


@pytest.fixture
def about(desk: FakeDesk) -> str:
    """A case that the unit has signed for."""
    signed = (one for one in desk.dossiers.values() if one.tasks)
    on = next(one for one in signed if one.tasks[0].status is TaskStatus.SIGNED)
    desk.dossiers[on.case.id] = replace(on, tasks=(replace(on.tasks[0], unit="CGJ"),))
    return on.case.id


@pytest.fixture
def window(whole_window: MainWindow, about: str, until) -> MainWindow:
    show(whole_window, about, until)
    return whole_window


def show(window: MainWindow, case_id: str, until) -> None:
    window.acts.open_case(case_id)
    bench = window.workbench
    until(lambda: bench.view and bench.view.dossier.case.id == case_id and window.runner.is_idle)
    bench.focus_list()


def asking(desk: FakeDesk, about: str, who: str = "chen") -> str:
    """He has asked; the request."""
    task = desk.dossiers[about].tasks[0].id
    wish = AskReveal(case_id=about, task_id=task, purpose="visit", text=WHY)
    desk.colleague_does(about, wish, who)
    return desk.dossiers[about].requests[-1].id


def let(desk: FakeDesk, about: str, until, window: MainWindow) -> None:
    request = asking(desk, about)
    desk.colleague_does(about, ApproveReveal(case_id=about, request_id=request, text="可以"))
    until(lambda: window.runner.is_idle)


def card(window: MainWindow) -> ClearPerson:
    return window.workbench.person


def why(window: MainWindow) -> str:
    no = window.acts.why_not(BY_NAME["reveal"])
    return "" if no is None else window.workbench.pane._screen.words.say(no.key, **no.facts)


def test_he_asks_by_keys_for_a_purpose_and_in_words(window, desk: FakeDesk, about: str, until):
    press(window, Key.Key_P)
    assert "须先申请" in texts(window)[0]
    press(window, Key.Key_P, SHIFT)
    press(window, Key.Key_Return, CTRL)
    assert not desk.sent, "neither purpose nor words"
    press(window, Key.Key_2)
    press(window, Key.Key_Return)
    write(window, WHY)
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent)
    until(lambda: window.sheet.content is None and window.runner.is_idle)
    (sent,) = desk.sent
    assert isinstance(sent, AskReveal)
    assert (sent.purpose, sent.text) == ("visit", WHY)
    assert "等中心值班长审核" in why(window)
    lines = window.workbench.pane.work["requests"].findChildren(QLabel)
    assert "申请查看诉求人：上门" in " ".join(one.text() for one in lines)


def test_by_leave_he_looks_once_and_the_look_goes_first(window, desk, about: str, until):
    let(desk, about, until, window)
    assert why(window) == ""
    assert window.workbench.pane.look.isVisible()
    press(window, Key.Key_P)
    assert "李四已同意您查看" in " ".join(one.text() for one in form(window).findChildren(QLabel))
    press(window, Key.Key_Return, CTRL)
    until(lambda: card(window).is_clear and window.runner.is_idle)
    (sent,) = desk.sent
    assert isinstance(sent, SeeReporter)
    assert desk.reveals == [("chen", about, f"visit {WHY}")]
    assert desk.dossiers[about].requests[0].status == SEEN
    assert card(window).watermark.startswith("chen ")
    assert card(window).countdown == "30:00 后遮蔽"


def test_within_his_half_hour_he_may_look_again_and_not_after_it(window, desk, about, until):
    let(desk, about, until, window)
    press(window, Key.Key_P)
    press(window, Key.Key_Return, CTRL)
    until(lambda: card(window).is_clear and window.runner.is_idle)
    desk.pass_time(minutes=10)
    card(window).conceal()
    press(window, Key.Key_P)
    press(window, Key.Key_Return, CTRL)
    until(lambda: card(window).is_clear and window.runner.is_idle)
    assert len(desk.sent) == 1
    assert card(window).countdown == "20:00 后遮蔽", "the time began with the first look"
    desk.pass_time(minutes=20)
    card(window).look()
    assert not card(window).is_clear
    assert "已经用过" in why(window)


def test_leave_of_a_colleague_is_not_his(window, desk: FakeDesk, about: str, until):
    let(desk, about, until, window)
    on = desk.dossiers[about]
    desk.dossiers[about] = replace(on, requests=(replace(on.requests[0], asked_by="wang"),))
    desk.colleague(about)
    until(lambda: window.runner.is_idle)
    assert "须先申请" in why(window)
    assert "reveal" not in window.workbench.pane.acts.names


def test_a_no_is_told_with_the_leaders_words(window, desk: FakeDesk, about: str, until):
    request = asking(desk, about)
    desk.colleague_does(about, RefuseReveal(case_id=about, request_id=request, text="由中心转达"))
    until(lambda: window.runner.is_idle)
    assert why(window) == "李四未同意查看诉求人：由中心转达"


@pytest.mark.parametrize("trouble", ["refused", "away"])
def test_what_goes_wrong_is_said_beside_the_form(window, desk, about: str, until, trouble: str):
    let(desk, about, until, window)
    press(window, Key.Key_P)
    desk.refuse("reveal-too-often", most=5, minutes=12) if trouble == "refused" else desk.cut()
    press(window, Key.Key_Return, CTRL)
    until(lambda: window.runner.is_idle)
    said = form(window).refusal
    assert ("一小时内最多查看 5 位" if trouble == "refused" else "连不上中心") in said
    assert not card(window).is_clear
    assert not desk.sent


def test_who_is_cut_off_is_told_before(window, desk: FakeDesk, about: str, until):
    let(desk, about, until, window)
    desk.go(SyncState(online=False, code="centre"))
    press(window, Key.Key_P)
    assert "只存在中心" in form(window).refusal
    press(window, Key.Key_Return, CTRL)
    until(lambda: window.runner.is_idle)
    assert not desk.sent, "his leave is not used up for nothing"
    desk.go(SyncState(online=True))
    press(window, Key.Key_Return, CTRL)
    until(lambda: card(window).is_clear)


@pytest.mark.parametrize("desk", ["li"], indirect=True)
@pytest.mark.parametrize("is_yes", [True, False])
def test_the_leader_reads_who_asks_and_why_and_answers(window, desk, about, until, is_yes: bool):
    asking(desk, about)
    until(lambda: window.runner.is_idle and window.workbench.view.dossier.asked_reveals)
    press(window, Key.Key_I, Qt.KeyboardModifier.NoModifier if is_yes else SHIFT)
    shown = form(window)
    labels = " ".join(one.text() for one in shown.findChildren(QLabel))
    assert "陈工" in labels
    assert WHY in labels
    write(window, "由中心转达")
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and window.runner.is_idle)
    (sent,) = desk.sent
    assert isinstance(sent, ApproveReveal if is_yes else RefuseReveal)
    assert sent.text == "由中心转达"
    assert desk.dossiers[about].requests[0].decided_by == "li"


@pytest.mark.parametrize("desk", ["li"], indirect=True)
def test_what_waits_for_a_leader_is_a_list_of_his_own_with_a_number(window, desk, about, until):
    bar = window.findChild(QueueBar)
    assert not bar.button(Queue.ASKED).isHidden()
    asking(desk, about)
    until(lambda: bar.button(Queue.ASKED).accessibleName().startswith("查看申请：1"))
    press(window, Key.Key_G)
    press(window, Key.Key_0)
    bench = window.workbench
    until(lambda: bench.queue is Queue.ASKED and bench.model.rowCount() == 1)
    row = bench.model.row_at(0)
    assert row.id == about
    assert "申" in bench.model.cell(row, Column.MARKS)
    hint = bench.model.data(bench.model.index(0, Column.MARKS), Qt.ItemDataRole.ToolTipRole)
    assert "申请查看诉求人" in hint
    request = desk.dossiers[about].requests[-1].id
    desk.colleague_does(about, ApproveReveal(case_id=about, request_id=request))
    until(lambda: about in bench.model.gone)


def test_no_unit_has_the_leaders_list(window, desk):
    assert window.findChild(QueueBar).button(Queue.ASKED).isHidden()
    assert window.acts.why_not(BY_NAME["queue_asked"]) is not None
