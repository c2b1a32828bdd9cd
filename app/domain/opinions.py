"""When a unit that assists owes its opinion (art. 22): after a share of its own limit, before its part is done."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Task
from app.domain.clocks import Span, Terms
from app.domain.pauses import read_pauses
from app.domain.policy import Policy
from app.domain.reviews import REVIEW, reviews_of
from app.domain.task_limits import share_of
from app.domain.terms import TaskPart

#: The parameter of the edition; one that has none asks for no opinion beforehand.
_BY = "parallel.assist_percent"


def opinions(
    task: Task, own: Terms | None, policy: Policy, gone: datetime | None
) -> Iterator[tuple[Terms, Span]]:
    """The one clock of it, if there is one: what the unit first reports as done is its opinion.

    `own` is the unit's disposal limit as it was fixed, `gone` when the task left its hands undone.
    """
    if task.part is not TaskPart.ASSIST or own is None or _BY not in policy.parameters:
        return
    by, limit = policy.parameter(_BY), share_of(own.limit, policy, _BY)
    first = [one.start for one in reviews_of(task)] or [task.handled_at]
    stop = min((at for at in (first[0], gone) if at is not None), default=None)
    pauses = tuple(one for one in read_pauses(task.pauses) if one.why != REVIEW)
    yield Terms(limit, policy.code, by.article, by.origin), Span(task.dispatched_at, stop, pauses)
