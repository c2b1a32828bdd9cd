"""The fields that the store works out from its own rows, and refuses when a command says otherwise."""

from app.domain.effects import Wire
from app.services import derived
from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.held import Gathered
from db.central.link import Link

_TASKS = "SELECT id, unit, status FROM task WHERE case_id = ? ORDER BY dispatched_at, id"


def check(link: Link, envelope: Envelope, found: Gathered) -> Answer | None:
    """None when units, leading unit and due instant are what the case's rows allow."""
    is_known = found.case is not None and derived.concerns(envelope)
    tasks = _tasks(link, envelope.case_id) if is_known else []
    wrong = derived.wrong(envelope, found.case, tasks)
    return None if wrong is None else denied(envelope, "value", table=wrong[0], field=wrong[1])


def _tasks(link: Link, case_id: str) -> list[Wire]:
    """A case's tasks in the order in which a seat lists them."""
    records = link.rows(_TASKS, (case_id,))
    return [{"id": id_, "unit": unit, "status": status} for id_, unit, status in records]
