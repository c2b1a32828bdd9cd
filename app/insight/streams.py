"""Cases as a stream of times, classes and places, in numbers: what is counted by class, place and day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from app.domain.calendar import LOCAL
from app.insight.features import Floats

#: Hours are counted in local time from the first hour of a Monday, so day 0 is one.
_ORIGIN = datetime(1970, 1, 5, tzinfo=LOCAL)
DAY = 24
_ROOM = 1024
Ints = npt.NDArray[np.int64]


def hours_of(at: datetime) -> float:
    """Local hours since the origin."""
    return (at - _ORIGIN) / timedelta(hours=1)


def instant_of(hours: float) -> datetime:
    """The instant of such hours, in local time."""
    return _ORIGIN + timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Level:
    """A grain of places: its name, its groups' codes, and for each community the place of its group."""

    name: str
    codes: tuple[str, ...]
    group_of: tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The classes and communities that are counted, and the grains at which they are."""

    classes: tuple[str, ...]
    communities: tuple[str, ...]
    levels: tuple[Level, ...]

    @classmethod
    def of(
        cls,
        classes: Sequence[str],
        street_of: Mapping[str, str] | Sequence[str],
        district: str = "",
    ) -> "Layout":
        """Communities; their streets where `street_of` names them; the whole where `district` has a code."""
        communities = tuple(street_of)
        levels = [Level("COMMUNITY", communities, tuple(range(len(communities))))]
        if isinstance(street_of, Mapping):
            streets = tuple(dict.fromkeys(street_of.values()))
            groups = tuple(streets.index(street_of[one]) for one in communities)
            levels.append(Level("STREET", streets, groups))
        if district:
            levels.append(Level("DISTRICT", (district,), (0,) * len(communities)))
        return cls(tuple(classes), communities, tuple(levels))


class Stream:
    """Cases in the order in which they were filed; more may be added behind."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._class_at = {code: place for place, code in enumerate(layout.classes)}
        self._place_at = {code: place for place, code in enumerate(layout.communities)}
        self._hours: Floats = np.zeros(_ROOM)
        self._classes: Ints = np.zeros(_ROOM, np.int64)
        self._places: Ints = np.zeros(_ROOM, np.int64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def begins(self) -> float:
        """The hour of the first case. Raises IndexError without one."""
        return float(self._hours[: self._count][0])

    def add(self, hours: float, category: str, community: str) -> None:
        """One case more, behind the others whatever its time. Raises KeyError for what is not laid out."""
        one, place = self._class_at[category], self._place_at[community]
        last = self._hours[self._count - 1] if self._count else hours
        self._append(np.array([max(hours, last)]), np.array([one]), np.array([place]))

    def fill(self, cases: Iterable[tuple[float, str, str]]) -> None:
        """Many, in any order, into an empty stream; those of unknown class or place are left out."""
        known = [one for one in cases if one[1] in self._class_at and one[2] in self._place_at]
        known.sort()
        classes = np.array([self._class_at[one[1]] for one in known], np.int64)
        places = np.array([self._place_at[one[2]] for one in known], np.int64)
        self._append(np.array([one[0] for one in known]), classes, places)

    def between(self, begin: float, end: float) -> tuple[Floats, Ints, Ints]:
        """Hours, classes and places of the cases filed from `begin` on and before or at `end`."""
        hours = self._hours[: self._count]
        first = int(np.searchsorted(hours, begin, "left"))
        last = int(np.searchsorted(hours, end, "right"))
        return hours[first:last], self._classes[first:last], self._places[first:last]

    def _append(self, hours: Floats, classes: Ints, places: Ints) -> None:
        end = self._count + len(hours)
        if end > len(self._hours):
            self._hours = np.resize(self._hours, 2 * end)
            self._classes = np.resize(self._classes, 2 * end)
            self._places = np.resize(self._places, 2 * end)
        span = slice(self._count, end)
        self._hours[span], self._classes[span], self._places[span] = hours, classes, places
        self._count = end
