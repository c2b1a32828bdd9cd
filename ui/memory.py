"""What a window remembers between days: language, looks, size of the writing, keys, its place and layout."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from app.services.desk import Desk
from ui.screen import Screen
from ui.theme import Theme
from ui.wording import Wording

LANGUAGE, THEME, SIZE = "frame.language", "frame.theme", "frame.text_px"
PLACE, LAYOUT, KEYS = "frame.place", "frame.layout", "frame.keys"
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
        screen.keymap.chosen.connect(self._keep_keys)

    async def recall_keys(self) -> None:
        """The keys that the person who sits here has given the verbs."""
        self._screen.keymap.use(await self._screen.desk.recall(KEYS))

    async def restore(self) -> None:
        """Put the window where it was, with the layout it had, and the keys as they were."""
        await self.recall_keys()
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
        pairs = ((LANGUAGE, words.language), (THEME, theme.name), (SIZE, theme.font_px))
        for key, value in pairs:
            self._screen.run(self.keep(key, value))

    def _keep_keys(self) -> None:
        self._screen.run(self.keep(KEYS, self._screen.keymap.own()))


async def wear_looks(desk: Desk, words: Wording, theme: Theme) -> None:
    """Language, theme and size of the writing as the person who sits here left them.

    What he never chose stays as it is, and so does what a strange memory holds.
    """
    words.use(_text(await desk.recall(LANGUAGE)))
    theme.use(_text(await desk.recall(THEME)))
    theme.use_size(_number(await desk.recall(SIZE)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def mapping(kept: object) -> Mapping[str, Any]:
    """What JSON kept, when it is a mapping; else an empty one."""
    return cast("Mapping[str, Any]", kept) if isinstance(kept, Mapping) else {}
