"""The seat's side of a PostgreSQL centre: what it makes of errors, and that it finds back by itself."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count

import psycopg
import pytest

from app.domain.effects import insertion
from app.domain.refused import Refused
from app.services.envelope import encode
from app.services.ports import Unreachable
from db.central.info import SCHEMA_VERSION
from db.postgres.central import PostgresCentral, open_server
from db.postgres.link import made
from db.postgres.place import way_to
from tests.store.conftest import postgres_town, url_of
from tests.store.town import Town

_NAMES = (f"central{number}" for number in count(1))


@pytest.fixture
def name() -> str:
    return next(_NAMES)


@pytest.fixture
def town(request: pytest.FixtureRequest, name: str) -> Iterator[Town]:
    town = postgres_town(request, name)
    yield town
    town.close()


def code(asked: Callable[[], object]) -> str:
    with pytest.raises(Unreachable) as away:
        asked()
    return away.value.code


def end_sessions(town: Town, login: str) -> None:
    town.link.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", (login,)
    )


def test_an_ended_connection_is_unreachable_and_the_next_call_makes_another(town: Town):
    store = town.store("li")
    store.head()
    end_sessions(town, "li")
    assert code(store.head) == "centre"
    assert store.head().seq == 0


@pytest.mark.fault("F2")
def test_what_was_sent_while_the_connection_broke_is_taken_once(town: Town):
    case = town.case()
    text = encode(town.envelope("li", "register", case.id, insertion(case)))
    first = town.store("li").submit([(text, None)])
    end_sessions(town, "li")
    assert code(lambda: town.store("li").submit([(text, None)])) == "centre"
    assert town.store("li").submit([(text, None)]) == first
    assert town.store("li").head().seq == 1


def test_a_server_that_is_not_there_may_come_back():
    assert code(lambda: open_server("postgresql:///fenbo?host=/nowhere", "li")) == "centre"
    assert code(lambda: open_server("postgresql://127.0.0.1:1/fenbo", "li")) == "centre"


def test_a_stranger_is_not_let_in(postgres: str, town: Town, name: str):
    with pytest.raises(Refused, match="centre-not-let-in"):
        open_server(url_of(postgres, name), "no-such-login")


def test_a_database_without_a_centre_is_said_to_be_none(postgres: str, town: Town):
    town.link.run("GRANT CONNECT ON DATABASE postgres TO fenbo_operator")
    with pytest.raises(Refused, match="store-empty"):
        open_server(url_of(postgres, "postgres"), "li")


def test_a_centre_of_an_older_program_says_so(town: Town, postgres: str, name: str):
    town.link.run("DROP FUNCTION fenbo.facts()")
    with pytest.raises(Refused, match="centre-lacks-function"):
        open_server(url_of(postgres, name), "li")


@pytest.mark.parametrize(
    ("column", "value", "no"),
    [
        ("schema_version", 99, "store-newer"),
        ("schema_version", 0, "store-needs-upgrade"),
        ("min_client", 99, "client-too-old"),
    ],
)
@pytest.mark.fault("F27")
def test_a_store_that_this_program_does_not_fit_takes_nothing(
    town: Town, postgres: str, name: str, column: str, value: int, no: str
):
    store = town.store("li")
    town.link.run(f"UPDATE store_info SET {column} = ?", (value,))
    with pytest.raises(Refused, match=no):
        store.submit([])
    with pytest.raises(Refused, match=no):
        open_server(url_of(postgres, name), "li")


@pytest.mark.slow
@pytest.mark.fault("F17", "F18")
def test_a_tail_that_is_held_makes_the_centre_busy_and_nothing_is_lost(town: Town):
    case_id, _ = town.register("mei")
    note = town.note("zhao", case_id)
    with town.link.writing():
        town.link.rows("SELECT 1 FROM head FOR UPDATE")
        assert code(lambda: town.send(note)) == "store-busy"
    assert town.send(note).status == "done"


@pytest.mark.fault("F18")
def test_what_only_came_at_a_bad_moment_is_tried_again(town: Town, postgres: str, name: str):
    """The tail is freed while the client pauses between its tries."""
    case_id, _ = town.register("mei")
    with psycopg.connect(url_of(postgres, name)) as holder:
        holder.execute("SELECT 1 FROM fenbo.head FOR UPDATE")
        pauses = []

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            holder.rollback()

        way = way_to(url_of(postgres, name), "li")
        with closing(PostgresCentral(lambda: made(way), pause)) as store:
            (answer,) = store.submit([(encode(town.note("li", case_id)), None)])
    assert answer.status == "done"
    assert len(pauses) == 1


def test_a_batch_longer_than_a_second_is_taken_in_parts(town: Town):
    """However much a seat brings, nobody waits longer for the tail than about a second."""
    town.link.script(
        "CREATE OR REPLACE FUNCTION fenbo.find_by(one jsonb) RETURNS void LANGUAGE sql AS 'SELECT pg_sleep(0.15)'"
    )
    cases = [town.case() for _ in range(12)]
    texts = [encode(town.envelope("li", "register", one.id, insertion(one))) for one in cases]
    offers = [(text, None) for text in texts]
    assert 5 <= len(town.store("li")._submitted(offers, None)) <= 8
    answers = town.store("li").submit(offers)
    assert [(one.status, one.seq) for one in answers] == [("done", n + 1) for n in range(12)]


@pytest.mark.fault("F17")
def test_a_seat_that_idles_after_its_command_holds_nobody_up(town: Town, postgres: str, name: str):
    """BEGIN; submit; silence: the server ends it after two seconds, and nothing of it is kept."""
    case = town.case()
    text = encode(town.envelope("li", "register", case.id, insertion(case)))
    with closing(psycopg.connect(url_of(postgres, name, "li"))) as idler:
        offer = psycopg.types.json.Jsonb([{"body": text, "sealed": None}])
        idler.execute("SELECT fenbo.submit(%s, NULL, %s, 1)", (offer, SCHEMA_VERSION))
        case_id, _ = town.register("mei")  # waits for the tail until the idler is ended
        assert town.store("mei").head().seq == 1
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            idler.execute("SELECT 1")
    assert town.link.rows("SELECT id FROM case_file") == [(case_id,)]


def test_search_finds_what_is_in_scope_newest_first(town: Town):
    lamp, _, _ = town.dispatched("water", title="路灯不亮", narrative="小区门口")
    town.clock.forward(hours=1)
    other, _ = town.register(
        title="路灯杆倒了", number="SZPS2026030200000A1Z", phone_masked="139****5678"
    )
    found = lambda login, text: [row["id"] for row in town.store(login).search(text, 50)]  # noqa: E731
    assert found("li", "路灯") == [other, lamp]
    assert found("li", "灯不亮 门口") == [lamp]
    assert found("li", "灯") == [other, lamp]
    assert found("li", "a1z") == found("li", "5678") == found("li", "20260302") == [other]
    assert found("li", "亮不灯") == found("li", "。'\\ \0") == found("li", "") == []
    assert found("ann", "路灯") == [lamp]
    assert found("bo", "路灯") == found("adm", "路灯") == []
    base = town.link.rows("SELECT changed_by FROM case_file WHERE id = ?", (other,))[0][0]
    from app.domain.effects import Set

    town.done(
        town.envelope("li", "amend", other, Set("case_file", other, {"title": "树倒了"}, base))
    )
    assert found("li", "路灯") == [lamp]
    assert found("li", "树倒") == [other]


def test_figures_count_what_waits_in_one_s_own_scope(town: Town):
    from datetime import timedelta

    town.register(stage="FILING", due_at=town.clock.now + timedelta(minutes=1))
    town.dispatched("water")
    town.clock.forward(minutes=2)
    assert town.store("li").figures() == {"FILING": (1, 1, 0), "SIGN": (1, 0, 0)}
    assert town.store("ann").figures() == {"SIGN": (1, 0, 0)}
    assert town.store("bo").figures() == town.store("adm").figures() == {}


def test_every_person_of_the_district_is_named_to_its_seats(town: Town):
    people = town.store("ann").operators()
    assert [one.login for one in people] == sorted(one.login for one in people)
    assert {"li", "zhao", "ann"} <= {one.login for one in people}


def test_each_district_is_a_world_of_its_own(town: Town):
    """Two feeds: what is in one is neither seen nor touched from the other."""
    town.link.run(
        "INSERT INTO head (feed, seq, hash, at, epoch) VALUES ('longgang', 0, '', now(), 0)"
    )
    case_id, base = town.register("li", title="这里")
    town.link.run("UPDATE operator SET district = 'longgang' WHERE login IN ('mei', 'wu')")
    assert town.store("mei").head().seq == 0
    assert town.store("mei").history(case_id) == []
    assert town.store("mei").search("这里", 10) == ()
    assert town.store("mei").snapshot(None, 10).total == 0
    with pytest.raises(Refused, match="case-missing"):
        town.store("wu").reveal(case_id, "回访")
    from app.domain.effects import Set

    change = Set("case_file", case_id, {"title": "x"}, base)
    foreign = town.envelope("mei", "amend", case_id, change, district="longgang")
    assert town.send(foreign).status == "missing"
    again = town.case(id=case_id, district="longgang")
    taken = town.envelope("mei", "register", case_id, insertion(again), district="longgang")
    assert town.send(taken).status == "id-reuse"
