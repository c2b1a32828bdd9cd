"""Papers beside a half-typed form: their keys write no letters, open them, and lead back to the form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import Attach
from app.services.queries import Queue
from tests.ui.hands import form, press, write
from ui.main_window import MainWindow

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WORDS = "已更换井盖。"


@pytest.fixture
def handling(whole_window: MainWindow, until) -> MainWindow:
    """A result is being typed."""
    bench = whole_window.workbench
    bench.use_queue(Queue.DISPOSAL)
    until(lambda: bench.view and bench.view.suggested == "handle" and whole_window.runner.is_idle)
    press(whole_window, Key.Key_O)
    until(lambda: form(whole_window) is not None)
    write(whole_window, WORDS)
    return whole_window


def test_the_key_of_attaching_writes_no_letter_and_leads_back(handling, desk, until):
    press(handling, Key.Key_A, ALT | SHIFT)
    until(lambda: form(handling) and form(handling).kind == "attach")
    form(handling).files.take(["/nowhere/after.jpg"])
    until(lambda: not form(handling).files.is_blank)
    form(handling).stage.choose("AFTER")
    press(handling, Key.Key_Return, CTRL)
    until(lambda: desk.sent and form(handling) and form(handling).kind == "handle")
    until(lambda: handling.runner.is_idle)
    assert [type(one) for one in desk.sent] == [Attach]
    assert form(handling).result.text == WORDS
    assert WORDS in form(handling).notice.text
    assert form(handling).isAncestorOf(handling.focusWidget())


def test_left_without_attaching_it_leads_back_as_well(handling, until):
    press(handling, Key.Key_A, ALT | SHIFT)
    until(lambda: form(handling) and form(handling).kind == "attach")
    press(handling, Key.Key_Escape)
    until(lambda: form(handling) and form(handling).kind == "handle")
    assert form(handling).result.text == WORDS
    press(handling, Key.Key_Escape)
    assert form(handling) is None


@pytest.mark.parametrize("key", [Key.Key_F, Key.Key_O, Key.Key_Q, Key.Key_X])
@pytest.mark.parametrize("modifier", [ALT, ALT | SHIFT])
def test_no_other_key_of_the_case_acts_or_writes_from_a_form(handling, desk, key, modifier):
    QTest.keyClick(handling.focusWidget(), key, modifier)
    assert not desk.sent
    assert form(handling).kind == "handle"
    assert form(handling).result.text == WORDS


def test_a_key_with_alt_and_shift_writes_nothing_into_a_line(whole_window: MainWindow):
    press(whole_window, Key.Key_F2)
    intake = whole_window.pages.currentWidget()
    for key in (Key.Key_A, Key.Key_B, Key.Key_Z):
        press(whole_window, key, ALT | SHIFT)
    assert not intake.fields.name.text()
