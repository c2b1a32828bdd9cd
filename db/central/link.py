"""One connection to a central store, spoken to in SQL that SQLite and PostgreSQL both understand."""

import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

#: What SQLite says (primary result code) when waiting may help, and how the status bar knows it.
_TRANSIENT = {
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_PROTOCOL: "store-busy",
    sqlite3.SQLITE_IOERR: "store-disk",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-not-there",
}
#: How long a seat waits for another seat's tail (seconds).
PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the two stores differ: opening words, the lock on a row, the mark of a parameter.

    `broken` are the errors of one statement's values; everything else is about the store itself.
    `streaming` is what a cursor needs that fetches a long result in parts.
    """

    name: str
    begin_write: str
    begin_read: str
    lock: str
    mark: str
    broken: tuple[type[Exception], ...]
    streaming: Mapping[str, str] = field(default_factory=dict[str, str])


SQLITE = Dialect("sqlite", "BEGIN IMMEDIATE", "BEGIN", "", "?", (sqlite3.IntegrityError,))


@cache
def _spoken(sql: str, mark: str) -> str:
    return sql.replace("?", mark)


class Link:
    """A connection in autocommit, and the transactions it is asked for. One thread at a time."""

    def __init__(
        self, connection: Any, dialect: Dialect, is_stale: Callable[[], bool] = lambda: False
    ) -> None:
        self.dialect = dialect
        self.is_stale = is_stale
        self._connection = connection
        self._cursor = connection.cursor()

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Carry out one statement; `?` marks its values. Returns how many rows it touched."""
        self._cursor.execute(_spoken(sql, self.dialect.mark), values)
        return self._cursor.rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        self._cursor.execute(_spoken(sql, self.dialect.mark), values)
        return self._cursor.fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        self._cursor.execute(_spoken(sql, self.dialect.mark), values)
        return self._cursor.fetchone()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a long query, a thousand at a time."""
        with closing(self._connection.cursor(**self.dialect.streaming)) as cursor:
            cursor.execute(_spoken(sql, self.dialect.mark), values)
            while found := cursor.fetchmany(1000):
                yield from found

    def many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows."""
        self._cursor.executemany(_spoken(sql, self.dialect.mark), values)

    def script(self, sql: str) -> None:
        """Carry out statements as they stand, signs of every kind in them."""
        self._cursor.execute(sql)

    @contextmanager
    def writing(self) -> Generator[None]:
        """A transaction that holds the store's one tail from its first word."""
        with self._between(self.dialect.begin_write):
            yield

    @contextmanager
    def reading(self) -> Generator[None]:
        """A transaction that sees one state of the store throughout."""
        with self._between(self.dialect.begin_read):
            yield

    @contextmanager
    def _between(self, begin: str) -> Generator[None]:
        self.run(begin)
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    @contextmanager
    def step(self) -> Generator[None]:
        """A part of a transaction that leaves nothing behind when it fails."""
        self.run("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK TO SAVEPOINT step")
            raise
        self.run("RELEASE SAVEPOINT step")

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def open_file(path: Path, *, as_it_is: bool = False) -> Link:
    """A link to an existing SQLite file; each commit is on the disk before it is answered.

    `as_it_is` also reads texts that are no UTF-8 any more, each odd byte as a lone surrogate.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=PATIENCE,
        check_same_thread=False,
        cached_statements=512,
    )
    if as_it_is:
        connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        for pragma in (
            "synchronous=FULL",
            "cache_size=-32000",
            "temp_store=MEMORY",
            "wal_autocheckpoint=4000",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    known = _identity(path)
    return Link(connection, SQLITE, lambda: _identity(path) != known)


def away(error: sqlite3.Error) -> str | None:
    """The code of what keeps the store out of reach; None for what no waiting heals."""
    return _TRANSIENT.get(error.sqlite_errorcode & 0xFF)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there: a store restored from a backup is another one under the same name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
