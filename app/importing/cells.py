"""What stands in one cell: text without its escapes, and instants in the two ways they are written."""

import html
import re
from datetime import UTC, datetime

from app.domain.calendar import LOCAL
from app.domain.refused import Refused

#: How the sources write that something is missing.
_MISSING = frozenset({"", "-", "--", "—", "NULL", "null", "None"})
_INSTANT = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})[ T]+"
    r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\.[0-9]+)?)?"
)
#: No electronic register of the district is older (year).
_EARLIEST = 1990


def bare(text: str) -> str:
    """The text of a cell: escapes undone, blanks around it gone, '' where the source marks a lack."""
    plain = html.unescape(text) if "&" in text else text
    plain = plain.strip()
    return "" if plain in _MISSING else plain


def prose(text: str) -> str:
    """A cell of many lines: as `bare`, with line ends as the store keeps them."""
    return bare(text).replace("\r\n", "\n").replace("\r", "\n")


def instant_of(text: str) -> datetime:
    """Local time `2019-02-28 11:25[:05]` or `2019/2/28 11:25[:05]` as an instant.

    Raises Refused('time-missing') or Refused('time-unreadable'): day-first dates are not guessed at.
    """
    plain = bare(text)
    if not plain:
        raise Refused("time-missing")
    match = _INSTANT.fullmatch(plain)
    if match is None or int(match[1]) < _EARLIEST:
        raise Refused("time-unreadable", text=plain[:40])
    parts = (int(part or 0) for part in match.group(1, 3, 4, 5, 6, 7))
    try:
        return datetime(*parts, tzinfo=LOCAL).astimezone(UTC)
    except ValueError:
        raise Refused("time-unreadable", text=plain[:40]) from None


def is_slashed(text: str) -> bool:
    """Whether the date is written with slashes."""
    return "/" in text
