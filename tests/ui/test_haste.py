"""A key that is held down, or struck again at once, acts on one case and not on those that come up after it."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import Dispatch, File, Register
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press
from ui.haste import HELD_S, PAUSE_S, Haste
from ui.main_window import MainWindow

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def hold(window: MainWindow, key, modifier=NONE, times: int = 25, every: int = 30) -> None:
    """As a machine without a mark for repeated keys does it: press and release, over and over.

    The strokes are so many milliseconds apart, however long a busy machine takes for one.
    """
    haste = window.acts.casework.haste
    now = [haste._clock()]
    haste._clock = lambda: now[0]
    for _ in range(times):
        press(window, key, modifier)
        QTest.qWait(every)
        now[0] += every / 1000
    haste._clock = time.monotonic


@pytest.fixture
def filing(window: MainWindow, desk: FakeDesk, until) -> MainWindow:
    window.workbench.use_queue(Queue.FILING)
    until(lambda: window.workbench.queue is Queue.FILING and window.runner.is_idle)
    until(lambda: window.workbench.view is not None and window.workbench.view.suggested == "file")
    return window


def test_holding_the_key_of_filing_files_one_case(filing, desk, until):
    first = filing.workbench.selected
    hold(filing, Key.Key_F)
    until(lambda: filing.runner.is_idle)
    assert desk.sent == [File(case_id=first)]
    assert any("看清" in one.text for one in filing.toasts.shown), (
        "and it says why nothing more happens"
    )


def test_after_a_breath_the_same_key_files_the_next(filing, desk, until):
    first = filing.workbench.selected
    press(filing, Key.Key_F)
    until(lambda: filing.workbench.selected != first and filing.runner.is_idle)
    second = filing.workbench.selected
    QTest.qWait(int(PAUSE_S * 1000) + 50)
    press(filing, Key.Key_F)
    until(lambda: len(desk.sent) == 2)
    assert [one.case_id for one in desk.sent] == [first, second]


def test_holding_the_key_of_dispatch_opens_a_form_and_sends_nothing(window, desk, until):
    hold(window, Key.Key_Return, CTRL, times=30, every=40)
    until(lambda: window.runner.is_idle)
    assert not desk.sent
    assert window.sheet.content is not None


def test_dispatched_at_leisure_no_second_case_follows_from_the_same_stroke(window, desk, until):
    first = window.workbench.selected
    press(window, Key.Key_F5)
    until(lambda: window.sheet.content is not None)
    hold(window, Key.Key_Return, CTRL)
    until(lambda: window.runner.is_idle)
    assert [(type(one), one.case_id) for one in desk.sent] == [(Dispatch, first)]
    assert window.sheet.content is None, "and no form of the next case lies open"


def test_three_quick_strokes_in_intake_touch_no_other_case(window, desk, until):
    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.fields.narrative.setPlainText("井盖破损，行人易绊倒。")
    form.fields.address.setText("幸福里12号")
    form.fields.place._choose("HP")
    form.fields.category.use("SZ-01")
    for _ in range(3):
        press(window, Key.Key_Return, CTRL)
        QTest.qWait(150)
    until(lambda: window.runner.is_idle and window.pages.currentWidget() is window.workbench)
    assert [type(one) for one in desk.sent] == [Register, File, Dispatch]
    assert window.sheet.content is None


def test_another_key_and_the_mouse_are_not_held_up(window, desk, until):
    for number in (1, 2):
        before = window.workbench.selected
        press(window, Key.Key_F5)
        until(lambda: window.sheet.content is not None)
        window.sheet.content.primary.click()
        until(lambda number=number: len(desk.sent) == number and window.runner.is_idle)
        until(lambda before=before: window.workbench.selected != before)
        QTest.qWait(int(HELD_S * 1000) + 30)
    assert len({one.case_id for one in desk.sent}) == 2


def test_return_held_on_a_button_presses_it_once(window, desk, until):
    press(window, Key.Key_F5)
    until(lambda: window.sheet.content is not None)
    window.sheet.content.primary.setFocus()
    hold(window, Key.Key_Return, times=12)
    until(lambda: window.runner.is_idle)
    assert len(desk.sent) == 1
    assert window.sheet.content is None


class Time:
    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def test_the_same_key_waits_for_another_case_and_for_another_purpose():
    time = Time()
    haste = Haste(time)
    haste.acted("F", "a")
    time.at += 0.3
    assert haste.is_too_soon("F", "b")
    assert not haste.is_too_soon("G", "b")
    time.at += 0.3
    assert not haste.is_too_soon("F", "a"), "what it acted on it may act on again"
    time.at += 0.3
    assert not haste.is_too_soon("F", "b")


def test_a_held_key_never_gets_through_however_long():
    time = Time()
    haste = Haste(time)
    haste.acted("F", "a")
    time.at += 0.66  # the machine waits before it repeats
    for _ in range(100):
        assert haste.is_too_soon("F", "b")
        time.at += 0.04


def test_a_form_that_a_key_has_just_opened_is_not_sent_by_it():
    time = Time()
    haste = Haste(time)
    haste.opened("Ctrl+Return", "a")
    time.at += 0.3
    assert haste.is_unread("Ctrl+Return", "a")
    assert not haste.is_unread("F5", "a")
    assert not haste.is_too_soon("Ctrl+Return", "b"), "to open another form does nothing to anybody"
    time.at += 0.6
    assert not haste.is_unread("Ctrl+Return", "a")
