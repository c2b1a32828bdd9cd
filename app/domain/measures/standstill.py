"""Chapter 3, article 17: a task that cannot go on for a while stands still (挂账), by a leader's word, and goes on."""

from dataclasses import replace
from datetime import datetime

from app.domain.case import Case, Dossier, Request, Row, Task
from app.domain.commands import ApproveRequest, AskSuspension, Resume
from app.domain.counting import NEVER, Span, Terms, due_by
from app.domain.lengths import within
from app.domain.limits import Limit, LimitUnit
from app.domain.measures import guards, notices
from app.domain.measures.deciding import as_before, asked_of, decided
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.standstills import STILL, ends_at, standing_still, taken_up
from app.domain.terms import CaseStatus, Origin, RequestKind, Role, TaskStatus


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, task-missing, not-your-unit."""
    guards.free_at_hand(on, moment, TaskStatus.SIGNED)


def ask_suspension(wish: AskSuspension, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit cannot go on for so many working days, and says why."""
    task = guards.free_task(on, wish.task_id, moment, TaskStatus.SIGNED)
    days = Limit(_days(wish.value, on, moment), LimitUnit.WORK_DAY)
    request = replace(
        asked_of(task, RequestKind.SUSPENSION, on, moment),
        text=guards.words(wish.text, "words-missing"),
        wanted_value=days.value,
        wanted_unit=str(days.unit),
        wanted_until=end_of(days, on, moment),
    )
    return replace(task, status=TaskStatus.SUSPEND_REVIEW), request


def longest(on: Dossier, moment: Moment) -> int:
    """For how many working days a task may be suspended before it is looked at again."""
    return int(moment.setting.policy(on.case).number("suspension.review_work_days"))


def _days(value: int | None, on: Dossier, moment: Moment) -> int:
    most = longest(on, moment)
    found = most if value is None else value
    if not 1 <= found <= most:
        raise Refused("suspension-too-long", most=most)
    return found


def end_of(days: Limit, on: Dossier, moment: Moment) -> datetime:
    """When a standstill that begins now is over."""
    calendar = moment.setting.calendar(moment.setting.policy(on.case), on.case.calendar)
    terms = Terms(days, "", None, Origin.PROP)
    return due_by(terms, Span(moment.now), calendar) or moment.now


def may_decide(request: Request, on: Dossier, moment: Moment) -> None:
    """Every leader may."""


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The task stands still from now on; its clock and the case's do too."""
    until = end_of(Limit(request.wanted_value or 1, LimitUnit.WORK_DAY), on, moment)
    return granted(request, until, wish, on, moment)


def granted(
    request: Request, until: datetime, wish: ApproveRequest, on: Dossier, moment: Moment
) -> tuple[Row, ...]:
    """A leader's word that a task stands still through `until`, and what the reporter hears of it."""
    state = STILL[RequestKind(request.kind)]
    task = standing_still(as_before(on, request), moment.now, until, state, moment.actor.login)
    approved = decided(request, "APPROVED", within(wish.text.strip()), moment)
    told = guards.method(wish.method), wish.notice.strip()
    notice = (notices.notice(notices.INTERIM, told, on, moment),) if told[1] else ()
    return (task, replace(approved, wanted_until=until), *_case(task, on), *notice)


def _case(task: Task, on: Dossier) -> tuple[Case, ...]:
    """The case stands as still as the stillest of its tasks, once none of them is worked on.

    Who is held up is waited for: such a case is under way, whatever its clock does.
    """
    after = on.with_row(task)
    if task.status is TaskStatus.BLOCKED or any(
        one.status is not task.status for one in after.live_tasks
    ):
        return ()
    return (replace(on.case, status=CaseStatus(task.status)),)


def ready_to_resume(on: Dossier, moment: Moment) -> None:
    """Raises Refused: task-missing, not-your-unit, resume-early."""
    end = ends_at(_still(on, moment))
    if moment.actor.role is Role.SYSTEM and end is not None and moment.now < end:
        raise Refused("resume-early", due=end)


def _still(on: Dossier, moment: Moment) -> Task:
    """Of the tasks that the actor could take up the one whose time is over first."""
    tasks = guards.tasks_at_hand(on, moment, *STILL.values())
    return min(tasks, key=lambda one: ends_at(one) or NEVER)


def resume(_: Resume, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Work goes on: when the time is over, or earlier by whoever can. The system waits for the end."""
    ready_to_resume(on, moment)
    task = _still(on, moment)
    case = replace(on.case, status=CaseStatus.DISPATCHED)
    return taken_up(task, moment.now), *((case,) if case != on.case else ())
