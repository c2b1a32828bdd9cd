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
    """An index of texts over one connection; see `app.insight.similar.Index`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        connection.executescript(_TABLES)

    def add(self, case: int, wording: Wording) -> None:
        """One case more, by its number."""
        self.fill([(case, wording)])

    def fill(self, cases: Iterable[tuple[int, Wording]]) -> None:
        """Many cases; committing is the caller's."""
        rows = ((case, " ".join(wording.pairs)) for case, wording in cases)
        self._db.executemany("insert into near (rowid, pairs) values (?, ?)", rows)

    def count(self) -> int:
        """How many cases there are, as far as they are numbered without gaps."""
        (most,) = self._db.execute("select max(rowid) from near").fetchone()
        return int(most or 0)

    def holding(self, pairs: Iterable[str]) -> dict[str, int]:
        """In how many cases each of these pairs stands; those that stand in none are left out."""
        wanted, found = list(pairs), dict[str, int]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            asked = f"select term, doc from near_pairs where term in ({marks})"
            found |= dict(self._db.execute(asked, some).fetchall())
        return found

    def match(self, pairs: Sequence[str], most: int, first: int) -> list[Near]:
        """The cases from number `first` on that have any of these pairs, the best first (bm25)."""
        asked = (
            "select rowid, rank from near where near match ? and rowid >= ? order by rank limit ?"
        )
        told = " OR ".join(f'"{pair}"' for pair in pairs)
        return [Near(case, -rank) for case, rank in self._db.execute(asked, (told, first, most))]
