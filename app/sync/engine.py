"""The *wire* thread: own commands to the centre, the centre's log to the desk, patiently for ever."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.domain.refused import Refused
from app.services.local import Entry
from app.services.ports import Cursor, Unreachable
from app.sync.filling import Filling
from app.sync.line import Line

#: Commands offered at a time.
BATCH = 200
#: How often the centre is asked whether anything happened (seconds).
POLL = 0.2
#: Retries wait a random time up to this, doubling from the first to the longest (seconds).
FIRST_WAIT, LONGEST_WAIT = 0.2, 30.0
#: The feed is read so often also without news, for the centre's clock; the outbox is tended so often.
CLOCK_EVERY, TEND_EVERY = 30.0, 3600.0
#: What one retry usually heals is not shown as being cut off.
_PASSING = frozenset({"store-busy"})


class Engine:
    """`start` it once; `wake` it when there is something to send; `stop` joins its thread.

    `again` decides an outdated command anew, on *desk*. `draw` gives a number in [0, 1).
    """

    def __init__(
        self, line: Line, again: Callable[[str], Any], draw: Callable[[], float] = random.random
    ) -> None:
        self._line = line
        self._again = again
        self._draw = draw
        self._filling = Filling(line)
        self._news = threading.Event()
        self._is_stopped = False
        self._failures = 0
        self._tended_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to send, or somebody asks to try now."""
        self._news.set()

    def stop(self) -> None:
        """End the thread after the step it is at. Not to be called on *desk*."""
        self._is_stopped = True
        self._news.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._is_stopped:
                self._news.wait(self.round())
                self._news.clear()
        finally:
            if not self._is_stopped:  # an error of ours: it is reported, and the desk says so
                self._line.feed.update(online=False, code="sync-stopped")

    def round(self) -> float:
        """Send, fill, read, once; how long to wait until the next round (seconds)."""
        try:
            self._exchange()
        except (Unreachable, Refused) as away:
            return self._away(away.code)
        if self._failures or not self._line.feed.state.online:
            self._line.report(online=True, code="", since=self._line.clock.now())
        self._failures = 0
        self._keep_house()
        return 0.0 if self._is_filling() else POLL

    def _away(self, code: str) -> float:
        self._failures += 1
        if self._failures > 1 or code not in _PASSING:
            since = self._line.clock.now() if self._line.feed.state.online else None
            self._line.feed.update(online=False, code=code, **({"since": since} if since else {}))
        return self._draw() * min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self._failures - 1, 8))

    def _exchange(self) -> None:
        self._push()
        fill = self._line.fill()
        if not fill.is_done:
            self._filling.step(fill)
        elif self._is_news():
            self._line.pull()
            self._filling.begin_again()
            self._line.report()

    def _is_filling(self) -> bool:
        return not self._line.fill().is_done

    def _is_news(self) -> bool:
        line = self._line
        if time.monotonic() - line.pulled_at > CLOCK_EVERY or line.on_desk(line.screen.awaits_feed):
            return True
        return line.central.head() != line.cursor()

    def _push(self) -> None:
        """Offer what may be offered until nothing is left; of each case one command at a time."""
        offered: set[str] = set()
        while batch := self._line.on_desk(lambda: self._line.screen.sendable(BATCH)):
            if offered & {one.cmd_id for one in batch}:
                raise Unreachable("unanswered")  # never turn on the spot: wait, and try again
            offered |= {one.cmd_id for one in batch}
            self._offer(batch)

    def _offer(self, batch: list[Entry]) -> None:
        line = self._line
        asked = line.on_desk(self._read_to)
        try:
            said = line.central.submit([(one.body, one.sealed) for one in batch])
        except Unreachable:
            line.on_desk(lambda: line.screen.not_sent(batch))
            raise
        pairs = zip(batch, said, strict=True)
        answers = [replace(answer, cmd_id=one.cmd_id) for one, answer in pairs]
        line.feed.publish(line.on_desk(lambda: line.screen.answered(answers, asked)))
        line.report()
        if any(one.why == "relied-on" for one in answers):
            line.pull()
            self._decide_again()

    def _read_to(self) -> Cursor:
        """How far the feed is known without gaps: nowhere before the first fill is finished."""
        screen, replica = self._line.screen, self._line.screen.replica
        return screen.sound(lambda: replica.cursor() if replica.fill().is_done else Cursor())

    def _decide_again(self) -> None:
        for cmd_id in self._line.on_desk(self._line.screen.merely_outdated):
            self._line.on_desk(lambda cmd_id=cmd_id: self._again(cmd_id))

    def _keep_house(self) -> None:
        self._line.tidy()
        if time.monotonic() - self._tended_at > TEND_EVERY:
            self._tended_at = time.monotonic()
            self._line.on_desk(self._line.screen.outbox.tend)
