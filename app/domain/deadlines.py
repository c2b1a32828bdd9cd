"""Which clocks a case has (K1 to K9, K11), from its rows alone, and the due instant its queue sorts by."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from app.domain import disputes, visits
from app.domain.bases import basis_at, changes_of, earlier_limits, limit_at
from app.domain.calendar import Calendar
from app.domain.case import EXEMPT, OPEN_TASKS, Case, Dossier, Request, Task
from app.domain.clocks import Ledger, Pause, Span, Terms, measure, nearest, urgency
from app.domain.coordinations import asked, is_ruled_with
from app.domain.counting import between
from app.domain.emergencies import STEPS, steps_of
from app.domain.extensions import extended
from app.domain.interims import clocks_of, hands
from app.domain.leaving import is_taken_back, lapsed, left_with
from app.domain.moment import Setting
from app.domain.opinions import opinions
from app.domain.parts import told_once
from app.domain.pauses import read_pauses
from app.domain.reviews import closures_of, reviews_of
from app.domain.shared import kept
from app.domain.stages import stage_of
from app.domain.standstills import all_still, spans
from app.domain.task_limits import limit_of, share_for_return, terms_of
from app.domain.terms import CaseStatus, Clock, Grade, RequestKind, Stage, TaskPart

#: Clocks whose due instant a queue sorts by; the others are shown in the case only.
BINDING = frozenset(
    {Clock.K1, Clock.K1V, Clock.K2, Clock.K3, Clock.K5, Clock.K7, Clock.K8, Clock.K11, Clock.K12}
    | {Clock.KC, Clock.KF}
)
#: Why a clock pauses: a grid officer looks.
VERIFYING = "VERIFYING"
#: The clock a unit has after a failed review when its own limit is used up (a matter of K5).
REWORK = "REWORK"


def ledgers(on: Dossier, setting: Setting) -> tuple[Ledger, ...]:
    """Every clock of a case in the order of the Measures.

    Rows taken over from elsewhere have none, and a registration taken back none any more.
    """
    is_taken_back = on.case.status is CaseStatus.VOID and on.case.closed_at is None
    return () if is_taken_back else tuple(kept(_Bench(on, setting).all(), on, setting))


def settle(on: Dossier, setting: Setting) -> Case:
    """The case with what lists sort by: stage, units, and the nearest running binding deadline."""
    what, since = asked(on)
    case = replace(
        on.case,
        asked=what,
        asked_at=since,
        stage=stage_of(on),
        lead_unit=on.lead.unit if on.lead else None,
        units=hands(on),
    )
    first = due_first(ledgers(on, setting))
    if first is None or case.stage is Stage.ENDED:
        return replace(case, due_at=None, due_clock=None, due_is_provisional=False)
    return replace(
        case,
        due_at=first.due,
        due_clock=str(first.clock),
        due_is_provisional=first.provisional,
    )


def due_first(clocks: Iterable[Ledger]) -> Ledger | None:
    """The running binding clock that is due first: the one a case is listed by."""
    return nearest(one for one in clocks if one.clock in BINDING)


def return_window(task: Task, on: Dossier, setting: Setting) -> Ledger | None:
    """How long the unit may send a task back (K4): never later than a share of its limit.

    That share counts from dispatch on, so that nobody gains time by signing late or never. None for a
    task taken over from elsewhere.
    """
    return _Bench(on, setting).window(task)


def is_on_time(on: Dossier, setting: Setting) -> bool:
    """Whether every task was last handled within its limit (equality is on time).

    Review time is left out, and so are units that gave the task back: their time is their own.
    """
    live = {task.id for task in on.live_tasks}
    own = (one for one in ledgers(on, setting) if one.clock is Clock.K5 and one.about in live)
    return all(one.is_on_time for one in own if one.matter not in STEPS)


class _Bench:
    """One case's clocks being laid out: each under the grade, limit and calendar that held when it stopped."""

    def __init__(self, on: Dossier, setting: Setting) -> None:
        self.on = on
        self.case = on.case
        self.policy = setting.policy(on.case)
        self.setting = setting

    @property
    def is_adopted(self) -> bool:
        """Whether the record came from elsewhere, without times of its own."""
        return self.case.source_ref is not None

    def all(self) -> Iterator[Ledger]:
        """Filing, verification, dispatch, the tasks, closure review, the case as a whole."""
        if not self.is_adopted and self.case.split_from is None:
            yield self._ledger(Clock.K1, self.case.id, self._filing())
        for one in self.on.verifications:
            if one.status != "WITHDRAWN":
                span = Span(one.asked_at, one.reported_at or self._ended())
                yield self._ledger(Clock.K1V, one.id, span)
        for about, terms, span in clocks_of(self.on, self.policy, self._ended()):
            yield self._ledger(Clock.KI, about, span, terms)
        yield from self._dispatch()
        for task in self.on.tasks:
            yield from (left_with(task, one, self.on) for one in self._of_task(task))
        yield from self._requests()
        if told := told_once(self.on):
            yield self._ledger(Clock.K9, self.case.id, told)
        for span in closures_of(self.on):
            yield self._ledger(Clock.K8, self.case.id, span)
        yield from self._whole()
        yield from self._visits()

    def _ledger(self, clock: Clock, about: str, span: Span, terms: Terms | None = None) -> Ledger:
        found = terms or self._plain(clock, span.stopped)
        return measure(clock, about, found, span, self._calendar(span.stopped))

    def _requests(self) -> Iterator[Ledger]:
        """The reviews of what was asked, the standstills that came of it, and what is disputed."""
        for request in self.on.requests:
            if request.status != "WITHDRAWN" and not is_ruled_with(request, self.on):
                yield self._asked(request)
        for task_id, terms, span in spans(self.on, self.policy):
            yield self._ledger(Clock.K12, task_id, span, terms)
        for clock, about, terms, span in disputes.clocks_of(self.on, self.policy, self._ended()):
            yield self._ledger(clock, about, span, terms)

    def _asked(self, request: Request) -> Ledger:
        """K7: by the limit for requests of that kind, where the edition sets one."""
        span = Span(request.asked_at, request.decided_at or lapsed(request, self.on))
        grade = basis_at(self.case, span.stopped).grade
        matter = request.kind if (Clock.K7, grade, request.kind) in self.policy.clocks else ""
        return self._ledger(Clock.K7, request.id, span, self._plain(Clock.K7, span.stopped, matter))

    def _plain(self, clock: Clock, at: datetime | None, matter: str = "") -> Terms:
        return terms_of(self.policy.limit(clock, basis_at(self.case, at).grade, matter), matter)

    def _calendar(self, at: datetime | None) -> Calendar:
        return self.setting.calendar(self.policy, basis_at(self.case, at).calendar)

    def _ended(self) -> datetime | None:
        own = self.case
        return own.refused_at or own.merged_at or own.split_at or own.closed_at

    def _filing(self) -> Span:
        pauses = tuple(
            Pause(one.asked_at, one.reported_at, VERIFYING, one.officer or one.asked_by)
            for one in self.on.verifications
            if one.status != "WITHDRAWN"
        )
        return Span(self.case.registered_at, self.case.filed_at or self._ended(), pauses)

    def _dispatch(self) -> Iterator[Ledger]:
        """One dispatch clock from filing, and one more after each approved return of a unit that led."""
        returned = {one.task_id for one in self._returns("APPROVED")}
        leads = [task for task in self.on.tasks if task.part is TaskPart.LEAD]
        again = [task.returned_at for task in leads if task.id in returned]
        first = self.case.waits_since or self.case.filed_at
        starts = [one for one in (first, *again) if one is not None]
        made = [task.dispatched_at for task in leads if not is_taken_back(task)]
        for start in starts:
            stop = min((one for one in made if one >= start), default=self._ended())
            yield self._ledger(Clock.K2, self.case.id, Span(start, stop))

    def _of_task(self, task: Task) -> Iterator[Ledger]:
        if limit_of(task) is None or is_taken_back(task):
            return
        signed = Span(task.dispatched_at, task.signed_at or self._gone(task))
        yield self._ledger(Clock.K3, task.id, signed)
        yield from self._disposal(task)
        yield from self._steps(task)
        for terms, span in opinions(task, limit_at(task, None), self.policy, self._gone(task)):
            yield self._ledger(Clock.KO, task.id, span, terms)
        if task.signed_at is not None:
            yield from filter(None, [self.window(task)])
            if self.case.split_from is None:  # its reporter is told by the whole
                yield self._ledger(Clock.K9, task.id, Span(task.signed_at, self._told(task)))

    def _gone(self, task: Task) -> datetime | None:
        return task.returned_at or self._ended()

    def _told(self, task: Task) -> datetime | None:
        notices = (
            one.made_at
            for one in self.on.notices
            if one.task_id in (None, task.id) and one.status == "RECORDED" and one.method != EXEMPT
        )
        first = min((at for at in notices if task.signed_at and at >= task.signed_at), default=None)
        return first or self._gone(task)

    def window(self, task: Task) -> Ledger | None:
        """K4: until the unit sends the task back, is done with it, or time is over.

        One that was over before grade or limit changed is not opened again.
        """
        stop = self._left(task)
        for until in self._changes(task, task.dispatched_at, stop):
            found = self._window_at(until, task, stop)
            if found is not None and found.due is not None and found.due <= until:
                return found
        return self._window_at(stop, task, stop)

    def _changes(self, task: Task, since: datetime, until: datetime | None) -> list[datetime]:
        limits = (one.until for one in earlier_limits(task))
        return sorted(
            at for at in (*changes_of(self.case), *limits) if since <= at <= (until or at)
        )

    def _window_at(self, at: datetime | None, task: Task, stop: datetime | None) -> Ledger | None:
        """Whichever is over first: the time from signing, or the share of the limit from dispatch."""
        plain, own, calendar = self._plain(Clock.K4, at), limit_at(task, at), self._calendar(at)
        each: list[tuple[Terms, datetime]] = []
        if task.signed_at is not None:
            each.append((plain, task.signed_at))
        if own is not None:
            share = share_for_return(own.limit, self.policy)
            each.append((replace(plain, limit=share), task.dispatched_at))
        windows = (
            measure(Clock.K4, task.id, one, Span(begun, stop), calendar) for one, begun in each
        )
        return min(windows, key=urgency, default=None)

    def _left(self, task: Task) -> datetime | None:
        """When the task left its unit's hands; not by a request that was refused."""
        since = task.signed_at or task.dispatched_at
        asked = (
            one.asked_at for one in self._returns("OPEN", "APPROVED") if one.task_id == task.id
        )
        done = (task.handled_at, *(one.start for one in reviews_of(task)), self._gone(task))
        ends = (at for at in (*asked, *done) if at is not None and at >= since)
        return min(ends, default=None)

    def _returns(self, *states: str) -> Iterator[Request]:
        asked = (one for one in self.on.requests if one.kind == RequestKind.RETURN)
        return (one for one in asked if one.status in states)

    def _limit_at(self, task: Task, at: datetime | None) -> Terms | None:
        """The disposal limit of a task at an instant, with what had been added to it by then."""
        own = limit_at(task, at)
        return own and extended(own, self.on, task.id, self.policy, at)

    def _disposal(self, task: Task) -> Iterator[Ledger]:
        """K5; whenever a review fails with nothing of it left, the limit of rework begins."""
        working = task.status in OPEN_TASKS
        stop = task.returned_at or (self._ended() if working else task.handled_at)
        reviews, pauses = reviews_of(task), read_pauses(task.pauses)
        ends = [*(one.start for one in reviews[1:]), stop]
        begin, terms_at = task.dispatched_at, partial(self._limit_at, task)
        for review, later in zip(reviews, ends, strict=True) if reviews else ():
            round_ = between(begin, review.start, pauses)
            done = self._ledger(Clock.K5, task.id, round_, terms_at(review.start))
            left = self._ledger(Clock.K5, task.id, round_, terms_at(later))
            if any(review.start >= (one.due or review.start) for one in (done, left)):
                yield done
                begin, terms_at = review.end or review.start, self._rework_at
        yield self._ledger(Clock.K5, task.id, between(begin, stop, pauses), terms_at(stop))

    def _steps(self, task: Task) -> Iterator[Ledger]:
        """What an emergency asks before its end, as far as the edition sets a limit for it."""
        done = [one.start for one in reviews_of(task)] or [task.handled_at]
        ends = (at for at in (done[0], self._gone(task)) if at is not None)
        for matter, span in steps_of(task, self.case, min(ends, default=None)):
            if (Clock.K5, Grade.A, matter) in self.policy.clocks:
                terms = self._plain(Clock.K5, span.stopped, matter)
                yield self._ledger(Clock.K5, task.id, span, terms)

    def _rework_at(self, at: datetime | None) -> Terms:
        return self._plain(Clock.K5, at, REWORK)

    def _visits(self) -> Iterator[Ledger]:
        for about, terms, span in visits.clocks_of(self.on, self.policy):
            yield self._ledger(Clock.K11, about, span, terms)

    def _whole(self) -> Iterator[Ledger]:
        """K6: the longest task's limit with the time of review on top; it pauses while all stand still."""
        closed = self.case.closed_at
        limits = [own for task in self.on.live_tasks if (own := self._limit_at(task, None))]
        if self.case.filed_at is None or not limits:
            return
        longest = max(limits, key=lambda own: self.policy.nominal_minutes(own.limit))
        review = self._plain(Clock.K8, closed).limit
        span = Span(self.case.filed_at, closed, tuple(all_still(self.on.live_tasks)))
        yield self._ledger(Clock.K6, self.case.id, span, replace(longest, then=review))
