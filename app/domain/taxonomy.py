"""What cases are about and who answers for them: categories, units, streets, communities, channels."""

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from app.domain.limits import Limit
from app.domain.rotas import Rota
from app.domain.terms import Grade, Origin

_Key = TypeVar("_Key")
_HALF_WIDTH = str.maketrans("（）", "()")


class UnitKind(StrEnum):
    """Whose house a responsible unit belongs to."""

    BUREAU = "bureau"
    RESIDENT = "resident"  # an agency of the city stationed in the district
    UTILITY = "utility"
    STREET = "street"
    COMMUNITY = "community"


class ChannelGroup(StrEnum):
    """The four groups of intake channels (art. 5); OTHER came with the 4th edition."""

    HOTLINE = "HOTLINE"
    NETWORK = "NETWORK"
    FIELD = "FIELD"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Category:
    """A class of the grading and classification standard; blank fields are already filled from the parent.

    `limit` is the class's own disposal limit, `limit_source` the code of a `policy.Source`.
    `component` marks city parts (部件), whose closure needs photos before and after (art. 17).
    """

    code: str
    name_zh: str
    name_en: str
    parent: str | None
    level: int
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    grade: Grade | None = None
    limit: Limit | None = None
    limit_source: str | None = None
    limit_origin: Origin | None = None
    component: bool = False
    proposed: bool = False
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit; `aliases` hold the names it bore before the 2019 reform."""

    code: str
    name_zh: str
    name_en: str
    kind: UnitKind
    street: str | None = None
    around_the_clock: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Street:
    """A street (街道) with its centroid in WGS84 degrees."""

    code: str
    name_zh: str
    name_en: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Community:
    """A community (社区); it exists from `valid_from` to `valid_to`, both included, blank means unbounded.

    `origin` says how well the place and the dates are known.
    """

    code: str
    name_zh: str
    name_en: str
    street: str
    lon: float
    lat: float
    valid_from: date | None = None
    valid_to: date | None = None
    origin: Origin = Origin.P_SYS

    def exists_on(self, day: date) -> bool:
        """Whether the community is on the district's list on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Channel:
    """An intake channel (art. 5), standing for `sub_channel_count` of the channels counted publicly."""

    code: str
    name_zh: str
    name_en: str
    group: ChannelGroup
    sub_channel_count: int = 1


def plain_name(name: str) -> str:
    """A name as it is compared: HTML escapes undone, half-width brackets, no blanks or trailing commas."""
    bare = html.unescape(name) if "&" in name else name
    return "".join(bare.translate(_HALF_WIDTH).split()).rstrip("、,，").casefold()


def _names(item: "Category | Unit") -> Iterator[str]:
    yield from dict.fromkeys(map(plain_name, (item.name_zh, item.name_en, *item.aliases)))


@dataclass(frozen=True)
class Taxonomy:
    """The tree of categories in table order (parents before children)."""

    categories: tuple[Category, ...]

    @cached_property
    def _codes(self) -> Mapping[str, Category]:
        return {item.code: item for item in self.categories}

    @cached_property
    def _children(self) -> Mapping[str | None, tuple[Category, ...]]:
        return _grouped((item.parent, item) for item in self.categories)

    @cached_property
    def _named(self) -> Mapping[str, tuple[Category, ...]]:
        """Made when a name is first looked for: only an import and a choice of words do."""
        return _grouped((name, item) for item in self.categories for name in _names(item))

    def by_code(self, code: str) -> Category:
        """The category of `code`; KeyError when there is none."""
        return self._codes[code]

    def get(self, code: str | None) -> Category | None:
        """The category of `code`, or None."""
        return None if code is None else self._codes.get(code)

    def children(self, code: str | None) -> tuple[Category, ...]:
        """The classes right below `code`; the first level for None."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[Category, ...]:
        """From the first level down to `code` itself; KeyError when there is none."""
        item = self._codes[code]
        return (*self.path(item.parent), item) if item.parent else (item,)

    def first_level(self, code: str) -> Category:
        """The first-level class above `code` (or itself); KeyError when there is none."""
        return self.path(code)[0]

    def leaves(self) -> tuple[Category, ...]:
        """The classes without children, in table order."""
        return tuple(item for item in self.categories if item.code not in self._children)

    def named(self, name: str) -> tuple[Category, ...]:
        """Every class that bears `name` as its Chinese or English name or as an alias, in table order."""
        return self._named.get(plain_name(name), ())


@dataclass(frozen=True)
class Directory:
    """Everything a case can point at, found by code in constant time; unknown codes raise KeyError."""

    taxonomy: Taxonomy
    units: tuple[Unit, ...]
    streets: tuple[Street, ...]
    communities: tuple[Community, ...]
    channels: tuple[Channel, ...]
    rotas: tuple[Rota, ...] = ()

    @cached_property
    def _units(self) -> Mapping[str, Unit]:
        return {item.code: item for item in self.units}

    @cached_property
    def _unit_names(self) -> Mapping[str, Unit]:
        return {name: unit for unit in self.units for name in _names(unit)}

    @cached_property
    def _streets(self) -> Mapping[str, Street]:
        return {item.code: item for item in self.streets}

    @cached_property
    def _communities(self) -> Mapping[str, Community]:
        return {item.code: item for item in self.communities}

    @cached_property
    def _channels(self) -> Mapping[str, Channel]:
        return {item.code: item for item in self.channels}

    def unit(self, code: str) -> Unit:
        """The responsible unit of `code`."""
        return self._units[code]

    def unit_named(self, name: str) -> Unit | None:
        """The unit known by `name` (any of its names); a trailing bracket naming its street may be left off."""
        plain = plain_name(name)
        return self._unit_names.get(plain) or self._unit_names.get(plain.partition("(")[0])

    def street(self, code: str) -> Street:
        """The street of `code`."""
        return self._streets[code]

    def community(self, code: str) -> Community:
        """The community of `code`, whether or not it still exists."""
        return self._communities[code]

    def communities_on(self, day: date) -> tuple[Community, ...]:
        """The district's list of communities as it stood on `day` (local date)."""
        return tuple(item for item in self.communities if item.exists_on(day))

    def channel(self, code: str) -> Channel:
        """The intake channel of `code`."""
        return self._channels[code]


def _grouped(pairs: Iterable[tuple[_Key, Category]]) -> dict[_Key, tuple[Category, ...]]:
    groups: dict[_Key, list[Category]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}
