"""Where a PostgreSQL centre is: its URL taken apart, and what a safe way to it needs."""

import getpass
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.domain.refused import Refused
from db.places import Unlocked, is_server

#: So long may finding the server take, and so soon is a dead one noticed (seconds, and milliseconds).
_WAITS = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
#: To another machine: its certificate and name are checked, no other encryption goes before that, and a
#: password only proves itself (SCRAM) and only over this very line.
_GUARDED = {"sslmode": "verify-full", "gssencmode": "disable", "channel_binding": "require"}
_SETTINGS = (
    "-c statement_timeout=15s -c lock_timeout=2s -c idle_in_transaction_session_timeout=5s"
    " -c timezone=UTC -c datestyle=ISO,YMD"
    # the server too gives up a seat that fell silent, or its four connections would be taken for hours
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3"
)


def way_to(url: str | Path, login: str = "", **more: str) -> str:
    """The connection text for one login.

    What else libpq knows may stand in the URL: sslrootcert, sslcert and sslkey above all. Raises Refused: store-url for
    what is none, store-password-in-url, and store-unprotected for a server elsewhere whose name would not be checked.
    """
    said = _parts(str(url))
    if said.get("password") or said.get("sslpassword"):
        raise Refused("store-password-in-url")
    if not _is_here(said, os.environ):
        said = {**_GUARDED, **said}
        if said["sslmode"] != _GUARDED["sslmode"]:
            raise Refused("store-unprotected", sslmode=said["sslmode"])
    if login:
        said["user"] = login
    if password := _password(url, said.get("user", "")):
        said["password"] = password
    return make_conninfo(
        "", **{"options": _SETTINGS, "client_encoding": "UTF8", **_WAITS, **said, **more}
    )


def plain(url: str | Path) -> str:
    """Where it is, as it may be shown and remembered: host, port and database, nobody's name or secret."""
    said = _parts(str(url))
    host = ":".join(said[part] for part in ("host", "port") if part in said)
    return f"postgresql://{host}/{said.get('dbname', '')}"


def login_for(url: str | Path) -> str:
    """Whose login the URL names; else the one that PostgreSQL's own programs would take."""
    return _parts(str(url)).get("user") or os.environ.get("PGUSER") or getpass.getuser()


def parted(url: str | Path, login: str = "") -> tuple[Unlocked, str]:
    """The same place without its password, for `login` or else whom it names; and that password, '' for none."""
    said = {**_parts(str(url)), "user": login or login_for(url)}
    password = said.pop("password", "")
    bare = f"postgresql:///?{urlencode(said, quote_via=quote)}"
    return Unlocked(bare, said["user"], ""), password


def secret_of(url: str | Path) -> str:
    """The password of him whom the URL names, '' where none was given."""
    return _password(url, login_for(url))


def _password(url: str | Path, login: str) -> str:
    return url.password if isinstance(url, Unlocked) and url.login == login else ""


def _parts(url: str) -> dict[str, str]:
    head, mark, rest = url.partition(":")
    if not mark or not is_server(url):
        raise Refused("store-url", url=head)
    try:
        found = conninfo_to_dict(f"postgresql:{rest}")
    except ProgrammingError as wrong:
        raise Refused("store-url", url=head) from wrong
    return {name: str(value) for name, value in found.items() if value is not None}


def _is_here(said: Mapping[str, str], around: Mapping[str, str]) -> bool:
    """On this machine: through a Unix socket or the loopback, which no one else hears.

    What the URL leaves out libpq takes from the environment; a service file may say anything.
    """
    host = said.get("host", around.get("PGHOST", ""))
    if not host and ("service" in said or "PGSERVICE" in around):
        return False
    hosts = [*host.split(","), *said.get("hostaddr", around.get("PGHOSTADDR", "")).split(",")]
    named = [one for one in hosts if one]
    return all(one.startswith(("/", "@", "127.")) or one in ("localhost", "::1") for one in named)
