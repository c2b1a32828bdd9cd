"""Three detectors over one stream: the test, the fixed rule, and EARS C2 as others use it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log10

import numpy as np

from app.cli.evaluating.alarms import Alarm
from app.cli.evaluating.simulator import Cases
from app.insight.expecting import chance
from app.insight.features import Floats
from app.insight.knobs import Knobs
from app.insight.spikes import Watch
from app.insight.streams import DAY, Layout, Stream
from app.insight.tail import discovered

#: EARS C2: a week that ends two days before, and the least deviation.
_EARS_DAYS, _EARS_GAP, _EARS_LEAST = 7, 2, 0.5
#: Fewer cases never alarm.
_LEAST = 3
_RARE = 1e-3


@dataclass(slots=True)
class Seen:
    """Alarms of the test at any limit and at its own, of the rule's count; what a look took (processor, ms)."""

    test: list[Alarm] = field(default_factory=list[Alarm])
    passed: list[Alarm] = field(default_factory=list[Alarm])
    rule: list[Alarm] = field(default_factory=list[Alarm])
    took: list[float] = field(default_factory=list[float])
    rare: int = 0
    tests: int = 0


def stream_of(cases: Cases, layout: Layout) -> Stream:
    """Cases by number as a stream."""
    stream = Stream(layout)
    hours: list[float] = cases.hours.tolist()
    classes: list[int] = cases.classes.tolist()
    places: list[int] = cases.places.tolist()
    codes = zip(hours, classes, places, strict=True)
    stream.fill((hour, layout.classes[one], layout.communities[at]) for hour, one, at in codes)
    return stream


def looked(stream: Stream, hours: Sequence[float], knobs: Knobs) -> Seen:
    """Look at each hour at the communities alone."""
    watch, seen = Watch(stream, knobs), Seen()
    for now in hours:
        watch.baseline(now)
        begun = time.thread_time()
        _look(watch, now, seen)
        seen.took.append((time.thread_time() - begun) * 1000)
    return seen


def _look(watch: Watch, now: float, seen: Seen) -> None:
    baseline = watch.baseline(now)
    if baseline is None:
        return
    least = np.full(len(watch.stream.layout.classes), float(_LEAST))
    best: dict[tuple[int, int], float] = {}
    chances: list[float] = []
    tests = 0
    for window in watch.windows(now, baseline):
        tests += window.counts.size
        if window.hours == DAY:
            seen.rule += _counted(now, window.counts)
        for at in window.far(baseline, least):
            p = chance(window.inputs(baseline, at))
            chances.append(p)
            best[at] = min(p, best.get(at, 1.0))
    limit = discovered(chances, tests, watch.knobs.discovery)
    seen.tests += tests
    seen.rare += sum(p < _RARE for p in chances)
    seen.test += [Alarm(now, at, -log10(max(p, 1e-300))) for at, p in best.items()]
    seen.passed += [Alarm(now, at, 1.0) for at, p in best.items() if p <= limit]


def _counted(now: float, counts: Floats) -> list[Alarm]:
    keys = zip(*np.nonzero(counts >= _LEAST), strict=True)
    return [Alarm(now, (int(one), int(at)), float(counts[one, at])) for one, at in keys]


def ears(cases: Cases, layout: Layout, days: Sequence[int]) -> list[Alarm]:
    """EARS C2 at the end of each day: today above the mean of a week, in deviations of that week."""
    shape = len(layout.classes), len(layout.communities), max(days) + 1
    day = (cases.hours // DAY).astype(np.int64)
    kept = day < shape[2]
    flat = np.ravel_multi_index((cases.classes[kept], cases.places[kept], day[kept]), shape)
    daily = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
    found: list[Alarm] = []
    for today in days:
        past = daily[:, :, today - _EARS_GAP - _EARS_DAYS : today - _EARS_GAP]
        score = (daily[:, :, today] - past.mean(2)) / np.maximum(past.std(2, ddof=1), _EARS_LEAST)
        keys = zip(*np.nonzero((daily[:, :, today] >= _LEAST) & (score > 0)), strict=True)
        end = (today + 1.0) * DAY
        found += [Alarm(end, (int(one), int(at)), float(score[one, at])) for one, at in keys]
    return found
