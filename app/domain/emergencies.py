"""An emergency is watched step by step (DOMAIN 1.10): somebody on the spot, the danger under control, then the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.bases import basis_at, graded_at
from app.domain.case import Case, Task
from app.domain.counting import Span
from app.domain.terms import Grade, Nature

#: The matters of K5 that come before its end.
ON_SITE, CONTROL = "ON_SITE", "CONTROL"
STEPS = (ON_SITE, CONTROL)


def is_emergency(case: Case) -> bool:
    """Whether the steps are watched: of grade A, and something to put right."""
    return case.grade is Grade.A and case.nature.judged_as is Nature.COMPLAINT


def steps_of(task: Task, case: Case, over: datetime | None) -> Iterator[tuple[str, Span]]:
    """Each step that is or was owed, from when the case became an emergency until it was taken.

    `over` is when the task was first handled or left its unit: all steps are taken then.
    """
    for matter, reached in ((ON_SITE, task.on_site_at), (CONTROL, task.controlled_at)):
        stop = min((at for at in (reached, over) if at is not None), default=None)
        if is_emergency(replace(case, grade=basis_at(case, stop).grade)):
            since = graded_at(case, stop) or task.dispatched_at
            yield matter, Span(max(task.dispatched_at, since), stop)
