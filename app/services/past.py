"""What a seat's copy knows of earlier cases: the port that insight's questions go through, and their answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.case import Case
from app.services.filters import Filter


@dataclass(frozen=True, slots=True)
class Solver:
    """A unit that led cases like one to their end: `share` of what is expected (0 to 1), and how it went.

    `cases` stand behind `solved`, those that were returned on the way behind `back`: each filter is exactly its list.
    `days` is the median from dispatch to closure (calendar days).
    """

    unit: str
    share: float
    cases: int
    days: float
    returned: int
    solved: Filter
    back: Filter


class Past(Protocol):
    """Questions about earlier cases of a replica. Every method raises Broken when the file is damaged."""

    def near(self, text: str, since: datetime, most: int) -> tuple[Case, ...]:
        """The cases registered since then that say most of what `text` says, the likest first."""
        ...

    def solvers(self, category: str, community: str | None) -> tuple[Solver, ...]:
        """Who led cases of the class to their end, the likeliest for the place first; none where little is known."""
        ...

    def placed(self, name: str) -> Mapping[str, int]:
        """In how many cases of each community a name of a place stands."""
        ...
