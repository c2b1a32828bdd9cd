"""Which of the two kinds of central store a place names: a file on this machine, or a PostgreSQL server."""

from pathlib import Path

#: How the URL of a server begins.
_SERVER = ("postgresql:", "postgresql+psycopg:", "postgres:")


class Unlocked(str):
    """A server's URL, and beside it the password of a login there, in no text made of it."""

    __slots__ = ("login", "password", "refused_at")

    def __new__(cls, url: str, login: str, password: str) -> "Unlocked":
        """`url` as it is, for `login` with `password`."""
        made = super().__new__(cls, url)
        made.login, made.password = login, password
        made.refused_at = None
        return made

    login: str
    #: Another one may come in its place while connections are made by it; '' for what libpq knows itself.
    password: str
    #: When a server refused this password last (time.monotonic), None while it has not.
    refused_at: float | None

    def renew(self, password: str) -> None:
        """Whoever comes next comes with another password."""
        self.password, self.refused_at = password, None


Place = str | Path


def is_server(place: Place) -> bool:
    """Whether a place is the URL of a PostgreSQL server."""
    return str(place).startswith(_SERVER)


def typed(text: str) -> Place:
    """A place as it was typed: a file's path, or a server's URL to the letter."""
    return text if is_server(text) else Path(text)


def url_of(place: Place) -> str:
    """A place as a server's URL, with the password it was given."""
    return place if isinstance(place, str) else str(place)


def file_of(place: Place) -> Path | None:
    """The path of a file; None for a server, beside which nothing lies."""
    return None if is_server(place) else Path(place)
