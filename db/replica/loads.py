"""How the open cases lie over queues, people and units, from the sums that the replica keeps as it is written."""

import sqlite3
from datetime import datetime
from typing import Any

from app.domain.effects import to_wire
from app.services.loads import CLAIMABLE, WAITING, Heap, Loads, Tally
from app.services.queries import Queue
from db.replica.tally import SOON
from db.replica.windows import ASKING

Statement = tuple[str, tuple[Any, ...]]

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


#: Of every queue: since when its first waits.
_FIRSTS: dict[Queue, Statement] = {
    **{queue: (_OLDEST, (queue,)) for queue in WAITING},
    Queue.RETURNED: (_FIRST_ASKED, ()),
    Queue.ASKED: (_FIRST_TO_SEE, ()),
}


def statements(now: datetime) -> tuple[Statement, ...]:
    """Everything that is asked: the sums, what units ask to see, and the first of every queue."""
    instants = to_wire(now), to_wire(now), to_wire(now + SOON)
    return (HEAPS, instants), (_OF_UNITS, instants), *_FIRSTS.values()


def loads(connection: sqlite3.Connection, now: datetime) -> Loads:
    """Everything at one instant."""
    sums, asked, *firsts = (connection.execute(*one).fetchall() for one in statements(now))
    oldest = {queue: at for queue, ((at,),) in zip(_FIRSTS, firsts, strict=True) if at is not None}
    instants = {queue: datetime.fromisoformat(at) for queue, at in oldest.items()}
    return Loads(tuple(_heap(*one) for one in sums), instants, Tally(*asked[0]))


def _heap(stage: str, holder: str, units: str, *numbers: int) -> Heap:
    waiting, late, soon, returned = numbers
    queue = Queue(stage)
    unclaimed = waiting if queue in CLAIMABLE and not holder else 0
    names = tuple(dict.fromkeys(one for one in units.split("|") if one))
    return Heap(queue, holder, names, Tally(waiting, late, soon, returned, unclaimed))
