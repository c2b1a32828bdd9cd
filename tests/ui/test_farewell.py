"""Closing the window while acts wait for a decision, F30: asked about, never in the way, and written down."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.services.left_here import Moved, Waiting
from app.services.queries import Attention, SyncState
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import press
from ui.main_window import MainWindow

pytestmark = pytest.mark.ui
Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def act(desk: FakeDesk) -> Attention:
    case = desk.dossiers["case-003"].case
    return Attention(
        cmd_id="c9",
        kind="dispatch",
        case_id=case.id,
        number=case.number,
        why="conflict",
        at=NOW,
        wish={"unit": "SWJ", "instruction": "请今日到场"},
        facts={},
        case=case,
    )


@pytest.fixture
def window(whole_window: MainWindow, desk: FakeDesk, act: Attention, until) -> MainWindow:
    desk.waiting_attention = [act]
    desk.go(SyncState(online=True, attention=1))
    until(lambda: whole_window.runner.is_idle)
    return whole_window


@pytest.fixture
def lefts(window: MainWindow) -> list[int]:
    heard: list[int] = []
    window.left.connect(lambda: heard.append(1))
    return heard


def put(window: MainWindow, text: str) -> None:
    next(one for one in window.question.buttons if one.text() == text).click()


@pytest.mark.fault("F30")
def test_f30_leaving_while_something_waits_is_asked_about_once(window: MainWindow, lefts, until):
    window.acts.act("quit")
    assert window.isVisible()
    assert not lefts
    assert "1 条操作中心没有接收" in window.question.text
    put(window, "先看一下")
    until(lambda: window.sheet.content is not None)
    assert window.question.text == ""
    window.close()
    assert window.isVisible()
    put(window, "仍然退出")
    assert (window.isVisible(), lefts) == (False, [1])


@pytest.mark.fault("F30")
def test_f30_who_closes_again_means_it(window: MainWindow, lefts):
    for _ in range(2):
        window.close()
    assert (window.isVisible(), lefts) == (False, [1])


@pytest.mark.fault("F30")
def test_f30_days_later_the_badge_is_still_there_whatever_else_happens(
    window: MainWindow, desk: FakeDesk
):
    badge = window.status._attention
    for state in (
        SyncState(online=False, attention=1, code="centre"),
        SyncState(online=True, attention=1, filled=1, to_fill=9),
        SyncState(online=True, attention=1, standing="history-moved"),
        SyncState(online=True, attention=1),
    ):
        desk.go(state)
        window.status.show_sync(state)
        window.status.retranslate()
        assert badge.isVisible()
        assert "1" in badge.text()


def test_what_is_settled_is_not_asked_about_and_nothing_holds_up_a_machine_or_a_curtain(
    window: MainWindow, desk: FakeDesk, lefts
):
    window.close()
    desk.waiting_attention = []
    desk.go(SyncState(online=True))
    assert window.question.text == ""
    desk.go(SyncState(online=True, attention=1))
    window.lock()
    window.close()
    assert lefts == [1]


def test_whoever_ends_the_program_from_outside_is_not_asked(window: MainWindow, lefts):
    window.farewell.go()
    assert lefts == [1]


@pytest.mark.fault("F30", "F11", "F22")
def test_f30_the_list_is_written_down_for_a_supervisor_in_both_languages(
    window: MainWindow, desk: FakeDesk, act: Attention, until, tmp_path: Path
):
    """With what others left here, and what became of the history that moved."""
    window.product = replace(window.product, reports=tmp_path / "reports", version="1.2.3")
    desk.moved = Moved(NOW, "7:abc", total=5, given_back=3, lost=1)
    left = replace(act, cmd_id="c1", kind="register", wish={"narrative": "井盖破损"}, why="")
    desk.left_here = (Waiting("li", left, is_unsent=True),)
    press(window, Key.Key_3, CTRL)
    until(lambda: window.sheet.content is not None and window.runner.is_idle)
    notes = window.sheet.content.notes
    assert "5 条：已补交 3 条，未能补交、须由人决定 1 条，在途 1 条" in notes.text
    assert "李四" in notes.text
    assert "井盖破损" in notes.text
    notes.exported.emit()
    until(lambda: list(tmp_path.rglob("seat-*.txt")) and window.runner.is_idle)
    (path,) = tmp_path.rglob("seat-*.txt")
    text = path.read_text("utf-8")
    for part in ("1.2.3", "7:abc", act.number, "尚未上传", "not sent yet", "分拨", "井盖破损"):
        assert part in text
    assert "他人先改动了同一内容" in text
    assert "3 were given back" in text
    assert text.count("请今日到场") == 2
    assert str(path) in window.toasts.shown[0].text


def test_a_list_that_cannot_be_written_is_told_below(window: MainWindow, until, tmp_path: Path):
    (tmp_path / "reports").write_text("in the way", "utf-8")
    window.product = replace(window.product, reports=tmp_path / "reports")
    press(window, Key.Key_3, CTRL)
    until(lambda: window.sheet.content is not None and window.runner.is_idle)
    window.sheet.content.notes.exported.emit()
    until(lambda: "磁盘" in window.status._trouble.full)
