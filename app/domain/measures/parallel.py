"""Chapter 2, articles 20 and 22: several units deal with a case at the same time (并行派遣), and one of them leads.

Each has a task of its own: what one signs, sends back or asks for changes nothing for the others.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.case import Case, Dossier, Task
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import MOST_UNITS
from app.domain.terms import CaseStatus, TaskPart, TaskStatus


def parts_of(units: Sequence[str], on: Dossier, moment: Moment) -> list[tuple[str, str, TaskPart]]:
    """For each unit the id of its task, itself, and its part: the first leads.

    The ids are in the order in which every store lists tasks of one instant. Raises Refused('same-unit',
    'units-enough').
    """
    free(units, on)
    ids = sorted(moment.new_id(f"task.{n}" if n else "task") for n in range(len(units)))
    parts = [TaskPart.LEAD, *[TaskPart.ASSIST] * (len(units) - 1)]
    return list(zip(ids, units, parts, strict=True))


def free(units: Sequence[str], on: Dossier) -> None:
    """A unit has one task of a case at a time. Raises Refused('same-unit', 'units-enough')."""
    taken = [task.unit for task in on.live_tasks]
    for unit in units:
        if unit in taken:
            raise Refused("same-unit", unit=unit)
        taken.append(unit)
    if len(taken) > MOST_UNITS:
        raise Refused("units-enough", most=MOST_UNITS)


def unled(on: Dossier) -> None:
    """Raises Refused('has-lead') while a unit leads."""
    if on.lead is not None:
        raise Refused("has-lead", unit=on.lead.unit)


def led(on: Dossier) -> None:
    """Raises Refused('no-lead') while nobody leads: then the next unit is asked to lead."""
    if on.lead is None:
        raise Refused("no-lead")


def leads_last(task: Task, on: Dossier) -> None:
    """Whoever leads is called off last. Raises Refused('lead-last')."""
    if task.part is TaskPart.LEAD and len(on.live_tasks) > 1:
        raise Refused("lead-last", unit=task.unit)


def review_asked(after: Dossier, moment: Moment) -> tuple[Case, ...]:
    """The case waits for closure review once all tasks left are handled, that of who leads among them."""
    waits = any(task.status is not TaskStatus.HANDLED for task in after.live_tasks)
    if waits or after.lead is None:
        return ()
    asked = replace(after.case, status=CaseStatus.PENDING_CLOSURE, closure_asked_at=moment.now)
    return (asked,)


def without(gone: Task, on: Dossier, moment: Moment) -> tuple[Case, ...]:
    """What becomes of the case when a unit gives its task back: the others go on."""
    after = on.with_row(gone)
    if after.live_tasks:
        return review_asked(after, moment)
    return (replace(on.case, status=CaseStatus.FILED),)
