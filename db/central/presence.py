"""Who has which case open at a store that is a file: in a small file beside it, which may be lost at any time.

Apart from the store, so that a hint never waits for its one tail, nor is written to the disk with care.
"""

import json
import re
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from app.services.queries import Operator
from app.services.scope import sees_case
from db.central.held import scope_now
from db.central.link import Link
from db.central.rows import find, instant_text

#: Who has said nothing for so long has gone: two words that were lost, and a little.
GONE_AFTER = timedelta(seconds=3)
#: At so many other seats one person may have cases open.
MOST_SEATS = 4
#: So long may a word wait for another seat's (seconds); the next one comes soon.
_PATIENCE = 0.2
#: Of so many cases at a time it is asked who has them open.
_MOST_ROWS = 200
_OVER = (
    "SELECT case_id, login FROM presence WHERE case_id IN (SELECT value FROM json_each(?)) AND at >= ?"
    " AND (login, seat) <> (?, ?) ORDER BY case_id, login"
)
_SEAT = re.compile(r"[0-9A-Za-z]{1,8}")
_MADE = (
    "CREATE TABLE IF NOT EXISTS presence (login TEXT NOT NULL, seat TEXT NOT NULL,"
    " case_id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (login, seat)) WITHOUT ROWID"
)


def is_seen(link: Link, viewer: Operator, case_id: str | None) -> bool:
    """Whether there is such a case and the viewer may know of it."""
    row = find(link, ("case_file", case_id)) if case_id else None
    is_ours = row is not None and row["district"] == viewer.district
    return row is not None and is_ours and sees_case(viewer, scope_now(link, row))


class Onlookers:
    """The file beside the store at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-presence")

    def told(self, login: str, seat: str, case_id: str | None, now: datetime) -> tuple[str, ...]:
        """Keep that a seat has that case open, None for none; a login for each other seat that has it too."""
        try:
            with self._opened() as db:
                return _told(db, (login, seat), case_id, now)
        except (
            sqlite3.OperationalError
        ):  # somebody else is writing, or there is no room: said again soon
            return ()
        except sqlite3.DatabaseError:  # not a file of ours any more
            self._path.unlink(missing_ok=True)
            return ()

    def over(
        self, here: tuple[str, str], case_ids: Sequence[str], now: datetime
    ) -> tuple[tuple[str, str], ...]:
        """Who has one of these cases open at another seat than `here` (login, seat); nothing where nobody has yet."""
        try:
            with closing(sqlite3.connect(self._path, _PATIENCE, isolation_level=None)) as db:
                values = (json.dumps(list(case_ids)[:_MOST_ROWS]), instant_text(now - GONE_AFTER))
                return tuple(db.execute(_OVER, (*values, *here)))
        except sqlite3.DatabaseError:  # no such file yet, or one that the next word makes anew
            return ()

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, _PATIENCE, isolation_level=None)) as db:
            for pragma in ("synchronous=OFF", "journal_mode=MEMORY"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("BEGIN IMMEDIATE")
            db.execute(_MADE)
            yield db
            db.execute("COMMIT")


def _told(
    db: sqlite3.Connection, here: tuple[str, str], case_id: str | None, now: datetime
) -> tuple[str, ...]:
    at, gone = instant_text(now), instant_text(now - GONE_AFTER)
    db.execute("DELETE FROM presence WHERE at < ?", (gone,))
    db.execute("DELETE FROM presence WHERE login = ? AND seat = ?", here)
    (others,) = db.execute("SELECT count(*) FROM presence WHERE login = ?", here[:1]).fetchone()
    if case_id is None:
        return ()
    if others < MOST_SEATS and _SEAT.fullmatch(here[1]):
        db.execute("INSERT INTO presence VALUES (?, ?, ?, ?)", (*here, case_id, at))
    found = db.execute(
        "SELECT login FROM presence WHERE case_id = ? AND (login, seat) <> (?, ?) ORDER BY login",
        (case_id, *here),
    )
    return tuple(login for (login,) in found)
