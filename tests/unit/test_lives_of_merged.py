"""A few cases in everybody's hands, merged and parted again: no reporter lost, no clock reset, nothing half-done."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.case import ENDED, OPEN_TASKS, TABLE_OF
from app.domain.commands import (
    AddAssist,
    ApproveReturn,
    AskReturn,
    Close,
    Dispatch,
    File,
    Handle,
    Merge,
    OrderRework,
    RaiseGrade,
    Sign,
    Unmerge,
    kind_of,
)
from app.domain.deadlines import ledgers, settle
from app.domain.effects import wire_of
from app.domain.folding import all_folded, rows_of
from app.domain.measures.disposal import grounds_for_rework
from app.domain.refused import Refused
from app.domain.rules import RULES, undo_of
from app.domain.terms import CaseStatus, Grade, Role, Stage
from app.services.checks import Held, RuleBook, check, well_formed
from app.services.envelope import Envelope, decode, encode, wish_of
from app.services.local import Entry
from app.services.queries import Operator
from app.services.scope import scope_of
from app.services.undoing import can_undo, undo
from app.services.wishes import command_of
from tests.graphs import UNIT, Graph
from tests.kit import MORNING, a_unit, setting, someone

BOOK = RuleBook(RULES)
ACTORS = (someone(), someone(Role.SHIFT_LEADER), someone(Role.UNIT_HANDLER, UNIT))
CASES = 4
WENT_OUT = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)


def rows_by_key(graph):
    return {
        (TABLE_OF[type(row)], row.id): wire_of(row)
        for on in graph.cases.values()
        for row in rows_of(on)
    }


def held(graph):
    rows = rows_by_key(graph)
    scopes = {id_: scope_of(wire_of(on.case), ()) for id_, on in graph.cases.items()}
    units = {id_: row["unit"] for (table, id_), row in rows.items() if table == "task"}
    return rows, scopes, units


def wishes(graph, one, two):
    """Well-meant commands about a case as it stands, most of all those that concern another too."""
    on = graph.cases[one]
    task = on.tasks[-1].id if on.tasks else "none"
    request = on.requests[-1].id if on.requests else "none"
    moment = graph.moment(File(case_id=one), ACTORS[0])
    ground = grounds_for_rework(on, moment)[0].code
    back = {"reason": "WRONG_AREA", "text": "非辖区", "proper_unit": a_unit(5), "basis": "清单"}
    return [
        Merge(case_id=one, members=(two,)),
        Merge(case_id=one, members=tuple(id_ for id_ in graph.cases if id_ != one)[:2]),
        Unmerge(case_id=one, members=(two,)),
        Unmerge(case_id=one, members=graph.followers(one)),
        File(case_id=one),
        Dispatch(case_id=one, unit=UNIT),
        Sign(case_id=one, task_id=task),
        Handle(case_id=one, task_id=task, result="好", notice="好"),
        Close(case_id=one, criteria=graph.criteria(one)),
        AddAssist(case_id=one, unit=a_unit(1)),
        AskReturn(case_id=one, task_id=task, **back),
        ApproveReturn(case_id=one, request_id=request),
        OrderRework(case_id=one, criterion=ground, text="再办"),
        RaiseGrade(case_id=one, grade=Grade.B),
    ]


class Merged(RuleBasedStateMachine):
    """Checked after every step as the store would check it."""

    @initialize()
    def begins(self):
        self.graph = Graph(MORNING)
        self.ids = [self.graph.registered(7) for _ in range(CASES)]
        self.numbers = {one: self.graph.case(one).number for one in self.ids}
        self.begun = {}
        self.last = None

    @rule(
        who=st.sampled_from(ACTORS),
        at=st.integers(0, CASES - 1),
        other=st.integers(1, CASES - 1),
        pick=st.integers(0, 13),
        minutes=st.integers(0, 300),
    )
    def somebody_acts(self, who, at, other, pick, minutes):
        graph = self.graph
        graph.now += timedelta(minutes=minutes)
        one, two = self.ids[at], self.ids[(at + other) % CASES]
        self._tries(wishes(graph, one, two)[pick], who)

    @rule(at=st.integers(0, CASES - 1), minutes=st.integers(0, 300))
    def it_goes_on(self, at, minutes):
        """The next step on the way of a case, by whoever takes it."""
        self.graph.now += timedelta(minutes=minutes)
        one = self.ids[at]
        _, _, _, _, file, dispatch, sign, handle, close, *_ = wishes(self.graph, one, one)
        clerk, _, unit = ACTORS
        steps = ((file, clerk), (dispatch, clerk), (sign, unit), (handle, unit), (close, clerk))
        any(self._tries(command, who) for command, who in steps)

    def _tries(self, command, who):
        try:
            decision = self.graph.decided(command, who)
        except Refused:
            return False
        wish = wish_of(command)
        self._keep(kind_of(command), command.case_id, decision, who, wish)
        assert command_of(kind_of(command), wish) == command
        return True

    @rule()
    def it_is_taken_back(self):
        """Whatever was done last and stands: every row of every case is as it was."""
        if self.last is None:
            return
        entry, who = self.last
        rows = rows_by_key(self.graph)
        mine = {
            (one.table, one.id): rows.get((one.table, one.id)) for one in entry.envelope.effects
        }
        if not can_undo(entry, who.role, mine):
            return
        decision = undo(entry, who.role, mine)
        kind, one = undo_of(entry.envelope.kind), entry.envelope.case_id
        self._keep(kind, one, decision, who, {}, undoes=entry.cmd_id)
        self.last = None
        now = rows_by_key(self.graph)
        for key, before in entry.befores.items():
            if before is not None:
                assert {**now[key], "changed_by": ""} == {**before, "changed_by": ""}

    def _keep(self, kind, case_id, decision, who, wish, undoes=None):
        graph = self.graph
        cmd_id = graph.moment(File(case_id=case_id), who).cmd_id
        envelope = Envelope(
            cmd_id=cmd_id,
            kind=kind,
            actor=who.login,
            seat="AAA",
            district=who.district,
            case_id=case_id,
            wish=wish,
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=graph.now,
            undoes=undoes,
        )
        rows, scopes, units = held(graph)
        named = [(one.table, one.id) for one in (*envelope.effects, *envelope.relies_on)]
        known = Held(rows={key: rows.get(key) for key in named}, scopes=scopes, task_units=units)
        viewer = Operator(who.login, who.name, who.role, who.district, who.unit)
        assert decode(encode(envelope)) == envelope
        assert well_formed(envelope, viewer) is None
        if who.unit is None or f"|{who.unit}|" in scopes[case_id]:
            assert check(envelope, viewer, known, BOOK) is None, (
                kind,
                check(envelope, viewer, known, BOOK),
            )
        befores = {key: rows.get(key) for key in named[: len(envelope.effects)]}
        graph.count += 1
        graph.cases |= all_folded(graph.cases, decision.effects, cmd_id)
        entry = Entry(envelope=envelope, body="", number="", befores=befores)
        self.last = (entry, who)

    @invariant()
    def no_reporter_is_lost(self):
        for one, number in getattr(self, "numbers", {}).items():
            assert self.graph.case(one).number == number

    @invariant()
    def every_case_is_settled(self):
        for on in self._all():
            assert settle(on, setting()) == on.case

    @invariant()
    def totals_agree(self):
        for on in self._all():
            followers = [self.graph.case(one) for one in self.graph.followers(on.case.id)]
            assert on.case.members == len(followers)
            assert not (followers and on.case.merged_into)
            for one in followers:
                is_done = on.case.status in WENT_OUT
                assert (one.status is CaseStatus.MERGED) or (is_done and one.status in WENT_OUT)
        ended = [on for on in self._all() if on.case.status in ENDED]
        waits = [on.case for on in ended if on.case.stage is not Stage.VISIT]  # for a call
        assert all(one.stage is Stage.ENDED and one.due_at is None for one in waits)

    @invariant()
    def nothing_ends_with_a_task_open(self):
        for on in self._all():
            if on.case.status in ENDED:
                assert not [one for one in on.live_tasks if one.status in OPEN_TASKS]

    @invariant()
    def no_clock_is_reset(self):
        """A clock of its own begins when it did; one that is shared began sooner, in another case."""
        for on in self._all():
            for one in ledgers(on, setting()):
                if one.matter or one.clock not in ("K1", "K2", "K3", "K5"):
                    continue
                key = on.case.id, one.clock, one.about, one.started if one.clock == "K2" else None
                if one.shared:
                    assert one.started <= self.begun.get(key, one.started)
                else:
                    assert one.started == self.begun.setdefault(key, one.started)

    def _all(self):
        return self.graph.cases.values() if hasattr(self, "graph") else ()


Merged.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestMerged = Merged.TestCase
