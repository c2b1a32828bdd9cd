"""A screen for one widget alone: a clock that stands still, and nothing kept from other days."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from app.domain.moment import Setting
from app.services.desk import Desk
from ui.names import DataNames
from ui.screen import Screen
from ui.theme import Theme
from ui.wording import Wording


@dataclass(frozen=True, slots=True)
class StillDesk:
    """As much of a desk as a widget asks for before anybody acts."""

    setting: Setting
    at: datetime

    def now(self) -> datetime:
        """Always the same moment."""
        return self.at

    async def recall(self, key: str) -> Any:  # noqa: ARG002 - the desk's own signature
        """Nothing was kept."""
        return None


def still_screen(setting: Setting, now: datetime, words: Wording, theme: Theme) -> Screen:
    """Made while the loop runs: what widgets begin goes on there."""
    desk = cast("Desk", StillDesk(setting, now))
    return Screen(desk, words, theme, _running(), _untold, DataNames(words, lambda: setting))


def _running() -> Callable[[Coroutine[Any, Any, None]], None]:
    tasks: set[asyncio.Task[None]] = set()

    def run(work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    return run


def _untold(*_: object, **__: object) -> None:
    """Nobody reads messages here."""
