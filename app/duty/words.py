"""Single cases that are warned of by their words: danger, and what must be handled with care."""

import re
from collections.abc import Iterator

from app.domain.likeness import normal
from app.domain.policy import Policy
from app.domain.terms import Grade
from app.domain.warnings import LEVELS, SAFETY, SENSITIVE
from app.duty.found import Found
from app.insight.triggers import Hit, Scope, Triggers, levels
from app.services.watched import Told

#: A case stands alone: its key is its own.
GRAIN = "CASE"
#: Only words that are grave by themselves, or together, warn: the others are far too many.
GRAVE = 1
_BLUE, _YELLOW, _ORANGE, _RED = LEVELS
_PEOPLE = re.compile(r"(\d{1,5})\s*(?:余|多)?\s*(?:人|名|户)")


def found(told: Told, triggers: Triggers, policy: Policy) -> Iterator[Found]:
    """What one case is warned of by its words, at most once for each scope."""
    hits = triggers.hits(told.title, told.narrative)
    for scope, level in levels(hits).items():
        if level == GRAVE:
            yield _found(told, scope, [one for one in hits if one.scope is scope], policy)


def _found(told: Told, scope: Scope, hits: list[Hit], policy: Policy) -> Found:
    people = people_in(f"{told.title} {told.narrative}")
    is_safety = scope is Scope.SAFETY
    level = (_danger if is_safety else _care)(told.grade, people, policy)
    said = {
        "words": list(dict.fromkeys(one.word for one in hits)),
        "community": told.community or "",
        "people": people,
    }
    kind = SAFETY if is_safety else SENSITIVE
    return Found(kind, told.category, GRAIN, told.id, level, 0, 1, said)


def people_in(text: str) -> int:
    """The largest number of people that is spoken of; 0 for none."""
    return max((int(one) for one in _PEOPLE.findall(normal(text))), default=0)


def _danger(grade: Grade, people: int, policy: Policy) -> str:
    """Several people in danger are red, an emergency is orange."""
    if people >= policy.number("warning.safety_red_people"):
        return _RED
    return _ORANGE if grade is Grade.A else _YELLOW


def _care(_: Grade, people: int, policy: Policy) -> str:
    """The more people stand behind it the graver."""
    if people >= policy.number("warning.sensitive_red_people"):
        return _RED
    return _ORANGE if people >= policy.number("warning.sensitive_orange_people") else _YELLOW
