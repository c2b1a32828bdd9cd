"""What a supervisor should know of a seat: what waits for somebody here, and what became of a history that moved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.services.aside import aside as told_aside
from app.services.left_here import Moved, SeatReport, Waiting
from app.services.local import Entry, Outbox, State
from app.services.replica import Replica

#: The setting of a person under which a history that moved is noted.
MOVED = "moved"
#: How far a command has come that a supervisor hears of.
_LOST = (State.ATTENTION, State.DROPPED)


def seat_report(login: str, outbox: Outbox, replica: Replica) -> SeatReport:
    """Everything at this seat that is not at the centre, whoever asked for it; `login` sits here. On *desk*."""
    aside = outbox.entries([State.ATTENTION])
    mine = [Waiting(login, _told(one, replica), is_unsent=False) for one in aside]
    others = [
        Waiting(one.envelope.actor, _told(one, replica), is_unsent=one.state is not State.ATTENTION)
        for one in outbox.of_others()
    ]
    return SeatReport(_moved(outbox), (*mine, *others))


def _told(entry: Entry, replica: Replica) -> Any:
    dossier = replica.dossier(entry.envelope.case_id)
    told = told_aside(
        entry, dossier.case if dossier else None, replica.history(entry.envelope.case_id)
    )
    return replace(told, since=told.since if entry.why else ())


def _moved(outbox: Outbox) -> Moved | None:
    noted: dict[str, Any] | None = outbox.recall(MOVED)
    if noted is None:
        return None
    states = [one.state for one in _known(outbox, noted["again"])]
    return Moved(
        at=datetime.fromisoformat(noted["at"]),
        read_to=noted["read_to"],
        total=len(states),
        given_back=states.count(State.FINISHED),
        lost=sum(states.count(one) for one in _LOST),
    )


def _known(outbox: Outbox, ids: list[str]) -> Iterator[Entry]:
    found = map(outbox.entry, ids)
    return (one for one in found if one is not None)
