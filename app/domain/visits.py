"""Follow-up visits (回访): which closed cases are in the pool, how a visit stands, and the clocks it has."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.bases import basis_at
from app.domain.case import Case, Dossier, Visit
from app.domain.counting import Span, Terms
from app.domain.limits import LimitUnit
from app.domain.policy import Policy
from app.domain.task_limits import terms_by, terms_of
from app.domain.terms import CaseStatus, Clock, Grade, Nature, RequestKind

#: To be called; rated well enough; rated badly, explained by the unit, and what the centre made of that.
OPEN, RATED, BAD, EXPLAINED = "OPEN", "RATED", "BAD", "EXPLAINED"
UPHELD, REWORKED = "UPHELD", "REWORKED"
#: Over without a rating: nobody answered, he would not, he stayed silent, or the case was opened again meanwhile.
UNREACHED, DECLINED, SILENT, DROPPED = "UNREACHED", "DECLINED", "SILENT", "DROPPED"
#: How a case stands that a visit may follow.
CLOSED = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
#: Something is still owed: a call, an explanation, a decision.
OWED = frozenset({OPEN, BAD, EXPLAINED})
#: Counted in satisfaction; all others are left out of it.
COUNTED = frozenset({RATED, BAD, EXPLAINED, UPHELD, REWORKED})
#: The parts of a rating, the whole first; each 1 to 5.
STARS = ("overall", "deal_speed", "deal_effect", "feedback_quality", "service")
MOST_STARS = 5
#: The matters of K11: until the first call, and after a bad rating until it is explained and decided on.
START, EXPLAIN, DECIDE = "START", "EXPLAIN", "DECIDE"
_BY = {EXPLAIN: "visit.explain_work_days", DECIDE: "visit.decide_work_days"}
#: How many in a hundred of each nature are visited.
_SHARES = {
    Nature.COMPLAINT: "visit.complaint_percent",
    Nature.INQUIRY: "visit.inquiry_percent",
    Nature.SUGGESTION: "visit.suggestion_percent",
}
#: The draw is by this many parts of a hundred.
_PARTS = 100


def why(on: Dossier, policy: Policy) -> str:
    """Why a case that is closed now is visited, as a code; empty when it is not."""
    case = on.case
    if case.grade is Grade.A:
        return "GRADE_A"
    if case.rework_count:
        return "REWORK"
    if any(one.kind == RequestKind.STAGED and one.status == "APPROVED" for one in on.requests):
        return "STAGED"
    nature = case.nature.judged_as
    share = _SHARES.get(nature)
    is_in = share is not None and drawn(case.id, policy.number(share))
    return str(nature) if is_in else ""


def drawn(case_id: str, percent: float) -> bool:
    """Whether the lot falls on a case: by its id alone, so that everybody draws the same, and again."""
    lot = int(hashlib.sha256(case_id.encode()).hexdigest()[:12], 16) % (100 * _PARTS)
    return lot < percent * _PARTS


def owed(on: Dossier) -> Visit | None:
    """The visit by which something is still owed; there is one at most."""
    return next((one for one in on.visits if one.status in OWED), None)


def reworks(on: Dossier) -> int:
    """How often a bad rating has sent the case back to work."""
    return sum(one.status == REWORKED for one in on.visits)


def clocks_of(on: Dossier, policy: Policy) -> Iterator[tuple[str, Terms, Span]]:
    """Each visit's clocks: until the first call, until it is over, and what a bad rating asks after that."""
    for one in on.visits:
        if one.status != "WITHDRAWN":
            over = one.ended_at or one.decided_at
            yield from _called(one, on.case, policy, one.first_attempt_at or over, START)
            yield from _called(one, on.case, policy, over, "")
            yield from _after_a_bad_one(one, policy)


def _called(
    one: Visit, case: Case, policy: Policy, until: datetime | None, matter: str
) -> Iterator[tuple[str, Terms, Span]]:
    """An edition need not say how soon a visit begins."""
    grade = basis_at(case, until).grade
    if (Clock.K11, grade, matter) in policy.clocks:
        terms = terms_of(policy.limit(Clock.K11, grade, matter), matter)
        yield one.id, terms, Span(one.opened_at, until)


def _after_a_bad_one(one: Visit, policy: Policy) -> Iterator[tuple[str, Terms, Span]]:
    if one.status not in COUNTED - {RATED} or one.ended_at is None:
        return
    explained = one.explained_at or one.decided_at
    yield one.id, _terms(EXPLAIN, policy), Span(one.ended_at, explained)
    if one.explained_at is not None:
        yield one.id, _terms(DECIDE, policy), Span(one.explained_at, one.decided_at)


def _terms(matter: str, policy: Policy) -> Terms:
    return terms_by(_BY[matter], LimitUnit.WORK_DAY, policy, matter)


def silent_from(one: Visit, policy: Policy) -> datetime:
    """From when on a reporter who never answered is left in peace; that counts neither way."""
    return one.opened_at + timedelta(days=policy.number("visit.silence_days"))


def archived_from(closed_at: datetime, policy: Policy) -> datetime:
    """From when on a closed case is archived, and not opened again."""
    return closed_at + timedelta(days=policy.number("archive.after_days"))
