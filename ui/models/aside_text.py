"""A command that the centre did not take, in words: what was wanted, why not, what is now, who was faster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.calendar import local_date
from app.domain.case import Case
from app.domain.moment import Setting
from app.services.queries import Attention, Delivery, TimelineEntry
from ui.models.wish_text import AMENDED, WishText
from ui.names import DataNames
from ui.wording import Wording

_UNDO = "undo."
#: How many of the acts of others are told, the latest.
LATEST = 3


@dataclass(frozen=True, slots=True)
class AsideText:
    """Says acts set aside, in the language in use."""

    words: Wording
    data: DataNames
    setting: Setting

    def head(self, act: Attention) -> str:
        """What it was, about which case, and when."""
        facts = {"kind": self.kind(act), "number": act.number, "at": act.at}
        return self.words.say("frame.attention_line", **facts)

    def kind(self, act: Attention) -> str:
        """The name of what was asked."""
        if act.kind.startswith(_UNDO):
            undone = self.words.fact(act.kind.removeprefix(_UNDO))
            return self.words.say("frame.aside.undo", kind=undone)
        return self.words.fact(act.kind)

    def wanted(self, act: Attention) -> tuple[str, ...]:
        """What was asked for and what was written with it."""
        if act.kind.startswith(_UNDO):
            return ()
        if act.kind == "register":
            return tuple(self._report(act.wish))
        text, entry = self._wish_text(act), _as_entry(act)
        return tuple(one for one in (text.headline(entry), *text.body(entry).split("\n")) if one)

    def now(self, act: Attention) -> tuple[str, ...]:
        """How the case stands now, and what stands where something else was to stand."""
        if act.case is None:
            return (self.words.say("frame.aside.gone"),)
        return tuple(self._stands(act, act.case))

    def saw(self, act: Attention) -> tuple[str, ...]:
        """How the case stood when this was asked for; nothing of one that was new."""
        return () if act.saw is None else tuple(self._stands(act, act.saw))

    def _stands(self, act: Attention, case: Case) -> Iterator[str]:
        unit = self.data.unit(case.lead_unit)
        key = "frame.aside.with" if unit else "frame.aside.free"
        yield self.words.say(key, status=str(case.status), unit=unit)
        if act.kind == "amend":
            yield from self._fields_of(act, case)

    def since(self, act: Attention) -> tuple[str, ...]:
        """Who did what meanwhile, and when."""
        text = self._wish_text(act)
        return tuple(self._deed(text, one) for one in act.since[-LATEST:])

    def why(self, act: Attention) -> str:
        """Why the centre did not take it: the more exact of its reasons that there are words for."""
        if holder := _holder_now(act):
            who, at = self.data.person(holder[0]), holder[1]
            return self.words.say("frame.why_not.claimed", who=who, at=at)
        said = str(act.facts.get("said", ""))
        keys = (f"frame.why_not.{act.why}.{said}", f"frame.why_not.{said}")
        known = (key for key in keys if said and self.words.knows(key))
        return self.words.say(next(known, f"frame.why_not.{act.why}"))

    def short(self, act: Attention) -> str:
        """Why, in one line: who was faster where somebody was."""
        is_outrun = act.why == "conflict" and not _holder_now(act)
        deeds = self.since(act) if is_outrun else ()
        return deeds[-1] if deeds else self.why(act)

    def _deed(self, text: WishText, entry: TimelineEntry) -> str:
        facts = {"who": self.data.person(entry.actor), "at": entry.at}
        return self.words.say("frame.aside.deed", **facts, what=text.headline(entry))

    def _fields_of(self, act: Attention, case: Case) -> Iterator[str]:
        text = self._wish_text(act)
        for name in AMENDED:
            if name in act.wish:
                yield text.amended(name, _on_case(case, name), "frame.aside.field")

    def _report(self, wish: Mapping[str, Any]) -> Iterator[str]:
        data = self.data
        who: Mapping[str, str] = wish.get("reporter") or {}
        place = data.community(wish.get("community")) or data.street(wish.get("street"))
        pairs = (
            ("narrative", wish.get("narrative")),
            ("reporter", " ".join(who[part] for part in ("name", "phone") if who.get(part))),
            ("address", " ".join(part for part in (place, wish.get("address")) if part)),
            ("category", data.path(wish.get("category"))),
            ("channel", data.channel(wish.get("channel"))),
        )
        for name, text in pairs:
            if text:
                field = self.words.say(f"case.{name}")
                yield self.words.say("frame.aside.given", field=field, text=text)

    def _wish_text(self, act: Attention) -> WishText:
        edition = act.case.edition if act.case is not None else ""
        today = self.setting.editions.judging(local_date(act.at)).policy.code
        return WishText(self.words, self.data, self.setting, edition or today)


def _holder_now(act: Attention) -> tuple[str, datetime] | None:
    """Who got a case that was to be claimed here, and when, as the centre said with its no."""
    rows: Sequence[tuple[str, Mapping[str, Any]]] = act.facts.get("rows", ())
    if act.kind not in ("claim", "take_over", "hand_over") or act.why != "conflict":
        return None
    found = (row for table, row in rows if table == "case_file" and row.get("holder"))
    return next(((row["holder"], datetime.fromisoformat(row["held_at"])) for row in found), None)


def _on_case(case: Case | None, name: str) -> Any:
    """What stands there now; of a person his mask."""
    masked = {"name": "reporter_masked", "phone": "phone_masked"}.get(name, name)
    return getattr(case, masked, None) or ""


def _as_entry(act: Attention) -> TimelineEntry:
    return TimelineEntry(
        cmd_id=act.cmd_id,
        kind=act.kind,
        actor="",
        at=act.at,
        wish=act.wish,
        delivery=Delivery.ATTENTION,
    )
