"""Chapter 4, article 22: a unit that waits for another one says so (阻滞), and a leader says if its clock waits.

The clock runs on while that is not decided; silence is a no. A pause has its end from the beginning: who is held
up for longer has the case coordinated (art. 24).
"""

from dataclasses import replace
from datetime import datetime

from app.domain.case import Dossier, Request, Row
from app.domain.commands import ApproveRequest, LogBlocker
from app.domain.deadlines import ledgers
from app.domain.limits import Limit, LimitUnit
from app.domain.measures import guards, standstill
from app.domain.measures.deciding import about, asked_of
from app.domain.measures.proof import is_proven
from app.domain.moment import Moment, Setting
from app.domain.refused import Refused
from app.domain.terms import Clock, RequestKind, TaskStatus


def ready_to_log(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, task-missing, not-your-unit."""
    guards.free_at_hand(on, moment, TaskStatus.SIGNED)


def log_blocker(wish: LogBlocker, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit says by what it is held up, what proves it, and whom it needs."""
    task = guards.free_task(on, wish.task_id, moment, TaskStatus.SIGNED)
    text = guards.words(wish.text, "words-missing")
    needed = _needed(wish.needed_unit, task.unit, moment)
    if not is_proven(task, on, RequestKind.BLOCKER):
        raise Refused("evidence-missing")
    days = longest(on, moment)
    request = replace(
        asked_of(task, RequestKind.BLOCKER, on, moment),
        text=text,
        proper_unit=needed,
        wanted_value=days.value,
        wanted_unit=str(days.unit),
        wanted_until=standstill.end_of(days, on, moment),
    )
    return replace(task, status=TaskStatus.BLOCK_REVIEW), request


def _needed(unit: str, own: str, moment: Moment) -> str:
    if not unit:
        raise Refused("needed-unit-missing")
    if unit == own:
        raise Refused("needs-itself", unit=unit)
    return guards.unit(unit, moment).code


def longest(on: Dossier, moment: Moment) -> Limit:
    """For how long the clock of who is held up may wait."""
    days = moment.setting.policy(on.case).number("coordination.blocker_work_days")
    return Limit(int(days), LimitUnit.WORK_DAY)


def review(on: Dossier, moment: Moment) -> Limit:
    """Within what time a blocker is decided, by the edition's limit for that or for any request."""
    policy, grade, matter = moment.setting.policy(on.case), on.case.grade, RequestKind.BLOCKER
    is_own = (Clock.K7, grade, matter) in policy.clocks
    return policy.limit(Clock.K7, grade, matter if is_own else "").limit


def lapses_at(request: Request, on: Dossier, setting: Setting) -> datetime:
    """Until when it may be approved: the review's own limit."""
    own = (one.due for one in ledgers(on, setting) if one.about == request.id)
    return next((due for due in own if due is not None), request.asked_at)


def may_approve(request: Request, on: Dossier, moment: Moment) -> None:
    """Raises Refused: task-missing, request-lapsed."""
    about(on, request)
    due = lapses_at(request, on, moment.setting)
    if moment.now > due:
        raise Refused("request-lapsed", due=due)


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """From now on the clock waits, until the unit goes on or the time is over."""
    may_approve(request, on, moment)
    days = Limit(request.wanted_value or 1, LimitUnit.WORK_DAY)
    until = standstill.end_of(days, on, moment)
    return standstill.granted(request, until, wish, on, moment)
