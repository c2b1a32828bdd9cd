"""The desk as a screen knows it: everything it may ask and say, awaited on the screen thread."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from app.domain.commands import Command, Register
from app.domain.moment import Actor, Setting
from app.services.brief import Brief
from app.services.case_files import FilesOfCases
from app.services.envelope import Sealed
from app.services.hindsight import Hindsight
from app.services.known_warnings import WarningsOfDesk
from app.services.left_here import SeatReport
from app.services.loads import Loads
from app.services.queries import (
    Attention,
    CaseView,
    Changed,
    Counts,
    Done,
    Draft,
    Onlookers,
    Operator,
    QueueRow,
    SyncState,
    Undoable,
    Window,
    WindowQuery,
)

Unsubscribe = Callable[[], None]


class Desk(Protocol):
    """One person at one seat. Methods raise Refused (a rule) or Unreachable (disk, centre)."""

    @property
    def me(self) -> Actor:
        """Who sits here, or sat here last."""
        ...

    @property
    def is_vacant(self) -> bool:
        """Whether nobody sits here, since neither person could sit down at the last change.

        Until `switch` succeeds nothing else can be asked: it raises Unreachable('nobody').
        """
        ...

    @property
    def setting(self) -> Setting:
        """Editions, directory, holidays."""
        ...

    @property
    def sync_state(self) -> SyncState:
        """The last known state of synchronisation."""
        ...

    def now(self) -> datetime:
        """The centre's clock as this seat knows it (UTC)."""
        ...

    async def send(self, command: Command, draft_id: str = "", settles: str = "") -> Done:
        """Decide, keep durably, show, and queue for the centre.

        In one step with it go the draft and the command set aside (`settles`) that it came of.
        """
        ...

    async def undo(self, cmd_id: str) -> Done:
        """Take an own command back. Raises Refused('undo-too-late') when others have built on it."""
        ...

    async def undoable(self) -> tuple[Undoable, ...]:
        """Own commands of this session that can be taken back, newest first."""
        ...

    async def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue."""
        ...

    async def counts(self, now: datetime) -> Counts:
        """How much waits in each queue."""
        ...

    async def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        ...

    async def brief(self, day: date, now: datetime) -> Brief:
        """What a morning brief tells of `day`, as things stand `now`."""
        ...

    async def case(self, case_id: str) -> CaseView | None:
        """Everything about one case, or None when this seat does not have it."""
        ...

    async def find(self, number: str) -> QueueRow | None:
        """The case with that number, or None when this seat does not have it."""
        ...

    async def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear: the centre writes down who looked and why. Nothing of it is kept.

        Raises Refused: words-missing, reveal-too-often, reveal-denied, reveal-lapsed, reveal-over, case-missing;
        Unreachable without the centre.
        """
        ...

    async def reporter_history(self, phone: str) -> tuple[str, ...]:
        """Ids of earlier cases from the same number, newest first."""
        ...

    async def save_draft(self, draft: Draft) -> None:
        """Keep what is half-typed durably."""
        ...

    async def drafts(self) -> tuple[Draft, ...]:
        """What was left half-typed, newest first."""
        ...

    async def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        ...

    async def attention(self) -> tuple[Attention, ...]:
        """Own commands the centre did not take."""
        ...

    async def report(self) -> SeatReport:
        """What a supervisor should know of this seat: everybody's work here that is not at the centre."""
        ...

    async def registration(self, cmd_id: str) -> Register | None:
        """A registration set aside, whole, with its person in clear; None for anything else."""
        ...

    async def settle_attention(self, cmd_id: str, how: str, reason: str = "") -> None:
        """`again` (decide anew as a new command), `note` (keep it as a note), or `drop` for a reason."""
        ...

    @property
    def files(self) -> FilesOfCases:
        """The files of cases: kept here, fetched when asked for, opened."""
        ...

    @property
    def hindsight(self) -> Hindsight:
        """Earlier cases: like ones, who solved them, where a name lies."""
        ...

    @property
    def warnings(self) -> WarningsOfDesk:
        """The early warnings that this seat knows of."""
        ...

    async def remember(self, key: str, value: Any) -> None:
        """Keep a setting of this person at this seat (JSON)."""
        ...

    async def recall(self, key: str) -> Any:
        """A setting kept earlier, or None."""
        ...

    @property
    def is_guarded(self) -> bool:
        """Whether who comes back from a break has to say his password."""
        ...

    async def prove(self, password: str) -> None:
        """Let through who sits here. Raises Refused: login-tries, login-locked, login-unchecked."""
        ...

    async def renew_password(self, password: str) -> None:
        """The centre takes the old password no more: go on with the one it takes now.

        Raises Refused: login-tries, login-locked and as signing in; Unreachable.
        """
        ...

    async def change_password(self, old: str, new: str) -> None:
        """Another password from now on, at the centre and here.

        Raises Refused: what is wrong with the new one, login-tries, login-locked, login-stale; Unreachable.
        """
        ...

    async def people(self) -> Sequence[Operator]:
        """Who may sit here (a demonstration or single-machine store only)."""
        ...

    async def switch(self, login: str) -> None:
        """Another person sits down; a demonstration and an unprotected store permit it."""
        ...

    def on_changed(self, listener: Callable[[Changed], None]) -> Unsubscribe:
        """Hear, on the screen thread and after the commit, which cases changed."""
        ...

    def look_at(self, case_id: str | None) -> None:
        """Which case lies open on the screen, None for none: others hear of it within two seconds."""
        ...

    def look_over(self, case_ids: Sequence[str]) -> None:
        """Which rows are on the screen: of these it is said about once a second who has one of them open."""
        ...

    def on_onlookers(self, listener: Callable[[Onlookers], None]) -> Unsubscribe:
        """Hear, on the screen thread, who else has that case open, or one of those rows."""
        ...

    def on_sync(self, listener: Callable[[SyncState], None]) -> Unsubscribe:
        """Hear, on the screen thread, how synchronisation goes."""
        ...
