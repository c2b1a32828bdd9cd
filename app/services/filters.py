"""What narrows a queue."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.terms import Grade, Nature

#: Whom a filter names for what waits in the centre's hands and nobody has claimed; no login reads so.
UNCLAIMED = "-"


class Happening(StrEnum):
    """What happened to a case on some day, besides that it was registered."""

    FILED = "FILED"
    REFUSED = "REFUSED"
    DISPATCHED = "DISPATCHED"
    RETURNED = "RETURNED"  # a unit asked to give it back
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What narrows a queue; empty fields do not. `text` goes through the search index.

    `solver` is the unit that led the case to its closure, `holder` who has claimed it, or UNCLAIMED. `is_late` and
    `is_soon` are by the query's `now`. `happened` and the day `happened_on` go together; `due_on` is the day on
    which an open case is due. `cases` are the ids of which alone the list is made, apart by blanks: what a warning
    counted.
    """

    text: str = ""
    street: str | None = None
    community: str | None = None
    category: str | None = None  # a class and everything below it
    unit: str | None = None
    solver: str | None = None
    channel: str | None = None
    nature: Nature | None = None
    grade: Grade | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    holder: str | None = None
    happened: Happening | None = None
    happened_on: date | None = None
    due_on: date | None = None
    is_open: bool = False
    is_late: bool = False
    is_soon: bool = False
    is_returned: bool = False
    cases: str = ""
