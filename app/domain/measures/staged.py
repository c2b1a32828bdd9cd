"""Chapter 3, article 17: what is hard and long is closed in stages (阶段性结案): the reporter is promised a day.

The task stands still until that day and is then its unit's again; the real completion is judged as any other.
"""

from dataclasses import replace
from datetime import datetime

from app.domain.calendar import day_end, local_date
from app.domain.case import Dossier, Request, Row, Task
from app.domain.commands import ApproveRequest, AskStaged
from app.domain.limits import Limit, LimitUnit
from app.domain.measures import guards, standstill
from app.domain.measures.deciding import about, asked_of
from app.domain.measures.proof import is_proven
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import Clock, RequestKind, TaskStatus


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, staged-enough, task-missing, not-your-unit."""
    tasks = guards.free_at_hand(on, moment, TaskStatus.SIGNED)
    guards.one_of(tasks, lambda task: _not_enough(task, on, moment))


def _not_enough(task: Task, on: Dossier, moment: Moment) -> None:
    """Once, and so many times again."""
    most = 1 + int(moment.setting.policy(on.case).number("staged.renewals_count"))
    mine = (one for one in on.requests if one.task_id == task.id and one.status == "APPROVED")
    count = sum(one.kind == RequestKind.STAGED for one in mine)
    if count >= most:
        raise Refused("staged-enough", count=count, most=most)


def ask_staged(wish: AskStaged, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit says why it takes long, files what proves it, and promises a day."""
    task = guards.free_task(on, wish.task_id, moment, TaskStatus.SIGNED)
    _not_enough(task, on, moment)
    days = promise(wish.until, on, moment)
    text = guards.words(wish.text, "words-missing")
    if not is_proven(task, on, RequestKind.STAGED):
        raise Refused("evidence-missing")
    request = replace(
        asked_of(task, RequestKind.STAGED, on, moment),
        text=text,
        wanted_value=days.value,
        wanted_unit=str(days.unit),
        wanted_until=day_end(local_date(wish.until)),
    )
    return replace(task, status=TaskStatus.STAGE_REVIEW), request


def longest(on: Dossier, moment: Moment) -> int:
    """How many calendar days ahead a promise may lie."""
    return moment.setting.policy(on.case).limit(Clock.K12, on.case.grade).limit.value


def promise(until: datetime, on: Dossier, moment: Moment) -> Limit:
    """The days from today to the promised one. Raises Refused: staged-not-later, staged-too-long."""
    days = (local_date(until) - local_date(moment.now)).days
    most = longest(on, moment)
    if days < 1:
        raise Refused("staged-not-later")
    if days > most:
        raise Refused("staged-too-long", most=most)
    return Limit(days, LimitUnit.CALENDAR_DAY)


def may_approve(request: Request, on: Dossier, moment: Moment) -> None:
    """Raises Refused: staged-enough, staged-not-later when the day has come meanwhile."""
    _not_enough(about(on, request), on, moment)
    promise(request.wanted_until or request.asked_at, on, moment)


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The reporter is told the day; until then the task stands still."""
    may_approve(request, on, moment)
    guards.words(wish.notice, "notice-missing")
    until = request.wanted_until or request.asked_at
    days = promise(until, on, moment)
    return standstill.granted(replace(request, wanted_value=days.value), until, wish, on, moment)
