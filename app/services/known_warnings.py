"""The warnings as a screen asks for them: all that stand and those of the last days, never on the screen's thread."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from app.services.watched import Known, Watched

#: What is over is shown so long, and so many at most.
SHOWN_FOR, MOST = timedelta(days=30), 200
#: Asks the replica on *desk*.
Ask = Callable[[Callable[[], Any]], Awaitable[Any]]


class WarningsOfDesk(Protocol):
    """What a screen may ask."""

    async def known(self, now: datetime) -> Sequence[Known]:
        """All that stand, and those of the last thirty days, the newest first."""
        ...


class KnownWarnings:
    """The `WarningsOfDesk` of whoever sits here; `watched` is what his seat counts."""

    def __init__(self, ask: Ask, watched: Callable[[], Watched]) -> None:
        self._ask, self._watched = ask, watched

    async def known(self, now: datetime) -> Sequence[Known]:
        """All that stand, and those of the last thirty days, the newest first."""
        return await self._ask(lambda: self._watched().warnings(now - SHOWN_FOR, MOST))
