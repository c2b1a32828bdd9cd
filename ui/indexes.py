"""The searchable names of the district's directory, built once for all pickers."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache

from app.domain.taxonomy import Directory
from app.services.desk import Desk
from app.services.guess import WordGuesser
from ui.picker_index import Entry, NameIndex


@dataclass(frozen=True, slots=True)
class Indexes:
    """What is searched of a directory: classes, units, places; and who guesses classes by its words."""

    categories: NameIndex
    units: NameIndex
    places: NameIndex
    guesser: WordGuesser


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A directory compared as the object it is: comparing its thousand rows would take longer."""

    directory: Directory

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.directory is self.directory

    def __hash__(self) -> int:
        return id(self.directory)


def indexes_of(directory: Directory) -> Indexes:
    """The indexes of a directory, built once for each."""
    return _built(_Same(directory))


@lru_cache(maxsize=2)
def _built(same: _Same) -> Indexes:
    one = same.directory
    categories = (
        Entry(item.code, (item.name_zh, item.name_en), item.aliases, item.parent)
        for item in one.taxonomy.categories
    )
    units = (Entry(item.code, (item.name_zh, item.name_en), item.aliases) for item in one.units)
    streets = (Entry(item.code, (item.name_zh, item.name_en)) for item in one.streets)
    communities = (
        Entry(item.code, (item.name_zh, item.name_en), (), item.street) for item in one.communities
    )
    return Indexes(
        NameIndex.of(categories),
        NameIndex.of(units),
        NameIndex.of((*streets, *communities)),
        WordGuesser.of(one.taxonomy),
    )


async def warm(desk: Desk) -> None:
    """Build the indexes of a desk's directory while nobody waits for them."""
    await asyncio.to_thread(indexes_of, desk.setting.directory)
