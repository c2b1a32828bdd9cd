"""What is usual at a day: rates by class and place, weekdays, hours of the day, and how much days differ."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from app.insight.expecting import LEAST_RATE, RATE_PRIOR
from app.insight.features import Floats
from app.insight.knobs import Knobs
from app.insight.streams import DAY, Ints, Layout, Stream

WEEK, YEAR = 7, 365
#: How many cases the district's weekdays weigh against a class's own.
WEEKDAY_PRIOR = 500.0
#: Days above mean + HIGH·√mean + 1 are cut there.
HIGH = 2.58
#: Squared distances count no further than this many means; variance over mean lies between the two.
FARTHEST, SPREAD = 49.0, (1.0, 6.0)


@dataclass(frozen=True, slots=True)
class Usual:
    """One grain of places: arrays by class and group. `rate` is cases an average day."""

    base: Floats
    exposure: Floats
    prior: Floats
    rate: Floats


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual: by grain, the class's weekday factors (class, 7), hours of the day (24, sum 1), spread."""

    days: int
    usual: tuple[Usual, ...]
    weekdays: Floats
    hours: Floats
    spread: Floats

    def share(self, begin: float, end: float) -> Floats:
        """How many average days a window of hours is worth, for each class."""
        first: Floats = np.arange(float(floor(begin)), float(ceil(end)))
        part = np.minimum(first + 1, end) - np.maximum(first, begin)
        worth = part * self.hours[(first % DAY).astype(np.int64)]
        return self.weekdays[:, (first // DAY % WEEK).astype(np.int64)] @ worth


def baseline_of(stream: Stream, now: float, knobs: Knobs) -> Baseline | None:
    """What is usual as seen at `now`; None while the past is too short."""
    today = int(now // DAY)
    past = today - int(stream.begins // DAY) if len(stream) else 0
    if past < knobs.first_days:
        return None
    is_long = past >= knobs.baseline_days + knobs.gap_days
    gap = knobs.gap_days if is_long else 1
    days = knobs.baseline_days if is_long else min(knobs.short_days, past - gap)
    end = today - gap
    weekdays = _weekdays(stream, end)
    hours, classes, places = stream.between((end - days) * DAY, np.nextafter(end * DAY, 0))
    daily = _daily(
        stream.layout, classes, places, (hours // DAY).astype(np.int64) - (end - days), days
    )
    factors = weekdays[:, (np.arange(end - days, end) % WEEK)]
    usual = tuple(
        _usual(grouped(daily, level.group_of, len(level.codes)), factors)
        for level in stream.layout.levels
    )
    spread = _spread(daily, usual[0].rate, factors)
    return Baseline(days, usual, weekdays, _hours(hours), spread)


def _daily(layout: Layout, classes: Ints, places: Ints, day: Ints, days: int) -> Floats:
    """Cases by class, community and day."""
    shape = len(layout.classes), len(layout.communities), days
    flat = np.ravel_multi_index((classes, places, day), shape)
    return np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)


def grouped(counts: Floats, group_of: tuple[int, ...], groups: int) -> Floats:
    """Counts by class and community (and more) as counts by class and group."""
    if group_of == tuple(range(groups)):
        return counts
    member = np.zeros((len(group_of), groups))
    member[np.arange(len(group_of)), np.array(group_of)] = 1
    found: Floats = np.moveaxis(np.tensordot(counts, member, axes=(1, 0)), -1, 1)
    return found


def _usual(daily: Floats, factors: Floats) -> Usual:
    mean = daily.mean(axis=2)
    base = np.minimum(daily, (mean + HIGH * np.sqrt(mean) + 1)[:, :, None]).sum(axis=2)
    exposure = np.broadcast_to(factors.sum(axis=1)[:, None], base.shape)
    total = max(1.0, float(daily.sum())) * daily.shape[2]
    prior = np.outer(daily.sum(axis=(1, 2)), daily.sum(axis=(0, 2))) / total
    prior = np.maximum(prior, LEAST_RATE)
    rate = np.maximum(LEAST_RATE, (base + RATE_PRIOR) / (exposure + RATE_PRIOR / prior))
    return Usual(base, exposure, prior, rate)


def _weekdays(stream: Stream, end: int) -> Floats:
    """Weekday factors of each class from the last year, mean 1, drawn towards the district's."""
    hours, classes, _ = stream.between((end - YEAR) * DAY, np.nextafter(end * DAY, 0))
    first = int(hours[0] // DAY) if len(hours) else end
    seen = np.bincount(np.arange(first, end) % WEEK, minlength=WEEK)
    weekday = (hours // DAY % WEEK).astype(np.int64)
    counts = np.zeros((len(stream.layout.classes), WEEK))
    np.add.at(counts, (classes, weekday), 1)
    a_day = (counts + 1 / WEEK) / np.maximum(seen, 1)
    own = a_day / a_day.mean(axis=1, keepdims=True)
    all_ = a_day.sum(axis=0) / a_day.sum(axis=0).mean()
    weight = counts.sum(axis=1, keepdims=True)
    weight = weight / (weight + WEEKDAY_PRIOR)
    return weight * own + (1 - weight) * all_


def _hours(hours: Floats) -> Floats:
    counts = np.bincount((hours % DAY).astype(np.int64), minlength=DAY) + 1.0
    return counts / counts.sum()


def _spread(daily: Floats, rate: Floats, factors: Floats) -> Floats:
    """Variance over mean of each class, generously: what is far counts, but no single day decides."""
    mean = rate[:, :, None] * factors[:, None, :]
    far = np.minimum((daily - mean) ** 2, FARTHEST * mean)
    return np.clip(far.sum(axis=(1, 2)) / mean.sum(axis=(1, 2)), *SPREAD)
