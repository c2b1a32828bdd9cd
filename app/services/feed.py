"""News for the screen: which cases changed and how synchronisation stands, told on its own thread."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from app.services.queries import Changed, Onlookers, SyncState

T = TypeVar("T")

Post = Callable[[Callable[[], None]], Any]
Unsubscribe = Callable[[], None]
#: More cases than this are not named.
_MANY = 100


class Feed:
    """Collects news from any thread; listeners hear it on the screen's, several pieces at once.

    `post` schedules a call on the screen's thread (`call_soon_threadsafe`).
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._own: Changed | None = None
        self._others: Changed | None = None
        self._state = SyncState(online=False)
        self._is_state_new = False
        self._onlookers = Onlookers()
        self._are_others_new = False
        self._is_due = False
        self._is_closed = False
        self._on_changed: list[Callable[[Changed], None]] = []
        self._on_sync: list[Callable[[SyncState], None]] = []
        self._on_onlookers: list[Callable[[Onlookers], None]] = []

    @property
    def state(self) -> SyncState:
        """The last known state of synchronisation."""
        return self._state

    def publish(self, changed: Changed) -> None:
        """Tell, after the commit, what changed; nothing is told of nothing."""
        if changed.cases is not None and not changed.cases:
            return
        with self._lock:
            if changed.is_own:
                self._own = both(self._own, changed)
            else:
                self._others = both(self._others, changed)
        self._schedule()

    def update(self, **news: Any) -> None:
        """Tell how synchronisation goes, when that is different from before."""
        with self._lock:
            state = replace(self._state, **news)
            if state == self._state:
                return
            self._state, self._is_state_new = state, True
        self._schedule()

    def see(self, onlookers: Onlookers) -> None:
        """Tell who else has the case open that is open here, when that is different from before."""
        with self._lock:
            if onlookers == self._onlookers:
                return
            self._onlookers, self._are_others_new = onlookers, True
        self._schedule()

    def close(self) -> None:
        """Nobody listens any more."""
        with self._lock:
            self._is_closed = True

    def on_changed(self, listener: Callable[[Changed], None]) -> Unsubscribe:
        """Hear which cases changed."""
        return _subscribe(self._on_changed, listener)

    def on_sync(self, listener: Callable[[SyncState], None]) -> Unsubscribe:
        """Hear how synchronisation goes."""
        return _subscribe(self._on_sync, listener)

    def on_onlookers(self, listener: Callable[[Onlookers], None]) -> Unsubscribe:
        """Hear who else has the same case open."""
        return _subscribe(self._on_onlookers, listener)

    def _schedule(self) -> None:
        with self._lock:
            if self._is_due or self._is_closed:
                return
            self._is_due = True
        self._post(self._tell)

    def _tell(self) -> None:
        with self._lock:
            news = [one for one in (self._own, self._others) if one is not None]
            state = self._state if self._is_state_new else None
            onlookers = self._onlookers if self._are_others_new else None
            self._own = self._others = None
            self._is_state_new = self._is_due = self._are_others_new = False
        if self._is_closed:
            return
        for changed in news:
            for hear in tuple(self._on_changed):
                hear(changed)
        if state is not None:
            for listen in tuple(self._on_sync):
                listen(state)
        if onlookers is not None:
            for look in tuple(self._on_onlookers):
                look(onlookers)


def both(before: Changed | None, now: Changed) -> Changed:
    """Two pieces of news as one; more cases than can be named are all of them."""
    if before is None:
        return now
    if before.cases is None or now.cases is None:
        return replace(now, cases=None)
    cases = before.cases | now.cases
    return replace(now, cases=cases if len(cases) <= _MANY else None)


def _subscribe(listeners: list[T], listener: T) -> Unsubscribe:
    listeners.append(listener)

    def unsubscribe() -> None:
        if listener in listeners:
            listeners.remove(listener)

    return unsubscribe
