"""Which cases may be reports of the same event, and why: same class, same place, same words, about the same time.

A proposal only: a person merges. Numbers are parameters of the edition (merge.*, art. 18).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.domain.case import Case
from app.domain.policy import Policy
from app.domain.rules import FOLLOWS, SURVIVES
from app.domain.taxonomy import Taxonomy
from app.domain.terms import CaseStatus

#: Why two cases are held for one: the same class of the third level, the same community, street or words.
CLASS, COMMUNITY, WORDS = "CLASS", "COMMUNITY", "WORDS"
#: Classes are held together at this level.
LEVEL = 3
#: Fewer shared pairs of signs are no likeness, whatever share of a short text they are.
LEAST_PAIRS = 4
_STATES = frozenset(CaseStatus(one) for one in f"{FOLLOWS} {SURVIVES}".split())
_BESIDE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that may be the same, the reasons, and how much of the shorter text stands in the other (0 to 1)."""

    case: Case
    reasons: tuple[str, ...]
    share: float


def proposed(
    case: Case, others: Iterable[Case], policy: Policy, taxonomy: Taxonomy
) -> tuple[Proposal, ...]:
    """Those of the others that may be reports of the same event as `case`, the likeliest first."""
    found = (_judged(case, one, policy, taxonomy) for one in others if _may_be(one, case))
    likely = (one for one in found if one is not None)
    return tuple(sorted(likely, key=lambda one: (-len(one.reasons), -one.share, one.case.number)))


def _may_be(one: Case, case: Case) -> bool:
    return one.id != case.id and one.status in _STATES and one.nature == case.nature


def _judged(case: Case, one: Case, policy: Policy, taxonomy: Taxonomy) -> Proposal | None:
    """Same class and community within the window; or the same words in the same place, a longer while apart."""
    apart = abs(case.registered_at - one.registered_at)
    share = contained(case.narrative, one.narrative)
    is_alike = share >= policy.number("merge.suggest_containment_share")
    is_class = wide(case.category, taxonomy) == wide(one.category, taxonomy) is not None
    is_near = case.community is not None and case.community == one.community
    reasons = ((CLASS, is_class), (COMMUNITY, is_near), (WORDS, is_alike))
    told = tuple(name for name, holds in reasons if holds)
    is_soon = apart <= timedelta(hours=policy.number("merge.window_hours"))
    is_late = apart > timedelta(days=policy.number("merge.suggest_window_days"))
    is_same = (is_class and is_near and is_soon) or (is_alike and (is_near or is_class))
    return Proposal(one, told, share) if is_same and not is_late else None


def wide(category: str | None, taxonomy: Taxonomy) -> str | None:
    """The class of the third level that a class is or lies under."""
    if category is None or taxonomy.get(category) is None:
        return None
    path = [one.code for one in taxonomy.path(category) if one.level <= LEVEL]
    return path[-1] if path else None


def contained(one: str, other: str) -> float:
    """How much of the shorter text's pairs of signs the other has too (0 to 1); 0 for too few of them."""
    short, long = sorted((_pairs(one), _pairs(other)), key=len)
    shared = len(short & long)
    return shared / len(short) if shared >= LEAST_PAIRS else 0.0


def _pairs(text: str) -> frozenset[str]:
    bare = _BESIDE.sub("", text.casefold())
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))
