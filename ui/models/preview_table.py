"""The first rows of a file to be imported, as they will stand or why they will not."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.calendar import LOCAL
from app.domain.commands import ImportRecord
from app.services.importing import Preview, PreviewRow
from ui.plain import tip
from ui.screen import Screen

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
LINE = "line"
#: So many signs of a source's column are shown; the tip has it whole.
SIGNS = 15
Mapped = tuple[tuple[str, tuple[str, ...]], ...]


def dated(instant: datetime) -> str:
    """An instant of another year: with its year, local time."""
    return instant.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


class PreviewTable(QAbstractTableModel):
    """A thin skin over the preview's rows: a column for each field that the file fills."""

    def __init__(self, screen: Screen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._rows: tuple[PreviewRow, ...] = ()
        self._mapped: Mapped = ()
        self._cells = _cells(screen)

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields shown, after the number of the line."""
        return (LINE, *(name for name, _ in self._mapped))

    @property
    def refused(self) -> list[int]:
        """The places of rows that will not be taken."""
        return [at for at, row in enumerate(self._rows) if row.record is None]

    def show(self, found: Preview | None) -> None:
        """Show the first rows of another file, or of none."""
        self.beginResetModel()
        self._rows = tuple(found.shown) if found else ()
        self._mapped = tuple((name, tuple(has)) for name, has in found.mapped) if found else ()
        self.endResetModel()

    def rowCount(self, parent: Index = TOP) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = TOP) -> int:
        """The line, and a column for each field."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The name of a field, and under it the columns it is made from."""
        is_across = orientation is Qt.Orientation.Horizontal
        if not is_across or not 0 <= section < len(self.columns):
            return None
        name = self._screen.words.say(f"import.column.{self.columns[section]}")
        sources = self._mapped[section - 1][1] if section else ()
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("\n".join((name, *sources)))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
        return f"{name}\n{_short(sources[0])}{more}" if sources else name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; rows that will not be taken are told in the colour of a no."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, self.columns[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(row, self.columns[index.column()]))
        if role == Qt.ItemDataRole.ForegroundRole and row.record is None:
            return self._screen.theme.color("refused")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def _text(self, row: PreviewRow, column: str) -> str:
        if column == LINE:
            return str(row.line)
        if row.record is not None:
            return self._cells[column](row.record)
        told = self._screen.data.told(row.facts)
        is_first = column == self.columns[1]
        return self._screen.words.say(f"reject.{row.code}", **told) if is_first else ""


def _short(name: str) -> str:
    return name if len(name) <= SIGNS else f"{name[: SIGNS - 1]}…"


def _cells(screen: Screen) -> Mapping[str, Callable[[ImportRecord], str]]:
    """What stands in the column of each field."""
    say, data = screen.words.say, screen.data
    return {
        "source": lambda one: one.source_ref.partition(":")[2] or one.source_ref,
        "at": lambda one: dated(one.occurred_at),
        "place": lambda one: data.community(one.community) or data.street(one.street),
        "address": lambda one: one.address,
        "nature": lambda one: say(f"queue.nature.{one.nature}"),
        "category": lambda one: data.category(one.category),
        "unit": lambda one: data.unit(one.unit),
        "channel": lambda one: data.channel(one.channel),
        "outcome": lambda one: say(f"import.outcome.{one.outcome}"),
        "title": lambda one: one.title,
        "narrative": lambda one: one.narrative.split("\n", 1)[0],
    }
