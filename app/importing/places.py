"""The directory asked by the names that other systems write: streets, communities, channels, classes, units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.taxonomy import Category, Channel, Community, Directory, Street, Unit, plain_name


def _by_name(items: Iterable[Street | Community | Channel]) -> Mapping[str, str]:
    pairs = ((name, one.code) for one in items for name in (one.name_zh, one.name_en, one.code))
    return {plain_name(name): code for name, code in pairs}


@dataclass(frozen=True, slots=True)
class Places:
    """Codes by name; every question answers None when nothing bears the name."""

    directory: Directory
    _streets: Mapping[str, str] = field(init=False, repr=False)
    _communities: Mapping[str, str] = field(init=False, repr=False)
    _channels: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_streets", _by_name(self.directory.streets))
        object.__setattr__(self, "_communities", _by_name(self.directory.communities))
        object.__setattr__(self, "_channels", _by_name(self.directory.channels))

    def street(self, name: str) -> str | None:
        """Code of the street."""
        return self._streets.get(plain_name(name))

    def community(self, name: str) -> str | None:
        """Code of the community; 居委会 and 工作站 behind its name may be there or not."""
        plain = plain_name(name)
        short = plain.removesuffix("居委会").removesuffix("工作站")
        return self._communities.get(plain) or self._communities.get(short)

    def channel(self, name: str) -> str | None:
        """Code of the intake channel."""
        return self._channels.get(plain_name(name))

    def unit(self, name: str) -> Unit | None:
        """The responsible unit."""
        return self.directory.unit_named(name)

    def category(self, first: str, second: str, third: str) -> Category | None:
        """The deepest class under the first-level class `first` that the names lead to.

        Of several that bear the third name the one right below the second is meant.
        """
        tops = [one for one in self.directory.taxonomy.named(first) if one.level == 1]
        if not tops:
            return None
        middles = self._below(tops[0], second)
        found = self._below(tops[0], third) or middles
        parents = {one.code for one in middles}
        near = [one for one in found if one.parent in parents]
        return max(near or found or tops, key=lambda one: one.level)

    def _below(self, top: Category, name: str) -> list[Category]:
        taxonomy = self.directory.taxonomy
        named = taxonomy.named(name) if name else ()
        return [
            one
            for one in named
            if one.level > 1 and taxonomy.first_level(one.code).code == top.code
        ]
