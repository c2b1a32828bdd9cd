"""Numbers to be read at a glance: each large, over what it counts, with signs between those that add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.plain import heard, plain
from ui.screen import Screen
from ui.views.flow import flowing


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, the key of what it counts, the sign that leads to it, and its role: plain, done or refused."""

    key: str
    number: int
    sign: str = ""
    role: str = ""


class Tiles(QWidget):
    """A row of them, made anew for each set of numbers."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._tiles: tuple[Tile, ...] = ()
        self._made: list[QWidget] = []
        holder, self._flow = flowing(gap=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        heard(self, screen.words, self._make)

    @property
    def text(self) -> str:
        """The row as it is read."""
        say = self._screen.words.say
        return " ".join(f"{one.sign} {one.number:,} {say(one.key)}".strip() for one in self._tiles)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these numbers and no others."""
        self._tiles = tuple(tiles)
        self._make()

    def _make(self) -> None:
        for old in self._made:
            self._flow.removeWidget(old)
            old.deleteLater()
        self._made = [widget for one in self._tiles for widget in self._of(one)]
        for widget in self._made:
            self._flow.addWidget(widget)
        self.setAccessibleName(self.text)

    def _of(self, one: Tile) -> list[QWidget]:
        card = QFrame()
        card.setProperty("role", "card")
        number, name = (
            plain(f"{one.number:,}"),
            plain(self._screen.words.say(one.key), role="small"),
        )
        number.setProperty("role", "figure")
        number.setProperty("tone", one.role if one.number else "")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(name)
        card.setMinimumWidth(96)
        return [*([_sign(one.sign, card.sizeHint().height())] if one.sign else []), card]


def _sign(sign: str, height: int) -> QLabel:
    label = plain(sign, role="muted")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setMinimumHeight(height)
    return label
