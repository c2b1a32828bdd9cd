"""Own commands as records of the outbox: written once, read back as entries."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.effects import Wire, to_wire
from app.services.envelope import Sealed, decode
from app.services.local import Entry, Key, Rows, State
from app.services.ports import Broken
from db.outbox.box import Box, Locked

_COLUMNS = "ord, number, body, sealed, befores, state, seq, why, facts, kept_at"
_INSERT = (
    "INSERT INTO command (cmd_id, login, kind, case_id, number, body, sealed, befores, state,"
    " kept_at, moved_at, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
#: What a command is known by as it was kept; the rest of its row moves.
_KEPT = ("cmd_id", "login", "kind", "case_id", "number", "body", "sealed", "befores", "kept_at")


def insert(db: sqlite3.Connection, login: str, entry: Entry, box: Box, now: datetime) -> Entry:
    """Keep a command; it comes back with its place in the order. Call it inside a transaction."""
    envelope, kept_at = entry.envelope, entry.kept_at or now
    kept = (
        *(envelope.cmd_id, login, envelope.kind, envelope.case_id, entry.number, entry.body),
        *(box.lock_sealed(entry.sealed), _befores_text(entry.befores), to_wire(kept_at)),
    )
    values = (*kept[:-1], str(entry.state), kept[-1], to_wire(now), _sum(kept))
    order = db.execute(_INSERT, values).lastrowid
    if order is None:
        raise ValueError(envelope.cmd_id)
    return replace(entry, order=order, kept_at=kept_at)


def _sum(kept: Sequence[Any]) -> str:
    return hashlib.sha256(repr(tuple(kept)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_whole(row: Mapping[str, Any]) -> bool:
    """Whether a row is still the command that was kept, as far as can be known, and can be read."""
    known = row.get("sum", "")
    if known and known != _sum([row[name] for name in _KEPT]):
        return False
    try:
        decode(row["body"])
        return isinstance(json.loads(row["befores"]), list) and bool(State(row["state"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def check(db: sqlite3.Connection) -> None:
    """Raises Broken when a command is not what was kept; those that are over are not looked at."""
    over = str(State.FINISHED), str(State.DROPPED)
    cursor = db.execute("SELECT * FROM command WHERE state NOT IN (?, ?)", over)
    names = [one[0] for one in cursor.description]
    if not all(is_whole(dict(zip(names, row, strict=True))) for row in cursor):
        raise Broken("command")


def read(db: sqlite3.Connection, box: Box, condition: str, values: Sequence[Any]) -> list[Entry]:
    """Commands that meet a condition."""
    found = db.execute(f"SELECT {_COLUMNS} FROM command WHERE {condition}", values).fetchall()
    return [_entry(box, *one) for one in found if is_readable(one)]


def is_readable(found: Sequence[Any]) -> bool:
    """Whether a row says anything; of what is over nothing was looked at when the file was opened."""
    body, befores, state = found[2], found[4], found[5]
    return is_whole({"body": body, "befores": befores, "state": state})


def _entry(box: Box, order: int, number: str, body: str, locked: bytes | None, *rest: Any) -> Entry:
    befores, state, seq, why, facts, kept_at = rest
    sealed, is_locked = _opened(box, locked)
    return Entry(
        order=order,
        envelope=decode(body),
        body=body,
        number=number,
        befores=dict(_befores(befores)),
        sealed=sealed,
        is_locked=is_locked,
        state=State(state),
        seq=seq,
        why=why,
        facts=json.loads(facts),
        kept_at=datetime.fromisoformat(kept_at),
    )


def _opened(box: Box, locked: bytes | None) -> tuple[Sealed | None, bool]:
    """The personal data, and whether there are some that no key here opens."""
    try:
        return box.open_sealed(locked), False
    except Locked:
        return None, True


def _befores_text(befores: Rows) -> str:
    rows = [[table, row_id, wire] for (table, row_id), wire in befores.items()]
    return json.dumps(rows, ensure_ascii=False)


def _befores(text: str) -> Iterator[tuple[Key, Wire | None]]:
    for table, row_id, wire in json.loads(text):
        before: Mapping[str, Any] | None = wire
        yield (table, row_id), before
