"""The centre's clock as a seat knows it: what the last answer showed, gone on by a clock that nobody sets."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta


def steady() -> float:
    """Seconds of this machine that nobody sets and that go on while it sleeps; only differences mean anything."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Steady:
    """A clock that shows what `clock` showed when it was made, and goes on by `passed` (seconds) from there."""

    def __init__(self, clock: Callable[[], datetime], passed: Callable[[], float] = steady) -> None:
        self._passed = passed
        self._begun_at, self._begun = clock(), passed()

    def __call__(self) -> datetime:
        """The time (UTC), whatever has been done to the machine's own clock since."""
        return self._begun_at + timedelta(seconds=self._passed() - self._begun)


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
