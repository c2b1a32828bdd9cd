"""How the clocks of a task end that leaves its unit undone: neither met nor missed, but passed on with it."""

from dataclasses import replace
from datetime import datetime

from app.domain.case import OPEN_TASKS, Dossier, Request, Task
from app.domain.clocks import ClockState, Ledger
from app.domain.counting import NEVER
from app.domain.terms import RequestKind, TaskStatus


def left_with(task: Task, ledger: Ledger, on: Dossier) -> Ledger:
    """A clock of `task` as it ended if only the task's leaving stopped it: RETURNED by its unit, or
    REASSIGNED or CANCELLED by the centre. One whose time was over before stays missed.
    """
    left_at = task.returned_at
    if left_at is None or ledger.stopped != left_at:
        return ledger
    asked = (one.asked_at for one in on.requests if _gave_back(one, task))
    asked_at = max(asked, default=None)
    if (asked_at or left_at) > (ledger.due or NEVER):
        return ledger
    is_off = task.status is TaskStatus.CANCELLED
    taken = ClockState.CANCELLED if is_off else ClockState.REASSIGNED
    state = taken if asked_at is None else ClockState.RETURNED
    return replace(ledger, left_as=state)


def lapsed(request: Request, on: Dossier) -> datetime | None:
    """When nobody waits any more to be let see the reporter: the task has left his unit's hands."""
    task = on.task(request.task_id)
    if request.kind != RequestKind.REVEAL or task is None or task.status in OPEN_TASKS:
        return None
    return task.returned_at or task.handled_at or on.case.refused_at or on.case.closed_at


def is_taken_back(task: Task) -> bool:
    """Whether its dispatch was undone, so that it never was; one that was called off has a time of that."""
    return task.status is TaskStatus.CANCELLED and task.returned_at is None


def _gave_back(one: Request, task: Task) -> bool:
    is_return = one.kind == RequestKind.RETURN and one.status == "APPROVED"
    return is_return and one.task_id == task.id
