"""Which unit usually handles a class at a place: counts of what was dispatched, the finer drawn towards the coarser."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: How many cases the coarser counts weigh against the finer.
PRIOR = 3.0
#: Below so many cases of the class, or such a share, nothing is suggested.
LEAST_CASES, LEAST_SHARE = 3, 0.3
#: How many of the cases it rests on are named.
LINKS = 5

#: A class by its path, the first level first.
Path = tuple[str, ...]
_Context = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit, its share of what is expected (0 to 1), how many cases of the class it had, and the last of them."""

    unit: str
    share: float
    cases: int
    links: tuple[str, ...]


@dataclass
class UnitHistory:
    """Who handled what, where; cases are added in the order of their dispatch."""

    counts: dict[_Context, Counter[str]] = field(
        default_factory=lambda: defaultdict[_Context, Counter[str]](Counter)
    )
    links: dict[tuple[Path, str], list[str]] = field(
        default_factory=lambda: defaultdict[_Context, list[str]](list)
    )

    def add(self, case: str, path: Path, place: str, unit: str, times: int = 1) -> None:
        """A case that a unit handled, or several of which the last is named."""
        for context in _contexts(path, place):
            self.counts[context][unit] += times
        self.links[path, unit].append(case)
        del self.links[path, unit][:-LINKS]

    def suggest(self, path: Path, place: str, most: int = 3) -> list[UnitChoice]:
        """The likeliest units, the first the likeliest; none where too little is known, or no unit stands out."""
        shares = self._shares(path, place)
        own = self.counts.get((path, ""), Counter[str]())
        ranked = sorted(shares, key=lambda unit: (-shares[unit], unit))[:most]
        if own.total() < LEAST_CASES or not ranked or shares[ranked[0]] < LEAST_SHARE:
            return []
        return [
            UnitChoice(unit, shares[unit], own[unit], self._named(path, unit)) for unit in ranked
        ]

    def looked_up(self, path: Path) -> str | None:
        """The unit that had most of the class, whatever the place: what a plain table would say."""
        own = self.counts.get((path, ""))
        return min(own, key=lambda unit: (-own[unit], unit)) if own else None

    def _named(self, path: Path, unit: str) -> tuple[str, ...]:
        return tuple(reversed(self.links.get((path, unit), ())))

    def _shares(self, path: Path, place: str) -> dict[str, float]:
        shares: dict[str, float] = {}
        for context in _contexts(path, place):
            counts = self.counts.get(context, Counter[str]())
            weight = PRIOR if shares else 0.0
            total = counts.total() + weight
            if total:
                units = {*shares, *counts}
                shares = {
                    unit: (counts[unit] + weight * shares.get(unit, 0.0)) / total for unit in units
                }
        return shares


def _contexts(path: Sequence[str], place: str) -> Iterator[_Context]:
    """From the first level everywhere to the last level at the place."""
    for level in range(1, len(path) + 1):
        yield tuple(path[:level]), ""
        yield tuple(path[:level]), place
