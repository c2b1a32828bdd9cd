"""What can still be taken back after its strip is gone: the state decides, not the time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.queries import Undoable
from ui.plain import button, heard, plain, said
from ui.screen import Screen
from ui.views.wrapping import wrapping

#: Acts that are listed, newest first.
LISTED = 8


class UndoPage(QWidget):
    """A page for a sheet: one line per act, the newest under the hand. `chosen` carries its command."""

    chosen = Signal(str)
    cancelled = Signal()

    def __init__(self, screen: Screen, acts: Sequence[Undoable]) -> None:
        super().__init__()
        self._screen = screen
        self._acts = tuple(acts)[:LISTED]
        self._labels = [wrapping() for _ in self._acts]
        self.buttons = [self._button(act) for act in self._acts]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.undo_hint", screen.words)
        column.addWidget(hint)
        for label, one in zip(self._labels, self.buttons, strict=True):
            row = QHBoxLayout()
            row.addWidget(label, 1)
            row.addWidget(one)
            column.addLayout(row)
        column.addStretch(1)
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """The newest act."""
        if self.buttons:
            self.buttons[0].setFocus()

    def retranslate(self) -> None:
        """What was done, and when, in the language of now."""
        words, data = self._screen.words, self._screen.data
        for act, label, one in zip(self._acts, self._labels, self.buttons, strict=True):
            facts = {**data.told(act.facts), "number": act.done.number}
            done = words.say(f"done.{act.done.kind}", **facts)
            label.setText(words.say("frame.undo_line", at=act.at, done=done))
            one.setAccessibleName(words.say("frame.undo_this", done=done))

    def _button(self, act: Undoable) -> QPushButton:
        made = button(
            "frame.undo_button", self._screen.words, lambda: self.chosen.emit(act.done.cmd_id)
        )
        made.setAutoDefault(True)
        return made
