"""A damaged outbox: the last copy comes back, and whatever can still be read is put on top.

Everything is made beside the damaged file, which stays where it is until the new one is whole: the
power may go at any step, and the next start goes on from there.
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.services.ports import Broken
from db.opening import files_of, flush, remove, set_aside, transaction
from db.outbox.records import is_whole

_TABLES = ("command", "draft", "setting")
#: What is being saved, and what was saved and only has to take its place.
_HALF, _WHOLE = ".saving", ".saved"


_Opened = Callable[[Path], sqlite3.Connection]


def save_what_can_be(path: Path, copy: Path, opened: _Opened) -> None:
    """Make a sound file of the copy and the readable rows; the damaged one is moved aside."""
    half = path.with_name(path.name + _HALF)
    fresh, sources = _begun(half, copy, opened)
    try:
        with transaction(fresh):
            for source in (*sources, path):
                _put(fresh, source)
    finally:
        fresh.close()
    flush(half)
    half.replace(path.with_name(path.name + _WHOLE))
    put_in_place(path)


def _begun(half: Path, copy: Path, opened: _Opened) -> tuple[sqlite3.Connection, list[Path]]:
    """The copy under another name; of one that is damaged too only the rows are a source."""
    remove(half)
    try:
        if copy.exists():
            half.write_bytes(copy.read_bytes())
        return opened(half), []
    except Broken:
        remove(half)
        return opened(half), [copy]


def _put(fresh: sqlite3.Connection, source: Path) -> None:
    for table in _TABLES:
        for row in _readable(source, table):
            if table != "command" or is_whole(row):
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                sql = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"
                fresh.execute(sql, tuple(row.values()))


def put_in_place(path: Path) -> bool:
    """Let what was saved take its place, if that is still to be done; whether it was."""
    whole = path.with_name(path.name + _WHOLE)
    if not whole.exists():
        return False
    if any(files_of(path)):
        set_aside(path)
    whole.replace(path)
    return True


def _readable(broken: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table up to the first that cannot be read, from both ends, by the names of columns."""
    found: dict[tuple[Any, ...], None] = {}
    names: list[str] = []
    for way in ("ASC", "DESC"):
        connection = sqlite3.connect(broken)
        with suppress(sqlite3.DatabaseError):
            cursor = connection.execute(f"SELECT * FROM {table} ORDER BY rowid {way}")
            names = [one[0] for one in cursor.description]
            for row in cursor:
                found[row] = None
        connection.close()
    return [dict(zip(names, row, strict=True)) for row in found]
