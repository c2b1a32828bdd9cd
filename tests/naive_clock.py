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


@dataclass(frozen=True)
class Work:
    """A task from its dispatch on: limits as (until, unit, value), the last until None; closure reviews.

    Each review begins with a report of the disposal and ends with an order to work again.
    """

    dispatched: int
    limits: tuple[tuple[int | None, str, int], ...]
    again: tuple[str, int]
    reviews: tuple[tuple[int, int], ...]
    stopped: int | None


@dataclass(frozen=True)
class Round:
    """A stretch of work under one limit, judged for itself."""

    started: int
    stopped: int | None
    limit: tuple[str, int]
    due: datetime | None


def rounds(work: Work, days: Days) -> list[Round]:
    """A limit goes on after a review as long as anything is left of it, else that of rework begins.

    What stopped is judged by the limit of then; what is left is counted by the one it is judged by next.
    """
    found: list[Round] = []
    begin, is_again = work.dispatched, False
    stops = [*(start for start, _ in work.reviews), work.stopped]
    for (start, end), later in zip(work.reviews, stops[1:], strict=True):
        then, next_ = (_limit(work, at, is_again=is_again) for at in (start, later))
        if min(_round(work, begin, start, each, days)[1] for each in (then, next_)) <= 0:
            found.append(_round(work, begin, start, then, days)[0])
            begin, is_again = end, True
    last = _limit(work, work.stopped, is_again=is_again)
    return [*found, _round(work, begin, work.stopped, last, days)[0]]


def _limit(work: Work, at: int | None, *, is_again: bool) -> tuple[str, int]:
    if is_again:
        return work.again
    held = (one for one in work.limits if one[0] is None or (at is not None and at <= one[0]))
    _, unit, value = next(held)
    return unit, value


def _round(
    work: Work, begin: int, stop: int | None, limit: tuple[str, int], days: Days
) -> tuple[Round, int]:
    """The round, and what was left of the limit at its end."""
    pauses = tuple(one for one in work.reviews if one[0] >= begin)
    answer = judge(Case(*limit, begin, stop, pauses, stop or begin), days)
    return Round(begin, stop, limit, answer.due), answer.left


def random_work(chance: random.Random, first: date, last: date) -> Work:
    """A task with up to four reviews, and up to two changes of its limit."""
    now = dispatched = _start(chance, first, last)
    reviews, turns = [], []
    limit = _short_limit(chance)
    for _ in range(chance.randint(0, 4)):
        is_last_minute = limit[0] == "CLOCK_HOUR" and not reviews and chance.random() < 0.5
        start = now + (limit[1] * 60 if is_last_minute else 1 + _stretch(chance))
        now = start + 1 + _stretch(chance)
        reviews.append((start, now))
        turns.append(chance.choice((start, start - 1, now, now + 30)))
    stopped = now + 1 + _stretch(chance) if chance.random() < 0.7 else None
    changes = sorted(set(chance.sample(turns, min(len(turns), chance.randint(0, 2)))))
    kinds = [limit, *(_short_limit(chance) for _ in changes)]
    limits = tuple((until, *kind) for until, kind in zip((*changes, None), kinds, strict=True))
    again = chance.choice((("WORK_DAY", 1), ("CLOCK_HOUR", 2)))
    return Work(dispatched, limits, again, tuple(reviews), stopped)


def _short_limit(chance: random.Random) -> tuple[str, int]:
    unit = chance.choice(("CLOCK_HOUR", "WORK_HOUR", "WORK_DAY", "WORK_DAY"))
    return unit, chance.randint(1, 6)


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
