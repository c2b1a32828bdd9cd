"""Edits that know an input method: what is being composed takes part at once, and no key fires meanwhile."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

Key = Qt.Key
#: Keys that end, move or choose; while something is composed they belong to the input method.
_COMPOSER = frozenset(
    {Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab}
    | {Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Slash}
    | {Key(code) for code in range(Key.Key_0, Key.Key_9 + 1)}
    | {Key(code) for code in range(Key.Key_F1, Key.Key_F12 + 1)}
)
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
#: How the composed letters are parted by some input methods.
_PARTING = str.maketrans("", "", "'’ ")
#: Qt counts a text in units of UTF-16, two bytes each.
_UNITS, _UNIT = "utf-16-le", 2
_BREAKS = re.compile(r"[ \t]*[\r\n\v\f\u0085\u2028\u2029]+[ \t]*")

#: Asked about each key before the edit itself; True means that the key has done its work.
KeyHandler = Callable[[QKeyEvent], bool]


def _is_composers(event: QKeyEvent) -> bool:
    return event.key() in _COMPOSER or bool(event.modifiers() & _COMMANDING)


def _is_for_the_form(event: QKeyEvent) -> bool:
    """Alt, also with Shift, and a letter or digit: an edit would otherwise write it down as such."""
    is_alt = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT) == _ALT
    return is_alt and event.type() is QEvent.Type.KeyPress and event.text().isprintable()


def _put_in(text: str, at: int, more: str) -> str:
    """`text` with `more` at the place that Qt calls `at`."""
    units = text.encode(_UNITS, "surrogatepass")
    cut = at * _UNIT
    parts = (units[:cut], more.encode(_UNITS, "surrogatepass"), units[cut:])
    return b"".join(parts).decode(_UNITS, "surrogatepass")


# A mixin that were a widget itself could not be mixed in: Qt has one base only.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class Composing(_Widget):
    """What both edits share: `on_key` is asked first about every key, though never while composing."""

    queried: ClassVar[Signal]
    on_key: KeyHandler | None = None
    _preedit = ""
    _told = ""

    @property
    def is_composing(self) -> bool:
        """Whether an input method holds letters that are not text yet."""
        return bool(self._preedit)

    @property
    def query(self) -> str:
        """The text with what is being composed at the cursor, letters only."""
        text, at = self._written()
        return _put_in(text, at, self._preedit.translate(_PARTING)) if self._preedit else text

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep the composition, then let the edit show it, and tell."""
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Hold shortcuts back while something is being composed."""
        if event.type() is QEvent.Type.ShortcutOverride and self.is_composing:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and self._takes(event):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and _is_for_the_form(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A composition does not survive the loss of the focus."""
        self._preedit = ""
        super().focusOutEvent(event)
        self._tell()

    def _written(self) -> tuple[str, int]:
        """The text without the composition, and where Qt has the cursor in it."""
        return "", 0

    def _tell(self) -> None:
        if self.query != self._told:
            self._told = self.query
            self.queried.emit(self._told)

    def _moves_on(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - for those that have such a key
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if self.is_composing:
            return _is_composers(event)
        return (self.on_key is not None and self.on_key(event)) or self._moves_on(event)


class ImeEdit(Composing, QLineEdit):
    """A line in which `queried` tells text and composition together, and `entered` a Return typed in earnest."""

    queried = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._keep_to_one_line)
        self.textChanged.connect(self._tell)
        self.returnPressed.connect(self.entered)

    def _keep_to_one_line(self, text: str) -> None:
        """What is pasted may hold breaks; Qt shows them as a sign here, and others would as lines."""
        if _BREAKS.search(text):
            at = self.cursorPosition()
            before, behind = (_BREAKS.sub(" ", part) for part in (text[:at], text[at:]))
            self.setText((before + behind).rstrip())
            self.setCursorPosition(len(before))

    def _written(self) -> tuple[str, int]:
        return self.text(), self.cursorPosition()


class ImeText(Composing, QPlainTextEdit):
    """Several lines in which Return moves on (`entered`) and Shift+Return begins a line."""

    queried = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)

    def _written(self) -> tuple[str, int]:
        return self.toPlainText(), self.textCursor().position()

    def _moves_on(self, event: QKeyEvent) -> bool:
        is_return = event.key() in (Key.Key_Return, Key.Key_Enter)
        if not is_return or event.modifiers() & (_SHIFT | _COMMANDING):
            return False
        self.entered.emit()
        return True
