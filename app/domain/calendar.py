"""Working days, make-up days and shifts: the line of time on which working limits are counted.

Local time is fixed UTC+8 without summer time. Instants go in timezone-aware and come out in UTC.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import NamedTuple

from app.domain.refused import Refused

LOCAL = timezone(timedelta(hours=8))

Stretch = tuple[datetime, datetime]

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


def day_end(day: date) -> datetime:
    """23:59:59 of the local `day`, where limits in days end, in UTC."""
    return day_start(day) + _DAY - _SECOND


def closing_day(moment: datetime) -> date:
    """The first local day whose 23:59:59 is not before `moment`."""
    here = moment.astimezone(LOCAL)
    return here.date() + _DAY if here.time() > time(23, 59, 59) else here.date()


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days off and make-up working days as announced, and the years whose announcement we hold."""

    off: frozenset[date]
    makeup: frozenset[date]
    years: frozenset[int]

    @property
    def version(self) -> str:
        """A name by which a table is known again: its last year, and a part of its digest."""
        return _version(self)

    def up_to(self, year: int) -> "Holidays":
        """What was known before the years after `year` were announced."""
        return _up_to(self, year)


@lru_cache(maxsize=16)
def _version(table: Holidays) -> str:
    parts = (table.off, table.makeup, table.years)
    text = "|".join(" ".join(sorted(map(str, part))) for part in parts)
    return f"{max(table.years, default=0)}-{sha256(text.encode()).hexdigest()[:6]}"


@lru_cache(maxsize=16)
def _up_to(table: Holidays, year: int) -> Holidays:
    off = frozenset(day for day in table.off if day.year <= year)
    makeup = frozenset(day for day in table.makeup if day.year <= year)
    return Holidays(off, makeup, frozenset(one for one in table.years if one <= year))


class _Band(NamedTuple):
    """One shift as offsets from midnight, and the working time of the day before it."""

    start: timedelta
    end: timedelta
    before: timedelta


class _Index(NamedTuple):
    """Counting as one look-up: Monday to Friday is arithmetic, the exceptions are summed beforehand.

    Days are ordinals. `exceptions` are weekend days worked and other days off, in order; `balance[i]`
    is what the first i of them add to the weekdays, `totals[i]` the working days up to and with the i-th.
    """

    exceptions: tuple[int, ...]
    balance: tuple[int, ...]
    totals: tuple[int, ...]
    bands: tuple[_Band, ...]
    daily: timedelta

    def workdays_before(self, ordinal: int) -> int:
        """Working days from the first of the year 1 up to, without, the day `ordinal`."""
        return _weekdays_before(ordinal) + self.balance[bisect_left(self.exceptions, ordinal)]

    def workday_at(self, number: int) -> int:
        """The ordinal of the working day that has `number` working days before it."""
        passed = bisect_right(self.totals, number)
        weeks, weekday = divmod(number - self.balance[passed], 5)
        usual = 7 * weeks + weekday + 1
        # unless the next exception, a weekend day worked, comes before that weekday
        return min((usual, *self.exceptions[passed : passed + 1]))

    def worked(self, within: timedelta) -> timedelta:
        """Working time of one working day up to the offset `within`."""
        for start, end, before in reversed(self.bands):
            if start < within:
                return before + min(within, end) - start
        return _NOTHING

    def offset(self, worked: timedelta) -> timedelta:
        """The earliest offset in a day at which `worked` (0 < worked <= daily) has been worked."""
        band = next(b for b in reversed(self.bands) if b.before < worked)
        return band.start + worked - band.before


def _weekdays_before(ordinal: int) -> int:
    weeks, rest = divmod(ordinal - 1, 7)
    return 5 * weeks + min(rest, 5)


def _bands(shifts: tuple[tuple[time, time], ...]) -> Iterator[_Band]:
    """Shifts as bands; an end at 00:00 means the end of the day."""
    latest = before = _NOTHING
    for start, end in ((_offset(start), _offset(end) or _DAY) for start, end in shifts):
        if not latest <= start < end:
            raise Refused("shifts-not-in-order", shifts=shifts)
        yield _Band(start, end, before)
        latest, before = end, before + end - start


def _offset(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def _exceptions(holidays: Holidays) -> dict[int, int]:
    """Ordinals of the days that are not as their weekday says: +1 worked all the same, -1 off."""
    off = holidays.off - holidays.makeup
    worked = {day.toordinal(): 1 for day in holidays.makeup if day.weekday() >= 5}
    return worked | {day.toordinal(): -1 for day in off if day.weekday() < 5}


def _index(holidays: Holidays, shifts: tuple[tuple[time, time], ...]) -> _Index:
    if not shifts:
        raise Refused("shifts-not-in-order", shifts=shifts)
    bands = tuple(_bands(shifts))
    weights = sorted(_exceptions(holidays).items())
    balance = tuple(accumulate((weight for _, weight in weights), initial=0))
    summed = zip(weights, balance[1:], strict=True)
    return _Index(
        exceptions=tuple(day for day, _ in weights),
        balance=balance,
        totals=tuple(_weekdays_before(day + 1) + net for (day, _), net in summed),
        bands=bands,
        daily=bands[-1].before + bands[-1].end - bands[-1].start,
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
        """Whether the year of `day` has no announcement yet: Monday to Friday is then a guess."""
        return day.year not in self.holidays.years

    def workdays(self, start: date, end: date) -> int:
        """Working days from `start` up to, without, `end`; negative when `end` is earlier."""
        count = self._index.workdays_before
        return count(end.toordinal()) - count(start.toordinal())

    def workday(self, first: date, number: int) -> date:
        """The `number`-th working day from `first`, itself the 1st if it is a working day."""
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

    def off_shift(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The nights, lunches and days off from `start` to `end`; walks day by day, for display."""
        return _gaps(start, end, self._shifts(start, end))

    def off_days(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The days off from `start` to `end`, whole from midnight to midnight except at the edges."""
        midnights = map(day_start, self._workdays(start, end))
        return _gaps(start, end, ((midnight, midnight + _DAY) for midnight in midnights))

    def _shifts(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        for midnight in map(day_start, self._workdays(start, end)):
            yield from ((midnight + b.start, midnight + b.end) for b in self._index.bands)

    def _workdays(self, start: datetime, end: datetime) -> Iterator[date]:
        ordinals = range(local_date(start).toordinal(), local_date(end).toordinal() + 1)
        return filter(self.is_workday, map(date.fromordinal, ordinals))

    def _position(self, moment: datetime) -> timedelta:
        """Working time from the year 1 to `moment`: differences of it are working time passed."""
        since = moment - _FIRST_DAY
        total = self._index.daily * self._index.workdays_before(since.days + 1)
        if self.is_workday(date.fromordinal(since.days + 1)):
            total += self._index.worked(since - timedelta(days=since.days))
        return total


def _gaps(low: datetime, high: datetime, counting: Iterator[Stretch]) -> Iterator[Stretch]:
    """What `counting`, in order, leaves free between `low` and `high`."""
    for start, end in counting:
        if low < min(start, high):
            yield low, min(start, high)
        low = max(low, end)
    if low < high:
        yield low, high
