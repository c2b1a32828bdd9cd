"""Hundreds of seats in one process: each listens and reads the feed as a desk does, and has no screen.

A process of its own: `python -m app.cli.benching.seats`, told on its input who sits where, ended by its end.
"""

import heapq
import json
import selectors
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.pq.abc import PGconn

from app.cli.benching.crowd import DISTRICT
from app.sync.engine import BREATH
from app.sync.line import PAGE, POLL
from db.places import Unlocked
from db.postgres.ear import COALESCE
from db.postgres.link import made
from db.postgres.place import way_to

_HEAD, _PULL = b"SELECT fenbo.head()", b"SELECT fenbo.pull($1, $2, $3)"


@dataclass(slots=True, eq=False)
class _Seat:
    """One seat; with hints it has an ear, without it looks for itself. `is_watched` says what it sees."""

    line: PGconn
    ear: PGconn | None
    is_watched: bool
    cursor: tuple[int, str] = (0, "")
    is_busy: bool = False
    is_due: bool = False
    deaf_until: float = 0.0

    def ask_head(self) -> None:
        """The least question."""
        self.is_busy = True
        self.line.send_query_params(_HEAD, None)
        self.line.flush()

    def ask_page(self) -> None:
        """The feed from here on."""
        values = [str(one).encode() for one in (*self.cursor, PAGE)]
        self.line.send_query_params(_PULL, values)
        self.line.flush()

    def heard(self, text: bytes) -> list[str]:
        """Take an answer in, and ask on where it says that there is more; ids of commands that are news."""
        if text.startswith(b"["):
            head = tuple(json.loads(text))
            self.is_busy = head != self.cursor and self.cursor != (0, "")
            if self.is_busy:
                self.ask_page()
            else:
                self.cursor = head
            return []
        self.is_busy = False
        if self.is_watched:
            page: dict[str, Any] = json.loads(text)
            self.cursor = tuple(page["cursor"])
            return [one["cmd_id"] for one in page["rows"]]
        after = text[text.rindex(b'"cursor"') :].split(b":", 1)[1]
        self.cursor = tuple(json.JSONDecoder().raw_decode(after.decode().lstrip())[0])
        return []


@dataclass(slots=True)
class _Room:
    """All seats, and when each has to look next."""

    seats: list[_Seat]
    selector: selectors.DefaultSelector = field(default_factory=selectors.DefaultSelector)
    due: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])

    def sit(self) -> None:
        """Until the input ends."""
        self.selector.register(sys.stdin, selectors.EVENT_READ, None)
        for number, seat in enumerate(self.seats):
            self.selector.register(seat.line.socket, selectors.EVENT_READ, (number, False))
            if seat.ear is not None:
                self.selector.register(seat.ear.socket, selectors.EVENT_READ, (number, True))
            self._later(number, POLL * number / len(self.seats))
        while self._turn():
            pass

    def _turn(self) -> bool:
        wait = max(0.0, self.due[0][0] - time.monotonic()) if self.due else 1.0
        for key, _ in self.selector.select(wait):
            if key.data is None:
                return False
            number, is_ear = key.data
            self._hint(number) if is_ear else self._answer(number)
        while self.due and self.due[0][0] <= time.monotonic():
            self._look(heapq.heappop(self.due)[1])
        return True

    def _hint(self, number: int) -> None:
        seat, now = self.seats[number], time.monotonic()
        assert seat.ear is not None
        seat.ear.consume_input()
        while seat.ear.notifies() is not None:
            pass
        at = max(now, seat.deaf_until)
        seat.deaf_until = at + COALESCE
        if not seat.is_due:
            self._later(number, at - now + BREATH)

    def _later(self, number: int, seconds: float) -> None:
        self.seats[number].is_due = True
        heapq.heappush(self.due, (time.monotonic() + seconds, number))

    def _look(self, number: int) -> None:
        seat = self.seats[number]
        if seat.is_busy:
            self._later(number, BREATH)
            return
        seat.is_due = False
        seat.ask_head()

    def _answer(self, number: int) -> None:
        seat = self.seats[number]
        seat.line.consume_input()
        while not seat.line.is_busy() and (result := seat.line.get_result()) is not None:
            text = result.get_value(0, 0) if result.ntuples else None
            if text is None:
                raise RuntimeError(result.error_message)
            while seat.line.get_result() is not None:
                pass
            news = seat.heard(text)
            for cmd_id in news:
                print(cmd_id, time.monotonic(), flush=True)
        if seat.ear is None and not seat.is_busy and not seat.is_due:
            self._later(number, POLL)


def _seat(url: str, login: str, password: str, *, hints: bool, is_watched: bool) -> _Seat:
    way = way_to(Unlocked(url, login, password), login)
    line = made(way)
    ear = made(way) if hints else None
    if ear is not None:
        ear.execute(f'LISTEN "fenbo_{DISTRICT}"'.encode())
    _HELD.extend(one for one in (line, ear) if one is not None)
    line.pgconn.nonblocking = 1
    return _Seat(line.pgconn, ear.pgconn if ear else None, is_watched)


#: Connections would close with their last name.
_HELD: list[psycopg.Connection[Any]] = []


def main() -> None:
    """Sit down at every seat, say so, and stay."""
    told = json.loads(sys.stdin.readline())
    room = _Room(
        [
            _seat(told["url"], *one, hints=told["hints"], is_watched=turn < told["watched"])
            for turn, one in enumerate(told["people"])
        ]
    )
    print("ready", flush=True)
    room.sit()


if __name__ == "__main__":
    main()
