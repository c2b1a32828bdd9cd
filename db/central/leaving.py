"""A notice that has left is not called back, nor what it told undone: by the store's own clock alone."""

from datetime import datetime

from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.held import Gathered
from db.central.rows import instant

#: The kind of command that keeps a notice from leaving.
_BACK = "call_back_notice"


def check(envelope: Envelope, found: Gathered, now: datetime) -> Answer | None:
    """Refuse to call back what has left, and to take back what it told. History is judged by when it happened.

    A seat that was away while it held a notice hears so too: by the time the centre knew of the notice, nobody
    can say that it did not go out.
    """
    at = envelope.occurred_at or now
    rows = [(one.table, found.held.rows.get((one.table, one.id))) for one in envelope.effects]
    if envelope.kind == _BACK and not all(
        row and _is_held(row["leaves_at"], at) for _, row in rows
    ):
        return denied(envelope, "notice-left")
    told = (row["leaves_at"] for table, row in rows if table == "notice" and row)
    if envelope.undoes is not None and any(one and not _is_held(one, at) for one in told):
        return denied(envelope, "undo-told")
    return None


def _is_held(leaves_at: object, at: datetime) -> bool:
    return leaves_at is not None and at < instant(str(leaves_at))
