"""What the desk needs from its stores and from the centre, and nothing about how they do it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.effects import Effect
from app.services.envelope import Sealed


@dataclass(frozen=True, slots=True)
class Answer:
    """What the centre said to one command.

    `status` is done, conflict, denied, missing, id-reuse or clock; `why` says more in code; for a
    conflict `rows` holds the current rows and `since` the log entries after the base.
    """

    cmd_id: str
    status: str
    seq: int = 0
    why: str = ""
    facts: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a seat has read one history: the last log row's number and its hash."""

    seq: int = 0
    hash: str = ""

    @property
    def text(self) -> str:
        """As it stands in an envelope; '' for nowhere."""
        return f"{self.seq}:{self.hash}" if self.seq else ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a seat says of a request itself, outside its commands: when it went out, by its clock."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the one log, as a seat may see it: `applied` are effects with the store's stamps.

    `removed` marks a case that left the seat's scope; `rows` are whole rows of one that entered it. `others`
    are further cases that the line concerns, `gone` those of them that left the scope.
    """

    seq: int
    cmd_id: str
    actor: str
    kind: str
    case_id: str
    wish: dict[str, Any]
    applied: tuple[Effect, ...]
    claimed_at: datetime
    received_at: datetime
    hash: str
    undoes: str | None = None
    is_historical: bool = False
    removed: bool = False
    rows: tuple[tuple[str, dict[str, Any]], ...] = ()
    others: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that the seat sees and the line is about: its own unless that left, then the others."""
        return self.others if self.removed else (self.case_id, *self.others)

    @property
    def left(self) -> tuple[str, ...]:
        """The cases that left the seat's scope with it."""
        return (self.case_id, *self.gone) if self.removed else self.gone


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to `pull`: status ok, diverged or refetch; log rows after the cursor; the new cursor.

    `at_head` says that nothing more is there now; `poll_after` (seconds) paces the next pull.
    """

    status: str
    rows: tuple[LogRow, ...]
    cursor: Cursor
    at_head: bool
    server_time: datetime
    poll_after: float = 0.2


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A page of whole rows for a new seat: `rows` are (table, wire with seq), history as log rows.

    `position` asks for the next page, None after the last; `done` and `total` count cases. `head` is
    where the log ended when the rows were read: they are true of the history that leads there.
    """

    rows: tuple[tuple[str, dict[str, Any]], ...]
    history: tuple[LogRow, ...]
    position: str | None
    done: int
    total: int
    head: Cursor = Cursor()


@dataclass(frozen=True, slots=True)
class Duty:
    """Who does what is done once for all: `fence` grows with each holder; `until` is on the store's clock.

    `is_mine`: whoever asked has it.
    """

    holder: str
    fence: int
    until: datetime
    is_mine: bool = False


class Unreachable(Exception):
    """The centre or the disk did not answer; `code` names what, for the status bar."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Broken(Exception):
    """The replica's file is damaged: it is to be moved aside and fetched again."""


class Ear(Protocol):
    """Hears that something happened at the store, sooner than a look would find it; never the only way to know."""

    @property
    def is_listening(self) -> bool:
        """Whether a hint would be heard now."""
        ...

    def listen(self, heard: Callable[[], None]) -> None:
        """Begin, once; `heard` comes on another thread, for hints and for when some may have been missed."""
        ...

    def close(self) -> None:
        """Hear nothing any more."""
        ...


class Central(Protocol):
    """The one store that all seats share, spoken to as one operator. Blocking; called on *wire*.

    Every method raises Unreachable when the store cannot be reached.
    """

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        """Offer encoded envelopes, oldest first; each is all or nothing.

        Sent by a clock more than 60 s off, all are answered clock ('sent'), and none is looked at.
        """
        ...

    def pull(self, cursor: Cursor, limit: int) -> Page:
        """Log rows after the cursor, in the operator's scope."""
        ...

    def head(self) -> Cursor:
        """Where the log ends now (a cheap look: has anything happened?)."""
        ...

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """Whole rows, open cases first by due instant, for a seat that starts empty."""
        ...

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        """Say which case a seat has open, None for none; a login for each other seat that has it open too.

        A hint, never a lock: it is forgotten when it is not said again within three seconds.
        """
        ...

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Who has which of these cases open at another seat: (case id, login), in order. A hint, as `presence`."""
        ...

    def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear; who looked and why is written down first.

        Raises Refused: words-missing, reveal-too-often, reveal-denied, reveal-lapsed, reveal-over, case-missing.
        """
        ...

    def duty(self, seat: str, is_wanted: bool) -> Duty:  # noqa: FBT001 - as it travels
        """Take or renew the duty lease for a seat, or give it back; who has it then. Taken over when its time is over.

        Raises Refused('not-permitted') for those who may not have it.
        """
        ...

    def files_at(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the store has whole and that are the operator's to send or to see."""
        ...

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        """Give the next bytes of a file of that size; how many bytes the store has now, all of them when it is whole.

        Bytes for another place than the next are left: the answer says where to go on, also to no bytes at all.
        Raises Refused: file-denied when no case of his carries such a file, file-wrong when the last bytes made
        it another one, after which it begins anew.
        """
        ...

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        """At most so many bytes of a file from a place on; empty at its end.

        None for one that the store has not whole, and the same for one that no case of his carries.
        """
        ...
