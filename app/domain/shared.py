"""The clocks that a case keeps to for those that follow it (并案, art. 18): the earliest of each kind binds.

A case remembers as text which clocks ran in a member when it was merged: since when, by which limit and
article. A member's own clocks are laid out from its own rows, whatever it follows.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.bases import basis_at
from app.domain.calendar import Calendar
from app.domain.case import Case, Dossier
from app.domain.clocks import Ledger, Segment, measure
from app.domain.counting import NEVER, Pause, Span, Terms
from app.domain.leaving import is_taken_back
from app.domain.limits import Limit, LimitUnit, together
from app.domain.moment import Setting
from app.domain.terms import Clock, Origin

#: Clocks of the whole event: filing, dispatch, disposal. A notice, a visit, a signature are each one's own.
SHARED = frozenset({Clock.K1, Clock.K2, Clock.K5})
#: The parameter of the edition by which merging is bounded: its article explains a shared clock.
MOST = "merge.shift_leader_above_members"
#: Why a stretch counts that ran in another case.
MERGED = "MERGED"


@dataclass(frozen=True, slots=True)
class Shared:
    """A clock that ran in the member `case_id` (its number beside it) when it was merged `at` that instant."""

    case_id: str
    number: str
    at: datetime
    clock: Clock
    started: datetime
    terms: Terms


def clocks_of(member: Case, running: Iterable[Ledger], at: datetime) -> tuple[Shared, ...]:
    """What a case that is merged at that instant brings along."""
    owed = (one for one in running if one.clock in SHARED and not (one.stopped or one.matter))
    return tuple(
        Shared(member.id, member.number, at, one.clock, one.started, _terms(one)) for one in owed
    )


def _terms(one: Ledger) -> Terms:
    return Terms(one.limit, one.source, one.article, one.origin)


def with_shared(case: Case, brought: Iterable[Shared]) -> Case:
    """The case that keeps to these clocks too."""
    return replace(case, shared=_write((*read(case), *brought)))


def without_shared(case: Case, members: frozenset[str]) -> Case:
    """The case that keeps to the clocks of those members no more."""
    return replace(case, shared=_write(one for one in read(case) if one.case_id not in members))


def read(case: Case) -> tuple[Shared, ...]:
    """The clocks that a case keeps to."""
    return tuple(_read(*one) for one in (json.loads(case.shared) if case.shared else ()))


def _write(those: Iterable[Shared]) -> str:
    rows = [_row(one) for one in those]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def _row(one: Shared) -> list[Any]:
    when = one.at.isoformat(), str(one.clock), one.started.isoformat()
    terms = one.terms
    limit = terms.limit.value, str(terms.limit.unit), terms.source, terms.article, str(terms.origin)
    return [one.case_id, one.number, *when, *limit]


def _read(  # noqa: PLR0913 - the parts of an entry as they were written
    case_id: str,
    number: str,
    at: str,
    clock: str,
    started: str,
    value: int,
    unit: str,
    source: str,
    article: int | None,
    origin: str,
) -> Shared:
    terms = Terms(Limit(value, LimitUnit(unit)), source, article, Origin(origin))
    when = datetime.fromisoformat(at), Clock(clock), datetime.fromisoformat(started)
    return Shared(case_id, number, *when, terms)


def kept(own: Iterable[Ledger], on: Dossier, setting: Setting) -> Iterable[Ledger]:
    """The clocks of a case, each as it has to keep to it also for those that follow it."""
    if not on.case.shared:
        return own
    return (_nearest(one, on, setting) for one in own)


def _nearest(own: Ledger, on: Dossier, setting: Setting) -> Ledger:
    """The case's own clock, or that of a member by which it is due sooner."""
    if own.clock not in SHARED or own.matter:
        return own
    policy = setting.policy(on.case)
    article = policy.parameter(MOST).article
    calendar = setting.calendar(policy, basis_at(on.case, own.stopped).calendar)
    each = (_as_in(one, own, calendar, article) for one in _binding(own, on))
    return min((own, *each), key=lambda one: one.due or NEVER)


def _binding(own: Ledger, on: Dossier) -> Iterator[Shared]:
    """Clocks of members that bind one which ran when they were merged, or the first dispatch after that.

    What is asked of the next unit after a return is its own: the time burned is not charged to it.
    """
    made = (task.dispatched_at for task in on.tasks if not is_taken_back(task))
    first = min(made, default=own.started) if own.clock is Clock.K5 else own.started
    for one in read(on.case):
        begins = own.started <= one.at or own.started == first
        is_over = own.stopped is not None and own.stopped < one.at
        if one.clock is own.clock and begins and not is_over:
            yield one


def _as_in(one: Shared, own: Ledger, calendar: Calendar, article: int | None) -> Ledger:
    """The case's clock as the member's: since when that ran, by its limit, with what the case was granted."""
    terms = one.terms
    for added in own.added:
        terms = replace(terms, limit=together(terms.limit, added.limit) or terms.limit)
    halts = (one for one in own.segments if not one.runs)
    pauses = tuple(Pause(halt.start, halt.end, halt.why, halt.by) for halt in halts)
    span = Span(one.started, own.stopped, pauses)
    found = measure(own.clock, own.about, replace(terms, added=own.added), span, calendar)
    return replace(found, shared=one.number, segments=tuple(_told(found, one, article)))


def _told(found: Ledger, one: Shared, article: int | None) -> Iterator[Segment]:
    """The stretches of the clock; what ran in the member before it was merged says so."""
    for stretch in found.segments:
        if not stretch.runs or stretch.start >= one.at:
            yield stretch
            continue
        yield Segment(
            stretch.start,
            _sooner(stretch.end, one.at),
            runs=True,
            why=MERGED,
            article=article,
            by=one.number,
        )
        if stretch.end is None or stretch.end > one.at:
            yield replace(stretch, start=one.at)


def _sooner(end: datetime | None, at: datetime) -> datetime:
    return at if end is None else min(end, at)
