"""A person's hands: real key events to whatever has the focus, counted; never a widget's own methods."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.cli.checking.waiting import Missed

_CLICKS = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


class Hands:
    """`keys` counts presses that are no text (a chord is one), `letters` the characters of texts."""

    def __init__(self) -> None:
        self.keys = 0
        self.letters = 0

    def press(self, *sequences: str) -> None:
        """Press keys as shortcuts write them: `F5`, `Ctrl+Return`, `G, 1`."""
        for sequence in sequences:
            for key in _combinations(sequence):
                self.keys += 1
                QTest.keyClick(_target(), key.key(), key.keyboardModifiers())

    def spell(self, letters: str) -> None:
        """Press letter after letter where each counts as a key, as in a search by initials."""
        self.press(*letters.upper())

    def write(self, text: str) -> None:
        """Enter text: signs of the keyboard by key, Chinese as an input method composes and commits it."""
        self.letters += len(text)
        for run in _runs(text):
            if run.isascii():
                for sign in run:
                    QTest.keyClicks(_target(), sign)
            else:
                _compose(run)


class Mice(QObject):
    """Counts what a mouse, a wheel or a finger does to the program; nothing should."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.count = 0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See every event, hold none back."""
        self.count += event.type() in _CLICKS
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Look no longer."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)


def _target() -> QWidget:
    found = (
        QApplication.activePopupWidget()
        or QApplication.focusWidget()
        or QApplication.activeModalWidget()
        or QApplication.activeWindow()
    )
    if found is None:
        raise Missed("focus")
    return found


def _combinations(sequence: str) -> list[QKeyCombination]:
    keys: Any = QKeySequence(sequence)  # its stub knows no index
    return [keys[at] for at in range(keys.count())]


def _runs(text: str) -> list[str]:
    """A text in parts that are all of the keyboard, or none."""
    runs: list[str] = []
    for sign in text:
        if runs and runs[-1].isascii() == sign.isascii():
            runs[-1] += sign
        else:
            runs.append(sign)
    return runs


def _compose(text: str) -> None:
    """A preedit first, as every input method shows one, then the text in its place."""
    target = _target()
    if not target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        raise Missed("bug", what=f"no text can be entered into {target}")
    for preedit, commit in (("a", ""), ("", text)):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(target, event)
