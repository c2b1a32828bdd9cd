"""Every deadline as a ledger: what ran, what paused and why, by which article, when it is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from app.domain.calendar import Calendar, closing_day, day_end, day_start, local_date
from app.domain.limits import Limit, LimitUnit
from app.domain.refused import Refused
from app.domain.terms import Clock, Origin

RUNNING = "RUNNING"  # why a segment runs
OFF_SHIFT = "OFF_SHIFT"  # why a stretch does not count: night, lunch, day off
DAY_OFF = "DAY_OFF"  # the same under a limit in working days

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_ONE = {
    LimitUnit.CLOCK_MINUTE: timedelta(minutes=1),
    LimitUnit.CLOCK_HOUR: timedelta(hours=1),
    LimitUnit.WORK_MINUTE: timedelta(minutes=1),
    LimitUnit.WORK_HOUR: timedelta(hours=1),
    LimitUnit.WORK_DAY: _DAY,
    LimitUnit.CALENDAR_DAY: _DAY,
}
_IN_DAYS = (LimitUnit.WORK_DAY, LimitUnit.CALENDAR_DAY)
_WORKING = (LimitUnit.WORK_MINUTE, LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY)
_NEVER = datetime.max.replace(tzinfo=UTC)


class ClockState(StrEnum):
    """MISSED stopped after due; BREACHED has not, also when it was suspended after its due."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    MET = "MET"
    MISSED = "MISSED"
    BREACHED = "BREACHED"


@dataclass(frozen=True, slots=True)
class Pause:
    """Time from `start` up to, without, `end` (None: still open) that does not count."""

    start: datetime
    end: datetime | None
    why: str  # VERIFYING, SUSPENDED, STAGED
    by: str  # who ordered it


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of a clock's life; `why` is RUNNING or the pause's reason, `by` who paused."""

    start: datetime
    end: datetime | None
    runs: bool
    why: str
    article: int | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The limit that binds, and the source, article and origin mark it comes from."""

    limit: Limit
    source: str
    article: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Span:
    """When a clock started and stopped (None: not yet); pauses in any order, they may overlap."""

    started: datetime
    stopped: datetime | None = None
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """One clock of one case or task (`about`), accounted for. Instants are UTC.

    `due` is None while an open pause makes it unknowable; `provisional`: a day up to `due`, or up
    to the pause, lies in a year whose holidays are not announced. Segments leave no gap.
    """

    clock: Clock
    about: str
    limit: Limit
    source: str
    article: int | None
    origin: Origin
    calendar: str
    started: datetime
    stopped: datetime | None
    segments: tuple[Segment, ...]
    due: datetime | None
    provisional: bool

    @property
    def is_on_time(self) -> bool:
        """Whether the clock has stopped, and not after its due instant; equality is on time."""
        return self.stopped is not None and self.stopped <= (self.due or _NEVER)

    def state(self, now: datetime) -> ClockState:
        """How the clock stands at `now`; at the due instant itself it still runs."""
        if self.stopped is not None:
            return ClockState.MET if self.is_on_time else ClockState.MISSED
        if now > (self.due or _NEVER):
            return ClockState.BREACHED
        return ClockState.PAUSED if self._pauses(now) else ClockState.RUNNING

    def _pauses(self, now: datetime) -> bool:
        return any(not s.runs and s.start <= now < (s.end or _NEVER) for s in self.segments)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a limit; negative is overdue.

    Limits in minutes and hours: `seconds` of the kind `unit_kind` names, standing still in pauses;
    `days` is None. Limits in days: `days` whose end is still to come, today included; `seconds` of
    clock time to the due instant; suspended without end, as they were when the clock last ran.
    """

    unit_kind: Literal["clock", "working"]
    seconds: int
    days: int | None
    due: datetime | None


def measure(clock: Clock, about: str, terms: Terms, span: Span, calendar: Calendar) -> Ledger:
    """The ledger of `clock` for the row `about`. Raises Refused("limit-not-positive")."""
    if terms.limit.value < 1:
        raise Refused("limit-not-positive", clock=clock, value=terms.limit.value)
    segments = tuple(_segments(span, terms.article))
    due = _due(span, _Count(terms.limit.unit, calendar), _amount(terms.limit))
    return Ledger(
        clock=clock,
        about=about,
        limit=terms.limit,
        source=terms.source,
        article=terms.article,
        origin=terms.origin,
        calendar=calendar.code,
        started=span.started,
        stopped=span.stopped,
        segments=segments,
        due=due,
        provisional=_is_provisional(span.started, due or _halt(segments), calendar),
    )


def left(ledger: Ledger, now: datetime, calendar: Calendar) -> Left:
    """What is left at `now`, or was left when the clock stopped. `calendar` is the ledger's own."""
    count = _Count(ledger.limit.unit, calendar)
    moment = ledger.stopped or now
    rest = _amount(ledger.limit) - _spent(ledger, moment, count)
    if ledger.limit.unit not in _IN_DAYS:
        return Left(count.kind, rest // _SECOND, None, ledger.due)
    if ledger.due is None:
        moment = min(moment, _halt(ledger.segments))
    goal = ledger.due or count.reach(max(moment, count.begin(ledger.started)), rest)
    return Left(count.kind, (goal - moment) // _SECOND, rest.days, ledger.due)


def off_hours(ledger: Ledger, calendar: Calendar, until: datetime) -> tuple[Segment, ...]:
    """The stretches of running segments up to `until` that do not count, for display.

    Under working hours nights, lunch and days off; under working days the days off; else none.
    """
    match ledger.limit.unit:
        case LimitUnit.WORK_MINUTE | LimitUnit.WORK_HOUR:
            why, gaps = OFF_SHIFT, calendar.off_shift
        case LimitUnit.WORK_DAY:
            why, gaps = DAY_OFF, calendar.off_days
        case _:
            return ()
    return tuple(
        Segment(start, end, runs=False, why=why, article=ledger.article)
        for low, high in _runs(ledger, ledger.started, until)
        for start, end in gaps(low, high)
    )


def urgency(ledger: Ledger) -> tuple[bool, datetime]:
    """Sort key of running clocks: by due instant, so breached oldest first; without due last."""
    return ledger.due is None, ledger.due or ledger.started


def nearest(ledgers: Iterable[Ledger]) -> Ledger | None:
    """The clock not yet stopped that is due first; one without due only if there is no other."""
    return min((item for item in ledgers if item.stopped is None), key=urgency, default=None)


@dataclass(frozen=True, slots=True)
class _Count:
    """How one unit passes; amounts are time, for limits in days whole days."""

    unit: LimitUnit
    calendar: Calendar

    @property
    def kind(self) -> Literal["clock", "working"]:
        return "working" if self.unit in _WORKING else "clock"

    def begin(self, started: datetime) -> datetime:
        """When counting begins: at once, or for days at the midnight after the trigger."""
        return day_start(local_date(started) + _DAY) if self.unit in _IN_DAYS else started

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


def _amount(limit: Limit) -> timedelta:
    return limit.value * _ONE[limit.unit]


def _laid(span: Span, begin: datetime) -> Iterator[Pause]:
    """Pauses from `begin`, clipped to the span, each instant given to the first to cover it."""
    stop = span.stopped or _NEVER
    for pause in sorted(span.pauses, key=lambda p: (p.start, p.end or _NEVER)):
        start, end = max(pause.start, begin), min(pause.end or _NEVER, stop)
        if start < end:
            yield Pause(start, None if end == _NEVER else end, pause.why, pause.by)
            begin = end


def _due(span: Span, count: _Count, rest: timedelta) -> datetime | None:
    """Count `rest` off between the pauses; what comes after the stop is taken to run."""
    begin = count.begin(span.started)
    for pause in _laid(span, begin):
        spent = count.spent(begin, pause.start)
        if spent >= rest:
            break
        if pause.end is None:
            return None
        begin, rest = pause.end, rest - spent
    return count.reach(begin, rest)


def _segments(span: Span, article: int | None) -> Iterator[Segment]:
    begin, stop = span.started, span.stopped or _NEVER
    for pause in _laid(span, begin):
        if begin < pause.start:
            yield Segment(begin, pause.start, runs=True, why=RUNNING, article=article)
        yield Segment(pause.start, pause.end, runs=False, why=pause.why, article=None, by=pause.by)
        begin = pause.end or _NEVER
    if begin < stop:
        yield Segment(begin, span.stopped, runs=True, why=RUNNING, article=article)


def _halt(segments: tuple[Segment, ...]) -> datetime:
    """Where a clock without due instant last ran: from there on pauses hold it."""
    return max((s.end for s in segments if s.runs and s.end), default=segments[0].start)


def _is_provisional(first: datetime, last: datetime, calendar: Calendar) -> bool:
    years = range(local_date(first).year, local_date(last).year + 1)
    return any(calendar.is_provisional(date(year, 1, 1)) for year in years)


def _spent(ledger: Ledger, moment: datetime, count: _Count) -> timedelta:
    runs = _runs(ledger, count.begin(ledger.started), moment)
    return sum((count.spent(low, high) for low, high in runs), timedelta(0))


def _runs(ledger: Ledger, begin: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Running stretches between `begin` and `until`."""
    for segment in ledger.segments:
        low, high = max(segment.start, begin), min(segment.end or until, until)
        if segment.runs and low < high:
            yield low, high
