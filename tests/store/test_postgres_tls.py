"""The guarded way to a centre on another machine: a private server with certificates of a throw-away authority.

The server is named as if it were elsewhere and found at the loopback (`hostaddr`).
"""

import asyncio
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.__main__ import main
from app.cli.wiring import close_desk
from app.domain.terms import Role
from app.services.queries import Operator
from db import centre
from db.central.store import utc_now
from db.places import Unlocked
from db.postgres.central import open_server
from db.postgres.place import way_to
from tests.store import server
from tests.store.authority import DAY, Authority, Papers
from tests.store.conftest import url_of
from tests.store.test_postgres_door import House, code
from tests.sync.desks import settled, until
from ui.wording import Wording

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
HOST, LOGIN = "centre.test", "li"
ASK, ASK_BOTH = "scram-sha-256", "scram-sha-256 clientcert=verify-ca"
CODES = {
    *("centre-no-tls", "centre-misnamed", "centre-expired", "centre-unknown", "centre-root"),
    *("centre-unbound", "seat-certificate"),
}


class Guarded:
    """A centre behind TLS; `papers` are what the server shows, `asks` how it lets people in."""

    def __init__(self, place: server.Server, folder: Path) -> None:
        self._server, self.folder = place, folder
        now = utc_now()
        self.ours, self.theirs = Authority(folder, "ours", now), Authority(folder, "theirs", now)
        self._data = place.folder / "data"
        self._local = f"host={place.folder} port={place.port} user=fenbo dbname=postgres"
        self._lay("root.crt", self.ours.root)
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write("ssl_ca_file = 'root.crt'\n")
        url = f"{url_of(self._local, 'postgres')}&port={place.port}"
        centre.init(url, "440310", "SZPS", "live")
        self.password = centre.add_operator(url, Operator(LOGIN, LOGIN, Role.OPERATOR, ""))

    def guards(self, *, is_on: bool) -> None:
        """Whether it speaks TLS at all."""
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"ssl = {'on' if is_on else 'off'}\n")
        self._again()

    def shows(self, papers: Papers) -> None:
        """Another certificate of the server, for whoever comes next."""
        self._lay("server.crt", papers.certificate)
        self._lay("server.key", papers.key)
        self._again()

    def asks(self, how: str, line: str = "hostssl") -> None:
        """How whoever comes next over the network is let in."""
        doors = self._data / "pg_hba.conf"
        doors.write_text(f"local all all trust\n{line} all all 127.0.0.1/32 {how}\n", "utf-8")
        self._again()

    def _lay(self, name: str, file: Path) -> None:
        there = self._data / name
        shutil.copy(file, there)
        shutil.chown(there, self._server.folder.stat().st_uid)
        there.chmod(0o600)

    def _again(self) -> None:
        """Have it read its files, and wait until it has."""
        before = self._read_at()
        self._server.reload()
        while self._read_at() == before:
            time.sleep(0.01)

    def _read_at(self) -> Any:
        with closing(psycopg.connect(self._local)) as fresh:
            return fresh.execute("SELECT pg_conf_load_time()").fetchone()

    def url(self, host: str = HOST, **more: Any) -> str:
        """Where it is, as an administrator writes it for his seats."""
        said = {"hostaddr": "127.0.0.1", "sslrootcert": self.ours.root, **more}
        query = "&".join(f"{name}={value}" for name, value in said.items())
        return f"postgresql://{host}:{self._server.port}/postgres?{query}"

    def unlocked(self, host: str = HOST, **more: Any) -> Unlocked:
        return Unlocked(self.url(host, **more), LOGIN, self.password)

    def said(self, host: str = HOST, **more: Any) -> str:
        """Why nobody comes in that way, '' when he does."""
        return code(lambda: open_server(self.unlocked(host, **more), LOGIN).close())


@pytest.fixture(scope="module")
def running(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """`postgres` only says that there are server programs."""
    bin_ = server.programs()
    assert bin_ is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with server.served(bin_, port) as place:
        yield Guarded(place, tmp_path_factory.mktemp("authority"))


@pytest.fixture
def guarded(running: Guarded) -> Guarded:
    running.shows(running.ours.sign(HOST))
    running.asks(ASK)
    running.guards(is_on=True)
    return running


def test_a_server_that_is_who_it_says_is_entered_over_tls(guarded: Guarded):
    with closing(open_server(guarded.unlocked(), LOGIN)) as store:
        assert store.operator().login == LOGIN
    with closing(psycopg.connect(way_to(guarded.unlocked(), LOGIN))) as line:
        sql = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert line.execute(sql).fetchone() == (True, "TLSv1.3")


def test_a_stranger_is_not_believed(guarded: Guarded):
    assert guarded.said(sslrootcert=guarded.theirs.root) == "centre-unknown"
    guarded.shows(guarded.theirs.sign(HOST))
    assert guarded.said() == "centre-unknown"


def test_another_name_than_the_address_says_is_not_believed(guarded: Guarded):
    assert guarded.said("elsewhere.test") == "centre-misnamed"
    guarded.shows(guarded.ours.sign("elsewhere.test"))
    assert guarded.said() == "centre-misnamed"


@pytest.mark.parametrize("time", [(-2 * DAY, -DAY), (DAY, 2 * DAY)], ids=["over", "to come"])
def test_a_certificate_whose_time_is_over_or_to_come_is_not_believed(guarded: Guarded, time):
    guarded.shows(guarded.ours.sign(HOST, *time))
    assert guarded.said() == "centre-expired"


def test_without_a_root_to_check_by_nobody_is_believed(guarded: Guarded, tmp_path: Path):
    assert guarded.said(sslrootcert=tmp_path / "none.crt") == "centre-root"
    (tmp_path / "junk.crt").write_text("junk")
    assert guarded.said(sslrootcert=tmp_path / "junk.crt") == "centre-root"


def test_without_tls_nothing_is_said_to_a_server_elsewhere(guarded: Guarded):
    guarded.guards(is_on=False)
    assert guarded.said() == "centre-no-tls"


def test_a_password_only_proves_itself_over_this_very_line(guarded: Guarded):
    """A server that asks for it in clear, or for nothing, is not the one that the centre's people know."""
    for how in ("password", "trust"):
        guarded.asks(how)
        assert guarded.said() == "centre-unbound"
    assert guarded.said(channel_binding="prefer") == "", "an administrator may say so"


def test_a_seat_has_a_certificate_of_its_own_where_the_centre_wants_one(
    guarded: Guarded, tmp_path: Path
):
    guarded.asks(ASK_BOTH)
    assert guarded.said() == "seat-certificate"
    mine, foreign = guarded.ours.sign("seat-7"), guarded.theirs.sign("seat-7")
    old, other = guarded.ours.sign("seat-7", -2 * DAY, -DAY), guarded.ours.sign("seat-8")

    def with_(papers: Papers, key: Path | None = None) -> str:
        return guarded.said(sslcert=papers.certificate, sslkey=key or papers.key)

    assert with_(mine) == ""
    assert [with_(one) for one in (foreign, old)] == ["seat-certificate"] * 2
    for key in (other.key, tmp_path / "none.key"):
        assert with_(mine, key) == "seat-certificate"
    mine.key.chmod(0o644)
    assert with_(mine) == "seat-certificate", "a key that others can read is none"
    wrong = Unlocked(guarded.url(sslcert=other.certificate, sslkey=other.key), LOGIN, "wrong")
    assert code(lambda: open_server(wrong, LOGIN)) == "login-wrong", "both are needed"


def test_every_reason_has_its_own_words_in_both_languages(qapp):
    for words in (Wording("zh"), Wording("en")):
        for where in ("unopened", "unreachable"):
            assert len({words.say(f"frame.{where}.{one}") for one in CODES}) == len(CODES)
        assert not words.missing


def test_a_desk_works_on_while_the_certificate_is_over_and_is_back_with_a_new_one(
    guarded: Guarded, tmp_path: Path
):
    async def day() -> None:
        house = House(tmp_path / "seat", guarded.url())
        first = house.desk(house.enter(guarded.password, LOGIN))
        await settled(first)
        close_desk(first)
        guarded.shows(guarded.ours.sign(HOST, -2 * DAY, -DAY))
        door = house.enter(guarded.password, LOGIN)
        assert not door.is_online
        desk = house.desk(door)
        try:
            await until(lambda: desk.sync_state.code == "centre-expired")
            guarded.shows(guarded.ours.sign(HOST))
            await settled(desk)
            assert desk.sync_state.online
        finally:
            close_desk(desk)

    asyncio.run(day())


def test_a_command_line_says_it_too(guarded: Guarded, tmp_path: Path, capsys, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    place = guarded.url(sslrootcert=guarded.theirs.root)
    assert main(["store", "info", place, "--lang", "zh"]) == 2
    assert "可能有人冒充" in capsys.readouterr().err
