"""What a reporter is told, as templates: which row fits an occasion, and what it says with the facts of a case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.terms import CaseStatus, Nature, Origin

#: A word in braces stands for a fact.
_FACT = re.compile(r"\{(\w+)\}")
#: What stands in the place of a fact that is not known.
OPENING, CLOSING = "〔", "〕"
_GAP = re.compile(f"{OPENING}([^{OPENING}{CLOSING}]*){CLOSING}")


@dataclass(frozen=True, slots=True)
class Part:
    """A fact that templates may speak of."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Template:
    """Words for a kind of notice; an empty list of natures, states or outcomes speaks of every one."""

    code: str
    kind: str
    text: str
    article: int | None
    origin: Origin
    natures: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[str, ...]:
        """The facts it speaks of, each once, in order."""
        return tuple(dict.fromkeys(_FACT.findall(self.text)))

    def fits(self, occasion: "Occasion") -> bool:
        """Whether it speaks of such a notice."""
        pairs = (
            (self.natures, occasion.nature.judged_as),
            (self.states, occasion.state),
            (self.outcomes, occasion.outcome),
        )
        return self.kind == occasion.kind and all(not some or one in some for some, one in pairs)

    @property
    def narrowness(self) -> tuple[bool, bool, bool]:
        """Greater when it speaks of fewer occasions: what came of a case tells more than its state or nature."""
        return bool(self.outcomes), bool(self.states), bool(self.natures)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something is told: the kind of notice, the case's nature and state, and what came of it."""

    kind: str
    nature: Nature
    state: CaseStatus
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with the facts put in; `missing` names those that are not known."""

    text: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """All that may be said, the facts it speaks of, and whom a reporter may ask."""

    contact: str
    parts: tuple[Part, ...]
    rows: tuple[Template, ...]

    def chosen(self, occasion: Occasion) -> Template | None:
        """The narrowest row that fits, the first of those; None where nothing fits."""
        fitting = (one for one in self.rows if one.fits(occasion))
        return max(fitting, key=lambda one: one.narrowness, default=None)

    def filled(self, template: Template, facts: Mapping[str, str | None]) -> Filled:
        """Its words with these facts; the name of each that is missing (None) stands in its place."""
        known = {"contact": self.contact, **facts}
        names = {one.code: one.name_zh for one in self.parts}

        def put(found: re.Match[str]) -> str:
            fact = known.get(found[1])
            gap = f"{OPENING}{names.get(found[1], found[1])}{CLOSING}"
            return gap if fact is None else fact.strip()

        gaps = tuple(part for part in template.parts if known.get(part) is None)
        return Filled(_FACT.sub(put, template.text), gaps)


def gaps_in(text: str) -> tuple[str, ...]:
    """The names that still stand where a fact should, in words a person may have changed."""
    return tuple(dict.fromkeys(_GAP.findall(text)))


def unknown_parts(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The words in braces that are no facts at all."""
    allowed = frozenset(known)
    return tuple(one for one in _FACT.findall(text) if one not in allowed)
