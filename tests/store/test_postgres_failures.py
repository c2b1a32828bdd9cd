"""Wrong passwords: counted at the seat, told to the centre by whoever is let in next, heard by who leads there."""
# ruff: noqa: F811 - fixtures of the door

import json

import pytest

from app.__main__ import main
from app.domain.terms import Role
from app.services.queries import Operator
from db import centre
from db.central.link import Link
from db.failures import failed_logins
from db.outbox.logins import TRIES
from tests.store.conftest import postgres_link
from tests.store.test_postgres_door import (  # noqa: F401 - fixtures
    LOGIN,
    House,
    code,
    house,
    nothing_known,
    passwords,
    root,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LEADER = "chen"
TYPED_IN_VAIN = "canary-typed-as-login"


def lines(url: str) -> list[tuple[str, ...]]:
    link = postgres_link(url, "fenbo")
    found = link.rows("SELECT actor, about, reason FROM access_log WHERE what = 'login.failed'")
    link.close()
    return found


def looked_too_often(url: str, login: str, times: int) -> None:
    link = postgres_link(url, "fenbo")
    sql = "INSERT INTO access_log (at, actor, what, about, reason) VALUES (now(), ?, 'reveal.limited', 'x', 'x')"
    for _ in range(times):
        link.run(sql, (login,))
    link.close()


def in_vain(house: House, login: str, times: int) -> None:
    for _ in range(times):
        assert code(lambda: house.enter("wrong", login)).startswith("login-")


def test_the_centre_hears_of_them_once_with_the_next_who_is_let_in(house: House, passwords, url):
    house.enter(passwords[LOGIN])
    in_vain(house, LOGIN, 3)
    assert lines(url) == []
    house.enter(passwords[LOGIN])
    house.enter(passwords[LOGIN])
    ((actor, about, reason),) = lines(url)
    assert (actor, about) == (LOGIN, LOGIN)
    assert reason.split(" ")[0] == "3"
    assert house.logins.missed() == []


def test_a_stranger_is_counted_but_what_he_typed_is_not_kept(house: House, passwords, url: str):
    house.enter(passwords[LOGIN])
    house.logins.failed(TYPED_IN_VAIN)
    assert TYPED_IN_VAIN.encode() not in (house.folder / "logins.json").read_bytes()
    house.enter(passwords[LOGIN])
    assert [about for _, about, _ in lines(url)] == [""]


def test_a_lock_is_seen_by_who_leads_and_by_nobody_else(house: House, passwords, url, capsys):
    house.enter(passwords[LOGIN])
    in_vain(house, LOGIN, TRIES)
    house.logins._put(LOGIN, {**house.logins._people()[LOGIN], "until": ""})  # time passes
    looked_too_often(url, "chen", times=2)
    door = house.enter(passwords[LOGIN])
    assert [one.key for one in door.complaints] == [], "an operator hears of nobody's"
    centre.add_operator(url, Operator("pw.lead", "pw.lead", Role.SHIFT_LEADER, ""))
    try:
        door = house.door("pw.lead")
        door.enter()
        told, also = door.complaints
        assert told.key == "frame.login.failed_lately"
        assert (also.key, also.facts) == (
            "frame.login.looked_often",
            {"logins": ("chen",), "count": 2},
        )
        assert told.facts == {"count": TRIES, "locks": 1, "logins": (LOGIN,)}
        assert main(["--lang", "zh", "store", "failures", url]) == 0
        said = capsys.readouterr().out
        assert f"账号 {LOGIN}：错 {TRIES} 次，锁定 1 次" in said
        assert "账号 chen：最近 7 天有 2 次查看诉求人超过每小时上限" in said
    finally:
        link = postgres_link(url)
        link.run('DROP ROLE "pw.lead"')
        link.close()


def test_a_seat_that_lies_breaks_nothing(house: House, passwords, url: str):
    place = house.enter(passwords[LOGIN]).place
    for odd in ([], [{}], [{"login": "x" * 500, "count": "y" * 500}], [3], [None] * 500):
        assert failed_logins(place, LOGIN, odd, "'; DROP TABLE fenbo.log; --") == []
    assert all(len(reason) <= 200 and len(about) <= 63 for _, about, reason in lines(url))


def test_a_centre_without_an_ear_for_it_lets_people_in_all_the_same(
    house: House, passwords, url: str, root: Link
):
    house.enter(passwords[LOGIN])
    in_vain(house, LOGIN, 1)
    link = postgres_link(url)
    link.run("DROP FUNCTION fenbo.failed_logins(jsonb, text)")
    link.close()
    assert house.enter(passwords[LOGIN]).is_online
    assert [one["count"] for one in house.logins.missed()] == [1], "it waits"
    assert json.loads((house.folder / "logins.json").read_text("utf-8"))
