"""How much time somebody means: a number of days or hours, or a day and an hour by the calendar."""

import re
from datetime import datetime, timedelta

from app.domain.calendar import LOCAL, day_end, local_date

_DAY = timedelta(days=1)
_NUMBER = re.compile(r"\+?\s*(\d{1,3})")
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\D)?(?P<month>\d{1,2})[^\d:：](?P<day>\d{1,2})\D?(?:\s*(?P<time>\d.*))?"
)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")


def read(text: str, now: datetime) -> int | datetime | None:
    """`3` as a number; `12-05`, `2026-12-05 17:00` or `17:00` as an instant, a day meaning its end.

    A day without a year is the next one of that name, an hour alone is of today. None when it is neither.
    """
    bare = text.strip()
    number = _NUMBER.fullmatch(bare)
    if number:
        return int(number[1])
    try:
        return _instant(bare, now.astimezone(LOCAL))
    except ValueError:
        return None


def _instant(text: str, here: datetime) -> datetime | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return _at(text, here)
    month, day = int(found["month"]), int(found["day"])
    on = here.replace(year=int(found["year"] or here.year), month=month, day=day)
    if found["year"] is None and on.date() < here.date():
        on = on.replace(year=here.year + 1)
    return _at(found["time"], on) if found["time"] else day_end(local_date(on))


def _at(text: str, on: datetime) -> datetime | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    return on.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)


def days_on(days: int, now: datetime) -> datetime:
    """The end of the day so many days from today."""
    return day_end(local_date(now) + timedelta(days=days))
