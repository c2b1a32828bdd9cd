"""Working days, make-up days and shifts: the line of time on which working limits are counted.

Local time is fixed UTC+8 without summer time. Instants go in timezone-aware and come out in UTC.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from app.domain.refused import Refused

LOCAL = timezone(timedelta(hours=8))

_FIRST_DAY = datetime(1, 1, 1, tzinfo=LOCAL)  # a Monday, and ordinal 1
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


def local_date(moment: datetime) -> date:
    """The calendar day in Shenzhen at `moment`."""
    return moment.astimezone(LOCAL).date()


def day_start(day: date) -> datetime:
    """00:00:00 of the local `day`, in UTC."""
    return (_FIRST_DAY + timedelta(days=day.toordinal() - 1)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and make-up working days as announced, and the years for which we hold the announcement."""

    off: frozenset[date]
    makeup: frozenset[date]
    years: frozenset[int]


class _Index(NamedTuple):
    """What turns counting into two look-ups: exceptions as sorted ordinals, shifts as offsets in a day."""

    added: tuple[int, ...]  # weekend days that are worked
    removed: tuple[int, ...]  # Mondays to Fridays that are not
    bands: tuple[tuple[timedelta, timedelta], ...]
    daily: timedelta

    def workdays_before(self, ordinal: int) -> int:
        """Working days from the first of the year 1 up to, without, the day `ordinal`."""
        weeks, rest = divmod(ordinal - 1, 7)
        weekdays = 5 * weeks + min(rest, 5)
        return weekdays + bisect_left(self.added, ordinal) - bisect_left(self.removed, ordinal)

    def workday_at(self, number: int) -> int:
        """The ordinal of the working day that has `number` working days before it."""
        guess = number * 7 // 5
        reach = 2 * (len(self.added) + len(self.removed)) + 7
        days = range(max(guess - reach, 0), guess + reach)
        return days[bisect_left(days, number + 1, key=self.workdays_before)] - 1

    def worked(self, within: timedelta) -> timedelta:
        """Working time of one working day up to the offset `within`."""
        passed = (min(within, end) - start for start, end in self.bands if start < within)
        return sum(passed, _NOTHING)

    def offset(self, worked: timedelta) -> timedelta:
        """The earliest offset in a day at which `worked` (0 < worked <= daily) has been worked."""
        start, before = next(
            (start, before)
            for start, end in self.bands
            if (before := self.worked(start)) + (end - start) >= worked
        )
        return start + worked - before


def _bands(shifts: tuple[tuple[time, time], ...]) -> tuple[tuple[timedelta, timedelta], ...]:
    """Shifts as offsets from midnight; an end at 00:00 means the end of the day."""
    bands = tuple((_offset(start), _offset(end) or _DAY) for start, end in shifts)
    edges = [edge for band in bands for edge in band]
    if not bands or edges != sorted(edges) or any(start == end for start, end in bands):
        raise Refused("shifts-not-in-order", shifts=shifts)
    return bands


def _offset(moment: time) -> timedelta:
    return datetime.combine(date.min, moment) - datetime.min


def _index(holidays: Holidays, shifts: tuple[tuple[time, time], ...]) -> _Index:
    bands = _bands(shifts)
    return _Index(
        added=tuple(sorted(day.toordinal() for day in holidays.makeup if day.weekday() >= 5)),
        removed=tuple(
            sorted(d.toordinal() for d in holidays.off - holidays.makeup if d.weekday() < 5)
        ),
        bands=bands,
        daily=sum((end - start for start, end in bands), _NOTHING),
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Announced holidays and one set of shifts; `code` names it in ledgers.

    Shifts are ordered local (start, end) pairs of one day that do not overlap; an end at 00:00 is
    midnight. Raises Refused("shifts-not-in-order") for any others, and for none.
    """

    holidays: Holidays
    shifts: tuple[tuple[time, time], ...]
    code: str = ""
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index(self.holidays, self.shifts))

    def is_workday(self, day: date) -> bool:
        """Monday to Friday minus days off, plus make-up days; a make-up day wins over a day off."""
        if day in self.holidays.makeup:
            return True
        return day.weekday() < 5 and day not in self.holidays.off

    def is_provisional(self, day: date) -> bool:
        """Whether the year of `day` has no announcement yet, so that Monday to Friday is a guess."""
        return day.year not in self.holidays.years

    def workdays(self, start: date, end: date) -> int:
        """Number of working days from `start` up to, without, `end`; negative when `end` is earlier."""
        count = self._index.workdays_before
        return count(end.toordinal()) - count(start.toordinal())

    def workday(self, first: date, number: int) -> date:
        """The `number`-th working day counted from `first`, itself the 1st if it is a working day."""
        before = self._index.workdays_before(first.toordinal())
        return date.fromordinal(self._index.workday_at(before + number - 1))

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Exact working time from `start` to `end`; negative when `end` is earlier."""
        return self._position(end) - self._position(start)

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Whole working seconds from `start` to `end`, only inside shifts on working days."""
        return self.working_time(start, end) // _SECOND

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant `amount` of working time after `start` (before it when negative).

        An amount used up exactly at the end of a shift gives that end, not the next morning.
        """
        if not amount:
            return start
        number, rest = divmod(self._position(start) + amount, self._index.daily)
        if not rest:
            number, rest = number - 1, self._index.daily
        day = timedelta(days=self._index.workday_at(number) - 1)
        return (_FIRST_DAY + day + self._index.offset(rest)).astimezone(UTC)

    def add_working_seconds(self, start: datetime, seconds: int) -> datetime:
        """The earliest instant by which `seconds` working seconds have passed since `start`."""
        return self.add_working_time(start, timedelta(seconds=seconds))

    def shifts_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every shift, uncut, of the working days from `start`'s to `end`'s; walks day by day."""
        for day in self.workdays_between(start, end):
            midnight = day_start(day)
            yield from ((midnight + begin, midnight + close) for begin, close in self._index.bands)

    def workdays_between(self, start: datetime, end: datetime) -> Iterator[date]:
        """The working days from the local day of `start` to that of `end`, both included."""
        ordinals = range(local_date(start).toordinal(), local_date(end).toordinal() + 1)
        return filter(self.is_workday, map(date.fromordinal, ordinals))

    def _position(self, moment: datetime) -> timedelta:
        """Working time from the year 1 to `moment`: differences of it are working time passed."""
        since = moment - _FIRST_DAY
        total = self._index.daily * self._index.workdays_before(since.days + 1)
        if self.is_workday(date.fromordinal(since.days + 1)):
            total += self._index.worked(since - timedelta(days=since.days))
        return total
