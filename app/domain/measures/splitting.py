"""Chapter 4, article 19: the demands of one report are dealt with each by itself (拆分派遣), and as one again.

Every part is a case of its own, filed, classed, limited, dispatched and judged like any other. It begins where the
report stood: registered and filed when that was, and its dispatch has been due as long. The report itself waits
for its parts and is over with the last of them, in the same command; the one reporter is told of the acceptance,
and visited, once, by the report.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.domain.bases import rebased
from app.domain.case import Case, Dossier, Row, Task
from app.domain.clocks import nearest
from app.domain.commands import Demand, Split, Unsplit
from app.domain.deadlines import ledgers
from app.domain.lengths import short
from app.domain.measures import guards
from app.domain.measures.intake import title_of
from app.domain.moment import Moment
from app.domain.parts import number_of, parts_on_the_books, place_of
from app.domain.refused import Refused
from app.domain.rules import LEADERS, LEAST_PARTS, MOST_PARTS
from app.domain.terms import CaseStatus, Clock, Grade, Nature, TaskStatus

#: The parameters of the edition: how many demands make a split, and how many parts one report has at most.
LEAST, MOST = "split.demands_count", "split.most_parts_count"
_OVER = ("DONE", "WITHDRAWN")
#: What of a case is a part's own from its beginning; everything else it has from the report.
_ITS_OWN = {
    "changed_by": "",
    "reporter_key": None,
    "supplements": None,
    "batch": None,
    "source_ref": None,
    "return_count": 0,
    "dispatched_at": None,
    "holder": "",
    "held_at": None,
    "shared": "",
}


def split(wish: Split, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The report becomes the whole of its parts, which are filed in the same breath.

    Raises Refused: split-too-few, split-too-many, filing-incomplete, split-grade, and what `ready_to_split` raises.
    """
    ready_to_split(on, moment)
    _so_many(len(wish.demands), on, moment)
    first = 1 + max((place_of(one.case.number) for one in _parts_ever(on, moment)), default=0)
    parts = tuple(_part(one, first + at, on, moment) for at, one in enumerate(wish.demands))
    count = len(parts)
    case = replace(
        on.case,
        status=CaseStatus.SPLIT,
        split_at=moment.now,
        parts=count,
        parts_open=count,
    )
    return (case, *parts)


def ready_to_split(on: Dossier, _: Moment) -> None:
    """Raises Refused: thanks-not-dispatched, split-again, has-members, split-interim."""
    for is_so, code in _barriers(on):
        if is_so:
            raise Refused(code, number=on.case.number, count=on.case.members)


def _barriers(on: Dossier) -> Iterator[tuple[bool, str]]:
    yield on.case.nature is Nature.THANKS, "thanks-not-dispatched"
    yield on.case.split_from is not None, "split-again"
    yield on.case.members > 0, "has-members"
    yield any(one.status not in _OVER for one in on.interims), "split-interim"


def most_parts(on: Dossier, moment: Moment) -> int:
    """How many parts the report may have, by its edition."""
    policy = moment.setting.policy(on.case)
    return int(policy.number(MOST)) if MOST in policy.parameters else MOST_PARTS


def _so_many(count: int, on: Dossier, moment: Moment) -> None:
    policy = moment.setting.policy(on.case)
    least = max(LEAST_PARTS, int(policy.number(LEAST)) if LEAST in policy.parameters else 0)
    if count < least:
        raise Refused("split-too-few", least=least)
    most = min(MOST_PARTS, most_parts(on, moment))
    if count > most:
        raise Refused("split-too-many", most=most)


def _parts_ever(on: Dossier, moment: Moment) -> tuple[Dossier, ...]:
    """Its parts, those of a split that was taken back too: no number is given twice."""
    return tuple(one for one in moment.beside if one.case.split_from == on.case.id)


def _part(demand: Demand, place: int, on: Dossier, moment: Moment) -> Case:
    """One demand as a case: what it says itself, and the report's for all else."""
    begun = replace(
        on.case,
        **_ITS_OWN,
        id=moment.new_id(f"case.{place}"),
        number=number_of(on.case.number, place),
        split_from=on.case.id,
        waits_since=_waits_since(on, moment),
        narrative=guards.words(demand.narrative, "description-missing"),
        title=demand.title.strip() or title_of(demand.narrative.strip()),
        **_where(demand, on.case, moment),
    )
    part = _classed(demand, begun, moment)
    short(title=part.title, address=part.address)
    missing = guards.missing_for_filing(part, moment)
    if missing:
        raise Refused("filing-incomplete", missing=missing)
    return part


def _where(demand: Demand, case: Case, moment: Moment) -> dict[str, str | None]:
    """A place of its own, or the report's."""
    if not (demand.address.strip() or demand.street or demand.community):
        return {}
    address = demand.address.strip() or case.address
    street = demand.street or (None if demand.community else case.street)
    community = demand.community or (None if demand.street else case.community)
    guards.place(street, community, moment)
    guards.together(street, community, moment)
    return {"address": address, "street": street, "community": community}


def _classed(demand: Demand, part: Case, moment: Moment) -> Case:
    """Under its own class; less urgent than the report only by a leader's word. Raises Refused('split-grade')."""
    category = guards.category(demand.category or part.category or "", moment)
    usual = category.grade if demand.category and category.grade else Grade.C
    grade = min(demand.grade or part.grade, usual)
    if grade > part.grade and moment.actor.role not in LEADERS:
        raise Refused("split-grade", grade=str(grade), now=str(part.grade))
    return replace(rebased(part, moment.now, grade=grade), category=category.code)


def _waits_since(on: Dossier, moment: Moment) -> datetime | None:
    """Since when the dispatch has been due that the report waits for now."""
    clocks = (one for one in ledgers(on, moment.setting) if one.clock is Clock.K2)
    running = nearest(one for one in clocks if one.stopped is None)
    return on.case.filed_at if running is None else running.started


def unsplit(_: Unsplit, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The report is dealt with as one again, its own clocks as they would have run; its parts never were.

    Raises Refused: parts-missing, split-at-work.
    """
    parts = parts_on_the_books(on.case, moment.beside)
    for one in parts:
        _untouched(one)
    case = replace(on.case, status=CaseStatus.FILED, split_at=None, parts=0, parts_open=0)
    return (case, *(row for one in parts for row in _taken_back(one, moment)))


def _untouched(part: Dossier) -> None:
    """No unit has signed for it, nothing was ordered, and nothing else follows it. Raises Refused('split-at-work')."""
    waiting = all(task.status is TaskStatus.PENDING_SIGN for task in part.live_tasks)
    signed = any(task.signed_at for task in part.tasks)
    ordered = any(one.status != "WITHDRAWN" for one in part.interims)
    is_new = part.case.status in (CaseStatus.FILED, CaseStatus.DISPATCHED)
    if signed or ordered or part.case.members or not (waiting and is_new):
        raise Refused("split-at-work", number=part.case.number)


def _taken_back(part: Dossier, moment: Moment) -> Iterator[Row]:
    yield replace(part.case, status=CaseStatus.VOID)
    for task in part.live_tasks:
        yield _called_off(task, moment)


def _called_off(task: Task, moment: Moment) -> Task:
    return replace(task, status=TaskStatus.CANCELLED, returned_at=moment.now)
