"""A scripted day at a desk, watched: a first fill behind it, colleagues' batches, and a busy hand."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from app.cli.benching import crowd
from app.cli.benching.child import beside
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.room import desk_at, window_at
from app.cli.benching.timing import Series
from app.cli.benching.watchdog import Watchdog, told
from app.cli.checking.hands import Hands
from app.domain.commands import Command, File, Register
from app.domain.moment import Setting
from app.domain.refused import Refused
from app.services.live import LiveDesk
from app.services.queries import Queue, Sort
from ui.main_window import MainWindow
from ui.models.queue_source import Question
from ui.theme import Theme
from ui.wording import Wording

GOAL = Goal(Judged.LONGEST, 50.0)
#: Between two keys of a quick hand, and after something was asked for (seconds).
_KEY, _LOOK = 0.045, 0.3
#: Let the first sight of everything pass before the watch begins (seconds).
_SETTLE = 0.5


@dataclass(slots=True)
class Hand:
    """What the person does, again and again."""

    desk: LiveDesk
    window: MainWindow
    setting: Setting
    given: Iterator[Register]
    hands: Hands = field(default_factory=Hands)
    own: list[str] = field(default_factory=list[str])

    def gestures(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        """Their names and what they do."""
        return (
            ("walk", self.walk),
            ("search", self.search),
            ("register", self.register),
            ("open", self.open),
            ("dispatch", self.dispatch),
            ("sort", self.sort),
            ("form", self.form),
            ("queue", self.queue),
            ("intake", self.intake),
        )

    async def walk(self) -> None:
        """Down and up the list."""
        self.window.workbench.table.setFocus()
        for key in (*("J",) * 12, *("Down",) * 8, *("K",) * 5, "PgDown", "PgUp"):
            self.hands.press(key)
            await asyncio.sleep(_KEY)

    async def search(self) -> None:
        """Letter by letter, then back."""
        self.window.workbench.focus_search()
        for letter in ("路", "灯", "不", "亮"):
            self.hands.write(letter)
            await asyncio.sleep(2 * _KEY)
        await asyncio.sleep(_LOOK)
        self.hands.press("Escape")
        await asyncio.sleep(_LOOK)

    async def register(self) -> None:
        """A report comes in and is filed."""
        done = await self.desk.send(next(self.given))
        await self.desk.send(File(case_id=done.case_id))
        self.own.append(done.case_id)

    async def open(self) -> None:
        """Look at one case after the other."""
        self.window.workbench.table.setFocus()
        for _ in range(4):
            self.hands.press("J")
            await asyncio.sleep(_LOOK)

    async def dispatch(self) -> None:
        """The case registered last goes to its unit."""
        view = await self.desk.case(self.own[-1]) if self.own else None
        if view is not None:
            await self._sent(crowd.dispatched(view.dossier, self.setting))

    async def _sent(self, wish: Command) -> None:
        try:
            await self.desk.send(wish)
        except Refused:  # it was dispatched in an earlier round
            return

    async def sort(self) -> None:
        """Another order, and the usual one again."""
        asked = self.window.workbench.source
        for sort in (Sort.NUMBER, Sort.GRADE, Sort.DUE):
            asked.ask(replace(asked.question, sort=sort))
            await asyncio.sleep(_LOOK)

    async def form(self) -> None:
        """Open the dispatch form of a case, and leave it."""
        self.window.workbench.table.setFocus()
        self.hands.press("F5")
        await asyncio.sleep(_LOOK)
        self.hands.press("Escape")
        await asyncio.sleep(_LOOK)

    async def queue(self) -> None:
        """Another queue, and all of them."""
        for queue in (Queue.FILING, Queue.DISPATCH, Queue.ALL):
            self.window.workbench.use_queue(queue)
            await asyncio.sleep(_LOOK)

    async def intake(self) -> None:
        """A new report is begun and left half-typed."""
        self.hands.press("F2")
        await asyncio.sleep(_LOOK)
        self.hands.write("小区门口路灯不亮")
        await asyncio.sleep(_LOOK)
        self.window.leave_intake()
        await asyncio.sleep(_LOOK)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the day takes place, and in which words and looks."""

    folder: Path
    store: Path
    setting: Setting
    words: Wording
    theme: Theme


async def measure(place: Place, seconds: float) -> list[Figure]:
    """The fill from empty with a busy hand, at least so long; then as long beside a colleague."""
    async with (
        desk_at(place.folder, place.store, crowd.LOGIN, place.setting) as desk,
        window_at(desk, place.words, place.theme) as window,
    ):
        given = crowd.reports(place.setting, Random(crowd.SEED))
        hand = Hand(desk, window, place.setting, given)
        window.workbench.source.ask(Question(Queue.ALL))
        next(given)
        await asyncio.sleep(_SETTLE)
        with Watchdog(window) as dog:
            await _busy(hand, dog, "fill", seconds, lambda: _is_filling(desk))
            with beside("colleague", place.store):
                await _busy(hand, dog, "work", seconds, lambda: False)
    return list(_figures(dog))


def _is_filling(desk: LiveDesk) -> bool:
    state = desk.sync_state
    return not state.to_fill or state.filled < state.to_fill


async def _busy(
    hand: Hand, dog: Watchdog, phase: str, seconds: float, goes_on: Callable[[], bool]
) -> None:
    """Every gesture in turn, until the time is over and nothing goes on any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end or goes_on():
        for name, gesture in hand.gestures():
            dog.during = f"{phase}/{name}"
            await gesture()


def _figures(dog: Watchdog) -> Iterator[Figure]:
    """Each part of the day: gaps without what other programs took, and all of them as they were."""
    for phase in ("fill", "work"):
        gaps = [one for one in dog.gaps if one.during.startswith(phase)]
        ours, every = Series(), Series()
        for one in gaps:
            ours.add(one.ours, one.own)
            every.add(one.wall, one.own)
        yield Figure(f"day.{phase}", ours, None, GOAL, told([one for one in gaps if one.is_stall]))
        yield Figure(f"day.{phase}.every", every)
