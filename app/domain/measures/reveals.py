"""A unit that has to call the reporter (申请查看诉求人): one asks, a leader of the centre lets him, he looks once.

Not of the Measures: DOMAIN 5.5. The store itself shows nobody to a unit before the look stands in its log.
"""

from collections.abc import Callable
from dataclasses import replace

from app.domain.case import ASKED, DENIED, GRANTED, OPEN_TASKS, SEEN, Dossier, Request, Row, Task
from app.domain.commands import ApproveReveal, AskReveal, RefuseReveal, SeeReporter
from app.domain.lengths import within
from app.domain.measures import guards
from app.domain.measures.deciding import decided
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.revealing import PURPOSES, holds
from app.domain.terms import RequestKind, TaskStatus

#: Who has signed for a task may have to call; before that nobody does.
AT_WORK = OPEN_TASKS - {TaskStatus.PENDING_SIGN}
_Check = Callable[[Request, Dossier, Moment], Request]


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: not-signed, task-missing, not-your-unit, reveal-asked, reveal-granted."""
    if any(_waits_for(one, moment) for one in on.live_tasks):
        raise Refused("not-signed")
    guards.tasks_at_hand(on, moment, *AT_WORK)
    for one in _own(on, moment):
        if one.status == ASKED:
            raise Refused("reveal-asked", at=one.asked_at)
        if one.status == GRANTED and _is_good(one, on, moment):
            raise Refused("reveal-granted")


def _waits_for(task: Task, moment: Moment) -> bool:
    return task.status is TaskStatus.PENDING_SIGN and task.unit == moment.actor.unit


def ask_reveal(wish: AskReveal, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Asked for oneself alone, for a purpose and in words, about a task that the unit has signed for."""
    ready_to_ask(on, moment)
    task = guards.task(on, wish.task_id, moment)
    if task.status not in AT_WORK:
        raise Refused("task-missing")
    if wish.purpose not in PURPOSES:
        raise Refused("reason-unknown", reason=wish.purpose)
    asked = Request(
        id=moment.new_id("request"),
        district=on.case.district,
        case_id=on.case.id,
        task_id=task.id,
        status=ASKED,
        kind=str(RequestKind.REVEAL),
        reason=wish.purpose,
        text=guards.words(wish.text, "words-missing"),
        asked_at=moment.now,
        asked_by=moment.actor.login,
    )
    return (asked,)


def ready_to_approve(on: Dossier, moment: Moment) -> None:
    """Raises Refused: request-missing, own-request, reveal-task-over when no request can be granted."""
    _any(on, moment, _to_grant)


def ready_to_refuse(on: Dossier, moment: Moment) -> None:
    """Raises Refused: request-missing, own-request when no request can be turned down."""
    _any(on, moment, _to_decide)


def approve_reveal(wish: ApproveReveal, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The leader agrees: whoever asked may look, for as long as the edition says, and nobody else."""
    request = _to_grant(_asked(on, wish.request_id), on, moment)
    return (decided(request, GRANTED, within(wish.text.strip()), moment),)


def refuse_reveal(wish: RefuseReveal, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The leader disagrees, and says why."""
    request = _to_decide(_asked(on, wish.request_id), on, moment)
    text = guards.words(wish.text, "words-missing")
    return (decided(request, DENIED, text, moment),)


def ready_to_see(on: Dossier, moment: Moment) -> None:
    """Raises Refused: reveal-unasked, -waiting, -turned-down, -lapsed, -used; task-missing, not-your-unit."""
    usable(on, moment)


def see_reporter(wish: SeeReporter, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The leave is used up by this look."""
    request = usable(on, moment)
    if request.id != wish.request_id:
        raise Refused("request-missing")
    return (replace(request, status=SEEN),)


def usable(on: Dossier, moment: Moment) -> Request:
    """The leave that the actor may use now. Raises Refused as `ready_to_see`."""
    mine = _own(on, moment)
    good = (one for one in mine if one.status == GRANTED and _is_good(one, on, moment))
    found = next(good, None)
    if found is None:
        raise _why_none(mine[-1] if mine else None)
    guards.tasks_at_hand(on, moment, *AT_WORK)
    return found


def _why_none(latest: Request | None) -> Refused:
    if latest is None:
        return Refused("reveal-unasked")
    if latest.status == DENIED:
        return Refused("reveal-turned-down", leader=latest.decided_by, text=latest.decision_text)
    return Refused(
        {ASKED: "reveal-waiting", SEEN: "reveal-used"}.get(latest.status, "reveal-lapsed")
    )


def _is_good(one: Request, on: Dossier, moment: Moment) -> bool:
    """Leave lapses when it is not used in time."""
    until = one.decided_at and one.decided_at + holds(moment.setting.policy(on.case))
    return until is not None and moment.now <= until


def _own(on: Dossier, moment: Moment) -> tuple[Request, ...]:
    """What the actor himself has asked of this case, oldest first."""
    states = (ASKED, GRANTED, DENIED, SEEN)
    asked = (one for one in on.requests if one.asked_by == moment.actor.login)
    return tuple(one for one in asked if one.status in states)


def to_decide(on: Dossier, moment: Moment) -> Request | None:
    """The oldest request that the actor may decide; None when there is none."""
    return next((one for one in on.asked_reveals if not _is_own(one, moment)), None)


def _is_own(one: Request, moment: Moment) -> bool:
    return one.asked_by == moment.actor.login


def _any(on: Dossier, moment: Moment, decide: _Check) -> None:
    """One that can be decided so is enough; of several that cannot, the first says why."""
    nos: list[Refused] = []
    for one in on.asked_reveals:
        try:
            decide(one, on, moment)
        except Refused as no:
            nos.append(no)
        else:
            return
    raise nos[0] if nos else Refused("request-missing")


def _asked(on: Dossier, request_id: str) -> Request:
    found = next((one for one in on.asked_reveals if one.id == request_id), None)
    if found is None:
        raise Refused("request-missing")
    return found


def _to_decide(request: Request, _: Dossier, moment: Moment) -> Request:
    guards.of_another(request, moment)
    return request


def _to_grant(request: Request, on: Dossier, moment: Moment) -> Request:
    """Nobody is let look for a task that has left his unit's hands."""
    task = on.task(request.task_id)
    if task is None or task.status not in AT_WORK:
        raise Refused("reveal-task-over")
    return _to_decide(request, on, moment)
