"""What the cells of a queue say about a row, in the language of the screen."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import IntEnum
from string import ascii_uppercase, digits

from app.domain.coordinations import COORDINATION
from app.domain.terms import CaseStatus, RequestKind, Stage
from app.services.queries import CaseView, Delivery, Queue, QueueRow, Sort
from ui.names import DataNames
from ui.wording import Wording


class Column(IntEnum):
    """The columns of a queue, left to right."""

    LEFT = 0
    NUMBER = 1
    TITLE = 2
    PLACE = 3
    CATEGORY = 4
    UNIT = 5
    CHANNEL = 6
    GRADE = 7
    NATURE = 8
    MARKS = 9


#: What a click on a header sorts by; the other columns do not sort.
SORTS = {
    Column.LEFT: Sort.DUE,
    Column.NUMBER: Sort.NUMBER,
    Column.TITLE: Sort.TITLE,
    Column.PLACE: Sort.PLACE,
    Column.CATEGORY: Sort.CATEGORY,
    Column.UNIT: Sort.UNIT,
    Column.GRADE: Sort.GRADE,
}

_WITH_UNITS = (
    CaseStatus.DISPATCHED,
    CaseStatus.SUSPENDED,
    CaseStatus.STAGED,
    CaseStatus.REWORK,
)
_ON_THE_WAY = (Delivery.QUEUED, Delivery.SENT)


#: A case number: the prefix of the centre (as `store init` takes it), the year, month and day, the time,
#: and the seat's own end.
_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,7}\d{4}(\d{4})(\d{6})([0-9A-Z]{4})")

_THIN = "\u2009"


def short_number(number: str) -> str:
    """Month and day, time, and end of a case number; what all numbers of a year share is left out."""
    parts = _NUMBER.fullmatch(number)
    return _THIN.join(parts.groups()) if parts else number


def widest_number(px: Callable[[str], int]) -> str:
    """The short number that takes the most room where a text measures `px`."""
    digit, sign = max(digits, key=px), max(digits + ascii_uppercase, key=px)
    return _THIN.join((4 * digit, 6 * digit, 4 * sign))


class RowText:
    """The cells of a row but for the countdown, made once per row and language."""

    def __init__(self, words: Wording, names: DataNames) -> None:
        self._words = words
        self._names = names
        self._cells: dict[str, tuple[QueueRow, tuple[str, ...]]] = {}
        self._others: dict[str, tuple[str, ...]] = {}

    def see(self, others: Iterable[tuple[str, str]]) -> set[str]:
        """Who has which case open at another seat: (case id, login). The cases of which it is news."""
        before, now = self._others, dict[str, tuple[str, ...]]()
        for case_id, login in others:
            now[case_id] = (*now.get(case_id, ()), login)
        self._others = now
        changed = {one for one in {*before, *now} if before.get(one) != now.get(one)}
        for one in changed:
            self.drop(one)
        return changed

    def cell(self, row: QueueRow, column: int) -> str:
        """The text of a cell; LEFT is empty here, it belongs to the clock."""
        kept = self._cells.get(row.id)
        if kept is None or kept[0] is not row:
            kept = self._cells[row.id] = (row, tuple(self._say(row)))
        return kept[1][column]

    def forget(self) -> None:
        """Say everything anew, in the language now in use."""
        self._cells.clear()

    def drop(self, case_id: str) -> None:
        """The row is not shown any more."""
        self._cells.pop(case_id, None)

    def hint(self, row: QueueRow, column: int) -> str:
        """What a cell has no room for."""
        match column:
            case Column.PLACE:
                parts = (self._names.street(row.street), self.place(row), row.address)
                return self._words.join(dict.fromkeys(part for part in parts if part))
            case Column.CATEGORY:
                return self._names.path(row.category)
            case Column.MARKS:
                marks = (*self._marks(row), *_PAST[: int(row.historical)])
                return self._words.join(self._named(row, marks, "queue.mark_hint"))
            case Column.NUMBER:
                return self._words.say("queue.number_hint", number=row.number, at=row.registered_at)
            case _:
                whole = self._words.say(f"queue.nature.{row.nature}")
                return whole if column == Column.NATURE else self.cell(row, column)

    def place(self, row: QueueRow) -> str:
        """The community, which tells the street too; the street where no community is known."""
        name = self._names.community(row.community) or self._names.street(row.street)
        return self._names.short(name)

    def _say(self, row: QueueRow) -> Iterator[str]:
        yield ""
        yield row.number
        yield row.title or self._words.say("queue.no_title")
        yield self.place(row)
        yield self._names.category(row.category)
        yield self._names.unit(row.lead_unit)
        yield self._names.channel(row.channel)
        yield self._words.say(f"queue.grade.{row.grade}")
        yield self._words.say(f"queue.nature_short.{row.nature}")
        yield " ".join(self._named(row, self._marks(row), "queue.mark"))

    def _named(self, row: QueueRow, marks: Iterable[tuple[str, int]], prefix: str) -> Iterator[str]:
        for name, number in marks:
            who = self._names.person(row.holder)
            if name == "open":
                who = self._words.join(map(self._names.person, dict.fromkeys(self._others[row.id])))
            yield self._words.say(f"{prefix}.{name}", n=number, who=who, at=row.asked_at)

    def _marks(self, row: QueueRow) -> Iterator[tuple[str, int]]:
        return _marks(row, len(self._others.get(row.id, ())))


#: Told only to who asks: whole stores are of the past, and nothing is done otherwise because of it.
_PAST = (("historical", 1),)


#: What waits for a leader, if it is no return: those are counted.
_ASKED = {COORDINATION, *(str(kind) for kind in RequestKind if kind is not RequestKind.RETURN)}


def _marks(row: QueueRow, others: int) -> Iterator[tuple[str, int]]:
    """What is out of the ordinary about a row, with how often; `others` have it open."""
    found = (
        ("open", others),
        ("unsent", int(row.is_unsent)),
        ("hazard", int(row.safety_hazard)),
        ("held", int(bool(row.holder))),
        ("asked", row.asks),
        ("verifying", int(row.status is CaseStatus.VERIFYING)),
        (f"asked.{row.asked}", int(row.asked in _ASKED)),
        ("returned", row.return_count),
        ("rework", row.rework_count),
        ("secret", int(row.keep_secret)),
        ("provisional", int(row.due_is_provisional)),
    )
    return ((name, number) for name, number in found if number)


_OF_CASE = tuple(name for name in QueueRow._fields if name not in ("asks", "is_unsent"))


def row_of(view: CaseView) -> QueueRow:
    """The case of `view` as a queue would list it."""
    case = view.dossier.case
    unsent = any(entry.delivery in _ON_THE_WAY for entry in view.timeline)
    asks = len(view.dossier.asked_reveals) if case.status in _WITH_UNITS else 0
    return QueueRow(**{name: getattr(case, name) for name in _OF_CASE}, asks=asks, is_unsent=unsent)


def belongs(row: QueueRow, queue: Queue, now: datetime, login: str) -> bool:
    """Whether the row's case waits in `queue` of whoever `login` is; a filter is not looked at."""
    match queue:
        case Queue.ALL:
            return True
        case Queue.MINE:
            return row.holder == login
        case Queue.ASKED:
            return row.asks > 0
        case Queue.OVERDUE:
            is_open = row.stage is not Stage.ENDED
            return is_open and row.due_at is not None and row.due_at < now
        case _:
            return row.stage.value == queue.value
