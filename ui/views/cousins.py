"""Earlier cases of the same reporter, each a step away."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.services.queries import QueueRow
from ui.plain import TARGET_PX, plain, tip
from ui.screen import Screen
from ui.views.case_header import state_key


class Cousins(QWidget):
    """`jumped` with the id of the case that was chosen."""

    jumped = Signal(str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these cases and no others."""
        while len(self._rows) < len(rows):
            self._rows.append(_Row(self._screen, self.jumped.emit, self))
            self._column.addWidget(self._rows[-1])
        for shown, row in zip(self._rows, rows, strict=False):
            shown.show_row(row)
        for at, shown in enumerate(self._rows):
            shown.setVisible(at < len(rows))


class _Row(QWidget):
    def __init__(self, screen: Screen, jump: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = screen
        self._id = ""
        self._button = QPushButton()
        self._button.setProperty("role", "quiet")
        self._button.setMinimumHeight(TARGET_PX)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(lambda: jump(self._id))
        self._title, self._state = plain(), plain(role="muted")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)
        row.addWidget(self._title, 1)
        row.addWidget(self._state)

    def show_row(self, row: QueueRow) -> None:
        """Show another case."""
        say = self._screen.words.say
        self._id = row.id
        self._button.setText(self._screen.words.when(row.registered_at))
        self._button.setAccessibleName(say("case.cousin_hint", number=row.number))
        self._button.setToolTip(tip(say("case.cousin_hint", number=row.number)))
        self._title.setText(row.title or say("queue.no_title"))
        self._title.setToolTip(tip(row.address))
        self._state.setText(say(state_key(row)))
