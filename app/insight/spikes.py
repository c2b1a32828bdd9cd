"""Whether a class has more cases somewhere than its past lets expect: every key, or those of one new case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.insight.baseline import Baseline, baseline_of, grouped
from app.insight.expecting import (
    CLASS_PRIOR,
    DISTRICT_PRIOR,
    RATE_PRIOR,
    Inputs,
    chance,
    expectation,
)
from app.insight.features import Floats
from app.insight.frequent import RULE_WINDOWS, Severity, is_frequent, severity_of
from app.insight.knobs import Knobs
from app.insight.streams import DAY, Stream
from app.insight.tail import discovered

#: Where a count lies nearer to what is expected than this many deviations it is not asked how likely it is.
_NEAR = 2.0
#: A warning is raised again when its count grows so much, or its chance falls so much.
AGAIN_COUNT, AGAIN_CHANCE = 2, 100


@dataclass(frozen=True, slots=True)
class Key:
    """What is counted: a class within a place of some grain (COMMUNITY, STREET, DISTRICT)."""

    grain: str
    category: str
    place: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning with all it rests on. `limit` is the largest chance that passed among so many `tests`."""

    key: Key
    at: float
    window: int
    inputs: Inputs
    chance: float
    tests: int
    limit: float
    severity: Severity


def recomputed(warned: Warned) -> float:
    """The chance again, from nothing but the inputs that the warning carries."""
    return chance(warned.inputs)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A class in a community that passes the fixed rule: cases and expected ones (once known) by window of hours."""

    key: Key
    at: float
    counts: dict[int, int]
    usual: dict[int, float] | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class Window:
    """One window at one grain: counts and what is expected as usual, by class and group."""

    grain: int
    hours: int
    counts: Floats
    usual: Floats
    share: Floats
    class_seen: Floats
    class_usual: Floats

    @classmethod
    def of(cls, grain: int, hours: int, counts: Floats, usual: Floats, share: Floats) -> "Window":
        """With the sums of each class."""
        return cls(grain, hours, counts, usual, share, counts.sum(axis=1), usual.sum(axis=1))

    def inputs(self, baseline: Baseline, at: tuple[int, int]) -> Inputs:
        """What the expectation of one key is made of."""
        one, usual = at[0], baseline.usual[self.grain]
        own, own_usual = float(self.counts[at]), float(self.usual[at])
        return Inputs(
            count=int(own),
            base=float(usual.base[at]),
            exposure=float(usual.exposure[at]),
            prior=float(usual.prior[at]),
            share=float(self.share[one]),
            class_seen=float(self.class_seen[one]) - own,
            class_expected=float(self.class_usual[one]) - own_usual,
            district_seen=float(self.class_seen.sum()) - own,
            district_expected=float(self.class_usual.sum()) - own_usual,
            spread=float(baseline.spread[one]),
        )

    def far(self, baseline: Baseline, least: Floats) -> Iterator[tuple[int, int]]:
        """Keys of enough cases, far enough above what is expected with the common shift."""
        seen, usual = self.counts, self.usual
        of_class = _shift(
            self.class_seen[:, None] - seen, self.class_usual[:, None] - usual, CLASS_PRIOR
        )
        of_all = _shift(
            self.class_seen.sum() - seen, self.class_usual.sum() - usual, DISTRICT_PRIOR
        )
        mu = usual * np.maximum(1.0, np.maximum(of_class, of_all))
        var = baseline.spread[:, None] * mu + mu**2 / (baseline.usual[self.grain].base + RATE_PRIOR)
        far = (seen >= least[:, None]) & (seen > mu + _NEAR * np.sqrt(var))
        yield from zip(*(axis.tolist() for axis in np.nonzero(far)), strict=True)


def _shift(seen: Floats, usual: Floats, prior: float) -> Floats:
    return (seen + prior) / (usual + prior)


@dataclass
class Watch:
    """Looks at a stream again and again. `safety` are the classes whose least count is the lower one."""

    stream: Stream
    knobs: Knobs
    safety: frozenset[str] = frozenset()
    limit: float = 0.0
    _raised: dict[Key, Warned] = field(default_factory=dict[Key, Warned])
    _ruled_at: dict[Key, float] = field(default_factory=dict[Key, float])
    _kept: tuple[int, Baseline | None] = (-1, None)

    def scan(self, now: float) -> list[Warned]:
        """Every key; what is new at `now` (local hours). Nothing while the past is too short for a test."""
        return self._news(self.standing_out(now))

    def standing_out(self, now: float) -> list[Warned]:
        """The same whether or not it is new: of each key the least likely window that passed."""
        baseline = self.baseline(now)
        if baseline is None:
            return []
        windows = list(self.windows(now, baseline))
        found = [one for window in windows for one in self._tested(window, baseline, now)]
        tests = sum(window.counts.size for window in windows)
        chances = [one.chance for one in found]
        self.limit = (
            discovered(chances, tests, self.knobs.discovery) or self.knobs.discovery / tests
        )
        return self._passed(found, tests)

    def on_filed(self, now: float, category: str, community: str) -> list[Warned]:
        """The keys of one case that was just added, held against the limit of the last whole pass."""
        return self._news(self.standing_out_of(now, category, community))

    def standing_out_of(self, now: float, category: str, community: str) -> list[Warned]:
        """The same whether or not it is new."""
        baseline = self.baseline(now)
        if baseline is None:
            return []
        layout = self.stream.layout
        one, place = layout.classes.index(category), layout.communities.index(community)
        windows = list(self.windows(now, baseline))
        tests = sum(window.counts.size for window in windows)
        self.limit = self.limit or self.knobs.discovery / tests
        own = [
            self._warned(window, baseline, (one, layout.levels[window.grain].group_of[place]), now)
            for window in windows
        ]
        return self._passed(
            [each for each in own if each.inputs.count >= self._least()[one]], tests
        )

    def ruled(self, now: float) -> list[Ruled]:
        """What passes the fixed rule, whether or not a past is known; each again only after the cooldown."""
        found: list[Ruled] = []
        for one, place, counts in self._counted(now):
            at = self.stream.layout.classes[one], self.stream.layout.communities[place]
            usual = self.usual_of(now, *at)
            category = self.stream.layout.classes[one]
            if is_frequent(counts, usual, safety=category in self.safety, knobs=self.knobs):
                key = Key("COMMUNITY", category, self.stream.layout.communities[place])
                severity = max(
                    severity_of(count, size, 0.0, self.knobs) for size, count in counts.items()
                )
                found.append(Ruled(key, now, counts, usual, severity))
        return [one for one in found if self._is_due(one)]

    def _is_due(self, one: Ruled) -> bool:
        last = self._ruled_at.get(one.key)
        if last is not None and one.at - last < self.knobs.cooldown_days * DAY:
            return False
        self._ruled_at[one.key] = one.at
        return True

    def _counted(self, now: float) -> Iterator[tuple[int, int, dict[int, int]]]:
        """Classes and communities with cases, and how many within the rule's windows."""
        found: dict[tuple[int, int], dict[int, int]] = {}
        hours, classes, places = self.stream.between(now - max(RULE_WINDOWS), now)
        for hour, one, place in zip(hours.tolist(), classes.tolist(), places.tolist(), strict=True):
            counts = found.setdefault((one, place), dict.fromkeys(RULE_WINDOWS, 0))
            for size in RULE_WINDOWS:
                counts[size] += hour > now - size
        yield from ((one, place, counts) for (one, place), counts in found.items())

    def usual_of(self, now: float, category: str, community: str) -> dict[int, float] | None:
        """How many are usual there within each window of the rule; None while there is no past."""
        baseline, layout = self.baseline(now), self.stream.layout
        if baseline is None:
            return None
        one, place = layout.classes.index(category), layout.communities.index(community)
        rate = float(baseline.usual[0].rate[one, place])
        return {size: rate * float(baseline.share(now - size, now)[one]) for size in RULE_WINDOWS}

    def baseline(self, now: float) -> Baseline | None:
        """What is usual; worked out once a day."""
        day = int(now // DAY)
        if self._kept[0] != day:
            self._kept = day, baseline_of(self.stream, now, self.knobs)
        return self._kept[1]

    def windows(self, now: float, baseline: Baseline) -> Iterator[Window]:
        """Every window at every grain."""
        layout = self.stream.layout
        hours, classes, places = self.stream.between(now - max(self.knobs.windows), now)
        shape = len(layout.classes), len(layout.communities)
        for size in self.knobs.windows:
            inside = hours > now - size
            flat = classes[inside] * shape[1] + places[inside]
            counts = (
                np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
            )
            share = baseline.share(now - size, now)
            for grain, level in enumerate(layout.levels):
                seen = grouped(counts, level.group_of, len(level.codes))
                usual = baseline.usual[grain].rate * share[:, None]
                yield Window.of(grain, size, seen, usual, share)

    def _least(self) -> Floats:
        lower, usual = self.knobs.least_safety, self.knobs.least
        return np.array(
            [lower if one in self.safety else usual for one in self.stream.layout.classes], float
        )

    def _tested(self, window: Window, baseline: Baseline, now: float) -> Iterator[Warned]:
        for at in window.far(baseline, self._least()):
            yield self._warned(window, baseline, at, now)

    def _warned(
        self, window: Window, baseline: Baseline, at: tuple[int, int], now: float
    ) -> Warned:
        layout, inputs = self.stream.layout, window.inputs(baseline, at)
        level = layout.levels[window.grain]
        key = Key(level.name, layout.classes[at[0]], level.codes[at[1]])
        ratio = inputs.count / expectation(inputs).mu
        severity = severity_of(inputs.count, window.hours, ratio, self.knobs)
        return Warned(key, now, window.hours, inputs, chance(inputs), 0, 0.0, severity)

    def _passed(self, found: Sequence[Warned], tests: int) -> list[Warned]:
        best: dict[Key, Warned] = {}
        for one in sorted(found, key=lambda each: each.chance):
            if one.chance <= self.limit:
                best.setdefault(one.key, replace(one, tests=tests, limit=self.limit))
        return list(best.values())

    def _news(self, passed: Sequence[Warned]) -> list[Warned]:
        """What passed, unless it was raised not long ago."""
        return [self._raise(one) for one in passed if self._is_new(one)]

    def _is_new(self, one: Warned) -> bool:
        before = self._raised.get(one.key)
        if before is None or one.at - before.at >= self.knobs.cooldown_days * DAY:
            return True
        grown = one.inputs.count >= AGAIN_COUNT * before.inputs.count
        return grown or one.chance * AGAIN_CHANCE <= before.chance

    def _raise(self, one: Warned) -> Warned:
        self._raised[one.key] = one
        return one
