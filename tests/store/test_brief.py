"""A morning brief: every number is the length of the list that it opens."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.calendar import local_date
from app.domain.terms import Nature, Stage
from app.services.brief import MOST, Beside, Line, Side, day_over
from app.services.filters import Filter
from app.services.queries import Queue, WindowQuery
from db.replica.store import SqliteReplica
from tests.series import examples
from tests.store.replicas import NOW, case, fill, opened

DAY = day_over(NOW)
#: Around the ends of the three days that are told of.
AT = st.sampled_from(
    [
        NOW + timedelta(days=-day, hours=hour)
        for day in (0, 1, 2, 7, 8)
        for hour in (0, 3, 9, 15, 21)
    ]
)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "registered_at": AT,
            "filed_at": st.none() | AT,
            "refused_at": st.none() | AT,
            "dispatched_at": st.none() | AT,
            "closed_at": st.none() | AT,
            "merged_into": st.sampled_from([None, None, "0000"]),
            "due_at": st.none() | AT,
            "stage": st.sampled_from(Stage),
            "units": st.sampled_from(["", "|water|", "|roads|water|"]),
            "nature": st.sampled_from(Nature),
            "channel": st.sampled_from(["", "12345"]),
            "street": st.sampled_from([None, "S1", "S2"]),
            "category": st.sampled_from([None, "01", "0101", "02"]),
        }
    ),
    max_size=14,
)


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[SqliteReplica]:
    one = opened(tmp_path)
    yield one
    one.close()


def rows(replica: SqliteReplica, queue: Queue = Queue.ALL, **wish: Any) -> int:
    """How many cases a list holds, told by its rows."""
    query = WindowQuery(queue=queue, now=NOW, filter=Filter(**wish))
    return len(replica.window(query).rows)


@settings(
    max_examples=examples(25, 400),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(drawn=CASES)
def test_every_number_is_the_length_of_its_list(replica: SqliteReplica, drawn: list[dict]):
    replica.renew(broken=False)
    fill(replica, [case(f"{at:04}", **row) for at, row in enumerate(drawn)])
    brief = replica.brief(DAY, NOW)
    for line, numbers in brief.flow.items():
        lists = [
            {"registered_from": day, "registered_to": day}
            if line is Line.RECEIVED
            else {"happened": line.happening, "happened_on": day}
            for day in brief.days
        ]
        assert numbers == Beside(*(rows(replica, **one) for one in lists)), line
    for side, shares in brief.sides.items():
        for share in shares:
            lists = [
                {side.value.lower(): share.code, "registered_from": day, "registered_to": day}
                for day in brief.days
            ]
            assert share.number == Beside(*(rows(replica, **one) for one in lists)), side
    assert brief.due == rows(replica, is_open=True, due_on=local_date(NOW))
    assert brief.overdue == rows(replica, Queue.OVERDUE)
    for unit, number in brief.late:
        assert number == rows(replica, is_open=True, is_late=True, unit=unit)


def test_nobody_is_left_out_and_whoever_has_most_comes_first(replica: SqliteReplica):
    at = NOW - timedelta(days=1)
    places = [f"C{n}" for n in range(7) for _ in range(n + 1)]
    fill(replica, [case(f"{n}", registered_at=at, community=one) for n, one in enumerate(places)])
    brief = replica.brief(DAY, NOW)
    assert brief.flow[Line.RECEIVED] == Beside(len(places))
    told = [one.code for one in brief.sides[Side.COMMUNITY]]
    assert told == ["C6", "C5", "C4", "C3", "C2"]
    assert len(told) == MOST[Side.COMMUNITY]


def test_a_report_that_follows_another_is_received_and_not_closed_once_more(replica: SqliteReplica):
    at = NOW - timedelta(days=1)
    ended = {"registered_at": at, "closed_at": at, "stage": Stage.ENDED}
    fill(replica, [case("1", **ended), case("2", merged_into="1", **ended)])
    flow = replica.brief(DAY, NOW).flow
    assert (flow[Line.RECEIVED].day, flow[Line.CLOSED].day) == (2, 1)
