"""A line for a password: dots on the screen, nothing kept of it, no input method in between."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

_HINTS = Qt.InputMethodHint
#: Longer is no password that a server takes.
MOST = 256


class PasswordEdit(QLineEdit):
    """`entered` when Return was pressed. Letters come straight from the keys: no input method learns them.

    Qt lets nobody copy from such a line, or undo in it.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            _HINTS.ImhHiddenText | _HINTS.ImhSensitiveData | _HINTS.ImhNoPredictiveText
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setMaxLength(MOST)
        self.returnPressed.connect(self.entered)

    def take(self) -> str:
        """What was typed; the line is empty afterwards."""
        typed = self.text()
        self.clear()
        return typed
