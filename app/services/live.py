"""The desk itself: one person at one seat, everything awaited on the screen and done on *desk*."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from app.domain.commands import Command, Register
from app.domain.moment import Actor, Setting
from app.domain.refused import Refused
from app.services.aside import registration
from app.services.brief import Brief
from app.services.case_files import CaseFiles
from app.services.envelope import Sealed
from app.services.feed import Feed, Unsubscribe
from app.services.hindsight import PastOfDesk, cases_of
from app.services.house import House, Sitting
from app.services.known_warnings import KnownWarnings
from app.services.left_here import SeatReport
from app.services.loads import Loads
from app.services.ports import Unreachable
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

T = TypeVar("T")

#: How long another person waits for the commands of the one before to be sent; looked at so often (seconds).
PATIENCE, LOOK_EVERY = 2.0, 0.02


class LiveDesk:
    """The `Desk` protocol over the two local files and the centre."""

    def __init__(self, house: House, feed: Feed, first: Sitting) -> None:
        self._house = house
        self._feed = feed
        self._latest = first
        self._is_vacant = False
        self.warnings = KnownWarnings(self._ask, lambda: self._at.replica.watched)
        self.files = CaseFiles(house.shelf, self._beside, lambda: self._at.wire.files)
        self.hindsight = PastOfDesk(self._ask, lambda: self._at)
        self._is_guarded = house.guard.guards(first.seat.actor.login)

    @property
    def _at(self) -> Sitting:
        """Raises Unreachable('nobody') while nobody sits here: the files of who got up are closed."""
        if self._is_vacant:
            raise Unreachable("nobody")
        return self._latest

    @property
    def me(self) -> Actor:
        """Who sits here, or sat here last."""
        return self._latest.seat.actor

    @property
    def is_vacant(self) -> bool:
        """Whether nobody sits here: at the last change neither person could sit down."""
        return self._is_vacant

    @property
    def setting(self) -> Setting:
        """Editions, directory, holidays."""
        return self._latest.seat.setting

    @property
    def sync_state(self) -> SyncState:
        """The last known state of synchronisation."""
        return self._feed.state

    def now(self) -> datetime:
        """The centre's clock as this seat knows it (UTC)."""
        return self._latest.seat.now()

    async def send(self, command: Command, draft_id: str = "", settles: str = "") -> Done:
        """Decide, keep durably, show, and queue for the centre; what it came of goes with it."""
        job = partial(self._at.bus.carry, command, draft_id=draft_id, settles=settles)
        return await self._on_desk(lambda: self._changed(job))

    async def undo(self, cmd_id: str) -> Done:
        """Take an own command back. Raises Refused('undo-too-late') when others have built on it."""
        return await self._on_desk(lambda: self._changed(lambda: self._at.bus.undo(cmd_id)))

    async def undoable(self) -> tuple[Undoable, ...]:
        """Own commands of this session that can be taken back, newest first."""
        return await self._ask(lambda: self._at.views.undoable())

    async def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue."""
        return await self._ask(lambda: self._at.views.window(query))

    async def counts(self, now: datetime) -> Counts:
        """How much waits in each queue."""
        return await self._ask(lambda: self._at.views.counts(now))

    async def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        return await self._ask(lambda: self._at.views.loads(now))

    async def brief(self, day: date, now: datetime) -> Brief:
        """What a morning brief tells of `day`, as things stand `now`."""
        return await self._ask(lambda: self._at.views.brief(day, now))

    async def case(self, case_id: str) -> CaseView | None:
        """Everything about one case, or None when this seat does not have it."""
        return await self._ask(lambda: self._at.views.case(case_id))

    async def find(self, number: str) -> QueueRow | None:
        """The case with that number, or None when this seat does not have it."""
        return await self._ask(lambda: self._at.views.find(number))

    async def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear. Raises Refused and Unreachable."""
        return await asyncio.wrap_future(self._at.wire.reveal(case_id, reason))

    async def reporter_history(self, phone: str) -> tuple[str, ...]:
        """Ids of earlier cases from the same number, newest first."""
        return await self._ask(lambda: cases_of(self._at, phone))

    async def save_draft(self, draft: Draft) -> None:
        """Keep what is half-typed durably."""
        await self._on_desk(lambda: self._at.outbox.save_draft(draft))

    async def drafts(self) -> tuple[Draft, ...]:
        """What was left half-typed, newest first."""
        return await self._on_desk(lambda: self._at.outbox.drafts())

    async def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        await self._on_desk(lambda: self._at.outbox.drop_draft(draft_id))

    async def attention(self) -> tuple[Attention, ...]:
        """Own commands the centre did not take."""
        return await self._ask(lambda: self._at.views.attention())

    async def report(self) -> SeatReport:
        """What a supervisor should know of this seat."""
        return await self._ask(lambda: self._at.views.report())

    async def registration(self, cmd_id: str) -> Register | None:
        """A registration set aside, whole, with its person in clear; None for anything else."""
        return await self._on_desk(lambda: registration(self._at.outbox.entry(cmd_id)))

    async def settle_attention(self, cmd_id: str, how: str, reason: str = "") -> None:
        """`again` (decide anew as a new command), `note` (keep it as a note), or `drop` for a reason."""
        await self._on_desk(lambda: self._settle(cmd_id, how, reason))

    def _settle(self, cmd_id: str, how: str, reason: str) -> None:
        bus = self._at.bus
        if how == "drop":
            bus.drop(cmd_id, reason)
        elif (done := {"again": bus.again_or_alone, "note": bus.as_note}[how](cmd_id)) is not None:
            self._feed.publish(done[1])
        self._tell_waiting()
        self._at.wire.wake()

    async def remember(self, key: str, value: Any) -> None:
        """Keep a setting of this person at this seat (JSON)."""
        await self._on_desk(lambda: self._at.outbox.remember(key, value))

    async def recall(self, key: str) -> Any:
        """A setting kept earlier, or None."""
        return await self._on_desk(lambda: self._at.outbox.recall(key))

    @property
    def is_guarded(self) -> bool:
        """Whether who comes back from a break has to say his password."""
        return self._is_guarded  # as the day began: what happens to a file opens no curtain

    async def prove(self, password: str) -> None:
        """Let through who sits here. Raises Refused: login-tries, login-locked, login-unchecked."""
        await self._beside(lambda: self._house.prove(self.me.login, password))
        self._at.wire.wake()

    async def renew_password(self, password: str) -> None:
        """Go on with the centre by another password. Raises Refused and Unreachable."""
        await self._beside(lambda: self._house.passwords.renew(password))
        self._at.wire.wake()

    async def change_password(self, old: str, new: str) -> None:
        """Another password from now on. Raises Refused and Unreachable."""
        await self._beside(lambda: self._house.passwords.change(old, new))
        self._at.wire.wake()

    async def people(self) -> Sequence[Operator]:
        """Who may sit here."""
        return await self._beside(self._house.people)

    async def switch(self, login: str) -> None:
        """Another person sits down, or the same one again; it may be asked anew while nobody sits here.

        Raises Refused for one whom the store does not know, and for anybody where persons have passwords
        (login-other): he begins a day of his own; and Unreachable.
        """
        if self.is_guarded:
            raise Refused("login-other")
        if not self._is_vacant:
            await self._all_sent()
            await self._beside(self._at.wire.stop)
        try:
            await self._on_desk(lambda: self._sit(login))
        finally:
            if not self._is_vacant:
                self._at.wire.start()
                self._feed.publish(Changed(None))

    def _sit(self, login: str) -> None:
        before = self.me.login
        self._get_up()
        try:
            self._take(login)
        except BaseException:
            with suppress(Refused, Unreachable, OSError):
                self._take(before)
            raise

    def _get_up(self) -> None:
        if not self._is_vacant:
            self._latest.leave()
            self._is_vacant = True

    def _take(self, login: str) -> None:
        self._latest = self._house.sit(login)
        self._is_vacant = False
        self._tell_waiting()

    async def _all_sent(self) -> None:
        """Give the last commands of the one who leaves a moment to go out."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while self._feed.state.online and asyncio.get_running_loop().time() < end:
            if not await self._on_desk(lambda: self._at.keeper.unsent()):
                return
            await asyncio.sleep(LOOK_EVERY)

    def on_changed(self, listener: Callable[[Changed], None]) -> Unsubscribe:
        """Hear, on the screen thread and after the commit, which cases changed."""
        return self._feed.on_changed(listener)

    def look_at(self, case_id: str | None) -> None:
        """Which case lies open on the screen, None for none: others hear of it within two seconds."""
        self._latest.wire.look_at(case_id)

    def look_over(self, case_ids: Sequence[str]) -> None:
        """Which rows are on the screen: of these too it is said who has one open."""
        self._latest.wire.look_over(case_ids)

    def on_onlookers(self, listener: Callable[[Onlookers], None]) -> Unsubscribe:
        """Hear, on the screen thread, who else has that case open."""
        return self._feed.on_onlookers(listener)

    def on_sync(self, listener: Callable[[SyncState], None]) -> Unsubscribe:
        """Hear, on the screen thread, how synchronisation goes."""
        return self._feed.on_sync(listener)

    def close(self) -> None:
        """End the threads and give everything back; blocking, on the screen thread."""
        self._feed.close()
        if not self._is_vacant:
            self._at.wire.stop()
        self._house.desk.submit(self._get_up).result()
        self._house.desk.shutdown()
        self._house.aside.shutdown()

    def _changed(self, job: Callable[[], tuple[Done, Changed]]) -> Done:
        """Carry out, then tell: the screen first, then the centre."""
        done, changed = job()
        self._feed.publish(changed)
        self._tell_waiting()
        self._at.wire.wake()
        return done

    def _tell_waiting(self) -> None:
        waiting, attention = self._at.outbox.waiting()
        self._feed.update(waiting=waiting, attention=attention)

    async def _ask(self, job: Callable[[], T]) -> T:
        """A question about the replica, which may have to be replaced first."""
        return await self._on_desk(lambda: self._at.keeper.sound(job))

    async def _on_desk(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._house.desk, job)

    async def _beside(self, job: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._house.aside, job)
