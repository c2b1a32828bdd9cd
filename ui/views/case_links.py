"""Numbers of other cases, each a button that opens its case."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.plain import TARGET_PX
from ui.screen import Screen


class Linked(Protocol):
    """A case as far as a link tells of it."""

    @property
    def id(self) -> str:
        """What opens it."""
        ...

    @property
    def number(self) -> str:
        """What is shown of it."""
        ...


class CaseLinks(QWidget):
    """Hidden while there is none. `jump` is called with the id of the case chosen."""

    def __init__(self, screen: Screen, jump: Callable[[str], None]) -> None:
        super().__init__()
        self._screen, self._jump = screen, jump
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_rows(self, rows: Sequence[Linked]) -> None:
        """Show these cases and no others, in the language of now."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()  # it may have the focus, which must not linger on what is gone
            button.deleteLater()
        self.buttons = [self._button(row) for row in rows]
        for button in self.buttons:
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(rows))

    def _button(self, row: Linked) -> QPushButton:
        made = QPushButton(row.number)
        made.setProperty("role", "quiet")
        made.setStyleSheet("padding: 0; text-decoration: underline;")  # in line with the facts
        made.setMinimumHeight(TARGET_PX)
        made.setAutoDefault(False)
        made.setAccessibleName(self._screen.words.say("case.link", number=row.number))
        made.clicked.connect(lambda: self._jump(row.id))
        return made
