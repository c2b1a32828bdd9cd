"""Which cases a text is like, by the pairs to ask for, and how much two texts share."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from app.domain.likeness import LEAST_PAIRS, contained, grams, runs
from app.domain.likeness import normal as plain

#: A pair of the title counts as if it stood there so much more often.
TITLE = 1.5
#: Pairs that fewer texts have are typing errors, and say nothing of others.
LEAST_TEXTS = 2
#: How many pairs are asked for, and how many texts they may stand in together: what bounds the time it takes.
ASKED, BUDGET = 16, 20_000


@dataclass(frozen=True, slots=True)
class Wording:
    """What a case says: its title and its narrative."""

    title: str
    text: str

    @property
    def pairs(self) -> list[str]:
        """The pairs of both."""
        return grams(f"{self.title}\n{self.text}")


@dataclass(frozen=True, slots=True)
class Near:
    """A case like the one asked about: its number in the order of filing, and how well it matches (higher, nearer)."""

    case: int
    score: float


class Index(Protocol):
    """Where the pairs of all cases are kept, in the order of their filing."""

    def holding(self, pairs: Iterable[str]) -> dict[str, int]:
        """In how many cases each of these pairs stands."""
        ...

    def count(self) -> int:
        """How many cases there are."""
        ...

    def match(self, pairs: Sequence[str], most: int, first: int) -> list[Near]:
        """The cases from number `first` on that have any of these pairs, the best first."""
        ...


def similar(wording: Wording, index: Index, most: int, first: int = 0) -> list[Near]:
    """At most `most` cases like this one, itself among them if it is kept."""
    pairs = telling(wording, index.holding, index.count())
    return index.match(pairs, most, first) if pairs else []


def telling(
    wording: Wording,
    holding: Callable[[Iterable[str]], dict[str, int]],
    total: int,
    budget: int = BUDGET,
) -> tuple[str, ...]:
    """The pairs that tell most of this text: often here, those of the title before others, in few cases elsewhere.

    At most ASKED, standing in at most `budget` cases together (the first always).
    """
    here: dict[str, float] = dict(Counter(grams(wording.text)))
    for pair in grams(wording.title):
        here[pair] = here.get(pair, 0.0) + 1 + TITLE
    known = {pair: cases for pair, cases in holding(here).items() if cases >= LEAST_TEXTS}
    weight = {pair: (1 + log(here[pair])) * log(1 + total / cases) for pair, cases in known.items()}
    chosen: list[str] = []
    for pair in sorted(weight, key=lambda one: (-weight[one], one)):
        if len(chosen) < ASKED and (not chosen or known[pair] <= budget):
            chosen.append(pair)
            budget -= known[pair]
    return tuple(chosen)


def shared(one: Wording, other: Wording) -> float:
    """How much of the shorter text stands in the other (containment of pairs, 0 to 1).

    Below LEAST_PAIRS only the same title counts: 1 or 0.
    """
    ours, theirs = frozenset(one.pairs), frozenset(other.pairs)
    if min(len(ours), len(theirs)) < LEAST_PAIRS:
        title = runs(plain(one.title))
        return float(bool(title) and title == runs(plain(other.title)))
    return contained(ours, theirs)
