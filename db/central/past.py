"""When a command may speak of another time: historical stores, and batches opened as historical."""

from app.domain.effects import Insert, Wire
from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.held import Gathered
from db.central.link import Link


def check(link: Link, envelope: Envelope, found: Gathered, *, is_past: bool) -> Answer | None:
    """A batch must be open; only history may be dated back, and only a batch's own cases by it."""
    is_open, is_historical = _batch(link, envelope.batch)
    fresh = _new_case(envelope)
    case = found.case if fresh is None else fresh
    if envelope.batch is not None:
        mine = case is not None and case.get("batch") == envelope.batch
        if not mine or not (is_open or is_past):
            return denied(envelope, "batch")
    elif fresh is not None and fresh.get("batch") is not None:
        return denied(envelope, "batch")
    may_look_back = is_past or (is_open and is_historical)
    if not may_look_back and (envelope.occurred_at or (fresh or {}).get("historical")):
        return denied(envelope, "not-historical")
    return None


def _new_case(envelope: Envelope) -> Wire | None:
    """The case that comes with the command as its own, if it brings one."""
    made = (one for one in envelope.effects if isinstance(one, Insert))
    own = ("case_file", envelope.case_id)
    return next((one.values for one in made if (one.table, one.id) == own), None)


def _batch(link: Link, batch: str | None) -> tuple[bool, bool]:
    if batch is None:
        return False, False
    found = link.row("SELECT closed_at, is_historical FROM batch WHERE id = ?", (batch,))
    return (False, False) if found is None else (found[0] is None, bool(found[1]))


def is_historical(link: Link, batch: str | None) -> bool:
    """Whether a batch, open or closed by now, may speak of another time."""
    return _batch(link, batch)[1]
