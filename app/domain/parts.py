"""A report that was split and its parts (拆分): their numbers, which are on the books, and how the whole ends."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.domain.case import ENDED, EXEMPT, Case, Dossier
from app.domain.counting import Span
from app.domain.refused import Refused
from app.domain.terms import CaseStatus

#: What stands between a report's number and its part's place; no number that a seat makes has one.
_BETWEEN = "-"


def number_of(number: str, place: int) -> str:
    """The number of a report's part: -01, -02 and so on; it is never changed, nor given again."""
    return f"{number}{_BETWEEN}{place:02d}"


def place_of(number: str) -> int:
    """Which part of its report has that number; 0 for a number of no part."""
    _, _, place = number.rpartition(_BETWEEN)
    return int(place) if _BETWEEN in number and place.isdecimal() else 0


def whole_of(number: str) -> str:
    """The number of the report that a part with that number was taken out of."""
    return number.rpartition(_BETWEEN)[0] if place_of(number) else number


def is_split(case: Case) -> bool:
    """Whether it has parts on the books; also when all of them are done."""
    return case.split_at is not None


def parts_on_the_books(whole: Case, beside: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """The parts of a report that stand on the books. Raises Refused('parts-missing') where one is not here."""
    parts = (one for one in beside if one.case.split_from == whole.id)
    found = tuple(one for one in parts if one.case.status is not CaseStatus.VOID)
    if len(found) != whole.parts:
        raise Refused("parts-missing", count=whole.parts)
    return found


def counted(whole: Case, parts: Iterable[Case], now: datetime) -> Case:
    """The report once its parts stand so: it waits for the open ones, and with the last of them it is over.

    It was late when one of them was; of a report all of whose parts were taken off the books nothing is left.
    """
    left = [one for one in parts if one.status is not CaseStatus.VOID]
    open_ = sum(one.status not in ENDED for one in left)
    case = replace(whole, parts=len(left), parts_open=open_)
    if open_:
        return replace(case, status=CaseStatus.SPLIT, closed_at=None)
    return replace(case, status=_end(left), closed_at=whole.closed_at or now)


def told_once(on: Dossier) -> Span | None:
    """How long the reporter of a split case waited for the one notice of all its parts; None where it is not split."""
    begun = on.case.split_at
    if begun is None:
        return None
    given = (one for one in on.notices if one.status == "RECORDED" and one.method != EXEMPT)
    told = min((one.made_at for one in given if one.made_at >= begun), default=None)
    return Span(begun, told or on.case.closed_at)


def _end(parts: Iterable[Case]) -> CaseStatus:
    states = {one.status for one in parts}
    if not states:
        return CaseStatus.VOID
    is_late = CaseStatus.CLOSED_OVERDUE in states
    return CaseStatus.CLOSED_OVERDUE if is_late else CaseStatus.CLOSED_ON_TIME
