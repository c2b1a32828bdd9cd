"""Words that go out to units and reporters: Chinese, whatever language the screen speaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

from app.domain.calendar import LOCAL
from app.domain.case import Case, Dossier, Task
from app.domain.measures.filing import DECLINED
from app.domain.measures.notices import ACCEPTANCE, HANDLING, INTERIM
from app.domain.provisions import Reason
from app.domain.taxonomy import Directory
from app.domain.templates import Filled, Occasion, Templates
from app.domain.terms import RequestKind
from resources.notices import VISIT, load_templates

NO_WORDS = Filled("")
_DAY, _MINUTE = "%Y-%m-%d", "%Y-%m-%d %H:%M"
Facts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Letters:
    """Notices about one case, filled from its rows; a name that the case does not tell stands as a gap."""

    on: Dossier
    directory: Directory

    def of_kind(self, kind: str, task: Task | None, result: str | None = None) -> Filled:
        """What is told by hand: that a unit has it, what came of it, or how far it is."""
        if kind not in (ACCEPTANCE, HANDLING, INTERIM):
            return NO_WORDS
        return self._filled(kind, "", {"result": result}, task)

    def script(self) -> str:
        """What is said to whoever is called after the closure."""
        lead = self.on.lead
        return self._filled(VISIT, "", {"result": (lead and lead.result) or None}, lead).text

    def handling(self, result: str, task: Task | None) -> str:
        """What the reporter is told of the result; nothing without one."""
        return self.of_kind(HANDLING, task, result).text if result else ""

    def declining(self, reason: Reason | None, text: str) -> str:
        """What the reporter is told when a report is not filed; words only where the reason asks for some."""
        is_asked = reason is None or reason.needs_text
        facts = {"reason": reason and reason.name_zh, "text": (text or None) if is_asked else text}
        return self._filled(DECLINED, reason.code if reason else "", facts).text

    def extending(self, reason: Reason | None, until: datetime | None) -> str:
        """What he is told when a unit is given more time; nothing while the new due is not known."""
        if until is None:
            return ""
        facts = {"reason": reason and reason.name_zh, "due": _said(until, _MINUTE)}
        return self._filled(INTERIM, RequestKind.EXTENSION, facts).text

    def promising(self, until: datetime | None, text: str) -> str:
        """What he is told when a unit promises a day; nothing without one."""
        if until is None:
            return ""
        facts = {"day": _said(until, _DAY), "text": text or None}
        return self._filled(INTERIM, RequestKind.STAGED, facts).text

    def calling_off(self, text: str) -> str:
        """What he is told when nothing will be done any more."""
        return self._filled(INTERIM, RequestKind.CANCEL, {"text": text or None}).text

    def _filled(self, kind: str, outcome: str, facts: Facts, task: Task | None = None) -> Filled:
        case = self.on.case
        found = templates().chosen(Occasion(kind, case.nature, case.status, outcome))
        if found is None:
            return NO_WORDS
        return templates().filled(found, {**self._known(case, task), **facts})

    def _known(self, case: Case, task: Task | None) -> Facts:
        unit = task.unit if task else case.lead_unit
        return {
            "number": case.number,
            "title": case.title or None,
            "received": _said(case.registered_at, _DAY),
            "due": case.due_at and _said(case.due_at, _MINUTE),
            "unit": unit and self.directory.unit(unit).name_zh,
        }


def _said(at: datetime, how: str) -> str:
    return at.astimezone(LOCAL).strftime(how)


@cache
def templates() -> Templates:
    """The shipped templates, read once."""
    return load_templates()


def by(due: datetime | None) -> str:
    """Until when a unit has to be done; nothing while that is not known."""
    if due is None:
        return ""
    return _letter("dispatch.by", due=due.astimezone(LOCAL).strftime("%m-%d %H:%M"))


def repeated(number: str) -> str:
    """Why a report is not filed that repeats another one."""
    return _letter("intake.repeated", number=number)


def instruction(due: datetime | None, *, keep_secret: bool) -> str:
    """What a unit is told with a dispatch: until when, to answer, and what not to disclose."""
    secret = _letter("dispatch.secret") if keep_secret else ""
    return by(due) + _letter("dispatch.answer") + secret + _letter("dispatch.discreet")


def assembled(parts: Iterable[tuple[str, str]]) -> str:
    """The results of several units as one, each under the unit's own name."""
    return "\n".join(_letter("assembled", unit=unit, result=result) for unit, result in parts)


def _letter(key: str, **facts: str) -> str:
    return _letters()[key].format_map(facts)


@cache
def _letters() -> Mapping[str, str]:
    file = files("resources") / "letters" / "zh.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))
