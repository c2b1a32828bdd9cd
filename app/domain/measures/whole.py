"""What becomes of a split report (art. 19) in the very command by which one of its parts is over, or open again."""

from collections.abc import Iterator

from app.domain.case import ENDED, Case, Dossier, Row
from app.domain.measures import visiting
from app.domain.moment import Moment
from app.domain.parts import counted, parts_on_the_books
from app.domain.refused import Refused
from app.domain.terms import CaseStatus


def followed(on: Dossier, rows: tuple[Row, ...], moment: Moment) -> tuple[Row, ...]:
    """Rows of the report beside those of its part `on`: none where the part is as open, or as over, as before.

    Written with the part, not worked out when somebody looks: so that it is closed once, at an instant, by a
    command that says so, and of two parts that end at two seats at once the second is decided on the first.
    Raises Refused('parts-missing').
    """
    after = next((one for one in rows if isinstance(one, Case) and one.id == on.case.id), on.case)
    if on.case.split_from is None or _stands(after) == _stands(on.case):
        return ()
    whole = next((one for one in moment.beside if one.case.id == on.case.split_from), None)
    if whole is None:
        raise Refused("parts-missing", count=1)
    others = [
        one
        for one in parts_on_the_books(whole.case, (on, *moment.beside))
        if one.case.id != on.case.id
    ]
    case = counted(whole.case, (after, *(one.case for one in others)), moment.now)
    parts = (*others, _as_it_is(on, rows))
    return (case, *_visit(whole.with_row(case), parts, moment))


def _stands(case: Case) -> str:
    """On its way, over, or off the books."""
    if case.status is CaseStatus.VOID:
        return "VOID"
    return "OVER" if case.status in ENDED else "OPEN"


def _as_it_is(on: Dossier, rows: tuple[Row, ...]) -> Dossier:
    mine = (one for one in rows if not isinstance(one, Case) or one.id == on.case.id)
    for row in mine:
        if isinstance(row, Case) or row.case_id == on.case.id:
            on = on.with_row(row)
    return on


def _visit(whole: Dossier, parts: tuple[Dossier, ...], moment: Moment) -> Iterator[Row]:
    """The one visit of the one reporter, when all is done; one that was owed is over when a part is opened again."""
    if whole.case.status is CaseStatus.SPLIT:
        yield from visiting.dropped(whole, moment)
    elif whole.case.status is not CaseStatus.VOID:
        yield from visiting.opened(whole, moment, parts)
