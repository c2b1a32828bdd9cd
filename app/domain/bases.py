"""By what clocks were counted, and until when: a case's earlier grades and holiday tables, a task's earlier limits.

A clock is judged by what held when it stopped. A row keeps as text what held before, so that this stays known.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.case import Case, Task
from app.domain.counting import Terms
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Setting
from app.domain.task_limits import limit_of, with_limit
from app.domain.terms import Grade, Origin


@dataclass(frozen=True, slots=True)
class Basis:
    """What the clocks of a case are counted by: its grade, and the version of the holiday table."""

    grade: Grade
    calendar: str


@dataclass(frozen=True, slots=True)
class EarlierLimit:
    """The limit a task had until it was given another."""

    until: datetime
    terms: Terms


def basis_at(case: Case, at: datetime | None = None) -> Basis:
    """What held at an instant, None meaning now; a change counts for what stops after it."""
    if at is not None:
        for until, basis in _earlier_bases(case):
            if at <= until:
                return basis
    return Basis(case.grade, case.calendar)


def rebased(
    case: Case, now: datetime, *, grade: Grade | None = None, calendar: str | None = None
) -> Case:
    """The case under another grade or holiday table; what held until now is kept."""
    basis = Basis(grade or case.grade, case.calendar if calendar is None else calendar)
    if basis == Basis(case.grade, case.calendar):
        return case
    entry = [now.isoformat(), str(case.grade), case.calendar]
    return replace(case, bases=_with(case.bases, entry), grade=basis.grade, calendar=basis.calendar)


def changes_of(case: Case) -> tuple[datetime, ...]:
    """When the grade or the holiday table changed."""
    return tuple(until for until, _ in _earlier_bases(case))


def graded_at(case: Case, at: datetime | None = None) -> datetime | None:
    """When the grade that held at an instant was given; None when it is the first."""
    grade = basis_at(case, at).grade
    before = [one for one in _earlier_bases(case) if at is None or one[0] < at]
    others = (until for until, basis in before if basis.grade is not grade)
    return max(others, default=None)


def _earlier_bases(case: Case) -> Iterator[tuple[datetime, Basis]]:
    for until, grade, calendar in _read(case.bases):
        yield datetime.fromisoformat(until), Basis(Grade(grade), calendar)


def limit_at(task: Task, at: datetime | None = None) -> Terms | None:
    """The disposal limit that held at an instant, None meaning now."""
    if at is not None:
        for earlier in earlier_limits(task):
            if at <= earlier.until:
                return earlier.terms
    return limit_of(task)


def relimited(task: Task, case: Case, setting: Setting, now: datetime) -> Task:
    """The task with the limit that its case gives it now; one that had another keeps it as text."""
    old, anew = limit_of(task), with_limit(task, case, setting)
    if old is None or limit_of(anew) == old:
        return task
    limit = [old.limit.value, str(old.limit.unit)]
    entry = [now.isoformat(), *limit, old.source, old.article, str(old.origin)]
    return replace(anew, limits=_with(task.limits, entry))


def earlier_limits(task: Task) -> tuple[EarlierLimit, ...]:
    """The limits that a task had before, in order."""
    return tuple(_earlier(*entry) for entry in _read(task.limits))


def _earlier(  # noqa: PLR0913 - the parts of an entry as they were written
    until: str, value: int, unit: str, source: str, article: int | None, origin: str
) -> EarlierLimit:
    terms = Terms(Limit(value, LimitUnit(unit)), source, article, Origin(origin))
    return EarlierLimit(datetime.fromisoformat(until), terms)


def _with(text: str, entry: Sequence[str | int | None]) -> str:
    return json.dumps([*_read(text), entry], ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> list[list[Any]]:
    return json.loads(text) if text else []
