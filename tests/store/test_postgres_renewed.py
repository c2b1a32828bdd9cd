"""A password that changes: by an administrator under a desk that runs, and by its own person."""
# ruff: noqa: F811 - fixtures of the door

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.wiring import close_desk
from app.domain.passwords import check
from app.domain.refused import Refused
from app.services.house import House as Inside
from app.services.live import LiveDesk
from app.services.queries import Queue, WindowQuery
from db import centre
from db.central.link import Link
from db.outbox.logins import TRIES
from tests.store.conftest import postgres_link
from tests.store.test_postgres_door import (  # noqa: F401 - fixtures
    LOGIN,
    OTHER,
    House,
    code,
    house,
    nothing_known,
    passwords,
    root,
)
from tests.sync.desks import report, settled, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NEW = "canary-New-7f3c"
WRONG = "canary-Wrong-1"


def reset(url: str, root: Link, to: str = NEW) -> None:
    """As an administrator does it, who ends the sessions of that person."""
    centre.reset_password(url, LOGIN)
    root.run(f"ALTER ROLE \"{LOGIN}\" PASSWORD '{to}'")


def at_desk(house: House, password: str, work: Callable[[LiveDesk], object]) -> None:
    async def day() -> None:
        desk = house.desk(house.enter(password, remember=True))
        try:
            await settled(desk)
            await work(desk)
        finally:
            close_desk(desk)

    asyncio.run(day())


def at_guarded_desk(house: House, password: str, work: Callable[[LiveDesk], object]) -> None:
    """As `app.cli.desk` opens it: the door hears how it goes with the centre."""

    async def day() -> None:
        door = house.enter(password)
        desk = house.desk(door)
        desk.on_sync(door.hear)
        try:
            await settled(desk)
            await work(desk)
        finally:
            close_desk(desk)

    asyncio.run(day())


def failures(postgres: str) -> int:
    """How often the server has noted a wrong password of ours."""
    folder = postgres.split()[0].removeprefix("host=")
    log = (Path(folder) / "server.log").read_text("utf-8")
    return log.count(f'password authentication failed for user "{LOGIN}"')


def test_a_desk_works_on_when_its_password_is_changed_and_is_back_with_the_new_one(
    house: House, passwords, url: str, root: Link, postgres: str
):
    async def work(desk: LiveDesk) -> None:
        reset(url, root)
        await until(lambda: desk.sync_state.code == "login-wrong")
        before = failures(postgres)
        done = await desk.send(report())
        await asyncio.sleep(3)
        assert failures(postgres) - before <= 2, "nobody knocks again and again in vain"
        rows = (await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))).rows
        assert done.case_id in {row.id for row in rows}, "what was registered meanwhile is here"
        with pytest.raises(Refused, match="login-tries"):
            await desk.renew_password(WRONG)
        assert not desk.sync_state.online
        await desk.renew_password(NEW)
        await settled(desk)
        assert desk.sync_state.online
        assert not desk.sync_state.waiting
        await desk.prove(NEW)
        with pytest.raises(Refused, match="login-tries"):
            await desk.prove(passwords[LOGIN])

    at_desk(house, passwords[LOGIN], work)
    house.door().enter()  # what was remembered is the new one
    assert list(house.keeper.kept.values()) == [NEW]


def test_guessing_at_the_new_one_locks_as_at_the_door(house: House, passwords, url, root: Link):
    async def work(desk: LiveDesk) -> None:
        reset(url, root)
        await until(lambda: desk.sync_state.code == "login-wrong")
        for _ in range(TRIES):
            with pytest.raises(Refused):
                await desk.renew_password(WRONG)
        with pytest.raises(Refused, match="login-locked"):
            await desk.renew_password(NEW)

    at_desk(house, passwords[LOGIN], work)


def test_a_person_changes_his_own_and_no_plain_text_goes_out(
    house: House, passwords, root: Link, postgres: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    root.run(f"ALTER ROLE \"{LOGIN}\" SET log_statement = 'all'")

    async def work(desk: LiveDesk) -> None:
        with pytest.raises(Refused, match="login-tries"):
            await desk.change_password(WRONG, NEW)
        with pytest.raises(Refused, match="password-simple"):
            await desk.change_password(passwords[LOGIN], "abcdefgh")
        await desk.change_password(passwords[LOGIN], NEW)
        await desk.prove(NEW)
        assert desk.sync_state.online
        root.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{LOGIN}'"
        )
        await desk.send(report())
        await settled(desk)

    at_desk(house, passwords[LOGIN], work)
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-tries"
    house.enter(NEW)
    said = (Path(postgres.split()[0].removeprefix("host=")) / "server.log").read_text("utf-8")
    assert "renew_password" in said, "every statement was written down"
    assert NEW not in said + caplog.text
    (until_,) = root.row(
        f"SELECT rolvaliduntil > now() + interval '360 days' FROM pg_roles WHERE rolname = '{LOGIN}'"
    ) or (False,)
    assert until_, "good for another year"


def test_both_kinds_of_change_are_written_down(house: House, passwords, url: str):
    centre.reset_password(url, OTHER)
    centre.change_password(house.enter(passwords[LOGIN]).place, LOGIN, NEW)
    link = postgres_link(url, "fenbo")
    rows = link.rows("SELECT actor, what, about FROM access_log WHERE what LIKE 'password.%%'")
    link.close()
    assert rows == [("fenbo", "password.reset", OTHER), (LOGIN, "password.change", LOGIN)]


def test_an_administrator_gives_a_new_first_password(house: House, passwords, url: str, capsys):
    assert main(["--lang", "zh", "store", "password", url, LOGIN]) == 0
    word = capsys.readouterr().out.rpartition("：")[2].strip()
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-tries"
    house.enter(word)
    assert main(["--lang", "zh", "store", "password", url, "nobody"]) == 2
    assert code(lambda: centre.change_password(url, "fenbo", NEW)) == "operator-unknown"


@pytest.mark.parametrize(
    ("new", "no"),
    [
        ("Ab1-xyz", "password-short"),
        ("abcdefgh1", "password-simple"),
        ("ABCDEFGH-", "password-simple"),
        ("xLi.Qiang-1", "password-login"),
        ("Old-one-1", "password-same"),
        ("Ab1-xyz\n9", "password-odd"),
        ("Ab1-" * 100, "password-odd"),
        (" Ab1-xyz9", "password-odd"),
        ("春天-Ab-cd", ""),
        ("Ab1-xyz9", ""),
    ],
)
def test_what_a_new_one_has_to_be(new: str, no: str):
    assert code(lambda: check(new, "Old-one-1", "li.qiang")) == no


def test_the_curtain_opens_by_the_former_password_no_more_once_the_centre_has_refused_it(
    house: House, passwords, url: str, root: Link
):
    async def work(desk: LiveDesk) -> None:
        old = passwords[LOGIN]
        await desk.prove(old)
        reset(url, root)
        await until(lambda: desk.sync_state.code == "login-wrong")
        with pytest.raises(Refused, match="login-tries"):
            await desk.prove(old)
        await desk.prove(NEW)
        await until(lambda: desk.sync_state.online)
        await desk.prove(NEW)

    at_guarded_desk(house, passwords[LOGIN], work)


def test_without_the_centre_the_password_it_took_last_opens_and_the_one_it_refused_does_not(
    house: House, passwords, root: Link
):
    away = House(house.folder, house.url.replace("host=", "host=/nowhere"))
    house.enter(passwords[LOGIN])
    door = away.door()
    door._logins = house.logins
    rest = dict.fromkeys(("desk", "aside", "shelf", "people", "sit"))
    inside = Inside(**rest, guard=house.logins, passwords=door)  # type: ignore[arg-type]
    proved = partial(inside.prove, LOGIN)
    assert code(lambda: proved(passwords[LOGIN])) == ""
    root.run(f"ALTER ROLE \"{LOGIN}\" PASSWORD '{NEW}'")
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-tries"
    assert code(lambda: proved(passwords[LOGIN])) == "login-unchecked"
    assert code(lambda: proved(NEW)) == "login-unchecked", "nobody can tell yet"
