"""How large a centre is measured."""

from dataclasses import dataclass

#: From so many cases on a whole centre is measured.
_EARNEST = 10_000


@dataclass(frozen=True, slots=True)
class Size:
    """How many seats and commands; `rate` is commands a second, `seconds` how long that goes on."""

    seats: int = 300
    watched: int = 10
    rounds: int = 200
    writers: int = 8
    rate: float = 50.0
    seconds: float = 30.0
    queued: int = 30

    @classmethod
    def of(cls, cases: int) -> "Size":
        """A whole centre when many cases are asked for; a glance for few."""
        return cls() if cases >= _EARNEST else cls(6, 2, 5, 2, 20.0, 1.0, 3)
