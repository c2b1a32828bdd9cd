"""An early warning in words: one line, and the paragraph by which everybody can work it out again."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.case import EarlyWarning
from app.domain.moment import Setting
from app.domain.policy import Reason
from app.domain.warnings import HOT, SAFETY, SENSITIVE, acknowledged
from ui.names import DataNames
from ui.wording import Wording

#: A smaller chance is not told: the model is no better than that.
LEAST_SHOWN = 1e-6


@dataclass(frozen=True, slots=True)
class WarningText:
    """Says warnings in the language in use."""

    words: Wording
    data: DataNames
    setting: Setting

    def head(self, one: EarlyWarning) -> str:
        """Level, scope, what and where."""
        return self.words.say(
            "case.warning.head",
            level=self.level(one),
            scope=self.scope(one),
            what=self.what(one),
            where=self.where(one),
        )

    def level(self, one: EarlyWarning) -> str:
        """Its colour."""
        return self.words.say(f"warning.level.{one.level}")

    def scope(self, one: EarlyWarning) -> str:
        """What kind of warning it is."""
        return self.words.say(f"warning.scope.{one.scope}")

    def what(self, one: EarlyWarning) -> str:
        """The class; of a topic the words that its cases share; else the words that were hit."""
        said = evidence(one).get("words")
        told = self.words.join(map(str, said)) if said else ""
        return told or self.data.category(one.category) or self.subject(one)

    def subject(self, one: EarlyWarning) -> str:
        """Which of the eleven classes of warnings it belongs to; nothing for none."""
        return self._reason("warning_classes", one.subject)

    def recipient(self, code: str) -> str:
        """Who is to hear of it."""
        return self._reason("warning_recipients", code)

    def recipients(self, codes: tuple[str, ...]) -> str:
        """Several of them."""
        return self.words.join(map(self.recipient, codes))

    def heard(self, one: EarlyWarning) -> str:
        """Who has acknowledged it."""
        return self.recipients(acknowledged(one))

    def where(self, one: EarlyWarning) -> str:
        """The place that was counted, or that of the one case."""
        place = str(evidence(one).get("community") or one.place)
        if one.grain == "STREET":
            return self.data.street(place)
        if one.grain in ("DISTRICT", "TOPIC", "CASE") and not evidence(one).get("community"):
            return self.words.say("warning.district")
        return self.data.community(place)

    def why(self, one: EarlyWarning) -> str:
        """The whole paragraph: how many against how many, how unlikely among how many tests, by which rule."""
        return "\n".join(self._reasons(one, evidence(one)))

    def _reasons(self, one: EarlyWarning, said: Mapping[str, Any]) -> Iterator[str]:
        say = self.words.say
        yield self._counted(one, said)
        mu = said.get("usual", {}).get(str(one.hours))
        if mu:
            times = _number(one.count / float(mu))
            yield say("warning.expected", n=_number(float(mu)), times=times)
        elif "rule" in said:
            yield say("warning.no_past")
        if "test" in said:
            yield self._chance(said["test"])
        if "rule" in said:
            yield from self._rule(said)

    def _counted(self, one: EarlyWarning, said: Mapping[str, Any]) -> str:
        """How many within how long; of a topic by how many, of a single case by which words."""
        say, facts = self.words.say, {"where": self.where(one), "what": self.what(one)}
        if one.scope == HOT:
            spoken = {"days": said.get("days", 0), "reporters": said.get("reporters", 0)}
            return say("warning.topic", n=one.count, **facts, **spoken)
        if one.scope in (SAFETY, SENSITIVE):
            people = int(said.get("people", 0))
            told = say("warning.people", n=people) if people else ""
            return say("warning.worded", people=told, **facts)
        return say("warning.counted", n=one.count, hours=one.hours, **facts)

    def _rule(self, said: Mapping[str, Any]) -> Iterator[str]:
        """The fixed rule with the numbers that it was held against."""
        for hours, least in sorted(said["rule"].items(), key=lambda pair: int(pair[0])):
            seen = said["counts"][hours]
            key = "warning.rule_met" if seen >= least else "warning.rule_unmet"
            yield self.words.say(key, hours=int(hours), n=seen, least=int(least))

    def _chance(self, test: Mapping[str, Any]) -> str:
        chance, say = float(test["chance"]), self.words.say
        shown = f"{chance:.1g}" if chance >= LEAST_SHOWN else say("warning.millionth")
        share = _number(100 * float(test["discovery"]))
        return say("warning.chance", chance=shown, tests=f"{test['tests']:,}", share=share)

    def _reason(self, section: str, code: str) -> str:
        found: Iterator[Reason] = (
            one
            for edition in self.setting.editions.known
            for one in getattr(edition, section)
            if one.code == code
        )
        return next((self.data.of(one) for one in found), code)


def evidence(one: EarlyWarning) -> Mapping[str, Any]:
    """What it was raised on; nothing where that cannot be read."""
    with suppress(ValueError):
        read = json.loads(one.evidence or "{}")
        return read if isinstance(read, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    return {}


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    told = f"{value:.2f}" if value >= 1 else format(Decimal(f"{value:.2g}"), "f")
    return told.rstrip("0").rstrip(".") if "." in told else told
