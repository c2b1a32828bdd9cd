"""The central store as an import needs it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

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
