"""What was copied of a person leaves the clipboard: after a minute, behind the curtain, at the end; the rest stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import clipboard
from ui.main_window import MainWindow

pytestmark = pytest.mark.ui
PHONE, ID, NAME = "13912345678", "440301199001011234", "欧阳春天"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    whole_window.acts.act("new_intake")
    return whole_window


@pytest.fixture(autouse=True)
def nothing_copied(qapp: QApplication):
    yield
    QGuiApplication.clipboard().clear()


def copied(window: MainWindow, text: str, field: str = "narrative") -> str:
    """By hand, from the intake form; what can be pasted now."""
    line = getattr(window.pages.currentWidget().fields, field)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_A, CTRL)
    line.insertPlainText(text) if field == "narrative" else line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_A, CTRL)
    QTest.keyClick(line, Qt.Key.Key_C, CTRL)
    return pasted()


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def pass_a_minute(window: MainWindow) -> None:
    for timer in window._copied._timers.values():
        if timer.isActive():
            timer.timeout.emit()


def test_a_minute_is_as_long_as_was_agreed(window: MainWindow):
    assert clipboard.STAYS_MS == 60_000
    assert copied(window, PHONE, "phone") == PHONE
    timer = window._copied._timers[clipboard.Mode.Clipboard]
    assert timer.isActive()
    assert timer.interval() == clipboard.STAYS_MS


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (PHONE, "phone"),
        (NAME, "name"),
        (f"请回电 {PHONE}，谢谢", "narrative"),
        (f"证件 {ID}", "narrative"),
    ],
)
def test_a_person_is_gone_after_a_minute(window: MainWindow, text: str, field: str):
    assert copied(window, text, field) == text
    pass_a_minute(window)
    assert pasted() == ""


def test_what_is_no_person_stays(window: MainWindow):
    for text, field in (("路灯不亮", "narrative"), ("深南大道 1 号", "address")):
        assert copied(window, text, field) == text
        pass_a_minute(window)
        window.lock()
        assert pasted() == text
        window.curtain.lift()


def test_what_came_after_it_is_left_alone(window: MainWindow):
    copied(window, PHONE, "phone")
    assert copied(window, "another thing", "address") == "another thing"
    pass_a_minute(window)
    window.lock()
    assert pasted() == "another thing"


def test_a_break_clears_it_at_once(window: MainWindow):
    copied(window, PHONE, "phone")
    window.lock()
    assert pasted() == ""


def test_leaving_clears_it_at_once(window: MainWindow):
    copied(window, PHONE, "phone")
    window.close()
    assert pasted() == ""


def test_nothing_of_it_is_kept_meanwhile(window: MainWindow):
    copied(window, PHONE, "phone")
    assert PHONE not in repr(vars(window._copied))
