"""Which warnings pop up, and when not: what was seen is over, a flood is summed up, and shelves are kept to."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.rules import CENTRE
from app.domain.warnings import LEVELS, RAISED, RED, is_shelved
from app.services.queries import Changed
from app.services.watched import Known
from ui.screen import Screen
from ui.views.warning_cards import WarningCards

#: What was seen is remembered for who sits here, the latest so many; and whether a sound is made.
SEEN, SOUND, MOST_SEEN = "warnings.seen", "warnings.sound", 200
#: More new cards than so many within so long are a flood: only the urgent ones still pop up.
FLOOD, WITHIN = 10, timedelta(minutes=10)
#: Looked at so long after news, and so often because shelves end and time passes (milliseconds).
AFTER_NEWS_MS, EVERY_MS = 300, 20_000
#: What was raised longer ago than this before the desk was opened waits in the centre and does not pop up.
FRESH = timedelta(hours=24)


class Alarms(QObject):
    """`opened` with the id of a warning to look at, '' for all of them. Only posts of the centre are told."""

    opened = Signal(str)

    def __init__(self, host: QWidget, screen: Screen, beside: QWidget | None = None) -> None:
        super().__init__(host)
        self._screen = screen
        self.cards = WarningCards(host, screen, beside)
        self._seen: dict[str, str] = {}
        self._popped: dict[str, str] = {}
        self._times: deque[datetime] = deque()
        self._is_held = self._is_silent = False
        self._whose = ""
        self._soon = QTimer(self, singleShot=True, interval=AFTER_NEWS_MS)
        self._beat = QTimer(self, interval=EVERY_MS)
        for timer in (self._soon, self._beat):
            timer.timeout.connect(lambda: screen.run(self.look()))
        self.cards.opened.connect(self._open)
        self.cards.seen.connect(self._put_away)
        stop = screen.desk.on_changed(self._on_changed)
        self.destroyed.connect(lambda: stop())
        self._beat.start()
        self._soon.start()

    def hold(self, *, is_held: bool) -> None:
        """Behind the curtain, and over the warning centre, nothing pops up; afterwards what still stands does."""
        self._is_held = is_held
        if is_held:
            self.cards.show_cards((), 0)
        else:
            self._soon.start()

    async def look(self) -> None:
        """Ask, and show what is new to who sits here."""
        desk = self._screen.desk
        if self._is_held or desk.is_vacant or desk.me.role not in CENTRE:
            self.cards.show_cards((), 0)
            return
        if self._whose != desk.me.login:
            await self._learn(desk.me.login)
        now = desk.now()
        known = await desk.warnings.known(now)
        self._show(_calling([one for one in known if not self._is_seen(one)], now), now)

    def _show(self, calling: Sequence[Known], now: datetime) -> None:
        fresh = [one for one in calling if self._popped.get(one.warning.id) != one.warning.level]
        for one in fresh:
            self._popped[one.warning.id] = one.warning.level
            self._times.append(now)
        while self._times and now - self._times[0] > WITHIN:
            self._times.popleft()
        is_flood = len(self._times) > FLOOD
        shown = [one for one in calling if not is_flood or one.warning.level == RED]
        self.cards.show_cards(shown, len(self._times) if is_flood else 0)
        if fresh and not self._is_silent and any(one.warning.level == RED for one in fresh):
            QApplication.beep()
        if any(one.warning.level == RED for one in fresh):
            QApplication.alert(self.cards.window())

    def _is_seen(self, known: Known) -> bool:
        """A level that was put away; a graver one calls anew."""
        return self._seen.get(known.warning.id) == known.warning.level

    async def _learn(self, login: str) -> None:
        kept = await self._screen.desk.recall(SEEN)
        self._seen = dict(kept) if isinstance(kept, dict) else {}  # pyright: ignore[reportUnknownArgumentType]
        self._is_silent = await self._screen.desk.recall(SOUND) is False
        self._whose, self._popped = login, {}
        self._times.clear()

    def toggle_sound(self) -> bool:
        """Make a sound for urgent ones, or none any more; whether one is made now. The pop-up is always seen."""
        self._is_silent = not self._is_silent
        self._screen.run(self._screen.desk.remember(SOUND, not self._is_silent))
        return not self._is_silent

    def _open(self, id_: str) -> None:
        if id_:
            self._put_away(id_)
        self.opened.emit(id_)

    def _put_away(self, id_: str) -> None:
        """Seen by who sits here: that closes the pop-up, and is no recipient's acknowledgement."""
        level = self._popped.get(id_, "")
        self._seen = dict([*self._seen.items(), (id_, level)][-MOST_SEEN:])
        self._screen.run(self._screen.desk.remember(SEEN, self._seen))
        self._soon.start()

    def _on_changed(self, _: Changed) -> None:
        if not self._soon.isActive():
            self._soon.start()


def _calling(known: Sequence[Known], now: datetime) -> list[Known]:
    """What nobody has acknowledged and no shelf holds, the gravest first, then the newest."""
    stand = [
        one for one in known if one.warning.status == RAISED and not is_shelved(one.warning, now)
    ]
    fresh = [one for one in stand if now - one.warning.levelled_at < FRESH]
    return sorted(fresh, key=_rank)


def _rank(known: Known) -> tuple[int, float]:
    return -LEVELS.index(known.warning.level), -known.warning.levelled_at.timestamp()
