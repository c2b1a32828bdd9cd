"""What was added to the limit of a task (延期, art. 16), from its approved requests alone.

Time is added to a limit that counts time of the same kind. Where the case has another limit by now (a
grade, a class), what cannot be added to that has lapsed with the old one.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.case import Dossier, Request
from app.domain.counting import NEVER, Added, Terms
from app.domain.limits import Limit, LimitUnit, together
from app.domain.policy import Policy
from app.domain.terms import RequestKind

#: The parameter of the edition by which time is added: its article and origin stand beside the limit.
_BY = "extension.total_work_days"


def granted(on: Dossier, task_id: str) -> tuple[Request, ...]:
    """The approved extensions of a task, in the order in which they were decided."""
    return tuple(sorted(_granted(on, task_id), key=lambda one: one.decided_at or one.asked_at))


def _granted(on: Dossier, task_id: str) -> Iterator[Request]:
    approved = (one for one in on.requests if one.status == "APPROVED")
    of_task = (one for one in approved if one.task_id == task_id)
    return (one for one in of_task if one.kind == RequestKind.EXTENSION)


def wanted(request: Request) -> Limit:
    """The time that a request asks for."""
    return Limit(request.wanted_value or 0, LimitUnit(request.wanted_unit or LimitUnit.WORK_DAY))


def extended(
    terms: Terms, on: Dossier, task_id: str, policy: Policy, at: datetime | None = None
) -> Terms:
    """The terms of a task's limit with what had been added to it at an instant, None meaning now."""
    for one in granted(on, task_id):
        sum_ = together(terms.limit, wanted(one))
        if sum_ is not None and one.decided_at and one.decided_at <= (at or NEVER):
            terms = replace(terms, limit=sum_, added=(*terms.added, _added(one, policy)))
    return terms


def _added(one: Request, policy: Policy) -> Added:
    by = policy.parameter(_BY)
    return Added(wanted(one), one.decided_at or one.asked_at, one.decided_by, by.article, by.origin)
