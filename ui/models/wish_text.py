"""What was asked, in words: a command of the timeline as a headline and what was written with it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.moment import Setting
from app.domain.policy import Policy
from app.domain.provisions import Criterion, Reason
from app.domain.rules import ON_DUTY
from app.services.queries import TimelineEntry
from app.services.telling import TOLD_AT
from ui.names import DataNames
from ui.wording import Wording

#: Who writes in the log when no person does.
SYSTEM = frozenset({"system", ""})
#: What the reporter hears of, sooner or later.
_PUBLIC = frozenset(
    {"register", "refuse", "file", "handle", "close", "commend", "record_notice", "approve_request"}
    | {"record_visit", "reopen"}
)
#: Done once for all, at whichever seat has the duty; and what another system had.
_OF_THE_SYSTEM = ON_DUTY | {"import_record"}
#: What was written or chosen beside the headline, in the order it is read.
_WRITTEN = (
    "reason",
    "criterion",
    "question",
    "finding",
    "instruction",
    "result",
    "basis",
    "text",
    "notice",
    "ruling",
    "minutes",
    "place",
    "cost",
)
#: Where the reason that a command names is listed (one word may stand for another thing in another list).
_LISTED: Mapping[str, Callable[[Policy, str], Reason | Criterion]] = {
    "refuse": Policy.refusal,
    "ask_return": Policy.return_reason,
    "ask_extension": Policy.extension_reason,
    "order_rework": Policy.criterion,
}
#: What a correction may change.
AMENDED = (
    *("title", "address", "street", "community", "nature", "narrative"),
    *("channel", "name", "phone", "keep_secret", "safety_hazard", "without_class"),
)


class Side(StrEnum):
    """Which part of the timeline is shown."""

    ALL = "ALL"
    PUBLIC = "PUBLIC"
    SYSTEM = "SYSTEM"


def is_on(entry: TimelineEntry, side: Side) -> bool:
    """Whether an entry is shown on that side."""
    match side:
        case Side.PUBLIC:
            return entry.kind in _PUBLIC
        case Side.SYSTEM:
            return entry.actor in SYSTEM or entry.kind in _OF_THE_SYSTEM
        case _:
            return True


@dataclass(frozen=True, slots=True)
class WishText:
    """Says entries of the timeline of one case, under the edition that judges it."""

    words: Wording
    data: DataNames
    setting: Setting
    edition: str

    def headline(self, entry: TimelineEntry, undone: str = "") -> str:
        """One line: what was done, to whom. `undone` is the kind of the command an undo took back."""
        kind = "undo" if entry.undoes else entry.kind
        key = f"timeline.{kind}{self._variant(kind, entry.wish)}"
        if not self.words.knows(key):
            return kind
        return self.words.say(key, **self._facts(entry.wish), undone=self._kind(undone))

    def _variant(self, kind: str, wish: Mapping[str, Any]) -> str:
        """One kind of command may stand for two things."""
        if kind == "decide_rating":
            return f".{bool(wish.get('is_rework'))}"
        if kind == "convene_coordination":
            return ".joint" if wish.get("is_joint") else ""
        return ".missed" if wish.get("is_missed") else ""

    def body(self, entry: TimelineEntry) -> str:
        """What was written with it, and when it was first said if it counts from later; or nothing."""
        wish = entry.wish
        moved = [self._first_told(wish[TOLD_AT])] if wish.get(TOLD_AT) else []
        if entry.kind == "register":
            return "".join(moved)
        written = (name for name in _WRITTEN if wish.get(name))
        parts = moved + [self._written(entry.kind, name, wish[name]) for name in written]
        if entry.kind == "amend":
            parts += [
                self.amended(name, wish[name]) for name in AMENDED if wish.get(name) is not None
            ]
        return "\n".join(parts)

    def _first_told(self, at: str) -> str:
        return self.words.say("timeline.said.told_at", at=datetime.fromisoformat(at))

    def _facts(self, wish: Mapping[str, Any]) -> dict[str, str]:
        return {
            "unit": self.data.unit(wish.get("unit")),
            "proper_unit": self.data.unit(wish.get("proper_unit")),
            "needed": self.data.unit(wish.get("needed_unit")),
            "category": self.data.path(wish.get("category")),
            "grade": str(wish.get("grade") or ""),
            "officer": self.data.person(wish.get("officer")),
            "holder": self.data.person(wish.get("holder")),
            "name": str(wish.get("name") or ""),
            "verdict": self._verdict(wish.get("is_true")),
            "method": self._coded("case.method", wish.get("method")),
            "purpose": self.purpose(wish.get("purpose")),
            "measure": self.measure(wish.get("measure")),
            "step_of": self._coded("case.fallback", wish.get("step")),
            "why": self._coded("case.coordination.why", wish.get("why")),
            "at": self._instant(wish.get("meets_at")),
            "n": str(len(wish.get("members") or wish.get("demands") or ())),
            "done": self._coded("timeline.done", str(bool(wish.get("is_done")))),
            "outcome": self._coded("case.visit.outcome", wish.get("outcome")),
            "stars": self._stars(wish),
            "level": self._coded("warning.level", wish.get("level")),
            "recipient": self.recipient(wish.get("recipient")),
            "way": self._coded("warning.way", wish.get("method")),
            "step": self._coded("clock.name.K5", wish.get("step")),
            "what": self._coded("form.what", wish.get("what")),
            "until": self._instant(wish.get("until")),
            "due_was": self._instant(wish.get("due_was")),
            "due_now": self._instant(wish.get("due_now")),
        }

    def recipient(self, code: Any) -> str:
        """Who is to hear of a warning, by the name in the edition."""
        with suppress(KeyError):
            listed = self.setting.editions.of(self.edition).warning_recipients
            return next((self.data.of(one) for one in listed if one.code == code), str(code or ""))
        return str(code or "")

    def measure(self, code: Any) -> str:
        """An interim measure by its name in the edition."""
        with suppress(KeyError):
            listed = self.setting.editions.of(self.edition).interim_measures
            return next((self.data.of(one) for one in listed if one.code == code), str(code or ""))
        return str(code or "")

    def _stars(self, wish: Mapping[str, Any]) -> str:
        """What was given for the whole, where something was."""
        given = wish.get("overall")
        told = self.words.say("case.visit.stars.overall", n=given) if given else ""
        return f" · {told}" if told else ""

    def purpose(self, code: Any) -> str:
        """What somebody wants to see the reporter for."""
        return self._coded("form.purpose", code)

    def _instant(self, text: Any) -> str:
        return (
            self.words.when(datetime.fromisoformat(text))
            if text
            else self.words.say("timeline.no_due")
        )

    def _kind(self, kind: str) -> str:
        return self._coded("kind", kind)

    def _verdict(self, is_true: Any) -> str:
        return self.words.say("case.verdict.true" if is_true else "case.verdict.untrue")

    def _coded(self, area: str, code: Any) -> str:
        key = f"{area}.{code}"
        return self.words.say(key) if code and self.words.knows(key) else str(code or "")

    def _written(self, kind: str, name: str, value: Any) -> str:
        if name in ("reason", "criterion"):
            return self.reason(kind, str(value))
        return self.words.say(f"timeline.said.{name}", text=str(value))

    def amended(self, name: str, value: Any, key: str = "timeline.amended") -> str:
        """A corrected field and what was put there, in the sentence of `key`; also that it was emptied."""
        named: Mapping[str, Callable[[str], str]] = {
            "street": self.data.street,
            "community": self.data.community,
            "nature": lambda code: self._coded("queue.nature", code),
            "channel": self.data.channel,
            "keep_secret": lambda _: self._yes_or_no(value),
            "safety_hazard": lambda _: self._yes_or_no(value),
            "without_class": lambda _: self._yes_or_no(value),
        }
        text = named.get(name, str)(str(value)) or self.words.say("timeline.cleared")
        return self.words.say(key, field=self.words.say(f"case.{name}"), text=text)

    def _yes_or_no(self, value: Any) -> str:
        return self.words.say("timeline.yes" if value else "timeline.no")

    def reason(self, kind: str, code: str) -> str:
        """The coded reason or criterion of a command of that kind by its name in the edition.

        What has no such list is a person's own words, and stays as it is.
        """
        found = self._reason(kind, code)
        return self.data.of(found) if found else code

    def _reason(self, kind: str, code: str) -> Reason | Criterion | None:
        listed = _LISTED.get(kind)
        with suppress(KeyError):
            return listed(self.setting.editions.of(self.edition), code) if listed else None
        return None
