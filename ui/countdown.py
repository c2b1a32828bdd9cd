"""How much time is left, in at most two units, and how loudly to say it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.calendar import LOCAL
from app.domain.clocks import WINDOWS, ClockState, Ledger, Left
from app.domain.limits import Limit, LimitUnit

MINUTE, HOUR, DAY = 60, 3600, 86400
#: Less than this is watched, and less than that is soon; in seconds.
WATCH, SOON = 2 * HOUR, 30 * MINUTE
#: Soon is also the last fifth of the limit, whatever its length.
LAST_PART = 5

_SECOND = timedelta(seconds=1)
_UNIT_SECONDS = {LimitUnit.CLOCK_MINUTE: MINUTE, LimitUnit.WORK_MINUTE: MINUTE}


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
    }
)
#: The pills that are filled; the others stay text, lest the column become wallpaper.
LOUD = frozenset({Urgency.BREACHED, Urgency.SOON})

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Countdown:
    """A clock as it is shown: `seconds` left (negative: past due) or None, and whole `days` if it counts days.

    `days` are those whose end is still to come, today included; None where hours are counted.
    """

    urgency: Urgency
    seconds: int | None = None
    days: int | None = None
    due: datetime | None = None

    @property
    def glyph(self) -> str:
        """The shape that goes with the colour."""
        return GLYPHS[self.urgency]


def running(left: Left, limit: Limit | None, now: datetime) -> Countdown:
    """A clock that has not stopped and is not paused; `limit` tells when its last fifth begins."""
    late = left.due is not None and now > left.due
    urgency = Urgency.BREACHED if late else _urgency(left, limit)
    return Countdown(urgency, left.seconds, left.days, left.due)


def of_ledger(ledger: Ledger, left: Left, now: datetime) -> Countdown:
    """A ledger at `now`, `left` being what `clocks.left` says of it."""
    state = ledger.state(now)
    if state is ClockState.RUNNING and ledger.clock in WINDOWS:
        return Countdown(
            Urgency.NORMAL, left.seconds, left.days, left.due
        )  # a right hurries nobody
    if state is ClockState.RUNNING:
        return running(left, ledger.limit, now)
    return Countdown(Urgency(state.value.lower()), left.seconds, left.days, left.due)


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
        case urgency if urgency in _AT_REST:
            return say(f"clock.short.{shown.urgency}")
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
    if _is_in_days(shown):
        time = say("clock.days", days=shown.days)
    else:
        time = "" if shown.seconds is None else told(shown.seconds, say)
    return say(f"clock.full.{shown.urgency}", time=time)


def _remaining(shown: Countdown, say: Say) -> str:
    """Days with the date they end on, as long as that is not today; else the time itself."""
    if _is_in_days(shown) and shown.due is not None:
        return say("clock.days_until", days=shown.days, date=f"{shown.due.astimezone(LOCAL):%m-%d}")
    return amount(shown.seconds or 0, say)


def _is_in_days(shown: Countdown) -> bool:
    return shown.days is not None and shown.days > 1


def _urgency(left: Left, limit: Limit | None) -> Urgency:
    if left.seconds < SOON or _is_last_part(left, limit):
        return Urgency.SOON
    return Urgency.WATCH if left.seconds < WATCH else Urgency.NORMAL


def _is_last_part(left: Left, limit: Limit | None) -> bool:
    if limit is None:
        return False
    if left.days is not None:
        return left.days * LAST_PART <= limit.value
    return left.seconds * LAST_PART < limit.value * _UNIT_SECONDS.get(limit.unit, HOUR)
