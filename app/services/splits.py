"""What splitting a report would lead to, told before it is sent: the parts as they would be, and their clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.case import Case, Dossier
from app.domain.clocks import Ledger
from app.domain.commands import Demand, Split
from app.domain.deadlines import due_first, ledgers
from app.domain.measures import splitting
from app.domain.moment import Moment
from app.domain.refused import Refused


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts in order, each with the clock that binds it first; or why the rules say no."""

    each: tuple[tuple[Case, Ledger | None], ...] = ()
    no: Refused | None = None


def foresee_split(on: Dossier, demands: Sequence[Demand], moment: Moment) -> Parts:
    """The report split into these at this moment."""
    try:
        rows = splitting.split(
            Split(case_id=on.case.id, demands=tuple(demands)), on, replace(moment, beside=())
        )
    except Refused as no:
        return Parts(no=no)
    cases = (row for row in rows if isinstance(row, Case) and row.id != on.case.id)
    return Parts(tuple((one, due_first(ledgers(Dossier(one), moment.setting))) for one in cases))
