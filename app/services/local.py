"""What the desk needs of its own two files and of the folding of its own commands."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from app.domain.effects import Wire as Row
from app.services.envelope import Envelope, Sealed
from app.services.ports import Answer, Cursor, LogRow
from app.services.queries import Draft

#: A row's table and id.
Key = tuple[str, str]
#: Rows by key as they travel; None where there is no such row.
Rows = Mapping[Key, Row | None]


class State(StrEnum):
    """How far an own command has come. FINISHED: its id was seen in the feed, not merely answered."""

    QUEUED = "queued"
    SENT = "sent"
    ACKED = "acked"
    FINISHED = "finished"
    ATTENTION = "attention"
    DROPPED = "dropped"


#: States in which a command is shown on the screen and still on its way.
UNFINISHED = (State.QUEUED, State.SENT, State.ACKED)
#: States in which the centre has not yet said that it took a command.
UNSENT = (State.QUEUED, State.SENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An own command as the outbox keeps it; `befores` are the rows it touched, as they were.

    `kept_at` is when its wish was first kept, by the seat's own clock (None: as it is added).
    """

    order: int = 0
    envelope: Envelope
    body: str
    number: str
    befores: Rows
    sealed: Sealed | None = None
    is_locked: bool = False  # no key here opens its personal data
    state: State = State.QUEUED
    seq: int = 0
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    kept_at: datetime | None = None

    @property
    def cmd_id(self) -> str:
        """The command's id."""
        return self.envelope.cmd_id


@dataclass(frozen=True, slots=True)
class Fill:
    """How far the first fill has come: where to go on (None: at the start), and cases of how many.

    `ahead` is the head that the last page was read at, until the feed was read and confirmed so far.
    """

    is_done: bool = False
    position: str | None = None
    done: int = 0
    total: int = 0
    ahead: Cursor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What one replica transaction keeps, all or nothing.

    `writes` are (before, after) of every row that differs; `held` pre-images to keep, `released`
    pre-images to forget; `told` log rows for the timeline; `seen` command ids of the feed; `gaps` cases
    of which the feed changed rows that were not here, forgotten when the fill is done.
    """

    writes: Mapping[Key, tuple[Row | None, Row | None]] = field(
        default_factory=dict[Key, tuple[Row | None, Row | None]]
    )
    held: Rows = field(default_factory=dict[Key, Row | None])
    released: frozenset[Key] = frozenset()
    told: tuple[LogRow, ...] = ()
    seen: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    cursor: Cursor | None = None
    fill: Fill | None = None


class Outbox(Protocol):
    """The precious file of one person at one seat. Raises Unreachable('disk') when it cannot write."""

    def add(self, entry: Entry) -> Entry:
        """Keep a command durably, with its order."""
        ...

    def entries(self, states: Iterable[State]) -> list[Entry]:
        """Commands in any of the states, oldest first."""
        ...

    def entry(self, cmd_id: str) -> Entry | None:
        """One own command."""
        ...

    def age(self, entry: Entry) -> timedelta:
        """How long ago a wish was first kept, by this seat's own clock."""
        ...

    def recent(self, limit: int) -> list[Entry]:
        """The newest own commands, newest first."""
        ...

    def of_case(self, case_id: str) -> list[Entry]:
        """Own commands about a case, oldest first."""
        ...

    def retained(self) -> list[tuple[str, State]]:
        """Ids and states of everything still kept."""
        ...

    def mark(self, ids: Iterable[str], state: State) -> None:
        """Move commands to another state; their personal data stay with them."""
        ...

    def give_reason(self, cmd_id: str, reason: str) -> None:
        """Write beside a command why a person lets it go."""
        ...

    def answered(self, answers: Sequence[Answer], state: State) -> None:
        """Keep what the centre said, and the state that follows."""
        ...

    def numbers(self, stem: str) -> set[str]:
        """Case numbers given out here that begin with `stem`."""
        ...

    def waiting(self) -> tuple[int, int]:
        """How many commands of this seat are on their way, and how many need this person's attention."""
        ...

    def left_behind(self) -> list[Entry]:
        """Commands of other persons of this seat that the centre has not taken, oldest first."""
        ...

    def of_others(self) -> list[Entry]:
        """Commands of other persons of this seat that the centre has not taken or that wait for them, oldest first."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Keep what is half-typed."""
        ...

    def drafts(self) -> tuple[Draft, ...]:
        """What was left half-typed, newest first."""
        ...

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        ...

    def remember(self, key: str, value: Any) -> None:
        """Keep a setting of this person."""
        ...

    def recall(self, key: str) -> Any:
        """A setting kept earlier, or None."""
        ...

    def remember_here(self, key: str, value: Any) -> None:
        """Keep a setting of this seat, whoever sits here."""
        ...

    def recall_here(self, key: str) -> Any:
        """A setting of this seat, or None."""
        ...

    def tend(self) -> None:
        """The hourly round: forget what was finished long ago, and copy the file beside itself."""
        ...

    def batch(self) -> AbstractContextManager[None]:
        """Several changes as one transaction."""
        ...
