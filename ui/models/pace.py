"""How fast something long goes, and how long it will still take: told rows in, seconds out."""

from collections import deque

#: The pace of the last so many seconds counts, since a file may begin with rows that are there already.
WINDOW = 8.0
#: A pace that was watched for less than this (seconds) is a guess and is not told.
LEAST = 0.5


class Pace:
    """`now` is any clock that only goes forward, in seconds."""

    def __init__(self, now: float) -> None:
        self.began = now
        self.done, self.total = 0, 0
        self._seen: deque[tuple[float, int]] = deque()

    def tell(self, done: int, total: int, now: float) -> None:
        """So many of so many rows are done."""
        self.done, self.total = done, total
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > WINDOW:
            self._seen.popleft()

    def elapsed(self, now: float) -> float:
        """Seconds since the beginning."""
        return now - self.began

    @property
    def per_second(self) -> float | None:
        """Rows a second; None while that cannot be said yet."""
        if len(self._seen) < 2:
            return None
        (first, before), (last, after) = self._seen[0], self._seen[-1]
        return (after - before) / (last - first) if last - first >= LEAST else None

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at that pace; None while that cannot be said."""
        pace = self.per_second
        return (self.total - self.done) / pace if pace else None
