"""Which case lies open here, said to the centre about once a second, and who else has it open, told to the screen."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.queries import Onlookers
from app.sync.line import Line

#: It is said again after this long, give or take a share so that seats spread themselves (seconds).
EVERY, SPREAD = 1.0, 0.2
#: More rows than this stand on no screen.
MOST_ROWS = 200


class Watch:
    """A hint and nothing more: it is never kept, and what the centre does not hear it forgets.

    `look_at` and `look_over` may be called on any thread, everything else on *wire*.
    """

    def __init__(self, line: Line, draw: Callable[[], float]) -> None:
        self._line = line
        self._draw = draw
        self._open: str | None = None
        self._over: tuple[str, ...] = ()
        self._said: str | None = None
        self._due_at = 0.0
        self._marked = False

    def look_at(self, case_id: str | None) -> bool:
        """Another case lies open, None for none; whether that is news."""
        is_news, self._open = case_id != self._open, case_id
        return is_news

    def look_over(self, case_ids: Sequence[str]) -> bool:
        """These rows are on the screen; whether there were none, so that nobody asks yet. Others wait for the beat."""
        had, self._over = bool(self._over), tuple(case_ids)[:MOST_ROWS]
        return not had and bool(self._over)

    def run(self) -> None:
        """Say it and hear of the others, if it is time. Raises Unreachable."""
        here, over = self._open, self._over
        is_idle = here is None and not (over or self._marked)
        if here == self._said and (is_idle or time.monotonic() < self._due_at):
            return
        is_told = here is not None or self._said is not None
        others = self._line.centre.presence(self._line.seat, here) if is_told else ()
        rows = self._rows(over)
        self._marked = bool(rows)
        self._due_at = time.monotonic() + EVERY * (1 + SPREAD * (self._draw() - 0.5))
        self._said = here
        self._line.feed.see(Onlookers(here, others, rows))

    def _rows(self, over: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """A centre of an older program knows nothing of rows."""
        with suppress(Refused):
            return self._line.centre.onlookers(self._line.seat, over) if over else ()
        return ()

    def until_due(self, most: float) -> float:
        """How long nothing has to be said, but not longer than `most` (seconds)."""
        if self._said is None and self._open is None and not (self._over or self._marked):
            return most
        return max(0.0, min(most, self._due_at - time.monotonic()))

    def away(self) -> None:
        """The centre is away: nothing is known of the others, and it has to be told anew."""
        self._said = None
        self._due_at = 0.0
        self._line.feed.see(Onlookers(self._open))

    def leave(self) -> None:
        """Nothing is open here any more; whoever is away now will be forgotten anyway."""
        if self._said is not None:
            self._open = None
            with suppress(Unreachable, Refused):
                self.run()
