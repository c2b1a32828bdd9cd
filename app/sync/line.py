"""The way between the centre and the desk: questions on *wire*, what follows from them on *desk*."""

import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.services.feed import Feed
from app.services.files import Shelf
from app.services.local import Fill
from app.services.ports import Central, Cursor, Ear, Unreachable
from app.services.queries import Changed
from app.sync.calls import Calls, Stride, Timed
from app.sync.clock import ServerClock
from app.sync.moved import note
from app.sync.news import News
from app.sync.screen import Screen
from app.sync.slices import Pace, of_feed

T = TypeVar("T")

#: Log rows asked for at a time.
PAGE = 500
#: What a person has to hear of until the program ends: the centre does not know any more what was read here.
HISTORY_MOVED = "history-moved"
#: How often the centre is asked whether anything happened, and how often while its hints are heard (seconds).
POLL, CALM = 0.2, 1.0


@dataclass(slots=True)
class Line:
    """What the parts of the engine share.

    Nothing of the engine speaks to `central` itself: each question goes through `centre`, with a
    deadline. `as_other` is the centre as another person of this seat reaches it, where the store permits;
    `ear` hears of news where the store hints at them, `seat` is the code of this one. `shelf` is where files
    lie; `histories` counts how often what was read of the centre was given up.
    """

    central: Central
    screen: Screen
    desk: Executor
    feed: Feed
    clock: ServerClock
    as_other: Callable[[str], AbstractContextManager[Central]] | None = None
    calls: Calls = field(default_factory=Calls)
    stride: Stride = field(default_factory=Stride)
    pace: Pace = field(default_factory=Pace)
    ear: Ear | None = None
    seat: str = ""
    pulled_at: float = float("-inf")
    is_untidy: bool = True
    shelf: Shelf | None = None
    histories: int = 0

    @property
    def centre(self) -> Timed:
        """The centre; raises Hung when it does not answer in time."""
        return self.timed(self.central)

    def timed(self, central: Central) -> Timed:
        """The same of another way to the centre."""
        return Timed(central, self.calls, self.stride)

    def patience(self) -> float:
        """How long to wait for news before asking for them (seconds)."""
        return CALM if self.ear is not None and self.ear.is_listening else POLL

    def on_desk(self, job: Callable[[], T]) -> T:
        """Have a job done on *desk* and wait for it."""
        return self.desk.submit(job).result()

    def cursor(self) -> Cursor:
        """How far the feed has been read."""
        return self.on_desk(lambda: self.screen.sound(self.screen.replica.cursor))

    def fill(self) -> Fill:
        """How far the first fill has come."""
        return self.on_desk(lambda: self.screen.sound(self.screen.replica.fill))

    def tell(self, news: News) -> None:
        """Apply a slice and tell the screen."""
        changed, seconds = self.on_desk(lambda: _timed(lambda: self.screen.tell(news)))
        self.pace.took(seconds)
        self.is_untidy = True
        self.feed.publish(changed)

    def pull(self) -> None:
        """Read the feed to its head."""
        while not self._pull_page():
            pass

    def _pull_page(self) -> bool:
        cursor, fill = self.cursor(), self.fill()
        asked = self.clock.asked()
        page = self.centre.pull(cursor, self.stride.of(PAGE))
        self.clock.answered(asked, page.server_time)
        if page.status != "ok":
            if page.status == "diverged":
                self._tell_of_moved(cursor)
            self.forget()
            return True
        if page.cursor == cursor and not page.at_head:
            raise Unreachable("unanswered")  # never turn on the spot: wait, and try again
        for news in of_feed(page, cursor, fill.position, self.pace):
            self.tell(news)
        if page.at_head:
            self.pulled_at = time.monotonic()
            if fill.is_done:
                self.on_desk(self.screen.send_lost_again)
        return page.at_head

    def _tell_of_moved(self, cursor: Cursor) -> None:
        """Everybody is told, and it is noted for whoever has to know what became of it."""
        outbox, at = self.screen.outbox, self.clock.now()
        self.on_desk(lambda: note(outbox, at, cursor.text))
        if not self.feed.state.standing:
            self.feed.update(standing=HISTORY_MOVED)

    def set_clock(self) -> None:
        """Learn the centre's time, and nothing else."""
        asked = self.clock.asked()
        self.clock.answered(asked, self.centre.pull(self.cursor(), 1).server_time)

    def forget(self) -> None:
        """What this seat has is of a history that is no more: start from nothing."""
        self.histories += 1
        self.on_desk(self.screen.forget)
        self.feed.publish(Changed(None))

    def report(self, **news: Any) -> None:
        """Tell the status bar, with how much waits now."""
        waiting, attention = self.on_desk(self.screen.outbox.waiting)
        self.feed.update(waiting=waiting, attention=attention, **news)

    def tidy(self) -> None:
        """A little of the replica's housekeeping; its file is brought up to date when all is done."""
        if not self.is_untidy:
            return
        self.is_untidy = self.on_desk(lambda: self.screen.sound(self.screen.replica.tidy))
        if not self.is_untidy:
            self.screen.replica.checkpoint()


def _timed(job: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = job()
    return done, time.perf_counter() - begun
