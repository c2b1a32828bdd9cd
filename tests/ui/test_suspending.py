"""A task that stands still, on screen: asked for by H, granted by one key, listed as paused, taken up again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import ApproveRequest, AskSuspension, Resume
from app.domain.terms import CaseStatus, Role, TaskStatus
from tests.ui.fake_desk import FakeDesk, _row
from tests.ui.hands import form, press, write
from tests.ui.test_extending import about, show
from ui.countdown import Urgency
from ui.main_window import MainWindow
from ui.models.row_clock import RowClock, clock_key, halt_of

pytestmark = pytest.mark.article(17)

__all__ = ["about"]
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def asked(desk: FakeDesk, about: str) -> None:
    task = desk.dossiers[about].tasks[-1].id
    wish = AskSuspension(case_id=about, task_id=task, text="待第三方检测")
    desk.colleague_does(about, wish, "chen")


def suspended(desk: FakeDesk, about: str) -> None:
    asked(desk, about)
    request = desk.dossiers[about].requests[-1]
    wish = ApproveRequest(case_id=about, request_id=request.id, what=request.kind)
    desk.colleague_does(about, wish)


def test_h_asks_for_as_long_as_the_edition_allows(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    show(whole_window, about, until)
    press(whole_window, Key.Key_H)
    made = form(whole_window)
    assert made is not None
    assert "11-25 23:59" in "\n".join(one.text() for one in made.findChildren(QLabel))
    write(whole_window, "待第三方检测")
    until(lambda: whole_window.runner.is_idle)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    task = desk.dossiers[about].tasks[-1]
    assert desk.sent == [
        AskSuspension(case_id=about, task_id=task.id, text="待第三方检测", value=2)
    ]
    assert task.status is TaskStatus.SUSPEND_REVIEW


def test_a_leader_grants_it_and_need_not_write_to_anybody(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    asked(desk, about)
    show(whole_window, about, until)
    press(whole_window, Key.Key_A)
    made = form(whole_window)
    assert made is not None
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "挂账 2 个工作日，同意后至 11-25 23:59" in told
    assert "待第三方检测" in told
    assert "佐证材料" not in told
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent[0].notice == ""
    assert desk.dossiers[about].case.status is CaseStatus.SUSPENDED


def test_the_list_and_the_pane_say_that_it_stands_still_and_until_when(
    whole_window: MainWindow, desk: FakeDesk, about, until, words
):
    suspended(desk, about)
    show(whole_window, about, until)
    shown = RowClock(desk.setting).read(_row(desk.dossiers[about]), desk.now())
    assert (shown.urgency, shown.why) == (Urgency.PAUSED, "SUSPENDED")
    head = whole_window.workbench.pane.header.spoken
    assert "挂账期限" in head
    assert "11-25 23:59" in head
    press(whole_window, Key.Key_H, SHIFT)
    until(lambda: desk.sent == [Resume(case_id=about)] and whole_window.runner.is_idle)
    assert desk.dossiers[about].case.status is CaseStatus.DISPATCHED


def test_a_row_names_the_clock_that_it_is_listed_by(desk, about):
    suspended(desk, about)
    row = _row(desk.dossiers[about])
    assert clock_key(row) == "clock.name.K12.SUSPENSION"
    assert clock_key(row._replace(due_clock="K5")) == "clock.name.K5"


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.GRID_OFFICER])
def test_it_stands_still_for_everybody(role):
    assert halt_of(CaseStatus.SUSPENDED, role) == "SUSPENDED"
    assert halt_of(CaseStatus.DISPATCHED, role) == ""


def test_a_task_that_is_gone_is_asked_for_with_nothing(screen, desk, about, qtbot):
    from ui.views.forms.by_kind import FORMS

    desk.dossiers[about] = replace(desk.dossiers[about], tasks=())
    made = FORMS["ask_suspension"](screen, desk._view(desk.dossiers[about]))
    qtbot.addWidget(made)
    (wish,) = made._commands()
    assert (wish.task_id, wish.value) == ("", 2)
