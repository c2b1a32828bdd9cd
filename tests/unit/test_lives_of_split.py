"""Cases merged, split, dispatched side by side, returned, extended, taken back: nothing is lost, reset or half-done."""

import os
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.case import ENDED, OPEN_TASKS
from app.domain.commands import (
    AddAssist,
    ApproveRequest,
    ApproveReturn,
    AskCancel,
    AskExtension,
    AskReturn,
    Close,
    Demand,
    Dispatch,
    Handle,
    Merge,
    Reopen,
    Sign,
    Split,
    Unmerge,
    Unsplit,
    Void,
    kind_of,
)
from app.domain.deadlines import ledgers, settle
from app.domain.folding import all_folded
from app.domain.refused import Refused
from app.domain.rules import RULES, undo_of
from app.domain.terms import CaseStatus, Role
from app.services.checks import Held, RuleBook, check, well_formed
from app.services.envelope import Envelope, decode, encode, wish_of
from app.services.local import Entry
from app.services.parting import wrong
from app.services.queries import Operator
from app.services.scope import scope_of
from app.services.undoing import can_undo, undo
from app.services.wishes import command_of
from tests.graphs import UNIT, Graph
from tests.kit import MORNING, a_unit, setting, someone
from tests.unit.test_lives_of_merged import rows_by_key

BOOK = RuleBook(RULES)
CLERK, BOSS, UNIT_PERSON = someone(), someone(Role.DIRECTOR), someone(Role.UNIT_HANDLER, UNIT)
ACTORS = (CLERK, BOSS, UNIT_PERSON)
REPORTS = 3
GONE = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE, CaseStatus.COMMENDED)
BACK = {"reason": "WRONG_AREA", "text": "非辖区", "proper_unit": a_unit(5), "basis": "清单"}
TWO = (Demand(narrative="甲事请办。"), Demand(narrative="乙事请办。"))


def wishes(graph, one, two):
    """Well-meant commands about a case as it stands, most of all the special ones."""
    on = graph.cases[one]
    task = on.tasks[-1].id if on.tasks else "none"
    request = on.requests[-1].id if on.requests else "none"
    asked = on.requests[-1].kind if on.requests else "EXTENSION"
    return (
        Dispatch(case_id=one, unit=UNIT),
        Sign(case_id=one, task_id=task),
        Handle(case_id=one, task_id=task, result="好", notice="好", method="RECORD"),
        Close(case_id=one, criteria=graph.criteria(one)),
        Split(case_id=one, demands=TWO),
        Unsplit(case_id=one),
        Merge(case_id=one, members=(two,)),
        Unmerge(case_id=one, members=graph.followers(one)),
        Dispatch(case_id=one, unit=UNIT, assists=(a_unit(1),)),
        AddAssist(case_id=one, unit=a_unit(1)),
        AskReturn(case_id=one, task_id=task, **BACK),
        ApproveReturn(case_id=one, request_id=request),
        AskExtension(case_id=one, task_id=task, value=1, reason="WEATHER", text="等材料"),
        AskCancel(case_id=one, task_id=task, text="撤诉"),
        ApproveRequest(case_id=one, request_id=request, what=asked, notice="取消", method="RECORD"),
        Void(case_id=one, reason="错"),
        Reopen(case_id=one, text="再办"),
    )


class Parted(RuleBasedStateMachine):
    """Checked after every step as a store would check it."""

    @initialize()
    def begins(self):
        self.graph = Graph(MORNING)
        self.reports = [self.graph.filed(7) for _ in range(REPORTS)]
        self.numbers = {one: self.graph.case(one).number for one in self.reports}
        self.filed = {one: self.graph.case(one).filed_at for one in self.reports}
        self.begun = {}
        self.last = None

    @rule(
        who=st.sampled_from(ACTORS),
        at=st.integers(0, 11),
        other=st.integers(0, 11),
        pick=st.integers(0, 16),
        minutes=st.integers(0, 300),
    )
    def somebody_acts(self, who, at, other, pick, minutes):
        self.graph.now += timedelta(minutes=minutes)
        ids = [*self.graph.cases]
        one, two = ids[at % len(ids)], ids[other % len(ids)]
        self._tries(wishes(self.graph, one, two)[pick], who)

    @rule(at=st.integers(0, 11), minutes=st.integers(0, 300))
    def it_goes_on(self, at, minutes):
        """The next step on the way of a case, by whoever takes it."""
        self.graph.now += timedelta(minutes=minutes)
        one = [*self.graph.cases][at % len(self.graph.cases)]
        dispatch, sign, handle, close, *_ = wishes(self.graph, one, one)
        steps = ((dispatch, CLERK), (sign, UNIT_PERSON), (handle, UNIT_PERSON), (close, CLERK))
        any(self._tries(command, who) for command, who in steps)

    @rule(at=st.integers(0, REPORTS - 1))
    def it_is_split(self, at):
        self._tries(Split(case_id=self.reports[at], demands=TWO), CLERK)

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
        """Whatever was done last and stands: every row is as it was, and what it made is off the books."""
        if self.last is None:
            return
        entry, who = self.last
        rows = rows_by_key(self.graph)
        mine = {
            (one.table, one.id): rows.get((one.table, one.id)) for one in entry.envelope.effects
        }
        if not can_undo(entry, who.role, mine):
            return
        decision = undo(entry, who.role, mine, self.graph.now)
        kind, one = undo_of(entry.envelope.kind), entry.envelope.case_id
        self._keep(kind, one, decision, who, {}, undoes=entry.cmd_id)
        self.last = None
        now = rows_by_key(self.graph)
        for key, before in entry.befores.items():
            if before is not None:
                assert {**now[key], "changed_by": ""} == {**before, "changed_by": ""}
            elif key[0] == "case_file":
                assert now[key]["status"] == "VOID"

    def _keep(self, kind, case_id, decision, who, wish, undoes=None):
        graph = self.graph
        cmd_id = graph.moment(Sign(case_id=case_id, task_id=""), who).cmd_id
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
        self._is_taken_by_a_store(envelope, who)
        rows = rows_by_key(graph)
        befores = {(one.table, one.id): rows.get((one.table, one.id)) for one in envelope.effects}
        graph.count += 1
        graph.cases |= all_folded(graph.cases, decision.effects, cmd_id)
        self.last = (Entry(envelope=envelope, body="", number="", befores=befores), who)

    def _is_taken_by_a_store(self, envelope, who):
        graph, rows = self.graph, rows_by_key(self.graph)
        scopes = {id_: scope_of(rows["case_file", id_], ()) for id_ in graph.cases}
        units = {id_: row["unit"] for (table, id_), row in rows.items() if table == "task"}
        named = [(one.table, one.id) for one in (*envelope.effects, *envelope.relies_on)]
        known = Held(rows={key: rows.get(key) for key in named}, scopes=scopes, task_units=units)
        viewer = Operator(who.login, who.name, who.role, who.district, who.unit)
        assert decode(encode(envelope)) == envelope
        assert well_formed(envelope, viewer) is None
        assert wrong(envelope, rows["case_file", envelope.case_id]) is None
        if who.unit is None or f"|{who.unit}|" in scopes[envelope.case_id]:
            said = check(envelope, viewer, known, BOOK)
            assert said is None, (envelope.kind, said)

    @invariant()
    def no_reporter_is_lost_and_no_number_comes_twice(self):
        for one, number in getattr(self, "numbers", {}).items():
            assert self.graph.case(one).number == number
        numbers = [on.case.number for on in self._all()]
        assert len(numbers) == len({*numbers})

    @invariant()
    def every_case_is_settled(self):
        for on in self._all():
            assert settle(on, setting()) == on.case

    @invariant()
    def a_report_counts_its_parts_and_is_over_with_the_last(self):
        for on in self._all():
            parts = [one.case for one in self._all() if one.case.split_from == on.case.id]
            left = [one for one in parts if one.status is not CaseStatus.VOID]
            if on.case.split_at is None:
                assert (on.case.parts, on.case.parts_open, left) == (0, 0, [])
                continue
            open_ = [one for one in left if one.status not in ENDED]
            assert (on.case.parts, on.case.parts_open) == (len(left), len(open_))
            assert (on.case.status is CaseStatus.SPLIT) == bool(open_)
            assert (on.case.closed_at is None) == bool(open_)
            if not open_:
                late = any(one.status is CaseStatus.CLOSED_OVERDUE for one in left)
                states = {True: "CLOSED_OVERDUE", False: "CLOSED_ON_TIME"}
                assert on.case.status == (states[late] if left else "VOID")

    @invariant()
    def followers_are_counted(self):
        for on in self._all():
            followers = [self.graph.case(one) for one in self.graph.followers(on.case.id)]
            assert on.case.members == len(followers)
            assert not (followers and on.case.merged_into)

    @invariant()
    def nothing_ends_with_a_task_open(self):
        for on in self._all():
            if on.case.status in ENDED:
                assert not [one for one in on.live_tasks if one.status in OPEN_TASKS]

    @invariant()
    def one_reporter_is_owed_one_visit(self):
        for on in self._all():
            owed = [one for one in on.visits if one.status in ("OPEN", "BAD", "EXPLAINED")]
            assert len(owed) <= (on.case.status in GONE)
            assert not (owed and on.case.split_from)

    @invariant()
    def no_clock_is_reset(self):
        """A clock of its own begins when it did; a part's no later than that of its report."""
        for on in self._all():
            case = on.case
            if case.split_from:
                assert case.filed_at == self.filed[case.split_from]
            for one in ledgers(on, setting()):
                if one.matter or one.clock not in ("K1", "K2", "K3", "K5"):
                    continue
                key = case.id, one.clock, one.about, one.started if one.clock == "K2" else None
                if one.shared:
                    assert one.started <= self.begun.get(key, one.started)
                else:
                    assert one.started == self.begun.setdefault(key, one.started)

    def _all(self):
        return tuple(self.graph.cases.values()) if hasattr(self, "graph") else ()


IS_SOAK = bool(os.environ.get("FENBO_SOAK"))
Parted.TestCase.settings = settings(
    max_examples=150 if IS_SOAK else 20, stateful_step_count=40 if IS_SOAK else 22, deadline=None
)
TestParted = Parted.TestCase
