"""A PostgreSQL centre as an import reaches it: batches opened and closed, and what is there already."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.moment import Actor
from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor
from db.postgres.central import PostgresCentral, open_server


class ArchiveServer:
    """The `Archive` of app.importing for one login; raises what PostgresCentral raises."""

    def __init__(self, store: PostgresCentral) -> None:
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
        return self._store.known(list(case_ids))

    def said(self, cmd_ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """What those commands asked for, by id; of one whose text is gone nothing."""
        return self._store.said(list(cmd_ids))

    def open_batch(self, batch: str) -> None:
        """Open a historical batch. Raises Refused('batch-exists')."""
        self._store.open_batch(batch, historical=True)

    def close_batch(self, batch: str) -> None:
        """Close it for good."""
        self._store.close_batch(batch)

    def submit(self, batch: Sequence[tuple[str, Sealed | None]]) -> list[Answer]:
        """Offer encoded envelopes, each all or nothing."""
        return self._store.submit(batch)

    def head(self) -> Cursor:
        """Where the log ends now."""
        return self._store.head()

    def close(self) -> None:
        """Give the store back."""
        self._store.close()


def open_archive(url: str | Path, login: str) -> ArchiveServer:
    """The centre at a URL for one login. Raises Refused and Unreachable as `open_server` does."""
    return ArchiveServer(open_server(url, login))
