"""The logins of a centre's people, which are the whole server's and so in no dump of one database."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from db.central.store import utc_now
from db.postgres import roles
from db.postgres.link import connected, owner

_MAY_READ = "SELECT has_table_privilege('pg_catalog.pg_authid', 'SELECT')"
_KNOWN = "SELECT rolname, rolpassword, rolvaliduntil::text FROM pg_authid WHERE rolname = ANY (%s) AND rolcanlogin"
_PASSWORD_LASTS = timedelta(days=366)


def write(url: str, page: Path) -> None:
    """What a server keeps instead of passwords, if it says it to this administrator; a superuser hears it."""
    people = list(_people(url))
    with connected(url) as connection:
        (may_read,) = connection.execute(_MAY_READ).fetchone() or (False,)
        known = connection.execute(_KNOWN, (people,)).fetchall() if may_read else []
    told = [{"login": login, "verifier": one, "until": until} for login, one, until in known]
    page.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")


def make(url: str, page: Path) -> dict[str, str]:
    """Logins for those active people who have none on this server; first passwords where the backup has none."""
    known = {one["login"]: one for one in json.loads(page.read_text("utf-8"))}
    people, first = _people(url), dict[str, str]()
    with connected(url) as connection, connection.transaction():
        there = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", (list(people),)
        )
        missing = people.keys() - {login for (login,) in there}
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(roles.GATEKEEPER)))
        for login in sorted(missing):
            kept = known.get(login) or _fresh(connection, login, first)
            _make(connection, kept, people[login])
    return first


def _people(url: str) -> dict[str, str]:
    """The groups of everybody who may come in, by login."""
    with owner(url) as link:
        found = link.rows("SELECT login, role FROM operator WHERE is_active AND role <> 'SYSTEM'")
    return {login: f"fenbo_{role.lower()}" for login, role in found}


def _fresh(
    connection: psycopg.Connection[Any], login: str, first: dict[str, str]
) -> dict[str, Any]:
    first[login] = secrets.token_urlsafe(12)
    verifier = connection.pgconn.encrypt_password(first[login].encode(), b"", b"scram-sha-256")
    return {
        "login": login,
        "verifier": verifier.decode(),
        "until": str(utc_now() + _PASSWORD_LASTS),
    }


def _make(connection: psycopg.Connection[Any], kept: dict[str, Any], group: str) -> None:
    """As fenbo.add_operator makes one."""
    made = sql.SQL(
        "CREATE ROLE {login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT"
        " CONNECTION LIMIT 4 PASSWORD {verifier} VALID UNTIL {until} IN ROLE {group}"
    )
    connection.execute(
        made.format(
            login=sql.Identifier(kept["login"]),
            verifier=sql.Literal(kept["verifier"]),
            until=sql.Literal(kept["until"] or "infinity"),
            group=sql.Identifier(group),
        )
    )
