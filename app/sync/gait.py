"""How much of a file is carried at a time: little over a narrow line, so that no command waits long behind it."""

from app.services.files import MOST_OF_A_PART

#: What one part should take (seconds).
AIM = 0.5
#: The first takes a second on a line of 32 kbit/s; below the least nothing is gained.
FIRST, LEAST = 4 * 1024, 1024


class Gait:
    """Learnt from how long the last part took. `part` is how many bytes the next one may have."""

    def __init__(self) -> None:
        self.part = FIRST

    def took(self, seconds: float) -> None:
        """One part of the present size got there; the next is at most twice as large."""
        fits = self.part * min(2.0, AIM / max(seconds, 0.001))
        self.part = max(LEAST, min(MOST_OF_A_PART, int(fits)))

    def hung(self) -> None:
        """It was too much."""
        self.part = max(LEAST, self.part // 2)
