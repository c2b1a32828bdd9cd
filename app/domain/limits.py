"""A time limit as the Measures write it: a number and the kind of time in which it is counted."""

from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    """The kind of time a limit counts: clock time runs always, working time only in shifts on working days."""

    CLOCK_MINUTE = "CLOCK_MINUTE"
    CLOCK_HOUR = "CLOCK_HOUR"
    WORK_MINUTE = "WORK_MINUTE"
    WORK_HOUR = "WORK_HOUR"
    WORK_DAY = "WORK_DAY"
    CALENDAR_DAY = "CALENDAR_DAY"


@dataclass(frozen=True, slots=True)
class Limit:
    """`value` units of time; day limits start the day after the trigger and end 23:59:59 of the last day."""

    value: int
    unit: LimitUnit


#: The finer unit in which the same kind of time can be told.
MINUTES = {
    LimitUnit.CLOCK_HOUR: LimitUnit.CLOCK_MINUTE,
    LimitUnit.WORK_HOUR: LimitUnit.WORK_MINUTE,
}
_HOUR = 60


def in_minutes(limit: Limit) -> Limit:
    """The same limit with hours told in minutes; any other as it is."""
    finer = MINUTES.get(limit.unit)
    return limit if finer is None else Limit(limit.value * _HOUR, finer)


def together(one: Limit, other: Limit) -> Limit | None:
    """Both one after the other; None when they count time of different kinds."""
    if one.unit is not other.unit:
        one, other = in_minutes(one), in_minutes(other)
    return Limit(one.value + other.value, one.unit) if one.unit is other.unit else None
