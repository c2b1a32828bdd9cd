"""The first fill of a seat: whole cases, page by page, the most urgent first."""

import json
from dataclasses import dataclass, replace
from typing import Any

from app.services.ports import SnapshotPage
from app.services.queries import Operator
from app.services.scope import marks_of, sees_case
from db.central.feed import children, history, like
from db.central.held import scope_now
from db.central.link import Link
from db.central.rows import selected, wire
from db.central.states import IS_ENDED, IS_OPEN

#: So many of a case's latest log lines come with it; the rest is asked for when somebody looks.
HISTORY = 30


@dataclass(frozen=True, slots=True)
class _Phase:
    """One stretch of the way through all cases, along one index: (what is next, in which order)."""

    where: str
    after: str
    order: str
    key: tuple[str, ...]


_PHASES = (
    _Phase(
        f"{IS_OPEN} AND due_at IS NOT NULL", "(due_at, id) > (?, ?)", "due_at, id", ("due_at", "id")
    ),
    _Phase(f"{IS_OPEN} AND due_at IS NULL", "id > ?", "id", ("id",)),
    _Phase(
        IS_ENDED,
        "(registered_at, id) < (?, ?)",
        "registered_at DESC, id DESC",
        ("registered_at", "id"),
    ),
)


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a seat has come: phase, key of the last case, cases sent, cases in all."""

    phase: int
    key: tuple[str, ...]
    done: int
    total: int

    def text(self) -> str:
        return json.dumps([self.phase, self.key, self.done, self.total])


def snapshot(link: Link, viewer: Operator, position: str | None, limit: int) -> SnapshotPage:
    """The next `limit` cases with all that hangs on them; inside one read transaction.

    The rows are whole, so the history tells what was asked, not again what it did to them.

    Raises ValueError for a position that is none.
    """
    place = _start(link, viewer) if position is None else _place(position)
    cases, after = _cases(link, viewer, place, limit)
    ids = [str(one["id"]) for one in cases]
    rows: tuple[Any, ...] = (*(("case_file", one) for one in cases), *children(link, viewer, cases))
    after_text = None if after is None else after.text()
    lines = tuple(replace(one, applied=()) for one in history(link, viewer, ids, HISTORY))
    return SnapshotPage(rows, lines, after_text, place.done + len(cases), place.total)


def _start(link: Link, viewer: Operator) -> _Place:
    condition, values = _in_scope(viewer)
    sql = f"SELECT count(*) FROM case_file WHERE district = ?{condition}"
    found = link.row(sql, (viewer.district, *values))
    return _Place(0, (), 0, 0 if found is None else int(found[0]))


def _place(position: str) -> _Place:
    phase, key, done, total = json.loads(position)
    return _Place(int(phase), tuple(key), int(done), int(total))


def _cases(
    link: Link, viewer: Operator, place: _Place, limit: int
) -> tuple[list[dict[str, Any]], _Place | None]:
    """Cases from `place` on, through as many phases as it takes; the place after them, None at the end."""
    found: list[dict[str, Any]] = []
    phase, key = place.phase, place.key
    while phase < len(_PHASES):
        records = _stretch(link, viewer, phase, key, limit - len(found))
        found += records
        if len(found) == limit:
            last = tuple(str(records[-1][name]) for name in _PHASES[phase].key)
            return _seen(link, viewer, found), _Place(phase, last, place.done + limit, place.total)
        phase, key = phase + 1, ()
    return _seen(link, viewer, found), None


def _seen(link: Link, viewer: Operator, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if marks_of(viewer) is None:
        return cases
    return [one for one in cases if sees_case(viewer, scope_now(link, one))]


def _stretch(
    link: Link, viewer: Operator, phase: int, key: tuple[str, ...], limit: int
) -> list[dict[str, Any]]:
    way = _PHASES[phase]
    condition, values = _in_scope(viewer)
    after = f" AND {way.after}" if key else ""
    sql = (
        f"{selected('case_file')} WHERE {way.where} AND district = ?{condition}{after}"
        f" ORDER BY {way.order} LIMIT ?"
    )
    records = link.rows(sql, (viewer.district, *values, *key, limit))
    return [wire("case_file", record) for record in records]


def _in_scope(viewer: Operator) -> tuple[str, tuple[str, ...]]:
    """The viewer's cases: a unit's by its mark, a grid officer's by what he was asked."""
    marks = marks_of(viewer)
    if marks is None:
        return "", ()
    if not marks:
        return " AND 1 = 0", ()
    units = tuple(like(mark) for mark in marks if "@" not in mark)
    if units:
        return f" AND ({' OR '.join(['units LIKE ? ESCAPE ' + repr('!')] * len(units))})", units
    asked = "SELECT case_id FROM verification WHERE officer IN (?, '') AND status <> 'WITHDRAWN'"
    return f" AND status = 'VERIFYING' AND id IN ({asked})", (viewer.login,)
