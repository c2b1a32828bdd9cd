"""How much time is left, in at most two units and of which kind, and how loudly to say it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from app.domain.calendar import LOCAL, Calendar, local_date
from app.domain.clocks import WINDOWS, ClockState, Ledger, Left
from app.domain.limits import Limit, LimitUnit

MINUTE, HOUR, DAY = 60, 3600, 86400
#: Less than this is watched, and less than that is soon; in seconds.
WATCH, SOON = 2 * HOUR, 30 * MINUTE
#: But never more than the last half and the last quarter: a mark that stands from the start says nothing.
WATCH_PART, SOON_PART = 2, 4
#: Soon is also the last fifth of the limit, whatever its length.
LAST_PART = 5

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_UNIT_SECONDS = {
    LimitUnit.CLOCK_MINUTE: MINUTE,
    LimitUnit.WORK_MINUTE: MINUTE,
    LimitUnit.WORK_DAY: DAY,
    LimitUnit.CALENDAR_DAY: DAY,
}


class Urgency(StrEnum):
    """How loudly a clock speaks; LAPSED is a window that is over, RETURNED and REASSIGNED clocks went on with their
    task, NONE a case that nothing is due of.
    """

    NORMAL = "normal"
    WATCH = "watch"
    SOON = "soon"
    BREACHED = "breached"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    LAPSED = "lapsed"
    RETURNED = "returned"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"
    NONE = "none"


#: Shape beside the colour, so that colour is never the only sign.
GLYPHS = {
    Urgency.NORMAL: "",
    Urgency.WATCH: "◆",
    Urgency.SOON: "▲",
    Urgency.BREACHED: "✕",
    Urgency.PAUSED: "❚❚",
    Urgency.MET: "✓",
    Urgency.MISSED: "✗",
    Urgency.LAPSED: "",
    Urgency.RETURNED: "↩",
    Urgency.REASSIGNED: "⇄",
    Urgency.CANCELLED: "⊘",
    Urgency.NONE: "",
}
#: Nothing is counted of these: one word says it.
_AT_REST = frozenset(
    {
        Urgency.PAUSED,
        Urgency.MET,
        Urgency.MISSED,
        Urgency.LAPSED,
        Urgency.RETURNED,
        Urgency.REASSIGNED,
        Urgency.CANCELLED,
    }
)
#: Pauses that have a name; what else may pause a clock is just called a pause.
_PAUSES = frozenset({"VERIFYING", "SUSPENDED", "STAGED", "BLOCKED"})
#: The pills that are filled; the others stay text, lest the column become wallpaper.
LOUD = frozenset({Urgency.BREACHED, Urgency.SOON})

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Countdown:
    """A clock as it is shown: `seconds` left (negative: past due) or None, and whole `days` if it counts days.

    `days` are those to come after today; None where hours are counted, and on the last day. `kind` says
    of which time both are, `why` what pauses it.
    """

    urgency: Urgency
    seconds: int | None = None
    days: int | None = None
    due: datetime | None = None
    kind: Literal["clock", "working"] = "clock"
    why: str = ""

    @property
    def glyph(self) -> str:
        """The shape that goes with the colour."""
        return GLYPHS[self.urgency]


def running(
    left: Left, limit: Limit | None, now: datetime, calendar: Calendar | None = None
) -> Countdown:
    """A clock that has not stopped and is not paused; `limit` tells when its last fifth begins.

    Only what is still to come is told in the limit's own kind of time, in days by its `calendar`; how late
    it is, in plain time, whether anybody was at work or not.
    """
    if left.due is not None and now > left.due:
        return Countdown(Urgency.BREACHED, (left.due - now) // _SECOND, None, left.due)
    return _told(_urgency(left, limit), left, now, calendar)


def of_ledger(ledger: Ledger, left: Left, now: datetime, calendar: Calendar) -> Countdown:
    """A ledger at `now`, `left` being what `clocks.left` says of it by its `calendar`."""
    state = ledger.state(now)
    if state is ClockState.RUNNING and ledger.clock in WINDOWS:
        return _told(Urgency.NORMAL, left, now, calendar)  # a right hurries nobody
    if state in (ClockState.RUNNING, ClockState.BREACHED):
        return running(left, ledger.limit, now, calendar)
    shown = Countdown(Urgency(state.value.lower()), left.seconds, left.days, left.due)
    return replace(shown, why=_pause(ledger)) if state is ClockState.PAUSED else shown


def held(shown: Countdown, why: str) -> Countdown:
    """The same while `why` holds the work up; one that is late is late nevertheless."""
    if not why or shown.urgency is Urgency.BREACHED:
        return shown
    return replace(shown, urgency=Urgency.PAUSED, why=why)


def _pause(ledger: Ledger) -> str:
    why = ledger.segments[-1].why
    return why if why in _PAUSES else ""


def _told(urgency: Urgency, left: Left, now: datetime, calendar: Calendar | None) -> Countdown:
    """What is left in its own kind of time: of days those after today, and on the last of them the hours."""
    shown = Countdown(urgency, left.seconds, None, left.due, left.unit_kind)
    if left.days is None:
        return shown
    days = _days_after(now, left, calendar)
    return replace(shown, days=days, kind=left.unit_kind if days else "clock")


def _days_after(now: datetime, left: Left, calendar: Calendar | None) -> int | None:
    """Two limits that end on one day have the same days left, whenever they began. None on the last day."""
    if left.due is None:
        return left.days
    today, last = local_date(now), local_date(left.due)
    if left.unit_kind == "working" and calendar is not None:
        return calendar.workdays(today + _DAY, last + _DAY) or None
    return (last - today).days or None


def until(due: datetime | None, now: datetime) -> Left:
    """Plain clock time from `now` to `due`."""
    return Left("clock", (due - now) // _SECOND if due else 0, None, due)


def amount(seconds: int, say: Say) -> str:
    """A length of time without its sign, each of its two units by name, lest minutes be read as hours."""
    size = abs(seconds)
    if size < HOUR:
        return say("clock.minutes_seconds", minutes=size // MINUTE, seconds=size % MINUTE)
    if size < DAY:
        return say("clock.hours_minutes", hours=size // HOUR, minutes=size % HOUR // MINUTE)
    return say("clock.days_hours", days=size // DAY, hours=size % DAY // HOUR)


def figures(seconds: int, say: Say) -> str:
    """The same for ears, which have the sentence around it: `mm:ss`, `h:mm`, days and hours."""
    size = abs(seconds)
    if size < HOUR:
        return f"{size // MINUTE:02d}:{size % MINUTE:02d}"
    if size < DAY:
        return f"{size // HOUR}:{size % HOUR // MINUTE:02d}"
    return amount(seconds, say)


def short(shown: Countdown, say: Say) -> str:
    """What a cell of a list says, without the glyph."""
    match shown.urgency:
        case Urgency.NONE:
            return ""
        case Urgency.PAUSED if shown.why:
            return say("clock.short.held", why=say(f"clock.pause.{shown.why}"))
        case urgency if urgency in _AT_REST:
            return say(f"clock.short.{urgency}")
        case Urgency.BREACHED:
            return say("clock.short.breached", time=amount(shown.seconds or 0, say))
        case _:
            return _remaining(shown, say)


def sentence(shown: Countdown, say: Say) -> str:
    """The same as a sentence, for the pane."""
    return _sentence(shown, say, amount)


def full(shown: Countdown, say: Say) -> str:
    """The same for who listens instead of looking."""
    return _sentence(shown, say, figures)


def _sentence(shown: Countdown, say: Say, told: Callable[[int, Say], str]) -> str:
    if shown.urgency is Urgency.PAUSED and shown.why:
        return say("clock.full.held", why=say(f"clock.pause.{shown.why}"))
    return say(f"clock.full.{shown.urgency}", time=_time(shown, say, told))


def _time(shown: Countdown, say: Say, told: Callable[[int, Say], str]) -> str:
    if shown.days:
        unit = LimitUnit.WORK_DAY if shown.kind == "working" else LimitUnit.CALENDAR_DAY
        return say(f"clock.limit.{unit}", n=shown.days)
    time = "" if shown.seconds is None else told(shown.seconds, say)
    return say("clock.working_time", time=time) if shown.kind == "working" else time


def _remaining(shown: Countdown, say: Say) -> str:
    """Days with the date they end on, as long as that is not today; else the time itself, marked if it only
    goes on while people work.
    """
    if shown.days and shown.due is not None:
        return say("clock.days_until", days=shown.days, date=f"{shown.due.astimezone(LOCAL):%m-%d}")
    time = amount(shown.seconds or 0, say)
    return say("clock.working", time=time) if shown.kind == "working" else time


def _urgency(left: Left, limit: Limit | None) -> Urgency:
    """By the limit alone where it is counted in days: those are longer than all that is watched."""
    whole = None if limit is None or left.days is not None else _length(limit)
    if left.seconds < _at_most(SOON, whole, SOON_PART) or _is_last_part(left, limit):
        return Urgency.SOON
    watched = left.seconds < _at_most(WATCH, whole, WATCH_PART)
    return Urgency.WATCH if watched else Urgency.NORMAL


def _at_most(seconds: int, whole: int | None, part: int) -> float:
    return seconds if whole is None else min(seconds, whole / part)


def _is_last_part(left: Left, limit: Limit | None) -> bool:
    if limit is None:
        return False
    if left.days is not None:
        return left.days * LAST_PART <= limit.value
    return left.seconds * LAST_PART < _length(limit)


def _length(limit: Limit) -> int:
    """A limit in seconds of its own kind of time."""
    return limit.value * _UNIT_SECONDS.get(limit.unit, HOUR)
