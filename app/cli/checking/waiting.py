"""Waiting for what should happen, and saying what did not."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

T = TypeVar("T")
#: How long anything may take, and how often it is looked for (seconds).
PATIENCE, EVERY = 30.0, 0.01


class Missed(Exception):
    """Something that should have happened did not: `check.missed.<code>` with `facts`."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(f"{code} {facts}")
        self.code, self.facts = code, facts


async def until(
    condition: Callable[[], T], code: str, *, seconds: float = PATIENCE, **facts: Any
) -> T:
    """What `condition` gives once it is true; raises Missed(code) after `seconds`."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise Missed(code, **facts)
        await asyncio.sleep(EVERY)
    return found


async def until_told(
    ask: Callable[[], Awaitable[T]], code: str, *, seconds: float = PATIENCE, **facts: Any
) -> T:
    """The same for something that has to be asked for."""
    end = time.monotonic() + seconds
    while not (found := await ask()):
        if time.monotonic() > end:
            raise Missed(code, **facts)
        await asyncio.sleep(EVERY)
    return found


def must(holds: object, code: str, **facts: Any) -> None:
    """Raise Missed unless it holds now."""
    if not holds:
        raise Missed(code, **facts)
