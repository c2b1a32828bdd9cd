"""A case that is coordinated (个案协调, art. 24): whether it is, who was called, and by when it has to be ruled."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Coordination, Dossier, Request
from app.domain.counting import Span, Terms
from app.domain.limits import LimitUnit
from app.domain.policy import Policy
from app.domain.task_limits import terms_by
from app.domain.terms import CaseStatus, Clock, RequestKind

#: The states of a coordination; one that was taken back is WITHDRAWN.
OPEN, CONVENED, RULED = "OPEN", "CONVENED", "RULED"
#: Why one is opened: sent back too often, held up for too long, on request.
RETURNED, BLOCKED, ASKED = "RETURNED", "BLOCKED", "ASKED"
WHYS = (RETURNED, BLOCKED, ASKED)
#: How a case that is coordinated stands in lists, beside the kinds of requests.
COORDINATION = "COORDINATION"
#: Cases that can be: units have them, or the next one is looked for.
_STANDS = (CaseStatus.FILED, CaseStatus.DISPATCHED)
#: The parameter of the edition by which it is ruled.
_BY = "coordination.decision_work_days"


def live(on: Dossier) -> Coordination | None:
    """The coordination under way, if there is one; there is one at most."""
    if on.case.status not in _STANDS:
        return None
    return next((one for one in on.coordinations if one.status in (OPEN, CONVENED)), None)


def ruled(on: Dossier) -> Coordination | None:
    """The last ruling, if there is one."""
    found = (one for one in on.coordinations if one.status == RULED)
    return max(found, key=lambda one: one.ruled_at or one.opened_at, default=None)


def units_of(one: Coordination) -> tuple[str, ...]:
    """The units called together."""
    return tuple(code for code in one.units.split("|") if code)


def is_ruled_with(request: Request, on: Dossier) -> bool:
    """Whether it is a return that opened a coordination: the ruling decides it, by its own clock."""
    is_return = request.kind == RequestKind.RETURN
    opened = (one.opened_at for one in on.coordinations if one.why == RETURNED)
    return is_return and request.asked_at in opened


def asked(on: Dossier) -> tuple[str, datetime | None]:
    """What waits for a leader's word, and since when: a coordination, or the oldest request; ('', None) if nothing."""
    one, request = live(on), on.open_request()
    if one is not None:
        return COORDINATION, one.opened_at
    return (request.kind, request.asked_at) if request else ("", None)


def clocks_of(
    on: Dossier, policy: Policy, ended: datetime | None
) -> Iterator[tuple[Clock, str, Terms, Span]]:
    """By when each is ruled; a joint meeting has its own day, and a case that goes on without needs no ruling."""
    made = [one for one in on.coordinations if one.status != "WITHDRAWN"]
    if not made or _BY not in policy.parameters:
        return
    terms = terms_by(_BY, LimitUnit.WORK_DAY, policy)
    for one in made:
        yield Clock.KC, one.id, terms, Span(one.opened_at, _over(one, on, ended))


def _over(one: Coordination, on: Dossier, ended: datetime | None) -> datetime | None:
    joint = one.convened_at if one.is_joint else None
    left = None if on.case.status in _STANDS else on.case.closure_asked_at
    return one.ruled_at or joint or ended or left
