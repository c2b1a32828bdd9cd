"""The queues as SQL: windows of at most 200 rows through an index, totals, and the counts."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from app.domain.calendar import day_start
from app.domain.effects import to_wire
from app.domain.terms import CaseStatus, Grade, Nature, Stage
from app.services.filters import UNCLAIMED, Filter, Happening
from app.services.loads import WAITING
from app.services.queries import Counts, Queue, QueueRow, Sort, Window, WindowQuery
from db.replica import tally
from db.search import fts5, terms

Below = Callable[[str], Sequence[str]]

LARGEST_WINDOW = 200
#: From so many rows on, walking an index in order until a window is full beats sorting them.
WALK_FROM = 2_000

_SHOWN = tuple(name for name in QueueRow._fields if name != "is_unsent")
#: While a unit has the case; else nobody waits any more to be let see the reporter.
_WITH_UNITS = "case_file.status IN ('DISPATCHED', 'SUSPENDED', 'STAGED', 'REWORK')"
ASKING = f"{_WITH_UNITS} AND case_file.id IN (SELECT case_id FROM request WHERE status = 'ASKED')"
#: Led to its end by the unit that has it.
SOLVED = "status IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE')"
_OF_REQUESTS = {
    "asks": "(SELECT count(*) FROM request WHERE request.case_id = case_file.id"
    f" AND request.status = 'ASKED' AND {_WITH_UNITS})"
}
_SELECT = f"SELECT {', '.join(_OF_REQUESTS.get(name, name) for name in _SHOWN)} FROM case_file"
_READ: dict[str, Callable[[Any], Any]] = {
    "status": {str(one): one for one in CaseStatus}.__getitem__,
    "stage": {str(one): one for one in Stage}.__getitem__,
    "nature": {str(one): one for one in Nature}.__getitem__,
    "grade": {str(one): one for one in Grade}.__getitem__,
    "registered_at": datetime.fromisoformat,
    **dict.fromkeys(
        ("due_at", "asked_at"),
        lambda value: None if value is None else datetime.fromisoformat(value),
    ),
    **dict.fromkeys(("due_is_provisional", "historical", "keep_secret", "safety_hazard"), bool),
}
#: `{0}` is the direction. No due instant is last both ways: NULL is SQLite's smallest.
_ORDERS: dict[Sort, str] = {
    Sort.DUE: "due_at {0}, id {0}",
    Sort.REGISTERED: "registered_at {0}, id {0}",
    Sort.NUMBER: "number {0}, id {0}",
    Sort.TITLE: "title {0}, id {0}",
    Sort.PLACE: "street {0}, community {0}, address {0}, id {0}",
    Sort.CATEGORY: "category {0}, id {0}",
    Sort.UNIT: "lead_unit {0}, id {0}",
    Sort.GRADE: "grade {0}, registered_at {0}, id {0}",
}


#: A queue that is narrowed by nothing.
_WHOLE = Filter()


@dataclass(frozen=True, slots=True)
class Where:
    """A condition with its values; several are joined by AND."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows the stage of a queue has, and how many its text finds: they choose the index."""

    stage: int = 0
    found: int = 0


def window(
    connection: sqlite3.Connection, query: WindowQuery, wheres: Sequence[Where], total: int
) -> Window:
    """The rows of one window; `total` was counted before."""
    limit = max(0, min(query.limit, LARGEST_WINDOW)), max(0, query.offset)
    sql = f"{_SELECT}{joined(wheres)} ORDER BY {_order(query)} LIMIT ? OFFSET ?"
    found = connection.execute(sql, (*values(wheres), *limit))
    return Window(tuple(map(_row, found)), query.offset, total)


def rows_where(
    connection: sqlite3.Connection, condition: str, values: Sequence[Any]
) -> tuple[QueueRow, ...]:
    """Queue rows that meet a condition written by the caller."""
    return tuple(map(_row, connection.execute(f"{_SELECT} WHERE {condition}", values)))


_READERS = tuple((_SHOWN.index(name), read) for name, read in _READ.items())


@lru_cache(maxsize=8 * LARGEST_WINDOW)
def _row(found: tuple[Any, ...]) -> QueueRow:
    """Most rows of a window were in the one before; what is unchanged is not made again."""
    read_ = [*found, False]
    for at, read in _READERS:
        read_[at] = read(read_[at])
    return QueueRow._make(read_)


def total(connection: sqlite3.Connection, query: WindowQuery, wheres: Sequence[Where]) -> int:
    """How many rows meet all conditions; whole queues are counted already."""
    if query.filter == _WHOLE:
        if query.queue is Queue.ALL:
            return tally.everything(connection)
        if query.queue is Queue.OVERDUE:
            return sum(tally.late(connection, one, query.now) for one in WAITING)
        if query.queue in WAITING:
            return tally.waiting(connection, query.queue)
    return counted(connection, wheres)


def counted(connection: sqlite3.Connection, wheres: Sequence[Where]) -> int:
    """The rows that meet all conditions, one by one."""
    sql = f"SELECT count(*) FROM case_file{joined(wheres)}"
    return connection.execute(sql, values(wheres)).fetchone()[0]


def found_by(connection: sqlite3.Connection, typed: str) -> int:
    """How many cases a typed text finds."""
    asked = terms(typed)
    sql = "SELECT count(*) FROM finder WHERE finder MATCH ?"
    return connection.execute(sql, (fts5(asked),)).fetchone()[0] if asked else 0


def joined(wheres: Sequence[Where]) -> str:
    """The conditions as SQL, to stand behind a table."""
    return " WHERE " + " AND ".join(one.sql for one in wheres) if wheres else ""


def values(wheres: Iterable[Where]) -> tuple[Any, ...]:
    """Their values, in order."""
    return tuple(value for one in wheres for value in one.values)


def _order(query: WindowQuery) -> str:
    if query.sort is Sort.DUE and not query.descending:
        return "due_at NULLS LAST, id"
    return _ORDERS[query.sort].format("DESC" if query.descending else "ASC")


def conditions(query: WindowQuery, below: Below, sizes: Sizes) -> Iterator[Where]:
    """What a row must be to stand in the queue and pass the filter.

    A plus sign keeps SQLite from choosing a condition's own index, so that it walks the order's.
    """
    if query.queue is Queue.OVERDUE:
        yield Where("due_at < ? AND stage <> 'ENDED'", (to_wire(query.now),))
    elif query.queue is Queue.MINE:
        yield Where(_HELD, (query.holder,))
    elif query.queue is Queue.ASKED:
        yield Where(ASKING)
    elif query.queue is not Queue.ALL:
        walks = query.sort is not Sort.DUE and sizes.stage >= WALK_FROM
        yield Where("+stage = ?" if walks else "stage = ?", (str(query.queue),))
    yield from narrowed(query.filter, below)
    yield from _standing(query.filter, query.now)
    if query.filter.text.strip():
        yield _found(query.filter.text, walks=sizes.found >= WALK_FROM)


def narrowed(wish: Filter, below: Below) -> Iterator[Where]:
    """What a filter asks of where, what, whose and when."""
    for name in ("street", "community", "channel", "nature", "grade"):
        if (value := getattr(wish, name)) is not None:
            yield Where(f"+{name} = ?", (str(value),))
    if wish.category is not None:
        codes = tuple(below(wish.category))
        yield Where(f"+category IN ({', '.join('?' * len(codes))})", codes)
    if wish.unit is not None:
        yield Where("instr(units, ?) > 0", (f"|{wish.unit}|",))
    if wish.solver is not None:
        yield Where(f"+lead_unit = ? AND +{SOLVED}", (wish.solver,))
    if wish.cases:
        ids = json.dumps(wish.cases.split())
        yield Where("case_file.id IN (SELECT value FROM json_each(?))", (ids,))
    yield from _dated(wish)


def _dated(wish: Filter) -> Iterator[Where]:
    if wish.registered_from is not None:
        yield Where("+registered_at >= ?", during(wish.registered_from)[:1])
    if wish.registered_to is not None:
        yield Where("+registered_at < ?", during(wish.registered_to)[1:])
    if wish.happened is not None and wish.happened_on is not None:
        yield Where(HAPPENED[wish.happened], during(wish.happened_on))
    if wish.due_on is not None:
        yield Where("+due_at >= ? AND +due_at < ? AND +stage <> 'ENDED'", during(wish.due_on))


#: What happened in a stretch of time, its begin and its end being asked for. A case that follows another one counts
#: for it where it is dispatched and closed (article 18).
HAPPENED: dict[Happening, str] = {
    Happening.FILED: "+filed_at >= ? AND +filed_at < ?",
    Happening.REFUSED: "+refused_at >= ? AND +refused_at < ?",
    Happening.DISPATCHED: "+dispatched_at >= ? AND +dispatched_at < ? AND +merged_into IS NULL",
    Happening.RETURNED: "case_file.id IN (SELECT case_id FROM request WHERE request.kind = 'RETURN'"
    " AND request.asked_at >= ? AND request.asked_at < ?)",
    Happening.CLOSED: "+closed_at >= ? AND +closed_at < ? AND +merged_into IS NULL",
}


def _standing(wish: Filter, now: datetime) -> Iterator[Where]:
    """How a case stands: in whose hands, and whether it is late. What is claimed has a small index."""
    here, hour = to_wire(now), to_wire(now + tally.SOON)
    if wish.holder == UNCLAIMED:
        yield Where("+holder = '' AND +stage IN ('FILING', 'DISPATCH', 'CLOSURE')")
    elif wish.holder is not None:
        yield Where(_HELD, (wish.holder,))
    if wish.is_open:
        yield Where("+stage <> 'ENDED'")
    if wish.is_late:
        yield Where("+due_at < ? AND +stage <> 'ENDED'", (here,))
    if wish.is_soon:
        yield Where("+due_at >= ? AND +due_at < ? AND +stage <> 'ENDED'", (here, hour))
    if wish.is_returned:
        yield Where("+return_count > 0")


def during(day: date) -> tuple[Any, Any]:
    """When a day begins and when the next one does, as rows have it."""
    return to_wire(day_start(day)), to_wire(day_start(day + timedelta(days=1)))


def _found(typed: str, *, walks: bool) -> Where:
    asked = terms(typed)
    if not asked:
        return Where("0")
    plus = "+" if walks else ""
    inside = "IN (SELECT rowid FROM finder WHERE finder MATCH ?)"
    return Where(f"{plus}case_file.rowid {inside}", (fts5(asked),))


#: Both, since only then SQLite knows that the index of what is claimed has it all.
_HELD = "holder = ? AND holder <> ''"
_FEW = (
    "SELECT count(*), count(*) FILTER (WHERE due_at < ?), count(*) FILTER (WHERE due_at >= ? AND due_at < ?)"
    " FROM case_file WHERE "
)


def counts(connection: sqlite3.Connection, now: datetime, holder: str) -> Counts:
    """What waits in every queue, what of it is late, and what will be soon."""
    here, hour = to_wire(now), to_wire(now + tally.SOON)
    waits = {one: tally.waiting(connection, one) for one in WAITING}
    late = {one: tally.late(connection, one, now) for one in WAITING}
    soon = {one: tally.soon(connection, one, now) for one in WAITING}
    overdue = sum(late.values())
    mine = connection.execute(_FEW + _HELD, (here, here, hour, holder)).fetchone()
    asked = connection.execute(_FEW + ASKING, (here, here, hour)).fetchone()
    few = [{Queue.MINE: mine[at], Queue.ASKED: asked[at]} for at in range(3)]
    return Counts(
        {**waits, Queue.OVERDUE: overdue, Queue.ALL: sum(waits.values()), **few[0]},
        {**late, Queue.OVERDUE: overdue, Queue.ALL: overdue, **few[1]},
        {**soon, Queue.OVERDUE: 0, Queue.ALL: sum(soon.values()), **few[2]},
    )
