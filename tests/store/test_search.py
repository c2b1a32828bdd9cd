"""Search over the replica: what is typed is found, exactly what is typed, whatever is typed."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.filters import Filter
from app.services.queries import Queue, WindowQuery
from db.replica.store import SqliteReplica
from db.search import document, fts5, normal, terms, tokens
from tests.store.replicas import NOW, case, change, fill, opened


def found(replica: SqliteReplica, text: str, queue: Queue = Queue.ALL) -> set[str]:
    window = replica.window(WindowQuery(queue=queue, now=NOW, filter=Filter(text=text)))
    assert window.total == len(window.rows)
    return {row.id for row in window.rows}


@pytest.fixture
def replica(tmp_path: Path) -> Any:
    one = opened(tmp_path)
    fill(
        one,
        [
            case("1", title="路面积水严重", address="坪山大道3号", stage="DISPATCH"),
            case("2", narrative="夜间施工噪音，请处理。", phone_masked="138****1234"),
            case("3", title="积水", street="S1", community="C1", category="0101"),
            case("4", title="ABC Plaza WiFi", number="SZPS202512311159590A1Z"),
            case("5", title="𠮷祥路𬺰口 한국 ひらがな", source_ref="GD-2021-00077"),
        ],
    )
    yield one
    one.close()


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("积水", {"1", "3"}),
        ("积", {"1", "3"}),
        ("水", {"1", "3"}),
        ("水严", {"1"}),
        ("路面积水严重", {"1"}),
        ("积水 坪山", {"1", "3"}),
        ("重", {"1"}),
        ("理", {"2"}),
        ("积水路面", set()),
        ("坪山大道3号", {"1"}),
        ("1234", {"2"}),
        ("12", {"2"}),
        ("坪山街道", {"3"}),
        ("六联", {"3"}),
        ("暴露垃圾", {"3"}),
        ("市容", {"3"}),
        ("abc", {"4"}),
        ("plaza WIF", {"4"}),
        ("SZPS20251231", {"4"}),
        ("20251231", {"4"}),
        ("0A1Z", {"4"}),
        ("a1z", {"4"}),
        ("00077", {"5"}),
        ("𠮷", {"5"}),
        ("𬺰口", {"5"}),
        ("국", {"5"}),
        ("らが", {"5"}),
        ("ＡＢＣ", {"4"}),
        ("不存在", set()),
        ("。，！", set()),
    ],
)
def test_what_is_typed_is_found(replica: SqliteReplica, typed: str, ids: set[str]):
    assert found(replica, typed) == ids


def test_a_search_stays_inside_its_queue(replica: SqliteReplica):
    assert found(replica, "积水", Queue.DISPATCH) == {"1"}


def test_blanks_narrow_nothing(replica: SqliteReplica):
    assert found(replica, "  ") == {"1", "2", "3", "4", "5"}


HAN = st.text("积水坪山路面a1 ，", max_size=8)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(HAN, min_size=1, max_size=6), st.text("积水坪山路面", min_size=1, max_size=4))
def test_a_chinese_term_finds_exactly_the_texts_that_contain_it(
    tmp_path: Path, titles: list[str], term: str
):
    replica = opened(tmp_path)
    replica.renew(broken=False)
    fill(replica, [case(str(at), title=title) for at, title in enumerate(titles)])
    expected = {str(at) for at, title in enumerate(titles) if term in normal(title)}
    assert found(replica, term) == expected
    replica.close()


ANYTHING = st.text(max_size=12) | st.sampled_from(
    [
        '"',
        "a OR",
        "NEAR(a b)",
        "tokens:积",
        "*",
        "a*",
        "-积",
        "^积",
        "(",
        "\0积",
        "\ud800积",
        "积'; DROP",
    ]
)


@settings(
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(ANYTHING)
def test_no_text_is_syntax(replica: SqliteReplica, typed: str):
    assert found(replica, typed) <= {"1", "2", "3", "4", "5"}


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.text(max_size=20))
def test_a_text_finds_itself(tmp_path: Path, typed: str):
    kept = typed.encode("utf-8", "ignore").decode()
    replica = opened(tmp_path)
    replica.renew(broken=False)
    fill(replica, [case("1", title=kept.replace("\0", ""))])
    assert not terms(kept) or found(replica, kept.replace("\0", "")) == {"1"}
    replica.close()


def test_a_changed_text_is_found_anew_and_no_longer_as_it_was(replica: SqliteReplica):
    change(replica, "1", title="树木倒伏")
    assert found(replica, "树木") == {"1"}
    assert found(replica, "积水严重") == set()


def test_the_finder_is_left_alone_when_no_text_changed(replica: SqliteReplica):
    statements: list[str] = []
    replica._db.set_trace_callback(statements.append)
    change(replica, "1", stage="SIGN", units="|water|")
    assert not [one for one in statements if "finder" in one]
    change(replica, "1", address="别处")
    assert [one for one in statements if one.startswith("UPDATE finder")]


def test_tokens_of_a_run_are_its_pairs_and_its_last_character():
    assert list(tokens("积水点，A座12")) == ["积水", "水点", "点", "a", "座", "12"]
    assert document(["积水"], ["SZ12"]) == "积水 水 sz12 12 ›21zs"


def test_a_question_is_a_phrase_a_beginning_or_an_end():
    assert fts5(terms("积水点")) == '"积水 水点"'
    assert fts5(terms("积")) == '"积"*'
    assert fts5(terms("wifi 123")) == '"wifi"* AND ("123"* OR "›321"*)'
    assert terms("，。 ") == ()
