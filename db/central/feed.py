"""The log as one operator may see it: pages after a cursor, and the life of one case."""

from datetime import datetime
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert
from app.services.ports import Cursor, LogRow, Page
from app.services.queries import Operator
from app.services.scope import marks_of, sees_case, sees_row
from db.central.chain import ENTRIES, Entry, Head, entry_from, head_of
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
    visible = _visible(link, operator, [one.case_id for one in entries])
    told = (_seen(link, operator, entry, visible) for entry in entries)
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
    return f" AND ({' OR '.join([*[one] * len(marks), 'actor = ?'])})", (*patterns, viewer.login)


def like(mark: str) -> str:
    """A LIKE pattern for texts that contain `mark`; the escape sign is '!'."""
    for sign in "!%_":
        mark = mark.replace(sign, f"!{sign}")
    return f"%{mark}%"


def _visible(link: Link, viewer: Operator, case_ids: list[str]) -> frozenset[str] | None:
    """Ids of the rows of some cases that are the viewer's to see; None for all."""
    if marks_of(viewer) is None:
        return None
    cases = list(dict.fromkeys(case_ids))
    rows = children(link, viewer, [{"id": one} for one in cases])
    return frozenset((*cases, *(str(row["id"]) for _, row in rows)))


def _seen(
    link: Link, viewer: Operator, entry: Entry, visible: frozenset[str] | None
) -> LogRow | None:
    """A line as the viewer sees it: as it is, as an entry or a leaving of his scope, or not at all."""
    before, after = sees_case(viewer, entry.scope_before), sees_case(viewer, entry.scope_after)
    if after and (before or _is_born(entry)):
        return _plain(viewer, entry, visible)
    if after:
        rows = case_rows(link, viewer, [entry.case_id])
        return log_row(entry, (), removed=not rows, rows=rows, wish=bool(rows))
    if before or entry.actor == viewer.login:
        return log_row(entry, (), removed=True, wish=entry.actor == viewer.login)
    return None


def _is_born(entry: Entry) -> bool:
    """Whether the case came with this very line: then its effects are the whole of it."""
    return any(one.table == "case_file" and isinstance(one, Insert) for one in entry.effects())


def _plain(viewer: Operator, entry: Entry, visible: frozenset[str] | None) -> LogRow | None:
    """The line without what it did to others' rows; None when nothing else is left."""
    effects = entry.effects()
    mine = effects if visible is None else tuple(one for one in effects if one.id in visible)
    is_own = entry.actor == viewer.login
    return (
        log_row(entry, mine, wish=len(mine) == len(effects) or is_own) if mine or is_own else None
    )


def log_row(
    entry: Entry,
    applied: tuple[Effect, ...],
    *,
    removed: bool = False,
    rows: tuple[tuple[str, dict[str, Any]], ...] = (),
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
        removed=removed,
        rows=rows,
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
    ranked = (
        "SELECT feed AS f, seq AS s, ROW_NUMBER() OVER (PARTITION BY case_id ORDER BY seq DESC) AS n"
        f" FROM log WHERE case_id IN ({marks})"
    )
    sql = f"{ENTRIES} JOIN ({ranked}) latest ON f = feed AND s = seq WHERE n <= ? ORDER BY seq"
    entries = map(entry_from, link.rows(sql, (*case_ids, most)))
    visible = _visible(link, viewer, case_ids)
    told = (_plain(viewer, entry, visible) for entry in entries)
    return tuple(row for row in told if row is not None)
