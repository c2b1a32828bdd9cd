"""Starts coroutines on the screen's loop, and takes each kind of trouble to its one place."""

import asyncio
import sys
from collections.abc import Callable, Collection, Coroutine
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.refused import Refused
from app.services.ports import Unreachable


class Runner:
    """Callable as `Screen.run`. Cancelling is silent; bugs go to `sys.excepthook`."""

    def __init__(
        self, on_refused: Callable[[Refused], None], on_unreachable: Callable[[Unreachable], None]
    ) -> None:
        self._on_refused = on_refused
        self._on_unreachable = on_unreachable
        self._tasks: set[asyncio.Task[None]] = set()

    def __call__(self, coro: Coroutine[Any, Any, None]) -> None:
        """Start `coro`; its task is kept alive until it ends."""
        task = asyncio.get_event_loop().create_task(coro)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._tasks

    def under_way(self) -> frozenset["asyncio.Task[None]"]:
        """What has been started and not ended."""
        return frozenset(self._tasks)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end, and cancel what has not after `seconds`."""
        others = [task for task in self._tasks if task is not asyncio.current_task()]
        if others:
            _, late = await asyncio.wait(others, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        match task.exception():
            case None:
                pass
            case Refused() as no:
                self._on_refused(no)
            case Unreachable() as away:
                self._on_unreachable(away)
            case bug:
                sys.excepthook(type(bug), bug, bug.__traceback__)


async def deleted_after(under_way: Collection[asyncio.Task[None]], form: QWidget) -> None:
    """Delete a form when nothing it may have begun still runs: its answer would find no widget."""
    if under_way:
        await asyncio.wait(under_way)
    form.deleteLater()
