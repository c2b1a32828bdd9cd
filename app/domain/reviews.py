"""Closure reviews, kept on the task as pauses: while the centre reviews, the disposal clock waits."""

from dataclasses import replace
from datetime import datetime

from app.domain.case import Task
from app.domain.clocks import Pause
from app.domain.pauses import read_pauses, write_pauses

#: Why a clock pauses: the centre reviews.
REVIEW = "REVIEW"


def pause_for_review(task: Task, until: datetime, by: str) -> Task:
    """The task with the time from its handling to `until` kept as a pause of its disposal clock."""
    if task.handled_at is None:
        return task
    pauses = (*read_pauses(task.pauses), Pause(task.handled_at, until, REVIEW, by))
    return replace(task, pauses=write_pauses(pauses))


def reviews_of(task: Task) -> list[Pause]:
    """The failed closure reviews of a task, in order; each began with a report of its disposal."""
    reviews = (one for one in read_pauses(task.pauses) if one.why == REVIEW)
    return sorted(reviews, key=lambda one: one.start)
