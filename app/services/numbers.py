"""Case numbers, made at the seat without asking anybody: prefix, local second, seat, one more sign."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.domain.calendar import LOCAL

BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SECOND = timedelta(seconds=1)


class Numbers:
    """`taken` gives the numbers in use that begin with a stem, in the outbox and in the replica."""

    def __init__(self, prefix: str, seat: str, taken: Callable[[str], set[str]]) -> None:
        self._prefix = prefix
        self._seat = seat
        self._taken = taken

    def next(self, at: datetime) -> str:
        """A number for the second of `at`, after all of that second; a full one passes to the next."""
        while True:
            stem = f"{self._prefix}{at.astimezone(LOCAL):%Y%m%d%H%M%S}{self._seat}"
            last = max((BASE36.find(one[-1]) for one in self._taken(stem)), default=-1)
            if last + 1 < len(BASE36):
                return stem + BASE36[last + 1]
            at += _SECOND
