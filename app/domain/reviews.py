"""Closure reviews, kept on the task as pauses: while the centre reviews, the disposal clock waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.case import Dossier, Task
from app.domain.clocks import Pause, Span
from app.domain.pauses import read_pauses, write_pauses

#: Why a clock pauses: the centre reviews, or had closed the case.
REVIEW, CLOSED = "REVIEW", "CLOSED"


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


def pause_for_closure(task: Task, closed_at: datetime, until: datetime, by: str) -> Task:
    """The task of a case that was closed and is opened again: the review is over since, and closed time is free."""
    reviewed = pause_for_review(task, closed_at, by)
    pauses = (*read_pauses(reviewed.pauses), Pause(closed_at, until, CLOSED, by))
    return replace(reviewed, pauses=write_pauses(pauses))


def closures_of(on: Dossier) -> Iterator[Span]:
    """Every closure review: from the last handling until it was sent back to work, or closed."""
    past: dict[datetime, datetime] = {}
    for review in (one for task in on.tasks for one in reviews_of(task)):
        end = review.end or review.start
        past[end] = max(review.start, past.get(end, review.start))
    yield from (Span(start, end) for end, start in sorted(past.items()))
    asked = on.case.closure_asked_at
    if asked is not None and asked >= max(past, default=asked):
        yield Span(asked, on.case.closed_at)
