"""Whether a report that is being taken in is about a place and a class that a case under way is about already."""

from datetime import datetime

from app.domain.addresses import LEAST, is_same, plain
from app.domain.case import ENDED
from app.domain.commands import Register
from app.domain.taxonomy import Taxonomy
from app.services.filters import Filter
from app.services.queries import Queue, QueueRow, Sort, WindowQuery

#: So many of the newest hits are looked through.
MOST = 60
#: Classes are held together at this level: below it two people rarely choose alike.
LEVEL = 2


def question(report: Register, taxonomy: Taxonomy, now: datetime) -> WindowQuery | None:
    """What to ask the desk for; None while there is no place or no class."""
    address, category = report.address, report.category
    if len(plain(address)) < LEAST or not category:
        return None
    wish = Filter(text=address, street=report.street, category=_wider(category, taxonomy))
    return WindowQuery(
        queue=Queue.ALL, now=now, filter=wish, sort=Sort.REGISTERED, descending=True, limit=MOST
    )


def under_way(address: str, rows: tuple[QueueRow, ...], but: str) -> tuple[QueueRow, ...]:
    """Those of the rows that are about that place and not ended, except the case `but`."""
    open_ = (row for row in rows if row.status not in ENDED and row.id != but)
    return tuple(row for row in open_ if is_same(address, row.address))


def _wider(category: str, taxonomy: Taxonomy) -> str:
    path = [one.code for one in taxonomy.path(category) if one.level <= LEVEL]
    return path[-1] if path else category
