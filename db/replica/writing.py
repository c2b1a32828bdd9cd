"""Keeping a plan in the replica's file: rows in bulk, pre-images, log rows, and the finder's texts."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from app.domain.effects import Wire, to_wire
from app.services.local import Keep, Key
from app.services.ports import LogRow
from app.services.values import defaults_of
from db.replica.columns import COLUMNS
from db.search import document

Names = Callable[[Wire], Iterable[str]]
_Write = tuple[Wire | None, Wire | None]

#: The fields of a case that the finder's text is made of; only when one changed is it rewritten.
_FOUND_BY = (
    *("title", "narrative", "address"),
    *("number", "source_ref", "phone_masked"),
    *("street", "community", "category"),
)


@cache
def _insert(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@cache
def _update(table: str, names: tuple[str, ...]) -> str:
    """Only what changed is set, so that only the indexes concerned are touched."""
    return f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"


_HOLD = "INSERT OR REPLACE INTO preimage (name, id, row) VALUES (?, ?, ?)"
_RELEASE = "DELETE FROM preimage WHERE name = ? AND id = ?"
_TOLD = "INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SEEN = "INSERT OR IGNORE INTO seen VALUES (?)"
_ROWID = "(SELECT rowid FROM case_file WHERE id = ?)"
_FIND = f"INSERT INTO finder (rowid, tokens) VALUES ({_ROWID}, ?)"
_FIND_ANEW = f"UPDATE finder SET tokens = ? WHERE rowid = {_ROWID}"
_LOSE = f"DELETE FROM finder WHERE rowid = {_ROWID}"
_GAP = "INSERT OR IGNORE INTO gap VALUES (?)"
_META = "INSERT OR REPLACE INTO meta VALUES (?, ?)"


def keep(db: sqlite3.Connection, what: Keep, names: Names) -> None:
    """Everything that `what` holds, inside the transaction that is open."""
    cases = {key[1]: write for key, write in what.writes.items() if key[0] == "case_file"}
    _many(db, _LOSE, [(id_,) for id_, (_, after) in cases.items() if after is None])
    _write_rows(db, what.writes)
    _write_finder(db, cases, names)
    _many(db, _HOLD, [(*key, _json(wire)) for key, wire in what.held.items()])
    _many(db, _RELEASE, sorted(what.released))
    _many(db, _TOLD, [_told(row, one) for row in what.told for one in row.cases])
    _many(db, _SEEN, [(cmd_id,) for cmd_id in sorted(what.seen)])
    if what.cursor is not None:
        _many(db, _META, [("cursor", json.dumps([what.cursor.seq, what.cursor.hash]))])
    _many(db, _GAP, [(case_id,) for case_id in sorted(what.gaps)])
    if what.fill is not None:
        _many(db, _META, [("fill", json.dumps(asdict(what.fill)))])
        if what.fill.is_done:
            db.execute("DELETE FROM gap")


def _many(db: sqlite3.Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        db.executemany(sql, rows)


def _write_rows(db: sqlite3.Connection, writes: Mapping[Key, _Write]) -> None:
    bulk: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for (table, row_id), (before, after) in writes.items():
        if after is None:
            bulk[f"DELETE FROM {table} WHERE id = ?"].append((row_id,))
        elif before is None:
            bulk[_insert(table)].append(_values(table, after))
        elif names := _changed(table, before, after):
            bulk[_update(table, names)].append((*(after[name] for name in names), row_id))
    for sql, rows in bulk.items():
        db.executemany(sql, rows)


def _changed(table: str, before: Wire, after: Wire) -> tuple[str, ...]:
    return tuple(
        name for name in COLUMNS[table] if name in after and after[name] != before.get(name)
    )


def _values(table: str, wire: Wire) -> tuple[Any, ...]:
    defaults = defaults_of(table)
    return tuple(wire[name] if name in wire else defaults.get(name) for name in COLUMNS[table])


def _write_finder(db: sqlite3.Connection, cases: Mapping[str, _Write], names: Names) -> None:
    fresh: list[tuple[Any, ...]] = []
    anew: list[tuple[Any, ...]] = []
    for case_id, (before, after) in cases.items():
        if after is None:
            continue
        if before is None:
            fresh.append((case_id, text_of(after, names)))
        elif any(before.get(name) != after.get(name) for name in _FOUND_BY):
            anew.append((text_of(after, names), case_id))
    _many(db, _FIND, fresh)
    _many(db, _FIND_ANEW, anew)


def text_of(case: Wire, names: Names) -> str:
    """The finder's text of one case."""
    texts = (_text(case.get(name)) for name in ("title", "narrative", "address", "phone_masked"))
    numbers = (_text(case.get(name)) for name in ("number", "source_ref"))
    return document(texts, numbers, names(case))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _json(wire: Wire | None) -> str | None:
    return None if wire is None else json.dumps(wire, ensure_ascii=False)


#: Made once: `json.dumps` makes one for every text that is not plainly written.
_WISH = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _told(row: LogRow, case_id: str) -> tuple[Any, ...]:
    """A line in the life of one of its cases."""
    return (
        row.cmd_id,
        case_id,
        row.seq,
        row.kind,
        row.actor,
        to_wire(row.claimed_at),
        _WISH(row.wish),
        row.undoes,
        row.is_historical,
    )
