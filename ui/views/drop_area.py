"""A place to drop a file on, which is at the same time where one chooses or types it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.plain import button, dressed, plain, said
from ui.screen import Screen
from ui.views.forms.written import Line
from ui.views.wrapping import wrapping

ICON_PX = 34
PATH_PX = 720


def files_of(dropped: QMimeData) -> list[Path]:
    """The files of this machine among what is dragged."""
    urls = dropped.urls() if dropped.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


class DropArea(QFrame):
    """`given` with a path that was dropped here or entered; `choosing` when a person wants the chooser."""

    given = Signal(str)
    choosing = Signal()

    def __init__(self, screen: Screen, path: Line) -> None:
        super().__init__()
        self._screen = screen
        self.path = path
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        icon = plain()
        dressed(
            icon,
            screen.theme,
            lambda: icon.setPixmap(screen.theme.icon("import", px=ICON_PX).pixmap(ICON_PX)),
        )
        title, hint = plain(role="title"), wrapping(role="muted")
        said(title, "import.drop", screen.words)
        said(hint, "import.drop_hint", screen.words)
        self.choose = button("import.choose", screen.words, self.choosing.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 10, 28, 12)
        column.setSpacing(10)
        column.addStretch(1)
        for label in (icon, title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        path.setMaximumWidth(PATH_PX)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(path, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that a file may be let go here."""
        if files_of(event.mimeData()):
            self._show_over(is_over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went on."""
        super().dragLeaveEvent(event)
        self._show_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file: they are imported one at a time."""
        self._show_over(is_over=False)
        event.acceptProposedAction()
        self.given.emit(str(files_of(event.mimeData())[0]))

    def _show_over(self, *, is_over: bool) -> None:
        self.setProperty("over", is_over)
        self.style().unpolish(self)
        self.style().polish(self)
