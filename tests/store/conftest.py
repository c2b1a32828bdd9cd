"""The same town on every store: a SQLite file, and a database of a private PostgreSQL server."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from db.central import admin, info, people, rulebook
from db.central.link import Dialect, Link, open_file
from db.central.sealing import Sealer, key_path, read_key
from db.central.store import CentralStore, open_central
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


def postgres_link(conninfo: str) -> Link:
    import psycopg

    connection = psycopg.connect(conninfo, autocommit=True)
    connection.execute("SET TIME ZONE 'UTC'")
    broken = (psycopg.IntegrityError, psycopg.DataError)
    snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    return Link(connection, Dialect("postgresql", "BEGIN", snapshot, " FOR UPDATE", "%s", broken))


@pytest.fixture(scope="session")
def postgres_engine(postgres: str) -> Callable[[str], Any]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    folder = postgres.split()[0].removeprefix("host=")
    base = f"postgresql+psycopg://fenbo@/%s?host={folder}"
    return lambda name: create_engine(base % name, poolclass=NullPool)


@pytest.fixture(scope="session")
def postgres_template(postgres: str, postgres_engine: Callable[[str], Any]) -> str:
    """A migrated database that is copied for every test."""
    from db.central.migrate import migrate

    link = postgres_link(f"{postgres} dbname=postgres")
    link.run("CREATE DATABASE template_town")
    link.close()
    with postgres_engine("template_town").begin() as connection:
        migrate(connection)
    return "template_town"


_NAMES = (f"town{number}" for number in count(1))


@pytest.fixture(params=["sqlite", "postgres"])
def town_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Founds towns (kind='live' and so on) on the store that the test is run for."""
    towns: list[Town] = []

    def found(kind: str = "live") -> Town:
        make = _sqlite_town if request.param == "sqlite" else _postgres_town
        towns.append(make(request, tmp_path, kind))
        return towns[-1]

    yield found
    for town in towns:
        town.close()


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


def _sqlite_town(_: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Town:
    return _town_on(_founded(tmp_path / f"{kind}.db", kind), Clock())


def _postgres_town(request: pytest.FixtureRequest, _: Path, kind: str) -> Town:
    conninfo = request.getfixturevalue("postgres")
    template, name = request.getfixturevalue("postgres_template"), next(_NAMES)
    root = postgres_link(f"{conninfo} dbname=postgres")
    root.run(f"CREATE DATABASE {name} TEMPLATE {template}")
    root.close()
    link, clock, sealer = (
        postgres_link(f"{conninfo} dbname={name}"),
        Clock(),
        Sealer(Fernet.generate_key()),
    )
    with link.writing():
        info.found(link, "pingshan", "SZPS", kind, START)
        info.remember_key(link, sealer)
        rulebook.install(link)
        for person in everybody():
            people.add_operator(link, person)
    connect = lambda: postgres_link(f"{conninfo} dbname={name}")  # noqa: E731
    return Town(clock, lambda login: CentralStore(connect, login, sealer, clock), link, sealer)
