"""What a desk is put together from: the person who sits there with his files, and what stays when he leaves."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from app.domain.refused import Refused
from app.services.bus import Bus, Seat
from app.services.files import Shelf
from app.services.guard import NO_PASSWORDS, UNCHECKED, UNGUARDED, Guard, Passwords
from app.services.keeper import Keeper, Wire
from app.services.local import Outbox
from app.services.ports import Unreachable
from app.services.queries import Operator
from app.services.replica import Replica
from app.services.views import Views


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything that belongs to the person who sits here. `leave` gives the files back, on *desk*.

    `reporter_key` turns a telephone number into the key of its reporter; it may be Unreachable.
    """

    seat: Seat
    replica: Replica
    outbox: Outbox
    keeper: Keeper
    bus: Bus
    views: Views
    wire: Wire
    reporter_key: Callable[[str], str | None]
    leave: Callable[[], None]


@dataclass(frozen=True, slots=True)
class House:
    """What stays when the person changes: threads, files, who may sit here, how one sits down and comes back."""

    desk: Executor
    aside: Executor
    shelf: Shelf
    people: Callable[[], Sequence[Operator]]
    sit: Callable[[str], Sitting]
    guard: Guard = UNGUARDED
    passwords: Passwords = NO_PASSWORDS

    def prove(self, login: str, password: str) -> None:
        """Let through who says his password: by what is known here, or, where the centre takes that no more, by the
        centre, which then goes on with it. Blocking. Raises Refused.
        """
        try:
            self.guard.prove(login, password)
        except Refused as no:
            if no.code != UNCHECKED:
                raise
            self._renew(password, no)

    def _renew(self, password: str, no: Refused) -> None:
        try:
            self.passwords.renew(password)
        except Unreachable as away:
            raise no from away
