"""When a command may claim to have been given: not before what it builds on, nor what its seat had read."""

import re
from datetime import datetime

from app.domain.effects import Set
from app.services.checks import TOLERANCE
from app.services.envelope import Envelope
from app.services.ports import Answer, Sent
from db.central.link import Link
from db.central.rows import instant

_GIVEN = (
    "SELECT COALESCE(log.occurred_at, log.claimed_at) FROM command JOIN log"
    " ON log.feed = command.feed AND log.seq = command.seq WHERE command.cmd_id IN ({marks})"
)
_FIRST = (
    "SELECT COALESCE(occurred_at, claimed_at) FROM log WHERE case_id = ? AND feed = ?"
    " ORDER BY seq LIMIT 1"
)
#: `Cursor.text`: a number that every store can hold, a hash, and the mark of a changed scope.
_PLACE = re.compile(r"([0-9]{1,18}):([^.]*)(?:\..*)?")
_READ = "SELECT received_at FROM log WHERE feed = ? AND seq = ? AND hash = ?"


def is_off(sent: Sent | None, now: datetime) -> bool:
    """Whether the clock by which a request was sent is too far from the store's to be believed."""
    return sent is not None and abs(sent.at - now) > TOLERANCE


def check(link: Link, envelope: Envelope, now: datetime) -> Answer | None:
    """Refuse a claim from before the commands whose rows it builds on, or the line its seat had read to.

    What was given long ago at a seat that was cut off passes, also when others worked on the same
    case meanwhile; history may be dated back (see `past`). `now` is the store's clock: after it was
    set back, no more than its own time is asked of anybody.
    """
    if envelope.occurred_at is not None:
        return None
    since = max([*_given(link, envelope), *_read(link, envelope)], default=envelope.claimed_at)
    if envelope.claimed_at >= min(since, now) - TOLERANCE:
        return None
    facts = {"now": now.isoformat(), "since": since.isoformat()}
    return Answer(envelope.cmd_id, "clock", why="behind", facts=facts)


def _given(link: Link, envelope: Envelope) -> list[datetime]:
    """When the commands it builds on were given; when it only adds rows, the first of its case."""
    based = (*envelope.relies_on, *(one for one in envelope.effects if isinstance(one, Set)))
    bases = tuple(dict.fromkeys(one.base for one in based))
    if bases:
        found = link.rows(_GIVEN.format(marks=", ".join("?" * len(bases))), bases)
    else:
        found = link.rows(_FIRST, (envelope.case_id, envelope.district))
    return [instant(at) for (at,) in found]


def _read(link: Link, envelope: Envelope) -> list[datetime]:
    """When the line came in that the seat had read to; nothing when that line is no more."""
    place = _PLACE.fullmatch(envelope.read_to)
    if place is None:
        return []
    found = link.rows(_READ, (envelope.district, int(place[1]), place[2]))
    return [instant(at) for (at,) in found]
