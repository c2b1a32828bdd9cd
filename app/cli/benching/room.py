"""A desk and a window as the program opens them, without the program around them."""

import asyncio
import gc
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from app.cli.checking.waiting import until
from app.cli.wiring import close_desk, open_desk
from app.domain.moment import Setting
from app.services.live import LiveDesk
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product
from ui.start import Sweeper
from ui.theme import Theme
from ui.wording import Wording

SIZE = 1440, 900
#: How long anything of a measurement may take before it is given up (seconds).
PATIENCE = 900.0


@asynccontextmanager
async def desk_at(
    folder: Path, store: Path, login: str, setting: Setting
) -> AsyncGenerator[LiveDesk, None]:
    """A desk with its files in `folder`, its threads running."""
    loop = asyncio.get_running_loop()
    opening = partial(open_desk, folder, store, login, setting, loop.call_soon_threadsafe)
    desk = await loop.run_in_executor(None, opening)
    try:
        yield desk
    finally:
        close_desk(desk)


@asynccontextmanager
async def window_at(
    desk: LiveDesk, words: Wording, theme: Theme
) -> AsyncGenerator[MainWindow, None]:
    """The window over a desk, ready for keys; garbage is swept as it is in the program."""
    window = MainWindow(desk, words, theme, furnished(), Product())
    window.resize(*SIZE)
    await window.prepare()
    window.show()
    window.activateWindow()
    await window.begin()
    sweeper = Sweeper(window)
    sweeper.begin()
    try:
        yield window
    finally:
        window.hide()
        await window.end()
        window.deleteLater()
        await asyncio.sleep(0)
        gc.unfreeze()
        gc.enable()


async def filled(desk: LiveDesk) -> None:
    """The first fill is complete."""
    await until(lambda: _is_filled(desk), "bench-fill", seconds=PATIENCE)


def _is_filled(desk: LiveDesk) -> bool:
    state = desk.sync_state
    return state.online and 0 < state.to_fill == state.filled


#: By the clock, and what the whole program worked (seconds).
Moment = tuple[float, float]


def now() -> Moment:
    """This moment."""
    return time.perf_counter(), time.process_time()


@dataclass(slots=True, eq=False)
class _Wait:
    is_there: Callable[[], bool]
    painted: "asyncio.Future[Moment]"


class Paints(QObject):
    """Tells when something that has come to be true was also painted on a widget.

    That is when the paint is over, not when whoever waits is next: other work may come between.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._waits: list[_Wait] = []
        self._painted: list[_Wait] = []
        widget.installEventFilter(self)

    def shown(self, is_there: Callable[[], bool]) -> "asyncio.Future[Moment]":
        """The end of the first paint that finds `is_there` true."""
        wait = _Wait(is_there, asyncio.get_running_loop().create_future())
        self._waits.append(wait)
        return wait.painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See every paint, hold none back."""
        if event.type() is QEvent.Type.Paint:
            for wait in [one for one in self._waits if one.is_there()]:
                self._waits.remove(wait)
                self._painted.append(wait)
                first = Qt.EventPriority.HighEventPriority.value  # right after the paint itself
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), first)
        return super().eventFilter(watched, event)

    def customEvent(self, _: QEvent) -> None:  # noqa: N802 - Qt's name
        """The paint is over."""
        at = now()
        waits, self._painted = self._painted, []
        for wait in waits:
            if not wait.painted.done():
                wait.painted.set_result(at)
