"""Earlier cases of a replica: like texts, who solved such cases, where a name lies; each number is exactly its list."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.terms import CaseStatus, Stage
from app.services.queries import Queue, WindowQuery
from db.replica.store import SqliteReplica
from tests.store.replicas import NOW, case, change, fill, opened

LAMP = "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了，晚上学生回家很危险"
NOISE = "楼下的工地每天半夜十一点还在打桩，老人和孩子都睡不着觉"
ENDED = {"status": CaseStatus.CLOSED_ON_TIME, "stage": Stage.ENDED}


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[SqliteReplica]:
    one = opened(tmp_path)
    yield one
    one.close()


def ids(replica: SqliteReplica, text: str, days: float = 30, most: int = 9) -> list[str]:
    return [one.id for one in replica.past.near(text, NOW - timedelta(days=days), most)]


def test_a_case_is_found_by_its_words_as_soon_as_it_is_here(replica):
    old = NOW - timedelta(days=31)
    fill(replica, [case(f"n{one}", narrative=NOISE) for one in range(3)])
    assert ids(replica, LAMP) == []
    fill(replica, [case("a", narrative=LAMP), case("b", narrative=LAMP[:-9])])
    fill(replica, [case("old", narrative=LAMP, registered_at=old)])
    assert ids(replica, LAMP) == ["a", "b"]
    assert set(ids(replica, LAMP, 32)) == {"a", "b", "old"}
    assert ids(replica, LAMP, most=1) == ["a"]
    change(replica, "a", narrative=NOISE)
    assert ids(replica, LAMP)[0] == "b"


def test_nothing_is_like_a_text_of_nothing_nor_anything_in_an_empty_copy(replica):
    assert ids(replica, LAMP) == []
    fill(replica, [case("a", narrative=LAMP), case("b", narrative=LAMP)])
    assert ids(replica, "") == ids(replica, '"AND* ') == ids(replica, "某某某") == []
    replica.renew(broken=False)
    assert ids(replica, LAMP) == []


def led(number: int, unit: str, days: float, **more):
    when = {"dispatched_at": NOW, "closed_at": NOW + timedelta(days=days)}
    about = {"category": "0101", "community": "C1", "lead_unit": unit, "units": f"|{unit}|"}
    return case(f"{unit}{number}", **{**ENDED, **when, **about, **more})


def test_who_solved_such_cases_is_told_with_days_and_returns_and_exactly_their_lists(replica):
    fill(replica, [led(one, "water", one, return_count=one % 2) for one in range(1, 6)])
    fill(replica, [led(9, "roads", 7), led(8, "roads", 7, community=None)])
    fill(replica, [case("open", category="0101", community="C1", lead_unit="water")])
    fill(replica, [led(7, "water", 90, community="C2"), led(6, "water", 90, category="02")])
    first, second = replica.past.solvers("0101", "C1")
    assert (first.unit, first.cases, first.days, first.returned) == ("water", 5, 3.0, 3)
    assert (second.unit, second.cases, second.solved.community) == ("roads", 2, None)
    assert first.share > second.share
    for one in (first, second):
        for wish, many in ((one.solved, one.cases), (one.back, one.returned)):
            assert replica.window(WindowQuery(queue=Queue.ALL, now=NOW, filter=wish)).total == many


def test_without_evidence_nothing_is_told(replica):
    fill(replica, [led(one, "water", 1) for one in range(2)])
    assert replica.past.solvers("0101", "C1") == ()
    assert replica.past.solvers("0101", None) == ()
    assert replica.past.solvers("unknown", None) == ()
    fill(replica, [led(2, "water", 1)])
    assert [one.cases for one in replica.past.solvers("0101", None)] == [3]


def test_where_a_name_lies_is_counted(replica):
    places = {"a": "C1", "b": "C1", "c": None, "d": "C2"}
    fill(replica, [case(one, address="锦绣花园3栋", community=at) for one, at in places.items()])
    fill(replica, [case("e", address="锦绣大厦", community="C2")])
    assert replica.past.placed("锦绣花园") == {"C1": 2, "C2": 1}
    assert replica.past.placed("") == {}
