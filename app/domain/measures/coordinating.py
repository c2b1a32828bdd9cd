"""Chapter 5, articles 24 and 27: whose case it is the centre settles with the units, and its ruling is the dispatch."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.calendar import day_start, local_date
from app.domain.case import OPEN_TASKS, Coordination, Dossier, Request, Row, Task
from app.domain.commands import ConveneCoordination, OpenCoordination, RuleCoordination
from app.domain.coordinations import ASKED, BLOCKED, CONVENED, RETURNED, RULED, live
from app.domain.lengths import within
from app.domain.limits import Limit, LimitUnit
from app.domain.measures import dispatch, guards, standstill
from app.domain.measures.deciding import decided, opened
from app.domain.moment import Moment
from app.domain.pauses import read_pauses
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, RequestKind, TaskPart, TaskStatus

#: So many units at most are called together.
MOST_CALLED = 20
#: A task that a ruling may take from its unit: nothing waits for a decision but its return.
_MOVABLE = (
    *(TaskStatus.PENDING_SIGN, TaskStatus.SIGNED),
    *(TaskStatus.RETURN_REVIEW, TaskStatus.BLOCKED),
)


def conditions(on: Dossier, moment: Moment) -> tuple[str, ...]:
    """For which reasons a case may be coordinated now; on request always."""
    return tuple(_conditions(on, moment))


def _conditions(on: Dossier, moment: Moment) -> Iterator[str]:
    often = moment.setting.policy(on.case).number("return.shift_leader_from_count")
    if on.case.return_count >= often:
        yield RETURNED
    if any(_is_held_up(one, on, moment.now) for one in on.requests):
        yield BLOCKED
    yield ASKED


def _is_held_up(request: Request, on: Dossier, now: datetime) -> bool:
    """Whether its task is held up still after the pause that it was given has run out."""
    task, until = on.task(request.task_id), request.wanted_until
    granted = request.kind == RequestKind.BLOCKER and request.status == "APPROVED"
    if not granted or task is None or until is None or task.status not in OPEN_TASKS:
        return False
    ends = [one.end for one in read_pauses(task.pauses) if one.start == request.decided_at]
    return now > until and any(end is not None and end > until for end in ends)


def ready_to_open(on: Dossier, moment: Moment) -> None:
    """Raises Refused: coordination-rules, thanks-not-dispatched, sensitive-category."""
    dispatch.fit_for_units(on, moment)
    if live(on) is not None:
        raise Refused("coordination-rules")


def open_coordination(wish: OpenCoordination, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A leader opens it for a reason that there is; on request with words."""
    ready_to_open(on, moment)
    if wish.why not in conditions(on, moment):
        raise Refused("coordination-why", why=wish.why)
    is_asked = wish.why == ASKED
    text = guards.words(wish.text, "words-missing") if is_asked else within(wish.text.strip())
    return (opened(wish.why, text, on, moment),)


def ready_to_convene(on: Dossier, moment: Moment) -> None:  # noqa: ARG001 - as all guards
    """Raises Refused('coordination-missing')."""
    _under_way(on)


def _under_way(on: Dossier) -> Coordination:
    found = live(on)
    if found is None:
        raise Refused("coordination-missing")
    return found


def convene(wish: ConveneCoordination, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The units are called together; they see no more of the case than before. May be called anew."""
    one = _under_way(on)
    if wish.meets_at <= moment.now:
        raise Refused("meeting-past", at=wish.meets_at)
    called = tuple(dict.fromkeys(wish.units))
    if not 1 <= len(called) <= MOST_CALLED:
        raise Refused("meeting-units", most=MOST_CALLED)
    codes = (guards.unit(code, moment).code for code in called)
    met = replace(
        one,
        status=CONVENED,
        is_joint=wish.is_joint,
        meets_at=wish.meets_at,
        place=guards.words(wish.place, "meeting-place-missing"),
        units="".join(f"|{code}" for code in codes) + "|",
    )
    return (replace(met, convened_at=moment.now, convened_by=moment.actor.login),)


def ready_to_rule(on: Dossier, moment: Moment) -> None:
    """Raises Refused: coordination-missing, own-request, ruling-waits."""
    _under_way(on)
    task = disputed(on)
    request = task and _return_of(task, on)
    if request is not None:
        guards.of_another(request, moment)


def disputed(on: Dossier) -> Task | None:
    """The task that the ruling is about: the one sent back, else that of who leads; None while nobody has it."""
    back = (one for one in on.live_tasks if one.status is TaskStatus.RETURN_REVIEW)
    return next(back, on.lead)


def _return_of(task: Task, on: Dossier) -> Request | None:
    found = on.open_request_of(task)
    return found if found is not None and found.kind == RequestKind.RETURN else None


def rule(wish: RuleCoordination, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The ruling: who is designated has the case from now on, and whoever had it is relieved of it."""
    ready_to_rule(on, moment)
    one, unit = _under_way(on), guards.unit(wish.unit, moment).code
    minutes = guards.words(wish.minutes, "minutes-missing")
    ruling = guards.words(wish.ruling, "ruling-missing")
    amends = wish.amends and on.case.category is not None
    done = replace(one, status=RULED, minutes=minutes, ruling=ruling, unit=unit)
    done = replace(
        done,
        category=(on.case.category or "") if amends else "",
        amends_from=next_working_day(on, moment) if amends else None,
        ruled_at=moment.now,
        ruled_by=moment.actor.login,
    )
    return (done, *_carried_out(done, wish, on, moment))


def next_working_day(on: Dossier, moment: Moment) -> datetime:
    """When the next working day begins: from then on what changes in the duty list counts."""
    end = standstill.end_of(Limit(1, LimitUnit.WORK_DAY), on, moment)
    return day_start(local_date(end))


def _carried_out(
    done: Coordination, wish: RuleCoordination, on: Dossier, moment: Moment
) -> Iterator[Row]:
    """What the ruling does to tasks, and to the return that it decides."""
    task = disputed(on)
    is_its = task is not None and task.unit == done.unit
    request = task and _return_of(task, on)
    if task is not None and request is not None:
        verdict = "REFUSED" if is_its else "APPROVED"
        closed = decided(request, verdict, done.ruling, moment)
        yield replace(closed, is_improper=is_its and wish.is_improper)
    if task is not None and is_its:
        if request is not None:
            yield replace(task, status=TaskStatus(request.task_was))
        return
    if task is not None:
        yield _relieved(task, moment)
    yield from _designated(task, done, on, moment)


def _relieved(task: Task, moment: Moment) -> Task:
    if task.status not in _MOVABLE:
        raise Refused("ruling-waits", unit=task.unit)
    return replace(task, status=TaskStatus.REDISPATCHED, returned_at=moment.now)


def _designated(
    before: Task | None, done: Coordination, on: Dossier, moment: Moment
) -> Iterator[Row]:
    """The designated unit's task: its own, now leading where that was about the lead, or a new one."""
    part = before.part if before is not None else TaskPart.LEAD
    own = next((one for one in on.live_tasks if one.unit == done.unit), None)
    if own is not None:
        if own.part is not part and part is TaskPart.LEAD:
            yield replace(own, part=part)
        return
    yield dispatch.new_task(moment.new_id("task"), done.unit, part, done.ruling, on, moment)
    if on.case.status is CaseStatus.FILED:
        yield replace(on.case, status=CaseStatus.DISPATCHED, dispatched_at=moment.now)
