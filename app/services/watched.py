"""What a seat counts of its copy to warn of it, and the warnings that it knows: asked in bounded pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from app.domain.case import EarlyWarning
from app.domain.terms import Grade


class Filed(NamedTuple):
    """A filed case as it is counted: when, its id, class and community."""

    at: datetime
    id: str
    category: str
    community: str


class Group(NamedTuple):
    """How many cases of a class were filed in a community since two instants, the later of which is second."""

    category: str
    community: str
    since: int
    since_later: int


class Told(NamedTuple):
    """What a filed case says of itself."""

    id: str
    title: str
    narrative: str
    grade: Grade
    category: str
    community: str | None
    at: datetime
    reporter: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A warning with the number and the title of the case that it hangs on."""

    warning: EarlyWarning
    number: str
    title: str


class Watched(Protocol):
    """Questions about what was filed and what was warned of. On *desk*; every answer is bounded."""

    def filed(self, after: tuple[datetime, str], limit: int) -> list[Filed]:
        """The next cases behind an instant and id, in that order."""
        ...

    def groups(self, since: datetime, later: datetime) -> list[Group]:
        """How many were filed by class and community."""
        ...

    def newest(
        self, categories: Sequence[str], communities: Sequence[str], since: datetime, limit: int
    ) -> list[str]:
        """The ids of the newest cases of any of these classes in any of these places (none: everywhere)."""
        ...

    def told(self, since: datetime, after: str, limit: int) -> list[Told]:
        """The next cases by id that were filed since then."""
        ...

    def warnings(self, since: datetime, limit: int) -> list[Known]:
        """All that stand, and those that were raised or muted since then; the newest first."""
        ...
