"""The central store as an import reaches it: batches opened and closed, and what is there already."""

import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.domain.moment import Actor
from app.services.envelope import Sealed, decode
from app.services.ports import Answer, Cursor, Unreachable
from db.central import admin
from db.central.place import local_file
from db.central.store import CentralStore, open_central


class ArchiveFile:
    """The `Archive` of app.importing for one login; raises what CentralStore and admin raise."""

    def __init__(self, path: Path, store: CentralStore) -> None:
        self._path = path
        self._store = store
        self._actor = store.operator().actor
        self._prefix = store.facts().prefix

    @property
    def actor(self) -> Actor:
        """Who imports."""
        return self._actor

    @property
    def prefix(self) -> str:
        """What case numbers of this store begin with."""
        return self._prefix

    def known(self, case_ids: Iterable[str]) -> frozenset[str]:
        """Those of the cases that are there already."""
        ids = tuple(case_ids)
        marks = ", ".join("?" * len(ids))
        with _reached(), admin.opened(self._path) as link, link.reading():
            found = link.rows(f"SELECT id FROM case_file WHERE id IN ({marks})", ids)
        return frozenset(str(one) for (one,) in found)

    def said(self, cmd_ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """What those commands asked for, by id; of one whose text is gone nothing."""
        ids = tuple(cmd_ids)
        marks = ", ".join("?" * len(ids))
        sql = (
            "SELECT l.cmd_id, l.body FROM command c JOIN log l ON l.feed = c.feed AND l.seq = c.seq "
            f"WHERE c.cmd_id IN ({marks}) AND l.body IS NOT NULL"
        )
        with _reached(), admin.opened(self._path) as link, link.reading():
            found = link.rows(sql, ids)
        return {str(cmd_id): decode(str(body)).wish for cmd_id, body in found}

    def open_batch(self, batch: str) -> None:
        """Open a historical batch. Raises Refused('batch-exists')."""
        with _reached():
            admin.open_batch(self._path, batch, self._actor.login, historical=True)

    def close_batch(self, batch: str) -> None:
        """Close it for good."""
        with _reached():
            admin.close_batch(self._path, batch)

    def submit(self, batch: Sequence[tuple[str, Sealed | None]]) -> list[Answer]:
        """Offer encoded envelopes, each all or nothing."""
        return self._store.submit(batch)

    def head(self) -> Cursor:
        """Where the log ends now."""
        return self._store.head()

    def close(self) -> None:
        """Give the store back."""
        self._store.close()


def open_archive(url: str | Path, login: str) -> ArchiveFile:
    """The store at a path for one login. Raises Refused and Unreachable as `open_central` does."""
    return ArchiveFile(local_file(url), open_central(url, login))


@contextmanager
def _reached() -> Generator[None]:
    """What waiting may heal, as the rest of the program knows it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unreachable("store-busy") from error
