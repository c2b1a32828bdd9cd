"""A case is called off on screen: why, a leader's yes, what the reporter hears, and how it is told afterwards."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import ApproveRequest, AskCancel
from app.domain.terms import CaseStatus, Clock
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press, write
from tests.ui.test_extending import about, opened, show
from ui.countdown import Urgency
from ui.main_window import MainWindow
from ui.models.clock_lines import ClockText
from ui.views.forms.proofs import proofs

__all__ = ["about"]
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def asked(desk: FakeDesk, about: str) -> None:
    task = desk.dossiers[about].tasks[-1].id
    wish = AskCancel(case_id=about, task_id=task, text="诉求人撤诉")
    desk.colleague_does(about, wish, "chen")


def test_it_is_asked_for_with_words(whole_window: MainWindow, desk: FakeDesk, about, until):
    show(whole_window, about, until)
    press(whole_window, Key.Key_X, SHIFT)
    write(whole_window, "诉求人撤诉")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    task = desk.dossiers[about].tasks[-1].id
    assert desk.sent == [AskCancel(case_id=about, task_id=task, text="诉求人撤诉")]


def test_a_leader_reads_why_and_what_the_reporter_will_hear(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    asked(desk, about)
    show(whole_window, about, until)
    press(whole_window, Key.Key_A)
    made = form(whole_window)
    assert made is not None
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "同意后任务取消，本件作废" in told
    assert "诉求人撤诉" in told
    assert made.notice.text.endswith("不再办理，原因：诉求人撤诉")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.dossiers[about].case.status is CaseStatus.VOID


def test_what_was_called_off_is_told_as_called_off(screen, desk, about):
    asked(desk, about)
    request = desk.dossiers[about].requests[-1]
    wish = ApproveRequest(case_id=about, request_id=request.id, what="CANCEL", notice="不再办理")
    desk.colleague_does(about, wish)
    view = desk._view(desk.dossiers[about])
    text = ClockText.of(screen.words, screen.data, desk.setting, view.dossier)
    clock = next(one for one in view.ledgers if one.clock is Clock.K5)
    assert text.countdown(clock, desk.now()).urgency is Urgency.CANCELLED
    assert text.due(clock).endswith("取消")
    (line,) = [told for key, told in proofs(screen, view) if key == "form.proof.time"]
    assert line.startswith("取消：")


def test_a_task_that_is_gone_is_called_off_with_nothing(screen, desk, about, qtbot):
    desk.dossiers[about] = replace(desk.dossiers[about], tasks=())
    made = opened(screen, desk, about, "ask_cancel", qtbot)
    (wish,) = made._commands()
    assert wish.task_id == ""
