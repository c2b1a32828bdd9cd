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
