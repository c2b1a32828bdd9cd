"""Persons that the screen asks to see: the centre is asked on *wire*, and nothing that it says is kept here."""

from collections import deque
from concurrent.futures import Future
from threading import Lock

from app.services.envelope import Sealed
from app.services.ports import Unreachable
from app.sync.line import Line


class Reveals:
    """`ask` and `end` may be called on any thread, everything else on *wire*."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._lock = Lock()
        self._asked: deque[tuple[Future[Sealed], str, str]] = deque()
        self._is_ended = False

    def ask(self, case_id: str, reason: str) -> Future[Sealed]:
        """The person of a case, soon; or Refused, or Unreachable when the centre does not answer."""
        asked: Future[Sealed] = Future()
        with self._lock:
            if not self._is_ended:
                self._asked.append((asked, case_id, reason))
                return asked
        asked.set_exception(Unreachable("stopped"))
        return asked

    def run(self) -> None:
        """Ask what was asked, oldest first; who has stopped waiting is not shown to anybody. Raises Unreachable."""
        while (one := self._next()) is not None:
            asked, case_id, reason = one
            if asked.set_running_or_notify_cancel():
                self._answer(asked, case_id, reason)

    def _answer(self, asked: Future[Sealed], case_id: str, reason: str) -> None:
        try:
            asked.set_result(self._line.centre.reveal(case_id, reason))
        except Unreachable as away:
            asked.set_exception(away)
            raise
        except Exception as told:  # noqa: BLE001 - a no or a bug, it belongs to whoever asked
            asked.set_exception(told)

    def away(self, code: str) -> None:
        """The centre is away: nobody is left waiting for it."""
        while (one := self._next()) is not None:
            if one[0].set_running_or_notify_cancel():
                one[0].set_exception(Unreachable(code))

    def end(self) -> None:
        """Nothing is asked any more."""
        with self._lock:
            self._is_ended = True
        self.away("stopped")

    def _next(self) -> tuple[Future[Sealed], str, str] | None:
        with self._lock:
            return self._asked.popleft() if self._asked else None
