"""A class that was chosen and taken back again is offered to nobody as a habit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from ui.habits import Habits
from ui.main_window import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def press(window: MainWindow, *keys, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(window.focusWidget(), key)
        else:
            QTest.keyClick(window.focusWidget(), key, modifier)


@pytest.fixture
def classify(whole_window: MainWindow, desk: FakeDesk, until):
    """Choose a class for the case in hand by its pinyin, and wait until it is done."""
    whole_window.workbench.use_queue(Queue.DISPATCH)
    until(lambda: whole_window.workbench.view and whole_window.runner.is_idle)

    def done(pinyin: str) -> None:
        sent = len(desk.sent)
        press(whole_window, Key.Key_F4)
        until(lambda: whole_window.sheet.content is not None and whole_window.runner.is_idle)
        press(whole_window, pinyin, Key.Key_Return)
        press(whole_window, Key.Key_Return, modifier=CTRL)
        until(lambda: len(desk.sent) > sent and whole_window.runner.is_idle)

    return done


def habits(desk: FakeDesk) -> dict:
    return desk.remembered.get("habits.classes", {})


def test_a_class_taken_back_is_no_habit(classify, whole_window, desk, until):
    classify("jingai")
    classify("ludeng")
    assert habits(desk)["recent"] == ["SZ-02", "SZ-01"]
    press(whole_window, Key.Key_Z, modifier=CTRL)
    until(lambda: habits(desk)["recent"] == ["SZ-01"])
    assert habits(desk)["uses"] == {"SZ-01": 1}


def test_one_that_was_chosen_before_stays_one(screen, desk, until):
    async def twice_and_once_back() -> None:
        kept = Habits(desk, "classes")
        await kept.use("SZ-01")
        await kept.use("SZ-01")
        await kept.unuse("SZ-01")
        await kept.unuse("ZS-02")

    screen.run(twice_and_once_back())
    until(lambda: habits(desk).get("uses") == {"SZ-01": 1})
    assert habits(desk)["recent"] == ["SZ-01"]
