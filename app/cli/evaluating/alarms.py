"""What an evaluation of alarms counts: events found, false alarms a day, and the limit that keeps to so many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.cli.evaluating.injecting import Event
from app.insight.streams import DAY

#: Alarms of one key within so many hours are one; so long after an event they are still the event's.
MERGED = 7 * DAY
#: An event is found by an alarm no later than this after its last hour.
GRACE = 1.0 * DAY


@dataclass(frozen=True, slots=True)
class Alarm:
    """A key that stands out at an hour; the higher the score the more."""

    at: float
    key: tuple[int, int]
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """False alarms a day, the share of events found, and for each event found how late and after how many cases."""

    false_a_day: float
    found: float
    found_large: float
    late: tuple[float, ...]
    seen: tuple[int, ...]
    precision: float


#: From this size on an event is large.
LARGE = 12


def judge(alarms: Sequence[Alarm], events: Sequence[Event], days: float) -> Verdict:
    """Alarms, in order of time, against the events among them."""
    by_key: dict[tuple[int, int], list[Event]] = {}
    for one in events:
        by_key.setdefault(one.at, []).append(one)
    first: dict[int, float] = {}
    stray: list[Alarm] = []
    for alarm in alarms:
        own = [
            one for one in by_key.get(alarm.key, ()) if one.begin <= alarm.at <= one.end + MERGED
        ]
        for one in own:
            if alarm.at <= one.end + GRACE:
                first.setdefault(id(one), alarm.at)
        if not own:
            stray.append(alarm)
    return _verdict(first, events, sum(1 for _ in episodes(stray)), days)


def _verdict(first: dict[int, float], events: Sequence[Event], false: int, days: float) -> Verdict:
    found = [one for one in events if id(one) in first]
    large = [one for one in events if one.size >= LARGE]
    return Verdict(
        false / days,
        len(found) / max(1, len(events)),
        sum(id(one) in first for one in large) / max(1, len(large)),
        tuple(first[id(one)] - one.hours[0] for one in found),
        tuple(sum(hour <= first[id(one)] for hour in one.hours) for one in found),
        len(found) / max(1, len(found) + false),
    )


def episodes(alarms: Sequence[Alarm]) -> Iterator[Alarm]:
    """The first alarm of each key, and the next that comes MERGED hours after its last episode began."""
    begun: dict[tuple[int, int], float] = {}
    for alarm in alarms:
        if alarm.at - begun.get(alarm.key, -MERGED - 1) > MERGED:
            begun[alarm.key] = alarm.at
            yield alarm


def within(alarms: Sequence[Alarm], events: Sequence[Event], days: float, budget: float) -> Verdict:
    """The verdict at the lowest limit of score that keeps false alarms a day to the budget."""
    scores = sorted({one.score for one in alarms})
    low, high = 0, len(scores)
    while low < high:
        middle = (low + high) // 2
        kept = [one for one in alarms if one.score >= scores[middle]]
        if judge(kept, events, days).false_a_day <= budget:
            high = middle
        else:
            low = middle + 1
    limit = scores[low] if low < len(scores) else float("inf")
    return judge([one for one in alarms if one.score >= limit], events, days)
