"""What this seat had in a history that is no more: kept, so that a supervisor can be told what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.services.local import Outbox, State
from app.services.queries import Changed
from app.services.report import MOVED
from app.sync.screen import AGAIN, Screen

Ids = Sequence[tuple[str, State]]


def note(outbox: Outbox, at: datetime, read_to: str) -> None:
    """The centre does not know the line any more that was read last here. On *desk*."""
    acked = [one.cmd_id for one in outbox.entries([State.ACKED])]
    outbox.remember(MOVED, {"at": at.isoformat(), "read_to": read_to, "again": acked})


def recall(screen: Screen, ids: Ids) -> Changed:
    """What was finished once but the feed does not know is on its way again, and noted. On *desk*."""
    changed = screen.recall(ids)
    noted: dict[str, Any] | None = screen.outbox.recall(MOVED)
    if noted is not None:
        known = set(noted["again"])
        fresh = [one for one, _ in ids if one not in known and _is_sent_again(screen.outbox, one)]
        screen.outbox.remember(MOVED, {**noted, "again": [*noted["again"], *fresh]})
    return changed


def _is_sent_again(outbox: Outbox, cmd_id: str) -> bool:
    entry = outbox.entry(cmd_id)
    return entry is not None and entry.state is State.QUEUED and entry.why == AGAIN
