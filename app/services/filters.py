"""What narrows a queue."""

from dataclasses import dataclass
from datetime import date

from app.domain.terms import Grade, Nature

#: Whom a filter names for what waits in the centre's hands and nobody has claimed; no login reads so.
UNCLAIMED = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What narrows a queue; empty fields do not. `text` goes through the search index.

    `holder` is who has claimed the case, or UNCLAIMED. `is_late` and `is_soon` are by the query's `now`.
    `cases` are the ids of which alone the list is made, apart by blanks: what a warning counted.
    """

    text: str = ""
    street: str | None = None
    community: str | None = None
    category: str | None = None  # a class and everything below it
    unit: str | None = None
    channel: str | None = None
    nature: Nature | None = None
    grade: Grade | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    holder: str | None = None
    is_open: bool = False
    is_late: bool = False
    is_soon: bool = False
    is_returned: bool = False
    cases: str = ""
