"""Events put into a stream on purpose: so many cases more of one class in one place within days or hours."""

from dataclasses import dataclass

import numpy as np

from app.cli.evaluating.simulator import Cases
from app.insight.features import Floats
from app.insight.streams import DAY


@dataclass(frozen=True, slots=True)
class Event:
    """Where, from and to which hour, how many cases, and the hours of each."""

    at: tuple[int, int]
    begin: float
    end: float
    hours: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many cases."""
        return len(self.hours)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many events of which sizes and lengths (hours), in which span of hours; `weights` by class and place."""

    count: int
    sizes: tuple[int, ...]
    lengths: tuple[int, ...]
    span: tuple[float, float]
    seed: int


def events(plan: Plan, weights: Floats) -> list[Event]:
    """Events at chance; the likelier where `weights` are large."""
    chance = np.random.default_rng(plan.seed)
    flat: Floats = (weights / weights.sum()).ravel()
    found: list[Event] = []
    while len(found) < plan.count:
        one, place = divmod(int(chance.choice(len(flat), p=flat)), weights.shape[1])
        length = int(chance.choice(plan.lengths))
        begin = chance.uniform(plan.span[0], plan.span[1] - length) // DAY * DAY
        if length < DAY:
            begin += float(chance.integers(8, 20 - length))
        found.append(_event((one, place), begin, length, int(chance.choice(plan.sizes)), chance))
    return found


def _event(
    at: tuple[int, int], begin: float, length: int, size: int, chance: np.random.Generator
) -> Event:
    """Flat, rising or falling off, by chance; over days the cases come by day."""
    shape = {0: (1.0, 1.0), 1: (2.0, 1.0), 2: (1.0, 2.0)}[int(chance.integers(3))]
    hours: Floats = np.sort(begin + length * chance.beta(*shape, size))
    if length >= DAY:
        hours = np.sort(hours // DAY * DAY + chance.uniform(8, 22, size))
    return Event(at, begin, begin + length, tuple(hours.tolist()))


def cases_of(found: list[Event]) -> Cases:
    """All cases of events, in order of time."""
    hours = np.array([hour for one in found for hour in one.hours])
    order = np.argsort(hours, kind="stable")
    classes = np.array([one.at[0] for one in found for _ in one.hours], np.int64)
    places = np.array([one.at[1] for one in found for _ in one.hours], np.int64)
    return Cases(hours[order], classes[order], places[order])
