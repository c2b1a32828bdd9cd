"""The connections of one store, one for each thread; none is closed under the hands of its thread."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from db.central.link import Link


class Links:
    """Made when a thread first asks, and closed when it has ended, or at `close`.

    SQLite lets nobody close a connection that waits for something: whoever tried would wait as well.
    So what is in use at `close` is closed by its own thread, as soon as that is through.

    Where links are `inherited`, one whose thread has ended goes to the next that asks: over a slow line
    making one takes longer than a question may, and who begins again each time never gets through.
    """

    def __init__(self, connect: Callable[[], Link], *, inherited: bool = False) -> None:
        self._connect = connect
        self._is_inherited = inherited
        self._lock = threading.Lock()
        self._links: dict[threading.Thread, Link] = {}
        self._busy: set[threading.Thread] = set()

    @contextmanager
    def mine(self) -> Generator[Link]:
        """This thread's link, for one use."""
        link = self._fresh()
        me = threading.current_thread()
        with self._lock:
            self._links[me] = link
            self._busy.add(me)
        try:
            yield link
        finally:
            with self._lock:
                self._busy.discard(me)
                is_kept = self._links.get(me) is link
            if not is_kept:
                link.close()

    def _fresh(self) -> Link:
        """The link that this thread has, unless another file lies in its place; or a new one."""
        with self._lock:
            link = self._links.get(threading.current_thread())
        if link is not None and not link.is_stale():
            return link
        self.drop()
        return self._swept() or self._connect()

    def drop(self) -> None:
        """Close this thread's link: it is made anew."""
        with self._lock:
            link = self._links.pop(threading.current_thread(), None)
        if link is not None:
            link.close()

    def _swept(self) -> Link | None:
        """Close what ended threads have left, but for the latest that may be used on."""
        with self._lock:
            ended = [one for one in self._links if not one.is_alive()]
            links = [self._links.pop(one) for one in ended]
        sound = [one for one in links if self._is_inherited and not one.is_stale()]
        for link in links:
            if link not in sound[-1:]:
                link.close()
        return sound[-1] if sound else None

    def close(self) -> None:
        """Give back every thread's link, without waiting for any."""
        with self._lock:
            idle = [link for thread, link in self._links.items() if thread not in self._busy]
            self._links = {}
        for link in idle:
            link.close()
