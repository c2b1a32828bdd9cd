"""The way into a centre with passwords as it is seen: what is asked, what is wrong, the curtain with its question."""

from collections.abc import Sequence
from datetime import timedelta

from app.cli.checking.day import Day
from app.cli.checking.dispatching import OPERATOR
from app.cli.checking.gallery import Gallery, Look, wear
from app.cli.checking.seat import Seat, take_seat
from app.cli.checking.waiting import until
from app.domain.refused import Refused
from app.services.door import Asked
from db.central.store import utc_now
from db.outbox.logins import Logins
from ui.views.login import Login

_WHERE = "postgresql://centre.example/fenbo"
_PASSWORD, _WRONG = "as-shown-once", "mistyped"
#: What the window says, and whether the system can keep a password.
_STATES = (
    ("login", Refused("login-needed"), True),
    ("login-wrong", Refused("login-tries", left=3), True),
    ("login-away", Refused("login-offline"), False),
    ("login-expired", Refused("login-expired", login=OPERATOR, hours=72), False),
)


async def photograph_door(day: Day, gallery: Gallery, looks: Sequence[Look]) -> None:
    """Pictures of the window that asks for a password, and of the lock screen that does."""
    await _asking(day, gallery, looks)
    await _covered(day, gallery, looks)


async def _asking(day: Day, gallery: Gallery, looks: Sequence[Look]) -> None:
    screen = day.seat.window.seat
    for look in looks:
        await wear(day.seat, look)
        window = Login(screen.words, screen.theme)
        for name, no, can_remember in _STATES:
            window.ask(Asked(_WHERE, OPERATOR, can_remember), no)
            await gallery.snap(window, name, look)
        window.close()
        window.deleteLater()
    await day.seat.in_front()


async def _covered(day: Day, gallery: Gallery, looks: Sequence[Look]) -> None:
    home = day.folder / "guarded"
    guard = Logins(home / "logins.json", str(day.store), utc_now, timedelta(hours=1))
    guard.let_in(OPERATOR, _PASSWORD)
    words = day.seat.window.seat.words
    seat = await take_seat(home, day.store, OPERATOR, words, day.theme, guard=guard)
    try:
        for look in looks:
            await wear(seat, look)
            await _shut_and_opened(seat, gallery, look, is_first=look is looks[0])
    finally:
        await seat.close()


async def _shut_and_opened(seat: Seat, gallery: Gallery, look: Look, *, is_first: bool) -> None:
    lock = seat.window.curtain.lock
    seat.hands.press("F12")
    await until(lambda: seat.window.is_locked, "lock")
    await gallery.snap(seat.window, "lock-guarded", look)
    if is_first:
        seat.hands.spell(_WRONG)
        seat.hands.press("Return")
        await until(lambda: lock.refusal, "lock")
        await gallery.snap(seat.window, "lock-wrong", look)
    seat.hands.spell(_PASSWORD)
    seat.hands.press("Return")
    await until(lambda: not seat.window.is_locked, "lock")
