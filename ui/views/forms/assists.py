"""The units that assist: chosen one after another, each with the limits it will have, and taken away by key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.plain import heard, silent_button
from ui.screen import Screen
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping

Key = Qt.Key
_AWAY = (Key.Key_Delete, Key.Key_Backspace)


class _Assist(QWidget):
    """One unit: a button that takes it away, and its limits beside it."""

    def __init__(self, screen: Screen, code: str, away: Callable[[], None]) -> None:
        super().__init__()
        self.code = code
        self.limits = wrapping(role="small")
        self.button: QPushButton = silent_button(away)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.limits, 1)
        self._screen = screen
        heard(self, screen.words, self.retranslate)

    def retranslate(self) -> None:
        """The unit with the sign of taking away; what that does is said aloud."""
        unit = self._screen.data.unit(self.code)
        self.button.setText(f"{unit}  ×".replace("&", "&&"))
        self.button.setAccessibleName(self._screen.words.say("form.assists.remove", unit=unit))


class Assists(QWidget):
    """A box that adds a unit each time one is chosen, and the units chosen so far under it.

    Del or a click on a unit takes it away; Backspace in the empty box takes the last. `limits` tells what
    time a unit will have.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, screen: Screen, limits: Callable[[str], str]) -> None:
        super().__init__()
        self._screen, self._limits = screen, limits
        self._rows: list[_Assist] = []
        self._without: tuple[str, ...] = ()
        self.picker = UnitPicker(screen)
        self.picker.chosen.connect(self._take)
        self.picker.entered.connect(self._enter)
        self.picker.box.installEventFilter(self)
        self._took = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.picker)
        self.setFocusProxy(self.picker)

    @property
    def codes(self) -> tuple[str, ...]:
        """The units chosen, in the order in which they were."""
        return tuple(row.code for row in self._rows)

    @property
    def is_blank(self) -> bool:
        """Whether no unit was chosen."""
        return not self._rows

    @property
    def kept(self) -> list[str]:
        """The units, for a draft."""
        return list(self.codes)

    def restore(self, kept: Sequence[str]) -> None:
        """Take what a draft kept."""
        for row in tuple(self._rows):
            self._drop(row)
        for code in kept:
            self._add(code)
        self._renew()

    def take_focus(self) -> None:
        """To the box."""
        self.picker.take_focus()

    def offer(self, without: Sequence[str]) -> None:
        """Units that are no choice: they have the case, or lead it. One chosen meanwhile to lead goes."""
        self._without = tuple(without)
        for row in tuple(self._rows):
            if row.code in without:
                self._drop(row)
        self._retell()

    def take_away(self, code: str) -> None:
        """Take a unit away again."""
        for row in tuple(self._rows):
            if row.code == code:
                self._drop(row)
        self._renew()
        self.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty box takes the last unit away."""
        if watched is self.picker.box and self._rows and self._is_back(event):
            self.take_away(self._rows[-1].code)
            return True
        return super().eventFilter(watched, event)

    def _is_back(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return event.key() == Key.Key_Backspace and not self.picker.box.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del or Backspace on a unit takes it away."""
        row = next((one for one in self._rows if one.button.hasFocus()), None)
        if row is not None and event.key() in _AWAY:
            self.take_away(row.code)
        else:
            super().keyPressEvent(event)

    def _take(self, code: str) -> None:
        """The unit chosen joins the others, and the box is free for the next."""
        self._took = True
        if code:
            self._add(code)
        self.picker.set_value("")
        self._renew()

    def _enter(self) -> None:
        """Choosing a unit stays here; Return in the empty box moves on."""
        if not self._took:
            self.entered.emit()
        self._took = False

    def _add(self, code: str) -> None:
        if code in (*self.codes, *self._without):
            return
        row = _Assist(self._screen, code, lambda: self.take_away(code))
        self._rows.append(row)
        self._layout.addWidget(row)

    def _drop(self, row: _Assist) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _renew(self) -> None:
        self._retell()
        self.changed.emit()

    def _retell(self) -> None:
        self.picker.offer([], (*self._without, *self.codes))
        for row in self._rows:
            row.limits.setText(self._limits(row.code))
