"""What carries out commands needs of what shows them, and of what sends them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.services.envelope import Sealed
from app.services.files import Courier
from app.services.local import Entry
from app.services.queries import Changed, Delivery

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Along:
    """What is over with a command, in one transaction with it: one set aside, a draft, if any."""

    settled: str = ""
    draft_id: str = ""


ALONE = Along()


class Keeper(Protocol):
    """Shows the screen = replica + own unfinished commands. Called on *desk* only."""

    def keep(self, entry: Entry, along: Along = ALONE) -> Changed:
        """Durable in the outbox first, then folded onto the replica."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Commands kept inside are kept all or none."""
        ...

    def unsent(self) -> frozenset[str]:
        """Cases with own commands that the feed has not shown."""
        ...

    def delivery(self, cmd_id: str) -> Delivery | None:
        """How far an own command has come; None when it is not on its way."""
        ...

    def settle(self, cmd_id: str) -> None:
        """A command leaves the attention list because a person said so."""
        ...

    def sound(self, job: Callable[[], T]) -> T:
        """A job on the replica; a broken file is replaced and the job done again."""
        ...


class Wire(Protocol):
    """The engine that speaks to the centre."""

    def start(self) -> None:
        """Begin."""
        ...

    def wake(self) -> None:
        """There is something to send."""
        ...

    def look_at(self, case_id: str | None) -> None:
        """Which case lies open on the screen, None for none; the centre is told."""
        ...

    def look_over(self, case_ids: Sequence[str]) -> None:
        """Which rows are on the screen; the centre is asked who has one of them open."""
        ...

    def reveal(self, case_id: str, reason: str) -> Future[Sealed]:
        """The person of a case, in clear, from the centre. It fails with Refused or Unreachable."""
        ...

    @property
    def files(self) -> Courier:
        """What carries the files of cases."""
        ...

    def stop(self) -> None:
        """End; not to be called on *desk*."""
        ...
