"""The parts that a report will be split into, each with its class and the clock that binds it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.plain import heard, plain
from ui.screen import Screen
from ui.views.wrapping import wrapping


@dataclass(frozen=True, slots=True)
class PartText:
    """What is told of a part: its place, what it is called, and its clock, in words."""

    place: int
    title: str
    clock: str


class _Card(QFrame):
    """One part: what it is about, a button that changes its class, and when it is due."""

    wanted = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.value = ""
        self.text = ""
        self._took: Callable[[str], None] = lambda _: None
        self.head = wrapping(role="heading")
        self.clock: QLabel = plain(role="small", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("role", "soft")
        self.button.setAutoDefault(False)
        self.button.setStyleSheet("text-align: left;")
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column.addWidget(self.head)
        column.addLayout(row)
        column.addWidget(self.clock)

    def serve(self, took: Callable[[str], None]) -> None:
        """Who hears of a class that was chosen here."""
        self._took = took

    def show_part(self, part: PartText, text: str, code: str) -> None:
        """Show a part as it would be."""
        say = self._screen.words.say
        self.text, self.value = text, code
        self.head.setText(say("form.split.part", place=part.place, title=part.title))
        path = self._screen.data.path(code) or say("form.class.none")
        self.button.setText(path.replace("&", "&&"))
        self.button.setAccessibleName(say("form.split.class_of", place=part.place, path=path))
        self.clock.setText(part.clock)

    def use(self, code: str) -> None:
        """A class was chosen in the picker."""
        self._took(code)
        self.take_focus()

    def take_focus(self) -> None:
        """To the class."""
        self.button.setFocus()


class PartCards(QWidget):
    """A card for each part; `wanted` carries the card whose class is to be chosen, `changed` comes after it was."""

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._codes: dict[int, str] = {}
        self._cards: list[_Card] = []
        self._none = wrapping(role="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._none, 0, Qt.AlignmentFlag.AlignTop)
        heard(self, screen.words, self._retell)

    @property
    def classes(self) -> Mapping[int, str]:
        """The classes that were chosen, by the place of their part."""
        return dict(self._codes)

    @property
    def cards(self) -> tuple[_Card, ...]:
        """The cards that are shown, in order."""
        return tuple(one for one in self._cards if not one.isHidden())

    @property
    def is_blank(self) -> bool:
        """Nothing has to be chosen here: every part has the report's class, or one that was suggested."""
        return False

    @property
    def kept(self) -> dict[str, str]:
        """The classes chosen, for a draft."""
        return {str(place): code for place, code in self._codes.items()}

    def restore(self, kept: Mapping[str, str]) -> None:
        """Take what a draft kept."""
        self._codes = {int(place): code for place, code in kept.items()}
        self.changed.emit()

    def show_parts(self, parts: Sequence[tuple[PartText, str, str]]) -> None:
        """Show these parts (each with its text and class) and no others."""
        while len(self._cards) < len(parts):
            self._add()
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(parts))
            if at < len(parts):
                part, text, code = parts[at]
                card.serve(lambda code, place=part.place: self._take(place, code))
                card.show_part(part, text, code)
        self._none.setVisible(not parts)

    def take_focus(self) -> None:
        """To the class of the first part."""
        (self.cards[0] if self.cards else self).setFocus()

    def _add(self) -> None:
        card = _Card(self._screen)
        card.wanted.connect(lambda: self.wanted.emit(card))
        self._cards.append(card)
        self._column.addWidget(card)

    def _take(self, place: int, code: str) -> None:
        self._codes[place] = code
        self.changed.emit()

    def _retell(self) -> None:
        self._none.setText(self._screen.words.say("form.split.none"))
