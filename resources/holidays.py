"""Holidays and make-up days as announced, from the package that carries them and a table laid over it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from app.domain.calendar import Holidays
from resources.tables import Row, rows
from resources.wrong import Expected

FIRST_YEAR = 2018
SATURDAY = 5

_OVERRIDES = Path(__file__).parent / "calendar" / "overrides.csv"
_COLUMNS = ("date", "kind", "name")
_KINDS = ("OFF", "WORK", "YEAR")


def load_holidays(overrides: Path | None = None) -> Holidays:
    """Days off, make-up days and the years they are known for, from 2018 on.

    The table `overrides` has a line for each day (kind OFF or WORK); a line of kind YEAR says that
    the year of its date is now complete, so that its deadlines are no longer provisional.
    Raises Wrong when the table cannot be taken.
    """
    days = _Days()
    for row in rows(overrides or _OVERRIDES, _COLUMNS):
        days.lay(row)
    return Holidays(frozenset(days.off), frozenset(days.makeup), frozenset(days.years))


def written(table: Holidays) -> str:
    """A whole table as `read_whole` reads it."""
    days = [(day, kind) for kind in ("OFF", "WORK") for day in _of_kind(table, kind)]
    lines = [f"{day},{kind}," for day, kind in sorted(days)]
    years = [f"{date(year, 1, 1)},YEAR," for year in sorted(table.years)]
    return "\n".join((",".join(_COLUMNS), *lines, *years, ""))


def read_whole(path: Path) -> Holidays:
    """A table that stands for itself, laid over nothing. Raises Wrong."""
    found: dict[str, set[date]] = {kind: set() for kind in _KINDS}
    for row in rows(path, _COLUMNS):
        found[row["kind"].among(_KINDS)].add(row["date"].day())
    years = frozenset(day.year for day in found["YEAR"])
    return Holidays(frozenset(found["OFF"]), frozenset(found["WORK"]), years)


def _of_kind(table: Holidays, kind: str) -> frozenset[date]:
    return table.off if kind == "OFF" else table.makeup


def _announced(days: dict[date, str]) -> set[date]:
    return {day for day in days if day.year >= FIRST_YEAR}


@dataclass(slots=True)
class _Days:
    off: set[date] = field(default_factory=lambda: _announced(holidays))
    makeup: set[date] = field(default_factory=lambda: _announced(workdays))
    years: set[int] = field(init=False)
    seen: set[tuple[date, bool]] = field(default_factory=set[tuple[date, bool]])

    def __post_init__(self) -> None:
        self.years = {day.year for day in self.off}

    def lay(self, row: Row) -> None:
        """Take one line of the table; a day named twice is refused."""
        day, kind = row["date"].day(), row["kind"].among(_KINDS)
        if (day, kind == "YEAR") in self.seen:
            raise row["date"].wrong(Expected.UNIQUE)
        self.seen.add((day, kind == "YEAR"))
        self._take(day, kind)

    def _take(self, day: date, kind: str) -> None:
        if kind == "YEAR":
            self.years.add(day.year)
            return
        self.off.discard(day)
        self.makeup.discard(day)
        if kind == "OFF":
            self.off.add(day)
        elif day.weekday() >= SATURDAY:
            self.makeup.add(day)
