"""When a command decided anew counts as given: when it was first said, as far as the centre permits.

A caller was told a number, and the clocks of the Measures run from then, however often the command
has to be decided until the centre takes it. So `claimed_at` stays what it was, and with it `read_to`,
how far this seat had read the feed when it said so: the centre lets no claim lie before the line that
the seat had read, and measures a command decided anew by the line of its first telling.

It moves only where it must, and then the wish keeps the time of the first telling as `told_at`:
- The centre did not believe this seat's clock: what the clock said then is worth nothing, but how long
  ago that was by the same clock still is. The time is counted back from the centre's now, and lies
  neither before the line that the centre held against it, nor after now.
- It builds on commands that were given later: it cannot lie before the latest of them.
What a person decides on seeing that others changed the very same rows is not said again but a new act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.effects import Decision, Set, to_wire
from app.services.checks import TOLERANCE
from app.services.envelope import Envelope
from app.services.local import Entry

#: The name under which a wish keeps when it was first said, where it counts from another time.
TOLD_AT = "told_at"
#: Kinds after which a caller knows a number.
_WITH_A_NUMBER = frozenset({"register", "import_record"})


@dataclass(frozen=True, slots=True)
class Telling:
    """When it counts as given, when it was first said and kept, and how far the seat had read then."""

    at: datetime
    first: datetime
    kept_at: datetime | None
    read_to: str

    def mark(self, at: datetime) -> dict[str, str]:
        """What the wish says of something that counts from `at`: when it was told, if not then."""
        if abs(at - self.first) <= TOLERANCE:
            return {}
        return {TOLD_AT: str(to_wire(self.first))}


def is_new_act(entry: Entry) -> bool:
    """Whether deciding it again is for a person who has seen other rows than when it was first said."""
    is_seen = (entry.why, entry.facts.get("said")) == ("conflict", "base")
    return is_seen and entry.envelope.kind not in _WITH_A_NUMBER


def first_telling(entry: Entry, *, is_clock_off: bool, now: datetime, age: timedelta) -> Telling:
    """`age` is how long ago it was first kept, by the seat's own clock; `now` is the centre's time."""
    envelope = entry.envelope
    at = now - age if is_clock_off else envelope.claimed_at
    if entry.facts.get("said") == "behind":
        at = max(at, datetime.fromisoformat(entry.facts["since"]))
    return Telling(min(at, now), _first(envelope), entry.kept_at, envelope.read_to)


def _first(envelope: Envelope) -> datetime:
    said = envelope.wish.get(TOLD_AT)
    return datetime.fromisoformat(said) if said else envelope.claimed_at


def since(decision: Decision, given: Mapping[str, datetime]) -> datetime | None:
    """The latest of the commands that a decision builds on; of what only adds rows, the case's first.

    `given` are the commands of the case, oldest first, and when they were given; as db.central.times.
    """
    changed = (one.base for one in decision.effects if isinstance(one, Set))
    bases = {*changed, *(one.base for one in decision.relies_on)}
    known = [given[one] for one in bases if one in given]
    return max(known) if bases and known else next(iter(given.values()), None)
