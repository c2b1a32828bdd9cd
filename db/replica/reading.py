"""Reading rows, cases and their log from the replica's file."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from app.domain.case import CHILDREN, TABLE_OF, Case, Dossier
from app.domain.effects import Scalar, Wire, row_from
from app.services.local import Key
from app.services.queries import Delivery, TimelineEntry
from db.replica.columns import COLUMNS, FLAGS

_MADE = {
    "task": "dispatched_at",
    "request": "asked_at",
    "verification": "asked_at",
    "interim": "ordered_at",
    "visit": "opened_at",
    "coordination": "opened_at",
    "warning": "raised_at",
}
_CHILDREN = tuple((name, TABLE_OF[kind]) for kind, name in CHILDREN.items())
_CHILDREN_SQL = {
    table: f"SELECT * FROM {table} WHERE case_id = ? ORDER BY {_MADE.get(table, 'made_at')}, id"
    for _, table in _CHILDREN
}
_ROW_SQL = {table: f"SELECT * FROM {table} WHERE id = ?" for table in COLUMNS}
_ROWS_SQL = {
    table: f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    for table in COLUMNS
}
_HIDES = "SELECT EXISTS (SELECT 1 FROM preimage)"
_PREIMAGE = "SELECT row FROM preimage WHERE name = ? AND id = ?"
_SUPPLEMENTING = "SELECT * FROM case_file WHERE supplements = ? ORDER BY registered_at, id"
_HIDDEN_CHILDREN = "SELECT name, id FROM preimage WHERE json_extract(row, '$.case_id') = ?"


def row(db: sqlite3.Connection, table: str, row_id: str) -> Wire | None:
    """One row as it travels, with its `seq`."""
    found = db.execute(_ROW_SQL[table], (row_id,)).fetchone()
    return None if found is None else _plain(table, found)


def rows(db: sqlite3.Connection, keys: Iterable[Key]) -> dict[Key, Wire | None]:
    """Many rows, each table asked once: a page of a first fill names hundreds, none of which is there."""
    found: dict[Key, Wire | None] = dict.fromkeys(keys)
    ids: dict[str, list[str]] = defaultdict(list)
    for table, row_id in found:
        ids[table].append(row_id)
    for table, wanted in ids.items():
        for one in db.execute(_ROWS_SQL[table], (json.dumps(wanted),)):
            wire = _plain(table, one)
            found[table, str(wire["id"])] = wire
    return found


def preimages(db: sqlite3.Connection, keys: Iterable[Key]) -> Iterator[tuple[Key, Wire | None]]:
    """What is hidden behind rows, for those that hide something; mostly there is nothing at all."""
    (hides,) = db.execute(_HIDES).fetchone()
    for key in keys if hides else ():
        found = db.execute(_PREIMAGE, key).fetchone()
        if found is not None:
            yield key, (None if found[0] is None else json.loads(found[0]))


def child_keys(db: sqlite3.Connection, case_id: str) -> Iterator[Key]:
    """Whatever hangs on a case, hidden or shown."""
    for _, table in _CHILDREN:
        found = db.execute(f"SELECT id FROM {table} WHERE case_id = ?", (case_id,))
        yield from ((table, row_id) for (row_id,) in found)
    yield from db.execute(_HIDDEN_CHILDREN, (case_id,))


def dossier(db: sqlite3.Connection, case_id: str) -> Dossier | None:
    """A case with its children in the order they were made."""
    found = row(db, "case_file", case_id)
    if found is None:
        return None
    children: dict[str, Any] = {
        name: tuple(row_from(table, one) for one in _of(db, table, case_id))
        for name, table in _CHILDREN
    }
    return Dossier(_case(found), **children)


def case(db: sqlite3.Connection, case_id: str) -> Case | None:
    """A case alone."""
    found = row(db, "case_file", case_id)
    return None if found is None else _case(found)


def supplementing(db: sqlite3.Connection, case_id: str) -> Iterator[Case]:
    """The cases that supplement a refused one, oldest first."""
    found = db.execute(_SUPPLEMENTING, (case_id,)).fetchall()
    return (_case(_plain("case_file", one)) for one in found)


def made(table: str, found: tuple[Any, ...]) -> Any:
    """The domain's row from one that the file gave, its columns in their order."""
    return row_from(table, _plain(table, found))


def _case(wire: Wire) -> Case:
    found: Any = row_from("case_file", wire)
    return found


def _of(db: sqlite3.Connection, table: str, case_id: str) -> Iterator[Wire]:
    return (_plain(table, found) for found in db.execute(_CHILDREN_SQL[table], (case_id,)))


def _plain(table: str, found: tuple[Any, ...]) -> dict[str, Scalar]:
    wire = dict(zip(COLUMNS[table], found, strict=True))
    for name in FLAGS[table]:
        wire[name] = bool(wire[name])
    return wire


def history(db: sqlite3.Connection, case_id: str) -> Iterator[TimelineEntry]:
    """The log of a case, oldest first."""
    found = db.execute("SELECT * FROM history WHERE case_id = ? ORDER BY seq", (case_id,))
    return (_entry(*one) for one in found)


def _entry(cmd_id: str, _case: str, seq: int, kind: str, *rest: Any) -> TimelineEntry:
    actor, at, wish, undoes, is_historical = rest
    return TimelineEntry(
        cmd_id=cmd_id,
        kind=kind,
        actor=actor,
        at=datetime.fromisoformat(at),
        wish=json.loads(wish),
        delivery=Delivery.FINISHED,
        seq=seq,
        undoes=undoes,
        is_historical=bool(is_historical),
    )


def family(db: sqlite3.Connection, case_id: str) -> tuple[str, ...]:
    """The ids of the parts of a split case, in their order; of a part those of the case and the other parts."""
    found = db.execute("SELECT split_from FROM case_file WHERE id = ?", (case_id,)).fetchone()
    whole = case_id if found is None or found[0] is None else str(found[0])
    parts = db.execute(
        "SELECT id FROM case_file WHERE split_from = ? ORDER BY number, id", (whole,)
    )
    return tuple(one for one in (whole, *(id_ for (id_,) in parts)) if one != case_id)
