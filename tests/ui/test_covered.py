"""What lies under a sheet cannot be reached by keys: the hand goes into the sheet and nowhere unseen."""

import time

import pytest
from PySide6.QtCore import Qt

from app.services.queries import Queue
from tests.ui.hands import press
from tests.ui.test_set_asides import outrun, too_long  # noqa: F401 - fixtures
from ui.main_window import MainWindow

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(whole_window: MainWindow, desk, until, outrun) -> MainWindow:  # noqa: F811 - the fixture
    """What waits for a person lies open over a case that waits to be signed."""
    whole_window.workbench.use_queue(Queue.SIGN)
    until(lambda: whole_window.workbench.view and whole_window.runner.is_idle)
    desk.waiting_attention = [outrun]
    press(whole_window, Key.Key_3, CTRL)
    until(lambda: whole_window.sheet.content is not None and whole_window.runner.is_idle)
    return whole_window


def test_the_hand_is_in_the_sheet_at_once(window: MainWindow):
    assert window.sheet.isAncestorOf(window.focusWidget())


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Backtab])
def test_tab_never_reaches_what_lies_under_the_sheet(window: MainWindow, key):
    met = []
    for _ in range(80):
        press(window, key)
        met.append(window.focusWidget())
    assert not [one for one in met if window.workbench.pane.isAncestorOf(one)]
    assert [one for one in met if window.sheet.isAncestorOf(one)]
    assert all(one.isVisible() for one in met)


def test_from_the_sheet_tab_goes_through_all_of_it_first(window: MainWindow):
    ways = list(window.sheet.content.cards[0].ways.values())
    for way in ways:
        assert window.focusWidget() is way
        press(window, Key.Key_Tab)


def test_space_signs_nothing_that_is_hidden(window: MainWindow, desk):
    """Fourteen times Tab, then Space: it signed the case once."""
    window.workbench.table.setFocus()
    for _ in range(30):
        press(window, Key.Key_Tab)
        if window.workbench.pane.isAncestorOf(window.focusWidget()):
            press(window, Key.Key_Space)
    assert not desk.sent


def test_closed_it_leaves_everything_as_it_was(window: MainWindow, until):
    press(window, Key.Key_Escape)
    assert window.sheet.content is None
    pane = window.workbench.pane
    assert pane.isEnabled()
    pane.acts.button("sign").setFocus()
    assert pane.acts.button("sign").hasFocus()


def test_return_in_the_list_goes_into_the_sheet(window: MainWindow):
    window.workbench.table.setFocus()
    press(window, Key.Key_Return)
    assert window.sheet.isAncestorOf(window.focusWidget())


def test_over_intake_it_covers_intake_and_not_the_pane_behind(whole_window: MainWindow, until):
    press(whole_window, Key.Key_F2)
    form = whole_window.pages.currentWidget()
    press(whole_window, Key.Key_F1)
    until(lambda: whole_window.sheet.content is not None)
    assert not form.isEnabled()
    assert whole_window.workbench.pane.isEnabled()
    press(whole_window, Key.Key_Escape)
    assert form.isEnabled()
    assert form.fields.name.hasFocus()


def test_covering_stalls_nobody(whole_window: MainWindow, until):
    begun = time.perf_counter()
    whole_window.sheet._veil.over(whole_window.workbench.pane)
    whole_window.sheet._veil.lift()
    assert time.perf_counter() - begun < 0.05
