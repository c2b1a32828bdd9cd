"""The fixed rules beside the test (so many cases in so many hours), and how severe a warning is."""

from collections.abc import Iterable
from enum import IntEnum

from app.insight.knobs import Knobs

_DAY, _THREE_DAYS, _WEEK, _MONTH = 24, 72, 168, 720
#: The windows of the fixed rule (hours).
RULE_WINDOWS = (_DAY, _THREE_DAYS)


class Severity(IntEnum):
    """Blue: a rule or the test just passed; the others by counts, or by observed over expected."""

    BLUE = 0
    YELLOW = 1
    ORANGE = 2
    RED = 3


def severity_of(count: int, hours: int, ratio: float, knobs: Knobs) -> Severity:
    """By the counts of a day or of a week, whichever the window fits into, or by the ratio from such a count on."""
    counts = knobs.day_counts if hours <= _DAY else knobs.week_counts
    found = Severity.BLUE
    for place, least in enumerate(counts):
        enough = count >= least
        far = ratio >= knobs.ratios[place] and count >= knobs.day_counts[place]
        if enough or far:
            found = Severity(place + 1)
    return found


def is_frequent(
    counts: dict[int, int], usual: dict[int, float] | None, *, safety: bool, knobs: Knobs
) -> bool:
    """Whether a class in a community passes the fixed rule: cases by window of hours, and what is expected there.

    `usual` is None while there is no past; afterwards a count must also be a multiple of what is expected.
    """
    rules = [(_DAY, knobs.rule_24h), (_THREE_DAYS, knobs.rule_72h)]
    if safety:
        rules.append((_DAY, knobs.rule_safety_24h))
    return any(
        counts.get(hours, 0) >= least
        and (usual is None or counts.get(hours, 0) >= knobs.rule_ratio * usual.get(hours, 0.0))
        for hours, least in rules
    )


def is_frequent_place(times: Iterable[float], now: float, knobs: Knobs) -> bool:
    """Whether the same place, or the same cluster of texts, was reported often within a week (local hours)."""
    return sum(now - _WEEK < one <= now for one in times) >= knobs.rule_place_7d


def is_frequent_reporter(times: Iterable[float], now: float, knobs: Knobs) -> bool:
    """Whether the same reporter reported often within thirty days (local hours)."""
    return sum(now - _MONTH < one <= now for one in times) >= knobs.rule_reporter_30d
