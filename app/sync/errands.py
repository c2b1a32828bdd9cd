"""What persons who sat here before left unsent goes up in their own name, while somebody else sits here."""

import time
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from app.domain.refused import Refused
from app.services.local import Entry, State
from app.services.ports import Answer, Central
from app.sync.line import Line

#: How often it is tried (seconds).
EVERY = 30.0


class Errands:
    """What the centre does not take is left: whoever asked for it hears of it when he sits here again."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._due_at = float("-inf")

    def run(self) -> None:
        """Offer everything once, if it is time; again soon when the centre does not answer: Unreachable."""
        if self._line.as_other is None or time.monotonic() < self._due_at:
            return
        left = self._line.on_desk(self._line.screen.outbox.left_behind)
        by_login = sorted(left, key=lambda one: (one.envelope.actor, one.order))
        for login, entries in groupby(by_login, key=lambda one: one.envelope.actor):
            with suppress(Refused), self._line.as_other(login) as central:
                self._offer(self._line.timed(central), list(entries))
        self._due_at = time.monotonic() + EVERY
        if left:
            self._line.report()

    def _offer(self, central: Central, entries: list[Entry]) -> None:
        """Oldest first; a case goes no further than its first command that is not taken."""
        stuck: set[str] = set()
        for one in entries:
            if one.is_locked or one.envelope.case_id in stuck:
                stuck.add(one.envelope.case_id)
                continue
            (said,) = central.submit([(one.body, one.sealed)])
            if said.status == "done":
                answer = replace(said, cmd_id=one.cmd_id)
                self._line.on_desk(lambda a=answer: self._took([a]))
            else:
                stuck.add(one.envelope.case_id)

    def _took(self, answers: list[Answer]) -> None:
        self._line.screen.outbox.answered(answers, State.ACKED)
