"""How well the unit is suggested from class and place: the last month from those before, beside a plain lookup."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.cli.evaluating.columns import Columns
from app.cli.evaluating.goals import Goal, judged
from app.cli.evaluating.table import moment, table
from app.domain.calendar import LOCAL
from app.importing.cells import bare
from app.insight.units import UnitHistory

GOALS: Mapping[str, Goal] = {"ahead_of_lookup": ("least", 0.05)}


def evaluated(path: Path, columns: Columns) -> dict[str, Any]:
    """Figures of a table of `time`, `class` (levels joined by +), `place` and `unit`: the last month is asked."""
    rows = sorted(
        map(_row, table(path, columns, ("time", "class", "place", "unit"))), key=lambda row: row[0]
    )
    begin = _month(rows[-1][0]) if rows else datetime.min.replace(tzinfo=LOCAL)
    history, known = UnitHistory(), [row for row in rows if row[0] < begin]
    for number, (_, levels, place, unit) in enumerate(known):
        history.add(str(number), levels, place, unit)
    found = _asked(history, [row for row in rows if row[0] >= begin])
    facts = {"rows": len(rows), "known": len(known), "asked_from": begin.date().isoformat()}
    return {"what": "units", **facts, **found, "goals": judged(found, GOALS)}


_Row = tuple[datetime, tuple[str, ...], str, str]


def _row(row: Mapping[str, str]) -> _Row:
    levels = tuple(bare(level) for level in row["class"].split("\n"))
    return moment(row["time"]), levels, bare(row["place"]), bare(row["unit"])


def _month(at: datetime) -> datetime:
    """The first moment of its month, or of the month before where it has less than a week."""
    first = at.astimezone(LOCAL).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if at - first < timedelta(days=7):
        return (first - timedelta(days=1)).replace(day=1)
    return first


def _asked(history: UnitHistory, rows: Sequence[_Row]) -> dict[str, Any]:
    told = [history.suggest(levels, place) for _, levels, place, _ in rows]
    said = [bool(choices) for choices in told]
    units = [row[3] for row in rows]
    first = [bool(one) and one[0].unit == unit for one, unit in zip(told, units, strict=True)]
    three = [unit in {each.unit for each in one} for one, unit in zip(told, units, strict=True)]
    looked = [history.looked_up(levels) == unit for _, levels, _, unit in rows]
    both = [is_right for is_right, is_said in zip(looked, said, strict=True) if is_said]
    count, answered = max(1, len(rows)), max(1, sum(said))
    return {
        "asked": len(rows),
        "answered_share": round(sum(said) / count, 4),
        "right": round(sum(first) / count, 4),
        "right_of_answered": round(sum(first) / answered, 4),
        "in_three_of_answered": round(sum(three) / answered, 4),
        "lookup_right": round(sum(looked) / count, 4),
        "lookup_right_of_answered": round(sum(both) / answered, 4),
        "ahead_of_lookup": round((sum(first) - sum(looked)) / count, 4),
    }
