"""What a unit replied, held against what was asked: sentence by sentence, words copied, and days promised."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.domain.calendar import Calendar, day_end, local_date
from app.domain.likeness import contained, pairs

#: Where a sentence ends; the sign stays with it.
_END = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_SIGNS = re.compile(r"[\W_]+")
_FIGURES = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
#: A month is counted as its thirty days.
_DAYS = {"周": 7, "星期": 7, "月": 30}
_COUNT = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
#: A day that is named, and time that is given from the reply on.
_NAMED = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})[日号](?:之?前|以前|内)")
_GIVEN = re.compile(rf"{_COUNT}个?(工作日|小时|天|日|周|星期|月)(?:之内|以内|内)")


@dataclass(frozen=True, slots=True)
class Promise:
    """A day or span that a reply names, in its own words, and the instant that it comes to."""

    words: str
    due: datetime


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, without blanks around them."""
    found = (one.group().strip() for one in _END.finditer(text))
    return tuple(one for one in found if _SIGNS.sub("", one))


def copied(
    result: str, others: Iterable[tuple[str, str]], share: float
) -> tuple[tuple[str, float], ...]:
    """Of `others` (a key and a reply) those that say the same, the likest first, each with how like it is."""
    said = pairs(result)
    found = ((key, contained(said, pairs(text))) for key, text in others)
    return tuple(
        sorted((one for one in found if one[1] >= share), key=lambda one: (-one[1], one[0]))
    )


def promises(text: str, said_at: datetime, calendar: Calendar) -> tuple[Promise, ...]:
    """The days that a reply of that time promises, in the order of its words; what is no day is left out."""
    found = [*_each(_NAMED, partial(_named, said_at), text)]
    found += _each(_GIVEN, partial(_given, said_at, calendar), text)
    return tuple(promise for _, promise in sorted(found, key=lambda one: one[0]))


def _each(
    pattern: re.Pattern[str], read: Callable[[re.Match[str]], datetime | None], text: str
) -> Iterator[tuple[int, Promise]]:
    for match in pattern.finditer(text):
        due = read(match)
        if due is not None:
            yield match.start(), Promise(match.group(), due)


def _named(said_at: datetime, found: re.Match[str]) -> datetime | None:
    """Without a year it is the next such day, seen from the reply."""
    today = local_date(said_at)
    try:
        if found[1]:
            return day_end(date(int(found[1]), int(found[2]), int(found[3])))
        days = (date(year, int(found[2]), int(found[3])) for year in (today.year, today.year + 1))
        return next((day_end(one) for one in days if one >= today), None)
    except ValueError:
        return None


def _given(said_at: datetime, calendar: Calendar, found: re.Match[str]) -> datetime | None:
    number, today = _number(found[1]), local_date(said_at)
    if not number:
        return None
    if found[2] == "小时":
        return said_at + timedelta(hours=number)
    if found[2] == "工作日":
        return day_end(calendar.workday(today + timedelta(days=1), number))
    return day_end(today + timedelta(days=number * _DAYS.get(found[2], 1)))


def _number(said: str) -> int:
    """A number up to 99, in figures or in words; 0 for what is none."""
    if said.isascii():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return _FIGURES[said] if len(said) == 1 else 0
    parts = _FIGURES.get(tens, 0) if tens else 1, _FIGURES.get(ones, 0) if ones else 0
    return 10 * parts[0] + parts[1] if len(tens) < 2 and len(ones) < 2 else 0
