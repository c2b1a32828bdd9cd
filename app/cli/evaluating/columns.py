"""What the columns of a table are, as typed: `time=CREATE_TIME,text=title+detail`."""

from collections.abc import Mapping

#: The columns of a table by what they mean here; several are read as one text.
Columns = Mapping[str, tuple[str, ...]]
#: What a column may be.
MEANINGS = ("time", "text", "class", "place", "unit", "user", "votes")


def columns_of(typed: str) -> Columns:
    """Columns by meaning. Raises ValueError, which holds the part that is not of that shape."""
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, typed.split(",")):
        meaning, _, columns = part.partition("=")
        if meaning not in MEANINGS or not all(columns.split("+")):
            raise ValueError(part)
        found[meaning] = tuple(columns.split("+"))
    return found
