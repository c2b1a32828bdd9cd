"""Words that go out to units and reporters: Chinese, whatever language the screen speaks."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

import yaml

from app.domain.calendar import LOCAL
from app.domain.case import Case
from app.domain.provisions import Reason

#: What stands for a reason that is not chosen yet.
OPEN = "…"


def by(due: datetime | None) -> str:
    """Until when a unit has to be done; nothing while that is not known."""
    if due is None:
        return ""
    return _letter("dispatch.by", due=due.astimezone(LOCAL).strftime("%m-%d %H:%M"))


def instruction(due: datetime | None, *, keep_secret: bool) -> str:
    """What a unit is told with a dispatch: until when, to answer, and what not to disclose."""
    secret = _letter("dispatch.secret") if keep_secret else ""
    return by(due) + _letter("dispatch.answer") + secret + _letter("dispatch.discreet")


def declining(case: Case, reason: Reason | None, text: str) -> str:
    """What the reporter is told when a report is not filed."""
    named = reason.name_zh if reason is not None else OPEN
    return _letter("declining", title=case.title, number=case.number, reason=named, text=text)


def handling(case: Case, result: str) -> str:
    """What the reporter is told of the result; nothing without one."""
    return _letter("handling", number=case.number, result=result) if result else ""


def extending(case: Case, reason: Reason | None, until: datetime | None) -> str:
    """What the reporter is told when a unit is given more time; nothing while the new due is not known."""
    if until is None:
        return ""
    named = reason.name_zh if reason is not None else OPEN
    due = until.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    return _letter("extending", number=case.number, reason=named, due=due)


def promising(case: Case, until: datetime | None, text: str) -> str:
    """What the reporter is told when a unit promises a day; nothing without one."""
    if until is None:
        return ""
    day = until.astimezone(LOCAL).strftime("%Y-%m-%d")
    return _letter("promising", number=case.number, day=day, text=text)


def calling_off(case: Case, text: str) -> str:
    """What the reporter is told when nothing will be done any more."""
    return _letter("calling_off", number=case.number, text=text)


def _letter(key: str, **facts: str) -> str:
    return _letters()[key].format_map(facts)


@cache
def _letters() -> Mapping[str, str]:
    file = files("resources") / "letters" / "zh.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))
