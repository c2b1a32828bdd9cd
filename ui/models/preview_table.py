"""The first rows of a file to be imported, as they will stand or why they will not."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar import LOCAL
from app.domain.commands import ImportRecord
from app.services.importing import PreviewRow
from ui.plain import tip
from ui.screen import Screen

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
COLUMNS = ("line", "at", "title", "category", "unit")


def dated(instant: datetime) -> str:
    """An instant of another year: with its year, local time."""
    return instant.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


class PreviewTable(QAbstractTableModel):
    """A thin skin over the preview's rows."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._rows: tuple[PreviewRow, ...] = ()

    def show(self, rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = TOP) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = TOP) -> int:
        """Line, time, title or reason, class, unit."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The names of the columns."""
        is_name = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        if not is_name or not 0 <= section < len(COLUMNS):
            return None
        return self._screen.words.say(f"import.column.{COLUMNS[section]}")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; rows that will not be taken are told in the colour of a no."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(row, COLUMNS[index.column()]))
        if role == Qt.ItemDataRole.ForegroundRole and row.record is None:
            return self._screen.theme.color("refused")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def _text(self, row: PreviewRow, column: str) -> str:
        if column == "line":
            return str(row.line)
        if row.record is not None:
            return self._taken(row.record, column)
        return self._screen.words.say(f"reject.{row.code}") if column == "title" else ""

    def _taken(self, record: ImportRecord, column: str) -> str:
        match column:
            case "at":
                return dated(record.occurred_at)
            case "category":
                return self._screen.data.category(record.category)
            case "unit":
                return self._screen.data.unit(record.unit)
            case _:
                place = self._screen.data.community(record.community) or record.address
                return record.title or record.narrative.split("\n", 1)[0] or place
