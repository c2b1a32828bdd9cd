"""How fast a queue answers: windows of the replica beside bare sqlite3 doing the same SQL."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.timing import interleaved
from app.domain.effects import Wire
from app.domain.moment import Setting
from app.services.filters import Filter
from app.services.lexicon import Lexicon
from app.services.loads import WAITING
from app.services.local import Keep
from app.services.queries import Queue, Sort, WindowQuery
from db.opening import open_file
from db.replica import loads, tally, windows
from db.replica.store import SqliteReplica

GOAL = Goal(Judged.RATIO, 1.5)
#: Words that many of the made-up reports have, and the first characters of a case number.
_WORDS, _NUMBER = "路灯", "SZPS00000"
#: Deep pages lie so many rows apart, so that no two rounds read the same rows.
_STRIDE = 601

Statement = tuple[str, tuple[Any, ...]]


def measure(path: Path, setting: Setting, now: datetime, rounds: int) -> Iterator[Figure]:
    """Windows over the replica at `path`: as a screen asks for them, in every order."""
    lexicon = Lexicon(setting.directory)
    replica, bare = SqliteReplica(path, lexicon), open_file(path, "NORMAL")
    try:
        bench = _Bench(replica, bare, lexicon, rounds)
        yield from bench.figures(now)
    finally:
        replica.close()
        bare.close()


@dataclass(frozen=True, slots=True)
class _Bench:
    replica: SqliteReplica
    bare: sqlite3.Connection
    lexicon: Lexicon
    rounds: int

    def figures(self, now: datetime) -> Iterator[Figure]:
        first = WindowQuery(queue=Queue.DISPATCH, now=now)
        yield self._pages("window.first", first)
        yield self._pages("window.deep", first, stride=_STRIDE)
        yield self._anew("window.anew", first)
        for name, wish in self._narrowing(first).items():
            yield self._pages(f"window.{name}", replace(first, filter=wish))
        yield self._loads("window.loads", first)
        for sort in Sort:
            yield self._pages(f"window.by.{sort}", replace(first, sort=sort))

    def _narrowing(self, first: WindowQuery) -> dict[str, Filter]:
        """The usual filters, with values that the rows have."""
        row = self.replica.window(first).rows[0]
        category = row.category or ""
        return {
            "filter": Filter(street=row.street, category=category[:2] or None),
            "search": Filter(text=_WORDS),
            "number": Filter(text=_NUMBER),
        }

    def _pages(self, key: str, query: WindowQuery, stride: int = 0) -> Figure:
        """The same window again and again, or one of other rows every time."""
        total = max(self.replica.window(query).total, 1)

        def page(turn: int) -> WindowQuery:
            return replace(query, offset=(turn + 1) * stride % total)

        asked = [self._statements(page(turn))[1] for turn in range(-1, self.rounds)]
        series = interleaved(
            self.rounds,
            lambda turn: self.replica.window(page(turn)),
            lambda turn: self._fetch([asked[turn + 1]]),
        )
        return Figure(key, *series, GOAL)

    def _anew(self, key: str, query: WindowQuery) -> Figure:
        """After a row changed, so that the queue is counted anew; the bare thing counts as well."""
        asked, case = self._statements(query), self._some_case(query)
        series = interleaved(
            self.rounds,
            lambda _: self.replica.window(query),
            lambda _: self._fetch(asked),
            ready=lambda turn: self._touch(case, turn),
        )
        return Figure(key, *series, GOAL)

    def _loads(self, key: str, query: WindowQuery) -> Figure:
        """The shift leader's numbers after a row changed; the bare thing reads the same sums."""
        case, asked = self._some_case(query), loads.statements(query.now)
        series = interleaved(
            self.rounds,
            lambda _: self.replica.loads(query.now),
            lambda _: self._fetch(asked),
            ready=lambda turn: self._touch(case, turn),
        )
        return Figure(key, *series, GOAL)

    def _some_case(self, query: WindowQuery) -> Wire:
        key = "case_file", self.replica.window(query).rows[0].id
        return self.replica.rows([key])[key] or {}

    def _touch(self, case: Wire, turn: int) -> None:
        """Somebody changed one case of the queue."""
        before, after = ({**case, "changed_by": f"c{one}"} for one in (turn - 1, turn))
        self.replica.keep(Keep(writes={("case_file", str(case["id"])): (before, after)}))

    def _fetch(self, statements: Sequence[Statement]) -> None:
        for sql, values in statements:
            self.bare.execute(sql, values).fetchall()

    def _statements(self, query: WindowQuery) -> list[Statement]:
        """The SQL by which the replica counts and reads this window."""
        ear, typed = _Ear(), query.filter.text
        waits = query.queue in WAITING
        stage = tally.waiting(self.bare, query.queue) if waits else 0
        sizes = windows.Sizes(stage, windows.found_by(self.bare, typed) if typed else 0)
        wheres = tuple(windows.conditions(query, self.lexicon.below, sizes))
        listening = cast("sqlite3.Connection", ear)
        windows.counted(listening, wheres)
        windows.window(listening, query, wheres, 0)
        return ear.heard


class _Ear:
    """Stands in for a connection, to hear what it is asked."""

    def __init__(self) -> None:
        self.heard: list[Statement] = []

    def execute(self, sql: str, values: tuple[Any, ...]) -> "_Ear":
        self.heard.append((sql, values))
        return self

    def fetchone(self) -> tuple[int]:
        return (0,)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(())
