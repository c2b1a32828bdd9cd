"""The key that submits every form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

#: As Qt writes it.
SUBMIT = "Ctrl+Return"


def submits(event: QKeyEvent) -> bool:
    """Whether it is that key, also on the keypad."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return modifiers == Qt.KeyboardModifier.ControlModifier and event.key() in (
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    )
