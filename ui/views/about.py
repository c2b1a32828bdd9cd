"""What this is, under which edition of the Measures it works, and where its trouble reports are."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.plain import heard, plain
from ui.screen import Screen


class About(QWidget):
    """A page for a sheet."""

    cancelled = Signal()

    def __init__(self, screen: Screen, version: str, reports: Path) -> None:
        super().__init__()
        self._screen, self._version, self._reports = screen, version, reports
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 16, 16)
        self._column.setSpacing(10)
        self._lines = [plain(wrap=True, selectable=True) for _ in range(self._count() + 3)]
        for line in self._lines:
            self._column.addWidget(line)
        self._column.addStretch(1)
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """The page itself takes the keys."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say = self._screen.words.say
        editions = (
            say("frame.about_edition", title=self._screen.data.title(one), version=one.version)
            for one in self._screen.desk.setting.editions.editions
        )
        texts = (
            say("frame.about_text", version=self._version),
            *editions,
            say("frame.about_licence"),
            say("frame.about_reports", folder=str(self._reports)),
        )
        for line, text in zip(self._lines, texts, strict=True):
            line.setText(text)

    def _count(self) -> int:
        return len(self._screen.desk.setting.editions.editions)
