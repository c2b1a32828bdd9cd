"""Which cases a text is like, out of the full-text table by which the desk finds cases: no second index is kept.

Its tokens hold every pair of neighbouring characters, so a case is there as soon as its row is.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from math import log

from app.insight.similar import BUDGET, Near

#: More cases than may be asked for are not counted: what a pair costs does not grow with the years.
_HOLD = f"SELECT count(*) FROM (SELECT 1 FROM finder WHERE finder MATCH ? LIMIT {BUDGET + 1})"
#: When there are so many times as many cases, it is counted anew in how many a pair stands.
_GROWN = 1.25
_ONE = "SELECT rowid AS near, ? AS weight FROM finder WHERE finder MATCH ? AND rowid >= ?"
_BEST = (
    "SELECT near, sum(weight) AS score FROM ({0}) GROUP BY near ORDER BY score DESC, near LIMIT ?"
)


class NearTexts:
    """The finder of one connection as an index of texts; see `app.insight.similar.Index`. `count` tells how many cases.

    In how many cases a pair stands is counted once and then kept: they are walked through to say it. What is added
    meanwhile moves no weight worth the time.
    """

    def __init__(self, connection: sqlite3.Connection, count: Callable[[], int]) -> None:
        self._db, self.count = connection, count
        self._holding: dict[str, int] = {}
        self._counted = 0

    def holding(self, pairs: Iterable[str]) -> dict[str, int]:
        """In how many cases each of these pairs stands; those that stand in none are left out."""
        if self.count() > _GROWN * self._counted:
            self._holding, self._counted = {}, self.count()
        wanted = list(pairs)
        for pair in wanted:
            if pair not in self._holding:
                (self._holding[pair],) = self._db.execute(_HOLD, (f'"{pair}"',)).fetchone()
        return {pair: self._holding[pair] for pair in wanted if self._holding[pair]}

    def match(self, pairs: Sequence[str], most: int, first: int) -> list[Near]:
        """The cases from number `first` on that have most of these pairs, rare ones before frequent ones."""
        total, values = max(self.count(), 1), list[float | str | int]()
        for pair, many in self.holding(pairs).items():
            values += [log(1 + total / many), f'"{pair}"', first]
        if not values:
            return []
        asked = _BEST.format(" UNION ALL ".join([_ONE] * (len(values) // 3)))
        return [Near(case, score) for case, score in self._db.execute(asked, (*values, most))]
