"""A desk in memory that keeps the promises of `app.services.desk.Desk`, without stores or threads."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.calendar import Calendar
from app.domain.case import CHILDREN, TABLES, Case, Dossier
from app.domain.clocks import Ledger, Span, Terms, measure
from app.domain.commands import KINDS, Command, Register, kind_of
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Actor, Setting
from app.domain.permits import may
from app.domain.refused import Refused
from app.domain.rules import rules_of
from app.domain.terms import CaseStatus, Clock, Origin, Role, Stage, TaskStatus
from app.services.ports import Unreachable
from app.services.queries import (
    Attention,
    CaseView,
    Changed,
    Counts,
    Delivery,
    Done,
    Draft,
    Filter,
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
from tests.ui.fake_town import DISTRICT, NOW, dossiers, setting

PEOPLE = (
    Operator("zhang", "张三", Role.OPERATOR, DISTRICT),
    Operator("li", "李四", Role.SHIFT_LEADER, DISTRICT),
    Operator("chen", "陈工", Role.UNIT_HANDLER, DISTRICT, "CGJ"),
)
_SUGGESTED = {
    Stage.FILING: "file",
    Stage.DISPATCH: "dispatch",
    Stage.SIGN: "sign",
    Stage.DISPOSAL: "handle",
    Stage.RETURNED: "approve_return",
    Stage.CLOSURE: "close",
}
_TIMES = {
    "file": "filed_at",
    "dispatch": "dispatched_at",
    "handle": "closure_asked_at",
    "close": "closed_at",
    "refuse": "refused_at",
}
_SOON = timedelta(hours=1)


class FakeDesk:
    """Cases of a made-up town. `sent` lists what was asked; `refuse` and `cut` make the next send fail."""

    def __init__(self, cases: int = 40, login: str = "zhang") -> None:
        self.dossiers: dict[str, Dossier] = {one.case.id: one for one in dossiers(cases)}
        self.timelines: dict[str, list[TimelineEntry]] = {}
        self.sent: list[Command] = []
        self.remembered: dict[str, Any] = {}
        self.settled: list[tuple[str, str]] = []
        self.waiting_attention: list[Attention] = []
        self.kept_drafts: dict[str, Draft] = {}
        self.kept_files: list[str] = []
        self._before: dict[str, tuple[Undoable, Dossier | None]] = {}
        self._trouble: Exception | None = None
        self._now = NOW
        self._setting = setting()
        self._state = SyncState(online=True)
        self._me = next(person for person in PEOPLE if person.login == login).actor
        self._changed: list[Callable[[Changed], None]] = []
        self._synced: list[Callable[[SyncState], None]] = []

    # what tests do to it

    def refuse(self, code: str, **facts: Any) -> None:
        """The next send is refused."""
        self._trouble = Refused(code, **facts)

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

    def go(self, state: SyncState) -> None:
        """Synchronisation goes like this now."""
        self._state = state
        for listener in tuple(self._synced):
            listener(state)

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

    async def send(self, command: Command) -> Done:
        if self._trouble:
            trouble, self._trouble = self._trouble, None
            raise trouble
        kind = kind_of(command)
        on = self._on(command)
        if not may(kind, self._me.role, on):
            raise Refused("not-permitted", kind=kind, role=str(self._me.role), status="")
        self.sent.append(command)
        done = self._carry_out(kind, command, on)
        self._tell(Changed(frozenset({done.case_id}), is_own=True))
        return done

    async def undo(self, cmd_id: str) -> Done:
        if cmd_id not in self._before:
            raise Refused("undo-none")
        undoable, before = self._before.pop(cmd_id)
        case_id = undoable.done.case_id
        if before is None:
            del self.dossiers[case_id]
        else:
            self.dossiers[case_id] = before
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
            cases = [one.case.due_at for one in self._cases(queue, now)]
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

    async def case(self, case_id: str) -> CaseView | None:
        on = self.dossiers.get(case_id)
        return self._view(on) if on else None

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

    async def settle_attention(self, cmd_id: str, how: str) -> None:
        self.settled.append((cmd_id, how))
        self.waiting_attention = [one for one in self.waiting_attention if one.cmd_id != cmd_id]

    async def keep_file(self, path: str) -> tuple[str, int]:
        self.kept_files.append(path)
        return f"{len(self.kept_files):064x}", 1024

    async def remember(self, key: str, value: Any) -> None:
        self.remembered[key] = value

    async def recall(self, key: str) -> Any:
        return self.remembered.get(key)

    async def people(self) -> Sequence[Operator]:
        return PEOPLE

    async def switch(self, login: str) -> None:
        found = [person for person in PEOPLE if person.login == login]
        if not found:
            raise Refused("person-unknown", login=login)
        self._me = found[0].actor
        self._tell(Changed(None))

    def on_changed(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        self._changed.append(listener)
        return lambda: self._changed.remove(listener)

    def on_sync(self, listener: Callable[[SyncState], None]) -> Callable[[], None]:
        self._synced.append(listener)
        return lambda: self._synced.remove(listener)

    # how it does it

    def _tell(self, news: Changed) -> None:
        for listener in tuple(self._changed):
            listener(news)

    def _on(self, command: Command) -> Dossier | None:
        return self.dossiers.get(getattr(command, "case_id", ""))

    def _carry_out(self, kind: str, command: Command, on: Dossier | None) -> Done:
        after = self._register(command) if isinstance(command, Register) else None
        after = after or self._moved(kind, command, on)
        after = replace(after, case=_settled(after))
        self.dossiers[after.case.id] = after
        done = Done(f"cmd-{len(self.sent)}", kind, after.case.id, after.case.number)
        facts = {"unit": after.case.lead_unit or ""}
        self._before[done.cmd_id] = (Undoable(done, self._now, facts), on)
        self._log(done, asdict(command))
        return done

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

    def _register(self, wish: Register) -> Dossier:
        n = len(self.dossiers)
        return Dossier(
            Case(
                id=f"case-{n:03}",
                district=DISTRICT,
                number=f"SZPS20261123{n:06}A1B{n % 10}",
                status=CaseStatus.REGISTERED,
                title=wish.title or wish.narrative[:20],
                narrative=wish.narrative,
                nature=wish.nature,
                category=wish.category,
                channel=wish.channel,
                address=wish.address,
                street=wish.street,
                community=wish.community,
                registered_at=self._now,
                registered_by=self._me.login,
                edition="PS4",
                due_at=self._now + timedelta(hours=2),
                due_clock="K1",
            )
        )

    def _moved(self, kind: str, command: Command, on: Dossier | None) -> Dossier:
        assert on is not None
        for rule in rules_of(kind, self._me.role):
            if rule.is_insert:
                made = self._made(rule.table, str(rule.after), command, on)
                on = on if made.id in _ids(on) else on.with_row(made)
            else:
                on = self._moved_row(rule.table, rule.before, rule.after, command, on)
        named = {name: getattr(command, name) for name in _AMENDED if _gives(command, name)}
        stamp = {_TIMES[kind]: self._now} if kind in _TIMES else {}
        return replace(on, case=replace(on.case, **named, **stamp))

    def _moved_row(
        self, table: str, before: str | None, after: str | None, command: Command, on: Dossier
    ) -> Dossier:
        rows = {"case_file": (on.case,), "task": on.live_tasks, "request": on.requests}
        for row in rows.get(table, ()):
            wanted = getattr(command, f"{table}_id", row.id)
            if after and row.status == before and row.id == wanted:
                moved: Any = replace(row, status=type(row.status)(after))
                return on.with_row(moved)
        return on

    def _made(self, table: str, after: str, command: Command, on: Dossier) -> Any:
        kind = TABLES[table]
        has = {one.name for one in fields(kind)}
        known = {
            "id": f"{table}-{len(self.sent)}",
            "district": DISTRICT,
            "case_id": on.case.id,
            "status": TaskStatus(after) if table == "task" else after,
            "kind": getattr(command, "notice_kind", "2" if table == "notice" else "RETURN"),
            "text": getattr(command, "text", "") or getattr(command, "notice", ""),
            "made_by": self._me.login,
            "asked_by": self._me.login,
            "dispatched_by": self._me.login,
            **dict.fromkeys(("made_at", "asked_at", "dispatched_at"), self._now),
        }
        said = {name: getattr(command, name) for name in has if hasattr(command, name)}
        return kind(**{**{k: v for k, v in known.items() if k in has}, **said})

    def _cases(self, queue: Queue, now: datetime) -> list[Dossier]:
        def belongs(case: Case) -> bool:
            if queue is Queue.ALL:
                return True
            if queue is Queue.OVERDUE:
                return case.due_at is not None and case.due_at < now
            return case.stage == Stage(queue.value)

        return [one for one in self.dossiers.values() if belongs(one.case)]

    def _matches(self, row: QueueRow, wanted: Filter) -> bool:
        text = wanted.text.strip()
        if text and text not in row.title + row.number + row.address:
            return False
        pairs = (
            (wanted.street, row.street),
            (wanted.community, row.community),
            (wanted.unit, row.lead_unit),
            (wanted.channel, row.channel),
            (wanted.nature, row.nature),
            (wanted.grade, row.grade),
        )
        below = wanted.category is None or (row.category or "").startswith(wanted.category)
        return below and all(ask is None or ask == has for ask, has in pairs)

    def _view(self, on: Dossier) -> CaseView:
        free = ("register", "import_record", "undo")
        verbs = tuple(k for k in KINDS if k not in free and may(k, self._me.role, on))
        likely = _SUGGESTED.get(on.case.stage)
        cousins = [
            _row(one)
            for one in self.dossiers.values()
            if one.case.reporter_key == on.case.reporter_key and one.case.id != on.case.id
        ]
        return CaseView(
            dossier=on,
            ledgers=tuple(self._ledgers(on)),
            timeline=(self._born(on.case), *self.timelines.get(on.case.id, [])),
            verbs=verbs,
            suggested=likely if likely in verbs else None,
            edition=on.case.edition,
            by_analogy=on.case.by_analogy,
            cousins=tuple(cousins[:5]),
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

    def _ledgers(self, on: Dossier) -> list[Ledger]:
        policy = self._setting.editions.by_code("PS4")
        calendar = Calendar(self._setting.holidays, policy.shifts, policy.code)
        first = Terms(Limit(2, LimitUnit.WORK_HOUR), "PS4", 11, Origin.PROP)
        spans = [
            measure(
                Clock.K1, on.case.id, first, Span(on.case.registered_at, on.case.filed_at), calendar
            )
        ]
        if on.case.filed_at:
            half = Terms(Limit(30, LimitUnit.CLOCK_MINUTE), "PS4", 13, Origin.PROP)
            sent = on.tasks[0].dispatched_at if on.tasks else None
            spans.append(
                measure(Clock.K2, on.case.id, half, Span(on.case.filed_at, sent), calendar)
            )
        for task in on.tasks:
            days = Terms(Limit(5, LimitUnit.WORK_DAY), "PS4", 15, Origin.PROP)
            spans.append(measure(Clock.K5, task.id, days, Span(task.dispatched_at), calendar))
        return spans


_AMENDED = ("title", "narrative", "address", "street", "community", "nature", "category", "grade")


def _gives(command: Command, name: str) -> bool:
    return not isinstance(command, Register) and getattr(command, name, None) is not None


def _ids(on: Dossier) -> set[str]:
    return {row.id for name in CHILDREN.values() for row in getattr(on, name)}


def _settled(on: Dossier) -> Case:
    stages = {
        CaseStatus.REGISTERED: Stage.FILING,
        CaseStatus.VERIFYING: Stage.FILING,
        CaseStatus.FILED: Stage.DISPATCH,
        CaseStatus.PENDING_CLOSURE: Stage.CLOSURE,
        CaseStatus.REWORK: Stage.DISPOSAL,
    }
    states = {task.status for task in on.live_tasks}
    stage = stages.get(on.case.status, Stage.ENDED)
    if on.case.status is CaseStatus.DISPATCHED:
        stage = Stage.DISPOSAL
        stage = Stage.SIGN if TaskStatus.PENDING_SIGN in states else stage
        stage = Stage.RETURNED if TaskStatus.RETURN_REVIEW in states else stage
    live = on.live_tasks
    due = None if stage is Stage.ENDED else on.case.due_at
    return replace(on.case, stage=stage, lead_unit=live[-1].unit if live else None, due_at=due)


def _row(on: Dossier) -> QueueRow:
    case = on.case
    names = [name for name in QueueRow.__slots__ if name != "is_unsent"]
    return QueueRow(**{name: getattr(case, name) for name in names})


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
