"""What a morning brief counts, in SQL: each number is the length of the list that it opens."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.domain.calendar import local_date
from app.services.brief import MOST, Beside, Brief, Line, Share, Side, days_of
from db.replica.loads import loads
from db.replica.windows import HAPPENED, Below, during

_RECEIVED = "registered_at >= ? AND registered_at < ?"


_DUE = "SELECT count(*) FROM case_file WHERE due_at >= ? AND due_at < ? AND stage <> 'ENDED'"


def brief(connection: sqlite3.Connection, day: date, at: datetime, below: Below) -> Brief:
    """The brief of `day` as this replica knows it `at` an instant; a class counts all below it."""
    lies = loads(connection, at)
    late = [(unit, tally.late) for unit, tally in lies.units.items() if tally.late]
    return Brief(
        day=day,
        at=at,
        flow=_flow(connection, day),
        sides={side: _most(connection, side, day, below) for side in Side},
        due=connection.execute(_DUE, during(local_date(at))).fetchone()[0],
        overdue=lies.all.late,
        late=tuple(sorted(late, key=lambda one: (-one[1], one[0]))),
    )


def _flow(connection: sqlite3.Connection, day: date) -> dict[Line, Beside]:
    """All in one walk over the cases."""
    conditions = [HAPPENED[one.happening] if one.happening else _RECEIVED for one in Line]
    stretches = tuple(during(one) for one in days_of(day))
    sums = [f"count(*) FILTER (WHERE {one})" for one in conditions for _ in stretches]
    values: tuple[Any, ...] = tuple(at for _ in Line for stretch in stretches for at in stretch)
    found = connection.execute(f"SELECT {', '.join(sums)} FROM case_file", values).fetchone()
    return {line: Beside(*found[3 * at : 3 * at + 3]) for at, line in enumerate(Line)}


def _most(connection: sqlite3.Connection, side: Side, day: date, below: Below) -> tuple[Share, ...]:
    """The codes that the day has, those with most reports first."""
    found = _counted(connection, side, day)
    under: Below = below if side is Side.CATEGORY else _alone
    sums = {code: _sum(found, under(code)) for code, counts in found.items() if counts[0]}
    order = sorted(sums.items(), key=lambda one: (-one[1].day, one[0]))
    return tuple(Share(*one) for one in order[: MOST.get(side)])


def _counted(
    connection: sqlite3.Connection, side: Side, day: date
) -> dict[str, tuple[int, int, int]]:
    """How many reports of each of the three days have a code, by the code."""
    stretches = [during(one) for one in days_of(day)]
    values = tuple(at for stretch in stretches for at in stretch)
    sums = ", ".join(f"count(*) FILTER (WHERE {_RECEIVED})" for _ in stretches)
    any_day, column = " OR ".join(f"({_RECEIVED})" for _ in stretches), side.value.lower()
    found = connection.execute(
        f"SELECT {column}, {sums} FROM case_file WHERE ({any_day}) AND {column} <> '' GROUP BY 1",
        (*values, *values),
    )
    return {code: (one, two, three) for code, one, two, three in found}


def _alone(code: str) -> tuple[str, ...]:
    return (code,)


def _sum(found: Mapping[str, tuple[int, int, int]], codes: Sequence[str]) -> Beside:
    parts = [found[code] for code in codes if code in found]
    return Beside(*map(sum, zip(*parts, strict=True)))
