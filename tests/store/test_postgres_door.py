"""The door of a real centre that asks for passwords: who comes in, by what, and without the server too."""

import asyncio
import base64
import logging
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from app.cli.door import CentreDoor, logins_file
from app.cli.wiring import close_desk, open_desk
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Role
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.services.queries import Operator, Queue, WindowQuery
from db import centre
from db.central.link import Link
from db.outbox.logins import TRIES, Logins
from db.places import Unlocked
from db.wallet import Wallet, wallet
from tests.store import server
from tests.store.conftest import postgres_link, url_of
from tests.sync.desks import SETTING, clock, report, settled, until
from ui.stories import story
from ui.trouble import Trouble

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LOGIN, OTHER = "pw.li", "pw.mei"


class Keeper(KeyringBackend):
    """A system's keeper of secrets, in memory; `is_stuck` as one that nobody unlocks."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_stuck = False

    def get_password(self, service, username):
        if self.is_stuck:
            raise KeyringError
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.is_stuck:
            raise KeyringError
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


class House:
    """A seat before a centre, and the clock on its wall."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.keeper = Keeper()
        self.passed = timedelta(0)
        self.logins = self.known_at(url)

    def known_at(self, url: str) -> Logins:
        now = lambda: clock() + self.passed  # noqa: E731 - a name for one expression
        return Logins(logins_file(self.folder), centre.key_of(url), now, timedelta(hours=72))

    def door(self, login: str | None = LOGIN, wallet: Wallet | None = None) -> CentreDoor:
        """As a program that has just been started finds it."""
        return CentreDoor(self.url, login, self.logins, lambda: wallet or Wallet(self.keeper))

    def enter(self, password: str, login: str = LOGIN, *, remember: bool = False) -> CentreDoor:
        door = self.door()
        door.give(login, password, remember=remember)
        door.enter()
        return door

    def desk(self, door: CentreDoor) -> LiveDesk:
        post = asyncio.get_running_loop().call_soon_threadsafe
        more = {"guard": self.logins, "passwords": door}
        return open_desk(self.folder, door.place, door.login, SETTING, post, **more)


def code(act: Callable[[], object]) -> str:
    try:
        act()
    except (Refused, Unreachable) as no:
        return no.code
    return ""


def enrolled(url: str, root: Link, *logins: str) -> dict[str, str]:
    """People whom the server asks for their passwords, and those."""
    if not root.rows("SELECT FROM pg_roles WHERE rolname = 'asked'"):
        root.run("CREATE ROLE asked NOLOGIN")
    found = {}
    for login in logins:
        found[login] = centre.add_operator(url, Operator(login, login, Role.OPERATOR, ""))
        root.run(f'GRANT asked TO "{login}"')
    return found


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No password file of whoever runs this."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.delenv("PGPASSWORD", raising=False)


@pytest.fixture
def root(postgres: str) -> Iterator[Link]:
    root = postgres_link(f"{postgres} dbname=postgres")
    yield root
    root.close()


@pytest.fixture
def passwords(url: str, root: Link) -> Iterator[dict[str, str]]:
    yield enrolled(url, root, LOGIN, OTHER)
    for login in (LOGIN, OTHER):
        root.run(f'DROP ROLE "{login}"')


@pytest.fixture
def house(url: str, tmp_path: Path) -> House:
    return House(tmp_path / "seat", url.replace("fenbo@", ""))


def test_a_password_is_asked_for_and_the_right_one_opens(house: House, passwords):
    assert code(house.door().enter) == "login-needed"
    assert code(lambda: house.enter("wrong")) == "login-tries"
    door = house.enter(passwords[LOGIN])
    assert door.is_online
    assert (door.login, house.logins.last) == (LOGIN, LOGIN)
    assert house.door(None).login == LOGIN, "who was let in last is asked for first"


def test_wrong_shut_out_and_away_are_told_apart(house: House, passwords, url: str):
    house.enter(passwords[LOGIN])
    assert code(lambda: house.enter("wrong", OTHER)) == "login-tries"
    assert code(lambda: house.enter("wrong", "no.such")) == "login-refused", (
        "another login may help"
    )
    centre.deactivate(url, LOGIN)
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-shut"
    away = House(house.folder, house.url.replace("host=", "host=/nowhere"))
    assert code(lambda: away.enter("x")) == "centre"
    gone = House(house.folder, house.url)
    gone.logins.forget(OTHER)
    assert not gone.logins.guards(LOGIN), "who is shut out there is known no more here"


def test_guessing_at_the_server_locks_here(house: House, passwords):
    for _ in range(TRIES - 1):
        assert code(lambda: house.enter("wrong")) == "login-tries"
    assert code(lambda: house.enter("wrong")) == "login-locked"
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-locked"


def test_a_remembered_password_opens_until_it_is_changed(house: House, passwords, root: Link):
    house.enter(passwords[LOGIN], remember=True)
    assert list(house.keeper.kept.values()) == [passwords[LOGIN]]
    door = house.door()
    door.enter()
    assert isinstance(door.place, Unlocked)
    root.run(f"ALTER ROLE \"{LOGIN}\" PASSWORD 'another-one'")
    assert code(house.door().enter) == "login-stale"
    house.enter("another-one", remember=False)
    assert house.keeper.kept == {}, "not ticked is not kept"


def test_a_password_file_opens_as_before(house: House, passwords, tmp_path: Path):
    file = tmp_path / "none"
    file.write_text(f"*:*:*:{LOGIN}:{passwords[LOGIN]}\n")
    file.chmod(0o600)
    door = house.door()
    door.enter()
    assert door.place == house.url
    assert house.logins.guards(LOGIN), "and the curtain can ask for it"
    house.logins.prove(LOGIN, passwords[LOGIN])


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://centre.invalid/fenbo",
        "postgresql://one.invalid,centre.invalid:5433/fenbo",
        "postgresql:///fenbo?host=/nowhere",
        "postgresql:///fenbo",
        "postgresql://centre.invalid/fenbo?hostaddr=127.0.0.1",
    ],
)
def test_a_password_file_is_read_without_looking_for_the_server(url: str, tmp_path: Path):
    file = tmp_path / "none"
    lines = ("*:*:*:other:no", f"*:*:fenbo:{LOGIN}:found")
    file.write_text("\n".join(lines) + "\n")
    file.chmod(0o600)
    begun = time.monotonic()
    assert centre.known_password(url, LOGIN) == "found"
    assert centre.known_password(url, "stranger") == ""
    assert time.monotonic() - begun < 1


def test_a_server_that_asks_nobody_is_entered_as_before(url: str, tmp_path: Path):
    house = House(tmp_path / "seat", url.replace("fenbo@", ""))
    house.door("li").enter()
    assert not house.logins.guards("li")


def test_without_a_keeper_of_secrets_it_is_said_and_the_desk_opens(house: House, passwords):
    door = house.door(wallet=Wallet(None))
    assert not door.asked().can_remember
    door.give(LOGIN, passwords[LOGIN], remember=True)
    door.enter()
    assert [one.key for one in door.complaints] == ["frame.login.not_kept"]
    house.keeper.is_stuck = True
    assert house.enter(passwords[LOGIN], remember=True).complaints
    assert code(house.door().enter) == "login-needed"


def test_what_is_no_locked_keeper_is_never_used(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [Keeper()])
    assert not wallet().is_there


def test_a_machine_without_the_library_has_no_keeper_either(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "keyring.backend", None)
    assert not wallet().is_there


def test_the_other_people_of_a_seat_have_days_of_their_own(house: House, passwords):
    async def switched() -> None:
        desk = house.desk(house.enter(passwords[LOGIN]))
        try:
            await settled(desk)
            await desk.prove(passwords[LOGIN])
            with pytest.raises(Refused, match="login-other"):
                await desk.switch(OTHER)
            assert desk.me.login == LOGIN
        finally:
            close_desk(desk)

    asyncio.run(switched())


def test_who_is_shut_out_at_work_is_forgotten_and_his_curtain_stays(
    house: House, passwords, url: str
):
    async def shut_out() -> None:
        door = house.enter(passwords[LOGIN])
        desk = house.desk(door)
        desk.on_sync(door.hear)
        try:
            await settled(desk)
            centre.deactivate(url, LOGIN)
            await until(lambda: desk.sync_state.code == "login-shut")
            await until(lambda: not house.logins.guards(LOGIN))
            assert desk.is_guarded
            with pytest.raises(Refused, match="login-tries"):
                await desk.prove(passwords[LOGIN])
            door.leave(desk.sync_state)
        finally:
            close_desk(desk)

    asyncio.run(shut_out())
    assert house.logins.is_empty


@pytest.mark.fault("F8")
def test_f8_a_desk_starts_and_registers_while_its_centre_is_down(
    tmp_path: Path, postgres: str, caplog: pytest.LogCaptureFixture
):
    """`postgres` only says that there are server programs: this centre has a server that ends.

    And nothing that a seat wrote on the way, its report of a bug included, holds the password.
    """
    caplog.set_level(logging.DEBUG)
    bin_ = server.programs()
    assert bin_ is not None
    with server.running(bin_) as conninfo:
        url = url_of(conninfo, "postgres")
        centre.init(url, "440310", "SZPS", "live")
        root = postgres_link(f"{conninfo} dbname=postgres")
        passwords = enrolled(url, root, LOGIN, OTHER)
        root.close()
        house = House(tmp_path / "seat", url.replace("fenbo@", ""))
        asyncio.run(_one_case(house, house.enter(passwords[LOGIN]), is_online=True))
    assert code(house.door().enter) == "login-offline"
    assert code(lambda: house.enter(passwords[OTHER], OTHER)) == "login-unknown"
    assert code(lambda: house.enter("wrong")) == "login-tries"
    door = house.enter(passwords[LOGIN], remember=True)
    assert not door.is_online
    asyncio.run(_one_case(house, door, is_online=False))
    house.passed = timedelta(hours=73)
    assert code(lambda: house.enter(passwords[LOGIN])) == "login-expired"
    house.passed = timedelta(0)
    house.door().enter()  # by the keeper of secrets
    _nothing_holds(passwords[LOGIN], house.folder, caplog.text, door)


async def _one_case(house: House, door: CentreDoor, *, is_online: bool) -> None:
    desk = house.desk(door)
    try:
        before = len((await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))).rows)
        done = await desk.send(report())
        if is_online:
            await settled(desk)
        view = await desk.case(done.case_id)
        assert view is not None
        assert view.dossier.case.status == CaseStatus.REGISTERED
        assert desk.sync_state.online == is_online
        await until(lambda: is_online or desk.sync_state.waiting)
        rows = (await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))).rows
        assert len(rows) == before + 1
    finally:
        close_desk(desk)


def _nothing_holds(password: str, folder: Path, logged: str, door: CentreDoor) -> None:
    door.give(LOGIN, password, remember=False)
    bug = Unreachable("centre")
    bug.__cause__ = ValueError(f"{door.place!r} {door.place} {door._given!r} {vars(door)}")
    Trouble(folder / "reports", "0.0").report(story(bug) + str(bug.__cause__))
    forms = [password.encode(), base64.b64encode(password.encode()), password.encode("utf-16-le")]
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert {"logins.json", "outbox.db"} <= {one.name for one in files}
    assert any("report-" in one.name for one in files)
    for file in files:
        held = file.read_bytes()
        assert not [one for one in forms if one in held], file.name
    assert password not in logged
    assert password not in f"{door.place}{door.place!r}{centre.key_of(door.place)}"
