"""What every decision on a request has in common: the task it is about, and who decided what, when."""

from dataclasses import replace

from app.domain.case import Dossier, Request, Task
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import TaskStatus


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
