"""How the open cases lie over queues, people and units, from the sums that the replica keeps as it is written."""

import sqlite3
from datetime import datetime
from typing import Any

from app.domain.effects import to_wire
from app.services.loads import CLAIMABLE, WAITING, Heap, Loads, Tally
from app.services.queries import Queue
from db.replica.tally import SOON
from db.replica.windows import ASKING

_THESE = (
    "SELECT count(*) FROM case_file WHERE stage = load.stage AND holder = load.holder"
    " AND units = load.units AND stage <> 'ENDED'"
)
#: The sums hold for any instant; what is late by now is counted, through an index, where it lies.
HEAPS = (
    f"SELECT stage, holder, units, waiting, ({_THESE} AND due_at < ?),"
    f" ({_THESE} AND due_at >= ? AND due_at < ?), returned FROM load WHERE waiting > 0"
)
_OLDEST = "SELECT min(registered_at) FROM case_file WHERE stage = ? AND stage <> 'ENDED'"
_FIRST_ASKED = "SELECT min(asked_at) FROM case_file WHERE stage = 'RETURNED' AND stage <> 'ENDED'"
_OF_UNITS = (
    "SELECT count(*), count(*) FILTER (WHERE due_at < ?),"
    " count(*) FILTER (WHERE due_at >= ? AND due_at < ?),"
    f" count(*) FILTER (WHERE return_count > 0) FROM case_file WHERE {ASKING}"
)
_FIRST_TO_SEE = (
    "SELECT min(request.asked_at) FROM request WHERE request.status = 'ASKED'"
    f" AND request.case_id IN (SELECT id FROM case_file WHERE {ASKING})"
)


def loads(connection: sqlite3.Connection, now: datetime) -> Loads:
    """Everything at one instant."""
    instants = _instants(now)
    heaps = tuple(_heap(*one) for one in connection.execute(HEAPS, instants))
    asked = Tally(*connection.execute(_OF_UNITS, instants).fetchone())
    return Loads(heaps, _oldest(connection), asked)


def _instants(now: datetime) -> tuple[Any, Any, Any]:
    return to_wire(now), to_wire(now), to_wire(now + SOON)


def _heap(stage: str, holder: str, units: str, *numbers: int) -> Heap:
    waiting, late, soon, returned = numbers
    queue = Queue(stage)
    unclaimed = waiting if queue in CLAIMABLE and not holder else 0
    names = tuple(dict.fromkeys(one for one in units.split("|") if one))
    return Heap(queue, holder, names, Tally(waiting, late, soon, returned, unclaimed))


def _oldest(connection: sqlite3.Connection) -> dict[Queue, datetime]:
    asked = {queue: (_OLDEST, (queue,)) for queue in WAITING}
    asked |= {Queue.RETURNED: (_FIRST_ASKED, ()), Queue.ASKED: (_FIRST_TO_SEE, ())}
    found = {queue: connection.execute(*one).fetchone()[0] for queue, one in asked.items()}
    return {queue: datetime.fromisoformat(at) for queue, at in found.items() if at is not None}
