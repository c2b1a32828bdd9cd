"""Questions to the centre, each with its time: asked on *call*, a thread that is left behind when it hangs."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError, wait
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

from app.services.envelope import Sealed
from app.services.ports import Answer, Central, Cursor, Duty, Page, Sent, SnapshotPage, Unreachable

T = TypeVar("T")

#: A look at the centre may take so long; one that changes it also waits for the tail of others;
#: each command, log line or case adds a little. None may take longer than the last (seconds): that a
#: desk is cut off has to show within eight.
PROMPT, TAIL, EACH, LONGEST = 3.0, 2.0, 0.01, 7.0
#: So many questions may hang at a time; beyond that another is risked only every so often (seconds), since
#: those that never come back keep their threads.
MOST_HUNG, RISKED_EVERY = 16, 15.0
#: Below one command at a time there is nothing.
_MOST_HALVINGS = 9


class Hung(Unreachable):
    """The time of a question was over before there was an answer; whatever comes later is not heard."""

    def __init__(self) -> None:
        super().__init__("unanswered")


class Calls:
    """Asks one question at a time, for one thread at a time; `stop` may come from any.

    The thread stays the same, and with it the connection that the centre keeps for it, until a
    question hangs. `asked_at` is when the last question went out (monotonic seconds).
    """

    def __init__(self) -> None:
        self.asked_at = time.monotonic()
        self._lock = threading.Lock()
        self._thread: _CallThread | None = None
        self._asked: Future[Any] | None = None
        self._hung: list[_CallThread] = []
        self._begun_at = time.monotonic()
        self._is_stopped = False

    def ask(self, job: Callable[[], T], seconds: float) -> T:
        """The answer of `job`, or what it raises. Raises Hung when it takes longer than `seconds`."""
        self.asked_at = time.monotonic()
        asked = self._put(job)
        wait([asked], seconds)
        if not asked.done():
            self._leave_behind()
            raise Hung
        try:
            return asked.result()
        finally:
            del asked  # an error holds this frame

    def _put(self, job: Callable[[], T]) -> Future[T]:
        with self._lock:
            if self._is_stopped:
                raise Unreachable("stopped")
            if self._thread is None:
                self._thread = self._fresh()
            asked = self._asked = self._thread.put(job)
            return asked

    def _fresh(self) -> "_CallThread":
        self._hung = [one for one in self._hung if one.is_alive()]
        now = time.monotonic()
        if len(self._hung) >= MOST_HUNG and now - self._begun_at < RISKED_EVERY:
            raise Hung
        self._begun_at = now
        return _CallThread()

    def _leave_behind(self) -> None:
        with self._lock:
            if self._thread is not None:
                self._thread.end()
                self._hung.append(self._thread)
            self._thread = None

    def stop(self) -> None:
        """Let whoever waits go, and end; nothing is asked any more. A thread that hangs is left behind."""
        with self._lock:
            self._is_stopped = True
            thread, asked = self._thread, self._asked
        if asked is not None:
            with suppress(InvalidStateError):  # it was answered
                asked.set_exception(Unreachable("stopped"))
        if thread is not None:
            thread.end()


class _CallThread:
    """One *call* thread. Told to end, it does so after what it is at, and is never waited for long."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="call", daemon=True)
        self._thread.start()

    def put(self, job: Callable[[], T]) -> Future[T]:
        asked: Future[T] = Future()
        self._jobs.put((asked, job))
        return asked

    def end(self) -> None:
        self._jobs.put(None)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while (asked := self._jobs.get()) is not None:
            _answer(*asked)
            del asked


def _answer(asked: Future[T], job: Callable[[], T]) -> None:
    try:
        said = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
        with suppress(InvalidStateError):
            asked.set_exception(error)
    else:
        with suppress(InvalidStateError):  # nobody waits any more
            asked.set_result(said)


@dataclass(slots=True)
class Stride:
    """How much is asked for at a time: half as much after each time that it was too much.

    And then each has all the time there is: a slow centre is not cut off again and again.
    """

    halvings: int = 0

    def of(self, most: int) -> int:
        """So many instead of `most`, and at least one."""
        return max(1, most >> self.halvings)

    def hung(self) -> None:
        """It was too much."""
        self.halvings = min(self.halvings + 1, _MOST_HALVINGS)

    def took(self, share: float) -> None:
        """It was answered within this share of its time."""
        if share < 0.25:
            self.halvings = max(0, self.halvings - 1)


class Timed:
    """The `Central` port, each question with its time. What takes its size from `stride` teaches it."""

    def __init__(self, central: Central, calls: Calls, stride: Stride) -> None:
        self._central = central
        self._calls = calls
        self._stride = stride

    def submit(
        self, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
    ) -> list[Answer]:
        """Offer commands."""
        return self._sized(lambda: self._central.submit(batch, sent), PROMPT + TAIL, len(batch))

    def pull(self, cursor: Cursor, limit: int) -> Page:
        """Read the feed."""
        return self._sized(lambda: self._central.pull(cursor, limit), PROMPT, limit)

    def head(self) -> Cursor:
        """Where the log ends."""
        return self._calls.ask(lambda: self._central.head(), PROMPT)

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        """A page of the first fill."""
        return self._sized(lambda: self._central.snapshot(position, limit), PROMPT, limit)

    def presence(self, seat: str, case_id: str | None) -> tuple[str, ...]:
        """Say which case is open here; who else has it open."""
        return self._calls.ask(lambda: self._central.presence(seat, case_id), PROMPT)

    def onlookers(self, seat: str, case_ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Who has which of these cases open at another seat."""
        return self._calls.ask(lambda: self._central.onlookers(seat, case_ids), PROMPT)

    def reveal(self, case_id: str, reason: str) -> Sealed:
        """The person of a case, in clear."""
        return self._calls.ask(lambda: self._central.reveal(case_id, reason), PROMPT + TAIL)

    def duty(self, seat: str, is_wanted: bool) -> Duty:  # noqa: FBT001 - as it travels
        """Take, renew or give back the duty lease."""
        return self._calls.ask(lambda: self._central.duty(seat, is_wanted), PROMPT + TAIL)

    def files_at(self, digests: Sequence[str]) -> frozenset[str]:
        """Which of some files the centre has whole."""
        return self._calls.ask(lambda: self._central.files_at(digests), PROMPT + TAIL)

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        """Give the next bytes of a file."""
        ask = lambda: self._central.put_part(digest, size, at, part)  # noqa: E731 - a name for one question
        return self._calls.ask(ask, PROMPT + TAIL)

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        """Bytes of a file from a place on."""
        return self._calls.ask(lambda: self._central.part_of(digest, at, most), PROMPT + TAIL)

    def _sized(self, job: Callable[[], T], seconds: float, size: int) -> T:
        usual = min(seconds + EACH * size, LONGEST)
        allowed = LONGEST if self._stride.halvings else usual
        try:
            said = self._calls.ask(job, allowed)
        except Hung:
            self._stride.hung()
            raise
        self._stride.took((time.monotonic() - self._calls.asked_at) / allowed)
        return said
