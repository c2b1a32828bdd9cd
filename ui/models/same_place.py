"""Whether a report that is being taken in is about a place and a class that a case under way is about already."""

import re
import unicodedata
from datetime import datetime

from app.domain.case import ENDED
from app.domain.commands import Register
from app.domain.taxonomy import Taxonomy
from app.services.filters import Filter
from app.services.queries import Queue, QueueRow, Sort, WindowQuery

#: Signs of an address before it says a place.
LEAST = 4
#: So many of the newest hits are looked through.
MOST = 60
#: Classes are held together at this level: below it two people rarely choose alike.
LEVEL = 2
_BESIDE = re.compile(r"[\W_]+")


def question(report: Register, taxonomy: Taxonomy, now: datetime) -> WindowQuery | None:
    """What to ask the desk for; None while there is no place or no class."""
    address, category = report.address, report.category
    if len(_plain(address)) < LEAST or not category:
        return None
    wish = Filter(text=address, street=report.street, category=_wider(category, taxonomy))
    return WindowQuery(
        queue=Queue.ALL, now=now, filter=wish, sort=Sort.REGISTERED, descending=True, limit=MOST
    )


def under_way(address: str, rows: tuple[QueueRow, ...], but: str) -> tuple[QueueRow, ...]:
    """Those of the rows that are about that place and not ended, except the case `but`."""
    open_ = (row for row in rows if row.status not in ENDED and row.id != but)
    return tuple(row for row in open_ if is_same(address, row.address))


def is_same(one: str, other: str) -> bool:
    """Whether two addresses say the same place: alike, or one with its number inside the other."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    if short == long:
        return bool(short)
    return any(sign.isdigit() for sign in short) and _stands_in(short, long)


def _stands_in(short: str, long: str) -> bool:
    """1 is no part of 11."""
    before = r"(?<!\d)" if short[0].isdigit() else ""
    after = r"(?!\d)" if short[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(short)}{after}", long) is not None


def _plain(address: str) -> str:
    return _BESIDE.sub("", unicodedata.normalize("NFKC", address).casefold())


def _wider(category: str, taxonomy: Taxonomy) -> str:
    path = [one.code for one in taxonomy.path(category) if one.level <= LEVEL]
    return path[-1] if path else category
