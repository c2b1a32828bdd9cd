"""The list of a queue: rows that keep still, keys that move through them, a clock in every row."""

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.services.queries import Queue, Sort
from ui.models.queue_model import QueueModel
from ui.models.row_text import SORTS, Column
from ui.plain import dressed, heard, named
from ui.screen import Screen
from ui.views.queue_delegate import QueueDelegate
from ui.views.queue_widths import LEAST_COLUMN, ColumnFit
from ui.views.row_table import as_rows
from ui.views.solid import solid

_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_KEYS: Mapping[tuple[Qt.Key, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Down, _SHIFT): "extend_next",
    (Qt.Key.Key_Up, _SHIFT): "extend_previous",
    (Qt.Key.Key_Escape, _NONE): "unmark",
    (Qt.Key.Key_Return, _NONE): "open_current",
    (Qt.Key.Key_Enter, _NONE): "open_current",
    (Qt.Key.Key_Home, _NONE): "go_first",
    (Qt.Key.Key_End, _NONE): "go_last",
}
#: Verbs that the list carries out itself where no window has put their keys on.
_VERBS = {
    "next": "go_next",
    "previous": "go_previous",
    "extend_next": "extend_next",
    "extend_previous": "extend_previous",
    "mark": "toggle_mark",
    "apply_order": "want_order",
    "timeline": "want_timeline",
}


class QueueTable(QTableView):
    """Shows a QueueModel. The current row is a case, kept by its id whatever happens to the order."""

    current_changed = Signal(object)  # the case's id, or None
    opened = Signal(str)
    nothing_opened = Signal()
    order_wanted = Signal()
    timeline_wanted = Signal()
    sort_wanted = Signal(object, bool)  # Sort, descending
    view_moved = Signal(int, int)  # first and last visible row

    def __init__(self, screen: Screen, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._model = model
        self._expected: tuple[str | None] | None = None
        self._kept: str | None = None
        self._kept_at = 0
        self._sorted = (Sort.DUE, False)
        self._delegate = QueueDelegate(model, screen.theme, screen.words, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._set_up_header()
        self._fit = ColumnFit(self, screen.theme, self._delegate.least)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        model.modelAboutToBeReset.connect(self._keep_place)
        self.verticalScrollBar().valueChanged.connect(self._tell_view)
        named(self, "queue.list", screen.words)
        heard(self, screen.words, self._retranslate)
        dressed(self, screen.theme, self._restyle)
        solid(self)

    # -- what the workbench asks --------------------------------------------------------------

    @property
    def current(self) -> str | None:
        """The case the cursor is on."""
        row = self._model.row_at(self.currentIndex().row())
        return row.id if row else None

    def select(self, case_id: str) -> bool:
        """Put the cursor on a case; False when its row is not loaded."""
        at = self._model.place(case_id)
        if at is not None:
            self._go_to(at)
        return at is not None

    def expect(self, case_id: str | None) -> None:
        """Another list is on its way: once it has settled, begin at this case, or at the top."""
        self._expected = (case_id,)

    def settle(self) -> None:
        """A new order is shown: the cursor back on its case, on the row where it was, or on the top."""
        expected, self._expected = self._expected, None
        if expected is not None:
            at = self._model.place(expected[0])
            self._go_to(at or 0)
        elif not self.currentIndex().isValid():
            at = self._model.place(self._kept)
            self._go_to(self._kept_at if at is None else at)
        self._tell_view()

    def ids_below(self) -> Iterator[str]:
        """The cases under the cursor, nearest first."""
        return self._model.ids_from(self.currentIndex().row() + 1)

    def ids_shown(self) -> set[str]:
        """The cases whose rows are on the screen."""
        return self._model.ids(*self.visible_rows())

    def carry_out(self, verb: str) -> None:
        """Do what a verb asks of the list alone; KeyError for others."""
        getattr(self, _VERBS[verb])()

    def go_next(self) -> None:
        """To the next case that has not left the queue."""
        self._step(1)

    def go_previous(self) -> None:
        """To the one before."""
        self._step(-1)

    def go_on(self) -> None:
        """Away from a case that left the queue: to the next, or where none is left below, to the one before."""
        if not self._step(1):
            self._step(-1)

    def go_first(self) -> None:
        """To the top of the list."""
        self._go_to(0)

    def go_last(self) -> None:
        """To its bottom."""
        self._go_to(self._model.rowCount() - 1)

    def extend_next(self) -> None:
        """Mark this case and go on."""
        self._mark_current(is_marked=True)
        self._step(1)
        self._mark_current(is_marked=True)

    def extend_previous(self) -> None:
        """Mark this case and go back."""
        self._mark_current(is_marked=True)
        self._step(-1)
        self._mark_current(is_marked=True)

    def toggle_mark(self) -> None:
        """Mark this case, or leave it out again."""
        if self.current is not None:
            self._mark_current(is_marked=self.current not in self._model.marks)

    def unmark(self) -> None:
        """Nothing is marked any more."""
        self._model.unmark_all()

    def want_order(self) -> None:
        """Ask for the new order."""
        self.order_wanted.emit()

    def want_timeline(self) -> None:
        """Ask for the timeline of the case."""
        self.timeline_wanted.emit()

    def open_current(self) -> None:
        """Look closer at the case; where there is none, at what is offered instead."""
        if self.current is not None:
            self.opened.emit(self.current)
        elif not self._model.rowCount():
            self.nothing_opened.emit()

    def tick(self) -> None:
        """A second has passed: repaint the countdowns that can be seen, no others."""
        if self.isVisible():
            self._model.tick(*self.visible_rows())

    def visible_rows(self) -> tuple[int, int]:
        """First and last row on the screen; (0, -1) when there is none."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(first, 0), last if last >= 0 else self._model.rowCount() - 1

    def show_sort(self, sort: Sort, descending: bool) -> None:  # noqa: FBT001 - a pair, as signalled
        """Point out by which column the list is sorted."""
        self._sorted = (sort, descending)
        section = next((column for column, one in SORTS.items() if one is sort), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(section, order)

    def show_queue(self, queue: Queue) -> None:
        """Leave out the columns that this queue has nothing to say in."""
        self._fit.show_queue(queue)

    def widths(self) -> dict[str, int]:
        """Column widths by column name, in pixels beside text of the base size."""
        return self._fit.widths()

    def set_widths(self, widths: Mapping[str, Any]) -> None:
        """Restore what `widths` gave."""
        self._fit.restore(widths)

    # -- set up -------------------------------------------------------------------------------

    def _set_up(self) -> None:
        as_rows(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(LEAST_COLUMN)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        header.sectionClicked.connect(self._on_header)
        self.show_sort(*self._sorted)

    def _restyle(self) -> None:
        self._delegate.restyle()
        self.verticalHeader().setDefaultSectionSize(self._screen.theme.row_px)
        self._fit.fit()

    def _retranslate(self) -> None:
        self._model.retranslate()
        self._fit.fit()

    # -- what happens -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = _KEYS.get((Qt.Key(event.key()), event.modifiers() & ~_KEYPAD))
        name = name or _VERBS.get(self._screen.keymap.verb_at(event))
        if name is not None and not (name == "unmark" and not self._model.marks):
            getattr(self, name)()
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are verbs here; walking a hundred thousand rows for one would freeze the screen."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.toggle_mark()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.open_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit.fit()
        self._tell_view()

    def _tell_view(self) -> None:
        self.view_moved.emit(*self.visible_rows())

    def _on_header(self, section: int) -> None:
        """Qt has moved the indicator already; a column that does not sort gives it back."""
        sort = SORTS.get(Column(section))
        if sort is None:
            self.show_sort(*self._sorted)
            return
        order = self.horizontalHeader().sortIndicatorOrder()
        self.sort_wanted.emit(sort, order is Qt.SortOrder.DescendingOrder)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row_at(now.row()) if now.isValid() else None
        self.current_changed.emit(row.id if row else None)

    def _keep_place(self) -> None:
        self._kept, self._kept_at = self.current, max(self.currentIndex().row(), 0)

    def _go_to(self, at: int) -> None:
        at = min(at, self._model.rowCount() - 1)
        if at < 0:
            self.current_changed.emit(None)
            return
        self.selectionModel().setCurrentIndex(self._model.index(at, Column.TITLE), _ROW)
        self.scrollTo(self.currentIndex())

    def _step(self, by: int) -> bool:
        at = self.currentIndex().row() + by
        while (row := self._model.row_at(at)) is not None and row.id in self._model.gone:
            at += by
        is_there = 0 <= at < self._model.rowCount()
        if is_there:
            self._go_to(at)
        return is_there

    def _mark_current(self, *, is_marked: bool) -> None:
        if self.current is not None:
            self._model.mark(self.current, is_marked=is_marked)
