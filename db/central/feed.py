"""The log as one operator may see it: pages after a cursor, and the life of one case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert
from app.services.ports import Cursor, LogRow, Page
from app.services.queries import Operator
from app.services.scope import marks_of, sees_case, sees_row
from db.central.chain import ENTRIES, Entry, Head, entry_from, head_of
from db.central.concerns import Concern, concerns
from db.central.held import scope_now, task_units
from db.central.link import Link
from db.central.rows import instant, selected, wire

_CHILDREN = tuple(table for table in TABLES if table != "case_file")
#: Seconds until a seat should ask again.
POLL_AFTER = 0.2


def cursor_of(head: Head, epoch: int) -> Cursor:
    """Where a seat stands; a changed scope marks the hash, so that older cursors are known as such."""
    return Cursor(head.seq, f"{head.hash}.{epoch}" if epoch else head.hash)


def pull(
    link: Link, viewer: tuple[Operator, int], cursor: Cursor, limit: int, now: datetime
) -> Page:
    """Log rows after the cursor in the viewer's scope; call it inside one read transaction."""
    operator, epoch = viewer
    head = head_of(link, operator.district)
    bare, _, seen_epoch = cursor.hash.partition(".")
    if cursor.seq and not _is_ours(link, operator.district, cursor.seq, bare):
        return Page("diverged", (), cursor, at_head=False, server_time=now)
    if cursor != Cursor() and int(seen_epoch or 0) != epoch:
        return Page("refetch", (), cursor, at_head=False, server_time=now)
    entries = _entries_after(link, operator, cursor.seq, limit)
    at_head = len(entries) < limit
    last = head if at_head else _end_of(entries[-1])
    beside = concerns(link, operator.district, (one.seq for one in entries))
    cases = [one.case_id for one in entries]
    cases += [other.case_id for others in beside.values() for other in others]
    sight = _sight(link, operator, cases)
    told = (_seen(link, sight, entry, beside.get(entry.seq, ())) for entry in entries)
    rows = tuple(row for row in told if row is not None)
    return Page("ok", rows, cursor_of(last, epoch), at_head, now, POLL_AFTER)


def _end_of(entry: Entry) -> Head:
    return Head(entry.feed, entry.seq, entry.hash, instant(entry.received_at))


def _is_ours(link: Link, feed: str, seq: int, hash_: str) -> bool:
    found = link.row("SELECT hash FROM log WHERE feed = ? AND seq = ?", (feed, seq))
    return found is not None and found[0] == hash_


def _entries_after(link: Link, viewer: Operator, seq: int, limit: int) -> list[Entry]:
    condition, values = _in_scope(viewer)
    sql = f"{ENTRIES} WHERE feed = ? AND seq > ?{condition} ORDER BY seq LIMIT ?"
    return list(map(entry_from, link.rows(sql, (viewer.district, seq, *values, limit))))


def _in_scope(viewer: Operator) -> tuple[str, tuple[str, ...]]:
    """Lines whose case was or became the viewer's; his own always, so that he hears of them."""
    marks = marks_of(viewer)
    if marks is None:
        return "", ()
    one = "scope_before LIKE ? ESCAPE '!' OR scope_after LIKE ? ESCAPE '!'"
    patterns = tuple(pattern for mark in marks for pattern in [like(mark)] * 2)
    seen = " OR ".join([one] * len(marks)) or "1 = 0"
    beside = f"EXISTS (SELECT 1 FROM concern AS k WHERE k.feed = log.feed AND k.seq = log.seq AND ({seen}))"
    return f" AND ({seen} OR {beside} OR actor = ?)", (*patterns, *patterns, viewer.login)


def like(mark: str) -> str:
    """A LIKE pattern for texts that contain `mark`; the escape sign is '!'."""
    for sign in "!%_":
        mark = mark.replace(sign, f"!{sign}")
    return f"%{mark}%"


#: Whole rows as they travel, each with its table.
Rows = tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a viewer sees of some cases: `rows` tells of each row that is his to see its case; None for all."""

    viewer: Operator
    rows: Mapping[str, str] | None


def _sight(link: Link, viewer: Operator, case_ids: list[str]) -> _Sight:
    if marks_of(viewer) is None:
        return _Sight(viewer, None)
    cases = {one: one for one in case_ids}
    hanging = children(link, viewer, [{"id": one} for one in cases])
    return _Sight(viewer, {**cases, **{str(row["id"]): str(row["case_id"]) for _, row in hanging}})


def _seen(link: Link, sight: _Sight, entry: Entry, beside: tuple[Concern, ...]) -> LogRow | None:
    """A line as the viewer sees it: each of its cases as it is, as an entry or a leaving of his scope, or not at all.

    Of a line whose own case is not his, the first that is stands for it.
    """
    each = (Concern(entry.case_id, entry.scope_before, entry.scope_after), *beside)
    was = {one.case_id for one in each if sees_case(sight.viewer, one.before)}
    is_ = {one.case_id for one in each if sees_case(sight.viewer, one.after)}
    plain = is_ & (was | _born(entry))
    entered = [one.case_id for one in each if one.case_id in is_ - plain]
    rows = case_rows(link, sight.viewer, entered) if entered else ()
    arrived = {str(row["id"]) for table, row in rows if table == "case_file"}
    about = [one.case_id for one in each if one.case_id in was | is_]
    return _told(sight, entry, _Fate(about, plain, arrived), rows)


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of the cases of a line for a viewer: `about` are all his, `plain` stay, `arrived` are new to him."""

    about: list[str]
    plain: set[str]
    arrived: set[str]


def _told(sight: _Sight, entry: Entry, fate: _Fate, rows: Rows) -> LogRow | None:
    is_own = entry.actor == sight.viewer.login
    here = fate.plain | fate.arrived
    gone = [one for one in fate.about if one not in here]
    line = _plain(sight, entry, fate.plain)
    if not (line or rows or gone or is_own):
        return None
    is_open = fate.about and len(here) == len(fate.about) and _is_covered(sight, entry, fate)
    first = entry.case_id if is_own or entry.case_id in fate.about else fate.about[0]
    return replace(
        line or log_row(entry, (), wish=False),
        case_id=first,
        wish=entry.wish() if is_own or is_open else {},
        rows=rows,
        removed=first not in here,
        others=tuple(one for one in fate.about if one in here and one != first),
        gone=tuple(one for one in gone if one != first),
    )


def _is_covered(sight: _Sight, entry: Entry, fate: _Fate) -> bool:
    """Whether the viewer sees all that the line did, be it as it was done or with what comes along."""
    rows = sight.rows
    if rows is None or not fate.plain:
        return True
    return all(rows.get(one.id) in fate.plain | fate.arrived for one in entry.effects())


def _born(entry: Entry) -> set[str]:
    """The cases that came with this very line: its effects are the whole of them."""
    made = (one for one in entry.effects() if isinstance(one, Insert))
    return {one.id for one in made if one.table == "case_file"}


def _plain(sight: _Sight, entry: Entry, cases: Collection[str]) -> LogRow | None:
    """The line without what it did to others' rows; None when nothing else is left."""
    effects, rows = entry.effects(), sight.rows
    is_own = entry.actor == sight.viewer.login
    mine = effects if rows is None else tuple(one for one in effects if rows.get(one.id) in cases)
    if not mine and not is_own:
        return None
    return log_row(entry, mine, wish=len(mine) == len(effects) or is_own)


def log_row(
    entry: Entry,
    applied: tuple[Effect, ...],
    *,
    wish: bool = True,
) -> LogRow:
    """A line on its way to a seat; without the wish where it speaks of what is not the viewer's."""
    return LogRow(
        seq=entry.seq,
        cmd_id=entry.cmd_id,
        actor=entry.actor,
        kind=entry.kind,
        case_id=entry.case_id,
        wish=entry.wish() if wish else {},
        applied=applied,
        claimed_at=instant(entry.claimed_at),
        received_at=instant(entry.received_at),
        hash=entry.hash,
        undoes=entry.undoes,
        is_historical=entry.occurred_at is not None,
    )


def case_rows(
    link: Link, viewer: Operator, case_ids: list[str]
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Whole rows of some cases with all that hangs on them, as far as the viewer sees them."""
    marks = ", ".join("?" * len(case_ids))
    cases = _rows_where(link, "case_file", f"id IN ({marks})", case_ids)
    cases = [one for one in cases if sees_case(viewer, scope_now(link, one))]
    return (*(("case_file", one) for one in cases), *children(link, viewer, cases))


def children(
    link: Link, viewer: Operator, cases: list[dict[str, Any]]
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Everything that hangs on those cases and is the viewer's to see."""
    ids = [str(one["id"]) for one in cases]
    if not ids:
        return ()
    units = {} if marks_of(viewer) is None else task_units(link, ids)
    where = f"case_id IN ({', '.join('?' * len(ids))})"
    found = ((table, row) for table in _CHILDREN for row in _rows_where(link, table, where, ids))
    return tuple((table, row) for table, row in found if sees_row(viewer, table, row, units))


def _rows_where(link: Link, table: str, where: str, values: list[str]) -> list[dict[str, Any]]:
    records = link.rows(f"{selected(table)} WHERE {where} ORDER BY seq, id", values)
    return [dict(wire(table, record)) for record in records]


def history(link: Link, viewer: Operator, case_ids: list[str], most: int) -> tuple[LogRow, ...]:
    """The latest lines (at most so many each) of cases that the viewer sees, oldest first."""
    if not case_ids:
        return ()
    marks = ", ".join("?" * len(case_ids))
    about = (
        f"SELECT feed AS f, seq AS s, case_id AS c FROM log WHERE case_id IN ({marks})"
        f" UNION SELECT feed, seq, case_id FROM concern WHERE case_id IN ({marks})"
    )
    ranked = (
        f"SELECT f, s, c, ROW_NUMBER() OVER (PARTITION BY c ORDER BY s DESC) AS n FROM ({about})"
    )
    lines = ENTRIES.replace(" FROM log", ", c FROM log")
    sql = f"{lines} JOIN ({ranked}) latest ON f = feed AND s = seq WHERE n <= ? ORDER BY seq, c"
    found = link.rows(sql, (*case_ids, *case_ids, most))
    sight = _sight(link, viewer, case_ids)
    told = ((_plain(sight, entry_from(one[:-1]), case_ids), one[-1]) for one in found)
    return tuple(replace(row, case_id=case_id) for row, case_id in told if row is not None)
