"""Starts the screen: a window at once, the stores behind it, and a clean end."""

import asyncio
import gc
import inspect
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.services.desk import Desk
from app.services.door import Door
from app.services.importing import Importer
from ui.entering import Entering, OpenDesk
from ui.furnished import furnished
from ui.loop import OrderedLoop
from ui.main_window import MainWindow
from ui.memory import wear_looks
from ui.product import Product
from ui.rooms import Rooms
from ui.sentences import LANGUAGES
from ui.theme import Theme
from ui.trouble import Trouble
from ui.usable import STOP_WHEN_USABLE, Usable
from ui.wording import Wording

T = TypeVar("T")

#: Closes what was opened: blocking or awaitable, called on the screen's thread at the very end.
CloseDesk = Callable[[Desk], Awaitable[None] | None]
#: What takes other systems' files over into the desk's store.
OpenImporter = Callable[[Desk], Importer]
#: Where D-Bus looks for the machine's id.
MACHINE_IDS = Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")
#: A thread may keep the interpreter this long before another one gets it (seconds).
SWITCH_SECONDS = 0.001
#: Garbage of the young is collected this often (ms), all of it every sixth time.
COLLECT_MS = 10_000
ALL_EVERY = 6


def run_desk(  # noqa: PLR0913 - everything a program knows of its screen, once
    open_desk: OpenDesk,
    close_desk: CloseDesk,
    product: Product,
    language: str | None = None,
    rooms: Rooms | None = None,
    importer: OpenImporter | None = None,
    door: Door | None = None,
) -> int:
    """Run the desk until its window is closed; 0, or 1 when the stores could not be opened.

    `language` (zh or en) goes before the one the person used last; without `importer` no files are
    imported here. `door` asks for a password where the store has one for each person.
    """
    app = make_app()
    words, theme = Wording(language or LANGUAGES[0]), Theme()
    theme.dress(app)
    app.setWindowIcon(theme.icon("fenbo", "accent", 64))
    translated = QtWords(app, words)
    trouble = Trouble(product.reports, product.version)
    trouble.install()
    day = Day(words, theme, rooms or furnished(importer), product, trouble, language, door)
    try:
        return run_on_qt(app, day.run(open_desk, close_desk))
    finally:
        translated.stop()
        trouble.remove()


def run_on_qt(app: QApplication, work: Coroutine[Any, Any, T]) -> T:
    """Do `work` on an asyncio loop that runs on Qt's events and ends with it.

    Meanwhile no other thread keeps the interpreter from the screen for long.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    loop = OrderedLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        return loop.run_until_complete(work)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - qasync has no types


def make_app() -> QApplication:
    """The application with crisp scaling and an input method that the wheels can speak to."""
    os.environ.update(input_method(os.environ, _plugins(), MACHINE_IDS))
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(["fenbo"])
    app.setApplicationName("Fenbo")
    app.setDesktopFileName("fenbo")
    app.setQuitOnLastWindowClosed(False)
    return app


def input_method(
    environ: Mapping[str, str], plugins: Path, machine_ids: Sequence[Path]
) -> dict[str, str]:
    """What to change so that Chinese can be typed on Linux.

    The wheels bring no fcitx plugin; fcitx answers the ibus protocol as well. But ibus is looked for by
    the machine's id, and the D-Bus library ends the program on a machine that has none (a container).
    """
    wanted = environ.get("QT_IM_MODULE", "")
    has_fcitx = any(plugins.glob("*fcitx*"))
    if sys.platform != "linux" or has_fcitx or wanted not in ("", "fcitx", "fcitx5"):
        return {}
    is_known = any(one.is_file() and one.stat().st_size for one in machine_ids)
    return {"QT_IM_MODULE": "ibus"} if is_known else {}


class QtWords(QObject):
    """Qt's own words (file dialogs, context menus) in the language of the screen."""

    def __init__(self, app: QApplication, words: Wording) -> None:
        super().__init__(app)
        self._app, self._words = app, words
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._is_loaded = self._translator.load("qtbase_zh_CN", folder)
        words.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Put the Chinese words in, or take them out."""
        if not self._is_loaded:
            return
        if self._words.language == "zh":
            self._app.installTranslator(self._translator)
        else:
            self._app.removeTranslator(self._translator)

    def stop(self) -> None:
        """Take the words out, at the end."""
        self._app.removeTranslator(self._translator)


class Sweeper(QObject):
    """Collects garbage on the screen's thread only, in small bites: a pause nobody feels.

    A collection started by chance in a worker would finalise widgets there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._times = 0
        self._timer = QTimer(self, interval=COLLECT_MS)
        self._timer.timeout.connect(self.sweep)

    def begin(self) -> None:
        """What lives now lives to the end of the day; the rest is swept from here."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Leave it to chance again."""
        self._timer.stop()
        gc.enable()

    def sweep(self) -> None:
        """The young often, the old seldom."""
        self._times += 1
        gc.collect(2 if self._times % ALL_EVERY == 0 else 1)


class Day:
    """From the first window to the last: open, work, close."""

    def __init__(  # noqa: PLR0913 - all that a day needs, once
        self,
        words: Wording,
        theme: Theme,
        rooms: Rooms,
        product: Product,
        trouble: Trouble,
        language: str | None = None,
        door: Door | None = None,
    ) -> None:
        self._door = door
        self._words, self._theme, self._rooms = words, theme, rooms
        self._product, self._trouble, self._language = product, trouble, language

    async def run(self, open_desk: OpenDesk, close_desk: CloseDesk) -> int:
        """One day at the desk; its exit code."""
        entering = Entering(self._words, self._theme, self._trouble, self._door)
        desk = await entering.enter(open_desk)
        if desk is None:
            entering.end()
            return 1
        await self._work(desk, entering)
        await _closed(close_desk, desk)
        return 0

    async def _work(self, desk: Desk, entering: Entering) -> None:
        await wear_looks(desk, self._words, self._theme)
        self._words.use(self._language or self._words.language)
        with self._theme.undressed():
            window = MainWindow(desk, self._words, self._theme, self._rooms, self._product)
        self._trouble.reported.connect(window.tell_trouble)
        window.acts.acted.append(self._trouble.did)
        if STOP_WHEN_USABLE in os.environ:
            Usable(window)
        await window.prepare()
        window.show()
        entering.end()
        _close_on_signals(window)
        left = _until(window.left)
        await window.begin()
        sweeper = Sweeper(window)
        sweeper.begin()
        await left
        await window.end()
        window.deleteLater()


async def _closed(close_desk: CloseDesk, desk: Desk) -> None:
    closing = close_desk(desk)
    if inspect.isawaitable(closing):
        await closing


def _until(signal_: SignalInstance) -> "asyncio.Future[None]":
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    signal_.connect(lambda: None if future.done() else future.set_result(None))
    return future


def _close_on_signals(window: MainWindow) -> None:
    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        window.farewell.go()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)


def _plugins() -> Path:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return folder / "platforminputcontexts"
