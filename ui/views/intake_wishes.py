"""From an intake form to commands: what follows a registration, and what changed after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.case import Case
from app.domain.commands import (
    Amend,
    Classify,
    Command,
    Commend,
    Dispatch,
    File,
    RaiseGrade,
    Register,
)
from app.domain.terms import Grade, Nature
from app.services.queries import Attention

#: Stands for the case that the registration before is about to make; the sender puts its id there.
THE_NEW_ONE = ""
_WRITTEN = ("narrative", "address", "street", "community", "nature")


@dataclass(frozen=True, slots=True)
class Booked:
    """A registration that was carried out: the case it made, and what was written then."""

    case_id: str
    number: str
    wish: Register

    @property
    def in_draft(self) -> dict[str, Any]:
        """As a draft can keep it: without the person."""
        wish = self.wish
        written = {name: getattr(wish, name) for name in (*_WRITTEN, "category")}
        graded = {"nature": str(wish.nature), "grade": str(wish.grade) if wish.grade else ""}
        return {"booked": {"case": self.case_id, "number": self.number, **written, **graded}}

    @classmethod
    def of_draft(cls, kept: Mapping[str, Any]) -> "Booked | None":
        """What `in_draft` gave; None for a draft of a report not registered yet."""
        found: dict[str, Any] | None = kept.get("booked")
        if not found:
            return None
        written = {name: found[name] for name in (*_WRITTEN, "category")}
        written["nature"] = Nature(found["nature"])
        grade = Grade(found["grade"]) if found["grade"] else None
        return cls(found["case"], found["number"], Register(**written, grade=grade))

    def changed(self, now: Register) -> tuple[Command, ...]:
        """What has to be asked for so that the case reads like `now`."""
        return registered_again(self.case_id, self.wish, now)


def supplementing(case: Case) -> dict[str, Any]:
    """What a form begins with that supplements a refused report. The person stays sealed."""
    return {
        "narrative": case.narrative,
        "address": case.address,
        "place": case.community or case.street or "",
        "category": case.category,
        "channel": case.channel,
        "nature": str(case.nature),
        "keep_secret": case.keep_secret,
        "hazard": case.safety_hazard,
        "supplements": case.id,
        "supplemented": case.number,
    }


def taken_again(wish: Register, act: Attention, unit: str) -> dict[str, Any]:
    """What a form begins with that takes in again what the centre did not take: all of it."""
    return {
        "name": wish.reporter.name,
        "phone": wish.reporter.phone,
        "keep_secret": wish.keep_secret,
        "address": wish.address,
        "place": wish.community or wish.street or "",
        "narrative": wish.narrative,
        "nature": str(wish.nature),
        "category": wish.category,
        "grade": str(wish.grade) if wish.grade else "",
        "channel": wish.channel,
        "hazard": wish.safety_hazard,
        "unit": unit,
        "supplements": wish.supplements or "",
        "aside": {"command": act.cmd_id, "number": act.number},
    }


def following(case_id: str, unit: str, instruction: str, *, is_thanks: bool) -> tuple[Command, ...]:
    """Filing and dispatch; for thanks the commendation."""
    about = case_id or THE_NEW_ONE
    if is_thanks:
        return (Commend(case_id=about, unit=unit),)
    return (File(case_id=about), Dispatch(case_id=about, unit=unit, instruction=instruction))


def registered_again(case_id: str, before: Register, after: Register) -> tuple[Command, ...]:
    """What was changed in the form after the case had been registered."""
    changed = {
        name: getattr(after, name)
        for name in _WRITTEN
        if getattr(after, name) != getattr(before, name) and getattr(after, name) is not None
    }
    commands: list[Command] = [Amend(case_id=case_id, **changed)] if changed else []
    if after.category and after.category != before.category:
        commands.append(Classify(case_id=case_id, category=after.category))
    if after.grade is not None and after.grade < (before.grade or Grade.C):
        commands.append(RaiseGrade(case_id=case_id, grade=after.grade))
    return tuple(commands)
