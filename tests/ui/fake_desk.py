"""A desk in memory that keeps the promises of `app.services.desk.Desk`, without stores or threads."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from app.domain.case import Case, Dossier
from app.domain.commands import KINDS, Amend, Command, Register, kind_of
from app.domain.deadlines import ledgers
from app.domain.decide import decide
from app.domain.folding import all_folded
from app.domain.matter import Matter, matter_of
from app.domain.moment import Actor, Moment, Setting
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.sealing import seal
from app.domain.terms import CaseStatus, Role, Stage
from app.services.brief import Brief
from app.services.concerned import concerned
from app.services.envelope import Sealed, wish_of
from app.services.filters import UNCLAIMED, Filter
from app.services.guard import NO_PASSWORDS, UNGUARDED, Guard, Passwords
from app.services.left_here import Moved, SeatReport, Waiting
from app.services.loads import CLAIMABLE, Heap, Loads, Tally
from app.services.ports import Unreachable
from app.services.queries import (
    Attention,
    CaseView,
    Changed,
    Counts,
    Delivery,
    Done,
    Draft,
    Onlookers,
    Operator,
    Queue,
    QueueRow,
    Sort,
    SyncState,
    TimelineEntry,
    Undoable,
    Window,
    WindowQuery,
)
from app.services.watched import Known
from tests.ui.fake_brief import brief_of, happened
from tests.ui.fake_files import FakeFiles
from tests.ui.fake_past import FakePast
from tests.ui.fake_town import DISTRICT, NOW, dossiers, setting

PEOPLE = (
    Operator("zhang", "张三", Role.OPERATOR, DISTRICT),
    Operator("li", "李四", Role.SHIFT_LEADER, DISTRICT),
    Operator("chen", "陈工", Role.UNIT_HANDLER, DISTRICT, "CGJ"),
    Operator("hu", "胡明", Role.GRID_OFFICER, DISTRICT),
)
_SUGGESTED = {
    Stage.FILING: "file",
    Stage.DISPATCH: "dispatch",
    Stage.SIGN: "sign",
    Stage.DISPOSAL: "handle",
    Stage.RETURNED: "approve_return",
    Stage.CLOSURE: "close",
}
_SOON = timedelta(hours=1)


_CLOSED = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)


class FakeWarnings:
    """The warnings that hang on the town's cases, the newest first."""

    def __init__(self, desk: "FakeDesk") -> None:
        self._desk = desk

    async def known(self, now: datetime) -> list[Known]:
        found = [
            Known(one, on.case.number, on.case.title)
            for on in self._desk.dossiers.values()
            for one in on.warnings
        ]
        return sorted(found, key=lambda one: one.warning.raised_at, reverse=True)


class FakeDesk:
    """Cases of a made-up town. `sent` lists what was asked; `refuse` and `cut` make the next send fail."""

    #: How often the leader's numbers were asked for.
    looked_at_loads = _others = 0
    is_vacant = False
    keeps_out: Exception | None = None
    _trouble: Exception | None = None
    left_here: tuple[Waiting, ...] = ()
    _touched: frozenset[str] = frozenset()

    def __init__(self, cases: int = 40, login: str = "zhang") -> None:
        self.dossiers: dict[str, Dossier] = {one.case.id: one for one in dossiers(cases)}
        self.timelines: dict[str, list[TimelineEntry]] = {}
        self.sent: list[Command] = []
        self._memories: dict[str, dict[str, Any]] = {}
        self.settled: list[tuple[str, str, str]] = []
        self.settling: list[str] = []
        self.registrations: dict[str, Register] = {}
        self.waiting_attention: list[Attention] = []
        self.person = Sealed("", "欧阳春天", "13912345678", "440301199001011234")
        self.reveals: list[tuple[str, str, str]] = []
        self.holds_back: asyncio.Event | None = None
        self.moved: Moved | None = None
        self._drafts: dict[str, dict[str, Draft]] = {}
        self.files = FakeFiles()
        self.hindsight = FakePast(self)
        self.warnings = FakeWarnings(self)
        self.guard: Guard = UNGUARDED
        self.passwords: Passwords = NO_PASSWORDS
        self._before: dict[str, tuple[Undoable, dict[str, Dossier | None]]] = {}
        self._now = NOW
        self._setting = setting()
        self._state = SyncState(online=True)
        self._me = next(person for person in PEOPLE if person.login == login).actor
        self._changed: list[Callable[[Changed], None]] = []
        self._synced: list[Callable[[SyncState], None]] = []
        self._looking: list[Callable[[Onlookers], None]] = []
        self.looked_at: list[str | None] = [None]

    @cached_property
    def looked_over(self) -> list[tuple[str, ...]]:
        """Which rows were on the screen, time after time."""
        return [()]

    @property
    def remembered(self) -> dict[str, Any]:
        """What is kept for the person who sits here."""
        return self._memories.setdefault(self._me.login, {})

    # what tests do to it

    def refuse(self, code: str, **facts: Any) -> None:
        """The next send is refused."""
        self._trouble = Refused(code, **facts)

    def keep_out(self, trouble: Exception | None) -> None:
        """Nobody can sit down from now on, neither who comes nor who was there; None lets them again."""
        self.keeps_out = trouble

    def cut(self, code: str = "centre") -> None:
        """The next send finds the disk or the centre away."""
        self._trouble = Unreachable(code)

    def fail(self, bug: Exception) -> None:
        """The next send meets a bug of ours."""
        self._trouble = bug

    def pass_time(self, **time: float) -> None:
        """Let the clock go on: `pass_time(minutes=5)`."""
        self._now += timedelta(**time)

    def colleague(self, case_id: str, **fields: Any) -> None:
        """Somebody else changes fields of a case."""
        on = self.dossiers[case_id]
        self.dossiers[case_id] = replace(on, case=replace(on.case, **fields))
        self._tell(Changed(frozenset({case_id})))

    def colleague_amends(self, case_id: str, **fields: Any) -> None:
        """Somebody else corrects fields of a case, and the log says who."""
        self.colleague_does(case_id, Amend(case_id=case_id, **fields))

    def colleague_does(self, case_id: str, command: Command, login: str = "li") -> None:
        """Somebody else asks for something about a case, by the rules."""
        me, sent = self._me, len(self.sent)
        self._me = next(person for person in PEOPLE if person.login == login).actor
        self._others += 1
        self._carry_out(command, str(uuid5(NAMESPACE_OID, f"by {login} {self._others}")))
        self._me = me
        assert len(self.sent) == sent
        self._tell(Changed(self._touched))

    def go(self, state: SyncState) -> None:
        """Synchronisation goes like this now."""
        self._state = state
        for listener in tuple(self._synced):
            listener(state)

    @property
    def kept_drafts(self) -> dict[str, Draft]:
        """What the person who sits here left half-typed, by id."""
        return self._drafts.setdefault(self._me.login, {})

    # what a screen asks

    @property
    def me(self) -> Actor:
        return self._me

    @property
    def setting(self) -> Setting:
        return self._setting

    @property
    def sync_state(self) -> SyncState:
        return self._state

    def now(self) -> datetime:
        return self._now

    async def send(self, command: Command, draft_id: str = "", settles: str = "") -> Done:
        if self._trouble:
            trouble, self._trouble = self._trouble, None
            raise trouble
        done = self._carry_out(command)
        self.sent.append(command)
        self.kept_drafts.pop(draft_id, None)
        if settles:
            self.settling.append(settles)
            self._settle(settles)
        self._tell(Changed(self._touched, is_own=True))
        return done

    async def undo(self, cmd_id: str) -> Done:
        if cmd_id not in self._before:
            raise Refused("undo-none")
        undoable, befores = self._before.pop(cmd_id)
        case_id = undoable.done.case_id
        for one, before in befores.items():
            if before is None:
                del self.dossiers[one]
            else:
                self.dossiers[one] = before
        done = Done(f"undo-{cmd_id}", "undo", case_id, undoable.done.number)
        self._log(done, {}, undoes=cmd_id)
        self._tell(Changed(frozenset({case_id}), is_own=True))
        return done

    async def undoable(self) -> tuple[Undoable, ...]:
        return tuple(undoable for undoable, _ in reversed(self._before.values()))

    async def window(self, query: WindowQuery) -> Window:
        rows = map(_row, self._cases(query.queue, query.now))
        rows = [row for row in rows if self._matches(row, query.filter)]
        rows.sort(key=_SORTS[query.sort], reverse=query.descending)
        page = rows[query.offset : query.offset + min(query.limit, 200)]
        return Window(tuple(page), query.offset, len(rows))

    async def counts(self, now: datetime) -> Counts:
        def number(queue: Queue, least: datetime | None, most: datetime | None) -> int:
            open_ = (one for one in self._cases(queue, now) if one.case.stage is not Stage.ENDED)
            cases = [one.case.due_at for one in open_]
            if least is None and most is None:
                return len(cases)
            return sum(
                1
                for due in cases
                if due and (not least or least <= due) and (not most or due < most)
            )

        return Counts(
            {queue: number(queue, None, None) for queue in Queue},
            {queue: number(queue, None, now) for queue in Queue},
            {queue: number(queue, now, now + _SOON) for queue in Queue},
        )

    async def loads(self, now: datetime) -> Loads:
        self.looked_at_loads += 1
        open_ = [one for one in self.dossiers.values() if one.case.stage is not Stage.ENDED]
        heaps = tuple(self._heap(one.case, now) for one in open_)
        asked = [self._heap(one.case, now).tally for one in open_ if _row(one).asks]
        oldest = dict[Queue, datetime]()
        for heap, one in zip(heaps, open_, strict=True):
            at = one.case.asked_at if heap.queue is Queue.RETURNED else one.case.registered_at
            if at is not None:
                oldest[heap.queue] = min(at, oldest.get(heap.queue, at))
        return Loads(heaps, oldest, sum(asked, Tally()))

    async def brief(self, day: date, now: datetime) -> Brief:
        return brief_of([one.case for one in self.dossiers.values()], day, now)

    def _heap(self, case: Case, now: datetime) -> Heap:
        queue = Queue(case.stage.value)
        late = case.due_at is not None and case.due_at < now
        soon = case.due_at is not None and now <= case.due_at < now + _SOON
        free = queue in CLAIMABLE and not case.holder
        tally = Tally(1, int(late), int(soon), int(case.return_count > 0), int(free))
        units = tuple(one for one in case.units.split("|") if one)
        return Heap(queue, case.holder, units, tally)

    async def case(self, case_id: str) -> CaseView | None:
        on = self.dossiers.get(case_id)
        return self._view(on) if on else None

    async def find(self, number: str) -> QueueRow | None:
        cases = (one for one in self.dossiers.values() if one.case.number == number)
        return next(map(_row, cases), None)

    async def reveal(self, case_id: str, reason: str) -> Sealed:
        if self._trouble:
            trouble, self._trouble = self._trouble, None
            raise trouble
        self.reveals.append((self.me.login, case_id, reason))
        if self.holds_back is not None:
            await self.holds_back.wait()
        return replace(self.person, case_id=case_id)

    async def reporter_history(self, phone: str) -> tuple[str, ...]:
        tail = phone[-4:]
        cases = (one.case for one in self.dossiers.values())
        return tuple(case.id for case in cases if tail and case.phone_masked.endswith(tail))

    async def save_draft(self, draft: Draft) -> None:
        self.kept_drafts[draft.id] = draft

    async def drafts(self) -> tuple[Draft, ...]:
        kept = sorted(self.kept_drafts.values(), key=lambda one: one.saved_at, reverse=True)
        return tuple(kept)

    async def drop_draft(self, draft_id: str) -> None:
        self.kept_drafts.pop(draft_id, None)

    async def attention(self) -> tuple[Attention, ...]:
        return tuple(self.waiting_attention)

    async def report(self) -> SeatReport:
        mine = tuple(Waiting(self.me.login, one, is_unsent=False) for one in self.waiting_attention)
        return SeatReport(self.moved, (*mine, *self.left_here))

    async def registration(self, cmd_id: str) -> Register | None:
        return self.registrations.get(cmd_id)

    async def settle_attention(self, cmd_id: str, how: str, reason: str = "") -> None:
        self.settled.append((cmd_id, how, reason))
        self._settle(cmd_id)

    def _settle(self, cmd_id: str) -> None:
        self.waiting_attention = [one for one in self.waiting_attention if one.cmd_id != cmd_id]

    async def remember(self, key: str, value: Any) -> None:
        self.remembered[key] = value

    async def recall(self, key: str) -> Any:
        return self.remembered.get(key)

    @property
    def is_guarded(self) -> bool:
        return self.guard.guards(self._me.login)

    async def prove(self, password: str) -> None:
        self.guard.prove(self._me.login, password)

    async def renew_password(self, password: str) -> None:
        self.passwords.renew(password)

    async def change_password(self, old: str, new: str) -> None:
        self.passwords.change(old, new)

    async def people(self) -> Sequence[Operator]:
        return PEOPLE

    async def switch(self, login: str) -> None:
        found = [person for person in PEOPLE if person.login == login]
        if not found:
            raise Refused("person-unknown", login=login)
        self.is_vacant = self.keeps_out is not None
        if self.keeps_out:
            raise self.keeps_out
        self._me = found[0].actor
        self._tell(Changed(None))

    def on_changed(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        self._changed.append(listener)
        return lambda: self._changed.remove(listener)

    def on_sync(self, listener: Callable[[SyncState], None]) -> Callable[[], None]:
        self._synced.append(listener)
        return lambda: self._synced.remove(listener)

    # how it does it

    def look_at(self, case_id: str | None) -> None:
        if case_id != self.looked_at[-1]:
            self.looked_at.append(case_id)

    def look_over(self, case_ids: Sequence[str]) -> None:
        self.looked_over.append(tuple(case_ids))

    def on_onlookers(self, listener: Callable[[Onlookers], None]) -> Callable[[], None]:
        self._looking.append(listener)
        return lambda: self._looking.remove(listener)

    def others_have(self, *rows: tuple[str, str]) -> None:
        """Others have these cases of the list open: (case id, login)."""
        for listener in tuple(self._looking):
            listener(Onlookers(self.looked_at[-1], (), rows))

    def others_look(self, case_id: str, *logins: str) -> None:
        """Others have that case open."""
        for listener in tuple(self._looking):
            listener(Onlookers(case_id, logins))

    def _tell(self, news: Changed) -> None:
        for listener in tuple(self._changed):
            listener(news)

    def _carry_out(self, command: Command, by: str = "") -> Done:
        on = self.dossiers.get(getattr(command, "case_id", ""))
        masked, _, _ = seal(command)
        cmd_id = by or str(uuid5(NAMESPACE_OID, str(len(self.sent))))
        number = f"SZPS20261123{len(self.dossiers):06}A1B{len(self.dossiers) % 10}"
        moment = Moment(self._now, self._me, cmd_id, self._setting, number)
        moment = replace(moment, matter=self._matter(getattr(command, "supplements", None)))
        ids = concerned(command, self)
        moment = replace(moment, beside=tuple(self.dossiers[one] for one in ids))
        changed = all_folded(self.dossiers, decide(masked, on, moment).effects, cmd_id)
        befores = {one: self.dossiers.get(one) for one in changed}
        self.dossiers |= changed
        self._touched = frozenset(changed)
        after = next(iter(changed.values())) if on is None else self.dossiers[on.case.id]
        done = Done(cmd_id, kind_of(command), after.case.id, after.case.number)
        facts = {"unit": after.case.lead_unit or ""}
        if not by:
            self._before[cmd_id] = (Undoable(done, self._now, facts), befores)
        self._log(done, wish_of(masked))
        return done

    def followers(self, case_id: str) -> tuple[str, ...]:
        return tuple(k for k, on in self.dossiers.items() if on.case.merged_into == case_id)

    def family(self, case_id: str) -> tuple[str, ...]:
        """The parts of a split case; of a part the case and the other parts."""
        own = self.dossiers.get(case_id)
        whole = own.case.split_from or case_id if own else case_id
        parts = (k for k, on in self.dossiers.items() if on.case.split_from == whole)
        return tuple(one for one in (whole, *parts) if one != case_id)

    def _matter(self, case_id: str | None) -> Matter | None:
        def find(one: str) -> Case | None:
            return self.dossiers[one].case if one in self.dossiers else None

        def supplementing(one: str) -> list[Case]:
            cases = (on.case for on in self.dossiers.values())
            return [case for case in cases if case.supplements == one]

        return matter_of(case_id, find, supplementing) if case_id else None

    def _log(self, done: Done, wish: dict[str, Any], undoes: str | None = None) -> None:
        entry = TimelineEntry(
            cmd_id=done.cmd_id,
            kind=done.kind,
            actor=self._me.login,
            at=self._now,
            wish=wish,
            delivery=Delivery.FINISHED,
            seq=len(self.sent),
            undoes=undoes,
        )
        self.timelines.setdefault(done.case_id, []).append(entry)

    def _cases(self, queue: Queue, now: datetime) -> list[Dossier]:
        def belongs(case: Case) -> bool:
            if queue is Queue.ALL:
                return True
            if queue is Queue.MINE:
                return case.holder == self._me.login
            if queue is Queue.OVERDUE:
                return case.due_at is not None and case.due_at < now
            return case.stage == Stage(queue.value)

        if queue is Queue.ASKED:
            return [one for one in self.dossiers.values() if _row(one).asks]
        return [one for one in self.dossiers.values() if belongs(one.case)]

    def _matches(self, row: QueueRow, wanted: Filter) -> bool:
        units = self.dossiers[row.id].case.units
        if wanted.unit is not None and f"|{wanted.unit}|" not in units:
            return False
        text = wanted.text.strip()
        if text and text not in row.title + row.number + row.address:
            return False
        pairs = (
            (wanted.street, row.street),
            (wanted.community, row.community),
            (wanted.channel, row.channel),
            (wanted.nature, row.nature),
            (wanted.grade, row.grade),
        )
        is_solver = row.lead_unit == wanted.solver and row.status in _CLOSED
        if wanted.solver is not None and not is_solver:
            return False
        if not (self._stands(row, wanted) and happened(self.dossiers[row.id].case, wanted)):
            return False
        below = wanted.category is None or (row.category or "").startswith(wanted.category)
        return below and all(ask is None or ask == has for ask, has in pairs)

    def _stands(self, row: QueueRow, wanted: Filter) -> bool:
        left = None if row.due_at is None else row.due_at - self._now
        is_open = row.stage is not Stage.ENDED
        free = not row.holder and Queue(row.stage.value) in CLAIMABLE if is_open else False
        held = free if wanted.holder == UNCLAIMED else row.holder == wanted.holder
        return all(
            (
                wanted.holder is None or held,
                is_open or not (wanted.is_open or wanted.is_late or wanted.is_soon),
                not wanted.is_late or (left is not None and left < timedelta()),
                not wanted.is_soon or (left is not None and timedelta() <= left < _SOON),
                not wanted.is_returned or row.return_count > 0,
            )
        )

    def _view(self, on: Dossier) -> CaseView:
        free = ("register", "import_record", "undo")
        verbs = tuple(
            k for k in KINDS if k not in free and offers(k, self._me.role, on, self._me.login)
        )
        likely = _SUGGESTED.get(on.case.stage)
        cousins = [
            _row(one)
            for one in self.dossiers.values()
            if one.case.reporter_key == on.case.reporter_key and one.case.id != on.case.id
        ]
        return CaseView(
            dossier=on,
            ledgers=ledgers(on, self._setting),
            timeline=(self._born(on.case), *self.timelines.get(on.case.id, [])),
            verbs=verbs,
            suggested=likely if likely in verbs else None,
            edition=on.case.edition,
            by_analogy=on.case.by_analogy,
            cousins=tuple(cousins[:5]),
            linked=tuple(
                _row(one)
                for one in self.dossiers.values()
                if one.case.id == on.case.supplements or one.case.supplements == on.case.id
            ),
            matter=self._matter(on.case.id) if on.case.status is CaseStatus.REFUSED else None,
            members=tuple(self.dossiers[one] for one in self.followers(on.case.id)),
            survivor=_row(self.dossiers[on.case.merged_into]) if on.case.merged_into else None,
            parts=tuple(self.dossiers[one] for one in self.family(on.case.id) if on.case.parts),
            whole=_row(self.dossiers[on.case.split_from]) if on.case.split_from else None,
        )

    def _born(self, case: Case) -> TimelineEntry:
        return TimelineEntry(
            cmd_id=case.changed_by or "made",
            kind="register",
            actor=case.registered_by,
            at=case.registered_at,
            wish={"narrative": case.narrative},
            delivery=Delivery.FINISHED,
        )


def _row(on: Dossier) -> QueueRow:
    case = on.case
    names = [name for name in QueueRow._fields if name not in ("asks", "is_unsent")]
    asks = len(on.asked_reveals) if case.status is CaseStatus.DISPATCHED else 0
    return QueueRow(**{name: getattr(case, name) for name in names}, asks=asks)


_FAR = NOW + timedelta(days=9999)
_SORTS: dict[Sort, Callable[[QueueRow], Any]] = {
    Sort.DUE: lambda row: (row.due_at or _FAR, row.id),
    Sort.REGISTERED: lambda row: (row.registered_at, row.id),
    Sort.NUMBER: lambda row: row.number,
    Sort.TITLE: lambda row: (row.title, row.id),
    Sort.PLACE: lambda row: (row.street or "", row.community or "", row.id),
    Sort.CATEGORY: lambda row: (row.category or "", row.id),
    Sort.UNIT: lambda row: (row.lead_unit or "", row.id),
    Sort.GRADE: lambda row: (row.grade, row.id),
}
