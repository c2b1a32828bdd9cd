"""How fast a key moves the cursor: the real list beside a bare table of the same static texts."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.timing import Series, undisturbed
from app.services.queries import QueueRow
from ui.models.queue_model import QueueModel, Voice
from ui.models.row_clock import RowClock
from ui.models.row_text import Column, RowText
from ui.screen import Screen
from ui.views.queue_table import QueueTable

GOAL = Goal(Judged.RATIO, 1.5)
SIZE = 1280, 900
#: Keys pressed in one table before the other one's turn.
_BLOCK = 25
_NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class StaticModel(QAbstractTableModel):
    """The least a table model can be: texts, and nothing but texts."""

    def __init__(self, texts: list[tuple[str, ...]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._texts)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        return None


@dataclass(frozen=True, slots=True)
class Pair:
    """Both tables, shown; `sheet` is the program's style sheet, which the bare one does without."""

    app: QApplication
    real: QueueTable
    bare: QTableView
    sheet: str

    def blocks(self, key: Qt.Key, text: str, rounds: int) -> tuple[Series, Series]:
        """So many presses in each, in blocks by turns."""
        mine, theirs = Series(), Series()
        sides = ((mine, self.real, key, self.sheet), (theirs, self.bare, Qt.Key.Key_Down, ""))
        with undisturbed():
            for block in range(-1, max(rounds // _BLOCK, 1)):
                for series, table, its_key, sheet in sides:
                    self.app.setStyleSheet(sheet)
                    self._settle()
                    kept = series if block >= 0 else Series()
                    for turn in range(_BLOCK):
                        kept.take(lambda _, its=(table, its_key): press(*its, text), turn)
        self.app.setStyleSheet(self.sheet)
        return mine, theirs

    def _settle(self) -> None:
        for _ in range(3):
            self.app.processEvents()


def press(table: QTableView, key: Qt.Key, text: str) -> None:
    """A key, and everything that has to be painted for it."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(table, event)
    # Qt itself waits for the next frame; here the window is told at once that it is due.
    QApplication.sendEvent(table.window(), QEvent(QEvent.Type.UpdateRequest))


def measure(
    app: QApplication, screen: Screen, rows: list[QueueRow], rounds: int
) -> Iterator[Figure]:
    """Down past the last visible row, so that every press scrolls, and J, which skips what is gone."""
    pair = pair_of(app, screen, rows)
    yield Figure("key.down", *pair.blocks(Qt.Key.Key_Down, "", rounds), GOAL)
    yield Figure("key.j", *pair.blocks(Qt.Key.Key_J, "j", rounds), GOAL)
    for table in (pair.real, pair.bare):
        table.close()
        table.deleteLater()


def pair_of(app: QApplication, screen: Screen, rows: list[QueueRow]) -> Pair:
    """Two tables of the same size with the same rows, columns and heights."""
    model = _model(screen)
    model.show(len(rows), 0, rows)
    real = QueueTable(screen, model)
    bare = _bare(real, StaticModel(_texts(model, rows), real))
    for table in (real, bare):
        table.resize(*SIZE)
        table.show()
        table.setCurrentIndex(table.model().index(0, Column.TITLE))
    for column in Column:
        bare.setColumnWidth(column, real.columnWidth(column))
        bare.setColumnHidden(column, real.isColumnHidden(column))
    return Pair(app, real, bare, screen.theme.style_sheet())


def _model(screen: Screen) -> QueueModel:
    clock = RowClock(screen.desk.setting)
    text = RowText(screen.words, screen.data)
    return QueueModel(Voice(screen.words, text, lambda: clock, screen.desk.now))


def _texts(model: QueueModel, rows: list[QueueRow]) -> list[tuple[str, ...]]:
    return [
        tuple(str(model.data(model.index(at, column))) for column in Column)
        for at in range(len(rows))
    ]


def _bare(real: QueueTable, model: StaticModel) -> QTableView:
    """A table as it comes, but for what would make it do more than the real one."""
    bare = QTableView()
    bare.setModel(model)
    bare.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    bare.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    bare.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
    bare.setShowGrid(False)
    bare.setWordWrap(False)
    bare.verticalHeader().hide()
    bare.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    bare.verticalHeader().setDefaultSectionSize(real.verticalHeader().defaultSectionSize())
    return bare
