"""What a supervisor should know of a seat, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from app.services.queries import Attention


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command at this seat that is not at the centre: who asked for it, and what.

    `is_unsent` while it may still go up by itself; otherwise a person has to decide.
    """

    login: str
    act: Attention
    is_unsent: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The centre went back to an earlier state: when that was met, how far had been read, and what was here.

    Of `total` commands that it lacked then, `given_back` are there again, and `lost` a person has, or had, to settle.
    """

    at: datetime
    read_to: str
    total: int
    given_back: int
    lost: int


@dataclass(frozen=True, slots=True)
class SeatReport:
    """What a supervisor should know of a seat: a history that moved, and everybody's work that waits here."""

    moved: Moved | None = None
    waiting: tuple[Waiting, ...] = ()
