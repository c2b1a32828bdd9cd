"""Chapter 3: handling, closure review, rework and closure."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from app.domain.case import Dossier, Request, Row, Task
from app.domain.commands import Close, Handle, OrderRework, ReportProgress
from app.domain.deadlines import is_on_time
from app.domain.emergencies import ON_SITE, STEPS, is_emergency
from app.domain.lengths import within
from app.domain.measures import guards, merging, parallel, visiting
from app.domain.measures.deciding import ended
from app.domain.measures.notices import all_told, of_handling
from app.domain.measures.photos import missing, photographed
from app.domain.moment import Moment
from app.domain.policy import Criterion
from app.domain.refused import Refused
from app.domain.reviews import pause_for_review
from app.domain.rules import LEADERS
from app.domain.terms import CaseStatus, TaskStatus

#: A task that its unit works on, also while it waits to hear whether it has more time, or may stand still.
AT_WORK = (
    *(TaskStatus.SIGNED, TaskStatus.REWORK),
    *(TaskStatus.EXT_REVIEW, TaskStatus.SUSPEND_REVIEW, TaskStatus.STAGE_REVIEW),
    TaskStatus.BLOCK_REVIEW,
)


def report_progress(wish: ReportProgress, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """An emergency is watched in two steps before it is over: on the spot, and under control."""
    if wish.step not in STEPS:
        raise Refused("stage-unknown", stage=wish.step)
    ready_to_progress(on, moment)
    task = guards.task_in(on, wish.task_id, moment, *AT_WORK)
    within(wish.text)
    done = {name: getattr(task, name) or moment.now for name in _reached(wish.step)}
    if all(getattr(task, name) for name in done):
        raise Refused("already-reported")
    return (replace(task, **done, on_behalf=guards.on_behalf(task.unit, moment)),)


def _reached(step: str) -> tuple[str, ...]:
    """Who has it under control is on the spot."""
    return ("on_site_at",) if step == ON_SITE else ("on_site_at", "controlled_at")


def ready_to_progress(on: Dossier, moment: Moment) -> None:
    """Raises Refused: only-emergencies, task-missing, not-your-unit, already-reported."""
    if not is_emergency(on.case):
        raise Refused("only-emergencies")
    tasks = guards.tasks_at_hand(on, moment, *AT_WORK)
    if all(task.controlled_at for task in tasks):
        raise Refused("already-reported")


def ready_to_handle(on: Dossier, moment: Moment) -> None:
    """Raises Refused: task-missing, not-your-unit, photos-missing."""
    tasks = guards.tasks_at_hand(on, moment, *AT_WORK)
    if all(missing(task, on, moment) for task in tasks):
        photographed(tasks[0], on, moment)


def handle(wish: Handle, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Disposed of: the result in words, the reporter told, city parts shown before and after."""
    task = guards.task_in(on, wish.task_id, moment, *AT_WORK)
    done = replace(
        task,
        status=TaskStatus.HANDLED,
        handled_at=moment.now,
        handled_by=moment.actor.login,
        result=guards.words(wish.result, "result-missing"),
        on_behalf=guards.on_behalf(task.unit, moment),
    )
    photographed(task, on, moment)
    rows = (done, *of_handling(wish, task, on, moment), *_overtaken(task, on, moment))
    return (*rows, *parallel.review_asked(on.with_row(done), moment))


def _overtaken(task: Task, on: Dossier, moment: Moment) -> Iterator[Request]:
    """A request that nobody decided on before the task was done is over."""
    asked = on.open_request_of(task)
    if asked is not None:
        yield ended(asked, "LAPSED", moment)


def criteria_for(on: Dossier, moment: Moment) -> tuple[Criterion, ...]:
    """What closure review has to find fulfilled for a case of this nature and class (art. 17)."""
    return tuple(one for one in _concerned(on, moment) if one.kind == "closes")


def unmet(asked: tuple[Criterion, ...], ticked: Collection[str]) -> tuple[str, ...]:
    """Codes still to be fulfilled: one of the ways to close the nature, and all that parts need."""
    ways = [one.code for one in asked if not one.component_only]
    always = [one.code for one in asked if one.component_only and one.code not in ticked]
    if ways and not any(code in ticked for code in ways):
        return (*ways, *always)
    return tuple(always)


def grounds_for_rework(on: Dossier, moment: Moment) -> tuple[Criterion, ...]:
    """On what grounds closure review may refuse this case (art. 17)."""
    return tuple(one for one in _concerned(on, moment) if one.kind == "refuses")


def _concerned(on: Dossier, moment: Moment) -> tuple[Criterion, ...]:
    found = moment.setting.directory.taxonomy.get(on.case.category)
    is_component = found is not None and found.component
    policy = moment.setting.policy(on.case)
    return tuple(
        one
        for one in policy.closure_criteria
        if one.concerns(on.case.nature, component=is_component)
    )


def close(wish: Close, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Closed when every criterion is fulfilled; on time or overdue by the last handling (art. 17)."""
    ready_to_close(on, moment)
    open_ = unmet(criteria_for(on, moment), wish.criteria)
    if open_:
        raise Refused("criteria-missing", missing=open_)
    in_time = is_on_time(on, moment.setting)
    status = CaseStatus.CLOSED_ON_TIME if in_time else CaseStatus.CLOSED_OVERDUE
    text = within(wish.text.strip())
    case = replace(on.case, status=status, closed_at=moment.now, closure_text=text)
    done = (replace(task, status=TaskStatus.DONE, done_at=moment.now) for task in on.live_tasks)
    closed = on.with_row(case)
    return (
        case,
        *done,
        *(() if case.split_from else visiting.opened(closed, moment)),
        *merging.closed_with(case, on, moment),
    )


def ready_to_close(on: Dossier, moment: Moment) -> None:
    """Raises Refused: not-all-handled, own-handling, closure-untold, notice-held."""
    tasks = on.live_tasks
    if not tasks or any(task.status is not TaskStatus.HANDLED for task in tasks):
        raise Refused("not-all-handled")
    if any(task.handled_by == moment.actor.login for task in tasks):
        raise Refused("own-handling")
    all_told(on, moment)


def ready_to_rework(on: Dossier, moment: Moment) -> None:
    """Raises Refused('rework-needs-leader')."""
    free = moment.setting.policy(on.case).number("closure.shift_leader_from_count") - 1
    if on.case.rework_count >= free and moment.actor.role not in LEADERS:
        raise Refused("rework-needs-leader")


def order_rework(wish: OrderRework, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Sent back to work on a named ground; from a count of the edition on only a leader may."""
    ready_to_rework(on, moment)
    if wish.criterion not in {one.code for one in grounds_for_rework(on, moment)}:
        raise Refused("reason-unknown", reason=wish.criterion)
    case = replace(
        on.case,
        status=CaseStatus.REWORK,
        rework_at=moment.now,
        rework_reason=guards.words(wish.text, "words-missing"),
        rework_count=on.case.rework_count + 1,
    )
    handled = (task for task in on.live_tasks if task.status is TaskStatus.HANDLED)
    return (case, *(_back_to_work(task, moment) for task in handled))


def _back_to_work(task: Task, moment: Moment) -> Task:
    paused = pause_for_review(task, moment.now, moment.actor.login)
    return replace(paused, status=TaskStatus.REWORK, rework_at=moment.now)
