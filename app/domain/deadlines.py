"""Which clocks a case has (K1 to K9), from its rows alone, and the due instant its queue sorts by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.calendar import Calendar
from app.domain.case import OPEN_TASKS, Case, Dossier, Task, Verification
from app.domain.clocks import Ledger, Pause, Span, Terms, measure, nearest, urgency
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Setting
from app.domain.pauses import read_pauses, write_pauses
from app.domain.policy import Policy, Provision, runs_always
from app.domain.terms import CaseStatus, Clock, Origin, Stage, TaskStatus

#: Clocks whose due instant a queue sorts by; the others are shown in the case only.
BINDING = frozenset({Clock.K1, Clock.K1V, Clock.K2, Clock.K3, Clock.K5, Clock.K7, Clock.K8})
#: Why a clock pauses: a grid officer looks; the centre reviews.
VERIFYING = "VERIFYING"
REVIEW = "REVIEW"
#: The clock a unit has after a failed review when its own limit is used up (a matter of K5).
REWORK = "REWORK"


def ledgers(on: Dossier, setting: Setting) -> tuple[Ledger, ...]:
    """Every clock of a case in the order of the Measures; rows taken over from elsewhere have none."""
    return tuple(_Bench(on, setting).all())


def settle(on: Dossier, setting: Setting) -> Case:
    """The case with what lists sort by: stage, units, and the nearest running binding deadline."""
    live = on.live_tasks
    case = replace(
        on.case,
        stage=stage_of(on),
        lead_unit=live[-1].unit if live else None,
        units="".join(f"|{task.unit}" for task in live) + ("|" if live else ""),
    )
    first = nearest(one for one in ledgers(on, setting) if _is_owed(one))
    if first is None or case.stage is Stage.ENDED:
        return replace(case, due_at=None, due_clock=None, due_is_provisional=False)
    return replace(
        case,
        due_at=first.due,
        due_clock=str(first.clock),
        due_is_provisional=first.provisional,
    )


def _is_owed(ledger: Ledger) -> bool:
    return ledger.clock in BINDING and ledger.stopped is None


def stage_of(on: Dossier) -> Stage:
    """The queue a case waits in."""
    match on.case.status:
        case CaseStatus.REGISTERED | CaseStatus.VERIFYING:
            return Stage.FILING
        case CaseStatus.FILED:
            return Stage.DISPATCH
        case CaseStatus.PENDING_CLOSURE:
            return Stage.CLOSURE
        case CaseStatus.DISPATCHED | CaseStatus.REWORK:
            return _stage_of_tasks({task.status for task in on.live_tasks})
        case _:
            return Stage.ENDED


def _stage_of_tasks(states: set[TaskStatus]) -> Stage:
    if TaskStatus.RETURN_REVIEW in states:
        return Stage.RETURNED
    return Stage.SIGN if TaskStatus.PENDING_SIGN in states else Stage.DISPOSAL


def with_limit(task: Task, case: Case, setting: Setting) -> Task:
    """The task with the disposal limit that its case's class, grade and nature give it."""
    unit = setting.directory.unit(task.unit)
    category = setting.directory.taxonomy.get(case.category)
    found = setting.policy(case).disposal(case.grade, case.nature, category, unit.around_the_clock)
    if found is None:
        return task
    return replace(
        task,
        limit_value=found.limit.value,
        limit_unit=str(found.limit.unit),
        limit_source=found.source,
        limit_article=found.article,
        limit_origin=str(found.origin),
    )


def limit_of(task: Task) -> Terms | None:
    """The disposal limit fixed on a task; None for one taken over from elsewhere."""
    if task.limit_value is None or task.limit_unit is None:
        return None
    limit = Limit(task.limit_value, LimitUnit(task.limit_unit))
    origin = Origin(task.limit_origin or Origin.PROP)
    return Terms(limit, task.limit_source, task.limit_article, origin)


def return_window(task: Task, case: Case, setting: Setting) -> Ledger | None:
    """How long the unit may send a signed task back (K4): never later than a share of its limit."""
    if task.signed_at is None:
        return None
    policy = setting.policy(case)
    window, own = _terms(policy.limit(Clock.K4, case.grade)), limit_of(task)
    limits = [window.limit, *([_share(own.limit, policy)] if own else [])]
    span, calendar = Span(task.signed_at), setting.calendar(policy)
    each = (
        measure(Clock.K4, task.id, replace(window, limit=one), span, calendar) for one in limits
    )
    return min(each, key=urgency)


def _share(limit: Limit, policy: Policy) -> Limit:
    """The part of a disposal limit in which a return is allowed: whole minutes of the same kind of time."""
    part = policy.number("return.window_percent")
    kind = LimitUnit.CLOCK_MINUTE if runs_always(limit) else LimitUnit.WORK_MINUTE
    return Limit(max(1, int(policy.own_minutes(limit) * part // 100)), kind)


def is_on_time(on: Dossier, setting: Setting) -> bool:
    """Whether every task was last handled within its limit (equality is on time).

    Review time is left out, and so are units that gave the task back: their time is their own.
    """
    live = {task.id for task in on.live_tasks}
    disposal = (one for one in ledgers(on, setting) if one.clock is Clock.K5 and one.about in live)
    return all(one.is_on_time for one in disposal)


def pause_for_review(task: Task, until: datetime, by: str) -> Task:
    """The task with the time from its handling to `until` kept as a pause of its disposal clock."""
    if task.handled_at is None:
        return task
    pauses = (*read_pauses(task.pauses), Pause(task.handled_at, until, REVIEW, by))
    return replace(task, pauses=write_pauses(pauses))


def _terms(provision: Provision) -> Terms:
    return Terms(provision.limit, provision.source, provision.article, provision.origin)


class _Bench:
    """One case's clocks being laid out: the case, its edition and the calendar that counts for it."""

    def __init__(self, on: Dossier, setting: Setting) -> None:
        self.on = on
        self.case = on.case
        self.policy = setting.policy(on.case)
        self.calendar: Calendar = setting.calendar(self.policy)

    @property
    def is_adopted(self) -> bool:
        """Whether the record came from elsewhere, without times of its own."""
        return self.case.source_ref is not None

    def all(self) -> Iterator[Ledger]:
        """Filing, verification, dispatch, the tasks, closure review, the case as a whole."""
        if not self.is_adopted:
            yield self._ledger(Clock.K1, self.case.id, self._filing())
        for one in self.on.verifications:
            if one.status != "WITHDRAWN":
                yield self._ledger(
                    Clock.K1V, one.id, Span(one.asked_at, one.reported_at or self._ended())
                )
        yield from self._dispatch()
        for task in self.on.tasks:
            yield from self._of_task(task)
        for request in self.on.requests:
            if request.status != "WITHDRAWN":
                span = Span(request.asked_at, request.decided_at)
                yield self._ledger(Clock.K7, request.id, span)
        yield from self._review()
        yield from self._whole()

    def _ledger(self, clock: Clock, about: str, span: Span, terms: Terms | None = None) -> Ledger:
        found = terms or _terms(self.policy.limit(clock, self.case.grade))
        return measure(clock, about, found, span, self.calendar)

    def _ended(self) -> datetime | None:
        return self.case.refused_at or self.case.closed_at

    def _filing(self) -> Span:
        pauses = tuple(
            Pause(one.asked_at, one.reported_at, VERIFYING, _looker(one))
            for one in self.on.verifications
            if one.status != "WITHDRAWN"
        )
        return Span(self.case.registered_at, self.case.filed_at or self._ended(), pauses)

    def _dispatch(self) -> Iterator[Ledger]:
        """One dispatch clock from filing, and one more after each approved return."""
        returned = {request.task_id for request in self.on.requests if request.status == "APPROVED"}
        again = [task.returned_at for task in self.on.tasks if task.id in returned]
        starts = [one for one in (self.case.filed_at, *again) if one is not None]
        made = [
            task.dispatched_at for task in self.on.tasks if task.status is not TaskStatus.CANCELLED
        ]
        for start in starts:
            stop = min((one for one in made if one >= start), default=self._ended())
            yield self._ledger(Clock.K2, self.case.id, Span(start, stop))

    def _of_task(self, task: Task) -> Iterator[Ledger]:
        own = limit_of(task)
        if own is None or task.status is TaskStatus.CANCELLED:
            return
        signed = Span(task.dispatched_at, task.signed_at or self._gone(task))
        yield self._ledger(Clock.K3, task.id, signed)
        yield from self._disposal(task, own)
        if task.signed_at is not None:
            yield self._ledger(Clock.K9, task.id, Span(task.signed_at, self._told(task)))

    def _gone(self, task: Task) -> datetime | None:
        return task.returned_at or self._ended()

    def _told(self, task: Task) -> datetime | None:
        notices = (
            one.made_at
            for one in self.on.notices
            if one.task_id in (None, task.id) and one.status == "RECORDED"
        )
        first = min((at for at in notices if task.signed_at and at >= task.signed_at), default=None)
        return first or self._gone(task)

    def _disposal(self, task: Task, own: Terms) -> Iterator[Ledger]:
        """K5; after a failed review the rest of it, or the rework limit where nothing is left."""
        working = task.status in OPEN_TASKS
        stop = self._gone(task) or (None if working else task.handled_at)
        span = Span(task.dispatched_at, stop, read_pauses(task.pauses))
        whole = self._ledger(Clock.K5, task.id, span, own)
        used_up = _used_up_at(span, whole)
        if used_up is None:
            yield whole
            return
        late = Span(task.dispatched_at, used_up.start, _before(span, used_up))
        yield self._ledger(Clock.K5, task.id, late, own)
        extra = _terms(self.policy.limit(Clock.K5, self.case.grade, REWORK))
        yield self._ledger(Clock.K5, task.id, _after(span, used_up), extra)

    def _review(self) -> Iterator[Ledger]:
        if self.case.closure_asked_at is None:
            return
        ends = (self.case.closed_at, self.case.rework_at)
        stops = [end for end in ends if end is not None and end >= self.case.closure_asked_at]
        span = Span(self.case.closure_asked_at, min(stops, default=None))
        yield self._ledger(Clock.K8, self.case.id, span)

    def _whole(self) -> Iterator[Ledger]:
        """K6: the longest task's limit and the time of review, never reset."""
        limits = [own for task in self.on.live_tasks if (own := limit_of(task))]
        if self.case.filed_at is None or not limits:
            return
        longest = max(limits, key=lambda own: self.policy.nominal_minutes(own.limit))
        review = self.policy.limit(Clock.K8, self.case.grade).limit
        whole = replace(longest, limit=_together(longest.limit, review))
        pauses = tuple(one for task in self.on.live_tasks for one in read_pauses(task.pauses))
        span = Span(self.case.filed_at, self.case.closed_at, pauses)
        yield self._ledger(Clock.K6, self.case.id, span, whole)


def _looker(one: Verification) -> str:
    return one.officer or one.asked_by


def _used_up_at(span: Span, whole: Ledger) -> Pause | None:
    """The first review that began when nothing of the limit was left."""
    due = whole.due or whole.started  # never empty: these pauses are all closed
    return next((pause for pause in span.pauses if pause.start >= due), None)


def _before(span: Span, cut: Pause) -> tuple[Pause, ...]:
    return tuple(pause for pause in span.pauses if pause.start < cut.start)


def _after(span: Span, cut: Pause) -> Span:
    later = tuple(pause for pause in span.pauses if pause.start > cut.start)
    return Span(cut.end or cut.start, span.stopped, later)


def _together(limit: Limit, review: Limit) -> Limit:
    """The limit with the review time on top, in the limit's own kind of time."""
    if limit.unit in (LimitUnit.WORK_DAY, LimitUnit.CALENDAR_DAY):
        return Limit(limit.value + 1, limit.unit)
    if limit.unit is LimitUnit.CLOCK_MINUTE:
        return Limit(limit.value + review.value * 60, limit.unit)
    return Limit(limit.value + review.value, limit.unit)
