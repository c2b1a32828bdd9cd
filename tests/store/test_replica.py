"""The replica: windows as a naive list would give them, and a file that may be lost at any time."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.case import ASKED, GRANTED, Request
from app.domain.effects import Wire, to_wire, wire_of
from app.domain.terms import CaseStatus, Grade, Nature, Stage
from app.services.filters import UNCLAIMED, Filter
from app.services.local import Fill, Keep, Key
from app.services.ports import Cursor, LogRow
from app.services.queries import Queue, QueueRow, Sort, WindowQuery
from db.opening import files_of
from db.replica.columns import LAYOUT
from db.replica.kin import SUPPLEMENTING
from db.replica.store import SqliteReplica
from db.replica.windows import LARGEST_WINDOW
from tests.store.replicas import NOW, case, change, fill, opened


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[SqliteReplica]:
    one = opened(tmp_path)
    yield one
    one.close()


CLOSED = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
# Windows and counts against a naive list

minutes = st.integers(-3, 3).map(lambda steps: NOW + timedelta(minutes=30 * steps))
cases = st.lists(
    st.fixed_dictionaries(
        {
            "stage": st.sampled_from(Stage),
            "due_at": st.none() | minutes,
            "registered_at": minutes,
            "title": st.sampled_from(["", "a", "积水", "b"]),
            "street": st.sampled_from([None, "S1", "S2"]),
            "community": st.sampled_from([None, "C1"]),
            "category": st.sampled_from([None, "01", "0101", "02"]),
            "lead_unit": st.sampled_from([None, "water"]),
            "units": st.sampled_from(["", "|water|", "|roads|water|"]),
            "grade": st.sampled_from(Grade),
            "status": st.sampled_from([CaseStatus.FILED, *CLOSED]),
            "nature": st.sampled_from(Nature),
            "channel": st.sampled_from(["", "12345"]),
            "holder": st.sampled_from(["", "li", "mei"]),
            "return_count": st.integers(0, 2),
        }
    ),
    max_size=12,
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(["积水", "a"]),
        "street": st.just("S1"),
        "category": st.sampled_from(["01", "0101"]),
        "unit": st.just("water"),
        "solver": st.just("water"),
        "grade": st.sampled_from(Grade),
        "nature": st.sampled_from(Nature),
        "channel": st.just("12345"),
        "registered_from": st.just(date(2026, 3, 2)),
        "registered_to": st.just(date(2026, 3, 2)),
        "holder": st.sampled_from(["li", UNCLAIMED]),
        "is_open": st.booleans(),
        "is_late": st.booleans(),
        "is_soon": st.booleans(),
        "is_returned": st.booleans(),
    },
)
Row = dict[str, Any]


def belongs(row: Row, queue: Queue) -> bool:
    if queue is Queue.ASKED:
        return False  # nobody asks here for anything
    if queue is Queue.ALL:
        return True
    if queue is Queue.MINE:
        return row["holder"] == "li"
    if queue is Queue.OVERDUE:
        is_late = row["due_at"] is not None and row["due_at"] < NOW
        return is_late and row["stage"] is not Stage.ENDED
    return row["stage"] == queue


def passes(row: Row, wish: Filter) -> bool:
    day = (row["registered_at"] + timedelta(hours=8)).date()
    left = None if row["due_at"] is None else row["due_at"] - NOW
    is_open = row["stage"] is not Stage.ENDED
    can_claim = row["stage"] in (Stage.FILING, Stage.DISPATCH, Stage.CLOSURE)
    held = (
        can_claim and not row["holder"]
        if wish.holder == UNCLAIMED
        else row["holder"] == wish.holder
    )
    below = {"01": ("01", "0101"), None: (row["category"],)}
    return all(
        (
            wish.text in row["title"],
            wish.street in (None, row["street"]),
            row["category"] in below.get(wish.category, (wish.category,)),
            wish.unit is None or f"|{wish.unit}|" in row["units"],
            wish.solver is None or (row["lead_unit"] == wish.solver and row["status"] in CLOSED),
            wish.grade in (None, row["grade"]),
            wish.nature in (None, row["nature"]),
            wish.channel in (None, row["channel"]),
            wish.holder is None or held,
            is_open or not (wish.is_open or wish.is_late or wish.is_soon),
            not wish.is_late or (left is not None and left < timedelta()),
            not wish.is_soon or (left is not None and timedelta() <= left < timedelta(hours=1)),
            not wish.is_returned or row["return_count"] > 0,
            wish.registered_from is None or wish.registered_from <= day,
            wish.registered_to is None or day <= wish.registered_to,
        )
    )


KEYS: dict[Sort, Callable[[Row], tuple[Any, ...]]] = {
    Sort.DUE: lambda row: (row["due_at"] or NOW,),
    Sort.REGISTERED: lambda row: (row["registered_at"],),
    Sort.NUMBER: lambda row: (row["id"],),
    Sort.TITLE: lambda row: (row["title"],),
    Sort.PLACE: lambda row: (row["street"] or "", row["community"] or ""),
    Sort.CATEGORY: lambda row: (row["category"] or "",),
    Sort.UNIT: lambda row: (row["lead_unit"] or "",),
    Sort.GRADE: lambda row: (row["grade"], row["registered_at"]),
}


def naively(rows: list[Row], query: WindowQuery) -> list[str]:
    mine = [row for row in rows if belongs(row, query.queue) and passes(row, query.filter)]
    mine.sort(key=lambda row: (*KEYS[query.sort](row), row["id"]), reverse=query.descending)
    if query.sort is Sort.DUE:
        mine.sort(key=lambda row: row["due_at"] is None)
    return [row["id"] for row in mine]


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    cases, filters, st.sampled_from(Queue), st.sampled_from(Sort), st.booleans(), st.integers(0, 3)
)
def test_a_window_is_what_a_naive_list_would_show(
    replica: SqliteReplica,
    drawn: list[Row],
    wish: dict[str, Any],
    queue: Queue,
    sort: Sort,
    descending: bool,
    offset: int,
):
    replica.renew(broken=False)
    rows = [{**row, "id": f"{at:04}"} for at, row in enumerate(drawn)]
    fill(replica, [case(row["id"], **{k: v for k, v in row.items() if k != "id"}) for row in rows])
    query = WindowQuery(
        queue=queue,
        now=NOW,
        filter=Filter(**wish),
        sort=sort,
        descending=descending,
        offset=offset,
        limit=5,
        holder="li",
    )
    expected = naively(rows, query)
    for _ in "again":
        window = replica.window(query)
        assert [row.id for row in window.rows] == expected[offset : offset + 5]
        assert (window.total, window.offset) == (len(expected), offset)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(cases)
def test_counts_are_what_a_naive_list_would_count(replica: SqliteReplica, rows: list[Row]):
    replica.renew(broken=False)
    fill(replica, [case(f"{at:04}", **row) for at, row in enumerate(rows)])
    counts = replica.counts(NOW, "li")
    waiting = [row for row in rows if row["stage"] is not Stage.ENDED]
    late = [row for row in waiting if row["due_at"] and row["due_at"] < NOW]
    soon = [
        row for row in waiting if row["due_at"] and NOW <= row["due_at"] < NOW + timedelta(hours=1)
    ]
    for stage in (one for one in Stage if one is not Stage.ENDED):
        assert counts.waiting[Queue(stage)] == sum(row["stage"] is stage for row in rows)
        assert counts.overdue[Queue(stage)] == sum(row["stage"] is stage for row in late)
        assert counts.soon[Queue(stage)] == sum(row["stage"] is stage for row in soon)
    assert counts.waiting[Queue.OVERDUE] == counts.overdue[Queue.ALL] == len(late)
    assert (counts.waiting[Queue.ALL], counts.soon[Queue.ALL]) == (len(waiting), len(soon))
    mine = [row for row in rows if row["holder"] == "li"]
    late = [row for row in mine if row["due_at"] and row["due_at"] < NOW]
    soon = [
        row for row in mine if row["due_at"] and NOW <= row["due_at"] < NOW + timedelta(hours=1)
    ]
    counted = (counts.waiting, counts.overdue, counts.soon)
    assert [one[Queue.MINE] for one in counted] == [len(mine), len(late), len(soon)]


#: By the half hour, over some hours on both sides, and none at all.
dues = st.none() | st.integers(-9, 9).map(lambda steps: NOW + timedelta(minutes=20 * steps))
states = st.none() | st.tuples(st.sampled_from([Stage.FILING, Stage.SIGN, Stage.ENDED]), dues)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(st.tuples(st.integers(0, 4), states), max_size=25), dues)
def test_what_is_counted_beforehand_follows_every_row_that_comes_changes_and_goes(
    replica: SqliteReplica, steps: list[tuple[int, Any]], later: Any
):
    replica.renew(broken=False)
    here = dict[int, Wire]()
    for at, state in steps:
        before, after = here.pop(at, None), None
        if state is not None:
            after = here[at] = case(f"{at}", stage=state[0], due_at=state[1])
        if before is not None or after is not None:
            replica.keep(Keep(writes={("case_file", f"{at}"): (before, after)}))
    now = later or NOW
    counts = replica.counts(now)
    for stage in (Stage.FILING, Stage.SIGN):
        due = [row["due_at"] for row in here.values() if row["stage"] == stage]
        late = [one for one in due if one is not None and str(one) < str(to_wire(now))]
        assert counts.waiting[Queue(stage)] == len(due)
        assert counts.overdue[Queue(stage)] == len(late)
    assert replica.window(WindowQuery(queue=Queue.ALL, now=now)).total == len(here)
    assert replica.window(WindowQuery(queue=Queue.OVERDUE, now=now)).total == sum(
        counts.overdue[Queue(stage)] for stage in (Stage.FILING, Stage.SIGN)
    )


def test_a_window_holds_no_more_than_its_most(replica: SqliteReplica):
    fill(replica, [case(f"{at:04}") for at in range(LARGEST_WINDOW + 20)])
    window = replica.window(WindowQuery(queue=Queue.ALL, now=NOW, limit=10_000))
    assert (len(window.rows), window.total) == (LARGEST_WINDOW, LARGEST_WINDOW + 20)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("queue", [Queue.ALL, Queue.DISPATCH])
def test_every_order_of_a_large_queue_walks_an_index(
    replica: SqliteReplica, sort: Sort, queue: Queue, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("db.replica.windows.WALK_FROM", 0)
    plans: list[str] = []
    replica._db.set_trace_callback(plans.append)
    replica.window(WindowQuery(queue=queue, now=NOW, sort=sort))
    replica._db.set_trace_callback(None)
    (asked,) = [one for one in plans if "ORDER BY" in one]
    plan = " ".join(row[3] for row in replica._db.execute(f"EXPLAIN QUERY PLAN {asked}"))
    assert "USING INDEX" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("sort", Sort)
def test_what_somebody_has_claimed_is_found_by_an_index_whatever_the_order(
    replica: SqliteReplica, sort: Sort
):
    plans: list[str] = []
    replica._db.set_trace_callback(plans.append)
    replica.window(WindowQuery(queue=Queue.MINE, now=NOW, sort=sort, holder="li"))
    replica.counts(NOW, "li")
    replica._db.set_trace_callback(None)
    for asked in (one for one in plans if "holder" in one.partition("WHERE")[2]):
        plan = " ".join(row[3] for row in replica._db.execute(f"EXPLAIN QUERY PLAN {asked}"))
        assert "ix_held" in plan, asked


def asking(case_id: str, status: str, number: int = 0) -> tuple[Key, tuple[None, Wire]]:
    """A unit's request to see the reporter of a case."""
    made = Request(
        id=f"{case_id}-{number}",
        district="d",
        case_id=case_id,
        task_id="t",
        status=status,
        kind="REVEAL",
        asked_at=NOW,
    )
    return ("request", made.id), (None, {**wire_of(made), "changed_by": "x", "seq": 1})


def test_where_a_unit_asks_to_see_the_reporter_is_a_list_of_its_own_and_marked_in_all(
    replica: SqliteReplica,
):
    out, late = {"status": CaseStatus.DISPATCHED}, NOW - timedelta(minutes=1)
    fill(
        replica,
        [
            case("1", due_at=late, **out),
            case("2", due_at=NOW, **out),
            case("3", **out),
            case("4", status=CaseStatus.PENDING_CLOSURE),
        ],
    )
    asked = [asking("1", ASKED), asking("1", ASKED, 1), asking("2", ASKED), asking("3", GRANTED)]
    replica.keep(Keep(writes=dict([*asked, asking("4", ASKED)])))
    plans: list[str] = []
    replica._db.set_trace_callback(plans.append)
    window = replica.window(WindowQuery(queue=Queue.ASKED, now=NOW))
    counts = replica.counts(NOW)
    replica._db.set_trace_callback(None)
    assert [(row.id, row.asks) for row in window.rows] == [("1", 2), ("2", 1)]
    counted = (counts.waiting, counts.overdue, counts.soon)
    assert [one[Queue.ASKED] for one in counted] == [2, 1, 1]
    whole = replica.window(WindowQuery(queue=Queue.ALL, now=NOW)).rows
    assert {row.id: row.asks for row in whole} == {"1": 2, "2": 1, "3": 0, "4": 0}
    for sql in (one for one in plans if "ASKED" in one):
        plan = " ".join(row[3] for row in replica._db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "ix_asked" in plan, sql


def test_rows_that_did_not_change_are_the_same_objects(replica: SqliteReplica):
    fill(replica, [case("1"), case("2")])
    query = WindowQuery(queue=Queue.ALL, now=NOW)
    before = replica.window(query).rows
    change(replica, "2", title="new")
    after = replica.window(query).rows
    assert (after[0] is before[0], after[1].title) == (True, "new")


# Keeping


def entry(seq: int, cmd_id: str, case_id: str) -> LogRow:
    return LogRow(
        seq=seq,
        cmd_id=cmd_id,
        actor="li",
        kind="file",
        case_id=case_id,
        wish={"text": "词"},
        applied=(),
        claimed_at=NOW,
        received_at=NOW,
        hash="h",
    )


def test_rows_come_back_as_they_were_kept(replica: SqliteReplica):
    row = case("1", keep_secret=True, due_at=NOW, title="标题")
    fill(replica, [row])
    assert replica.rows([("case_file", "1"), ("task", "9")]) == {
        ("case_file", "1"): row,
        ("task", "9"): None,
    }


def test_fields_of_a_newer_centre_are_left_aside_and_missing_ones_take_their_default(
    replica: SqliteReplica,
):
    wire = {k: v for k, v in case("1").items() if k not in ("title", "narrative")}
    fill(replica, [{**wire, "of_the_future": 1}])
    kept = replica.rows([("case_file", "1")])["case_file", "1"]
    assert kept is not None
    assert (kept["title"], "of_the_future" in kept) == ("", False)


def test_pre_images_are_kept_until_released(replica: SqliteReplica):
    keys = [("case_file", "1"), ("task", "t")]
    replica.keep(Keep(held={keys[0]: case("1"), keys[1]: None}))
    assert replica.held() == set(keys)
    assert replica.preimages([*keys, ("note", "n")]) == {keys[0]: case("1"), keys[1]: None}
    replica.keep(Keep(released=frozenset(keys[:1])))
    assert replica.held() == {keys[1]}


def test_what_hangs_on_a_case_is_known_also_where_it_is_hidden(replica: SqliteReplica):
    note = {"id": "n", "case_id": "1", "district": "d", "status": "RECORDED", "changed_by": "x"}
    replica.keep(Keep(held={("note", "n"): note}))
    assert replica.keys_of("1") == {("case_file", "1"), ("note", "n")}


def test_one_transaction_is_all_or_nothing(replica: SqliteReplica):
    broken = {("case_file", "2"): (None, {**case("2"), "number": object()})}
    with pytest.raises(sqlite3.Error):
        replica.keep(Keep(writes={("case_file", "1"): (None, case("1")), **broken}))
    assert replica.rows([("case_file", "1")]) == {("case_file", "1"): None}


def test_place_and_fill_and_seen_survive(replica: SqliteReplica, tmp_path: Path):
    place, filled = Cursor(7, "h"), Fill(position="p", done=2, total=5, ahead=Cursor(9, "i"))
    what = Keep(cursor=place, fill=filled, seen=frozenset("ab"), gaps=frozenset("g"))
    replica.keep(what)
    replica.close()
    again = opened(tmp_path)
    assert (again.cursor(), again.fill(), again.seen("abc")) == (place, filled, {"a", "b"})
    assert again.gaps() == {"g"}
    again.keep(Keep(fill=Fill(is_done=True)))
    assert again.gaps() == set()
    again.close()


def test_a_case_that_only_an_own_command_shows_is_a_gap_still(replica: SqliteReplica):
    fill(replica, [case("1"), case("2")])
    replica.keep(Keep(held={("case_file", "1"): None}, gaps=frozenset("12")))
    assert replica.gaps() == {"1"}


def test_the_life_of_a_case_is_read_in_the_order_of_the_log(replica: SqliteReplica):
    replica.keep(Keep(told=(entry(5, "b", "1"), entry(3, "a", "1"), entry(4, "x", "2"))))
    assert [(one.cmd_id, one.seq) for one in replica.history("1")] == [("a", 3), ("b", 5)]
    assert replica.history("1")[0].wish == {"text": "词"}


def test_earlier_cases_of_a_reporter_are_found_newest_first(replica: SqliteReplica):
    at = [NOW + timedelta(hours=hour) for hour in range(4)]
    fill(
        replica,
        [
            *(case(str(n), reporter_key="k", registered_at=at[n]) for n in range(3)),
            case("3", reporter_key="other", phone_masked="138****1234"),
            case("4", phone_masked="138****1234", registered_at=at[3]),
        ],
    )
    cousins: tuple[QueueRow, ...] = replica.cousins("1", 9)
    assert [row.id for row in cousins] == ["2", "0"]
    assert replica.cousins("4", 9) == ()
    assert replica.ids_by_reporter("k", 2) == ("2", "1")
    assert replica.ids_by_phone("138****1234", 9) == ("4", "3")
    assert replica.ids_by_phone("***", 9) == ()


def test_numbers_in_use_are_known_by_their_stem(replica: SqliteReplica):
    fill(
        replica,
        [case("1", number="SZPS1A0"), case("2", number="SZPS1A1"), case("3", number="SZPS1B")],
    )
    assert replica.numbers("SZPS1A") == {"SZPS1A0", "SZPS1A1"}


def test_housekeeping_ends_and_changes_nothing(replica: SqliteReplica):
    for at in range(12):
        fill(replica, [case(str(at), title="积水点")])
    for _ in range(100):
        if not replica.tidy():
            break
    else:
        pytest.fail("tidying never ends")
    replica.checkpoint()
    assert (
        replica.window(WindowQuery(queue=Queue.ALL, now=NOW, filter=Filter(text="水点"))).total
        == 12
    )


# The file


@pytest.mark.parametrize("spoil", [b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_file_is_moved_aside_and_made_anew(tmp_path: Path, spoil: bytes):
    (tmp_path / "replica.db").write_bytes(spoil)
    replica = opened(tmp_path)
    fill(replica, [case("1")])
    replica.close()
    assert (tmp_path / "replica.db.broken-1").read_bytes() == spoil


def test_a_file_of_another_layout_is_made_anew(tmp_path: Path):
    replica = opened(tmp_path)
    fill(replica, [case("1")])
    replica._db.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    replica.close()
    again = opened(tmp_path)
    assert again.rows([("case_file", "1")]) == {("case_file", "1"): None}
    again.close()


def test_a_renewed_replica_is_empty_and_keeps_the_broken_one(tmp_path: Path):
    replica = opened(tmp_path)
    fill(replica, [case("1")])
    replica.renew(broken=True)
    assert replica.counts(NOW).waiting[Queue.ALL] == 0
    fill(replica, [case("2")])
    replica.renew(broken=False)
    replica.close()
    assert [file.name for file in files_of(tmp_path / "replica.db.broken-1")]


def test_inserting_twice_is_a_mistake_of_ours_and_is_said(replica: SqliteReplica):
    fill(replica, [case("1")])
    with pytest.raises(sqlite3.IntegrityError):
        fill(replica, [case("1")])


def test_a_refused_case_and_what_supplements_it_are_found_from_either_side(replica: SqliteReplica):
    later = NOW + timedelta(hours=1)
    fill(
        replica,
        [
            case("1", status=CaseStatus.REFUSED, refused_at=later),
            case("2", supplements="1", registered_at=later + timedelta(hours=2)),
            case("3", supplements="1", registered_at=later),
            case("4", registered_at=later),
        ],
    )
    assert [row.id for row in replica.linked("1")] == ["3", "2"]
    assert [row.id for row in replica.linked("2")] == ["1"]
    assert replica.linked("4") == ()


def test_what_supplements_a_case_is_looked_for_by_an_index(replica: SqliteReplica):
    plan = replica._db.execute(
        f"EXPLAIN QUERY PLAN SELECT id FROM case_file WHERE {SUPPLEMENTING}", ("1",)
    ).fetchall()
    assert "ix_supplements" in plan[0][3]


def test_a_matter_is_a_refused_case_with_all_that_took_it_up_again(replica: SqliteReplica):
    later = NOW + timedelta(hours=1)
    fill(
        replica,
        [
            case("1", status=CaseStatus.REFUSED, refused_at=later),
            case("2", supplements="1", registered_at=later, status=CaseStatus.REFUSED),
            case("3", supplements="2", registered_at=later + timedelta(hours=1)),
            case("4", supplements="1", registered_at=later, status=CaseStatus.VOID),
            case("5", supplements="gone"),
        ],
    )
    for named in "123":
        matter = replica.matter(named)
        assert matter is not None
        assert matter.named.id == named
        assert [one.id for one in matter.records] == ["1", "2", "4", "3"]
        assert [one.id for one in matter.again] == ["2", "3"]
    alone = replica.matter("5")
    assert alone is not None
    assert [one.id for one in alone.records] == ["5"]
    assert replica.matter("gone") is None
