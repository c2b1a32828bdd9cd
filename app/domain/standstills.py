"""While a task stands still by a leader's word (挂账, 阶段性结案): since when, until when, and by which article.

The end is known from the beginning, so the disposal clock runs on by itself when it has come; whoever takes
the task up earlier shortens the pause.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.case import Dossier, Request, Task
from app.domain.clocks import Pause, Span, Terms
from app.domain.counting import SECOND
from app.domain.extensions import wanted
from app.domain.pauses import read_pauses, write_pauses
from app.domain.policy import Policy
from app.domain.terms import Clock, Grade, RequestKind, TaskStatus

#: The state of a task that stands still, by the kind of request that brought it there; also why its clock pauses.
STILL = {
    RequestKind.SUSPENSION: TaskStatus.SUSPENDED,
    RequestKind.STAGED: TaskStatus.STAGED,
}
#: The parameter of the edition that bounds a suspension; a promise is bounded by its clock (K12).
_BY = "suspension.review_work_days"


def standing_still(task: Task, since: datetime, until: datetime, why: TaskStatus, by: str) -> Task:
    """The task in that state, its disposal clock paused through `until`: a day is over with its last second."""
    pauses = (*read_pauses(task.pauses), Pause(since, until + SECOND, str(why), by))
    return replace(task, status=why, pauses=write_pauses(pauses))


def taken_up(task: Task, at: datetime) -> Task:
    """The task at work again; what was left of its pause is not needed."""
    *before, last = read_pauses(task.pauses)
    ended = replace(last, end=min(at, last.end or at))
    return replace(task, status=TaskStatus.SIGNED, pauses=write_pauses((*before, ended)))


def ends_at(task: Task) -> datetime | None:
    """Until when a task that stands still does so; None for one that does not."""
    if task.status not in STILL.values():
        return None
    return read_pauses(task.pauses)[-1].end


def spans(on: Dossier, policy: Policy) -> Iterator[tuple[str, Terms, Span]]:
    """Every standstill there was or is: the task, the time it was given, and from when to when it took."""
    for one in on.requests:
        task = on.task(one.task_id)
        if one.kind in STILL and one.status == "APPROVED" and task is not None:
            yield task.id, _terms(one, policy), _span(one, task)


def _terms(request: Request, policy: Policy) -> Terms:
    if request.kind == RequestKind.SUSPENSION:
        by, matter = policy.parameter(_BY), str(RequestKind.SUSPENSION)
        return Terms(wanted(request), policy.code, by.article, by.origin, matter=matter)
    bound = policy.limit(Clock.K12, Grade.C)
    return Terms(wanted(request), bound.source, bound.article, bound.origin)


def _span(request: Request, task: Task) -> Span:
    """Its end comes with its time, also when nobody says so."""
    since = request.decided_at or request.asked_at
    until = request.wanted_until or since
    ends = [one.end or until for one in read_pauses(task.pauses) if one.start == since]
    is_open = ends_at(task) in ends
    return Span(since, None if is_open else min((*ends, until)))
