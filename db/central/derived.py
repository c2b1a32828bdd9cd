"""The fields that the store works out from its own rows, and refuses when a command says otherwise."""

from dataclasses import replace

from app.domain.effects import Wire
from app.services import derived, parting
from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.held import Gathered
from db.central.link import Link

_TASKS = "SELECT id, unit, status, part FROM task WHERE case_id = ? ORDER BY dispatched_at, id"
_INTERIMS = "SELECT id, unit, status, '' FROM interim WHERE case_id = ? ORDER BY ordered_at, id"


def check(link: Link, envelope: Envelope, found: Gathered) -> Answer | None:
    """None when units, leading unit and due instant are what the case's rows allow."""
    odd = parting.wrong(envelope, found.case)
    if odd is not None:
        return denied(envelope, "value", table=odd[0], field=odd[1])
    for case_id, case in found.cases.items():
        effects = found.effects_on(case_id, envelope.effects)
        part = replace(envelope, case_id=case_id, effects=effects)
        is_known = case is not None and derived.concerns(part)
        tasks, interims = (
            _rows(link, sql, case_id) if is_known else [] for sql in (_TASKS, _INTERIMS)
        )
        wrong = derived.wrong(part, case, tasks, interims)
        if wrong is not None:
            return denied(envelope, "value", table=wrong[0], field=wrong[1])
    return None


def _rows(link: Link, sql: str, case_id: str) -> list[Wire]:
    """A case's rows in the order in which a seat lists them."""
    records = link.rows(sql, (case_id,))
    return [dict(zip(("id", "unit", "status", "part"), one, strict=True)) for one in records]
