"""The clocks told a second time, as slowly and plainly as possible: walk minute by minute and count.

Shares nothing with app/domain/calendar.py and clocks.py: it reads the definition only. Times are
whole local minutes; one walk answers when a clock is due, what it has used and how it stands.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import count

SHENZHEN = timezone(timedelta(hours=8))
ZERO = datetime(2017, 1, 1, tzinfo=SHENZHEN)  # minute 0
DAY = 24 * 60
FOREVER = 10**9
LONGEST = {
    "CLOCK_MINUTE": 3 * DAY,
    "CLOCK_HOUR": 7 * 24,
    "WORK_MINUTE": 20 * 60,
    "WORK_HOUR": 60,
    "WORK_DAY": 12,
    "CALENDAR_DAY": 20,
}


@dataclass(frozen=True)
class Days:
    """What was announced, and the shifts."""

    off: frozenset[date]
    makeup: frozenset[date]
    years: frozenset[int]
    shifts: tuple[tuple[time, time], ...]

    def works(self, day: date) -> bool:
        return day in self.makeup or (day.isoweekday() <= 5 and day not in self.off)

    def on_shift(self) -> list[bool]:
        """For every minute of a working day, whether it belongs to a shift."""
        minutes = [False] * DAY
        for start, end in self.shifts:
            first, last = (60 * each.hour + each.minute for each in (start, end))
            for minute in range(first, last or DAY):
                minutes[minute] = True
        return minutes


@dataclass(frozen=True)
class Case:
    """One clock to be judged; instants are minutes since ZERO, None is not yet.

    `then` is a second limit that begins where the first ends; a window is what may be done, not must.
    """

    unit: str
    value: int
    started: int
    stopped: int | None
    pauses: tuple[tuple[int, int | None], ...]
    now: int
    then: tuple[str, int] | None = None
    is_window: bool = False


@dataclass(frozen=True)
class Answer:
    """`left` is in minutes, or days for limits in days, at the stop or at `now`; `ran` in minutes.

    Of two limits one after the other `left` are the minutes up to the due instant.
    """

    due: datetime | None
    provisional: bool
    state: str
    left: int
    ran: int


def when(minute: int) -> datetime:
    """The instant of a minute."""
    return ZERO + timedelta(minutes=minute)


def judge(case: Case, days: Days) -> Answer:
    """Walk from the start until both the due instant and the moment asked for are behind."""
    moment = case.now if case.stopped is None else case.stopped
    paused, frozen_from = _paused_minutes(case)
    (unit, needed), *later = _legs(case)
    ran, spent, counted, due = 0, 0, 0, None
    walk = _minutes(unit, case.started, days)
    while True:
        minute, counts = next(walk)
        if minute >= moment and (due or minute >= frozen_from):
            break
        if minute in paused or minute >= frozen_from:
            continue
        counted += counts
        if counts and counted == needed:
            due = None if later else _end_of(minute, unit)
        if minute < moment:
            ran, spent = ran + 1, counted
        if later and counted == needed:
            (unit, needed), *later = later
            walk, counted = _minutes(unit, minute + 1, days), 0
    provisional = not _years(case.started, due or when(frozen_from)) <= days.years
    left = needed - spent
    if case.then is not None:
        left = _to_the_end(case, days, (due, moment, frozen_from))
    return Answer(due, provisional, _state(case, due, paused, frozen_from), left, ran)


def _legs(case: Case) -> list[tuple[str, int]]:
    """The limits one after the other, each with how often its unit's minute must be met."""
    limits = [(case.unit, case.value), *([case.then] if case.then else [])]
    return [(unit, value * 60 if unit.endswith("_HOUR") else value) for unit, value in limits]


def _to_the_end(case: Case, days: Days, seen: tuple[datetime | None, int, int]) -> int:
    """Minutes to the due instant; held for good, those to where it would be if it ran on."""
    due, moment, frozen_from = seen
    if due is None:
        closed = ((start, end) for start, end in case.pauses if end and start < frozen_from)
        before = tuple((start, min(end, frozen_from)) for start, end in closed)
        due, moment = judge(replace(case, pauses=before), days).due, min(moment, frozen_from)
    return (due - when(moment)) // timedelta(minutes=1)


def _minutes(unit: str, started: int, days: Days) -> Iterator[tuple[int, bool]]:
    """Every minute from the start on, and whether it counts when the clock is not paused."""
    trigger_day, first = divmod(started, DAY)
    yield from enumerate(_day(unit, days, trigger_day, is_first=True)[first:], started)
    for day in count(trigger_day + 1):
        yield from enumerate(_day(unit, days, day, is_first=False), day * DAY)


def _day(unit: str, days: Days, day: int, *, is_first: bool) -> list[bool]:
    """The minutes of one day: which of them count."""
    works = days.works(when(day * DAY).date())
    match unit:
        case "CLOCK_MINUTE" | "CLOCK_HOUR":
            return [True] * DAY
        case "WORK_MINUTE" | "WORK_HOUR":
            return days.on_shift() if works else [False] * DAY
        case _:  # the minute that holds 23:59:59 stands for its day
            counts = not is_first and (works or unit == "CALENDAR_DAY")
            return [False] * (DAY - 1) + [counts]


def _years(started: int, last: datetime) -> set[int]:
    return set(range(when(started).year, last.year + 1))


def _end_of(minute: int, unit: str) -> datetime:
    if unit.endswith("_DAY"):
        return when(minute) + timedelta(seconds=59)
    return when(minute + 1)


def _paused_minutes(case: Case) -> tuple[set[int], int]:
    """The minutes inside closed pauses, and from when on an open pause holds everything."""
    paused: set[int] = set()
    frozen_from = FOREVER
    for start, end in case.pauses:
        if end is None and case.stopped is None:
            frozen_from = min(frozen_from, max(start, case.started))
        else:
            ends = [each for each in (end, case.stopped) if each is not None]
            paused |= set(range(start, min(ends)))
    while frozen_from - 1 in paused and frozen_from > case.started:
        frozen_from -= 1  # the open pause only prolongs another
    return paused, frozen_from


def _state(case: Case, due: datetime | None, paused: set[int], frozen_from: int) -> str:
    if case.is_window:
        return "LAPSED" if case.stopped is not None or (due and when(case.now) > due) else "RUNNING"
    if case.stopped is not None:
        return "MET" if due is not None and when(case.stopped) <= due else "MISSED"
    if due is not None and when(case.now) > due:
        return "BREACHED"
    is_paused = case.now >= frozen_from or (case.now in paused and case.now >= case.started)
    return "PAUSED" if is_paused else "RUNNING"


def random_case(chance: random.Random, first: date, last: date) -> Case:
    """A clock started on any day from `first` to `last`, with trouble of every kind near it."""
    unit = chance.choice(list(LONGEST))
    value = chance.randint(1, LONGEST[unit])
    if chance.random() < 0.5:
        value = chance.randint(1, min(value, 8))
    started = _start(chance, first, last)
    pauses = tuple(_pause(chance, started) for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 4))))
    stopped = started + _stretch(chance) if chance.random() < 0.5 else None
    now = started + _stretch(chance) - (200 if chance.random() < 0.05 else 0)
    case = Case(unit, value, started, stopped, pauses, now, is_window=chance.random() < 0.1)
    if chance.random() < 0.8:
        return case
    after = chance.choice(list(LONGEST))
    return replace(case, then=(after, chance.randint(1, min(LONGEST[after], 8))))


def _start(chance: random.Random, first: date, last: date) -> int:
    day = first + timedelta(days=chance.randint(0, (last - first).days))
    if chance.random() < 0.3:  # where holidays and years meet
        month, dom = chance.choice(((1, 1), (2, 5), (4, 5), (5, 1), (10, 1), (12, 30)))
        day = date(day.year, month, dom) + timedelta(days=chance.randint(-6, 8))
        day = min(max(day, first), last)
    hour = chance.choice((540, 720, 840, 1080, 0, DAY - 1, chance.randrange(DAY)))
    return (day - ZERO.date()).days * DAY + hour


def _stretch(chance: random.Random) -> int:
    """Minutes, sometimes on a round figure so that edges meet."""
    most = chance.choice((60, 600, 3 * DAY, 14 * DAY))
    step = chance.choice((1, 30, 60))
    return chance.randint(0, most // step) * step


def _pause(chance: random.Random, started: int) -> tuple[int, int | None]:
    start = started - 600 + _stretch(chance)
    if chance.random() < 0.12:
        return start, None
    if chance.random() < 0.15:  # ends on the last minute or on the midnight
        return start, (start // DAY + 1) * DAY - chance.choice((0, 1))
    return start, start + min(_stretch(chance), 5 * DAY)
