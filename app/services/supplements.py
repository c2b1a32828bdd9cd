"""What a seat does about registrations that take up a refused case again, and about that refusal."""

from dataclasses import replace

from app.services.local import Entry
from app.services.replica import Replica

#: Why a registration may not be linked to the case that it names.
NO_LINK = frozenset({"case-missing", "supplement-only-refused", "supplement-used-up"})
_NAMED = "supplements"


def alone(entry: Entry) -> Entry:
    """The same registration without the case that it was to supplement."""
    wish = {name: value for name, value in entry.envelope.wish.items() if name != _NAMED}
    return replace(entry, envelope=replace(entry.envelope, wish=wish))


def is_taken_up(entry: Entry, replica: Replica) -> bool:
    """Whether somebody has built on a refusal by taking the case up again."""
    if entry.envelope.kind != "refuse":
        return False
    matter = replica.matter(entry.envelope.case_id)
    return matter is not None and bool(matter.supplemented_by())
