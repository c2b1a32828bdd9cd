"""How much of a file is carried at a time: little over a narrow line, so that no command waits long behind it."""

from app.services.files import MOST_OF_A_PART

#: What one part should take, and the most before the next is made smaller (seconds).
QUICK, SLOW = 0.25, 1.0
#: The first is small enough for a line of 32 kbit/s; below the least nothing is gained.
FIRST, LEAST = 8 * 1024, 1024


class Gait:
    """Learnt from how long the last parts took. `part` is how many bytes the next one may have."""

    def __init__(self) -> None:
        self.part = FIRST

    def took(self, seconds: float) -> None:
        """One part of the present size got there."""
        if seconds < QUICK:
            self.part = min(MOST_OF_A_PART, self.part * 2)
        elif seconds > SLOW:
            self.hung()

    def hung(self) -> None:
        """It was too much."""
        self.part = max(LEAST, self.part // 2)
