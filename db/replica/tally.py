"""How many cases stand in each stage, and by which hour they are due: kept with every row, so that nobody counts them.

An hour is what a due instant begins with. What is late or soon is whole hours from here, and of the hour that has
begun the few rows themselves.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.effects import to_wire
from app.services.queries import Queue

SOON = timedelta(hours=1)
#: So much of a written instant says its hour.
_HOUR = len("2026-01-01T00")
_TABLE = (
    "CREATE TABLE tally (stage TEXT NOT NULL, hour TEXT NOT NULL, many INTEGER NOT NULL,"
    " PRIMARY KEY (stage, hour)) WITHOUT ROWID"
)
#: Of what has ended nobody asks when it was due.
_KEY = (
    "{0}.stage, CASE WHEN {0}.stage = 'ENDED' THEN ''"
    f" ELSE ifnull(substr({{0}}.due_at, 1, {_HOUR}), '') END"
)
_ONE = (
    f"INSERT INTO tally VALUES ({_KEY}, {{1}}1)"
    " ON CONFLICT (stage, hour) DO UPDATE SET many = many {2} 1;"
)
_MORE, _LESS = _ONE.format("new", "", "+"), _ONE.format("old", "-", "-")
_TRIGGERS = {
    "INSERT": _MORE,
    "DELETE": _LESS,
    "UPDATE OF stage, due_at": f"{_LESS} {_MORE}",
}
_ALL = "SELECT ifnull(sum(many), 0) FROM tally"
_BEFORE = f"{_ALL} WHERE stage = ? AND hour <> '' AND hour < ?"
_BEGUN = "SELECT count(*) FROM case_file WHERE stage = ? AND due_at >= ? AND due_at < ?"


def statements() -> Iterator[str]:
    """The table, and what keeps it."""
    yield _TABLE
    for number, (event, body) in enumerate(_TRIGGERS.items()):
        yield f"CREATE TRIGGER tally_{number} AFTER {event} ON case_file BEGIN {body} END"


def everything(connection: sqlite3.Connection) -> int:
    """How many cases there are, ended ones too."""
    return connection.execute(_ALL).fetchone()[0]


def waiting(connection: sqlite3.Connection, queue: Queue) -> int:
    """How many cases wait in the queue of one stage."""
    return connection.execute(f"{_ALL} WHERE stage = ?", (str(queue),)).fetchone()[0]


def late(connection: sqlite3.Connection, queue: Queue, now: datetime) -> int:
    """How many of them are past their limit."""
    here = str(to_wire(now))
    hours = connection.execute(_BEFORE, (str(queue), here[:_HOUR])).fetchone()[0]
    return hours + _between(connection, queue, here[:_HOUR], here)


def soon(connection: sqlite3.Connection, queue: Queue, now: datetime) -> int:
    """How many of them will be within the hour."""
    return _between(connection, queue, str(to_wire(now)), str(to_wire(now + SOON)))


def _between(connection: sqlite3.Connection, queue: Queue, begin: str, end: str) -> int:
    return connection.execute(_BEGUN, (str(queue), begin, end)).fetchone()[0]
