"""What a person picks again and again: recents, favourites and how often, kept at his seat."""

from collections.abc import Mapping
from typing import Any

from app.services.desk import Desk

#: How many of the latest picks are remembered in order.
LATEST = 20


class Habits:
    """The picks of one kind (`classes`, `units`); load them before asking."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk = desk
        self._key = f"habits.{kind}"
        self._uses: dict[str, int] = {}
        self._recent: list[str] = []
        self._favourites: list[str] = []

    async def load(self) -> None:
        """Read what was kept."""
        kept: dict[str, Any] = await self._desk.recall(self._key) or {}
        self._uses = dict(kept.get("uses", {}))
        self._recent = list(kept.get("recent", []))
        self._favourites = list(kept.get("favourites", []))

    @property
    def uses(self) -> Mapping[str, int]:
        """How often each code was picked."""
        return self._uses

    @property
    def recent(self) -> tuple[str, ...]:
        """The latest picks, newest first."""
        return tuple(self._recent)

    @property
    def favourites(self) -> tuple[str, ...]:
        """What was marked as favourite, in that order."""
        return tuple(self._favourites)

    async def use(self, code: str) -> None:
        """Remember that `code` was picked."""
        await self.load()
        self._uses[code] = self._uses.get(code, 0) + 1
        self._recent = [code, *(one for one in self._recent if one != code)][:LATEST]
        await self._keep()

    async def unuse(self, code: str) -> None:
        """The latest pick of `code` was taken back; what was never picked but then is no habit."""
        await self.load()
        left = self._uses.pop(code, 0) - 1
        if left > 0:
            self._uses[code] = left
        else:
            self._recent = [one for one in self._recent if one != code]
        await self._keep()

    async def toggle(self, code: str) -> bool:
        """Make `code` a favourite, or no longer; whether it is one now."""
        await self.load()
        is_new = code not in self._favourites
        others = [one for one in self._favourites if one != code]
        self._favourites = [*others, code] if is_new else others
        await self._keep()
        return is_new

    async def _keep(self) -> None:
        kept = {"uses": self._uses, "recent": self._recent, "favourites": self._favourites}
        await self._desk.remember(self._key, kept)
