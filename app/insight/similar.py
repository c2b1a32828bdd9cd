"""Which cases a text is like, and whether it was filed before: the pairs to ask for, and what two texts share."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Protocol

from app.domain.policy import Policy
from app.insight.grams import grams, runs
from app.insight.grams import normal as plain

#: A pair of the title counts as if it stood there so much more often.
TITLE = 1.5
#: Pairs that fewer texts have are typing errors, and say nothing of others.
LEAST_TEXTS = 2
#: How many pairs are asked for, and how many texts they may stand in together: what bounds the time it takes.
ASKED, BUDGET = 16, 20_000
#: A text of fewer distinct pairs is compared by its title alone.
LEAST_PAIRS = 12


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
    ours, theirs = set(one.pairs), set(other.pairs)
    if min(len(ours), len(theirs)) < LEAST_PAIRS:
        title = runs(plain(one.title))
        return float(bool(title) and title == runs(plain(other.title)))
    return len(ours & theirs) / min(len(ours), len(theirs))


class Advice(StrEnum):
    """What is proposed: refuse as a duplicate (art. 11), merge (art. 18), or neither."""

    REFUSE = "REFUSE"
    MERGE = "MERGE"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which share on a case is proposed for refusal or merging, and how old the other may be (days)."""

    refuse_share: float = 0.63
    refuse_days: int = 30
    merge_share: float = 0.40
    merge_days: int = 30


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case filed before: what it says, how many days ago, and what it has in common with the new one."""

    case: int
    wording: Wording
    days_ago: float
    same_reporter: bool
    same_community: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """An advice, the case it is about, and the share on which it rests."""

    advice: Advice
    case: int | None
    share: float


NOTHING = Proposal(Advice.NONE, None, 0.0)
_RANK = {Advice.REFUSE: 2, Advice.MERGE: 1, Advice.NONE: 0}


def bounds_of(policy: Policy) -> Bounds:
    """The bounds of an edition (art. 11, 18). Raises KeyError where it lacks one."""
    return Bounds(
        policy.number("duplicate.containment_share"),
        int(policy.number("duplicate.window_days")),
        policy.number("merge.suggest_containment_share"),
        int(policy.number("merge.suggest_window_days")),
    )


def duplicate_of(new: Wording, earlier: Iterable[Earlier], bounds: Bounds) -> Proposal:
    """The strongest proposal; nobody is refused for what another reporter said, that is for merging."""
    found = [_proposal(new, one, bounds) for one in earlier]
    return max(found, key=lambda one: (_RANK[one.advice], one.share), default=NOTHING)


def _proposal(new: Wording, one: Earlier, bounds: Bounds) -> Proposal:
    share = shared(new, one.wording)
    is_again = one.same_reporter and one.is_open and one.days_ago <= bounds.refuse_days
    if is_again and share >= bounds.refuse_share:
        return Proposal(Advice.REFUSE, one.case, share)
    is_together = one.is_open and one.days_ago <= bounds.merge_days
    is_near = one.same_community and share >= bounds.merge_share
    if is_together and not one.same_reporter and (is_near or share >= bounds.refuse_share):
        return Proposal(Advice.MERGE, one.case, share)
    return NOTHING
