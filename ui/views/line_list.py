"""Rows to read: what and how it stands, what was written, who when. And the headings above them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.models.lines import Line
from ui.plain import dressed, plain, said
from ui.screen import Screen


class Section(QWidget):
    """A heading with something below it; hidden as a whole while there is nothing to show."""

    def __init__(self, screen: Screen, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = plain(role="heading")
        said(heading, f"case.part.{name}", screen.words)
        self.heading = QHBoxLayout()
        self.heading.addWidget(heading)
        self.heading.addStretch()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self.body.addLayout(self.heading)


class LineCard(QWidget):
    """One line."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._tone = "muted"
        self._head = plain(wrap=True, selectable=True)
        self._state = plain()
        self._body = plain(wrap=True, selectable=True)
        self._foot = plain(role="small", wrap=True)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._body)
        column.addWidget(self._foot)
        dressed(self, screen.theme, self._restyle)

    def show_line(self, line: Line) -> None:
        """Show another line; what is empty takes no room."""
        labels = ((self._head, line.head), (self._state, line.state))
        for label, text in (*labels, (self._body, line.body), (self._foot, line.foot)):
            _put(label, text)
        if line.tone != self._tone:
            self._tone = line.tone
            self._restyle()

    def _restyle(self) -> None:
        ink = "soon_edge" if self._tone == "soon" else self._tone
        self._state.setStyleSheet(f"color: {self._screen.theme.color(ink).name()};")


class LineList(QWidget):
    """Lines below one another; cards are kept and filled anew."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._cards: list[LineCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines and no others."""
        while len(self._cards) < len(lines):
            card = LineCard(self._screen, self)
            self._cards.append(card)
            self._column.addWidget(card)
        for card, line in zip(self._cards, lines, strict=False):
            card.show_line(line)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(lines))


def _put(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
