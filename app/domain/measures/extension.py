"""Chapter 3, article 16: more time for a task (延期), asked for while some is left, decided by a leader.

The clock runs on while the request waits. A decision that does not come in its own time, or before the
task is due, is a refusal: nobody gains time by silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.calendar import Calendar, local_date
from app.domain.case import Dossier, Request, Row, Task
from app.domain.clocks import Ledger
from app.domain.commands import ApproveRequest, AskExtension
from app.domain.counting import NEVER, Count, Pause, Span, Terms, due_by
from app.domain.deadlines import ledgers
from app.domain.extensions import granted, wanted
from app.domain.lengths import within
from app.domain.limits import MINUTES, Limit, LimitUnit, together
from app.domain.measures import guards, notices
from app.domain.measures.deciding import about, as_before, asked_of, decided
from app.domain.measures.proof import is_proven
from app.domain.moment import Moment, Setting
from app.domain.policy import Policy, runs_always
from app.domain.refused import Refused
from app.domain.running import disposal_of
from app.domain.task_limits import limit_of
from app.domain.terms import Grade, RequestKind, Role, TaskStatus

_DAY, _MINUTE, _HOUR = timedelta(days=1), timedelta(minutes=1), 60


@dataclass(frozen=True, slots=True)
class Standing:
    """How a task stands: its running clock, its own limit, what was added, how often that may be, and until
    when more can be asked for (None: never under so short a limit)."""

    clock: Ledger
    own: Limit
    granted: tuple[Request, ...]
    most: int
    ask_by: datetime | None


def standing(task: Task, on: Dossier, setting: Setting) -> Standing | None:
    """How the task stands; None when it has no limit that runs."""
    clock, terms = disposal_of(task, on, setting), limit_of(task)
    if clock is None or terms is None:
        return None
    policy = setting.policy(on.case)
    most = _most(on.case.grade, policy)
    ask_by = _ask_by(clock, policy, setting.calendar(policy, on.case.calendar))
    return Standing(clock, terms.limit, granted(on, task.id), most, ask_by)


def _most(grade: Grade, policy: Policy) -> int:
    counts = {
        Grade.A: "extension.grade_a_count",
        Grade.B: "extension.grade_b_count",
        Grade.C: "extension.grade_c_count",
    }
    return int(policy.number(counts[grade]))


def _ask_by(clock: Ledger, policy: Policy, calendar: Calendar) -> datetime | None:
    """While a share of the limit is left, and no less than some hours of its kind of time."""
    whole = policy.own_minutes(clock.limit)
    share = whole * policy.number("extension.apply_before_percent") / 100
    least = policy.number("extension.apply_before_work_hours") * _HOUR
    rest = whole - int(max(share, least))
    if rest < 1:
        return None
    kind = LimitUnit.CLOCK_MINUTE if runs_always(clock.limit) else LimitUnit.WORK_MINUTE
    terms = Terms(Limit(rest, kind), clock.source, clock.article, clock.origin)
    begin = Count(clock.limit.unit, calendar).begin(clock.started)
    return due_by(terms, Span(begin, None, tuple(_pauses(clock))), calendar)


def _pauses(clock: Ledger) -> Iterator[Pause]:
    still = (one for one in clock.segments if not one.runs)
    return (Pause(one.start, one.end, one.why, one.by) for one in still)


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, extension-no-limit, extension-never, extended-enough,
    extension-late, task-missing, not-your-unit."""
    tasks = guards.free_at_hand(on, moment, TaskStatus.SIGNED)
    guards.one_of(tasks, lambda task: _ready(task, on, moment))


def _ready(task: Task, on: Dossier, moment: Moment) -> Standing:
    found = standing(task, on, moment.setting)
    if found is None:
        raise Refused("extension-no-limit")
    _not_enough(found, on)
    if found.ask_by is None or moment.now > found.ask_by:
        raise Refused("extension-late", due=found.ask_by or found.clock.started)
    return found


def _not_enough(found: Standing, on: Dossier) -> None:
    if found.most == 0:
        raise Refused("extension-never", grade=str(on.case.grade))
    if len(found.granted) >= found.most:
        raise Refused("extended-enough", count=len(found.granted), most=found.most)


def ask_extension(wish: AskExtension, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Asked for with a coded reason, words and evidence: so much more time, or until then."""
    task = guards.free_task(on, wish.task_id, moment, TaskStatus.SIGNED)
    found = _ready(task, on, moment)
    more = amount(wish.value, wish.until, found, on, moment)
    if not is_proven(task, on, RequestKind.EXTENSION):
        raise Refused("evidence-missing")
    request = _request(wish, task, more, on, moment)
    waits = replace(request, wanted_until=due_with(more, task, on, moment))
    return replace(task, status=TaskStatus.EXT_REVIEW), waits


def amount(
    value: int | None, until: datetime | None, found: Standing, on: Dossier, moment: Moment
) -> Limit:
    """How much more time is meant, in the kind of time that the limit counts.

    Raises Refused: extension-amount-missing, extension-not-later, extension-too-long.
    """
    if (value is None) is (until is None):
        raise Refused("extension-amount-missing")
    policy = moment.setting.policy(on.case)
    calendar = moment.setting.calendar(policy, on.case.calendar)
    more = _until(until, found, calendar) if until else Limit(value or 0, found.own.unit)
    if more.value < 1:
        raise Refused("extension-not-later", due=found.clock.due)
    if policy.nominal_minutes(more) > _room(found, policy):
        unit = found.own.unit
        most = int(_room(found, policy) // policy.nominal_minutes(Limit(1, unit)))
        raise Refused("extension-too-long", most=most, time=unit)
    return more


def _until(until: datetime, found: Standing, calendar: Calendar) -> Limit:
    """From the due instant on: whole days, or minutes where the limit is one of hours."""
    unit, due = MINUTES.get(found.own.unit, found.own.unit), found.clock.due or NEVER
    first, last = local_date(due) + _DAY, local_date(until) + _DAY
    if unit is LimitUnit.WORK_DAY:
        return Limit(calendar.workdays(first, max(first, last)), unit)
    if unit is LimitUnit.CALENDAR_DAY:
        return Limit((last - first).days, unit)
    return Limit(int(Count(unit, calendar).spent(due, max(due, until)) / _MINUTE), unit)


def _room(found: Standing, policy: Policy) -> float:
    """Nominal minutes still to be had: no more at once than a share of the limit, nor in all than the sum."""
    share = policy.number("extension.each_percent") / 100
    in_all = Limit(int(policy.number("extension.total_work_days")), LimitUnit.WORK_DAY)
    used = sum(policy.nominal_minutes(wanted(one)) for one in found.granted)
    return min(policy.nominal_minutes(found.own) * share, policy.nominal_minutes(in_all) - used)


def _request(wish: AskExtension, task: Task, more: Limit, on: Dossier, moment: Moment) -> Request:
    reason = guards.reason(wish.reason, moment.setting.policy(on.case).extension_reasons)
    return replace(
        asked_of(task, RequestKind.EXTENSION, on, moment),
        reason=reason.code,
        text=guards.reasoned(wish.text, reason),
        wanted_value=more.value,
        wanted_unit=str(more.unit),
    )


def due_with(more: Limit, task: Task, on: Dossier, moment: Moment) -> datetime | None:
    """When the task would be due if it were given so much more time now."""
    given = Request(
        id="",
        district=on.case.district,
        case_id=on.case.id,
        task_id=task.id,
        status="APPROVED",
        kind=str(RequestKind.EXTENSION),
        wanted_value=more.value,
        wanted_unit=str(more.unit),
        asked_at=moment.now,
        decided_at=moment.now,
    )
    clock = disposal_of(task, on.with_row(given), moment.setting)
    return clock and clock.due


def lapses_at(request: Request, on: Dossier, setting: Setting) -> datetime:
    """Until when it may be approved: the review's own limit, and no later than the task is due."""
    clocks = [one for one in ledgers(on, setting) if one.about == request.id]
    task = on.task(request.task_id)
    disposal = task and disposal_of(task, on, setting)
    return min(one.due for one in (*clocks, disposal) if one is not None and one.due is not None)


def may_decide(request: Request, on: Dossier, moment: Moment) -> None:
    """From so many on they are the director's. Raises Refused('director-decides')."""
    first = moment.setting.policy(on.case).number("extension.director_from_count")
    if request.level >= first and moment.actor.role is not Role.DIRECTOR:
        raise Refused("director-decides", count=request.level)


def may_approve(request: Request, on: Dossier, moment: Moment) -> None:
    """Raises Refused: director-decides, request-lapsed, extension-never, extended-enough, extension-other-limit."""
    may_decide(request, on, moment)
    due = lapses_at(request, on, moment.setting)
    if moment.now > due:
        raise Refused("request-lapsed", due=due)
    found = standing(about(on, request), on, moment.setting)
    if found is None or together(found.own, wanted(request)) is None:
        raise Refused("extension-other-limit")
    _not_enough(found, on)


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The task has so much more time from when it would have been due; the reporter is told why."""
    may_approve(request, on, moment)
    task = as_before(on, request)
    told = guards.method(wish.method), guards.words(wish.notice, "notice-missing")
    until = due_with(wanted(request), task, on, moment)
    approved = decided(request, "APPROVED", within(wish.text.strip()), moment)
    notice = notices.notice(notices.INTERIM, told, on, moment)
    return task, replace(approved, wanted_until=until), notice
