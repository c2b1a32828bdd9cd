"""What a window remembers between days: language, looks, size of the writing, its place and layout."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from app.services.desk import Desk
from ui.screen import Screen

LANGUAGE, THEME, SCALE = "frame.language", "frame.theme", "frame.scale"
PLACE, LAYOUT = "frame.place", "frame.layout"
#: Moves and resizes come in crowds; the last one is kept after this pause (ms).
PAUSE_MS = 1500


class Memory(QObject):
    """Keeps the layout of a window through `desk.remember`, soon after it changed and at the end."""

    def __init__(self, window: QMainWindow, screen: Screen, workbench: Any) -> None:
        super().__init__(window)
        self._window, self._screen, self._workbench = window, screen, workbench
        self._kept: dict[tuple[str, str], Any] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self._screen.run(self.keep_layout()))

    async def restore(self) -> None:
        """Put the window where it was, with the layout it had."""
        place = await self._screen.desk.recall(PLACE)
        if isinstance(place, str):
            self._window.restoreGeometry(QByteArray.fromBase64(place.encode()))
        layout = await self._screen.desk.recall(LAYOUT)
        if isinstance(layout, dict):
            self._workbench.restore(layout)

    def changed(self) -> None:
        """Something moved: remember it soon."""
        self._pause.start()

    async def keep(self, key: str, value: Any) -> None:
        """Remember one setting of the person who sits here, unless it is as remembered."""
        mine = (self._screen.desk.me.login, key)
        if mine not in self._kept or self._kept[mine] != value:
            self._kept[mine] = value
            await self._screen.desk.remember(key, value)

    async def keep_layout(self) -> None:
        """Remember place and layout now."""
        self._pause.stop()
        place = bytes(self._window.saveGeometry().toBase64().data()).decode()
        await self.keep(PLACE, place)
        await self.keep(LAYOUT, self._workbench.state())

    def keep_looks(self) -> None:
        """Remember language, theme and size of the writing."""
        words, theme = self._screen.words, self._screen.theme
        pairs = ((LANGUAGE, words.language), (THEME, theme.name), (SCALE, theme.scale))
        for key, value in pairs:
            self._screen.run(self.keep(key, value))


async def recall_looks(desk: Desk) -> tuple[str, str, int]:
    """Language, theme and size of the writing as they were; Chinese, light and 100 % at first."""
    language = await desk.recall(LANGUAGE)
    theme = await desk.recall(THEME)
    scale = await desk.recall(SCALE)
    return (language or "zh"), (theme or "light"), (scale or 100)


def mapping(kept: object) -> Mapping[str, Any]:
    """What JSON kept, when it is a mapping; else an empty one."""
    return cast("Mapping[str, Any]", kept) if isinstance(kept, Mapping) else {}
