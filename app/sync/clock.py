"""The centre's clock as a seat knows it: its own, moved by what the last answer showed."""

from collections.abc import Callable
from datetime import datetime, timedelta


class ServerClock:
    """`offset` is how far the centre is ahead of this seat."""

    def __init__(self, clock: Callable[[], datetime], offset: timedelta = timedelta(0)) -> None:
        self._clock = clock
        self.offset = offset

    def now(self) -> datetime:
        """The centre's time (UTC)."""
        return self._clock() + self.offset

    def asked(self) -> datetime:
        """This seat's own time, as a question goes out."""
        return self._clock()

    def answered(self, asked: datetime, server_time: datetime) -> None:
        """The centre said its time at some moment since `asked`; the middle is taken for it."""
        middle = asked + (self._clock() - asked) / 2
        self.offset = server_time - middle
