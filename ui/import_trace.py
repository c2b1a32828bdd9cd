"""What is remembered of imports while they run, so that one cut short can be offered again at the next start."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from app.services.desk import Desk
from ui.memory import mapping

KEY = "import.unfinished"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import that did not come to its end: which file, as what, how far of how many rows, and when."""

    path: str
    kind: str
    done: int
    total: int
    at: datetime

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON can keep it."""
        facts = {"path": self.path, "kind": self.kind, "done": self.done, "total": self.total}
        return {**facts, "at": self.at.isoformat()}


def unfinished_of(kept: object) -> Unfinished | None:
    """What `plain` gave; None for anything else."""
    found: Mapping[str, Any] = mapping(kept)
    try:
        at = datetime.fromisoformat(found["at"])
        return Unfinished(
            str(found["path"]), str(found["kind"]), int(found["done"]), int(found["total"]), at
        )
    except (KeyError, TypeError, ValueError):
        return None


class ImportTrace:
    """Kept for the person who sits here; whoever imports tells it how far he came and when it is over."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one_at_a_time = asyncio.Lock()

    async def keep(self, path: str, kind: str, done: int, total: int) -> None:
        """The import of that file has come so far."""
        now = Unfinished(path, kind, done, total, self._desk.now())
        await self._put(path, (now,))

    async def forget(self, path: str) -> None:
        """That one came to its end, or is not to be gone on with."""
        await self._put(path, ())

    async def unfinished(self) -> tuple[Unfinished, ...]:
        """The imports that were cut short, the latest first."""
        kept = await self._desk.recall(KEY)
        every = cast("list[object]", kept) if isinstance(kept, list) else []
        return tuple(one for one in map(unfinished_of, every) if one is not None)

    async def _put(self, path: str, instead: tuple[Unfinished, ...]) -> None:
        async with self._one_at_a_time:
            others = (one for one in await self.unfinished() if one.path != path)
            await self._desk.remember(KEY, [one.plain for one in (*instead, *others)])
