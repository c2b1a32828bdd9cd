"""What every decision on a request has in common: the task it is about, and who decided what, when."""

from dataclasses import replace

from app.domain.case import Coordination, Dossier, Request, Task
from app.domain.coordinations import OPEN, RETURNED
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import RequestKind, TaskStatus


def asked_of(task: Task, kind: RequestKind, on: Dossier, moment: Moment) -> Request:
    """What the actor asks for a task; of the centre, on its unit's behalf. `level` counts those approved."""
    earlier = (one for one in on.requests if one.task_id == task.id and one.kind == kind)
    return Request(
        id=moment.new_id("request"),
        district=on.case.district,
        case_id=on.case.id,
        task_id=task.id,
        status="OPEN",
        kind=str(kind),
        task_was=str(task.status),
        level=1 + sum(one.status == "APPROVED" for one in earlier),
        on_behalf=guards.on_behalf(task.unit, moment),
        asked_at=moment.now,
        asked_by=moment.actor.login,
    )


def about(on: Dossier, request: Request) -> Task:
    """The task that a request is about. Raises Refused('task-missing')."""
    task = on.task(request.task_id)
    if task is None:
        raise Refused("task-missing")
    return task


def as_before(on: Dossier, request: Request) -> Task:
    """That task as it stood before the request was made."""
    return replace(about(on, request), status=TaskStatus(request.task_was))


def decided(request: Request, status: str, text: str, moment: Moment) -> Request:
    """The request as the actor decides it."""
    ended = replace(request, status=status, decided_at=moment.now, decision_text=text)
    return replace(ended, decided_by=moment.actor.login)


def ended(request: Request, status: str, moment: Moment) -> Request:
    """The request over without anybody's decision."""
    return replace(request, status=status, decided_at=moment.now)


def opened(why: str, text: str, on: Dossier, moment: Moment) -> Coordination:
    """A coordination that begins now."""
    return Coordination(
        id=moment.new_id("coordination"),
        district=on.case.district,
        case_id=on.case.id,
        status=OPEN,
        why=why,
        text=text,
        opened_at=moment.now,
        opened_by=moment.actor.login,
    )


def opened_by_return(on: Dossier, moment: Moment) -> Coordination:
    """The coordination that begins with a return too many."""
    return opened(RETURNED, "", on, moment)
