"""The files of cases on their way: between commands and news, one part at a time, so that no case waits for them."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import TypeVar

from app.services.files import Whereabouts
from app.services.ports import Unreachable
from app.sync.calls import Hung
from app.sync.gait import Gait
from app.sync.incoming import Incoming
from app.sync.line import Line
from app.sync.outgoing import Outgoing

T = TypeVar("T")


class Files:
    """The `Courier` of services.files. `run` and `away` are for *wire*, the rest may be called on any thread.

    `wake` tells *wire* that somebody asked. A line without a shelf carries nothing.
    """

    def __init__(self, line: Line, wake: Callable[[], None]) -> None:
        self._line = line
        self._wake = wake
        self._gait = Gait()
        self._history = line.histories
        self._in: Incoming | None = None
        self._out: Outgoing | None = None
        if line.shelf is not None:
            self._in = Incoming(line.shelf, self._fetch)
            self._out = Outgoing(line.shelf, self._attached, self._whole, self._put)

    def fetch(self, digest: str, size: int) -> "Future[Whereabouts]":
        """Ask for a file; it comes to HERE, NOT_YET or WRONG, or fails with Unreachable."""
        if self._in is None:
            asked: Future[Whereabouts] = Future()
            asked.set_exception(Unreachable("stopped"))
            return asked
        asked = self._in.ask(digest, size)
        self._wake()
        return asked

    def coming(self) -> Mapping[str, int]:
        """What is being fetched, and how many bytes of it have come."""
        return self._in.coming() if self._in else {}

    def unsent(self) -> frozenset[str]:
        """What lies here and is not whole at the centre."""
        return self._out.unsent() if self._out else frozenset()

    @property
    def is_busy(self) -> bool:
        """Whether there is more to carry right now."""
        return bool((self._in and self._in.is_busy) or (self._out and self._out.waiting))

    def run(self) -> None:
        """Carry one part each way, if there is anything to carry. Raises Unreachable and Refused."""
        if self._in is None or self._out is None:
            return
        if self._history != self._line.histories:
            self._history = self._line.histories
            self._out.forget()
        self._in.step()
        if self._line.shelf and self._line.shelf.listed():
            self._out.look((self._line.cursor(), self._line.fill().is_done))
        try:
            self._out.step(self._gait.part)
        finally:
            self._line.feed.update(files=self._out.waiting)

    def away(self, code: str) -> None:
        """The centre is away: nobody is left waiting for it."""
        if self._in is not None:
            self._in.away(code)

    def end(self) -> None:
        """Nothing is carried any more."""
        if self._in is not None:
            self._in.end()

    def _attached(self, digests: Sequence[str]) -> frozenset[str]:
        screen = self._line.screen
        return self._line.on_desk(lambda: screen.sound(lambda: screen.replica.attached(digests)))

    def _whole(self, digests: Sequence[str]) -> frozenset[str]:
        return self._line.centre.files_at(digests)

    def _fetch(self, digest: str, at: int) -> bytes | None:
        return self._timed(lambda: self._line.centre.part_of(digest, at, self._gait.part))

    def _put(self, digest: str, size: int, at: int, part: bytes) -> int:
        put = self._line.centre.put_part
        if not part:  # a question, which says nothing about the line
            return put(digest, size, at, part)
        return self._timed(lambda: put(digest, size, at, part))

    def _timed(self, job: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            said = job()
        except Hung:
            self._gait.hung()
            raise
        self._gait.took(time.monotonic() - begun)
        return said
