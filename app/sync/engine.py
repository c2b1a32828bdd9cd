"""The *wire* thread: own commands to the centre, the centre's log to the desk, patiently for ever."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from app.domain.refused import Refused
from app.services.envelope import Sealed
from app.services.local import Entry
from app.services.ports import Answer, Cursor, Sent, Unreachable
from app.sync.anew import is_any_outdated, to_decide_anew
from app.sync.errands import Errands
from app.sync.files import Files
from app.sync.filling import Filling
from app.sync.funnel import to_the_funnel
from app.sync.housework import Housework
from app.sync.late import Late
from app.sync.line import Line
from app.sync.on_duty import OnDuty
from app.sync.reveals import Reveals
from app.sync.watch import Watch

#: Commands offered at a time.
BATCH = 200
#: Retries wait a random time up to this, doubling from the first to the longest (seconds). Nobody tells
#: a desk that the way is free again: with this wait and a look that may hang it is back within five.
FIRST_WAIT, LONGEST_WAIT = 0.2, 1.5
#: The feed is read so often also without news, for the centre's clock (seconds).
CLOCK_EVERY = 30.0
#: What one retry usually heals is not shown as being cut off, unless it was waited for so long (seconds).
_PASSING, _LONG = frozenset({"store-busy"}), 2.0
#: What was just kept is shown first, undisturbed; what is said right after it goes along (seconds).
BREATH = 0.03
#: Own commands that have not moved for so long, while the centre answers, are stuck (seconds).
STUCK_AFTER = 30.0
#: At the end a question that is under way is waited for so long (seconds).
GRACE = 1.0


class Stuck(Exception):
    """The queue did not move although the centre answered; everything was begun anew."""


class Engine:
    """`start` it once; `wake` it when there is something to send; `stop` joins its thread. `files` carries files.

    `again` decides an outdated command anew, on *desk*. `draw` gives a number in [0, 1). `report` is
    told of bugs: they never end the thread.
    """

    def __init__(
        self,
        line: Line,
        again: Callable[[str], Any],
        draw: Callable[[], float] = random.random,
        report: Callable[[BaseException], None] = to_the_funnel,
        duty: OnDuty | None = None,
    ) -> None:
        self._line = line
        self._again = again
        self._draw = draw
        self._report = report
        self._filling = Filling(line)
        self._errands = Errands(line)
        self._late = Late(line)
        self._watch = Watch(line, draw)
        self._reveals = Reveals(line)
        self.files = Files(line, self.wake)
        self.house = Housework(line, duty)
        self._is_outdated = True  # by what an earlier life of the program left undone
        self._met = ""
        self._progress: frozenset[Any] = frozenset()
        self._moved_at = time.monotonic()
        self._news = threading.Event()
        self._is_stopped = False
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        if self._line.ear is not None:
            self._line.ear.listen(self.wake)

    def wake(self) -> None:
        """There is something to send, or somebody asks to try now."""
        self._news.set()

    def look_at(self, case_id: str | None) -> None:
        """Which case lies open on the screen, None for none."""
        if self._watch.look_at(case_id):
            self.wake()

    def look_over(self, case_ids: Sequence[str]) -> None:
        """Which rows are on the screen."""
        if self._watch.look_over(case_ids):
            self.wake()

    def reveal(self, case_id: str, reason: str) -> Future[Sealed]:
        """The person of a case, in clear, as soon as what was asked for here before has gone out."""
        asked = self._reveals.ask(case_id, reason)
        self.wake()
        return asked

    def stop(self) -> None:
        """End the thread after the step it is at; a question that hangs is left. Not to be called on *desk*."""
        self._is_stopped = True
        self._news.set()
        if self._line.ear is not None:
            self._line.ear.close()
        has_begun = self._thread.ident is not None
        if has_begun:
            self._thread.join(GRACE)
        self._line.calls.stop()
        if has_begun:
            self._thread.join()
        for waited_for in (self._reveals, self.files):
            waited_for.end()

    def _run(self) -> None:
        while not self._is_stopped:
            is_woken = self._news.wait(self.round())
            self._news.clear()
            if is_woken and not self._is_stopped:
                time.sleep(BREATH)
        self.house.leave()
        self._watch.leave()

    def round(self) -> float:
        """Send, fill, read, once; how long to wait until the next round (seconds)."""
        try:
            self._exchange()
            self._watch.run()
            self._look_after_the_queue()
            self.house.run()
            self.files.run()
            return self._reached()
        except (Unreachable, Refused) as away:
            return self._away(away.code)
        except Exception as bug:  # noqa: BLE001 - whatever it is, the next round may go well
            if not self._is_stopped:
                self._tell_of(bug)
            return self._away("sync-stopped")

    def _reached(self) -> float:
        if self._failures or not self._line.feed.state.online:
            self._line.report(online=True, code="", since=self._line.clock.now())
        self._failures, self._met = 0, ""
        if self._is_filling() or self.files.is_busy:
            return 0.0
        return self._watch.until_due(self._line.patience())

    def _away(self, code: str) -> float:
        for waited_for in (self._reveals, self.files):
            waited_for.away(code)
        if self._is_stopped:
            return 0.0
        self._failures += 1
        self._watch.away()
        waited = time.monotonic() - self._line.calls.asked_at
        if self._failures > 1 or code not in _PASSING or waited > _LONG:
            since = self._line.clock.now() if self._line.feed.state.online else None
            self._line.feed.update(online=False, code=code, **({"since": since} if since else {}))
        return self._draw() * min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self._failures - 1, 8))

    def _tell_of(self, bug: Exception) -> None:
        """Report a bug, once until something else happens; the person reads that nothing goes up."""
        met = repr(bug)
        if met != self._met:
            self._met = met
            self._report(bug)

    def _look_after_the_queue(self) -> None:
        """Begin everything anew when own commands have not moved for long. Raises Stuck, to tell of it."""
        progress = self._line.on_desk(self._line.screen.progress)
        if progress != self._progress or not progress or self._is_filling():
            self._progress, self._moved_at = progress, time.monotonic()
        elif time.monotonic() - self._moved_at > STUCK_AFTER:
            self._moved_at = time.monotonic()
            self._line.on_desk(self._line.screen.start)
            self._line.pulled_at = float("-inf")
            self._filling = Filling(self._line)
            raise Stuck

    def _exchange(self) -> None:
        self._line.on_desk(self._line.screen.mend)
        if self._failures:
            self._line.centre.head()  # the least question, and the first to be given up
        self._push()
        self._mend()
        self._reveals.run()
        self._errands.run()
        fill = self._line.fill()
        if not fill.is_done:
            self._filling.step(fill)
            self._is_outdated = (
                not self._is_filling()
            )  # what relied on rows can be decided from now on
        elif self._is_news():
            self._line.pull()
            self._late.run()
            self._filling.begin_again()
            self._line.report()

    def _is_filling(self) -> bool:
        return not self._line.fill().is_done

    def _is_news(self) -> bool:
        line = self._line
        if time.monotonic() - line.pulled_at > CLOCK_EVERY or line.on_desk(line.screen.awaits_feed):
            return True
        return line.centre.head() != line.cursor()

    def _push(self) -> None:
        """Offer what may be offered until nothing is left; of each case one command at a time."""
        offered: set[str] = set()
        while batch := self._sendable():
            if offered & {one.cmd_id for one in batch}:
                raise Unreachable("unanswered")  # never turn on the spot: wait, and try again
            offered |= {one.cmd_id for one in batch}
            try:
                self._offer(batch)
            except BaseException:
                self._line.on_desk(lambda batch=batch: self._line.screen.not_sent(batch))
                raise
            self._mend()

    def _sendable(self) -> list[Entry]:
        most = self._line.stride.of(BATCH)
        return self._line.on_desk(lambda: self._line.screen.sendable(most))

    def _offer(self, batch: list[Entry]) -> None:
        line = self._line
        asked = line.on_desk(self._read_to)
        try:
            said = self._answers(batch)
        except (Unreachable, Refused):
            raise
        except Exception as bug:  # noqa: BLE001 - one command must not stop all the others
            self._single_out(batch, bug)
            return
        pairs = zip(batch, said, strict=True)
        answers = [replace(answer, cmd_id=one.cmd_id) for one, answer in pairs]
        line.feed.publish(line.on_desk(lambda: line.screen.answered(answers, asked)))
        if any(one.why == "relied-on" or one.status == "clock" for one in answers):
            self._is_outdated = True
        else:
            line.report()

    def _single_out(self, batch: list[Entry], bug: Exception) -> None:
        """Find the command that the centre falls over. A centre that answers nothing else is no proof."""
        if len(batch) > 1:
            for one in batch:
                self._offer([one])
            return
        self._line.centre.head()
        self._tell_of(bug)
        aside = batch[0].cmd_id, type(bug).__name__
        changed = self._line.on_desk(lambda: self._line.screen.set_aside(*aside))
        self._line.feed.publish(changed)
        self._line.report()

    def _mend(self) -> None:
        """Decide anew what needs only that, with the centre's clock and, once all is here, its news."""
        if not self._is_outdated:
            return
        line = self._line
        if line.on_desk(lambda: is_any_outdated(line.screen)):
            line.pull() if line.fill().is_done else line.set_clock()
            self._is_outdated = False
            self._decide_again()
            line.report()
        self._is_outdated = False

    def _answers(self, batch: list[Entry]) -> list[Answer]:
        """What the centre says; when it does not believe this seat's clock, the clock is set first."""
        line = self._line
        offers = [(one.body, one.sealed) for one in batch]
        for _ in range(2):
            said = line.centre.submit(offers, Sent(line.clock.now()))
            if not any((one.status, one.why) == ("clock", "sent") for one in said):
                return said
            line.set_clock()
        raise Unreachable("clock-off")

    def _read_to(self) -> Cursor:
        """How far the feed is known without gaps: nowhere before the first fill is finished."""
        screen, replica = self._line.screen, self._line.screen.replica
        return screen.sound(lambda: replica.cursor() if replica.fill().is_done else Cursor())

    def _decide_again(self) -> None:
        for cmd_id in self._line.on_desk(lambda: to_decide_anew(self._line.screen)):
            self._line.on_desk(lambda cmd_id=cmd_id: self._again(cmd_id))
