"""The list of warnings: rows to walk over with the arrows; every other key is its page's."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.models.warning_model import COLUMNS, WarningModel
from ui.plain import dressed, named
from ui.screen import Screen
from ui.views.row_table import as_rows

Key = Qt.Key
_WALKED = {Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End}


class WarningList(QTableView):
    """Shows a WarningModel."""

    def __init__(self, screen: Screen, model: WarningModel) -> None:
        super().__init__()
        self.setModel(model)
        as_rows(self)
        self.setProperty("role", "preview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(COLUMNS.index("what"), QHeaderView.ResizeMode.Stretch)
        named(self, "warning.title", screen.words)
        rows = self.verticalHeader()
        dressed(self, screen.theme, lambda: rows.setDefaultSectionSize(screen.theme.row_px))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; the rest goes to whoever holds the list."""
        if event.key() in _WALKED:
            super().keyPressEvent(event)
        else:
            event.ignore()
