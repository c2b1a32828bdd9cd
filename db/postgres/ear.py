"""The *ear*: a connection of its own on which a centre hints that something happened. A hint only, never trusted."""

import random
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

import psycopg
from psycopg.pq.abc import PGconn

from app.domain.refused import Refused

#: Hints that come closer together than this are one (seconds): a flood costs twenty looks a second.
COALESCE = 0.05
#: Retries wait a random time up to this, doubling from the first to the longest (seconds).
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
#: At the end the thread is waited for so long (seconds): one that is still connecting ends by itself.
GRACE = 0.5


@dataclass(frozen=True, slots=True)
class Beat:
    """A line that was quiet for so long is asked for a sign of life, which may take so long (seconds)."""

    every: float = 5.0
    patience: float = 3.0


class _SilentError(Exception):
    """No sign of life in time."""


class Ear:
    """The `Ear` of services.ports for one login; `way` gives a connection text, `channel` is what it listens to."""

    def __init__(
        self,
        way: Callable[[], str],
        channel: str,
        beat: Beat = Beat(),
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._way = way
        self._channel = channel
        self._beat = beat
        self._draw = draw
        self._heard: Callable[[], None] = lambda: None
        self._is_listening = False
        self._is_closed = False
        self._stop, self._stopped = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)

    @property
    def is_listening(self) -> bool:
        """Whether a hint would be heard now, as far as anybody knows."""
        return self._is_listening

    def listen(self, heard: Callable[[], None]) -> None:
        """Begin, once; `heard` is called on *ear* for every hint, and whenever hints may have been missed."""
        self._heard = heard
        self._thread.start()

    def close(self) -> None:
        """Hear nothing any more."""
        self._is_closed = True
        if self._thread.ident is None:
            self._stop.close()
            self._stopped.close()
            return
        with suppress(OSError):  # it has ended already
            self._stop.send(b".")
        self._thread.join(GRACE)

    def _run(self) -> None:
        failures = 0
        with closing(self._stop), closing(self._stopped):
            while not self._is_closed:
                begun = time.monotonic()
                with suppress(psycopg.Error, _SilentError, OSError, Refused):
                    self._hear()
                failures = 0 if time.monotonic() - begun > LONGEST_WAIT else failures + 1
                if self._is_listening:
                    self._is_listening = False
                    self._heard()  # whoever relied on hints looks for himself from now on
                longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures, 8))
                self._is_readable(None, self._draw() * longest)

    def _hear(self) -> None:
        """Until the line breaks or is silent. Raises psycopg.Error, _SilentError, OSError, Refused."""
        with closing(psycopg.connect(self._way(), autocommit=True)) as connection:
            quoted = self._channel.replace('"', '""')
            connection.execute(f'LISTEN "{quoted}"'.encode())
            self._is_listening = True
            self._heard()  # of what happened before
            line = connection.pgconn
            while not self._is_closed:
                if self._is_readable(line, self._beat.every):
                    line.consume_input()
                elif not self._is_closed:
                    self._ask_for_life(line)
                if _drained(line) and not self._is_closed:
                    self._heard()
                    self._is_readable(None, COALESCE)

    def _ask_for_life(self, line: PGconn) -> None:
        line.send_query(b"SELECT 1")
        line.flush()
        end = time.monotonic() + self._beat.patience
        while line.is_busy():
            if not self._is_readable(line, max(0.0, end - time.monotonic())):
                raise _SilentError
            line.consume_input()
        while line.get_result() is not None:
            pass

    def _is_readable(self, line: PGconn | None, seconds: float) -> bool:
        """Whether something came on the line before the time was over or the ear was closed."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._stopped, selectors.EVENT_READ)
            if line is not None:
                selector.register(line.socket, selectors.EVENT_READ)
            ready = [key.fd for key, _ in selector.select(seconds)]
            return line is not None and line.socket in ready


def _drained(line: PGconn) -> bool:
    """Take every hint that is there; whether there was any. Who sent it and what it says is nobody's business."""
    found = False
    while line.notifies() is not None:
        found = True
    return found
