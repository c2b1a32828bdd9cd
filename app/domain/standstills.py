"""While a task stands still by a leader's word (挂账, 阶段性结案, 阻滞): since when, until when, and by which article.

The end is known from the beginning, so the disposal clock runs on by itself when it has come; whoever takes
the task up earlier shortens the pause.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.domain.case import Dossier, Request, Task
from app.domain.clocks import Pause, Span, Terms
from app.domain.counting import NEVER, SECOND
from app.domain.extensions import wanted
from app.domain.pauses import read_pauses, write_pauses
from app.domain.policy import Policy
from app.domain.reviews import REVIEW, reviews_of
from app.domain.terms import Clock, Grade, RequestKind, TaskStatus

#: The state of a task that stands still, by the kind of request that brought it there; also why its clock pauses.
STILL = {
    RequestKind.SUSPENSION: TaskStatus.SUSPENDED,
    RequestKind.STAGED: TaskStatus.STAGED,
    RequestKind.BLOCKER: TaskStatus.BLOCKED,
}
#: The parameters of the edition that bound a suspension and a blocker; a promise is bounded by its clock (K12).
_BY = {
    RequestKind.SUSPENSION: "suspension.review_work_days",
    RequestKind.BLOCKER: "coordination.blocker_work_days",
}
#: Before any task was dispatched.
ALWAYS = datetime.min.replace(tzinfo=UTC)


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
    bounded = _BY.get(RequestKind(request.kind))
    if bounded is not None:
        by = policy.parameter(bounded)
        return Terms(wanted(request), policy.code, by.article, by.origin, matter=request.kind)
    bound = policy.limit(Clock.K12, Grade.C)
    return Terms(wanted(request), bound.source, bound.article, bound.origin)


def _span(request: Request, task: Task) -> Span:
    """Its end comes with its time, also when nobody says so."""
    since = request.decided_at or request.asked_at
    until = request.wanted_until or since
    ends = [one.end or until for one in read_pauses(task.pauses) if one.start == since]
    is_open = ends_at(task) in ends
    return Span(since, None if is_open else min((*ends, until)))


def all_still(tasks: Sequence[Task]) -> Iterator[Pause]:
    """While a task stands still and none of the others is at work: that long the whole case waits (K6).

    What is not yet dispatched, and what is handled, keeps nobody from standing still.
    """
    for task in tasks:
        others = [_idle(one) for one in tasks if one.id != task.id]
        for pause in _still(task):
            yield from _within(pause, others)


def _still(task: Task) -> tuple[Pause, ...]:
    return tuple(one for one in read_pauses(task.pauses) if one.why != REVIEW)


def _idle(task: Task) -> list[tuple[datetime, datetime]]:
    """The stretches in which nobody works at a task."""
    stretches = [(one.start, one.end or NEVER) for one in _still(task)]
    done = [(one.start, one.end or NEVER) for one in reviews_of(task)]
    if task.handled_at is not None:
        done.append((task.handled_at, NEVER))
    return [(ALWAYS, task.dispatched_at), *stretches, *done]


def _within(pause: Pause, others: Sequence[list[tuple[datetime, datetime]]]) -> Iterator[Pause]:
    """What of a pause is left where all others are idle too."""
    left = [(pause.start, pause.end or NEVER)]
    for idle in others:
        left = [
            (max(low, start), min(high, end))
            for low, high in left
            for start, end in _joined(idle)
            if max(low, start) < min(high, end)
        ]
    yield from (replace(pause, start=low, end=high) for low, high in left)


def _joined(stretches: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """In order, those that touch made one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
