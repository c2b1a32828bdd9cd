"""What nobody wants falls back (兜底, art. 21): first asked or first handled, then the street, then a third party."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Dossier, Task
from app.domain.counting import Span, Terms
from app.domain.leaving import is_taken_back
from app.domain.limits import LimitUnit
from app.domain.policy import Policy
from app.domain.task_limits import terms_by
from app.domain.terms import Clock, Grade

#: By whom a case is caught, and which step that is.
FIRST_ASKED, FIRST_HANDLED, STREET, THIRD_PARTY = (
    *("FIRST_ASKED", "FIRST_HANDLED"),
    *("STREET", "THIRD_PARTY"),
)
STEPS = {FIRST_ASKED: 1, FIRST_HANDLED: 1, STREET: 2, THIRD_PARTY: 3}
LAST = max(STEPS.values())
#: The parameters of the edition that give each step its time: grade A in clock hours, the others in working days.
_BY_A, _BY = "fallback.step_grade_a_hours", "fallback.step_work_days"


def caught(on: Dossier) -> tuple[Task, ...]:
    """The tasks by which the case fell back, in their order; none that was taken back."""
    return tuple(one for one in on.tasks if one.fallback and not is_taken_back(one))


def terms(grade: Grade, policy: Policy) -> Terms:
    """How long a step is given before the next may be taken. Raises KeyError where the edition does not say."""
    code, unit = (_BY_A, LimitUnit.CLOCK_HOUR) if grade is Grade.A else (_BY, LimitUnit.WORK_DAY)
    return terms_by(code, unit, policy)


def clocks_of(
    on: Dossier, policy: Policy, ended: datetime | None
) -> Iterator[tuple[Clock, str, Terms, Span]]:
    """Each step's clock: from its dispatch until its unit takes it on, or it goes on to the next."""
    for task in caught(on):
        if _BY in policy.parameters and _BY_A in policy.parameters:
            stop = task.signed_at or task.returned_at or ended
            yield Clock.KF, task.id, terms(on.case.grade, policy), Span(task.dispatched_at, stop)
