"""The whole course: what is measured, one part after the other, and what each part stands on."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.cli.benching import crowd, day, filling, keys, lists, pairs, picking, starting, windows
from app.cli.benching.commands import Commands
from app.cli.benching.figures import Figure
from app.cli.benching.room import desk_at, window_at
from app.cli.benching.scale import Scale
from app.cli.benching.still import still_screen
from app.cli.benching.synthetic import filled
from app.cli.places import setting
from app.domain.moment import Setting
from app.services.lexicon import Lexicon
from app.services.ports import Cursor
from app.services.queries import Queue, QueueRow, WindowQuery
from db.central.store import open_central, utc_now
from db.opening import remove
from db.replica.store import SqliteReplica
from ui.offscreen import hushed
from ui.sentences import Words
from ui.start import make_app, run_on_qt
from ui.theme import Theme
from ui.wording import Wording

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever waits for the figures: hears which part begins, and each figure as it is there."""

    begun: Callable[[str], None]
    measured: Callable[[Figure], None]


def measured(folder: Path, scale: Scale, words: Words, listener: Listener) -> list[Figure]:
    """Everything, on a loop of its own."""
    app, theme = make_app(), Theme()
    theme.dress(app)
    course = Course(folder, scale, app, Wording(words.language), theme, setting())

    async def walked() -> list[Figure]:
        return [one async for one in course.walk(listener)]

    with hushed():
        return run_on_qt(app, walked())


@dataclass(frozen=True, slots=True)
class Course:
    """Where and how much, and what every part needs."""

    folder: Path
    scale: Scale
    app: QApplication
    words: Wording
    theme: Theme
    setting: Setting

    async def walk(self, listener: Listener) -> AsyncIterator[Figure]:
        """Part after part."""
        parts = (
            ("window", self.replica),
            ("picker", self.picker),
            ("list", self.list),
            ("command", self.command),
            ("fill", self.store),
            ("day", self.day),
        )
        for name, part in parts:
            listener.begun(name)
            async for figure in part():
                listener.measured(figure)
                yield figure

    async def replica(self) -> AsyncIterator[Figure]:
        """Windows and keys over a replica of the whole size."""
        path, now = self.folder / "replica.db", utc_now()
        filled(path, self.setting, self.scale.cases, now, Cursor(1, "bench"))
        for figure in windows.measure(path, self.setting, now, self.scale.queries):
            yield figure
        screen = still_screen(self.setting, now, self.words, self.theme)
        rows = self._rows(path, now)
        for figure in keys.measure(self.app, screen, rows, self.scale.keys):
            yield figure

    def _rows(self, path: Path, now: datetime) -> list[QueueRow]:
        """Every row of the replica, in its usual order."""
        replica = SqliteReplica(path, Lexicon(self.setting.directory))
        first, rows = WindowQuery(queue=Queue.ALL, now=now), list[QueueRow]()
        try:
            while found := replica.window(_from(first, len(rows))).rows:
                rows += found
        finally:
            replica.close()
        return rows

    async def picker(self) -> AsyncIterator[Figure]:
        """Keys into the class picker."""
        screen = still_screen(self.setting, utc_now(), self.words, self.theme)
        async for figure in picking.measure(screen, self.setting, self.scale.queries):
            yield figure

    async def list(self) -> AsyncIterator[Figure]:
        """Other orders and filters at the size of a long list."""
        home, store = await self._seat("list", self.scale.lists)
        async with (
            desk_at(home, store, crowd.LOGIN, self.setting) as desk,
            window_at(desk, self.words, self.theme) as window,
        ):
            for figure in await lists.measure(window, self.scale.queries):
                yield figure

    async def command(self) -> AsyncIterator[Figure]:
        """Commands at a desk of the whole size, and what a second one sees of them."""
        home, store = await self._seat("command", self.scale.cases)
        async with desk_at(home, store, crowd.LOGIN, self.setting) as desk:
            async with window_at(desk, self.words, self.theme) as window:
                commands = Commands(desk, window, self.setting, home)
                for figure in await commands.measure(self.scale.commands):
                    yield figure
            other = self.folder / "other"
            yield await pairs.measure(desk, other, store, self.setting, self.scale.pairs)

    async def store(self) -> AsyncIterator[Figure]:
        """A first fill from a store with a past, and starts on what it left."""
        home = self._home("first")
        crowd.peopled(self._filled_store, self.setting, self.scale.fill, utc_now())
        for figure in await filling.measure(home, self._filled_store, self.setting):
            yield figure
        yield starting.measure(home, self._filled_store, self.scale.starts)

    async def day(self) -> AsyncIterator[Figure]:
        """The day, which begins with a fill of its own."""
        home = self._home("day")
        place = day.Place(home, self._filled_store, self.setting, self.words, self.theme)
        for figure in await day.measure(place, self.scale.seconds):
            yield figure

    @property
    def _filled_store(self) -> Path:
        return self.folder / "central.db"

    def _home(self, name: str) -> Path:
        home = self.folder / name
        home.mkdir()
        return home

    async def _seat(self, name: str, cases: int) -> tuple[Path, Path]:
        """A seat's folder whose replica holds made-up cases that its (empty) store never saw."""
        home = self._home(name)
        store = home / "central.db"
        crowd.found(store, self.setting)
        async with desk_at(home, store, crowd.LOGIN, self.setting):
            pass
        path = next((home / "desks").glob("*/replica-*.db"))
        remove(path)
        central = open_central(store, crowd.LOGIN)
        try:
            filled(path, self.setting, cases, utc_now(), central.head())
        finally:
            central.close()
        return home, store


def _from(query: WindowQuery, offset: int) -> WindowQuery:
    return WindowQuery(queue=query.queue, now=query.now, offset=offset, limit=_PAGE)
