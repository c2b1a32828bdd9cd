"""The announced holidays, office hours, local times and clocks as tests write them."""

from datetime import UTC, datetime, time

from chinese_calendar import constants

from app.domain.calendar import LOCAL, Calendar, Holidays
from app.domain.clocks import Ledger, Pause, Span, Terms, measure
from app.domain.limits import Limit, LimitUnit
from app.domain.terms import Clock, Origin

ANNOUNCED = Holidays(
    off=frozenset(constants.holidays),
    makeup=frozenset(constants.workdays),
    years=frozenset(day.year for day in constants.holidays),
)
OFFICE = ((time(9), time(12)), (time(14), time(18)))
OFFICE_HOURS = Calendar(ANNOUNCED, OFFICE, "office")


def at(text: str) -> datetime:
    """Local time as written, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL).astimezone(UTC)


def terms(value: int, unit: str) -> Terms:
    return Terms(Limit(value, LimitUnit(unit)), "matrix", 15, Origin.PROP)


def clock(value: int, unit: str, start: str, *pauses: Pause, stop: str | None = None) -> Ledger:
    span = Span(at(start), None if stop is None else at(stop), pauses)
    return measure(Clock.K5, "task-1", terms(value, unit), span, OFFICE_HOURS)


def pause(start: str, end: str | None, why: str = "SUSPENDED", by: str = "li") -> Pause:
    return Pause(at(start), None if end is None else at(end), why, by)
