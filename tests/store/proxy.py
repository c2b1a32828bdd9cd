"""A bad line to a real server: what seats and server say comes late, in slices, is cut off, or goes nowhere."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

#: Bytes taken at a time; how often a way that carries nothing is looked at again (seconds).
CHUNK, LOOK_EVERY = 65_536, 0.005
#: Closing with this set says RST, not goodbye.
_RST = struct.pack("ii", 1, 0)

#: The line breaks before a request got there, or before its reply came back; or it comes there much later.
Fate = Literal["request", "reply", "late"]


@dataclass
class Way:
    """What becomes of bytes in one direction: seconds they take, bytes a second, bytes at a time.

    A black way takes everything and carries nothing; nobody is told. With `cut` as likely as said the
    connection breaks at whatever passes; with a `limit` it breaks so many bytes into what was said at a time.
    """

    latency: float = 0.0
    jitter: float = 0.0
    rate: int = 0
    slice: int = CHUNK
    is_black: bool = False
    cut: float = 0.0
    limit: int = 0


class Proxy:
    """Stands between seats and the server at `server`: the path of its socket, or its host and port.

    `up` is the way of requests, `down` that of replies; both may be changed at any time, from any thread.
    `met` is what befell requests with a fate, `late` how many replies there were to those that came late, `breaks` how
    many connections broke at what passed.
    """

    def __init__(self, server: str | tuple[str, int], draw: Random | None = None) -> None:
        self.up, self.down = Way(), Way()
        self.fated: list[tuple[bytes, Fate]] = []
        self.met: list[Fate] = []
        self.late = self.breaks = 0
        self.draw = draw or Random(0)
        self.server = server
        self.lines: set[_Line] = set()
        self._loop = asyncio.new_event_loop()
        self._door: socket.socket | None = None
        self.port = 0
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self.open()

    def _do(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    def open(self) -> None:
        """Let connections be made, at the same port as ever."""
        self._do(self._opened())

    async def _opened(self) -> None:
        if self._door is None:
            self._door = socket.create_server(("127.0.0.1", self.port))
            self._door.setblocking(False)
            self.port = self._door.getsockname()[1]
            self._loop.add_reader(self._door, self._let_in, self._door)

    def refuse(self) -> None:
        """New connections are refused; those that there are stay."""
        self._do(self._shut())

    async def _shut(self) -> None:
        if self._door is not None:
            self._loop.remove_reader(self._door)
            self._door.close()
        self._door = None

    def cut(self) -> None:
        """Break every connection, and say so."""
        self._do(self._broken())

    async def _broken(self) -> None:
        for line in tuple(self.lines):
            await line.end()

    def lose(self) -> None:
        """Every connection that there is carries nothing any more, whatever heals; nobody is told."""
        for line in tuple(self.lines):
            line.is_lost = True

    def fate(self, word: bytes, fate: Fate) -> None:
        """What happens to the next request that has `word` in it."""
        self.fated.append((word, fate))

    def deliver(self) -> None:
        """What was to come late comes now."""
        for line in tuple(self.lines):
            line.is_late = False

    def heal(self) -> None:
        """From now on all is well; what black ways have kept comes now, however late."""
        self.up, self.down = Way(), Way()
        self.fated.clear()
        self.deliver()
        self.open()

    def close(self) -> None:
        """End it all."""
        self._do(self._shut())
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _let_in(self, door: socket.socket) -> None:
        with suppress(BlockingIOError):  # whoever came has left
            near, _ = door.accept()
            near.setblocking(False)
            line = _Line(self, near)
            self.lines.add(line)
            line.begin()


class _Line:
    """One connection of a seat, and the one to the server that belongs to it."""

    def __init__(self, proxy: Proxy, near: socket.socket) -> None:
        self.is_lost = self.is_late = False
        self._is_doomed = self._was_late = False
        self._proxy = proxy
        self._near = near
        kind = socket.AF_UNIX if isinstance(proxy.server, str) else socket.AF_INET
        self._far = socket.socket(kind, socket.SOCK_STREAM)
        self._far.setblocking(False)
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def end(self) -> None:
        if self._task is not None:
            await _ended(self._task)
        self._close(says_so=True)  # its task may not have begun
        self._proxy.lines.discard(self)

    async def _run(self) -> None:
        try:
            await asyncio.get_running_loop().sock_connect(self._far, self._proxy.server)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(self._near, self._far, "up", self._asked))
                both.create_task(self._carry(self._far, self._near, "down", self._answered))
            self._close(says_so=False)
        except (OSError, ExceptionGroup):
            self._close(says_so=True)
        except asyncio.CancelledError:
            self._close(says_so=True)
            raise
        finally:
            self._proxy.lines.discard(self)

    def _close(self, *, says_so: bool) -> None:
        if says_so:
            with suppress(OSError):
                self._near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
        self._near.close()
        self._far.close()

    async def _carry(
        self, source: socket.socket, target: socket.socket, name: str, meet: Callable[[bytes], None]
    ) -> None:
        loop = asyncio.get_running_loop()
        kept = asyncio.Queue[tuple[float, bytes]]()
        async with asyncio.TaskGroup() as work:
            work.create_task(self._send(kept, target, name))
            data = b"."
            while data:
                data = await loop.sock_recv(source, CHUNK)
                meet(data)
                way = self._way(name)
                late = way.latency + way.jitter * self._proxy.draw.random()
                kept.put_nowait((loop.time() + late, data))

    async def _send(
        self, kept: asyncio.Queue[tuple[float, bytes]], target: socket.socket, name: str
    ) -> None:
        """Everything in order, until the end of it was said."""
        loop = asyncio.get_running_loop()
        data = b"."
        while data:
            due, data = await kept.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._passable(name)
            await self._slices(data, target, name)
        target.shutdown(socket.SHUT_WR)

    async def _slices(self, data: bytes, target: socket.socket, name: str) -> None:
        passed = 0
        while data:
            way = self._way(name)
            self._may_break(0 < way.limit <= passed)
            part = data[: min(way.slice, way.limit - passed) if way.limit else way.slice]
            await asyncio.get_running_loop().sock_sendall(target, part)
            if way.rate or len(data) > way.slice:
                await asyncio.sleep(len(part) / way.rate if way.rate else 0)
            data, passed = data[len(part) :], passed + len(part)
            await self._passable(name)

    async def _passable(self, name: str) -> None:
        while self.is_lost or self._way(name).is_black or (name == "up" and self.is_late):  # noqa: ASYNC110 - changed by other threads
            await asyncio.sleep(LOOK_EVERY)

    def _way(self, name: str) -> Way:
        return self._proxy.up if name == "up" else self._proxy.down

    def _asked(self, data: bytes) -> None:
        """A request comes by."""
        for one in [one for one in self._proxy.fated if one[0] in data][:1]:
            self._proxy.fated.remove(one)
            self._proxy.met.append(one[1])
            self._is_doomed = one[1] == "reply"
            self.is_late = self._was_late = one[1] == "late"
            self._may_break(one[1] == "request")
        self._may_break(self._proxy.draw.random() < self._proxy.up.cut)

    def _answered(self, data: bytes) -> None:
        """A reply comes by: what it answers is done."""
        self._proxy.late += self._was_late and not self.is_late and bool(data)
        self._may_break(self._is_doomed or self._proxy.draw.random() < self._proxy.down.cut)

    def _may_break(self, is_so: bool) -> None:
        if is_so:
            self._proxy.breaks += 1
            raise ConnectionResetError


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
