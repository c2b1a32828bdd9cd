"""A queue as Qt's tables know it: a thin skin over slots, most of them not yet filled."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.services.queries import QueueRow
from ui.countdown import Countdown, Urgency, full, sentence, short
from ui.models.row_clock import RowClock, clock_key
from ui.models.row_text import SORTS, Column, RowText
from ui.models.rows import Insert, Move, Remove, is_rising, spans, steps
from ui.plain import tip
from ui.wording import Wording

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = len(Column)
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_HINT = Qt.ItemDataRole.ToolTipRole
_TOLD = (_DISPLAY, _SPOKEN, _HINT)
_STEADY = (
    Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a model says things: the words, the cells, the clocks, and what time it is."""

    words: Wording
    text: RowText
    clock: Callable[[], RowClock]
    now: Callable[[], datetime]


class QueueModel(QAbstractTableModel):
    """`total` slots in a frozen order. A row never changes its place until `show` brings a new order.

    `marks` are the ids a person has selected; they outlive the order. `gone` are the ids that have
    left the queue since, and stay in their place, dimmed.
    """

    marks_changed = Signal()

    def __init__(self, voice: Voice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voice = voice
        self._slots: list[QueueRow | None] = []
        self._places: dict[str, int] = {}
        self.marks: set[str] = set()
        self.gone: set[str] = set()

    # -- what Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._slots)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else _COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _STEADY if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in _TOLD or not index.isValid():
            return None
        row, column = self._slots[index.row()], index.column()
        if row is None:
            return self._voice.words.say("queue.loading_row") if column == Column.TITLE else ""
        return self._left(row, role) if column == Column.LEFT else self._told(row, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        name = Column(section).name.lower()
        if role == _DISPLAY:
            return self._voice.words.say(f"queue.column.{name}")
        if role == _HINT:
            key = "queue.sortable" if section in SORTS else "queue.not_sortable"
            return tip(self._voice.words.say(key))
        return None

    def _told(self, row: QueueRow, column: int, role: int) -> str:
        text = self._voice.text
        if role == _DISPLAY:
            return text.cell(row, column)
        said = text.hint(row, column)
        if role == _HINT:
            return tip(said)
        if role == _SPOKEN and column == Column.TITLE and row.id in self.marks:
            return self._voice.words.say("queue.marked_row", title=said)
        return said

    def _left(self, row: QueueRow, role: int) -> str:
        shown, say = self.countdown(row), self._voice.words.say
        if role == _DISPLAY:
            return f"{shown.glyph} {short(shown, say)}".strip()
        told = tip(sentence(shown, say)) if role == _HINT else full(shown, say)
        if shown.due is None:
            return told
        if shown.urgency is Urgency.PAUSED:
            return say("queue.held_hint", told=told, due=shown.due)
        clock = say(clock_key(row))
        return say("queue.left_hint", clock=clock, told=told, due=shown.due)

    # -- what the view asks -------------------------------------------------------------------

    def row_at(self, at: int) -> QueueRow | None:
        """The row in slot `at`, None while it is not there yet."""
        return self._slots[at] if 0 <= at < len(self._slots) else None

    def row_of(self, case_id: str) -> QueueRow | None:
        """The row of a case; None when it is not loaded."""
        at = self.place(case_id)
        return None if at is None else self.row_at(at)

    def ids_from(self, at: int) -> Iterator[str]:
        """The cases from row `at` on, as far as they are loaded."""
        while (row := self.row_at(at)) is not None:
            yield row.id
            at += 1

    def place(self, case_id: str | None) -> int | None:
        """Where the case stands, if its row is loaded."""
        return None if case_id is None else self._places.get(case_id)

    def countdown(self, row: QueueRow) -> Countdown:
        """The row's nearest clock as it stands now."""
        return self._voice.clock().read(row, self._voice.now())

    def cell(self, row: QueueRow, column: int) -> str:
        """The text of any cell but the countdown."""
        return self._voice.text.cell(row, column)

    def ids(self, first: int, last: int) -> set[str]:
        """The cases whose rows are loaded between two slots, both included."""
        return {row.id for row in self._slots[max(first, 0) : last + 1] if row is not None}

    @property
    def is_whole(self) -> bool:
        """Whether no slot is empty."""
        return len(self._places) == len(self._slots)

    # -- what the source tells ----------------------------------------------------------------

    def show(self, total: int, offset: int, rows: Sequence[QueueRow]) -> None:
        """A new order: `total` slots, `rows` from `offset` on. Whole queues change step by step."""
        self.gone.clear()
        if self.is_whole and self._slots and len(rows) == total:
            self._walk(rows)
            self.renew(rows)
            return
        self.beginResetModel()
        here = rows[: max(total - offset, 0)]
        self._slots = [None] * total
        self._slots[offset : offset + len(here)] = here
        self._places = {row.id: at for at, row in enumerate(here, offset)}
        self.endResetModel()

    def clear(self) -> None:
        """Nothing of this list is to be seen any more: no rows, no marks, no texts made for them."""
        self.unmark_all()
        self.gone.clear()
        self._voice.text.forget()
        self.beginResetModel()
        self._slots, self._places = [], {}
        self.endResetModel()

    def fill(self, offset: int, rows: Sequence[QueueRow]) -> None:
        """Rows for slots that were empty; a case that stands elsewhere already stays there."""
        taken: list[int] = []
        for at, row in enumerate(rows, offset):
            if at < len(self._slots) and self._slots[at] is None and row.id not in self._places:
                self._slots[at], self._places[row.id] = row, at
                taken.append(at)
        self._say_changed(taken)

    def renew(self, rows: Sequence[QueueRow]) -> None:
        """Newer values of rows in their places; cases not loaded are passed over."""
        changed: list[int] = []
        for row in rows:
            at = self._places.get(row.id)
            if at is not None and self._slots[at] != row:
                self._slots[at] = row
                changed.append(at)
        self._say_changed(changed)

    def empty(self, first: int, last: int) -> None:
        """Let go of the rows of slots far from what is looked at; they can be asked for again."""
        for at in range(first, min(last + 1, len(self._slots))):
            row, self._slots[at] = self._slots[at], None
            if row is not None:
                del self._places[row.id]
                self._voice.text.drop(row.id)

    def set_gone(self, case_id: str, *, is_gone: bool) -> None:
        """Whether the case has left the queue while its row stands."""
        if (case_id in self.gone) != is_gone:
            self.gone ^= {case_id}
            self._say_changed([at for at in (self._places.get(case_id),) if at is not None])

    def is_in_order(self, rows: Sequence[QueueRow]) -> bool:
        """Whether the loaded ones among `rows` stand here in the same order."""
        return is_rising(self._places[row.id] for row in rows if row.id in self._places)

    def tick(self, first: int, last: int) -> None:
        """The countdowns from row `first` to `last` have moved on by a second."""
        if 0 <= first <= last < len(self._slots):
            self.dataChanged.emit(
                self.index(first, Column.LEFT), self.index(last, Column.LEFT), [_DISPLAY]
            )

    def see(self, others: Iterable[tuple[str, str]]) -> None:
        """Who has which case open at another seat: (case id, login). No row moves for it."""
        places = (self._places.get(one) for one in self._voice.text.see(others))
        for at in sorted(one for one in places if one is not None):
            cell = self.index(at, Column.MARKS)
            self.dataChanged.emit(cell, cell)

    def mark(self, case_id: str, *, is_marked: bool) -> None:
        """Select a case for acting on several, or leave it out again."""
        if (case_id in self.marks) != is_marked:
            self.marks ^= {case_id}
            self._say_changed([at for at in (self._places.get(case_id),) if at is not None])
            self.marks_changed.emit()

    def unmark_all(self) -> None:
        """Nothing is selected any more."""
        marked, self.marks = self.marks, set()
        if marked:
            self._say_changed([self._places[one] for one in marked if one in self._places])
            self.marks_changed.emit()

    def retranslate(self) -> None:
        """Say everything in the language now in use."""
        self._voice.text.forget()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)
        self._say_changed(range(len(self._slots)))

    # -- how -----------------------------------------------------------------------------------

    def _walk(self, rows: Sequence[QueueRow]) -> None:
        """Step from the old order to the new one, so that selection and scrolling stay."""
        new = {row.id: row for row in rows}
        old = [row.id for row in self._slots if row is not None]
        for step in steps(old, list(new)):
            self._step(step, new)

    def _step(self, step: Remove | Move | Insert[str], new: dict[str, QueueRow]) -> None:
        match step:
            case Remove(first, last):
                self.beginRemoveRows(_NOWHERE, first, last)
                del self._slots[first : last + 1]
                self._replace()
                self.endRemoveRows()
            case Move(at, to):
                behind = to + 1 if to > at else to
                self.beginMoveRows(_NOWHERE, at, at, _NOWHERE, behind)
                self._slots.insert(to, self._slots.pop(at))
                self._replace()
                self.endMoveRows()
            case Insert(at, keys):
                self.beginInsertRows(_NOWHERE, at, at + len(keys) - 1)
                self._slots[at:at] = [new[key] for key in keys]
                self._replace()
                self.endInsertRows()

    def _replace(self) -> None:
        self._places = {row.id: at for at, row in enumerate(self._slots) if row is not None}

    def _say_changed(self, places: Sequence[int]) -> None:
        for first, last in spans(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, _COLUMNS - 1))
