"""Files that the centre lacks: what lies here and is attached to a case, sent part by part.

There is no list to lose: what is to be sent follows each time from the shelf, the replica and what the centre says.
"""

import time
from collections.abc import Callable, Iterable, Sequence

from app.domain.refused import Refused
from app.services.files import MOST_DIGESTS, Shelf
from app.services.ports import Unreachable
from app.sync.incoming import DISK

#: What the centre does not take now is offered again after so long (seconds).
REST = 60.0
#: Of those files, what the log has as attached.
Attached = Callable[[Sequence[str]], Iterable[str]]
#: Of those files, what the centre has whole.
Whole = Callable[[Sequence[str]], Iterable[str]]
#: (digest, size, at, part) to how many bytes the centre has.
Put = Callable[[str, int, int, bytes], int]


class Outgoing:
    """`unsent` may be called on any thread, everything else on *wire*. `most` is how many bytes go at a time."""

    def __init__(self, shelf: Shelf, attached: Attached, whole: Whole, put: Put) -> None:
        self._shelf, self._attached, self._whole, self._put = shelf, attached, whole, put
        self._settled: frozenset[str] = frozenset()
        self._queue: dict[str, int | None] = {}
        self._resting: dict[str, float] = {}
        self._seen: object = None
        self._has_asked = False

    def unsent(self) -> frozenset[str]:
        """What lies here and is not whole at the centre; nothing is known before it was asked once."""
        return self._shelf.listed() - self._settled if self._has_asked else frozenset()

    def forget(self) -> None:
        """The centre's history is another one: it may not have any more what it had."""
        self._settled, self._queue, self._seen = frozenset(), {}, None

    def look(self, state: object) -> None:
        """See what there is to send, when anything is otherwise than the last time. Raises Unreachable."""
        now = time.monotonic()
        self._resting = {one: until for one, until in self._resting.items() if until > now}
        here = self._shelf.listed() - self._resting.keys()
        if (state, here) == self._seen:
            return
        loose = sorted(here - self._settled - self._queue.keys())
        for begin in range(0, len(loose), MOST_DIGESTS):
            self._ask(self._attached(loose[begin : begin + MOST_DIGESTS]))
        self._seen, self._has_asked = (state, here), True

    @property
    def waiting(self) -> int:
        """How many files wait to be sent."""
        return len(self._queue)

    def _ask(self, attached: Iterable[str]) -> None:
        wanted = sorted(attached)
        if wanted:
            there = frozenset(self._whole(wanted))
            self._settled |= there
            self._queue |= {one: None for one in wanted if one not in there}

    def step(self, most: int) -> None:
        """Send a part of the first of them, if there are any. Raises Unreachable."""
        for digest in tuple(self._queue)[:1]:
            try:
                self._part(digest, most)
            except Unreachable as away:
                if away.code != DISK:
                    raise
                self._rest(digest)
            except Refused as no:
                self._refused(digest, no)

    def _part(self, digest: str, most: int) -> None:
        """First of all ask how far it has come: at another time, or before this seat was killed."""
        size, at = self._shelf.size(digest), self._queue[digest]
        part = b"" if at is None else self._shelf.read(digest, at, most)
        held = self._put(digest, size, at or 0, part)
        if held >= size:
            self._settled |= {digest}
            del self._queue[digest]
        else:
            self._queue[digest] = held

    def _refused(self, digest: str, no: Refused) -> None:
        """Other bytes than were attached: the disk may have spoilt them. Or nobody here may send it any more."""
        if no.code not in ("file-wrong", "file-denied"):
            raise no
        if no.code == "file-wrong":
            self._shelf.doubt(digest)
        self._rest(digest)

    def _rest(self, digest: str) -> None:
        del self._queue[digest]
        self._resting[digest] = time.monotonic() + REST
        self._seen = None
