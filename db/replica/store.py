"""replica.db: the disposable copy of what this seat may see. Owned by the *desk* thread."""

import json
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.case import Dossier
from app.domain.disputes import Known
from app.domain.effects import Wire
from app.domain.matter import Matter, matter_of
from app.services.brief import Brief
from app.services.lexicon import Lexicon
from app.services.loads import WAITING, Loads
from app.services.local import Fill, Keep, Key
from app.services.ports import Broken, Cursor
from app.services.queries import Counts, Queue, QueueRow, TimelineEntry, Window, WindowQuery
from db.opening import checkpoint, guarded, open_file, remove, set_aside, transaction
from db.replica import brief, disputes, kin, loads, reading, tally, windows, writing
from db.replica.columns import LAYOUT
from db.replica.past import SqlitePast
from db.replica.watched import ReplicaWatched
from db.search import fts5, terms

#: How many pages of the finder are merged at a time (some milliseconds).
_TIDIED_PAGES = 32


class SqliteReplica:
    """The `Replica` port over one SQLite file; made anew when it is missing, of another layout, or broken."""

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self._path = path
        self._lexicon = lexicon
        self._totals: dict[Any, int] = {}
        self._db = self._open_or_renew()
        self.past = SqlitePast(self._reading, lexicon)

    def _open_or_renew(self) -> sqlite3.Connection:
        try:
            return self._opened()
        except Broken:
            set_aside(self._path)
            return self._opened()

    def _opened(self) -> sqlite3.Connection:
        with guarded():
            connection = open_file(self._path, "NORMAL")
            try:
                layout = _layout(connection)
            except BaseException:
                connection.close()
                raise
        if layout == LAYOUT:
            return connection
        connection.close()
        remove(self._path)
        return self._opened()

    @contextmanager
    def _reading(self) -> Generator[sqlite3.Connection, None, None]:
        with guarded():
            yield self._db

    def rows(self, keys: Iterable[Key]) -> dict[Key, Wire | None]:
        """Rows as the screen shows them, each with its `seq`."""
        with self._reading() as db:
            return reading.rows(db, keys)

    def preimages(self, keys: Iterable[Key]) -> dict[Key, Wire | None]:
        """What own commands hide, for those of `keys` that they touched."""
        with self._reading() as db:
            return dict(reading.preimages(db, keys))

    def held(self) -> set[Key]:
        """Every row that has a pre-image."""
        with self._reading() as db:
            return set(db.execute("SELECT name, id FROM preimage"))

    def keys_of(self, case_id: str) -> set[Key]:
        """A case and everything that hangs on it, hidden or shown."""
        with self._reading() as db:
            return {("case_file", case_id), *reading.child_keys(db, case_id)}

    def keep(self, what: Keep) -> None:
        """One transaction."""
        with transaction(self._db):
            writing.keep(self._db, what, self._lexicon.names)
        if what.writes:
            self._totals.clear()

    def cursor(self) -> Cursor:
        """How far the feed has been read."""
        value = self._meta("cursor")
        return Cursor(*value) if value else Cursor()

    def fill(self) -> Fill:
        """How far the first fill has come."""
        value: dict[str, Any] = self._meta("fill") or {}
        ahead = value.pop("ahead", None)
        return Fill(**value, ahead=Cursor(**ahead) if ahead else None)

    def gaps(self) -> set[str]:
        """Cases of which the feed changed rows that were not here, and that are still not here."""
        with self._reading() as db:
            return {case_id for (case_id,) in db.execute(_GAPS)}

    def _meta(self, key: str) -> Any:
        with self._reading() as db:
            found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return json.loads(found[0]) if found else None

    def seen(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that the feed has shown."""
        sql = "SELECT 1 FROM seen WHERE cmd_id = ?"
        with self._reading() as db:
            return {one for one in ids if db.execute(sql, (one,)).fetchone()}

    def dossier(self, case_id: str) -> Dossier | None:
        """A case with its children in the order they were made."""
        with self._reading() as db:
            return reading.dossier(db, case_id)

    def history(self, case_id: str) -> tuple[TimelineEntry, ...]:
        """The log of a case, oldest first."""
        with self._reading() as db:
            return tuple(reading.history(db, case_id))

    def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue; `is_unsent` is not known here."""
        with self._reading() as db:
            wheres = tuple(windows.conditions(query, self._lexicon.below, self._how_many(query)))
            return windows.window(db, query, wheres, self._total(query, wheres))

    def _total(self, query: WindowQuery, wheres: tuple[windows.Where, ...]) -> int:
        """Counted once until a row changes; what is overdue grows by itself and is counted each time."""
        if query.queue is Queue.OVERDUE or query.filter.is_late or query.filter.is_soon:
            return windows.total(self._db, query, wheres)
        key = query.queue, query.holder, query.filter
        if key not in self._totals:
            self._totals[key] = windows.total(self._db, query, wheres)
        return self._totals[key]

    def _how_many(self, query: WindowQuery) -> windows.Sizes:
        typed = query.filter.text.strip()
        stage = tally.waiting(self._db, query.queue) if query.queue in WAITING else 0
        if typed and typed not in self._totals:
            self._totals[typed] = windows.found_by(self._db, typed)
        return windows.Sizes(stage, self._totals[typed] if typed else 0)

    def counts(self, now: datetime, holder: str = "") -> Counts:
        """How much waits in each queue, and how much `holder` has claimed; ended cases do not."""
        with self._reading() as db:
            return windows.counts(db, now, holder)

    def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        with self._reading() as db:
            return loads.loads(db, now)

    def brief(self, day: date, now: datetime) -> Brief:
        """What a morning brief tells of `day`, as things stand `now`."""
        with self._reading() as db:
            return brief.brief(db, day, now, self._lexicon.below)

    def cousins(self, case_id: str, limit: int) -> tuple[QueueRow, ...]:
        """Other cases of the same reporter, newest first."""
        with self._reading() as db:
            return windows.rows_where(db, kin.COUSINS, (case_id, case_id, limit))

    def find(self, number: str) -> QueueRow | None:
        """The case with that number; of several, the one registered first."""
        with self._reading() as db:
            return next(iter(windows.rows_where(db, kin.BY_NUMBER, (number,))), None)

    def linked(self, case_id: str) -> tuple[QueueRow, ...]:
        """The refused case that this one supplements, and those that supplement this one, oldest first."""
        with self._reading() as db:
            before = windows.rows_where(db, kin.SUPPLEMENTED, (case_id,))
            return (*before, *windows.rows_where(db, kin.SUPPLEMENTING, (case_id,)))

    def followers(self, case_id: str) -> tuple[str, ...]:
        """The cases that follow one (并案), in the order in which they were merged."""
        with self._reading() as db:
            return tuple(one for (one,) in db.execute(kin.FOLLOWERS, (case_id,)))

    def family(self, case_id: str) -> tuple[str, ...]:
        """The parts of a split case (拆分) in their order; of a part the case that was split, and the other parts."""
        with self._reading() as db:
            return reading.family(db, case_id)

    def survivor(self, case_id: str) -> QueueRow | None:
        """The case that one follows, or is a part of; None where there is none, or it is not here."""
        with self._reading() as db:
            return next(iter(windows.rows_where(db, kin.SURVIVOR, (case_id,))), None)

    def known(self) -> Known:
        """What rotas gave so far, and which rulings changed the duty list."""
        with self._reading() as db:
            return disputes.known(db)

    def matter(self, case_id: str) -> Matter | None:
        """A refused case with all by which it was taken up again; None when it is not here."""
        with self._reading() as db:
            find, supplementing = partial(reading.case, db), partial(reading.supplementing, db)
            return matter_of(case_id, find, supplementing)

    def ids_by_reporter(self, key: str, limit: int) -> tuple[str, ...]:
        """Cases of the reporter with that key, newest first."""
        with self._reading() as db:
            return tuple(case_id for (case_id,) in db.execute(kin.BY_REPORTER, (key, limit)))

    def ids_by_phone(self, phone_masked: str, limit: int) -> tuple[str, ...]:
        """Cases whose masked number reads the same, newest first."""
        asked = fts5(terms(phone_masked))
        if not asked:
            return ()
        with self._reading() as db:
            found = db.execute(kin.BY_PHONE, (asked, phone_masked, limit))
            return tuple(case_id for (case_id,) in found)

    def attached(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the log says belong to a case."""
        with self._reading() as db:
            return frozenset(one for (one,) in db.execute(_ATTACHED, (json.dumps(list(digests)),)))

    @property
    def watched(self) -> ReplicaWatched:
        """What is counted for warnings."""
        return ReplicaWatched(self._reading)

    def numbers(self, stem: str) -> set[str]:
        """Case numbers that begin with `stem`."""
        with self._reading() as db:
            found = db.execute(kin.NUMBERS, (stem, stem + _LAST))
            return {number for (number,) in found}

    def tidy(self) -> bool:
        """Merge a little of the finder; whether there may be more. For idle moments on *desk*."""
        before = self._db.total_changes
        with transaction(self._db):
            self._db.execute(_MERGE, (_TIDIED_PAGES,))
        return self._db.total_changes - before > 1

    def checkpoint(self) -> None:
        """Write the log into the file; may be called beside *desk*, so that *desk* need not wait.

        What is wrong with the file is met, and answered, by whoever needs something of it.
        """
        with suppress(sqlite3.Error):
            checkpoint(self._path)

    def renew(self, *, broken: bool) -> None:
        """Start empty; a broken file is moved aside, not deleted."""
        self.close()
        _ = set_aside(self._path) if broken else remove(self._path)
        self._totals.clear()
        self._db = self._opened()

    def close(self) -> None:
        """Give the file back."""
        self._db.close()


_GAPS = (
    "SELECT case_id FROM gap WHERE case_id NOT IN (SELECT id FROM case_file) OR case_id IN"
    " (SELECT id FROM preimage WHERE name = 'case_file' AND row IS NULL)"
)
_LAST = "\U0010ffff"
_ATTACHED = (
    "SELECT DISTINCT digest FROM attachment WHERE digest IN (SELECT value FROM json_each(?))"
    " AND status = 'RECORDED' AND seq > 0"
)
_MERGE = "INSERT INTO finder (finder, rank) VALUES ('merge', ?)"


def _layout(connection: sqlite3.Connection) -> int:
    """The layout of an open file; a new one is given the tables of today. Commits move the log on."""
    connection.execute("PRAGMA wal_autocheckpoint=0")
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if layout or has_tables:
        return layout
    from db.replica import schema  # loads SQLAlchemy, which only a new file needs

    with transaction(connection):
        for statement in schema.statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
    return LAYOUT
