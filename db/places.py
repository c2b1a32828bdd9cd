"""Which of the two kinds of central store a place names: a file on this machine, or a PostgreSQL server."""

from pathlib import Path

#: How the URL of a server begins.
_SERVER = ("postgresql:", "postgresql+psycopg:", "postgres:")


def is_server(place: str | Path) -> bool:
    """Whether a place is the URL of a PostgreSQL server."""
    return str(place).startswith(_SERVER)
