"""The owner's link to a PostgreSQL store: for founding, upgrading, verifying, and looking at rows."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors

from app.domain.refused import Refused
from app.services.ports import Unreachable
from db.central.link import Dialect, Link
from db.places import Unlocked
from db.postgres.place import way_to
from db.postgres.trouble import meaning, unreachable

POSTGRES = Dialect(
    "postgresql",
    "BEGIN",
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    " FOR UPDATE",
    "%s",
    (psycopg.IntegrityError, psycopg.DataError),
    {"name": "stream"},
)
#: What is said of a password that does not fit, or is missing; so long nobody tries the same again (seconds).
NO_PASSWORD, IN_VAIN = ("login-wrong", "login-needed"), 60.0
#: Long work of an administrator: no limit but that of waiting for a lock.
PATIENT = "-c statement_timeout=0 -c lock_timeout=5s -c timezone=UTC -c datestyle=ISO,YMD"


def connected(url: str | Path) -> psycopg.Connection[Any]:
    """A connection in autocommit as the administrator whom the URL (or the environment) names. Raises Unreachable."""
    return made(way_to(url, options=PATIENT))


def made(way: str) -> psycopg.Connection[Any]:
    """A connection in autocommit by a connection text. Raises Refused and Unreachable."""
    try:
        return psycopg.connect(way, autocommit=True)
    except psycopg.OperationalError as error:
        raise unreachable(error, way) from error


def coming(url: str | Path, login: str, **more: str) -> psycopg.Connection[Any]:
    """The connection of a person at work, again and again: with a password that was just refused nobody knocks.

    Raises Refused and Unreachable.
    """
    way = way_by(url, login, **more)
    given = url if isinstance(url, Unlocked) and url.login == login else None
    password = given and given.password
    try:
        return made(way)
    except Refused as no:
        is_it = given is not None and given.password == password  # another came in its place else
        if given is not None and is_it and no.code in NO_PASSWORD:
            given.refused_at = time.monotonic()
        raise


def way_by(url: str | Path, login: str, **more: str) -> str:
    """The connection text of a person as things stand. Raises Refused('login-wrong') soon after the last one."""
    refused_at = url.refused_at if isinstance(url, Unlocked) and url.login == login else None
    if refused_at is not None and time.monotonic() - refused_at < IN_VAIN:
        raise Refused("login-wrong")
    return way_to(url, login, **more)


@contextmanager
def asking(url: str | Path, login: str = "") -> Generator[psycopg.Connection[Any]]:
    """A connection for one question, of `login` or else of the administrator whom the URL names.

    What the server refuses becomes Refused, an absent one Unreachable.
    """
    connection = made(way_to(url, login)) if login else connected(url)
    try:
        yield connection
    except psycopg.Error as error:
        said: Refused | Unreachable | None = meaning(error)
        if said is None:
            raise
        raise said from error
    finally:
        connection.close()


@contextmanager
def owner(url: str) -> Generator[Link]:
    """A link that acts as the store's owner for as long as the block lasts.

    Raises Refused: store-not-owner for who is no member of fenbo_owner, store-empty where no store was founded.
    """
    connection = connected(url)
    try:
        _act_as_owner(connection)
        yield Link(connection, POSTGRES)
    finally:
        connection.close()


def _act_as_owner(connection: psycopg.Connection[Any]) -> None:
    try:
        connection.execute("SET ROLE fenbo_owner")
    except (errors.UndefinedObject, errors.InvalidParameterValue) as missing:
        raise Refused("store-empty") from missing
    except errors.InsufficientPrivilege as denied:
        raise Refused("store-not-owner", login=connection.info.user) from denied
    connection.execute("SET search_path = fenbo")
    found = connection.execute("SELECT to_regclass('fenbo.store_info')").fetchone()
    if found is None or found[0] is None:
        raise Refused("store-empty")
