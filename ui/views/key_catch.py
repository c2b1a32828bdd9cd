"""Catches the key that a person presses for a verb: whatever it is, nothing else happens meanwhile."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.key_rules import pressed, shown
from ui.plain import dressed, heard
from ui.screen import Screen

#: Pressed alone, these keys say what to do with what was caught; none of them can be a verb's.
_RETURN, _ESCAPE, _BACK = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
HEIGHT_PX = 36


class KeyCatch(QWidget):
    """`caught` when something was pressed (`keys` has it), `entered` on Return, `left` on Escape,
    `listening` when it begins or ceases to listen.

    No input method wakes here: letters arrive as keys.
    """

    caught = Signal()
    entered = Signal()
    left = Signal()
    listening = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.keys = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        dressed(self, screen.theme, self.updateGeometry)
        heard(self, screen.words, self._tell)

    @property
    def text(self) -> str:
        """What it says."""
        key = "frame.key_map.press" if self.hasFocus() else "frame.key_map.enter"
        return shown(self.keys) or self._screen.words.say(key)

    def forget(self) -> None:
        """Wait for another key."""
        self.keys = ""
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(200, self._screen.theme.scaled(HEIGHT_PX))

    def event(self, event: QEvent) -> bool:
        """No shortcut, menu or other widget gets what is pressed here; Tab alone leads on."""
        if not isinstance(event, QKeyEvent) or _is_tab(event):
            return super().event(event)
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._take(event)
        event.accept()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Now it listens."""
        super().focusInEvent(event)
        self._tell()
        self.listening.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It listens no more; what was caught stays to be seen."""
        super().focusOutEvent(event)
        self._tell()
        self.listening.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click begins as well."""
        self.setFocus()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A key cap in a field, or what to do."""
        del event
        painter, color = QPainter(self), self._screen.theme.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus, edge = self.hasFocus(), 2 if self.hasFocus() else 1
        painter.setPen(QPen(color("focus" if has_focus else "edge"), edge))
        painter.setBrush(color("panel"))
        inset = edge / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.setFont(self._screen.theme.font(bold=bool(self.keys)))
        painter.setPen(color("text" if self.keys else "faint"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()

    def _take(self, event: QKeyEvent) -> None:
        is_lone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if is_lone:
                self.entered.emit()
            case Qt.Key.Key_Escape if is_lone:
                self.left.emit()
            case Qt.Key.Key_Backspace if is_lone:
                self.forget()
                self.caught.emit()
            case _:
                self._catch(pressed(event))

    def _catch(self, stroke: str) -> None:
        """A second stroke after one that begins chords makes a chord; any other begins anew."""
        if not stroke:
            return
        is_second = bool(self.keys) and self._screen.keymap.begins_chord(self.keys)
        self.keys = f"{self.keys}, {stroke}" if is_second else stroke
        self._tell()
        self.caught.emit()

    def _tell(self) -> None:
        name = self._screen.words.say("frame.key_map.field")
        self.setAccessibleName(f"{name} {self.text}")
        self.update()


def _is_tab(event: QKeyEvent) -> bool:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    is_press = event.type() is QEvent.Type.KeyPress
    return is_press and event.key() in _TABS and not event.modifiers() & held
