"""What was refused only for want of what others did goes up again, once, when that has come.

So it is after a backup of the centre was restored: seats give back what it lacks in any order.
"""

from app.services.local import Entry, State
from app.services.queries import Changed
from app.sync import merge
from app.sync.line import Line

#: Why a command was refused that may come true when what it was decided on is there (again).
WANTING = frozenset({"conflict", "missing", "built-on-refused"})


class Late:
    """Looks at the attention list whenever the feed was read to its head."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._taken_up: set[str] = set()

    def run(self) -> None:
        """Take up what has come true."""
        cases = self._line.on_desk(self._take_up)
        if cases:
            self._line.feed.publish(Changed(frozenset(cases)))

    def _take_up(self) -> set[str]:
        """The cases of what was taken up. On *desk*."""
        screen, cases = self._line.screen, set[str]()
        if not screen.sound(screen.replica.fill).is_done:
            return cases
        for one in screen.outbox.entries([State.ATTENTION]) if screen.is_any_aside() else ():
            if one.cmd_id not in self._taken_up and self._has_come_true(one):
                self._taken_up.add(one.cmd_id)
                cases |= screen.take_up(one.cmd_id).cases or set()
        return cases

    def _has_come_true(self, entry: Entry) -> bool:
        """Every base is what its decision saw: that happens again only when what was lost comes back."""
        screen = self._line.screen
        rows = screen.sound(lambda: screen.replica.rows(merge.keys_of(entry.envelope)))
        return entry.why in WANTING and merge.matches(rows, entry.envelope)
