"""Own commands as records of the outbox: written once, read back as entries."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.effects import Wire, to_wire
from app.services.envelope import Sealed, decode
from app.services.local import Entry, Key, Rows, State
from db.outbox.box import Box, Locked

_COLUMNS = "ord, number, body, sealed, befores, state, seq, why, facts, kept_at"
_INSERT = (
    "INSERT INTO command (cmd_id, login, kind, case_id, number, body, sealed, befores, state,"
    " kept_at, moved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def insert(db: sqlite3.Connection, login: str, entry: Entry, box: Box, now: datetime) -> Entry:
    """Keep a command; it comes back with its place in the order. Call it inside a transaction."""
    envelope, kept_at = entry.envelope, entry.kept_at or now
    values = (
        *(envelope.cmd_id, login, envelope.kind, envelope.case_id, entry.number, entry.body),
        *(box.lock_sealed(entry.sealed), _befores_text(entry.befores), str(entry.state)),
        *(to_wire(kept_at), to_wire(now)),
    )
    order = db.execute(_INSERT, values).lastrowid
    if order is None:
        raise ValueError(envelope.cmd_id)
    return replace(entry, order=order, kept_at=kept_at)


def read(db: sqlite3.Connection, box: Box, condition: str, values: Sequence[Any]) -> list[Entry]:
    """Commands that meet a condition."""
    found = db.execute(f"SELECT {_COLUMNS} FROM command WHERE {condition}", values).fetchall()
    return [_entry(box, *one) for one in found]


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
