"""Chapter 2, article 18: several reports of one event are dealt with as one (并案派遣), and part again.

One survives, the others follow it. Its filing, dispatch and disposal clocks are shared: the earliest binds.
Notices, visit and satisfaction stay each reporter's own, and so does the number. What a member was is kept,
not guessed, so that it goes its own way again with its own clocks as they would have run.

A member may be registered, filed, or dispatched as long as no unit has signed: its tasks are then called off,
for the survivor's do its work. One that a unit has at work is refused: nobody takes that out of its
hands unasked, and there is always the other way round, that this one survives.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.case import ENDED, Case, Dossier, Row, Task
from app.domain.commands import Merge, Unmerge
from app.domain.deadlines import ledgers
from app.domain.measures import guards, visiting
from app.domain.measures.notices import HANDLING
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.rules import FOLLOWS, LEADERS, MOST_MEMBERS
from app.domain.shared import MOST, clocks_of, with_shared, without_shared
from app.domain.terms import CaseStatus, Grade, Nature, TaskStatus

_MAY_FOLLOW = frozenset(CaseStatus(one) for one in FOLLOWS.split())
_GONE_WITHOUT_WORK = frozenset({CaseStatus.VOID, CaseStatus.REFUSED, CaseStatus.COMMENDED})


def merge(wish: Merge, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The members follow the case from now on; it keeps to the earliest of all their clocks.

    Raises Refused: merge-nothing, case-missing, merge-many and what `ready_to_merge` and `may_follow` raise.
    """
    ready_to_merge(on, moment)
    members = _named(wish.members, moment)
    _not_too_many(on.case.members + len(members), on, moment)
    for one in members:
        may_follow(one, on, moment)
    brought = (
        clock
        for one in members
        for clock in clocks_of(one.case, ledgers(one, moment.setting), moment.now)
    )
    case = replace(with_shared(on.case, brought), members=on.case.members + len(members))
    return (case, *(row for one in members for row in _following(one, on, moment)))


def ready_to_merge(on: Dossier, moment: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, sensitive-category."""
    if on.case.nature is Nature.THANKS:
        raise Refused("thanks-not-dispatched")
    if guards.track(on.case, moment) is not None and moment.actor.role not in LEADERS:
        raise Refused("sensitive-category", category=on.case.category)


def may_follow(member: Dossier, on: Dossier, moment: Moment) -> None:
    """Raises Refused: merge-self, merge-state, merge-has-members, merge-part, merge-at-work, merge-interim,
    merge-graver, merge-track."""
    case = member.case
    for is_so, code in _barriers(member, on, moment):
        if is_so:
            raise Refused(code, number=case.number, status=str(case.status))


def _barriers(member: Dossier, on: Dossier, moment: Moment) -> Iterator[tuple[bool, str]]:
    case = member.case
    yield case.id == on.case.id, "merge-self"
    yield case.status not in _MAY_FOLLOW or case.nature is Nature.THANKS, "merge-state"
    yield case.members > 0, "merge-has-members"
    yield case.split_from is not None, "merge-part"
    waiting = all(task.status is TaskStatus.PENDING_SIGN for task in member.live_tasks)
    yield not waiting, "merge-at-work"
    ordered = (one.status for one in member.interims)
    yield any(status not in ("DONE", "WITHDRAWN") for status in ordered), "merge-interim"
    yield _is_graver(case.grade, on.case.grade), "merge-graver"
    yield guards.track(case, moment) != guards.track(on.case, moment), "merge-track"


def _is_graver(one: Grade, other: Grade) -> bool:
    return list(Grade).index(one) < list(Grade).index(other)


def _named(ids: Iterable[str], moment: Moment) -> tuple[Dossier, ...]:
    """The cases of those ids, each once. Raises Refused('merge-nothing', 'case-missing')."""
    known = {one.case.id: one for one in moment.beside}
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise Refused("merge-nothing")
    missing = next((one for one in wanted if one not in known), None)
    if missing is not None:
        raise Refused("case-missing", case=missing)
    return tuple(known[one] for one in wanted)


def _not_too_many(count: int, on: Dossier, moment: Moment) -> None:
    """More than the edition says are the shift leader's to merge."""
    most = int(moment.setting.policy(on.case).number(MOST))
    bound = MOST_MEMBERS if moment.actor.role in LEADERS else most
    if count > bound:
        raise Refused("merge-many", most=bound)


def _following(member: Dossier, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    case = replace(
        member.case,
        status=CaseStatus.MERGED,
        merged_into=on.case.id,
        merged_at=moment.now,
        merged_from=str(member.case.status),
    )
    return (case, *(_called_off(task, moment) for task in member.live_tasks))


def _called_off(task: Task, moment: Moment) -> Task:
    return replace(task, status=TaskStatus.CANCELLED, returned_at=moment.now)


def unmerge(wish: Unmerge, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The members are again what they were, each with its own clock as it would have run.

    A case that has ended keeps the clocks by which it was judged. Raises Refused: no-members, merge-nothing,
    case-missing, not-a-member.
    """
    ready_to_unmerge(on, moment)
    members = _named(wish.members, moment)
    for one in members:
        if one.case.merged_into != on.case.id:
            raise Refused("not-a-member", number=one.case.number)
    left = replace(on.case, members=on.case.members - len(members))
    if on.case.status not in ENDED:
        left = without_shared(left, frozenset(one.case.id for one in members))
    return (left, *(row for one in members for row in _parted(one, moment)))


def ready_to_unmerge(on: Dossier, _: Moment) -> None:
    """Raises Refused('no-members')."""
    if not on.case.members:
        raise Refused("no-members")


def _parted(member: Dossier, moment: Moment) -> Iterator[Row]:
    case, at = member.case, member.case.merged_at
    status = CaseStatus(case.merged_from)
    own = replace(case, status=status, merged_into=None, merged_at=None, merged_from="")
    yield replace(own, closed_at=None)
    yield from visiting.dropped(member, moment)
    for task in member.tasks:
        if task.status is TaskStatus.CANCELLED and task.returned_at == at:
            yield replace(task, status=TaskStatus.PENDING_SIGN, returned_at=None)


def closed_with(case: Case, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Those that follow a case which is closed now: they are closed as it is, in the same breath.

    The reporter of each is visited like any other (art. 30). Raises Refused('members-missing') where not all of
    them are in hand.
    """
    members = [one for one in moment.beside if one.case.merged_into == case.id]
    if len(members) != on.case.members:
        raise Refused("members-missing", count=on.case.members)
    return tuple(row for one in members for row in _closed(one, case, moment))


def _closed(member: Dossier, case: Case, moment: Moment) -> Iterator[Row]:
    closed = replace(member.case, status=case.status, closed_at=case.closed_at)
    yield closed
    after = member.with_row(closed)
    yield from visiting.opened(after, moment, name=f"visit.{closed.id}")


def not_left_behind(case: Case) -> None:
    """A case that others follow does not go without their work being done. Raises Refused('has-members')."""
    if case.members and case.status in _GONE_WITHOUT_WORK:
        raise Refused("has-members", count=case.members)


def untold(members: Iterable[Dossier]) -> tuple[Case, ...]:
    """Those that were closed with the case they follow, and whose own reporter has not been told of the result."""
    closed = (one for one in members if one.case.merged_into and one.case.closed_at)
    return tuple(one.case for one in closed if not _is_told(one))


def _is_told(member: Dossier) -> bool:
    at = member.case.merged_at
    given = (one for one in member.notices if one.kind == HANDLING and one.status == "RECORDED")
    return any(at is None or one.made_at >= at for one in given)
