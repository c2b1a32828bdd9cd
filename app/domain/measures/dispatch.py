"""Chapter 2, articles 12 and 13: dispatch to a responsible unit, signing for it, sending it back."""

from dataclasses import replace

from app.domain.case import Dossier, Request, Row, Task
from app.domain.commands import (
    AddAssist,
    ApproveReturn,
    AskReturn,
    Dispatch,
    Redispatch,
    RefuseReturn,
    Sign,
)
from app.domain.coordinations import live, ruled
from app.domain.deadlines import return_window
from app.domain.lengths import within
from app.domain.measures import guards, parallel
from app.domain.measures.deciding import about, asked_of, decided, opened_by_return
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import LEADERS
from app.domain.task_limits import with_limit
from app.domain.terms import CaseStatus, Nature, RequestKind, TaskPart, TaskStatus

#: A task that its unit may send back: it has it, and is not done.
RETURNABLE = (TaskStatus.PENDING_SIGN, TaskStatus.SIGNED)


def dispatch(wish: Dispatch, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The case goes to the unit that leads and to those that assist; each one's disposal clock starts now.

    Where units assist in it already, they have their tasks still, and only a lead is found for it.
    """
    ready_to_dispatch(on, moment)
    parts = parallel.parts_of((wish.unit, *wish.assists), on, moment)
    tasks = (new_task(*one, wish.instruction, on, moment) for one in parts)
    if on.case.status is CaseStatus.DISPATCHED:
        return tuple(tasks)
    case = replace(on.case, status=CaseStatus.DISPATCHED, dispatched_at=moment.now)
    return (case, *tasks)


def ready_to_dispatch(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category, has-lead."""
    fit_for_units(on, moment)
    parallel.unled(on)


def add_assist(wish: AddAssist, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """One more unit assists; its clocks start now, those of the others run on."""
    ready_to_add(on, moment)
    parallel.free((wish.unit,), on)
    part = moment.new_id("task"), wish.unit, TaskPart.ASSIST
    return (new_task(*part, wish.instruction, on, moment),)


def ready_to_add(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category, no-lead."""
    fit_for_units(on, moment)
    parallel.led(on)


def fit_for_units(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category."""
    if on.case.nature is Nature.THANKS:
        raise Refused("thanks-not-dispatched")
    if guards.track(on.case, moment) is not None and moment.actor.role not in LEADERS:
        raise Refused("sensitive-category", category=on.case.category)


def redispatch(wish: Redispatch, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """An unsigned task goes to another unit; the time it burned stays on the old task."""
    ready_to_redispatch(on, moment)
    old = guards.task_in(on, wish.task_id, moment, TaskStatus.PENDING_SIGN)
    parallel.free((wish.unit,), on)
    reason = guards.words(wish.reason, "words-missing")
    gone = replace(old, status=TaskStatus.REDISPATCHED, returned_at=moment.now)
    return (gone, new_task(moment.new_id("task"), wish.unit, old.part, reason, on, moment))


def new_task(  # noqa: PLR0913 - a row with its circumstances
    id_: str, unit: str, part: TaskPart, instruction: str, on: Dossier, moment: Moment
) -> Task:
    """What a unit is asked to do from now on. Raises Refused: sensitive-track, unit-unknown."""
    own = guards.track(on.case, moment)
    if own is not None and unit != own:
        raise Refused("sensitive-track", category=on.case.category, unit=own)
    task = Task(
        id=id_,
        district=on.case.district,
        case_id=on.case.id,
        status=TaskStatus.PENDING_SIGN,
        unit=guards.unit(unit, moment).code,
        part=part,
        instruction=within(instruction.strip()),
        dispatched_at=moment.now,
        dispatched_by=moment.actor.login,
    )
    return with_limit(task, on.case, moment.setting)


def ready_to_redispatch(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category, task-missing, not-your-unit."""
    fit_for_units(on, moment)
    ready_to_sign(on, moment)


def ready_to_sign(on: Dossier, moment: Moment) -> None:
    """Raises Refused('task-missing', 'not-your-unit') when no task waits to be signed."""
    guards.tasks_at_hand(on, moment, TaskStatus.PENDING_SIGN)


def sign(wish: Sign, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit takes the task on (签收); the centre may record it on the unit's behalf."""
    task = guards.task_in(on, wish.task_id, moment, TaskStatus.PENDING_SIGN)
    signed = replace(
        task,
        status=TaskStatus.SIGNED,
        signed_at=moment.now,
        signed_by=moment.actor.login,
        on_behalf=guards.on_behalf(task.unit, moment),
    )
    return (signed,)


def ready_to_return(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, return-window-over, returned-enough, coordination-rules, task-missing,
    not-your-unit."""
    tasks = guards.free_at_hand(on, moment, *RETURNABLE)
    guards.one_of(tasks, lambda task: _not_settled(task, on, moment))
    guards.one_of(tasks, lambda task: _in_time(task, on, moment))


def _not_settled(task: Task, on: Dossier, moment: Moment) -> None:
    """Once the centre has ruled, its word is final (先办后议): the unit acts, and talks afterwards."""
    _not_coordinated(on)
    last = ruled(on)
    if last is not None and (task.unit == last.unit or _is_often(on, moment)):
        raise Refused("returned-enough", count=on.case.return_count)


def _not_coordinated(on: Dossier) -> None:
    if live(on) is not None:
        raise Refused("coordination-rules")


def _is_often(on: Dossier, moment: Moment) -> bool:
    """Whether one return more is so many that the case is coordinated."""
    often = moment.setting.policy(on.case).number("return.coordination_from_count")
    return on.case.return_count + 1 >= often


def ask_return(wish: AskReturn, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Sent back (退件) in time, with a coded reason, the proper unit and the legal basis.

    With one too many the case is coordinated: a ruling decides on it, and no single leader.
    """
    task = guards.free_task(on, wish.task_id, moment, *RETURNABLE)
    _not_settled(task, on, moment)
    _in_time(task, on, moment)
    opened = (opened_by_return(on, moment),) if _is_often(on, moment) else ()
    return (
        *opened,
        replace(task, status=TaskStatus.RETURN_REVIEW),
        replace(on.case, return_count=on.case.return_count + 1),
        _return_request(wish, task, on, moment),
    )


def _return_request(wish: AskReturn, task: Task, on: Dossier, moment: Moment) -> Request:
    reason = guards.reason(wish.reason, moment.setting.policy(on.case).return_reasons)
    if not wish.proper_unit:
        raise Refused("proper-unit-missing")
    if wish.proper_unit == task.unit:
        raise Refused("same-unit", unit=task.unit)
    return replace(
        asked_of(task, RequestKind.RETURN, on, moment),
        reason=reason.code,
        text=guards.reasoned(wish.text, reason),
        proper_unit=guards.unit(wish.proper_unit, moment).code,
        basis=guards.words(wish.basis, "basis-missing"),
        level=on.case.return_count + 1,  # of the case, not of the task alone
    )


def _in_time(task: Task, on: Dossier, moment: Moment) -> None:
    window = return_window(task, on, moment.setting)
    if window is not None and window.due is not None and moment.now > window.due:
        raise Refused("return-window-over", due=window.due)


def ready_to_decide(on: Dossier, moment: Moment) -> None:
    """Raises Refused: coordination-rules, request-missing, own-request."""
    _not_coordinated(on)
    guards.ready_to_decide(on, moment)


def approve_return(wish: ApproveReturn, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The shift leader agrees: this task is over; the case waits for dispatch again unless others have it too."""
    _not_coordinated(on)
    request = guards.open_request(on, wish.request_id, moment, RequestKind.RETURN)
    gone = replace(about(on, request), status=TaskStatus.REDISPATCHED, returned_at=moment.now)
    return (
        decided(request, "APPROVED", within(wish.text.strip()), moment),
        gone,
        *parallel.without(gone, on, moment),
    )


def refuse_return(wish: RefuseReturn, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The shift leader disagrees: the unit keeps the task, its clock ran on meanwhile."""
    _not_coordinated(on)
    request = guards.open_request(on, wish.request_id, moment, RequestKind.RETURN)
    text = guards.words(wish.text, "words-missing")
    task = about(on, request)
    refused = decided(request, "REFUSED", text, moment)
    return (
        replace(refused, is_improper=wish.is_improper),
        replace(task, status=TaskStatus(request.task_was)),
    )
