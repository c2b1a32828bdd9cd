"""What a seat knows of other cases when one is disputed: turns given, and rulings on the duty list."""

from datetime import timedelta
from pathlib import Path

from app.domain.case import Coordination, Task
from app.domain.effects import wire_of
from app.domain.terms import TaskStatus
from app.services.local import Keep
from db.replica.disputes import _GIVEN
from tests.store.replicas import NOW, case, fill, opened


def task(id_: str, unit: str, status: TaskStatus = TaskStatus.SIGNED, **more) -> Task:
    given = {"rota": "COVERS", "turn": unit, "dispatched_at": NOW, **more}
    return Task(id=id_, district="pingshan", case_id="0001", status=status, unit=unit, **given)


def ruling(id_: str, unit: str, days: int, **more) -> Coordination:
    given = {"status": "RULED", "category": "060111", "amends_from": NOW + timedelta(days=days)}
    return Coordination(
        id=id_,
        district="pingshan",
        case_id="0001",
        unit=unit,
        opened_at=NOW,
        ruled_at=NOW + timedelta(days=days - 1),
        **{**given, **more},
    )


def hung(replica, table: str, rows) -> None:
    """Rows on a case, as the centre's feed brings them."""
    fill(replica, [case("0001")])
    wires = {one.id: {**wire_of(one), "changed_by": "x", "seq": 1} for one in rows}
    replica.keep(Keep(writes={(table, id_): (None, wire) for id_, wire in wires.items()}))


def test_turns_are_counted_from_the_tasks_and_one_taken_back_was_none(tmp_path: Path):
    replica = opened(tmp_path)
    rows = (
        task("a", "MOBILE"),
        task("b", "MOBILE", TaskStatus.DONE),
        task("c", "TELECOM", TaskStatus.CANCELLED, returned_at=NOW),
        task("d", "TELECOM", TaskStatus.CANCELLED),
        task("e", "UNICOM", rota="", turn=""),
    )
    assert replica.known().given == {}
    hung(replica, "task", rows)
    assert replica.known().given == {"COVERS": {"MOBILE": 2, "TELECOM": 1}}
    replica.close()


def test_the_latest_ruling_that_is_in_force_says_whose_a_class_is(tmp_path: Path):
    replica = opened(tmp_path)
    rows = (
        ruling("a", "MOBILE", -9),
        ruling("b", "TELECOM", -3),
        ruling("c", "UNICOM", 2),
        ruling("d", "CABLE", -1, status="WITHDRAWN"),
        ruling("e", "POWER", -1, amends_from=None),
    )
    hung(replica, "coordination", rows)
    known = replica.known()
    assert [one.unit for one in known.amended] == ["MOBILE", "TELECOM", "UNICOM"]
    assert known.duty("060111", NOW).unit == "TELECOM"
    assert known.duty("060111", NOW + timedelta(days=2)).unit == "UNICOM"
    assert known.duty("060111", NOW - timedelta(days=20)) is None
    assert known.duty("050101", NOW) is None
    assert known.duty(None, NOW) is None
    replica.close()


def test_turns_are_found_without_going_through_all_tasks(tmp_path: Path):
    replica = opened(tmp_path)
    plan = replica._db.execute(f"EXPLAIN QUERY PLAN {_GIVEN}").fetchall()
    assert any("ix_rota" in step[-1] for step in plan), plan
    replica.close()
