"""The duty lease of this seat, and what is done under it: asked for on *wire*, looked for on *duty*."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from app.domain.commands import Command
from app.domain.refused import Refused
from app.services.envelope import Envelope, encode
from app.services.on_duty import Watchman
from app.services.ports import Duty, Sent, Unreachable
from app.sync.funnel import to_the_funnel
from app.sync.line import Line

#: The lease is renewed so often, and asked for as often while another seat has it (seconds). It is looked at what
#: was filed at most so often, and so often also when nothing came.
RENEWED_EVERY, LOOKED_EVERY, LOOKED_IDLY = 15.0, 1.0, 60.0
#: A seat that has just begun has better things to do at first (seconds).
FIRST_ASKED = 8.0
#: So many wishes are sent at a time: a storm of them is spread over several rounds.
MOST_SENT = 50

#: Decides a wish on *desk*.
Decide = Callable[[Command], Envelope]


class OnDuty:
    """`run` it in every round, on *wire*, when the feed has been read; `leave` gives the lease back."""

    def __init__(
        self,
        line: Line,
        made: Callable[[], Watchman],
        decide: Decide,
        report: Callable[[BaseException], None] = to_the_funnel,
    ) -> None:
        self._line, self._made, self._decide, self._report = line, made, decide, report
        self._watchman: Watchman | None = None
        self._thread = ThreadPoolExecutor(1, "duty")
        self._held: Duty | None = None
        self._asked_at = time.monotonic() + FIRST_ASKED - RENEWED_EVERY
        self._looked_at = float("-inf")
        self._seen: object = None
        self._looking: Future[Sequence[Command]] | None = None
        self._may = True

    @property
    def is_held(self) -> bool:
        """Whether this seat has the duty."""
        return self._held is not None

    def run(self) -> None:
        """Renew, look, send; none of it takes long here. Raises Unreachable."""
        if not self._may:
            return
        if time.monotonic() - self._asked_at > RENEWED_EVERY:
            self._ask()
        if self._held is None:
            self._looking = None
        elif self._looking is None:
            self._look(self._held)
        elif self._looking.done():
            self._send()

    def _ask(self) -> None:
        """Whoever takes it over first reads what was done before: his look builds on that."""
        before = self._held
        try:
            said = self._line.centre.duty(self._line.seat, is_wanted=True)
        except Refused:
            self._may = False  # nothing for this post
            return
        self._asked_at = time.monotonic()
        self._held = said if said.is_mine else None
        is_new = before is None or before.fence != said.fence
        if self._held is not None and is_new:
            self._line.pull()
            self._seen, self._looking = None, None

    def _look(self, held: Duty) -> None:
        waited = time.monotonic() - self._looked_at
        seen = self._line.cursor()
        if waited < LOOKED_EVERY or (seen == self._seen and waited < LOOKED_IDLY):
            return
        self._seen, self._looked_at = seen, time.monotonic()
        now = self._line.clock.now()
        self._looking = self._thread.submit(lambda: self._found(now, held.fence))

    def _found(self, now: datetime, fence: int) -> Sequence[Command]:
        """On *duty*: whoever never has it reads nothing of what it needs."""
        if self._watchman is None:
            self._watchman = self._made()
        return self._watchman.look(now, fence)

    def _send(self) -> None:
        """What is refused is not kept: the next look finds it again if it is still so."""
        wishes = self._looked()
        envelopes = [one for wish in wishes[:MOST_SENT] if (one := self._decided(wish))]
        if not envelopes:
            return
        offers = [(encode(one), None) for one in envelopes]
        said = self._line.centre.submit(offers, Sent(self._line.clock.now()))
        if any(one.status != "done" for one in said) or len(wishes) > MOST_SENT:
            self._seen = None
        if any(one.why == "fence" for one in said):
            self._held, self._asked_at = None, float("-inf")

    def _looked(self) -> Sequence[Command]:
        """A bug of the look is told of, and ends the duty of this seat: it must not end the talk with the centre."""
        looking, self._looking = self._looking, None
        try:
            return looking.result() if looking is not None else ()
        except (Unreachable, Refused):
            raise
        except Exception as bug:  # noqa: BLE001 - whatever it is, another seat may do better
            self._may = False
            self.leave()
            self._report(bug)
            return ()

    def _decided(self, wish: Command) -> Envelope | None:
        try:
            return self._line.on_desk(lambda: self._decide(wish))
        except Refused:
            return None

    def leave(self) -> None:
        """Give it back, so that another seat need not wait; whoever cannot say so is waited out."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._held is not None:
            self._held = None
            self._line.central.duty(self._line.seat, is_wanted=False)
