"""Work whose widget may be gone before it ends: a sheet closes faster than a disk answers."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ui.screen import Screen


def lives(thing: QObject) -> bool:
    """Whether Qt still has it."""
    return isValid(thing)


def run_for(screen: Screen, thing: QObject, work: Coroutine[Any, Any, None]) -> None:
    """Start `work`; it is given up when `thing` goes away."""
    task = asyncio.ensure_future(work)  # the screen may end before it begins
    thing.destroyed.connect(lambda: task.cancel())
    screen.run(_end_of(task))


async def _end_of(task: "asyncio.Future[None]") -> None:
    await task
