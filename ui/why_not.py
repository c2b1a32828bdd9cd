"""Why a verb is not possible now: by the person's post, the case shown, or what the rules would say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.moment import Moment
from app.domain.objections import objection, taking_up
from app.domain.permits import may
from app.domain.refused import Refused
from app.domain.rules import CENTRE, CENTRE_OR_UNIT, rules_of
from app.domain.terms import CaseStatus
from app.services.queries import CaseView
from ui import leave
from ui.verbs import FILES, REVEAL, Verb

#: The sentence for a verb that belongs to another post.
NOT_HIS = "frame.why.role"


@dataclass(frozen=True, slots=True)
class No:
    """Why a verb is not possible now: the key of its sentence, and the facts."""

    key: str
    facts: Mapping[str, Any]


def why_not(verb: Verb, view: CaseView | None, moment: Moment) -> No | None:
    """The reason for showing a verb disabled to whoever sits here, or None when it is possible."""
    role, asked = moment.actor.role, verb.right or verb.kind
    if verb.name == REVEAL:
        return _not_shown(view, moment)
    if asked and asked != "undo" and not rules_of(asked, role):
        return No(NOT_HIS, {"role": str(role), "verb": verb.words})
    if verb.able(view):
        return None if view is None else _objected(verb, view, moment)
    return No("frame.why.no-case", {}) if view is None else _not_of_such(verb, view, moment)


def _not_shown(view: CaseView | None, moment: Moment) -> No | None:
    """The centre's people look for a reason, a unit's by leave, and nobody else."""
    role = moment.actor.role
    if role not in CENTRE_OR_UNIT:
        return No("refused.reveal-denied", {"role": str(role)})
    if view is None:
        return No("frame.why.no-case", {})
    return None if role in CENTRE else _no(leave.barred(view, moment))


def _not_of_such(verb: Verb, view: CaseView, moment: Moment) -> No:
    """Why it is out of the question for the case shown: what the rules would say, or its state."""
    if verb.on is CaseStatus.REFUSED:
        return No("frame.why.not-refused", {})
    if verb.name == FILES:
        return No("frame.why.no-files", {})
    is_ready = verb.kind is not None and may(verb.kind, moment.actor.role, view.dossier)
    if is_ready and verb.kind and (no := barred(verb.kind, view, moment)):
        return no
    status = str(view.dossier.case.status)
    return No("frame.why.state", {"status": status, "verb": verb.words})


def _objected(verb: Verb, view: CaseView, moment: Moment) -> No | None:
    if verb.on is CaseStatus.REFUSED:
        return _used_up(view, moment)
    return None if verb.kind is None else barred(verb.kind, view, moment)


def _used_up(view: CaseView, moment: Moment) -> No | None:
    """A refused report was supplemented as often as the Measures let it: told before anything is typed."""
    return _no(taking_up(view.dossier.case, replace(moment, matter=view.matter)))


def barred(kind: str, view: CaseView, moment: Moment) -> No | None:
    """What the rules would say to this person whatever he filled in, told before he begins."""
    return _no(objection(kind, view.dossier, moment))


def _no(no: Refused | None) -> No | None:
    return None if no is None else No(f"refused.{no.code}", no.facts)
