"""The way in: opens the desk, asks for a password where one is wanted, and tells in words what keeps it shut."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from app.domain.refused import Refused
from app.services.desk import Desk
from app.services.door import LOGIN, Door
from app.services.ports import Unreachable
from ui.stories import story
from ui.theme import Theme
from ui.trouble import Trouble
from ui.views.opening import Opening, why_unopened
from ui.wording import Wording

if TYPE_CHECKING:
    from ui.views.login import Login

#: Told from any thread while something long is made: how much is done, of how much.
Progress = Callable[[int, int], None]
#: Opens the stores and gives the desk. Blocking, called on a thread of its own; the loop is the screen's,
#: for `call_soon_threadsafe`. Raises Refused or Unreachable.
OpenDesk = Callable[[asyncio.AbstractEventLoop, Progress], Desk]


class Entering:
    """Tries until there is a desk or the person gives up. `door` asks for passwords, where a store has any."""

    def __init__(self, words: Wording, theme: Theme, trouble: Trouble, door: Door | None) -> None:
        self._words, self._theme, self._trouble, self._door = words, theme, trouble, door
        self.opening = Opening(words, theme)
        self._login: Login | None = None

    async def enter(self, open_desk: OpenDesk) -> Desk | None:
        """The desk; None when its window was closed before there was one."""
        self.opening.show()
        while True:
            try:
                return await _opened(open_desk, self.opening.show_progress)
            except (Refused, Unreachable) as no:
                is_tried = await self._told(no)
            except Exception as bug:  # noqa: BLE001 - whatever it is: a window for the person, a report for us
                report = self._trouble.report(story(bug))
                sentence = self._words.say("frame.unopened.bug", name=report.name)
                is_tried = await self._failed(sentence)
            if not is_tried:
                return None
            self.opening.begin()
            self.opening.show()

    def end(self) -> None:
        """The desk is there: these windows are not needed any more."""
        for window in (self.opening, self._login):
            if window is not None:
                window.deleteLater()

    async def _told(self, no: Refused | Unreachable) -> bool:
        """Tell it; whether it is to be tried once more."""
        if isinstance(no, Refused) and self._door is not None and no.code.startswith(LOGIN):
            return await self._asked(self._door, no)
        return await self._failed(why_unopened(self._words, no))

    async def _failed(self, sentence: str) -> bool:
        opening = self.opening
        opening.show_failure(sentence)
        return await _first((opening.tried, True), (opening.left, False))

    async def _asked(self, door: Door, no: Refused) -> bool:
        """Who it is and his password, asked for in a window of its own."""
        if self._login is None:
            from ui.views.login import Login  # most desks never ask

            self._login = Login(self._words, self._theme)
            self._login.given.connect(partial(_give, door))
        login = self._login
        login.ask(door.asked(), no)
        self.opening.hide()
        is_given = await _first((login.given, True), (login.left, False))
        login.hide()
        return is_given


def _give(door: Door, login: str, password: str, remember: bool) -> None:  # noqa: FBT001 - as Qt tells it
    door.give(login, password, remember=remember)


async def _first(*answers: tuple[SignalInstance, bool]) -> bool:
    """The answer of the signal that comes first."""
    asked: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def answered(answer: bool, *_: object) -> None:  # noqa: FBT001 - bound below
        if not asked.done():
            asked.set_result(answer)

    for signal, answer in answers:
        signal.connect(partial(answered, answer))
    return await asked


async def _opened(open_desk: OpenDesk, show: Progress) -> Desk:
    loop = asyncio.get_running_loop()

    def progress(done: int, total: int) -> None:
        loop.call_soon_threadsafe(show, done, total)

    with ThreadPoolExecutor(1, thread_name_prefix="opening") as thread:
        return await loop.run_in_executor(thread, open_desk, loop, progress)
