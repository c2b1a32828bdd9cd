"""What a morning brief (每日早报) tells: a day that is over, beside the day and the week before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.calendar import local_date
from app.services.filters import Happening


class Line(StrEnum):
    """What is counted of a day, in the order of a case's life."""

    RECEIVED = "RECEIVED"
    FILED = "FILED"
    REFUSED = "REFUSED"
    DISPATCHED = "DISPATCHED"
    RETURNED = "RETURNED"
    CLOSED = "CLOSED"

    @property
    def happening(self) -> Happening | None:
        """What happened to the cases of this line; None where they were registered."""
        return None if self is Line.RECEIVED else Happening(self)


class Side(StrEnum):
    """By what the reports of a day are told apart."""

    NATURE = "NATURE"
    CHANNEL = "CHANNEL"
    STREET = "STREET"
    COMMUNITY = "COMMUNITY"
    CATEGORY = "CATEGORY"


#: So many of a side are told, most first; of streets and natures there are few.
MOST: Mapping[Side, int] = {Side.COMMUNITY: 5, Side.CATEGORY: 10, Side.CHANNEL: 10}


@dataclass(frozen=True, slots=True)
class Beside:
    """A number of the day, and the same of the day before it and of the day a week before."""

    day: int = 0
    before: int = 0
    week_before: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How many reports of the day, and of the day before, have this code of a side."""

    code: str
    number: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The brief of `day` as things stood `at` an instant: what is late and due is of then.

    `late` names units by their code with their overdue cases, most first; a case of several counts for each.
    """

    day: date
    at: datetime
    flow: Mapping[Line, Beside] = field(default_factory=dict[Line, Beside])
    sides: Mapping[Side, tuple[Share, ...]] = field(default_factory=dict[Side, tuple[Share, ...]])
    due: int = 0
    overdue: int = 0
    late: tuple[tuple[str, int], ...] = ()

    @property
    def days(self) -> tuple[date, date, date]:
        """The day, the day before it, and the day a week before."""
        return days_of(self.day)

    @property
    def today(self) -> date:
        """The day on which it was taken."""
        return local_date(self.at)


def days_of(day: date) -> tuple[date, date, date]:
    """A day, the day before it, and the same weekday a week ago."""
    return day, day - timedelta(days=1), day - timedelta(days=7)


def day_over(now: datetime) -> date:
    """The last day that was over at `now`, in Shenzhen."""
    return local_date(now) - timedelta(days=1)
