"""How time passes under a limit: what counts, what pauses it, and when the limit is used up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from app.domain.calendar import Calendar, closing_day, day_end, day_start, local_date
from app.domain.limits import Limit, LimitUnit
from app.domain.terms import Origin

_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
_ONE = {
    LimitUnit.CLOCK_MINUTE: timedelta(minutes=1),
    LimitUnit.CLOCK_HOUR: timedelta(hours=1),
    LimitUnit.WORK_MINUTE: timedelta(minutes=1),
    LimitUnit.WORK_HOUR: timedelta(hours=1),
    LimitUnit.WORK_DAY: _DAY,
    LimitUnit.CALENDAR_DAY: _DAY,
}
IN_DAYS = (LimitUnit.WORK_DAY, LimitUnit.CALENDAR_DAY)
_WORKING = (LimitUnit.WORK_MINUTE, LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    """Time from `start` up to, without, `end` (None: still open) that does not count."""

    start: datetime
    end: datetime | None
    why: str  # VERIFYING, SUSPENDED, STAGED
    by: str  # who ordered it


@dataclass(frozen=True, slots=True)
class Added:
    """Time by which a limit was extended: when and by whom, and the article and origin mark of that."""

    limit: Limit
    at: datetime
    by: str
    article: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Terms:
    """The limit that binds, and the source, article and origin mark it comes from.

    `then` is time on top, counted from where the limit ends, in a kind of its own; `matter` says which
    of several duties with the same clock it is. `added` is part of the limit already.
    """

    limit: Limit
    source: str
    article: int | None
    origin: Origin
    then: Limit | None = None
    matter: str = ""
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """When a clock started and stopped (None: not yet); pauses in any order, they may overlap."""

    started: datetime
    stopped: datetime | None = None
    pauses: tuple[Pause, ...] = ()


def between(start: datetime, stop: datetime | None, pauses: tuple[Pause, ...]) -> Span:
    """A span with those pauses that began within it."""
    return Span(start, stop, tuple(one for one in pauses if one.start >= start))


@dataclass(frozen=True, slots=True)
class Count:
    """How one unit passes; amounts are time, for limits in days whole days."""

    unit: LimitUnit
    calendar: Calendar

    @property
    def kind(self) -> Literal["clock", "working"]:
        return "working" if self.unit in _WORKING else "clock"

    def begin(self, started: datetime) -> datetime:
        """When counting begins: at once, or for days at the midnight after the trigger."""
        return day_start(local_date(started) + _DAY) if self.unit in IN_DAYS else started

    def spent(self, start: datetime, end: datetime) -> timedelta:
        """The amount that passes from `start` up to, without, `end`."""
        match self.unit:
            case LimitUnit.WORK_MINUTE | LimitUnit.WORK_HOUR:
                return self.calendar.working_time(start, end)
            case LimitUnit.WORK_DAY:
                return _DAY * self.calendar.workdays(closing_day(start), closing_day(end))
            case LimitUnit.CALENDAR_DAY:
                return closing_day(end) - closing_day(start)
            case _:
                return end - start

    def reach(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant at which `amount` has passed since `start`."""
        match self.unit:
            case LimitUnit.WORK_MINUTE | LimitUnit.WORK_HOUR:
                return self.calendar.add_working_time(start, amount)
            case LimitUnit.WORK_DAY:
                return day_end(self.calendar.workday(closing_day(start), amount.days))
            case LimitUnit.CALENDAR_DAY:
                return day_end(closing_day(start) + amount - _DAY)
            case _:
                return start + amount


def amount(limit: Limit) -> timedelta:
    return limit.value * _ONE[limit.unit]


def laid(span: Span, begin: datetime) -> Iterator[Pause]:
    """Pauses from `begin`, clipped to the span, each instant given to the first to cover it."""
    stop = span.stopped or NEVER
    for pause in sorted(span.pauses, key=lambda p: (p.start, p.end or NEVER)):
        start, end = max(pause.start, begin), min(pause.end or NEVER, stop)
        if start < end:
            yield Pause(start, None if end == NEVER else end, pause.why, pause.by)
            begin = end


def due_by(terms: Terms, span: Span, calendar: Calendar) -> datetime | None:
    """When the limit is used up, and after it what comes on top; a day is over when its last second is."""
    due = _due(span, Count(terms.limit.unit, calendar), amount(terms.limit))
    if due is None or terms.then is None:
        return due
    begin = due + SECOND if terms.limit.unit in IN_DAYS else due
    rest = Span(begin, span.stopped, span.pauses)
    return _due(rest, Count(terms.then.unit, calendar), amount(terms.then))


def _due(span: Span, count: Count, rest: timedelta) -> datetime | None:
    """Count `rest` off between the pauses; what comes after the stop is taken to run."""
    begin = count.begin(span.started)
    for pause in laid(span, begin):
        spent = count.spent(begin, pause.start)
        if spent >= rest:
            break
        if pause.end is None:
            return None
        begin, rest = pause.end, rest - spent
    return count.reach(begin, rest)
