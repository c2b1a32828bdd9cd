"""Every deadline as a ledger: what ran, what paused and why, by which article, when it is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from app.domain.calendar import Calendar, local_date
from app.domain.counting import (
    IN_DAYS,
    NEVER,
    SECOND,
    Added,
    Count,
    Pause,
    Span,
    Terms,
    amount,
    due_by,
    laid,
)
from app.domain.limits import Limit, LimitUnit
from app.domain.refused import Refused
from app.domain.terms import Clock, Origin

RUNNING = "RUNNING"  # why a segment runs
OFF_SHIFT = "OFF_SHIFT"  # why a stretch does not count: night, lunch, day off
DAY_OFF = "DAY_OFF"  # the same under a limit in working days

#: Clocks of what somebody may do, not must: when they are over nobody is late.
WINDOWS = frozenset({Clock.K4})


class ClockState(StrEnum):
    """MISSED stopped after due; BREACHED has not, also when it was suspended after its due.

    LAPSED is a window that was used, or whose time is over; RETURNED, REASSIGNED and CANCELLED
    clocks went with a task that left its unit in time, undone.
    """

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    MET = "MET"
    MISSED = "MISSED"
    BREACHED = "BREACHED"
    LAPSED = "LAPSED"
    RETURNED = "RETURNED"
    REASSIGNED = "REASSIGNED"
    CANCELLED = "CANCELLED"


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
class Ledger:
    """One clock of one case or task (`about`), accounted for. Instants are UTC.

    `due` is None while an open pause makes it unknowable; `provisional`: a day up to `due`, or up
    to the pause, lies in a year whose holidays are not announced. Segments leave no gap. `added` is the
    part of the limit by which it was extended. `left_as`
    tells of a clock that only stopped because its task left the unit; `shared` is the number of the case whose
    clock it is, where that follows this one.
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
    then: Limit | None = None
    matter: str = ""
    left_as: ClockState | None = None
    added: tuple[Added, ...] = ()
    shared: str = ""

    @property
    def is_on_time(self) -> bool:
        """Whether the clock has stopped, and not after its due instant; equality is on time."""
        return self.stopped is not None and self.stopped <= (self.due or NEVER)

    def state(self, now: datetime) -> ClockState:
        """How the clock stands at `now`; at the due instant itself it still runs."""
        if self.clock in WINDOWS:
            is_over = self.stopped is not None or now > (self.due or NEVER)
            return ClockState.LAPSED if is_over else ClockState.RUNNING
        if self.left_as is not None:
            return self.left_as
        if self.stopped is not None:
            return ClockState.MET if self.is_on_time else ClockState.MISSED
        if now > (self.due or NEVER):
            return ClockState.BREACHED
        return ClockState.PAUSED if self._pauses(now) else ClockState.RUNNING

    def _pauses(self, now: datetime) -> bool:
        return any(not s.runs and s.start <= now < (s.end or NEVER) for s in self.segments)


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
    due = due_by(terms, span, calendar)
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
        then=terms.then,
        matter=terms.matter,
        added=terms.added,
    )


def left(ledger: Ledger, now: datetime, calendar: Calendar) -> Left:
    """What is left at `now`, or was left when the clock stopped. `calendar` is the ledger's own.

    Of a limit of two kinds of time clock time is left, up to the due instant.
    """
    if ledger.then is not None:
        return _left_of_both(ledger, now, calendar)
    count = Count(ledger.limit.unit, calendar)
    moment = ledger.stopped or now
    rest = amount(ledger.limit) - _spent(ledger, moment, count)
    if ledger.limit.unit not in IN_DAYS:
        return Left(count.kind, rest // SECOND, None, ledger.due)
    if ledger.due is None:
        moment = min(moment, _halt(ledger.segments))
    goal = ledger.due or count.reach(max(moment, count.begin(ledger.started)), rest)
    return Left(count.kind, (goal - moment) // SECOND, rest.days, ledger.due)


def _left_of_both(ledger: Ledger, now: datetime, calendar: Calendar) -> Left:
    """Held without end, what would be left if it ran on from where it last ran."""
    moment, goal = ledger.stopped or now, ledger.due
    if goal is None:
        halt = _halt(ledger.segments)
        past = (s for s in ledger.segments if not s.runs and s.start < halt)
        pauses = tuple(Pause(s.start, s.end, s.why, s.by) for s in past)
        terms = Terms(ledger.limit, ledger.source, ledger.article, ledger.origin, ledger.then)
        moment, goal = (
            min(moment, halt),
            due_by(terms, Span(ledger.started, None, pauses), calendar),
        )
    return Left("clock", (goal - moment) // SECOND if goal else 0, None, ledger.due)


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
    """The duty not yet done that is due first; one without due only if there is no other."""
    owed = (item for item in ledgers if item.stopped is None and item.clock not in WINDOWS)
    return min(owed, key=urgency, default=None)


def _segments(span: Span, article: int | None) -> Iterator[Segment]:
    begin, stop = span.started, span.stopped or NEVER
    for pause in laid(span, begin):
        if begin < pause.start:
            yield Segment(begin, pause.start, runs=True, why=RUNNING, article=article)
        yield Segment(pause.start, pause.end, runs=False, why=pause.why, article=None, by=pause.by)
        begin = pause.end or NEVER
    if begin < stop:
        yield Segment(begin, span.stopped, runs=True, why=RUNNING, article=article)


def _halt(segments: tuple[Segment, ...]) -> datetime:
    """Where a clock without due instant last ran: from there on pauses hold it."""
    return max((s.end for s in segments if s.runs and s.end), default=segments[0].start)


def _is_provisional(first: datetime, last: datetime, calendar: Calendar) -> bool:
    years = range(local_date(first).year, local_date(last).year + 1)
    return any(calendar.is_provisional(date(year, 1, 1)) for year in years)


def _spent(ledger: Ledger, moment: datetime, count: Count) -> timedelta:
    runs = _runs(ledger, count.begin(ledger.started), moment)
    return sum((count.spent(low, high) for low, high in runs), timedelta(0))


def _runs(ledger: Ledger, begin: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Running stretches between `begin` and `until`."""
    for segment in ledger.segments:
        low, high = max(segment.start, begin), min(segment.end or until, until)
        if segment.runs and low < high:
            yield low, high
