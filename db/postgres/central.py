"""A PostgreSQL centre as one operator's seat reaches it: every call is one statement, one function."""

import time
from base64 import b64decode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import PGconn
from psycopg.types.json import Jsonb

from app.domain.refused import Refused
from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor, Duty, LogRow, Page, Sent, SnapshotPage, Unreachable
from app.services.queries import Operator
from db.central import info
from db.central.link import Link
from db.central.links import Links
from db.postgres import wire
from db.postgres.ear import Ear
from db.postgres.link import POSTGRES, asking, coming, way_by
from db.postgres.place import way_to
from db.postgres.trouble import PASSING, meaning

#: How often what only came at a bad moment is tried again, and the first pause before that (seconds).
_TRIES, _PAUSE = 3, 0.02
#: An address that needs no looking up, for a line that is never opened.
_NOWHERE = "127.0.0.1"


class PostgresCentral:
    """The `Central` of services.ports for one login. Every thread has a connection of its own, made by `come`.

    Methods raise Unreachable while the centre cannot be reached, and Refused for who is not let in, is unknown or shut
    out, and for a store that this program may not use.
    """

    def __init__(
        self,
        come: Callable[[], psycopg.Connection[Any]],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._links = Links(lambda: _linked(come()), inherited=True)
        self._sleep = sleep

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        """Take encoded envelopes, oldest first; each is all or nothing."""
        answers = self._submitted(batch, sent)
        while len(answers) < len(batch):  # the centre takes no more at a time than a second allows
            answers += self._submitted(batch[len(answers) :], sent)
        return answers

    def _submitted(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None
    ) -> list[Answer]:
        offers = Jsonb([wire.offer(*one) for one in batch])
        values = (offers, sent and sent.at, info.SCHEMA_VERSION, info.CLIENT)
        said = self._ask("SELECT fenbo.submit(?, ?, ?, ?)", values)
        return list(map(wire.answer, said, (text for text, _ in batch)))

    def pull(self, cursor: Cursor, limit: int) -> Page:
        """Log rows after the cursor, in the operator's scope, from one state of the store."""
        values = (cursor.seq, cursor.hash, limit)
        return wire.page(self._ask("SELECT fenbo.pull(?, ?, ?)", values))

    def head(self) -> Cursor:
        """Where the log ends now."""
        return wire.cursor(self._ask("SELECT fenbo.head()"))

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """Whole cases, open ones first by due instant, then ended ones, newest first."""
        sql = "SELECT fenbo.snapshot(?::jsonb, ?)"
        return wire.snapshot_page(self._ask(sql, (position, limit)))

    def history(self, case_id: str) -> list[LogRow]:
        """The life of one case, oldest first; empty when it is not the operator's to see."""
        return [wire.log_row(one) for one in self._ask("SELECT fenbo.history(?)", (case_id,))]

    def search(self, typed: str, limit: int) -> tuple[dict[str, Any], ...]:
        """The newest cases of the whole history that have everything typed, as rows."""
        return tuple(self._ask("SELECT fenbo.search(?, ?)", (wire.plain(typed), limit)))

    def figures(self) -> dict[str, tuple[int, int, int]]:
        """For each stage how many open cases wait, how many of them are late, and how many soon will be."""
        said = self._ask("SELECT fenbo.figures()")
        return {stage: (one[0], one[1], one[2]) for stage, one in said.items()}

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        """Say which case a seat has open, None for none; a login for each other seat that has it open too."""
        return tuple(self._ask("SELECT fenbo.presence(?, ?)", (seat, case_id)))

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Who has which of these cases open at another seat: (case id, login), in order."""
        said = self._ask("SELECT fenbo.onlookers(?, ?)", (seat, list(case_ids)))
        return tuple((one[0], one[1]) for one in said)

    def duty(self, seat: str, is_wanted: bool) -> Duty:  # noqa: FBT001 - as it travels
        """Take, renew or give back the duty lease; who has it then. Raises Refused('not-permitted')."""
        return wire.duty(self._ask("SELECT fenbo.duty(?, ?)", (seat, is_wanted)))

    def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear; who looked and why is written down first.

        Raises Refused: words-missing, reveal-too-often, reveal-denied, reveal-lapsed, reveal-over, case-missing.
        """
        said = self._ask("SELECT fenbo.reveal(?, ?)", (case_id, reason))
        if "refused" in said:
            raise Refused(said["refused"], **said["facts"])
        return wire.sealed(said)

    def files_at(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the centre has whole and that are his to send or to see."""
        return frozenset(self._ask("SELECT fenbo.files_at(?)", (list(digests),)))

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        """Give the next bytes of a file; how many the centre has now. Raises Refused: file-denied, file-wrong."""
        said = self._ask("SELECT fenbo.put_part(?, ?, ?, ?)", (digest, size, at, part))
        if isinstance(said, dict):
            raise Refused("file-wrong")
        return said

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        """Bytes of a file from a place on; empty at its end, None where there is nothing for him."""
        said = self._ask("SELECT fenbo.part_of(?, ?, ?)", (digest, at, most))
        return None if said is None else b64decode(said)

    def reporter_key(self, phone: str) -> str | None:
        """The key under which cases of that number can be found; None for no number."""
        return self._ask("SELECT fenbo.reporter_key(?)", (wire.plain(phone),))

    def seat_code(self, device: str) -> str:
        """The three characters of this machine's case numbers."""
        return self._ask("SELECT fenbo.seat_code(?)", (device,))

    def known(self, case_ids: list[str]) -> frozenset[str]:
        """Those of some cases that are there already, for an importer."""
        return frozenset(self._ask("SELECT fenbo.known(?)", (case_ids,)))

    def said(self, cmd_ids: list[str]) -> dict[str, dict[str, Any]]:
        """What some imported records asked for, by command; of those whose text is gone nothing."""
        return self._ask("SELECT fenbo.said(?)", (cmd_ids,))

    def open_batch(self, batch: str, *, historical: bool) -> None:
        """Open an import batch. Raises Refused: batch-exists, import-nobody."""
        self._ask("SELECT fenbo.open_batch(?, ?)", (batch, historical))

    def close_batch(self, batch: str) -> None:
        """Close a batch for good. Raises Refused: batch-unknown, import-nobody."""
        self._ask("SELECT fenbo.close_batch(?)", (batch,))

    def operator(self) -> Operator:
        """The operator as the store knows him now."""
        return wire.operator(self._ask("SELECT fenbo.me()"))

    def operators(self) -> tuple[Operator, ...]:
        """Everybody of the district, by login."""
        return tuple(map(wire.operator, self._ask("SELECT fenbo.operators()")))

    def facts(self) -> info.StoreInfo:
        """District, prefix and kind of the store. Raises Refused when this program may not use it."""
        return info.fitting(wire.store_info(self._ask("SELECT fenbo.facts()")))

    def close(self) -> None:
        """Give back every thread's connection; one that hangs is not waited for."""
        self._links.close()

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The one value of one statement; what only came at a bad moment is tried again."""
        for tries in range(1, _TRIES + 1):
            try:
                with self._links.mine() as link:
                    found = link.row(sql, values)
            except psycopg.Error as error:
                if error.sqlstate not in PASSING or tries == _TRIES:
                    said = self._meant(error)
                    if said is None:
                        raise
                    raise said from error
                self._sleep(_PAUSE * tries)
            else:
                return found[0] if found else None
        raise AssertionError

    def _meant(self, error: psycopg.Error) -> Unreachable | Refused | None:
        """What an error means; after one that waiting may heal, the connection is made anew."""
        said = meaning(error)
        if isinstance(said, Unreachable):
            self._links.drop()
        return said


def _linked(connection: psycopg.Connection[Any]) -> Link:
    return Link(connection, POSTGRES, lambda: connection.closed)


def ear_of(url: str | Path, login: str, district: str) -> Ear:
    """What hears the hints of a district's feed, by a connection of its own."""
    return Ear(lambda: way_by(url, login), f"fenbo_{district}")


def knock(url: str | Path, login: str) -> str:
    """Let a login in once; the password that the server asked for, '' where it asked for none.

    Raises Refused: login-needed, login-wrong, login-shut and as `open_server`; Unreachable.
    """
    with asking(url, login) as connection:
        connection.execute("SELECT fenbo.me()")
        line = connection.pgconn
        return line.password.decode() if line.used_password else ""


def failed_logins(
    url: str | Path, login: str, missed: Sequence[dict[str, Any]], place: str
) -> list[Sequence[str]]:
    """Have the wrong passwords of a seat written down; who may hear of everybody's, of the last week: (at, said
    by whom, login, how many from when to when, how often it locked, where). Raises Refused and Unreachable.
    """
    with asking(url, login) as connection:
        values = (Jsonb(list(missed)), wire.plain(place))
        found = connection.execute("SELECT fenbo.failed_logins(%s, %s)", values).fetchone()
    return [] if found is None else found[0]


def limited_reveals(url: str | Path, login: str) -> list[tuple[str, int]]:
    """Who wanted to look at reporters more often than anybody may, in the last week, and how often; for who may hear
    of it. Raises Refused and Unreachable.
    """
    with asking(url, login) as connection:
        found = connection.execute("SELECT fenbo.limited_reveals()").fetchone()
    return [] if found is None else [(one[0], one[1]) for one in found[0]]


def change_password(url: str | Path, login: str, password: str) -> None:
    """Give oneself another password; the server is told what to check it by, never the password.

    Raises Refused: login-wrong, password-not-own and more; Unreachable.
    """
    with asking(url, login) as connection:
        verifier = connection.pgconn.encrypt_password(
            password.encode(), login.encode(), b"scram-sha-256"
        )
        connection.execute("SELECT fenbo.renew_password(%s)", (verifier.decode(),))


def known_password(url: str | Path, login: str) -> str:
    """What libpq would say for a login (password file, environment), found without server and network."""
    way = way_to(url, login)
    said = conninfo_to_dict(way)
    hosts = str(said.get("host", "")).split(",")
    if "hostaddr" not in said and hosts != [""]:  # or it would wait for a name to be found
        way = make_conninfo(way, hostaddr=",".join(_NOWHERE for _ in hosts))
    line = PGconn.connect_start(way.encode())
    try:
        return line.password.decode()
    finally:
        line.finish()


def open_server(url: str | Path, login: str, **more: str) -> PostgresCentral:
    """The centre at a URL for one login; `more` is what else libpq is told. Raises Refused and Unreachable."""
    store = PostgresCentral(lambda: coming(url, login, **more))
    try:
        store.facts()
    except BaseException:
        store.close()
        raise
    return store
