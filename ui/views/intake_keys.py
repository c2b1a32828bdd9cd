"""What a key means in the intake form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.keymap import Keymap
from ui.views.choices import digit_of

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_REGISTER_KEYS = {Key.Key_S: "register", Key.Key_Return: "dispatch", Key.Key_Enter: "dispatch"}
_ALT_KEYS = {
    Key.Key_U: "grade",
    Key.Key_M: "secret",
    Key.Key_H: "hazard",
    Key.Key_R: "draft",
    Key.Key_O: "same",
    Key.Key_I: "look",
    Key.Key_T: "join",
    Key.Key_N: "other",
}


def deed_of(event: QKeyEvent, keymap: Keymap) -> str:
    """What is asked for, such as `register`; nothing for a key that only types."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Key(event.key())
    if keymap.verb_at(event, typing=True) == "classify":
        return "find"
    if modifiers == _CONTROL:
        return _REGISTER_KEYS.get(key, "")
    if modifiers == _ALT:
        return "class" if digit_of(event) else _ALT_KEYS.get(key, "")
    return "leave" if key == Key.Key_Escape and not modifiers else ""
