"""Files that somebody at this seat asked for: fetched slice by slice, kept when they are what their digests say."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock

from app.domain.lengths import LARGEST_FILE
from app.services.files import Shelf, Whereabouts, is_digest
from app.services.ports import Unreachable

#: (digest, from where, size) to the next bytes; None when the centre has no such file for this person.
Fetch = Callable[[str, int], bytes | None]
#: What the disk of this seat does not do, whatever the centre does.
DISK = "file"


@dataclass(slots=True)
class _Wanted:
    """A file, how much of it is here, and who waits for it; `is_begun` since its first slice was asked for now.

    What lay here before that may have been torn when the power went: then all of it is fetched once more.
    """

    size: int
    held: int = 0
    is_begun: bool = False
    is_doubtful: bool = False
    waiting: list["Future[Whereabouts]"] = field(default_factory=list["Future[Whereabouts]"])


class Incoming:
    """`ask`, `coming` and `end` may be called on any thread, everything else on *wire*."""

    def __init__(self, shelf: Shelf, fetch: Fetch) -> None:
        self._shelf = shelf
        self._fetch = fetch
        self._lock = Lock()
        self._wanted: dict[str, _Wanted] = {}
        self._is_ended = False

    def ask(self, digest: str, size: int) -> "Future[Whereabouts]":
        """A file, soon. It goes on where it was broken off, and is left when nobody waits any more."""
        asked: Future[Whereabouts] = Future()
        with self._lock:
            if not self._is_ended:
                self._wanted.setdefault(digest, _Wanted(size)).waiting.append(asked)
                return asked
        asked.set_exception(Unreachable("stopped"))
        return asked

    def coming(self) -> Mapping[str, int]:
        """What is being fetched, and how many bytes of it have come."""
        with self._lock:
            return {digest: one.held for digest, one in self._wanted.items()}

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for anything."""
        return bool(self._wanted)

    def step(self) -> None:
        """Fetch one slice of what was asked for first, if anything was. Raises Unreachable."""
        found = self._first()
        if found is None:
            return
        digest, wanted = found
        try:
            said = self._slice(digest, wanted)
        except Unreachable as away:
            if away.code != DISK:
                raise
            self._answer(digest, away)
        else:
            if said is not None:
                self._answer(digest, said)

    def _first(self) -> tuple[str, _Wanted] | None:
        """What somebody still waits for."""
        with self._lock:
            for digest, one in tuple(self._wanted.items()):
                if not all(each.cancelled() for each in one.waiting):
                    return digest, one
                del self._wanted[digest]
        return None

    def _slice(self, digest: str, wanted: _Wanted) -> Whereabouts | None:
        """What became of the file, None when more of it is to come."""
        if digest in self._shelf.listed():
            return Whereabouts.HERE
        if not is_digest(digest) or not 0 < wanted.size <= LARGEST_FILE:
            return Whereabouts.WRONG
        at = self._shelf.held(digest)
        if not wanted.is_begun:
            wanted.is_begun, wanted.is_doubtful = True, at > 0
        if at < wanted.size:
            part = self._fetch(digest, at)
            if part is None:
                return Whereabouts.NOT_YET
            self._shelf.add(digest, at, part)
            wanted.held = at + len(part)
            if part and wanted.held < wanted.size:
                return None
        return self._finished(digest, wanted)

    def _finished(self, digest: str, wanted: _Wanted) -> Whereabouts | None:
        if self._shelf.finish(digest):
            return Whereabouts.HERE
        is_doubtful, wanted.is_doubtful = wanted.is_doubtful, False
        return None if is_doubtful else Whereabouts.WRONG

    def _answer(self, digest: str, said: Whereabouts | Unreachable) -> None:
        with self._lock:
            waiting = self._wanted.pop(digest).waiting
        for one in waiting:
            if one.set_running_or_notify_cancel():
                one.set_exception(said) if isinstance(said, Unreachable) else one.set_result(said)

    def away(self, code: str) -> None:
        """The centre is away: nobody is left waiting for it."""
        for digest in self.coming():
            self._answer(digest, Unreachable(code))

    def end(self) -> None:
        """Nothing is asked any more."""
        with self._lock:
            self._is_ended = True
        self.away("stopped")
