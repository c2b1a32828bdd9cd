"""The centre, opened when it is first needed and can be: a desk starts without it as well."""

from collections.abc import Callable, Sequence
from threading import Lock

from app.services.envelope import Sealed
from app.services.ports import Answer, Cursor, Duty, Page, Sent, SnapshotPage, Unreachable
from db.centre import Centre


class Reached:
    """The `Central` port over a store that may not be there yet. Methods raise Unreachable until it is.

    Opening may hang as everything else may: no thread waits for another one that opens it.
    """

    def __init__(self, open_: Callable[[], Centre]) -> None:
        self._open = open_
        self._lock = Lock()
        self._store: Centre | None = None
        self._is_closed = False

    def store(self) -> Centre:
        """The store, opened now if it was not."""
        known = self._store
        return self._keep(self._open()) if known is None else known

    def _keep(self, opened: Centre) -> Centre:
        """The first that was opened is kept, while anybody wants one."""
        with self._lock:
            if self._store is None and not self._is_closed:
                self._store = opened
            kept = self._store
        if kept is not opened:
            opened.close()
        if kept is None:
            raise Unreachable("closed")
        return kept

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

    def duty(self, seat: str, is_wanted: bool) -> Duty:  # noqa: FBT001 - as it travels
        """Take, renew or give back the duty lease."""
        return self.store().duty(seat, is_wanted)

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        """Say which case is open here; who else has it open."""
        return self.store().presence(seat, case_id)

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Who has which of these cases open at another seat."""
        return self.store().onlookers(seat, case_ids)

    def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear."""
        return self.store().reveal(case_id, reason)

    def files_at(self, digests: Sequence[str]) -> frozenset[str]:
        """Which of some files the store has whole."""
        return self.store().files_at(digests)

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        """Give the next bytes of a file."""
        return self.store().put_part(digest, size, at, part)

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        """Bytes of a file from a place on."""
        return self.store().part_of(digest, at, most)

    def seat_code(self, device: str) -> str:
        """The three characters of a machine's case numbers."""
        return self.store().seat_code(device)

    def reporter_key(self, phone: str) -> str | None:
        """The key of a reporter; of a file it is known here at once. Raises Unreachable if not open."""
        known = self._store
        if known is None:
            raise Unreachable("centre")
        return known.reporter_key(phone)

    def close(self) -> None:
        """Give it back, if it was opened."""
        with self._lock:
            self._is_closed, known, self._store = True, self._store, None
        if known is not None:
            known.close()
