"""In which queue a case waits: told by its state, and while units have it by the states of its tasks."""

from app.domain.case import Dossier
from app.domain.terms import CaseStatus, Stage, TaskStatus

#: Task states in which the centre owes a decision on what was asked.
ASKED = frozenset({TaskStatus.RETURN_REVIEW, TaskStatus.EXT_REVIEW})


def stage_of(on: Dossier) -> Stage:
    """The queue a case waits in."""
    match on.case.status:
        case CaseStatus.REGISTERED | CaseStatus.VERIFYING:
            return Stage.FILING
        case CaseStatus.FILED:
            return Stage.DISPATCH
        case CaseStatus.PENDING_CLOSURE:
            return Stage.CLOSURE
        case CaseStatus.DISPATCHED | CaseStatus.REWORK:
            return _stage_of_tasks({task.status for task in on.live_tasks})
        case _:
            return Stage.ENDED


def _stage_of_tasks(states: set[TaskStatus]) -> Stage:
    if states & ASKED:
        return Stage.RETURNED
    return Stage.SIGN if TaskStatus.PENDING_SIGN in states else Stage.DISPOSAL
