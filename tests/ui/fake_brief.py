"""What a morning brief counts of some cases, one after the other: for the desk in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from app.domain.calendar import local_date
from app.domain.case import Case
from app.domain.terms import Stage
from app.services.brief import MOST, Beside, Brief, Line, Share, Side, days_of
from app.services.filters import Filter, Happening


def days(case: Case) -> dict[Happening, date]:
    """On which days what happened to a case; nobody here asks to give one back."""
    instants = {
        Happening.FILED: case.filed_at,
        Happening.REFUSED: case.refused_at,
        Happening.DISPATCHED: case.dispatched_at,
        Happening.CLOSED: case.closed_at,
    }
    return {what: local_date(at) for what, at in instants.items() if at is not None}


def happened(case: Case, wanted: Filter) -> bool:
    """Whether a case passes the parts of a filter that are dates."""
    day = local_date(case.registered_at)
    due = None if case.due_at is None else local_date(case.due_at)
    return all(
        (
            wanted.registered_from is None or wanted.registered_from <= day,
            wanted.registered_to is None or day <= wanted.registered_to,
            wanted.happened is None or days(case).get(wanted.happened) == wanted.happened_on,
            wanted.due_on is None or wanted.due_on == due,
        )
    )


def brief_of(cases: Sequence[Case], day: date, now: datetime) -> Brief:
    """Counted without any index."""
    open_ = [one for one in cases if one.stage is not Stage.ENDED]
    late = [one for one in open_ if one.due_at is not None and one.due_at < now]
    units = Counter(unit for one in late for unit in one.units.split("|") if unit)
    today = Filter(due_on=local_date(now))
    return Brief(
        day=day,
        at=now,
        flow={line: Beside(*(_number(cases, line, one) for one in days_of(day))) for line in Line},
        sides={side: _shares(cases, side, day)[: MOST.get(side)] for side in Side},
        due=sum(happened(one, today) for one in open_),
        overdue=len(late),
        late=tuple(sorted(units.items(), key=lambda one: (-one[1], one[0]))),
    )


def _number(cases: Sequence[Case], line: Line, day: date) -> int:
    if line.happening is None:
        wanted = Filter(registered_from=day, registered_to=day)
    else:
        wanted = Filter(happened=line.happening, happened_on=day)
    return sum(happened(one, wanted) for one in cases)


def _shares(cases: Sequence[Case], side: Side, day: date) -> tuple[Share, ...]:
    codes = [
        Counter(
            getattr(one, side.value.lower())
            for one in cases
            if local_date(one.registered_at) == other
        )
        for other in days_of(day)
    ]
    found = [
        Share(str(code), Beside(*(counts[code] for counts in codes))) for code in codes[0] if code
    ]
    return tuple(sorted(found, key=lambda one: (-one.number.day, one.code)))
