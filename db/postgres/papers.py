"""The centre's own editions and holidays as a PostgreSQL store publishes them, to seats and to its keeper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.postgres.link import asking


@dataclass(frozen=True, slots=True)
class Paper:
    """One published file: its number from 1, its name as beside a store (`policy/x.yaml`, `calendar.csv`)."""

    number: int
    name: str
    text: str


def papers(url: str, login: str, after: int) -> Sequence[Paper]:
    """What was published after a number, in order, as `login` ('': whom the URL names) may read it.

    Raises Refused and Unreachable.
    """
    with asking(url, login) as connection:
        found = connection.execute("SELECT fenbo.papers(%s)", (after,)).fetchone()
    said: list[Any] = found[0] if found else []
    return [Paper(one[0], one[1], one[2]) for one in said]


def publish(url: str, name: str, text: str) -> int:
    """Publish a file; its number. Raises Refused: paper-odd, not-a-keeper; Unreachable."""
    with asking(url) as connection:
        found = connection.execute("SELECT fenbo.publish(%s, %s)", (name, text)).fetchone()
    return (found or (0,))[0]
