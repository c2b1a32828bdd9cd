"""A table of numbers: one walks over its cells with the arrows, and Return opens the list behind one."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from ui.models.load_rows import Cell, Line
from ui.plain import dressed, heard, named, tip
from ui.screen import Screen
from ui.views.row_table import as_rows

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft | _MIDDLE, Qt.AlignmentFlag.AlignRight | _MIDDLE
#: A number's column is as wide as its heading, and at least so wide (pixels); a name is cut before numbers are.
NUMBER_PX = 52


class LoadModel(QAbstractTableModel):
    """A thin skin over lines; `columns` name what their cells say, in the words of `page`."""

    def __init__(
        self, screen: Screen, first: str, columns: tuple[str, ...], page: str = "shift"
    ) -> None:
        super().__init__()
        self._screen, self._columns, self._page = screen, (first, *columns), page
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Other numbers; where the same stand in the same order, only their cells changed."""
        if lines and [one.code for one in lines] == [one.code for one in self.lines]:
            self.lines = lines
            end = self.index(len(lines) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """What stands there; the name opens what all of the line's first number does."""
        line = self.lines[index.row()]
        if index.column():
            return line.cells[index.column() - 1]
        return Cell(line.name, line.cells[0].opens)

    def rowCount(self, parent: Index = TOP) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = TOP) -> int:
        """The name, and a column for each number."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What is counted."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._heading(section)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; ears hear with it whose it is and what is counted."""
        if not index.isValid():
            return None
        find = _ROLES.get(role)
        return None if find is None else find(self, index, self.cell(index))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def _heading(self, section: int) -> str:
        return self._screen.words.say(f"{self._page}.column.{self._columns[section]}")

    def colour(self, cell: Cell) -> object:
        """What is late stands out, what is nothing gives way."""
        return self._screen.theme.color(cell.tone) if cell.tone else None

    def spoken(self, index: Index, cell: Cell) -> str:
        """A number with whose it is and what is counted."""
        if not index.column():
            return cell.text
        name, what = self.lines[index.row()].name, self._heading(index.column())
        return self._screen.words.say("shift.spoken", name=name, what=what, n=cell.text)


_ROLES: Mapping[int, Callable[[LoadModel, Index, Cell], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _, __, cell: cell.text,
    Qt.ItemDataRole.ToolTipRole: lambda _, at, cell: None if at.column() else tip(cell.text),
    Qt.ItemDataRole.AccessibleTextRole: lambda model, at, cell: model.spoken(at, cell),
    Qt.ItemDataRole.TextAlignmentRole: lambda _, at, __: _RIGHT if at.column() else _LEFT,
    Qt.ItemDataRole.ForegroundRole: lambda model, _, cell: model.colour(cell),
}


class LoadTable(QTableView):
    """`asked` with the list behind a cell that was pressed. Its words are those of `page`."""

    asked = Signal(object)

    def __init__(
        self, screen: Screen, key: str, columns: tuple[str, ...], page: str = "shift"
    ) -> None:
        super().__init__()
        self._model = LoadModel(screen, key, columns, page)
        self.setModel(self._model)
        as_rows(self)
        self.setProperty("role", "preview")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        named(self, f"{page}.{key}", screen.words)
        self.clicked.connect(self._open)
        heard(self, screen.words, self._fit)
        dressed(self, screen.theme, lambda: self._dress(screen))

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._model.lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Other numbers; the cursor stays with who it was on."""
        at = self.currentIndex()
        code = self.lines[at.row()].code if at.isValid() else ""
        self._model.show(lines)
        row = next((row for row, one in enumerate(lines) if one.code == code), 0)
        if lines and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(row, max(at.column(), 0)))
        self._mark()
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor is marked only where the hand is: of several tables one is worked in."""
        super().focusInEvent(event)
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    def _mark(self) -> None:
        at, selection = self.currentIndex(), self.selectionModel()
        if at.isValid() and self.hasFocus():
            selection.select(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            selection.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and the space bar open the list behind the cell."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def whole_height(self) -> int:
        """How high it is with all its lines, in pixels."""
        rows = max(1, len(self.lines)) * self.verticalHeader().defaultSectionSize()
        return self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth() + 4

    def _open(self, index: QModelIndex) -> None:
        cell = self._model.cell(index) if index.isValid() else None
        if cell is not None and cell.opens is not None:
            self.asked.emit(cell.opens)

    def _dress(self, screen: Screen) -> None:
        self.verticalHeader().setDefaultSectionSize(screen.theme.row_px)
        self._fit()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(NUMBER_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def point_at(self, row: int, column: int) -> QPoint:
        """The middle of a cell, for hands that test."""
        return self.visualRect(self._model.index(row, column)).center()
