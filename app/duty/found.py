"""What stands out, whichever way it was found: its key, how grave it is, and all that it rests on."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.warnings import FREQUENT, LEVELS, key_of
from app.insight.expecting import expectation
from app.insight.frequent import RULE_WINDOWS, severity_of
from app.insight.knobs import Knobs
from app.insight.spikes import Warned


@dataclass(frozen=True, slots=True)
class Found:
    """`hours` is the window in which `count` cases were seen; `evidence` travels with the warning as JSON.
    `cases` are those of a topic, the newest first; those of a class are looked up."""

    scope: str
    category: str
    grain: str
    place: str
    level: str
    hours: int
    count: int
    evidence: Mapping[str, Any]
    cases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What makes two of them the same."""
        return key_of(self.scope, self.category, self.grain, self.place)

    def under(self, place: str) -> "Found":
        """The same under another key."""
        return replace(self, place=place)

    @property
    def told(self) -> str:
        """The evidence as it travels."""
        return json.dumps(self.evidence, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def by_rule(
    at: tuple[str, str], counts: dict[int, int], usual: dict[int, float] | None, knobs: Knobs
) -> Found:
    """A class in a community that passes the fixed rule; told of is the window in which it is gravest."""
    levels = {size: severity_of(counts[size], size, 0.0, knobs) for size in RULE_WINDOWS}
    hours = max(RULE_WINDOWS, key=lambda size: (levels[size], -size))
    said: dict[str, Any] = {
        "counts": {str(size): counts[size] for size in RULE_WINDOWS},
        "rule": {"24": knobs.rule_24h, "72": knobs.rule_72h},
        "ratio": knobs.rule_ratio,
    }
    if usual is not None:
        said["usual"] = {str(size): round(usual[size], 4) for size in RULE_WINDOWS}
    level = LEVELS[levels[hours]]
    return Found(FREQUENT, at[0], "COMMUNITY", at[1], level, hours, counts[hours], said)


def by_test(one: Warned, knobs: Knobs) -> Found:
    """A key that passes the test among all others."""
    test = {
        **asdict(one.inputs),
        "chance": one.chance,
        "tests": one.tests,
        "limit": one.limit,
        "discovery": knobs.discovery,
    }
    usual = {str(one.window): round(expectation(one.inputs).mu, 4)}
    said = {"test": test, "usual": usual}
    key, level = one.key, LEVELS[one.severity]
    count = one.inputs.count
    return Found(FREQUENT, key.category, key.grain, key.place, level, one.window, count, said)


def both(one: Found, other: Found) -> Found:
    """The same key found twice: the graver of the two, with what either rests on."""
    first, second = sorted((one, other), key=lambda each: -LEVELS.index(each.level))
    usual = {**second.evidence.get("usual", {}), **first.evidence.get("usual", {})}
    said = {**second.evidence, **first.evidence, **({"usual": usual} if usual else {})}
    return Found(
        first.scope,
        first.category,
        first.grain,
        first.place,
        first.level,
        first.hours,
        first.count,
        said,
    )
