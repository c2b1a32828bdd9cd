"""What is asked of a leader, at both central stores: decided by the rules, taken by the store, and taken back."""

from dataclasses import replace

import pytest

from app.domain.commands import (
    ApproveRequest,
    AskExtension,
    AskSuspension,
    Attach,
    Command,
    LogBlocker,
    Resume,
    kind_of,
)
from app.domain.decide import decide
from app.domain.effects import Set, insertion, wire_of
from app.domain.folding import rows_of
from app.domain.moment import Moment
from app.domain.running import disposal_of
from app.domain.terms import CaseStatus, TaskStatus
from app.services.envelope import Envelope, wish_of
from app.services.wholes import whole_cases
from db.central.verify import verify_link
from tests.kit import setting
from tests.store.town import Town, everybody, wire

PEOPLE = {one.login: one for one in everybody()}


class Work:
    """One case of the town on which its unit works, decided by the rules and sent to the store."""

    def __init__(self, town: Town) -> None:
        self.town = town
        now = wire(town.clock.now)
        self.case_id, base = town.register(edition="PS-4@1")
        filed = {"status": "FILED", "stage": "DISPATCH", "filed_at": now}
        base = town.done(
            town.envelope("li", "file", self.case_id, Set("case_file", self.case_id, filed, base))
        )
        task = town.task(
            self.case_id, "water", limit_value=5, limit_unit="WORK_DAY", limit_source="PS-4"
        )
        moved = {
            "status": "DISPATCHED",
            "stage": "SIGN",
            "units": "|water|",
            "lead_unit": "water",
            "dispatched_at": now,
        }
        effects = (Set("case_file", self.case_id, moved, base), insertion(task))
        base = town.done(town.envelope("li", "dispatch", self.case_id, *effects))
        town.done(town.sign("ann", self.case_id, task.id, base))

    @property
    def on(self):
        cases = whole_cases(self.town.store("li"))
        return next(one for one in cases if one.case.id == self.case_id)

    @property
    def task(self):
        return self.on.tasks[-1]

    def decided(self, login: str, wish: Command) -> Envelope:
        self.town.clock.forward(minutes=5)
        envelope = self.town.envelope(login, kind_of(wish), self.case_id, wish=wish_of(wish))
        moment = Moment(self.town.clock.now, PEOPLE[login].actor, envelope.cmd_id, setting())
        decision = decide(wish, self.on, moment)
        return replace(envelope, effects=decision.effects, relies_on=decision.relies_on)

    def does(self, login: str, wish: Command) -> Envelope:
        envelope = self.decided(login, wish)
        self.town.done(envelope)
        return envelope

    def asks(self, login: str = "ann") -> None:
        about = {"case_id": self.case_id, "task_id": self.task.id}
        file = Attach(stage="EVIDENCE", name="a.pdf", digest="d", size=1, **about)
        self.does(login, file)
        self.does(login, AskExtension(reason="WEATHER", text="连日暴雨", value=2, **about))

    def approving(self, **more) -> ApproveRequest:
        request = self.on.requests[-1]
        given = {"what": request.kind, "notice": "已延期", **more}
        return ApproveRequest(case_id=self.case_id, request_id=request.id, **given)

    def due(self):
        return disposal_of(self.task, self.on, setting()).due


@pytest.fixture
def work(town: Town) -> Work:
    return Work(town)


def test_more_time_is_granted_by_another_and_can_be_taken_back(work: Work):
    before = work.due()
    work.asks("zhao")
    stood = {row.id: wire_of(row) for row in rows_of(work.on)}
    own = replace(work.decided("wu", work.approving()), actor="zhao")
    assert work.town.send(own).why == "own-request"
    approved = work.does("wu", work.approving())
    assert work.due() > before
    assert work.on.notices[-1].kind == "96"
    back = tuple(
        Set(one.table, one.id, {name: stood[one.id][name] for name in one.values}, approved.cmd_id)
        if one.id in stood
        else Set(one.table, one.id, {"status": "WITHDRAWN"}, approved.cmd_id)
        for one in approved.effects
    )
    undo = work.town.envelope("wu", "undo.approve_request", work.case_id, *back)
    work.town.done(replace(undo, undoes=approved.cmd_id))
    assert work.due() == before
    assert work.task.status is TaskStatus.EXT_REVIEW
    assert verify_link(work.town.link, work.town.sealer).is_sound


def test_a_standstill_is_kept_with_its_end_and_whoever_goes_on_ends_it(work: Work):
    about = {"case_id": work.case_id, "task_id": work.task.id}
    work.does("ann", AskSuspension(text="待检测", **about))
    work.does("zhao", work.approving(notice=""))
    assert work.on.case.status is CaseStatus.SUSPENDED
    assert work.on.case.due_clock == "K12"
    work.does("cao", Resume(case_id=work.case_id))
    assert (work.on.case.status, work.task.status) == (
        CaseStatus.DISPATCHED,
        TaskStatus.SIGNED,
    )
    assert verify_link(work.town.link, work.town.sealer).is_sound


def test_one_thing_asked_for_is_not_granted_as_another(work: Work):
    """The store sees by the state of the task what was asked, whatever a forged wish says."""
    work.asks()
    honest = work.decided("zhao", work.approving())
    forged = tuple(
        replace(one, values={**one.values, "status": "SUSPENDED"}) if one.table == "task" else one
        for one in honest.effects
    )
    answer = work.town.send(replace(honest, effects=forged))
    assert (answer.status, answer.why) == ("denied", "move")
    nothing = tuple(one for one in honest.effects if one.table != "task")
    assert work.town.send(replace(honest, effects=nothing)).why == "count"


def test_a_stranger_asks_for_nothing(work: Work):
    about = {"case_id": work.case_id, "task_id": work.task.id}
    wish = AskSuspension(text="待检测", **about)
    assert work.town.send(replace(work.decided("ann", wish), actor="bo")).status == "missing"


def test_a_blocker_is_granted_as_such_and_the_clock_waits_in_the_store_too(work: Work):
    about = {"case_id": work.case_id, "task_id": work.task.id}
    work.does("ann", Attach(stage="EVIDENCE", name="a.jpg", digest="d", size=1, **about))
    other = next(one.code for one in setting().directory.units if one.code != work.task.unit)
    before = work.due()
    work.does("ann", LogBlocker(text="待迁改", needed_unit=other, **about))
    honest = work.decided("zhao", work.approving(notice=""))
    forged = tuple(
        replace(one, values={**one.values, "status": "STAGED"}) if one.table == "task" else one
        for one in honest.effects
    )
    assert work.town.send(replace(honest, effects=forged)).why == "move"
    work.does("zhao", work.approving(notice=""))
    assert (work.task.status, work.on.requests[-1].proper_unit) == (TaskStatus.BLOCKED, other)
    assert work.due() > before
    work.does("cao", Resume(case_id=work.case_id))
    assert work.task.status is TaskStatus.SIGNED
    assert verify_link(work.town.link, work.town.sealer).is_sound
