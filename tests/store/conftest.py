"""The same town on every store: a SQLite file, and a database of a private PostgreSQL server."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.services.queries import Operator
from db.central import admin
from db.central.link import Link, open_file
from db.central.sealing import key_path, read_key
from db.central.store import open_central
from tests.store import server
from tests.store.town import START, Clock, Town, everybody


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The connection text of a private server; skipped where there is none and none is demanded."""
    bin_ = server.programs()
    if bin_ is None:
        if os.environ.get("FENBO_REQUIRE_POSTGRES") == "1":
            pytest.fail("FENBO_REQUIRE_POSTGRES=1, and no initdb was found")
        pytest.skip("no PostgreSQL server programs on this machine")
    with server.running(bin_) as conninfo:
        yield conninfo


def postgres_link(conninfo: str, path: str = "public") -> Link:
    import psycopg

    from db.postgres.link import POSTGRES

    connection = psycopg.connect(conninfo, autocommit=True)
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute(f"SET search_path = {path}")
    return Link(connection, replace(POSTGRES, streaming={}))  # verified outside a transaction here


def url_of(conninfo: str, name: str, login: str = "fenbo") -> str:
    """The URL of a database of the private server."""
    folder = conninfo.split()[0].removeprefix("host=")
    return f"postgresql://{login}@/{name}?host={folder}"


@pytest.fixture(scope="session")
def postgres_engine(postgres: str) -> Callable[[str, str], Any]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    def engine(name: str, path: str = "public") -> Any:
        url = url_of(postgres, name).replace("postgresql:", "postgresql+psycopg:")
        return create_engine(f"{url}&options=-csearch_path%3D{path}", poolclass=NullPool)

    return engine


@pytest.fixture(scope="session")
def postgres_root(postgres: str) -> Iterator[Link]:
    """The superuser's link to the private server."""
    root = postgres_link(f"{postgres} dbname=postgres")
    yield root
    root.close()


@pytest.fixture(scope="session")
def lasting_database(postgres_root: Link) -> Callable[..., str]:
    """Makes databases of the private server, empty ones or copies."""

    def made(name: str, template: str = "template1") -> str:
        postgres_root.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    return made


@pytest.fixture
def new_database(
    postgres_root: Link, lasting_database: Callable[..., str]
) -> Iterator[Callable[..., str]]:
    """The same for one test: dropped before they reach the disk."""
    names: list[str] = []

    def made(name: str, template: str = "template1") -> str:
        names.append(lasting_database(name, template))
        return name

    yield made
    for name in names:
        postgres_root.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_migrated(
    lasting_database: Callable[..., str], postgres_engine: Callable[..., Any]
) -> str:
    """A database with nothing but what the migrations make."""
    from db.central.migrate import migrate

    with postgres_engine(lasting_database("migrated")).begin() as connection:
        migrate(connection)
    return "migrated"


@pytest.fixture(scope="session")
def postgres_template(postgres: str, lasting_database: Callable[..., str]) -> str:
    """A founded centre with everybody in it, copied for every test. Its clock stands until a test moves it."""
    from db.postgres import admin as server

    url = url_of(postgres, lasting_database("template_town"))
    server.init(url, "pingshan", "SZPS", "live", START)
    for person in everybody():
        server.add_operator(url, person)
    link = postgres_link(f"{postgres} dbname=template_town")
    for person in everybody():  # tests race fifty threads of one person
        link.run(f"ALTER ROLE {person.login} CONNECTION LIMIT -1")
    link.script(STANDING_CLOCK)
    link.script(KEPT)
    link.close()
    return "template_town"


@pytest.fixture(scope="session")
def working_template(
    postgres: str, lasting_database: Callable[..., str], postgres_template: str
) -> str:
    """A centre whose clock is the server's, with the people of real desks, whose units the directory knows."""
    from db import centre
    from tests.sync.desks import DISTRICT, PEOPLE

    url = url_of(postgres, lasting_database("template_centre"))
    centre.init(url, DISTRICT, "SZPS", "live")
    for login, role, unit in PEOPLE:
        centre.add_operator(url, Operator(login, login, role, "", unit))
    return "template_centre"


@pytest.fixture
def url(request: pytest.FixtureRequest, postgres: str, working_template: str) -> str:
    """The URL, as its keeper writes it, of a centre where people work."""
    return url_of(postgres, _passing(request, _made(request, next(_NAMES), working_template)))


def centre_of(request: pytest.FixtureRequest, name: str) -> tuple[str, Callable[[], None]]:
    """The URL of a centre where people work, for part of a test; and what drops it."""
    root: Link = request.getfixturevalue("postgres_root")
    _made(request, name, request.getfixturevalue("working_template"))

    def drop() -> None:
        root.run(f"DROP DATABASE {name} WITH (FORCE)")

    return url_of(request.getfixturevalue("postgres"), name), drop


def socket_of(conninfo: str) -> str:
    """The path of the private server's own socket."""
    return f"{conninfo.split()[0].removeprefix('host=')}/.s.PGSQL.5432"


#: The functions of a store ask one function for the time; here it reads a row that the test writes.
STANDING_CLOCK = """
CREATE SCHEMA fenbo_test AUTHORIZATION fenbo_owner;
CREATE TABLE fenbo_test.clock (at timestamptz);
INSERT INTO fenbo_test.clock VALUES (now());
ALTER TABLE fenbo_test.clock OWNER TO fenbo_owner;
CREATE OR REPLACE FUNCTION fenbo.clock() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$ SELECT at FROM fenbo_test.clock $$;
"""


#: What is in the tables of a founded centre, to be put back between two tests: a new copy takes longer.
KEPT = """
DO $$ DECLARE one name; is_full boolean; BEGIN
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM fenbo.%I)', one) INTO is_full;
        IF is_full THEN
            EXECUTE format('CREATE TABLE fenbo_test.kept_%1$s AS TABLE fenbo.%1$I', one);
        END IF;
    END LOOP;
END $$;
"""
PUT_BACK = """
SET lock_timeout = '1s';
DO $$ DECLARE one name; BEGIN
    FOR one IN SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('DELETE FROM fenbo.%I', one);
        IF to_regclass('fenbo_test.kept_' || one) IS NOT NULL THEN
            EXECUTE format('INSERT INTO fenbo.%1$I SELECT * FROM fenbo_test.kept_%1$s', one);
        END IF;
    END LOOP;
END $$;
"""


class ServedClock(Clock):
    """A clock that a database goes by."""

    def __init__(self, link: Link) -> None:
        self._link = link
        super().__init__()

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, now: datetime) -> None:
        self._now = now
        self._link.run("UPDATE fenbo_test.clock SET at = ?", (now,))


_NAMES = (f"town{number}" for number in count(1))
#: Databases that a test has done with.
_FREE: list[str] = []


@pytest.fixture(params=["sqlite", "postgres"])
def town_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Founds towns (kind='live' and so on) on the store that the test is run for."""
    towns: list[Town] = []
    taken: list[str] = []

    def found(kind: str = "live") -> Town:
        if request.param == "sqlite":
            towns.append(_sqlite_town(tmp_path, kind))
        else:
            taken.append(_free_database(request))
            towns.append(_town_in(request, taken[-1], kind))
        return towns[-1]

    yield found
    for town in towns:
        town.close()
    _FREE.extend(taken)


@pytest.fixture
def town(town_of: Callable[..., Town]) -> Town:
    return town_of()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A live SQLite store with everybody in it."""
    return _founded(tmp_path / "central.db", "live")


@pytest.fixture
def sqlite_town(file: Path) -> Iterator[Town]:
    town = _town_on(file, Clock())
    yield town
    town.close()


@cache
def _template(kind: str) -> Path:
    """A founded file with everybody in it, copied for every test."""
    folder = tempfile.TemporaryDirectory(prefix="fenbo-town-")
    atexit.register(folder.cleanup)
    path = admin.init(Path(folder.name) / "town.db", "pingshan", "SZPS", kind, START)
    for person in everybody():
        admin.add_operator(path, person)
    return path


def _founded(path: Path, kind: str) -> Path:
    template = _template(kind)
    shutil.copy2(template, path)
    shutil.copy2(key_path(template), key_path(path))
    return path


def town_on(folder: Path, clock: Clock) -> Town:
    """A live town in a folder of its own, for tests that found many."""
    return _town_on(_founded(folder / "central.db", "live"), clock)


def _town_on(path: Path, clock: Clock) -> Town:
    opened = lambda login: open_central(path, login, clock)  # noqa: E731
    return Town(clock, opened, open_file(path), read_key(path))


def _sqlite_town(tmp_path: Path, kind: str) -> Town:
    return _town_on(_founded(tmp_path / f"{kind}.db", kind), Clock())


def postgres_town(request: pytest.FixtureRequest, name: str, kind: str = "live") -> Town:
    """A town on the private server, reached through its people's own logins; `link` is the owner's."""
    _passing(request, _made(request, name))
    return _town_in(request, name, kind)


def _passing(request: pytest.FixtureRequest, name: str) -> str:
    """A database that goes with the fixture that asked for it."""
    root: Link = request.getfixturevalue("postgres_root")
    request.addfinalizer(lambda: root.run(f"DROP DATABASE {name} WITH (FORCE)"))
    return name


def _made(request: pytest.FixtureRequest, name: str, template: str = "") -> str:
    """A copy of a template, else of the town's."""
    from db.postgres.roles import fence_database

    made = request.getfixturevalue("lasting_database")
    made(name, template or request.getfixturevalue("postgres_template"))
    link = postgres_link(f"{request.getfixturevalue('postgres')} dbname={name}", "fenbo")
    fence_database(link)  # rights on the database itself are not copied with it
    link.close()
    return name


def _free_database(request: pytest.FixtureRequest) -> str:
    """One that a test has done with, as it was founded; a new one where nobody has, or somebody holds on to it."""
    import psycopg

    while _FREE:
        name = _FREE.pop()
        link = postgres_link(f"{request.getfixturevalue('postgres')} dbname={name}", "fenbo")
        with suppress(psycopg.OperationalError), closing(link):
            link.script(PUT_BACK)
            return name
    return _made(request, next(_NAMES))


def _town_in(request: pytest.FixtureRequest, name: str, kind: str) -> Town:
    from db.postgres.central import open_server
    from db.postgres.sealing import keys_of

    conninfo = request.getfixturevalue("postgres")
    link = postgres_link(f"{conninfo} dbname={name}", "fenbo")
    link.run("UPDATE store_info SET kind = ?", (kind,))
    clock = ServedClock(link)
    return Town(
        clock, lambda login: open_server(url_of(conninfo, name), login), link, keys_of(link)
    )
