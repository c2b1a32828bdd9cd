"""From an intake form to commands: what follows a registration, and what changed after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.case import Case, Dossier
from app.domain.commands import (
    Amend,
    Classify,
    Command,
    Commend,
    Dispatch,
    File,
    LowerGrade,
    Merge,
    Person,
    RaiseGrade,
    Refuse,
    Register,
)
from app.domain.duplicates import Advice, Proposal
from app.domain.moment import Setting
from app.domain.terms import Grade, Nature
from app.services.queries import Attention
from ui.letters import Letters, repeated
from ui.views.forms.options import NUMBERLESS

#: Stands for the case that the registration before is about to make; the sender puts its id there.
THE_NEW_ONE = ""
#: The ground on which a repeat of an open report is not filed.
REPEAT = "DUPLICATE"
_WRITTEN = (
    *("narrative", "address", "street", "community", "nature"),
    *("channel", "keep_secret", "safety_hazard"),
)
#: The grade that a class has by itself.
Usual = Callable[[str | None], Grade]


@dataclass(frozen=True, slots=True)
class Booked:
    """A registration that was carried out: the case it made, and what was written then."""

    case_id: str
    number: str
    wish: Register

    @property
    def in_draft(self) -> dict[str, Any]:
        """As a draft keeps it, beside what is typed now."""
        wish = self.wish
        person = {"name": wish.reporter.name, "phone": wish.reporter.phone}
        written = {name: getattr(wish, name) for name in (*_WRITTEN, "category")}
        graded = {"nature": str(wish.nature), "grade": str(wish.grade) if wish.grade else ""}
        return {
            "booked": {"case": self.case_id, "number": self.number, **written, **graded, **person}
        }

    @classmethod
    def of_draft(cls, kept: Mapping[str, Any]) -> "Booked | None":
        """What `in_draft` gave; None for a draft of a report not registered yet."""
        found: dict[str, Any] | None = kept.get("booked")
        if not found:
            return None
        usual: dict[str, Any] = {"channel": "", "keep_secret": False, "safety_hazard": False}
        written = {name: {**usual, **found}[name] for name in (*_WRITTEN, "category")}
        written["nature"] = Nature(found["nature"])
        grade = Grade(found["grade"]) if found["grade"] else None
        reporter = Person(name=found.get("name", ""), phone=found.get("phone", ""))
        wish = Register(**written, grade=grade, reporter=reporter)
        return cls(found["case"], found["number"], wish)

    def changed(self, now: Register, usual: Usual, reason: str = "") -> tuple[Command, ...]:
        """What has to be asked for so that the case reads like `now`; see `registered_again`."""
        return registered_again(self.case_id, self.wish, now, usual, reason)


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


def joining(one: Proposal, about: str, wish: Register, setting: Setting) -> tuple[Command, ...]:
    """What follows a registration that is the same as another case: it is merged into that, or refused as a repeat."""
    if one.advice is Advice.MERGE:
        return (Merge(case_id=one.case.id, members=(about or THE_NEW_ONE,)),)
    reasons = setting.policy(one.case).refusal_reasons
    reason = next((each for each in reasons if each.code == REPEAT), None)
    if one.advice is not Advice.REFUSE or reason is None:
        return ()
    text = repeated(one.case.number)
    notice = Letters(Dossier(one.case), setting.directory).declining(reason, text)
    method = "SMS" if wish.reporter.phone else NUMBERLESS
    about = about or THE_NEW_ONE
    return (Refuse(case_id=about, reason=REPEAT, text=text, notice=notice, method=method),)


def registered_again(
    case_id: str, before: Register, after: Register, usual: Usual, reason: str
) -> tuple[Command, ...]:
    """What was changed in the form after the case had been registered.

    `usual` tells the grade of a class, `reason` why a grade is lowered; whoever may not do that is told so.
    """
    changed: dict[str, Any] = {
        **_rewritten(before, after),
        **_of_the_person(before.reporter, after.reporter),
    }
    if before.category and not after.category:
        changed["without_class"] = True
    commands: list[Command] = [Amend(case_id=case_id, **changed)] if changed else []
    if after.category and after.category != before.category:
        commands.append(Classify(case_id=case_id, category=after.category))
    if after.grade is not None and after.grade != before.grade:
        now = min(before.grade or Grade.C, usual(before.category), usual(after.category))
        commands += _regraded(case_id, now, after.grade, reason)
    return tuple(commands)


def _rewritten(before: Register, after: Register) -> dict[str, Any]:
    """Fields of the case that read otherwise; an empty text clears one."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in _WRITTEN)
    return {name: "" if new is None else new for name, old, new in pairs if new != old}


def _of_the_person(before: Person, after: Person) -> dict[str, str]:
    pairs = ((one, getattr(before, one), getattr(after, one)) for one in ("name", "phone"))
    return {name: new for name, old, new in pairs if new != old}


def _regraded(case_id: str, now: Grade, wanted: Grade, reason: str) -> list[Command]:
    if wanted == now:
        return []
    if wanted < now:
        return [RaiseGrade(case_id=case_id, grade=wanted)]
    return [LowerGrade(case_id=case_id, grade=wanted, reason=reason)]
