"""What this is, under which edition of the Measures it works, and where its trouble reports are."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.plain import dressed, heard, plain
from ui.screen import Screen
from ui.views.wrapping import wrapping

ICON_PX = 44


class About(QWidget):
    """A page for a sheet: the program's sign and name, and below what it stands on."""

    cancelled = Signal()

    def __init__(self, screen: Screen, version: str, reports: Path) -> None:
        super().__init__()
        self._screen, self._version, self._reports = screen, version, reports
        self._name, self._what = plain(role="title"), wrapping(role="muted")
        self._rows = [(wrapping(role="muted"), _told()) for _ in range(self._count() + 2)]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._head())
        column.addWidget(self._card())
        column.addStretch(1)
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """The page itself takes the keys."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say = self._screen.words.say
        self._name.setText(say("frame.about_name", version=self._version))
        self._what.setText(say("frame.about_text"))
        for (name, told), (key, text) in zip(self._rows, self._lines(), strict=True):
            name.setText(say(key))
            told.setText(text)

    def _lines(self) -> Iterator[tuple[str, str]]:
        say, data = self._screen.words.say, self._screen.data
        for one in self._screen.desk.setting.editions.editions:
            facts = {"title": data.title(one), "version": one.version}
            yield "frame.about_under", say("frame.about_edition", **facts)
        yield "frame.about_built", say("frame.about_licence")
        yield "frame.about_trouble", say("frame.about_reports", folder=str(self._reports))

    def _head(self) -> QWidget:
        head, icon, theme = QWidget(), plain(), self._screen.theme

        def draw() -> None:
            icon.setPixmap(theme.icon("fenbo", "accent", ICON_PX).pixmap(ICON_PX))

        dressed(icon, theme, draw)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._what)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(icon)
        row.addLayout(words, 1)
        return head

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(14, 12, 14, 12)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (name, told) in enumerate(self._rows):
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, at, 1)
        return card

    def _count(self) -> int:
        return len(self._screen.desk.setting.editions.editions)


def _told() -> QLabel:
    return wrapping(selectable=True)
