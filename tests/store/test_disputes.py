"""Disputes at both central stores: the ruling moves the case, and nobody forges or repeats one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.case import Coordination, Request, Task
from app.domain.effects import Insert, Set, insertion
from app.domain.terms import TaskPart
from db.central.verify import verify_link
from tests.store.town import Town, wire


class Dispute:
    """A case of the water unit that a leader coordinates."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.case_id, self.task_id, self.base = town.dispatched("water")
        self.one = Coordination(
            id=town.new_id(),
            district="pingshan",
            case_id=self.case_id,
            status="OPEN",
            why="ASKED",
            text="两家推诿",
            opened_at=town.clock.now,
        )

    def opens(self, login: str = "zhao"):
        case = Set("case_file", self.case_id, {"stage": "RETURNED"}, self.base)
        made = insertion(self.one)
        return self.town.envelope(login, "open_coordination", self.case_id, case, made)

    def opened(self) -> str:
        self.base = self.town.done(self.opens())
        return self.base

    def convenes(self, login: str = "wu", units: str = "|water|roads|"):
        values = {
            "status": "CONVENED",
            "meets_at": wire(self.town.clock.now + timedelta(days=1)),
            "place": "二楼",
            "units": units,
            "convened_at": wire(self.town.clock.now),
        }
        move = Set("coordination", self.one.id, values, self.of("coordination", self.one.id))
        return self.town.envelope(login, "convene_coordination", self.case_id, move)

    def rules(self, login: str = "zhao", **more):
        """The roads unit has it from now on."""
        now = wire(self.town.clock.now)
        new = self.town.task(self.case_id, "roads", part=TaskPart.LEAD)
        gone = Set(
            "task",
            self.task_id,
            {"status": "REDISPATCHED", "returned_at": now},
            self.of("task", self.task_id),
        )
        ruled = {
            "status": "RULED",
            "minutes": "两家到会",
            "ruling": "属道路",
            "unit": "roads",
            "ruled_at": now,
            **more,
        }
        move = Set("coordination", self.one.id, ruled, self.of("coordination", self.one.id))
        case = Set(
            "case_file",
            self.case_id,
            {"units": "|roads|", "lead_unit": "roads", "stage": "SIGN"},
            self.of("case_file", self.case_id),
        )
        effects = (case, gone, insertion(new), move)
        return self.town.envelope(login, "rule_coordination", self.case_id, *effects)

    def of(self, table: str, id_: str) -> str:
        """The command that last touched a row."""
        (found,) = self.town.link.row(f"SELECT changed_by FROM {table} WHERE id = ?", (id_,))
        return found

    def row(self, column: str):
        (found,) = self.town.link.row(
            f"SELECT {column} FROM coordination WHERE id = ?", (self.one.id,)
        )
        return found


@pytest.fixture
def dispute(town: Town) -> Dispute:
    return Dispute(town)


def test_it_is_opened_convened_and_ruled_by_leaders_and_the_store_says_who_did(dispute: Dispute):
    town = dispute.town
    assert town.send(dispute.opens("li")).why == "role"
    assert town.send(dispute.opens("ann")).why == "role"
    dispute.opened()
    assert dispute.row("opened_by") == "zhao"
    town.done(dispute.convenes())
    assert (dispute.row("status"), dispute.row("convened_by")) == ("CONVENED", "wu")
    town.done(dispute.rules())
    assert (dispute.row("status"), dispute.row("ruled_by")) == ("RULED", "zhao")
    (status,) = town.link.row("SELECT status FROM task WHERE id = ?", (dispute.task_id,))
    assert status == "REDISPATCHED"
    assert verify_link(town.link, town.sealer).is_sound


def test_a_ruling_is_made_once_and_of_two_leaders_one_is_heard(dispute: Dispute):
    dispute.opened()
    first, second = dispute.rules("zhao"), dispute.rules("wu")
    dispute.town.done(first)
    assert dispute.town.send(second).status == "conflict"
    assert dispute.town.send(dispute.convenes()).why == "move"


def test_a_ruling_moves_nothing_that_is_not_its_own(dispute: Dispute):
    """Neither a limit nor a result, and no task that was handled."""
    dispute.opened()
    honest = dispute.rules()
    for values in ({"status": "DONE"}, {"status": "REDISPATCHED", "result": "好"}):
        forged = tuple(
            replace(one, values=values) if one.table == "task" and isinstance(one, Set) else one
            for one in honest.effects
        )
        assert dispute.town.send(replace(honest, effects=forged)).status == "denied"
    two = (*honest.effects, insertion(dispute.town.task(dispute.case_id, "bins")))
    assert dispute.town.send(replace(honest, effects=two)).why == "count"


def falls(town: Town, case_id: str, base: str, login: str = "zhao", **more):
    values = {"status": "DISPATCHED", "stage": "SIGN", "units": "|water|", "lead_unit": "water"}
    given = {"fallback": "THIRD_PARTY", "rota": "COVERS", "turn": "roads", **more}
    task: Task = town.task(case_id, "water", **given)
    move = Set("case_file", case_id, values, base)
    return town.envelope(login, "fall_back", case_id, move, insertion(task)), task


def test_a_case_falls_by_a_leaders_word_and_whose_turn_it_was_is_kept(town: Town):
    case_id, base = town.filed()
    assert town.send(falls(town, case_id, base, "li")[0]).why == "role"
    envelope, task = falls(town, case_id, base)
    base = town.done(envelope)
    sql = "SELECT fallback, rota, turn, unit FROM task WHERE id = ?"
    assert town.link.row(sql, (task.id,)) == ("THIRD_PARTY", "COVERS", "roads", "water")
    town.done(town.sign("ann", case_id, task.id, base))
    assert verify_link(town.link, town.sealer).is_sound


def test_what_fell_back_is_taken_back_whole(town: Town):
    case_id, base = town.filed()
    envelope, task = falls(town, case_id, base)
    back = town.done(envelope)
    stood = {
        "status": "FILED",
        "stage": "DISPATCH",
        "units": "",
        "lead_unit": None,
    }
    undo = town.envelope(
        "zhao",
        "undo.fall_back",
        case_id,
        Set("case_file", case_id, stood, back),
        Set("task", task.id, {"status": "CANCELLED"}, back),
    )
    town.done(replace(undo, undoes=back))
    (status,) = town.link.row("SELECT status FROM task WHERE id = ?", (task.id,))
    assert status == "CANCELLED"


def test_a_coordination_hangs_on_a_case_that_is_there(dispute: Dispute):
    stray = Insert(
        "coordination", dispute.one.id, {**insertion(dispute.one).values, "case_id": "nowhere"}
    )
    case = Set("case_file", dispute.case_id, {"stage": "RETURNED"}, dispute.base)
    envelope = dispute.town.envelope("zhao", "open_coordination", dispute.case_id, case, stray)
    assert dispute.town.send(envelope).status in ("missing", "denied")


def test_a_units_return_too_many_brings_the_coordination_along(town: Town):
    case_id, task_id, base = town.dispatched("water")
    asked = Request(
        id=town.new_id(),
        district="pingshan",
        case_id=case_id,
        task_id=task_id,
        status="OPEN",
        asked_at=town.clock.now,
    )
    one = Coordination(
        id=town.new_id(),
        district="pingshan",
        case_id=case_id,
        status="OPEN",
        why="RETURNED",
        opened_at=town.clock.now,
    )
    effects = (
        Set("case_file", case_id, {"stage": "RETURNED", "return_count": 3}, base),
        Set("task", task_id, {"status": "RETURN_REVIEW"}, base),
        insertion(asked),
        insertion(one),
    )
    town.done(town.envelope("ann", "ask_return", case_id, *effects))
    sql = "SELECT opened_by, status FROM coordination WHERE id = ?"
    assert town.link.row(sql, (one.id,)) == ("ann", "OPEN")
    assert verify_link(town.link, town.sealer).is_sound
