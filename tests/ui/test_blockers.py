"""A blocker on screen: logged by one key, granted by one key, and told by the pane and the list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import ApproveRequest, Attach, LogBlocker
from app.domain.terms import Clock, TaskStatus
from tests.ui.fake_desk import FakeDesk, _row
from tests.ui.hands import form, press
from tests.ui.test_extending import about, opened, show
from ui.main_window import MainWindow
from ui.models.row_clock import clock_key
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText

__all__ = ["about"]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def logged(desk: FakeDesk, about: str, needed: str = "SWJ") -> None:
    file = Attach(case_id=about, stage="EVIDENCE", name="现场.jpg", digest="d", size=1)
    desk.colleague_does(about, file, "chen")
    task = desk.dossiers[about].tasks[-1].id
    wish = LogBlocker(case_id=about, task_id=task, text="待迁改管线", needed_unit=needed)
    desk.colleague_does(about, wish, "chen")


def test_the_form_tells_what_becomes_of_the_clock_and_asks_for_the_unit_and_proof(
    screen, desk, about, qtbot
):
    made = opened(screen, desk, about, "log_blocker", qtbot)
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "同意后停钟 1 个工作日（至 11-24 23:59）" in told
    sent = []
    made.submitted.connect(sent.extend)
    made.words.setPlainText("待迁改管线")
    made.submit()
    assert sent == []  # whom it needs, and what proves it
    made.unit.set_value("SWJ")
    made.files.restore([("现场.jpg", "d" * 64, 2048)])
    made.submit()
    file, wish = sent
    task = desk.dossiers[about].tasks[-1]
    assert (file.stage, file.task_id) == ("EVIDENCE", task.id)
    assert wish == LogBlocker(case_id=about, task_id=task.id, text="待迁改管线", needed_unit="SWJ")


def test_a_leader_grants_it_by_the_key_of_all_requests_and_the_list_names_what_stands(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    logged(desk, about)
    show(whole_window, about, until)
    press(whole_window, Key.Key_A)
    made = form(whole_window)
    assert made is not None
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "配合；同意后停钟 1 个工作日，至 11-24 23:59" in told
    assert "现场.jpg" in told
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.dossiers[about].tasks[-1].status is TaskStatus.BLOCKED
    row = _row(desk.dossiers[about])
    assert (row.due_clock, clock_key(row)) == (Clock.K12, "clock.name.K12.ONE")


def test_the_case_tells_whom_it_waits_for(screen, desk, about, words):
    logged(desk, about)
    view = desk._view(desk.dossiers[about])
    text = WorkText(WishText(words, screen.data, desk.setting, view.edition))
    (line,) = next(part for part in text.parts(view.dossier) if part.name == "requests").lines
    assert (line.head, line.state) == ("阻滞", "待审")
    named = screen.data.unit("SWJ")
    assert f"需配合：{named}" in line.body
    assert text.wish.headline(view.timeline[-1]) == f"登记阻滞，需 {named} 配合"
    request = desk.dossiers[about].requests[-1]
    wish = ApproveRequest(case_id=about, request_id=request.id, what="BLOCKER")
    desk.colleague_does(about, wish)
    view = desk._view(desk.dossiers[about])
    assert text.wish.headline(view.timeline[-1]) == "同意阻滞停钟"
