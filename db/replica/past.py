"""Earlier cases of a replica: which a text is like, who led such cases to their end, and where a name lies."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from statistics import median

from app.domain.case import Case
from app.domain.effects import to_wire
from app.insight.similar import Wording, telling
from app.insight.units import LEAST_CASES, UnitHistory
from app.services.filters import Filter
from app.services.lexicon import Lexicon
from app.services.past import Solver
from db.near import NearTexts
from db.replica import reading, tally, windows
from db.search import fts5, terms

#: So much of a text is read (characters), and so many hits for each case wanted: most are too old, or not here.
READ, HITS = 400, 5
_OF_ROWS = (
    "SELECT rowid, id FROM case_file WHERE registered_at >= ?"
    " AND rowid IN (SELECT value FROM json_each(?))"
)
_LED = (
    "SELECT category, community, lead_unit, count(*) FROM case_file WHERE category IN"
    f" (SELECT value FROM json_each(?)) AND {windows.SOLVED} AND lead_unit <> '' GROUP BY 1, 2, 3"
)
_PLACED = (
    "SELECT community, count(*) FROM case_file WHERE community IS NOT NULL"
    " AND rowid IN (SELECT rowid FROM finder WHERE finder MATCH ?) GROUP BY 1"
)
_TIMES = "SELECT dispatched_at, closed_at, return_count FROM case_file"
#: Dispatched, closed, and how often it was returned.
Ended = tuple[datetime | None, datetime | None, int]
#: What no community is called.
_NOWHERE = "-"
#: An open connection, as the replica lends it.
Lent = Callable[[], AbstractContextManager[sqlite3.Connection]]


class SqlitePast:
    """The `Past` port over a replica's file; `lend` may lend another connection after the file was made anew."""

    def __init__(self, lend: Lent, lexicon: Lexicon) -> None:
        self._lend, self._lexicon = lend, lexicon
        self._near: tuple[sqlite3.Connection, NearTexts] | None = None

    def near(self, text: str, since: datetime, most: int) -> tuple[Case, ...]:
        """The cases registered since then that say most of what `text` says, the likest first."""
        with self._lend() as db:
            index = self._index(db)
            pairs = telling(Wording("", text[:READ]), index.holding, index.count())
            rows = [one.case for one in index.match(pairs, most * HITS, 0)]
            known = dict(db.execute(_OF_ROWS, (to_wire(since), json.dumps(rows))).fetchall())
            found = (reading.case(db, known[one]) for one in rows if one in known)
            return tuple(one for one, _ in zip(filter(None, found), range(most), strict=False))

    def _index(self, db: sqlite3.Connection) -> NearTexts:
        if self._near is None or self._near[0] is not db:
            self._near = db, NearTexts(db, lambda: tally.everything(db))
        return self._near[1]

    def solvers(self, category: str, community: str | None) -> tuple[Solver, ...]:
        """Who led cases of the class to their end, the likeliest for the place first; none where little is known."""
        taxonomy = self._lexicon.directory.taxonomy
        if taxonomy.get(category) is None:
            return ()
        path = tuple(one.code for one in taxonomy.path(category))
        with self._lend() as db:
            chosen = self._history(db, path[0]).suggest(path, community or _NOWHERE)
            return tuple(
                self._solver(db, one.unit, one.share, (category, community)) for one in chosen
            )

    def _history(self, db: sqlite3.Connection, first: str) -> UnitHistory:
        history, taxonomy = UnitHistory(), self._lexicon.directory.taxonomy
        for category, community, unit, many in db.execute(_LED, (self._below(first),)):
            path = tuple(one.code for one in taxonomy.path(category))
            history.add("", path, community or _NOWHERE, unit, many)
        return history

    def _ended(self, db: sqlite3.Connection, wish: Filter) -> list[Ended]:
        """When each case of a list was dispatched and closed, and how often it was returned."""
        wheres = tuple(windows.narrowed(wish, self._lexicon.below))
        found = db.execute(_TIMES + windows.joined(wheres), windows.values(wheres))
        return [(_time(begin), _time(end), back) for begin, end, back in found]

    def placed(self, name: str) -> Mapping[str, int]:
        """In how many cases of each community a name of a place stands."""
        asked = fts5(terms(name))
        with self._lend() as db:
            return dict(db.execute(_PLACED, (asked,)).fetchall()) if asked else {}

    def _below(self, category: str) -> str:
        return json.dumps(self._lexicon.below(category))

    def _solver(
        self, db: sqlite3.Connection, unit: str, share: float, about: tuple[str, str | None]
    ) -> Solver:
        """How it went at the place; or everywhere, where too few were dealt with there."""
        category, community = about
        here = Filter(category=category, community=community, solver=unit)
        rows = self._ended(db, here)
        if community is None or len(rows) < LEAST_CASES:
            here = Filter(category=category, solver=unit)
            rows = self._ended(db, here)
        days = [(end - begin).total_seconds() / 86_400 for begin, end, _ in rows if begin and end]
        back = sum(bool(returned) for _, _, returned in rows)
        given = median(days) if days else 0.0
        return Solver(unit, share, len(rows), given, back, here, replace(here, is_returned=True))


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
