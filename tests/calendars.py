"""The announced holidays, office hours and local times as tests write them."""

from datetime import UTC, datetime, time

from chinese_calendar import constants

from app.domain.calendar import LOCAL, Calendar, Holidays

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
