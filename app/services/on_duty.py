"""What is done on duty becomes an envelope like everybody's and goes straight to the centre: lost it is found again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from app.domain.commands import Command, kind_of
from app.domain.decide import decide
from app.domain.moment import Moment
from app.services.bus import Seat
from app.services.envelope import Envelope, wish_of
from app.services.replica import Replica


class Watchman(Protocol):
    """Says what is to be done now, under the lease of that number; on a thread of its own."""

    def look(self, now: datetime, fence: int) -> Sequence[Command]:
        """What is to be done."""
        ...


def decided(wish: Command, seat: Seat, replica: Replica) -> Envelope:
    """The wish, decided as any other on the case it names. On *desk*. Raises Refused."""
    case_id: str = getattr(wish, "case_id", "")
    moment = Moment(seat.now(), seat.actor, str(uuid4()), seat.setting)
    decision = decide(wish, replica.dossier(case_id), moment)
    return Envelope(
        cmd_id=moment.cmd_id,
        kind=kind_of(wish),
        actor=seat.actor.login,
        seat=seat.code,
        district=seat.actor.district,
        case_id=case_id,
        wish=wish_of(wish),
        effects=decision.effects,
        relies_on=decision.relies_on,
        claimed_at=moment.now,
        read_to=replica.cursor().text,
    )
