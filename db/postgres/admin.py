"""What an administrator does to a PostgreSQL store: found it, upgrade it, let people in, open batches, verify it."""

import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.queries import Operator
from db.central import info as about
from db.central import people
from db.central.admin import SYSTEM, Facts
from db.central.finding import Finding, Report
from db.central.link import Link
from db.central.located import located
from db.central.migrate import migrate
from db.central.rulebook import drift as rule_drift
from db.central.store import utc_now
from db.central.verify import Replay, verify_link
from db.postgres import drift, fields, install, roles
from db.postgres.central import PostgresCentral, open_server
from db.postgres.link import POSTGRES, asking, connected, owner
from db.postgres.sealing import keys_of

#: The first PostgreSQL with everything that the functions use.
_OLDEST = 150_000
_PASSWORD_LASTS = timedelta(days=366)


def init(url: str, district: str, prefix: str, kind: str, now: datetime | None = None) -> None:
    """Found a centre in an empty database, as a superuser or as who may create roles and owns the database.

    Raises Refused: store-exists, store-kind, server-too-old, server-not-utf8, server-lacks-pgcrypto, store-init-rights;
    Unreachable.
    """
    if kind not in about.KINDS:
        raise Refused("store-kind", kind=kind)
    with changing(url) as (link, connection):
        suits(link)
        roles.make_roles(link)
        make_schemas(link)
        _migrate(link, connection)
        about.found(link, district, prefix, kind, now or utc_now())
        install.install(link)
        link.run(f"SET LOCAL ROLE {roles.OWNER}")
        for name in ("digest", "seal"):
            link.rows("SELECT fenbo.make_secret(?)", (name,))


def suits(link: Link) -> None:
    """Whether a centre can be founded in this database. Raises Refused as `init`."""
    found = link.row(
        "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),"
        " EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pgcrypto'),"
        " to_regnamespace('fenbo') IS NOT NULL, current_database()"
    )
    version, encoding, has_crypto, is_there, name = found or (0, "", False, False, "")
    if version < _OLDEST:
        raise Refused("server-too-old", version=version // 10_000, oldest=_OLDEST // 10_000)
    if encoding != "UTF8":
        raise Refused("server-not-utf8", encoding=encoding)
    if not has_crypto:
        raise Refused("server-lacks-pgcrypto")
    if is_there:
        raise Refused("store-exists", path=name)


def make_schemas(link: Link) -> None:
    """The store's schema, and one for the extension, whose functions nobody but the owner reaches."""
    link.run(f"CREATE SCHEMA fenbo AUTHORIZATION {roles.OWNER}")
    link.run(f"CREATE SCHEMA IF NOT EXISTS fenbo_crypto AUTHORIZATION {roles.OWNER}")
    link.run("CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA fenbo_crypto")
    link.run("ALTER EXTENSION pgcrypto SET SCHEMA fenbo_crypto")


def _migrate(link: Link, connection: Connection) -> None:
    """Alembic's missing steps, made by the owner in the store's own schema."""
    link.run(f"SET LOCAL ROLE {roles.OWNER}")
    link.run("SET LOCAL search_path = fenbo")
    migrate(connection)


def upgrade(url: str) -> bool:
    """Bring a store up to this program's schema, functions and rules; whether anything was to be done.

    Raises Refused: store-newer, store-empty, store-not-owner, store-init-rights.
    """
    with owner(url) as link:
        known = about.read(link)
        if known.schema_version > about.SCHEMA_VERSION:
            raise Refused("store-newer", store=known.schema_version, client=about.SCHEMA_VERSION)
        is_older = known.schema_version < about.SCHEMA_VERSION
        decides_otherwise = is_older or bool(rule_drift(link))
        if not decides_otherwise and not _drift(link):
            return False
    bring_up(url, decides_otherwise=decides_otherwise)
    return True


def bring_up(url: str, *, decides_otherwise: bool) -> None:
    """This program's schema, functions, rows and rights, whatever is there of them.

    What was decided until now stands when this program `decides_otherwise`.
    """
    with changing(url) as (link, connection):
        roles.make_roles(link)
        _migrate(link, connection)
        install.install(link)
        link.run(f"SET LOCAL ROLE {roles.OWNER}")
        link.run("UPDATE fenbo.store_info SET schema_version = ?", (about.SCHEMA_VERSION,))
        if decides_otherwise:
            link.run("UPDATE fenbo.head SET judged_from = seq")


def _drift(link: Link) -> list[str]:
    return [*fields.drift(link), *drift.drift(link)]


def facts(url: str) -> Facts:
    """What the store holds. Raises Refused: store-empty, store-not-owner."""
    with owner(url) as link, link.reading():
        commands, cases, people_ = (
            int((link.row(f"SELECT count(*) FROM {table}") or (0,))[0])
            for table in ("log", "case_file", "operator")
        )
        (size,) = link.row("SELECT pg_database_size(current_database())") or (0,)
        return Facts(about.read(link), commands, cases, people_, int(size))


def operators(url: str) -> tuple[Operator, ...]:
    """Everybody who may or might come in."""
    with owner(url) as link:
        return people.operators(link)


@contextmanager
def as_the_system(url: str) -> Generator[PostgresCentral]:
    """The store as the system itself reaches it, by a login lent to its keeper for this once.

    Raises Refused: not-a-keeper, operator-exists, centre-not-let-in; Unreachable.
    """
    password = secrets.token_urlsafe(24)
    with asking(url) as connection:
        connection.execute("SELECT fenbo.lend_system(%s)", (_verifier(connection, password),))
        try:
            store = open_server(url, SYSTEM, password=password)
            try:
                yield store
            finally:
                store.close()
        finally:
            connection.execute("SELECT fenbo.lend_system(NULL)")


def _verifier(connection: psycopg.Connection[Any], password: str) -> str:
    """What the server keeps instead of a password; the login is no part of it."""
    return connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256").decode()


def failures(url: str) -> Sequence[Sequence[str]]:
    """Wrong passwords of the last week: (told when, by whom, of which login, how many and from when to when)."""
    with owner(url) as link:
        return link.rows(
            "SELECT at::text, actor, about, reason FROM access_log WHERE what = 'login.failed'"
            " AND at > now() - interval '7 days' ORDER BY at"
        )


def limited_reveals(url: str) -> Sequence[tuple[str, int]]:
    """Who wanted to look at reporters more often than anybody may, in the last week, and how often."""
    with owner(url) as link:
        return link.rows(
            "SELECT actor, count(*) FROM access_log WHERE what = 'reveal.limited'"
            " AND at > now() - interval '7 days' GROUP BY actor ORDER BY actor"
        )


def add_operator(url: str, new: Operator) -> str:
    """Let somebody in; the password he begins with, said this once.

    Raises Refused: operator-exists, operator-login, operator-unit, auditors-apart, not-a-keeper.
    """
    password = secrets.token_urlsafe(12)
    with asking(url) as connection:
        verifier = _verifier(connection, password)
        values = (new.login, new.name, str(new.role), new.district, new.unit, verifier)
        until = utc_now() + _PASSWORD_LASTS
        connection.execute(
            "SELECT fenbo.add_operator(%s, %s, %s, %s, %s, %s, %s)", (*values, until)
        )
    return password


def reset_password(url: str, login: str) -> str:
    """Give somebody a new first password, said this once; his sessions end. Raises Refused('operator-unknown')."""
    password = secrets.token_urlsafe(12)
    with asking(url) as connection:
        values = (login, _verifier(connection, password), utc_now() + _PASSWORD_LASTS)
        connection.execute("SELECT fenbo.reset_password(%s, %s, %s)", values)
    return password


def move_operator(url: str, login: str, role: Role, unit: str | None) -> None:
    """Give somebody another role or unit; his seats fetch their scope anew. Raises Refused."""
    with asking(url) as connection:
        connection.execute("SELECT fenbo.move_operator(%s, %s, %s)", (login, str(role), unit))


def deactivate(url: str, login: str) -> None:
    """Shut somebody out and end his sessions. Raises Refused('operator-unknown')."""
    with asking(url) as connection:
        connection.execute("SELECT fenbo.deactivate(%s)", (login,))


def open_batch(url: str, batch: str, *, historical: bool) -> None:
    """Open an import batch; a historical one may say when things occurred. Raises Refused('batch-exists')."""
    with asking(url) as connection:
        connection.execute("SELECT fenbo.open_batch(%s, %s)", (batch, historical))


def close_batch(url: str, batch: str) -> None:
    """Close a batch for good. Raises Refused('batch-unknown')."""
    with asking(url) as connection:
        connection.execute("SELECT fenbo.close_batch(%s)", (batch,))


def verify(url: str, replay: Replay | None = None) -> Report:
    """Read the whole store in one transaction, its keys, functions and rights included."""
    with owner(url) as link, link.reading():
        odd = [Finding("drift", one) for one in (*fields.drift(link), *drift.drift(link))]
        try:
            sealer = keys_of(link)
        except Refused as lost:
            sealer, odd = None, [*odd, Finding(lost.code, "secret")]
        report = verify_link(link, sealer, replay)
        return replace(report, findings=tuple(located(link, (*report.findings, *odd))))


@contextmanager
def changing(url: str) -> Generator[tuple[Link, Connection]]:
    """One transaction of an administrator, as a link and as what Alembic works on: all of it or nothing."""
    raw = connected(url)
    engine = create_engine("postgresql+psycopg://", creator=lambda: raw, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.begin()  # for Alembic, which would commit each step on its own otherwise
            link = Link(raw, POSTGRES)
            with link.writing():
                yield link, connection
    except psycopg.errors.InsufficientPrivilege as denied:
        raise Refused("store-init-rights", why=str(denied.diag.message_primary)) from denied
    finally:
        raw.close()
