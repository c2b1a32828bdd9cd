"""Which cases may be reports of the same event, and why: same class, same place, same words, about the same time.

A proposal only: a person refuses (art. 11) or merges (art. 18). Numbers are parameters of the edition (duplicate.*,
merge.*).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.domain.addresses import LEAST, is_same, plain
from app.domain.case import ENDED, Case
from app.domain.likeness import contained, pairs
from app.domain.policy import Policy
from app.domain.rules import FOLLOWS, SURVIVES
from app.domain.taxonomy import Taxonomy
from app.domain.terms import CaseStatus

#: Why two cases are held for one: the same class of the third level, community, address, words or reporter.
CLASS, COMMUNITY, PLACE, WORDS, REPORTER = "CLASS", "COMMUNITY", "PLACE", "WORDS", "REPORTER"
#: Classes are held together at this level.
LEVEL = 3
#: Fewer pairs of signs are no likeness, whatever share of them the other text has.
LEAST_PAIRS = 4
_STATES = frozenset(CaseStatus(one) for one in f"{FOLLOWS} {SURVIVES}".split())
_FOLLOWS = frozenset(CaseStatus(one) for one in FOLLOWS.split())


class Advice(StrEnum):
    """What is proposed: refuse as a repeat (art. 11), merge (art. 18), or only to look at it."""

    REFUSE = "REFUSE"
    MERGE = "MERGE"
    NONE = "NONE"


_RANK = list(Advice)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that may be the same, the reasons, and how much of the shorter text stands in the other (0 to 1)."""

    case: Case
    reasons: tuple[str, ...]
    share: float
    advice: Advice = Advice.NONE


def proposed(
    case: Case, others: Iterable[Case], policy: Policy, taxonomy: Taxonomy
) -> tuple[Proposal, ...]:
    """Those of the others that may be merged with `case` as reports of the same event, the likeliest first."""
    able = (one for one in others if one.status in _STATES and one.nature == case.nature)
    return tuple(_ranked(_Judge(case, policy, taxonomy).each(able)))


def beside(
    case: Case, others: Iterable[Case], policy: Policy, taxonomy: Taxonomy, own: Collection[str]
) -> tuple[Proposal, ...]:
    """What says the same as a report that is being taken in, what is to be done about it first; ended ones too.

    `own` are cases of the same reporter, where the key does not tell.
    """
    found = (
        one for one in _Judge(case, policy, taxonomy, own).each(others) if WORDS in one.reasons
    )
    return tuple(sorted(_ranked(found), key=lambda one: _RANK.index(one.advice)))


def _ranked(found: Iterable[Proposal]) -> list[Proposal]:
    return sorted(found, key=lambda one: (-len(one.reasons), -one.share, one.case.number))


@dataclass(frozen=True)
class _Judge:
    case: Case
    policy: Policy
    taxonomy: Taxonomy
    own: Collection[str] = ()

    def each(self, others: Iterable[Case]) -> Iterator[Proposal]:
        """Those of the others that are like the case."""
        words = pairs(self.case.narrative)
        for one in others:
            share = contained(words, pairs(one.narrative), LEAST_PAIRS)
            told = tuple(self._reasons(one, share))
            if one.id != self.case.id and self._is_like(one, told, share):
                yield Proposal(one, told, share, self._advice(one, told, share))

    def _reasons(self, one: Case, share: float) -> Iterator[str]:
        case = self.case
        if wide(case.category, self.taxonomy) == wide(one.category, self.taxonomy) is not None:
            yield CLASS
        if case.community is not None and case.community == one.community:
            yield COMMUNITY
        if len(plain(case.address)) >= LEAST and is_same(case.address, one.address):
            yield PLACE
        if share >= self._number("merge.suggest_containment_share"):
            yield WORDS
        if one.id in self.own or one.reporter_key == case.reporter_key is not None:
            yield REPORTER

    def _is_like(self, one: Case, told: Collection[str], share: float) -> bool:
        """Class and place within the window; or the same words at the place, or of the class, a longer while apart.

        What the same person says in the same words is like it, wherever it is; and whoever says it in very much
        the same words, while nothing but words is known.
        """
        is_near = COMMUNITY in told or PLACE in told
        is_soon = self._is_within(one, timedelta(hours=self._number("merge.window_hours")))
        by_class = CLASS in told and is_near and is_soon
        is_all = self._is_unplaced and share >= self._number("duplicate.containment_share")
        by_words = WORDS in told and (is_near or CLASS in told or REPORTER in told or is_all)
        days = timedelta(days=self._number("merge.suggest_window_days"))
        return (by_class or by_words) and self._is_within(one, days)

    def _advice(self, one: Case, told: Collection[str], share: float) -> Advice:
        """Nobody is refused for what another has said, and nobody merged with himself."""
        if REPORTER in told:
            days = timedelta(days=self._number("duplicate.window_days"))
            is_again = share >= self._number("duplicate.containment_share")
            is_open = one.status not in ENDED and self.case.status is CaseStatus.REGISTERED
            return (
                Advice.REFUSE
                if is_open and is_again and self._is_within(one, days)
                else Advice.NONE
            )
        is_placed = any(one in told for one in (CLASS, COMMUNITY, PLACE))
        may_merge = is_placed and one.status in _STATES and one.nature == self.case.nature
        return Advice.MERGE if may_merge and self.case.status in _FOLLOWS else Advice.NONE

    @property
    def _is_unplaced(self) -> bool:
        return not (self.case.community or self.case.category or self.case.address)

    def _is_within(self, one: Case, span: timedelta) -> bool:
        return abs(self.case.registered_at - one.registered_at) <= span

    @property
    def _number(self) -> Callable[[str], float]:
        return self.policy.number


def wide(category: str | None, taxonomy: Taxonomy) -> str | None:
    """The class of the third level that a class is or lies under."""
    if category is None or taxonomy.get(category) is None:
        return None
    path = [one.code for one in taxonomy.path(category) if one.level <= LEVEL]
    return path[-1] if path else None
