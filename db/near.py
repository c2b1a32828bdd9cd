"""The pairs of all cases in a full-text table of SQLite, numbered in the order of their filing."""

import sqlite3
from collections.abc import Iterable, Sequence

from app.insight.similar import Near, Wording

_TABLES = """
create virtual table if not exists near using fts5 (pairs, content='', tokenize="unicode61 remove_diacritics 0");
create virtual table if not exists near_pairs using fts5vocab (near, row);
"""
#: How many pairs are looked up by one question.
_AT_ONCE = 200


class NearTexts:
    """An index of texts over one connection; see `app.insight.similar.Index`.

    In how many cases a pair stands is counted once and then kept: the table walks through all of them to say it.
    What other connections add meanwhile is not counted, which moves no weight worth the time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._holding: dict[str, int] = {}
        connection.executescript(_TABLES)

    def add(self, case: int, wording: Wording) -> None:
        """One case more, by its number."""
        self.fill([(case, wording)])

    def fill(self, cases: Iterable[tuple[int, Wording]]) -> None:
        """Many cases; committing is the caller's."""
        rows = ((case, self._counted(wording)) for case, wording in cases)
        self._db.executemany("insert into near (rowid, pairs) values (?, ?)", rows)

    def _counted(self, wording: Wording) -> str:
        pairs = wording.pairs
        for pair in self._holding.keys() & set(pairs):
            self._holding[pair] += 1
        return " ".join(pairs)

    def count(self) -> int:
        """How many cases there are, as far as they are numbered without gaps."""
        (most,) = self._db.execute("select max(rowid) from near").fetchone()
        return int(most or 0)

    def holding(self, pairs: Iterable[str]) -> dict[str, int]:
        """In how many cases each of these pairs stands; those that stand in none are left out."""
        wanted = list(pairs)
        unknown = [pair for pair in wanted if pair not in self._holding]
        for start in range(0, len(unknown), _AT_ONCE):
            self._count(unknown[start : start + _AT_ONCE])
        return {pair: self._holding[pair] for pair in wanted if self._holding[pair]}

    def _count(self, pairs: Sequence[str]) -> None:
        marks = ", ".join("?" * len(pairs))
        asked = f"select term, doc from near_pairs where term in ({marks})"
        self._holding |= dict.fromkeys(pairs, 0) | dict(self._db.execute(asked, pairs).fetchall())

    def match(self, pairs: Sequence[str], most: int, first: int) -> list[Near]:
        """The cases from number `first` on that have any of these pairs, the best first (bm25)."""
        asked = (
            "select rowid, rank from near where near match ? and rowid >= ? order by rank limit ?"
        )
        told = " OR ".join(f'"{pair}"' for pair in pairs)
        return [Near(case, -rank) for case, rank in self._db.execute(asked, (told, first, most))]
