"""The searchable names of the district's directory, built once for all pickers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter

from app.domain.taxonomy import Directory
from app.insight.places import Gazetteer
from app.insight.triggers import Triggers
from app.services.desk import Desk
from app.services.guess import Guesser, WordGuesser
from resources.lists import load_gazetteer, load_triggers
from resources.wrong import Wrong
from ui.picker_index import Entry, NameIndex

#: Between two parts, for keys and paint, once a part held them up for longer than `NOTICED` (seconds).
PAUSE, NOTICED = 0.05, 0.002


class Indexes:
    """What is searched of a directory, and who guesses classes by its words; each made when first wanted."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        #: Guesses classes by what was learned from cases, once somebody brought it; else words guess.
        self.learned: Guesser | None = None

    @cached_property
    def categories(self) -> NameIndex:
        """Classes by both names, other names, code and path."""
        return NameIndex.of(
            Entry(item.code, (item.name_zh, item.name_en), item.aliases, item.parent)
            for item in self._directory.taxonomy.categories
        )

    @cached_property
    def units(self) -> NameIndex:
        """Responsible units, also by the names they bore before."""
        units = self._directory.units
        return NameIndex.of(
            Entry(one.code, (one.name_zh, one.name_en), one.aliases) for one in units
        )

    @cached_property
    def places(self) -> NameIndex:
        """Streets, and communities below them."""
        streets = [Entry(one.code, (one.name_zh, one.name_en)) for one in self._directory.streets]
        communities = self._directory.communities
        below = (Entry(one.code, (one.name_zh, one.name_en), (), one.street) for one in communities)
        return NameIndex.of((*streets, *below))

    @cached_property
    def triggers(self) -> Triggers:
        """The words of safety and sensitivity."""
        return load_triggers()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Places by every name; other names that are of another district than this one are none."""
        try:
            return load_gazetteer(self._directory)
        except Wrong:
            return Gazetteer.of(self._directory)

    @cached_property
    def guesser(self) -> WordGuesser:
        """Guesses classes by the words of the standard."""
        return WordGuesser.of(self._directory.taxonomy)


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A directory compared as the object it is: comparing its thousand rows would take longer."""

    directory: Directory

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.directory is self.directory

    def __hash__(self) -> int:
        return id(self.directory)


def indexes_of(directory: Directory) -> Indexes:
    """The indexes of a directory, the same ones each time."""
    return _built(_Same(directory))


@lru_cache(maxsize=2)
def _built(same: _Same) -> Indexes:
    return Indexes(same.directory)


async def warm(desk: Desk, *more: Callable[[], object]) -> None:
    """Make the indexes, and `more`, while nobody waits for them, letting the screen breathe between the parts."""
    indexes = indexes_of(desk.setting.directory)
    parts = (
        lambda: indexes.places,
        lambda: indexes.units,
        lambda: indexes.categories,
        lambda: indexes.guesser,
        lambda: indexes.triggers.hits("", "-"),
        lambda: indexes.gazetteer.places("-"),
        *more,
    )
    held_up = NOTICED  # the window has only just been built
    for part in parts:
        await asyncio.sleep(PAUSE if held_up >= NOTICED else 0)
        began = perf_counter()
        part()
        held_up = perf_counter() - began
