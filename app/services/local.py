"""What the desk needs of its own two files and of the folding of its own commands."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from app.domain.case import Dossier
from app.domain.effects import Wire as Row
from app.domain.matter import Matter
from app.services.envelope import Envelope, Sealed
from app.services.loads import Loads
from app.services.ports import Answer, Cursor, LogRow
from app.services.queries import Counts, Draft, QueueRow, TimelineEntry, Window, WindowQuery

#: A row's table and id; and rows by key as they travel, None where there is no such row.
Key = tuple[str, str]
Rows = Mapping[Key, Row | None]


class State(StrEnum):
    """How far an own command has come. FINISHED: its id was seen in the feed, not merely answered."""

    QUEUED = "queued"
    SENT = "sent"
    ACKED = "acked"
    FINISHED = "finished"
    ATTENTION = "attention"
    DROPPED = "dropped"


#: States in which a command is shown on the screen and still on its way; and of these, not said to be taken.
UNFINISHED, UNSENT = (State.QUEUED, State.SENT, State.ACKED), (State.QUEUED, State.SENT)


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


class Replica(Protocol):
    """The disposable copy of this seat's scope. Every method raises Broken when the file is damaged."""

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row | None]:
        """Rows as the screen shows them, each with its `seq`."""
        ...

    def preimages(self, keys: Iterable[Key]) -> dict[Key, Row | None]:
        """What own commands hide, for those of `keys` that they touched."""
        ...

    def held(self) -> set[Key]:
        """Every row that has a pre-image."""
        ...

    def keys_of(self, case_id: str) -> set[Key]:
        """A case and everything that hangs on it, hidden or shown."""
        ...

    def keep(self, what: Keep) -> None:
        """One transaction."""
        ...

    def cursor(self) -> Cursor:
        """How far the feed has been read."""
        ...

    def fill(self) -> Fill:
        """How far the first fill has come."""
        ...

    def gaps(self) -> set[str]:
        """Cases of which the feed changed rows that are still not here, whatever own commands show."""
        ...

    def seen(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that the feed has shown."""
        ...

    def dossier(self, case_id: str) -> Dossier | None:
        """A case with its children in the order they were made."""
        ...

    def history(self, case_id: str) -> tuple[TimelineEntry, ...]:
        """The log of a case, oldest first."""
        ...

    def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue; `is_unsent` is not known here."""
        ...

    def counts(self, now: datetime, holder: str = "") -> Counts:
        """How much waits in each queue, and how much `holder` has claimed; ended cases do not."""
        ...

    def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        ...

    def cousins(self, case_id: str, limit: int) -> tuple[QueueRow, ...]:
        """Other cases of the same reporter, newest first."""
        ...

    def find(self, number: str) -> QueueRow | None:
        """The case with that number."""
        ...

    def linked(self, case_id: str) -> tuple[QueueRow, ...]:
        """The refused case that this one supplements, and those that supplement this one, oldest first."""
        ...

    def followers(self, case_id: str) -> tuple[str, ...]:
        """The cases that follow one (并案), in the order in which they were merged."""
        ...

    def survivor(self, case_id: str) -> QueueRow | None: ...  # the case that one follows

    def matter(self, case_id: str) -> Matter | None:
        """A refused case with all by which it was taken up again; None when it is not here."""
        ...

    def ids_by_reporter(self, key: str, limit: int) -> tuple[str, ...]:
        """Cases of the reporter with that key, newest first."""
        ...

    def ids_by_phone(self, phone_masked: str, limit: int) -> tuple[str, ...]:
        """Cases whose masked number reads the same, newest first."""
        ...

    def attached(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the log says belong to a case; own commands on their way do not count."""
        ...

    def numbers(self, stem: str) -> set[str]:
        """Case numbers that begin with `stem`."""
        ...

    def tidy(self) -> bool: ...  # a little housekeeping that was put off; whether there may be more

    def checkpoint(self) -> None:  # writes the log into the file; alone of all beside *desk*
        ...

    def renew(
        self, *, broken: bool
    ) -> None: ...  # start empty; a broken file is moved aside, not deleted

    def close(self) -> None: ...


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
