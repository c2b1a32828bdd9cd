"""What a shift leader's page counts: every number is the length of the list that it opens."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.case import ASKED
from app.domain.terms import CaseStatus, Stage
from app.services.filters import UNCLAIMED, Filter
from app.services.loads import CLAIMABLE, WAITING, Loads, Tally
from app.services.local import Keep
from app.services.queries import Queue, WindowQuery
from db.replica import loads
from db.replica.store import SqliteReplica
from tests.store.replicas import NOW, case, change, fill, opened
from tests.store.test_replica import Row, asking, cases


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[SqliteReplica]:
    one = opened(tmp_path)
    yield one
    one.close()


def rows(replica: SqliteReplica, queue: Queue, **wish: Any) -> int:
    """How many cases the list holds that a number opens, told by its rows and not by its total."""
    query = WindowQuery(queue=queue, now=NOW, filter=Filter(**wish))
    return len(replica.window(query).rows)


def counted(replica: SqliteReplica, queue: Queue, **wish: Any) -> Tally:
    """The lengths of the five lists that a line of numbers opens."""
    held = {} if "holder" in wish else {"holder": UNCLAIMED}
    lists = ({}, {"is_late": True}, {"is_soon": True}, {"is_returned": True})
    unclaimed = rows(replica, queue, **wish, **held) if held else 0
    return Tally(*(rows(replica, queue, **wish, **one) for one in lists), unclaimed)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(cases, st.lists(st.tuples(st.integers(0, 11), cases), max_size=4))
def test_every_number_is_the_length_of_its_list(
    replica: SqliteReplica, drawn: list[Row], changes: list[tuple[int, list[Row]]]
):
    """Also after cases have come to lie elsewhere, and some were lost."""
    replica.renew(broken=False)
    fill(replica, [case(f"{at:04}", **row) for at, row in enumerate(drawn)])
    for at, other in changes:
        if at < len(drawn) and other:
            change(replica, f"{at:04}", **other[0])
    if len(drawn) > 2:
        key = "case_file", "0000"
        replica.keep(Keep(writes={key: (replica.rows([key])[key], None)}))
    found = replica.loads(NOW)
    for queue in WAITING:
        assert found.queues[queue] == counted(replica, queue), queue
    assert found.all == counted(replica, Queue.ALL, is_open=True)
    for login, tally in found.people.items():
        assert tally == counted(replica, Queue.ALL, is_open=True, holder=login)
    for unit, tally in found.units.items():
        assert tally == counted(replica, Queue.ALL, is_open=True, unit=unit)


def test_whoever_has_most_comes_first_and_a_case_of_two_units_counts_for_each(
    replica: SqliteReplica,
):
    out = {"status": CaseStatus.DISPATCHED, "stage": Stage.SIGN}
    fill(
        replica,
        [
            case("1", units="|roads|", **out),
            case("2", units="|roads|water|", **out),
            case("3", stage=Stage.DISPATCH, holder="li"),
            case("4", stage=Stage.DISPATCH),
            case("5", stage=Stage.ENDED, units="|roads|", holder="li"),
        ],
    )
    found = replica.loads(NOW)
    assert [(unit, one.waiting) for unit, one in found.units.items()] == [
        ("roads", 2),
        ("water", 1),
    ]
    assert {login: one.waiting for login, one in found.people.items()} == {"li": 1}
    assert found.queues[Queue.DISPATCH].unclaimed == 1
    assert found.all.waiting == 4


def test_the_oldest_is_told_since_it_was_registered_or_asked_for(replica: SqliteReplica):
    late, later = NOW.replace(hour=1), NOW.replace(hour=2)
    fill(
        replica,
        [
            case("1", stage=Stage.FILING, registered_at=later),
            case("2", stage=Stage.FILING, registered_at=late),
            case("3", stage=Stage.RETURNED, registered_at=late, asked_at=later),
            case("4", stage=Stage.SIGN, status=CaseStatus.DISPATCHED, registered_at=late),
            case("5", stage=Stage.ENDED, registered_at=late),
        ],
    )
    replica.keep(Keep(writes=dict([asking("4", ASKED)])))
    found = replica.loads(NOW)
    assert found.oldest == {
        Queue.FILING: late,
        Queue.RETURNED: later,
        Queue.SIGN: late,
        Queue.ASKED: NOW,
    }
    assert found.queues[Queue.ASKED].waiting == rows(replica, Queue.ASKED) == 1


def test_where_nothing_waits_every_number_is_nought(replica: SqliteReplica):
    found = replica.loads(NOW)
    assert found == Loads()
    assert set(found.queues.values()) == {Tally()}
    assert set(CLAIMABLE) < set(found.queues)
    assert found.people == found.units == {}


def test_no_number_is_found_by_reading_all_cases(replica: SqliteReplica):
    plans: list[str] = []
    replica._db.set_trace_callback(plans.append)
    replica.loads(NOW)
    replica._db.set_trace_callback(None)
    read = [one for one in plans if "case_file" in one]
    assert len(read) >= len(WAITING)
    for sql in read:
        steps = [row[3] for row in replica._db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any("SCAN case_file" in step for step in steps), (sql, steps)
    (heaps,) = [one for one in plans if " FROM load " in one]
    plan = " ".join(row[3] for row in replica._db.execute(f"EXPLAIN QUERY PLAN {heaps}"))
    assert "COVERING INDEX ix_load" in plan
    assert loads.HEAPS.count("?") == 3
