"""The nearest clock of a row of a queue: which limit it counts, and what is left of it now."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.domain.calendar import Calendar, day_end, local_date
from app.domain.clocks import Left
from app.domain.deadlines import VERIFYING
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Setting
from app.domain.policy import Policy
from app.domain.terms import CaseStatus, Clock, Role
from app.services.queries import QueueRow
from ui.countdown import Countdown, Urgency, held, running, until

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
#: Clocks whose limit is the class's disposal limit, not one of the edition's plain ones.
_DISPOSAL = (Clock.K5, Clock.K6)

_IN_DAYS = frozenset({LimitUnit.WORK_DAY, LimitUnit.CALENDAR_DAY})

#: States of a case whose work stands still, and those to which the edition gives so many working days.
_HALTED = frozenset({CaseStatus.SUSPENDED, CaseStatus.STAGED})
_NAMED = {CaseStatus.SUSPENDED: ".SUSPENSION", CaseStatus.DISPATCHED: ".ONE"}
_STILL: dict[CaseStatus, str] = {CaseStatus.SUSPENDED: "suspension.review_work_days"}

_Rule = tuple[Limit | None, Calendar]


def halt_of(status: CaseStatus, role: Role) -> str:
    """What holds up the work on a case, for whoever sits here: a look at the spot, but for who looks.

    A standstill holds it up for all.
    """
    if status in _HALTED:
        return str(status)
    is_held = status is CaseStatus.VERIFYING and role is not Role.GRID_OFFICER
    return VERIFYING if is_held else ""


def clock_key(row: QueueRow) -> str:
    """The words for the clock that a row is listed by; of a standstill, for which of them.

    Where the case is under way one of its tasks stands still: a row does not tell by what.
    """
    named = f"clock.name.{row.due_clock}"
    return named + _NAMED.get(row.status, "") if row.due_clock == Clock.K12 else named


class RuleClock:
    """Gives the row clock of the rules in force; `forget` it when they may be others."""

    def __init__(self, setting: Callable[[], Setting], role: Callable[[], Role]) -> None:
        self._setting, self._role = setting, role
        self._made: RowClock | None = None

    def __call__(self) -> "RowClock":
        """The clock of now."""
        if self._made is None:
            self._made = RowClock(self._setting(), self._role())
        return self._made

    def forget(self) -> None:
        """The rules in force may be others now."""
        self._made = None


class RowClock:
    """Reads rows under one setting. A row tells its due instant; the limit is what the edition says."""

    def __init__(self, setting: Setting, role: Role = Role.OPERATOR) -> None:
        self._setting, self._role = setting, role
        self._rules: dict[tuple[object, ...], _Rule] = {}
        self._calendars: dict[str, Calendar] = {}

    def read(self, row: QueueRow, now: datetime) -> Countdown:
        """How the row's nearest clock stands at `now`. Without a due instant it is suspended, or none runs."""
        if row.due_clock is None:
            return Countdown(Urgency.NONE)
        if row.due_at is None:
            return Countdown(Urgency.PAUSED)
        limit, calendar = self._rule(row)
        limit = _fitting(limit, row.due_at)
        left = _left(row.due_at, now, limit, calendar)
        return held(running(left, limit, now, calendar), halt_of(row.status, self._role))

    def _rule(self, row: QueueRow) -> _Rule:
        day = local_date(row.registered_at)
        key = (row.due_clock, row.status, row.grade, row.nature, row.category, row.lead_unit, day)
        if key not in self._rules:
            policy = self._setting.editions.judging(day).policy
            self._rules[key] = (self._limit(row, policy), self._calendar(policy))
        return self._rules[key]

    def _calendar(self, policy: Policy) -> Calendar:
        if policy.code not in self._calendars:
            self._calendars[policy.code] = self._setting.calendar(policy)
        return self._calendars[policy.code]

    def _limit(self, row: QueueRow, policy: Policy) -> Limit | None:
        try:
            clock = Clock(row.due_clock or "")
            if clock is Clock.K12 and row.status in _STILL:
                return Limit(int(policy.number(_STILL[row.status])), LimitUnit.WORK_DAY)
            if clock not in _DISPOSAL:
                return policy.limit(clock, row.grade).limit
            category = self._setting.directory.taxonomy.get(row.category)
            always = self._around_the_clock(row.lead_unit)
            found = policy.disposal(row.grade, row.nature, category, always)
        except (KeyError, ValueError):
            return None
        return found.limit if found else None

    def _around_the_clock(self, unit: str | None) -> bool:
        return unit is not None and self._setting.directory.unit(unit).around_the_clock


def _fitting(limit: Limit | None, due: datetime) -> Limit | None:
    """Limits in days end with a day. What does not is a step or a rework, whose limit no row tells."""
    is_in_days = limit is not None and limit.unit in _IN_DAYS
    return None if is_in_days and due != day_end(local_date(due)) else limit


def _of_days(days: int, limit: int) -> int:
    return limit if days == limit + 1 else days


def _left(due: datetime, now: datetime, limit: Limit | None, calendar: Calendar) -> Left:
    """What is left up to `due`, in the kind of time that `limit` counts; clock time when unknown.

    Of a limit in days the day it was triggered on does not count. More than that is left of one extended.
    """
    match limit:
        case Limit(unit=LimitUnit.WORK_MINUTE | LimitUnit.WORK_HOUR):
            return Left("working", calendar.working_seconds(now, due), None, due)
        case Limit(value, LimitUnit.WORK_DAY):
            days = calendar.workdays(local_date(now), local_date(due) + _DAY)
            return Left("working", (due - now) // _SECOND, _of_days(days, value), due)
        case Limit(value, LimitUnit.CALENDAR_DAY):
            days = (local_date(due) - local_date(now)).days + 1
            return Left("clock", (due - now) // _SECOND, _of_days(days, value), due)
        case _:
            return until(due, now)
