"""A damaged outbox: the last copy comes back, and whatever can still be read is put on top."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from db.opening import set_aside, transaction

_TABLES = ("command", "draft", "setting")


def save_what_can_be(path: Path, copy: Path, opened: Callable[[Path], sqlite3.Connection]) -> Path:
    """Move the damaged file aside, start from the copy, add its readable rows. Where it lies now."""
    broken = set_aside(path)
    if copy.exists():
        path.write_bytes(copy.read_bytes())
    fresh = opened(path)
    try:
        with transaction(fresh):
            for table in _TABLES:
                for row in _readable(broken, table):
                    marks = ", ".join("?" * len(row))
                    fresh.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
    finally:
        fresh.close()
    return broken


def _readable(broken: Path, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table up to the first that cannot be read, from both ends."""
    found: dict[tuple[Any, ...], None] = {}
    for way in ("ASC", "DESC"):
        connection = sqlite3.connect(broken)
        with suppress(sqlite3.DatabaseError):
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid {way}"):
                found[row] = None
        connection.close()
    return list(found)
