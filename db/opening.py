"""Opening a local SQLite file: one connection, short transactions, write-ahead log."""

import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.services.ports import Broken, Unreachable

#: How much of the file may be held in memory, in KiB (negative is SQLite's way to say KiB).
_CACHE = -64_000
#: What SQLite says of a file that is damaged or no database at all; of its finder only the code says so.
_DAMAGE = ("malformed", "not a database", "corrupt", "decode to UTF-8")
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)


def open_file(path: Path, synchronous: str) -> sqlite3.Connection:
    """A connection in autocommit; `synchronous` is FULL for precious files, NORMAL for others."""
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        f"cache_size={_CACHE}",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def guarded() -> Generator[None, None, None]:
    """Damage becomes Broken, a disk that does not read or write Unreachable."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            raise Broken(str(error)) from error
        if isinstance(error, sqlite3.OperationalError):
            raise Unreachable("disk") from error
        raise


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _DAMAGED or any(sign in str(error) for sign in _DAMAGE)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """All or nothing; inside another one, part of it."""
    if connection.in_transaction:
        yield
        return
    with guarded():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def checkpoint(path: Path) -> None:
    """Move what lies in the write-ahead log into the file, beside the connection that writes."""
    existing = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(existing, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        connection.close()


def files_of(path: Path) -> Iterator[Path]:
    """A database file and what SQLite keeps beside it, as far as they exist; the file itself is the last.

    A log that stayed behind would be played into whatever file is made in that place.
    """
    names = (f"{path.name}-shm", f"{path.name}-wal", path.name)
    return (file for name in names if (file := path.with_name(name)).exists())


def set_aside(path: Path, why: str = "broken") -> Path:
    """Rename a file, and what lies beside it, to the first free `.broken-N` name, or as it is said `why`."""
    number = 1
    while path.with_name(f"{path.name}.{why}-{number}").exists():
        number += 1
    kept = path.with_name(f"{path.name}.{why}-{number}")
    for file in list(files_of(path)):
        file.rename(kept.with_name(kept.name + file.name.removeprefix(path.name)))
    return kept


def remove(path: Path) -> None:
    """Delete a database file and what lies beside it."""
    for file in list(files_of(path)):
        file.unlink()


def flush(path: Path) -> None:
    """What was written to a file is on the disk when this returns."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
