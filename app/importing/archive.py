"""The central store as an import needs it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.moment import Actor
from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor


class Archive(Protocol):
    """One store, spoken to by the person who imports. Every method may raise Unreachable."""

    @property
    def actor(self) -> Actor:
        """Who imports."""
        ...

    @property
    def prefix(self) -> str:
        """What case numbers of this store begin with."""
        ...

    def known(self, case_ids: Iterable[str]) -> frozenset[str]:
        """Those of the cases that are there already."""
        ...

    def said(self, cmd_ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """What those commands asked for, by id; of one whose text is gone nothing."""
        ...

    def open_batch(self, batch: str) -> None:
        """Open a historical batch. Raises Refused('batch-exists')."""
        ...

    def close_batch(self, batch: str) -> None:
        """Close it for good."""
        ...

    def submit(self, batch: Sequence[tuple[str, Sealed | None]]) -> list[Answer]:
        """Offer encoded envelopes, each all or nothing."""
        ...

    def head(self) -> Cursor:
        """Where the log ends now."""
        ...
