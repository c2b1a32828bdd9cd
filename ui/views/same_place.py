"""Beside the intake form: cases under way about the same place and class, before a second one is made."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.queries import QueueRow
from ui.plain import announce, heard, named
from ui.screen import Screen
from ui.views.case_header import state_key
from ui.views.choices import Choice, ChoiceList
from ui.views.wrapping import wrapping

#: Cases that are listed; the count tells of the rest.
LISTED = 3


class SamePlace(QWidget):
    """`opened` carries the id of a case that is to be looked at."""

    opened = Signal(str)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._rows: tuple[QueueRow, ...] | None = None
        self.told = wrapping()
        self.list = named(ChoiceList(screen.theme), "intake.same", screen.words)
        self.list.chosen.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.list)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What it says."""
        return self.told.text()

    def tell(self, rows: Sequence[QueueRow] | None) -> None:
        """The cases under way there, the newest first; None until there are a place and a class."""
        now = None if rows is None else tuple(rows)
        if now != self._rows:
            self._rows = now
            self.retranslate()
            if now:
                announce(self, self.text)

    def open_first(self) -> None:
        """Look at the newest of them."""
        if self._rows:
            self.opened.emit(self._rows[0].id)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        rows, words = self._rows, self._screen.words
        key = "wait" if rows is None else "some" if rows else "none"
        self.told.setText(words.say(f"intake.same.{key}", n=len(rows or ())))
        role = "heading" if rows else "muted" if rows is None else ""
        if self.told.property("role") != role:
            self.told.setProperty("role", role)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)
        shown = [self._choice(row) for row in (rows or ())[:LISTED]]
        self.list.show_rows(shown, point=False)
        self.list.setVisible(bool(shown))
        self.list.stand(len(shown))

    def _choice(self, row: QueueRow) -> Choice:
        words = self._screen.words
        title = row.title or words.say("queue.no_title")
        return Choice(row.id, title, words.when(row.registered_at), words.say(state_key(row)))
