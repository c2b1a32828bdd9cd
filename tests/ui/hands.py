"""What a person does at a window and sees of it: keys, words from an input method, the form and the messages."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest

from ui.main_window import MainWindow
from ui.views.forms.case_form import CaseForm

_NONE = Qt.KeyboardModifier.NoModifier


def press(window: MainWindow, key, modifier=_NONE) -> None:
    """Where the focus is, else at the window itself."""
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def write(window: MainWindow, text: str) -> None:
    """As an input method commits it."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(window.focusWidget(), event)


def form(window: MainWindow) -> CaseForm | None:
    """The form of a case that lies open."""
    content = window.sheet.content
    return content if isinstance(content, CaseForm) else None


def texts(window: MainWindow) -> list[str]:
    """The messages on screen, newest first."""
    return [card.text for card in window.toasts.shown]
