"""The list of warnings as a table: a thin skin over rows."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.warning_rows import Row
from ui.plain import tip
from ui.screen import Screen

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
COLUMNS = ("level", "what", "where", "count", "since", "state", "clock")
#: Beside the colour a sign, so that colour is never the only one.
SIGNS = {"RED": "▲", "ORANGE": "◆", "YELLOW": "●", "BLUE": "○"}
TONES = {"RED": "breached", "ORANGE": "soon_edge", "YELLOW": "soon_edge", "BLUE": "watch"}


class WarningModel(QAbstractTableModel):
    """Shows rows; where the same stand in the same order only their cells change."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        """Other rows."""
        if rows and [_id(one) for one in rows] == [_id(one) for one in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = TOP) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = TOP) -> int:
        """What is told of each."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns say."""
        is_named = orientation is Qt.Orientation.Horizontal and 0 <= section < len(COLUMNS)
        if not is_named or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._screen.words.say(f"warning.column.{COLUMNS[section]}")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; the level has a sign beside its colour."""
        if not index.isValid():
            return None
        find = _ROLES.get(role)
        return None if find is None else find(self, self.rows[index.row()], index.column())

    def colour(self, row: Row, column: int) -> object:
        """The level by its own, a clock by how late it is."""
        tone = TONES[row.known.warning.level] if not column else ""
        if COLUMNS[column] == "clock":
            tone = row.tone
        return self._screen.theme.color(tone) if tone else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


def _shown(row: Row, column: int) -> str:
    text = row.cells[column]
    return text if column else f"{SIGNS[row.known.warning.level]} {text}"


_ROLES: Mapping[int, Callable[[WarningModel, Row, int], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _, row, at: _shown(row, at),
    Qt.ItemDataRole.AccessibleTextRole: lambda _, row, at: row.cells[at],
    Qt.ItemDataRole.ToolTipRole: lambda _, row, at: tip(row.cells[at]),
    Qt.ItemDataRole.ForegroundRole: lambda model, row, at: model.colour(row, at),
}


def _id(row: Row) -> str:
    return row.known.warning.id
