"""In which queue a case waits: told by its state, and while units have it by the states of its tasks."""

from app.domain.case import Dossier
from app.domain.coordinations import live
from app.domain.terms import CaseStatus, Stage, TaskStatus
from app.domain.visits import CLOSED, owed

#: Task states in which the centre owes a decision on what was asked.
ASKED = frozenset(
    {
        TaskStatus.RETURN_REVIEW,
        TaskStatus.EXT_REVIEW,
        TaskStatus.SUSPEND_REVIEW,
        TaskStatus.STAGE_REVIEW,
        TaskStatus.BLOCK_REVIEW,
        TaskStatus.CANCEL_REVIEW,
    }
)
_STAGES = {
    CaseStatus.REGISTERED: Stage.FILING,
    CaseStatus.VERIFYING: Stage.FILING,
    CaseStatus.FILED: Stage.DISPATCH,
    CaseStatus.SUSPENDED: Stage.DISPOSAL,
    CaseStatus.STAGED: Stage.DISPOSAL,
    CaseStatus.PENDING_CLOSURE: Stage.CLOSURE,
}


def stage_of(on: Dossier) -> Stage:
    """The queue a case waits in."""
    if on.case.status in CLOSED:
        return Stage.VISIT if owed(on) else Stage.ENDED
    if live(on) is not None:
        return Stage.RETURNED
    if on.case.status in (CaseStatus.DISPATCHED, CaseStatus.REWORK):
        waits_for_lead = bool(on.live_tasks) and on.lead is None
        states = {task.status for task in on.live_tasks}
        return Stage.DISPATCH if waits_for_lead and not states & ASKED else _stage_of_tasks(states)
    return _STAGES.get(on.case.status, Stage.ENDED)


def _stage_of_tasks(states: set[TaskStatus]) -> Stage:
    if states & ASKED:
        return Stage.RETURNED
    return Stage.SIGN if TaskStatus.PENDING_SIGN in states else Stage.DISPOSAL
