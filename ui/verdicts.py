"""What a person made of what was proposed to him: taken, denied, and which pairs are not the same; kept at his seat."""

from collections.abc import Mapping
from typing import Any

from app.services.desk import Desk

#: So many of the latest denials are remembered one by one; the rest only counts.
LATEST = 200


class Verdicts:
    """The verdicts on one kind of proposal (`beside`); load them before asking."""

    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk, self._key = desk, f"verdicts.{kind}"
        self.taken = self.denied = 0
        self._not: list[list[str]] = []

    async def load(self) -> None:
        """Read what was kept."""
        kept: Mapping[str, Any] = await self._desk.recall(self._key) or {}
        self.taken, self.denied = kept.get("taken", 0), kept.get("denied", 0)
        self._not = [list(one) for one in kept.get("not", [])]

    @property
    def count(self) -> int:
        """How many proposals were decided."""
        return self.taken + self.denied

    def is_denied(self, one: str, other: str) -> bool:
        """Whether somebody said of these two that they are not the same."""
        return [one, other] in self._not

    async def take(self) -> None:
        """A proposal was followed."""
        await self.load()
        self.taken += 1
        await self._keep()

    async def deny(self, one: str, other: str) -> None:
        """These two are not the same; saying so twice counts once."""
        await self.load()
        if not self.is_denied(one, other):
            self.denied += 1
            self._not = [*self._not, [one, other]][-LATEST:]
            await self._keep()

    async def _keep(self) -> None:
        kept = {"taken": self.taken, "denied": self.denied, "not": self._not}
        await self._desk.remember(self._key, kept)
