"""A made-up district's stream of cases: uneven classes and places, weekdays, seasons, shocks, storms, holidays."""

from dataclasses import dataclass

import numpy as np

from app.insight.features import Floats
from app.insight.streams import DAY, Ints, Layout

#: Cases by weekday and by hour as Pingshan's are (INSIGHT 1.4).
_WEEKDAYS = np.array([1.12, 1.35, 1.07, 0.98, 1.08, 0.70, 0.65])
_HOURS = np.array(
    [1, 1, 0.5, 0.5, 0.5, 1, 2, 5, 8, 10.5, 12.7, 7, 4, 4.5, 7, 7, 6, 5, 4, 4, 4, 3, 2, 1.5]
)
_STORMY, _STORMS, _HOLIDAYS = 6, 12, 11


@dataclass(frozen=True, slots=True)
class World:
    """How large and how restless: cases a day, most variance over mean, days, and the seed."""

    volume: float
    spread: float
    days: int
    seed: int
    classes: int = 60
    places: int = 23

    def layout(self) -> Layout:
        """Classes and communities by number."""
        codes = [f"C{one}" for one in range(self.classes)]
        return Layout.of(codes, [f"P{one}" for one in range(self.places)])


@dataclass(frozen=True, slots=True)
class Cases:
    """Hours (ascending), classes and places, by number."""

    hours: Floats
    classes: Ints
    places: Ints

    def with_more(self, other: "Cases") -> "Cases":
        """Both, in order of time."""
        hours = np.concatenate([self.hours, other.hours])
        order = np.argsort(hours, kind="stable")
        classes = np.concatenate([self.classes, other.classes])[order]
        return Cases(hours[order], classes, np.concatenate([self.places, other.places])[order])


def simulated(world: World) -> Cases:
    """The same world, the same cases."""
    chance = np.random.default_rng(world.seed)
    mean = _means(world, chance)
    spread = chance.uniform(1.0, world.spread, world.classes)[:, None, None]
    size = mean / np.maximum(spread - 1, 1e-3)
    daily = chance.poisson(chance.gamma(size, np.maximum(spread - 1, 1e-3)))
    classes, places, days = np.nonzero(daily)
    times = daily[classes, places, days]
    return timed(
        np.repeat(days, times), np.repeat(classes, times), np.repeat(places, times), chance
    )


def timed(days: Ints, classes: Ints, places: Ints, chance: np.random.Generator) -> Cases:
    """Cases of whole days, each given an hour."""
    hour = chance.choice(DAY, len(days), p=_HOURS / _HOURS.sum())
    hours = days * DAY + hour + chance.uniform(0, 1, len(days))
    order = np.argsort(hours, kind="stable")
    return Cases(hours[order], classes[order], places[order])


def _means(world: World, chance: np.random.Generator) -> Floats:
    """Cases expected by class, place and day."""
    rank = np.arange(1, world.classes + 1) ** -1.0
    weight = np.outer(rank / rank.sum(), chance.dirichlet(np.full(world.places, 3.0)))
    weight = weight * chance.lognormal(0, 0.4, weight.shape)
    level = _of_days(world, chance)
    return weight[:, :, None] / weight.sum() * world.volume * level[:, None, :]


def _of_days(world: World, chance: np.random.Generator) -> Floats:
    """How much more or less than usual by class and day."""
    day = np.arange(world.days)
    weekday = _WEEKDAYS ** chance.uniform(0.4, 1.2, (world.classes, 1))
    season = 1 + chance.uniform(0, 0.4, (world.classes, 1)) * np.sin(
        2 * np.pi * (day / 365 + chance.uniform(0, 1, (world.classes, 1)))
    )
    trend = np.exp(chance.normal(0, 0.1, (world.classes, 1)) * day / 365)
    level = weekday[:, day % 7] * season * trend * _shock(world, chance) * _holidays(world, chance)
    stormy = chance.choice(world.classes, _STORMY, replace=False)
    storms = chance.choice(world.days, _STORMS * world.days // 365, replace=False)
    level[np.ix_(stormy, storms)] *= chance.uniform(2.5, 5.0, len(storms))
    return level


def _shock(world: World, chance: np.random.Generator) -> Floats:
    """What moves the whole district from day to day; each day remembers half of the one before."""
    shock = np.zeros(world.days)
    for day in range(1, world.days):
        shock[day] = 0.5 * shock[day - 1] + chance.normal(0, 0.08 * world.spread**0.5)
    return np.exp(shock)


def _holidays(world: World, chance: np.random.Generator) -> Floats:
    factor = np.ones(world.days)
    days = chance.choice(world.days - 1, _HOLIDAYS * world.days // 365, replace=False)
    factor[days] = 0.35
    factor[days + 1] *= 1.6
    return factor
