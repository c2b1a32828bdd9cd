"""What a seat does beside its talk with the centre: its files are kept in order, and what is due on duty is done."""

import time
from contextlib import suppress

from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.sync.line import Line
from app.sync.on_duty import OnDuty

#: The outbox is tended so often, and first so soon (seconds): persons change at a seat before an hour is over.
TEND_EVERY, FIRST_TENDED = 3600.0, 60.0


class Housework:
    """`run` it in every round, on *wire*. `duty` is None for a post that has none."""

    def __init__(self, line: Line, duty: OnDuty | None) -> None:
        self._line, self._duty = line, duty
        self.tended_at = time.monotonic() + FIRST_TENDED - TEND_EVERY

    def run(self) -> None:
        """A little of it. Raises Unreachable."""
        self._line.tidy()
        if time.monotonic() - self.tended_at > TEND_EVERY:
            self.tended_at = time.monotonic()
            self._line.on_desk(self._line.screen.outbox.tend)
        if self._duty is not None and self._line.fill().is_done:
            self._duty.run()

    def leave(self) -> None:
        """Nobody sits here any more."""
        if self._duty is not None:
            with suppress(Unreachable, Refused):
                self._duty.leave()
