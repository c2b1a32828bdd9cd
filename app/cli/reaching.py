"""The centre, opened when it is first needed and can be: a desk starts without it as well."""

from collections.abc import Callable, Sequence
from threading import Lock

from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor, Page, Sent, SnapshotPage
from db.central.store import CentralStore


class Reached:
    """The `Central` port over a store that may not be there yet. Methods raise Unreachable until it is."""

    def __init__(self, open_: Callable[[], CentralStore]) -> None:
        self._open = open_
        self._lock = Lock()
        self._store: CentralStore | None = None

    def store(self) -> CentralStore:
        """The store, opened now if it was not."""
        with self._lock:
            if self._store is None:
                self._store = self._open()
            return self._store

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        """Offer commands."""
        return self.store().submit(batch, sent)

    def pull(self, cursor: Cursor, limit: int) -> Page:
        """Read the feed."""
        return self.store().pull(cursor, limit)

    def head(self) -> Cursor:
        """Where the log ends."""
        return self.store().head()

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """A page of the first fill."""
        return self.store().snapshot(position, limit)

    def reporter_key(self, phone: str) -> str | None:
        """The key of a reporter."""
        return self.store().reporter_key(phone)

    def close(self) -> None:
        """Give it back, if it was opened."""
        if self._store is not None:
            self._store.close()
