"""Interim measures (art. 10): where there is danger enough for one, in whose hands the case is, and the clocks."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Case, Dossier, Interim
from app.domain.counting import Span, Terms
from app.domain.limits import LimitUnit
from app.domain.policy import Policy
from app.domain.task_limits import terms_by
from app.domain.terms import Grade

#: The matters of KI: until the unit answers, and until it is done.
ANSWER, FINISH = "ANSWER", "FINISH"
#: The parameters of the edition that limit them, in clock hours.
_BY = {ANSWER: "interim.response_hours", FINISH: "interim.finish_hours"}
#: The stage of a file that shows it.
INTERIM = "INTERIM"
_WITHDRAWN = "WITHDRAWN"


def is_dangerous(case: Case) -> bool:
    """Whether something may be done at once: grade A, or a hazard to safety."""
    return case.grade is Grade.A or case.safety_hazard


def live(on: Dossier) -> Iterator[Interim]:
    """The measures that were not taken back."""
    return (one for one in on.interims if one.status != _WITHDRAWN)


def hands(on: Dossier) -> str:
    """By whom a case is found, as `|unit|unit|`: the units of its live tasks, then those that hold a danger off."""
    units = [task.unit for task in on.live_tasks]
    beside = dict.fromkeys(one.unit for one in live(on) if one.unit not in units)
    return "".join(f"|{unit}" for unit in (*units, *beside)) + ("|" if units or beside else "")


def clocks_of(
    on: Dossier, policy: Policy, ended: datetime | None
) -> Iterator[tuple[str, Terms, Span]]:
    """Each measure's two clocks from its order on; with the end of the case nothing more is asked."""
    for one in live(on):
        yield one.id, _terms(ANSWER, policy), Span(one.ordered_at, one.answered_at or ended)
        yield one.id, _terms(FINISH, policy), Span(one.ordered_at, one.done_at or ended)


def _terms(matter: str, policy: Policy) -> Terms:
    return terms_by(_BY[matter], LimitUnit.CLOCK_HOUR, policy, matter)
