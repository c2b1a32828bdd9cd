"""Chapter 7, articles 30 and 31: the reporter is asked how content he is, and what a bad rating leads to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.calendar import local_date
from app.domain.case import Case, Dossier, Row, Task, Visit
from app.domain.commands import DecideRating, ExplainRating, RecordVisit, Reopen
from app.domain.lengths import within
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.parts import is_split
from app.domain.refused import Refused
from app.domain.reviews import pause_for_closure
from app.domain.terms import CaseStatus, TaskStatus
from app.domain.visits import (
    BAD,
    CLOSED,
    DECLINED,
    DROPPED,
    EXPLAINED,
    MOST_STARS,
    OPEN,
    RATED,
    REWORKED,
    SILENT,
    STARS,
    UNREACHED,
    UPHELD,
    archived_from,
    owed,
    reworks,
    silent_from,
    why,
)

#: What may come of a call.
REACHED, NO_ANSWER = "REACHED", "NO_ANSWER"
OUTCOMES = (REACHED, NO_ANSWER, DECLINED, SILENT)


def opened(
    after: Dossier, moment: Moment, parts: Iterable[Dossier] = (), name: str = "visit"
) -> Iterator[Visit]:
    """The visit that follows a closure, where the case, or one of its parts, is in the pool.

    What is told only afterwards has none, nor what somebody is still owed a call for.
    """
    policy = moment.setting.policy(after.case)
    reasons = (why(one, policy) for one in (after, *parts))
    reason = "" if moment.is_past or owed(after) else next(filter(None, reasons), "")
    if reason:
        yield Visit(
            id=moment.new_id(name),
            district=after.case.district,
            case_id=after.case.id,
            status=OPEN,
            task_id=after.lead.id if after.lead else None,
            why=reason,
            opened_at=moment.now,
        )


def ready_to_visit(on: Dossier, _: Moment) -> None:
    """Raises Refused('visit-missing')."""
    _owed(on, OPEN)


def _owed(on: Dossier, *states: str) -> Visit:
    found = owed(on)
    if found is None or found.status not in states:
        raise Refused("visit-missing")
    return found


def _meant(on: Dossier, visit_id: str, *states: str) -> Visit:
    found = _owed(on, *states)
    if found.id != visit_id:
        raise Refused("visit-missing")
    return found


def record_visit(wish: RecordVisit, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A call and what came of it; who was reached gives stars, and nobody else does.

    Raises Refused: visit-missing, outcome-unknown, stars-missing, stars-unasked, not-silent-yet.
    """
    visit = _meant(on, wish.visit_id, OPEN)
    if wish.outcome not in OUTCOMES:
        raise Refused("outcome-unknown", outcome=wish.outcome)
    stars = _stars(wish)
    told = replace(visit, text=within(wish.text.strip()), visited_by=moment.actor.login, **stars)
    if wish.outcome == SILENT:
        return (_silent(told, on, moment),)
    called = replace(
        told,
        attempts=visit.attempts + 1,
        first_attempt_at=visit.first_attempt_at or moment.now,
        last_attempt_at=moment.now,
    )
    return (_after_call(called, wish.outcome, on, moment),)


def _stars(wish: RecordVisit) -> dict[str, int]:
    """The whole has to be rated, its parts may be left out."""
    given = {name: getattr(wish, name) for name in STARS}
    if wish.outcome != REACHED:
        if any(given.values()):
            raise Refused("stars-unasked")
        return given
    if not given["overall"] or not all(0 <= one <= MOST_STARS for one in given.values()):
        raise Refused("stars-missing", most=MOST_STARS)
    return given


def _silent(visit: Visit, on: Dossier, moment: Moment) -> Visit:
    until = silent_from(visit, moment.setting.policy(on.case))
    if moment.now < until:
        raise Refused("not-silent-yet", until=until)
    return replace(visit, status=SILENT, ended_at=moment.now)


def _after_call(called: Visit, outcome: str, on: Dossier, moment: Moment) -> Visit:
    policy = moment.setting.policy(on.case)
    if outcome == REACHED:
        is_bad = called.overall <= policy.number("visit.bad_rating_stars")
        return replace(called, status=BAD if is_bad else RATED, ended_at=moment.now)
    if outcome == DECLINED:
        return replace(called, status=DECLINED, ended_at=moment.now)
    is_enough = called.attempts >= policy.number("visit.attempts_count")
    if is_enough and _days(called, moment.now) >= policy.number("visit.attempts_days"):
        return replace(called, status=UNREACHED, ended_at=moment.now)
    return called


def _days(called: Visit, now: datetime) -> int:
    """On how many days he was called, as far as more than one matters: the first and today."""
    return len({local_date(called.first_attempt_at or now), local_date(now)})


def ready_to_explain(on: Dossier, moment: Moment) -> None:
    """Raises Refused: visit-missing, not-your-unit."""
    _to_explain(on, moment)


def _to_explain(on: Dossier, moment: Moment) -> Visit:
    visit = _owed(on, BAD)
    unit = on.unit_of(visit.task_id)
    if moment.actor.unit not in (None, unit):
        raise Refused("not-your-unit", unit=unit)
    return visit


def explain_rating(wish: ExplainRating, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit that led says what is behind the bad rating; the centre decides on that."""
    visit = _to_explain(on, moment)
    if visit.id != wish.visit_id:
        raise Refused("visit-missing")
    said = replace(
        visit,
        status=EXPLAINED,
        explained_at=moment.now,
        explained_by=moment.actor.login,
        explanation=guards.words(wish.text, "words-missing"),
        on_behalf=guards.on_behalf(on.unit_of(visit.task_id), moment),
    )
    return (said,)


def ready_to_settle(on: Dossier, moment: Moment) -> None:
    """Raises Refused: visit-missing, own-explanation."""
    visit = _owed(on, BAD, EXPLAINED)
    if visit.explained_by == moment.actor.login:
        raise Refused("own-explanation")


def decide_rating(wish: DecideRating, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Done again, so often as the edition lets it; or the explanation stands, if there is one.

    Raises Refused: visit-missing, own-explanation, not-explained, split-rework, rework-enough, words-missing.
    """
    visit = _meant(on, wish.visit_id, BAD, EXPLAINED)
    ready_to_settle(on, moment)
    if wish.is_rework:
        return _done_again(visit, wish, on, moment)
    if visit.status != EXPLAINED:
        raise Refused("not-explained")
    return (_decided(visit, UPHELD, within(wish.text.strip()), moment),)


def _decided(visit: Visit, status: str, text: str, moment: Moment) -> Visit:
    by = moment.actor.login
    return replace(visit, status=status, decided_at=moment.now, decided_by=by, decision_text=text)


def _done_again(visit: Visit, wish: DecideRating, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    most = int(moment.setting.policy(on.case).number("visit.reworks_count"))
    if is_split(on.case):
        raise Refused("split-rework")
    if reworks(on) >= most:
        raise Refused("rework-enough", most=most)
    text = guards.words(wish.text, "words-missing")
    return (_decided(visit, REWORKED, text, moment), *_at_work_again(text, on, moment))


def _at_work_again(text: str, on: Dossier, moment: Moment) -> Iterator[Row]:
    """The case open again, and every task that was done back with its unit."""
    closed_at = on.case.closed_at or moment.now
    yield _open_again(on.case, text, moment.now)
    for task in on.live_tasks:
        if task.status is TaskStatus.DONE:
            yield _back(task, closed_at, moment)


def _open_again(case: Case, text: str, now: datetime) -> Case:
    return replace(
        case,
        status=CaseStatus.REWORK,
        rework_at=now,
        rework_reason=text,
        rework_count=case.rework_count + 1,
        closed_at=None,
        closure_text="",
    )


def _back(task: Task, closed_at: datetime, moment: Moment) -> Task:
    paused = pause_for_closure(task, closed_at, moment.now, moment.actor.login)
    return replace(paused, status=TaskStatus.REWORK, rework_at=moment.now, done_at=None)


def ready_to_reopen(on: Dossier, moment: Moment) -> None:
    """Raises Refused: split-rework, not-closed, archived when the days of the edition are over."""
    if is_split(on.case):
        raise Refused("split-rework")
    closed_at = on.case.closed_at
    if on.case.status not in CLOSED or closed_at is None or not _workable(on):
        raise Refused("not-closed")
    until = archived_from(closed_at, moment.setting.policy(on.case))
    if moment.now >= until:
        raise Refused("archived", until=until)


def _workable(on: Dossier) -> bool:
    """A record of another system may have no task that could be done again."""
    return any(task.status is TaskStatus.DONE for task in on.live_tasks)


def reopen(wish: Reopen, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """On the reporter's word; a visit that was still owed is over, since there will be another."""
    ready_to_reopen(on, moment)
    text = guards.words(wish.text, "words-missing")
    return (*dropped(on, moment), *_at_work_again(text, on, moment))


def dropped(on: Dossier, moment: Moment) -> Iterator[Visit]:
    """A visit that was owed for a case and is not made any more."""
    visit = owed(on)
    if visit is not None:
        yield _decided(visit, DROPPED, "", moment)
