"""A PostgreSQL centre backed up by pg_dump, with the logins of its people, and put into a database by pg_restore."""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from app.domain.refused import Refused
from app.services.ports import Unreachable
from db.backups import SERVER, End, Held, keep, read
from db.central import info as about
from db.central import reveals
from db.central.link import Link
from db.central.rulebook import drift as rule_drift
from db.central.store import utc_now
from db.postgres import admin, logins, roles
from db.postgres.link import PATIENT, connected, owner
from db.postgres.place import secret_of, way_to
from db.postgres.programs import program, run

DUMP = "centre.dump"
LOGINS = "logins.json"
#: What a living centre is called afterwards, with the first free number.
_REPLACED = "fenbo_replaced"


def back_up(url: str, folder: Path) -> Held:
    """The centre as it is at this moment, its keys in it; people go on working.

    Raises Refused: backup-exists, no-program, program-failed, store-not-owner, store-empty; Unreachable.
    """
    with owner(url) as link:
        about.read(link)
    return keep(folder, partial(_fill, url), utc_now())


def _fill(url: str, half: Path) -> Held:
    dump = half / DUMP
    what = ("--format=custom", "--schema=fenbo", f"--role={roles.OWNER}", f"--file={dump}")
    run("pg_dump", *what, "--no-password", f"--dbname={_way(url)}", password=secret_of(url))
    logins.write(url, half / LOGINS)
    with (
        suppress(psycopg.OperationalError),
        owner(url) as link,
    ):  # of a full disk a backup is made as well
        _note(link, "store.backup")
    return _held(dump)


def _way(url: str) -> str:
    """The way of an administrator: never with a password, which everybody on this machine could read."""
    return way_to(str(url), options=PATIENT)


def _held(dump: Path) -> Held:
    """What the dump itself says, read to its end. Raises Refused."""
    run("pg_restore", f"--file={os.devnull}", str(dump))
    (store,) = _rows(dump, "store_info")
    ends = tuple(End(row["feed"], int(row["seq"]), row["hash"]) for row in _rows(dump, "head"))
    by_feed = tuple(sorted(ends, key=lambda end: end.feed))
    return Held(SERVER, store["store_id"], int(store["schema_version"]), by_feed)


def _rows(dump: Path, table: str) -> list[dict[str, str]]:
    """The rows of a small table as they stand in a dump."""
    said = run(
        "pg_restore", "--data-only", "--schema=fenbo", f"--table={table}", "--file=-", str(dump)
    )
    lines = iter(said.splitlines())
    heading = next(line for line in lines if line.startswith("COPY "))
    names = heading.partition("(")[2].partition(")")[0].split(", ")
    rows: list[dict[str, str]] = []
    for line in lines:
        if line == "\\.":
            break
        rows.append(dict(zip(names, line.split("\t"), strict=True)))
    return rows


def restore(url: str, folder: Path, *, replace: bool) -> tuple[Held, dict[str, str]]:
    """Put a backup into a database, whole or not at all; with `replace` the centre there is renamed and stays.

    Also the first passwords of people whose logins are neither on this server nor whole in the backup.
    Raises Refused: store-there, store-newer, no-program, program-failed, store-init-rights and as
    `db.backups.read`; Unreachable.
    """
    held = read(folder, SERVER)
    if held.schema_version > about.SCHEMA_VERSION:
        raise Refused("store-newer", store=held.schema_version, client=about.SCHEMA_VERSION)
    program("pg_restore")
    aside = _make_room(url, replace=replace)
    try:
        if aside:
            _end_sessions(url)
        _pour(url, folder / DUMP)
        _bring_up(url)
        passwords = logins.make(url, folder / LOGINS)
    except BaseException:
        _give_back(url, aside)
        raise
    return held, passwords


def _make_room(url: str, *, replace: bool) -> str:
    """Empty schemas for what comes; the name of the schema that the living centre has now, '' for none."""
    aside = ""
    with admin.changing(url) as (link, _):
        is_there = link.row("SELECT 1 WHERE to_regnamespace('fenbo') IS NOT NULL")
        if is_there and not replace:
            (name,) = link.row("SELECT current_database()") or ("",)
            raise Refused("store-there", path=name)
        roles.make_roles(link)
        if is_there:
            aside = _set_aside(link)
        admin.suits(link)
        admin.make_schemas(link)
        link.run(f"GRANT CREATE ON SCHEMA fenbo TO {roles.GATEKEEPER}")
    return aside


def _set_aside(link: Link) -> str:
    """Rename the living centre; nobody calls its functions any more. Its name."""
    taken = {one for (one,) in link.rows("SELECT nspname FROM pg_namespace")}
    number = next(n for n in range(1, len(taken) + 2) if f"{_REPLACED}_{n}" not in taken)
    aside = f"{_REPLACED}_{number}"
    link.run(f"REVOKE ALL ON SCHEMA fenbo FROM {', '.join((*roles.GROUPS, roles.GATEKEEPER))}")
    link.run(f"ALTER SCHEMA fenbo RENAME TO {aside}")
    return aside


def _end_sessions(url: str) -> None:
    """Everybody has to come again, whatever his session had planned to do in the renamed centre."""
    with connected(url) as connection:
        connection.execute(_END_SESSIONS, (list(roles.GROUPS),))


_END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND usename IN (SELECT u.rolname FROM pg_auth_members AS m"
    " JOIN pg_roles AS g ON g.oid = m.roleid JOIN pg_roles AS u ON u.oid = m.member WHERE g.rolname = ANY (%s))"
)


def _pour(url: str, dump: Path) -> None:
    all_or_nothing = ("--single-transaction", "--exit-on-error", "--schema=fenbo")
    said = (*all_or_nothing, "--no-password", f"--dbname={_way(url)}")
    run("pg_restore", *said, str(dump), password=secret_of(url))


def _bring_up(url: str) -> None:
    """To this program's schema, functions and rights; as a history that was restored once more."""
    with owner(url) as link:
        is_older = about.read(link).schema_version < about.SCHEMA_VERSION
        decides_otherwise = is_older or bool(rule_drift(link))
    admin.bring_up(url, decides_otherwise=decides_otherwise)
    with owner(url) as link:
        link.run("UPDATE head SET epoch = epoch + 1")
        _note(link, "store.restore")


def _note(link: Link, what: str) -> None:
    """A line of the access log: with its keys, a backup holds every person."""
    (who,) = link.row("SELECT session_user::text") or ("",)
    reveals.record(link, who, (what, ""), "", utc_now())


def _give_back(url: str, aside: str) -> None:
    """As it was before, as far as the server can still be reached."""
    try:
        connection = connected(url)
    except (Refused, Unreachable):
        return
    with connection, connection.transaction():
        connection.execute("DROP SCHEMA IF EXISTS fenbo CASCADE")
        if aside:
            back = sql.SQL("ALTER SCHEMA {} RENAME TO fenbo").format(sql.Identifier(aside))
            connection.execute(back)
    if aside:
        admin.bring_up(url, decides_otherwise=False)
