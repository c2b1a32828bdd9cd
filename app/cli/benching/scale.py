"""How much is measured: everything follows from the number of cases."""

from dataclasses import dataclass

#: From so many cases on a figure is worth many rounds; below, a glance is wanted.
_EARNEST = 10_000
_LIST = 20_000


@dataclass(frozen=True, slots=True)
class Scale:
    """Cases and rounds. `lists` and `fill` are the sizes of the lists that are re-ordered and filled."""

    cases: int
    queries: int
    keys: int
    commands: int
    starts: int
    pairs: int
    seconds: float

    @classmethod
    def of(cls, cases: int) -> "Scale":
        """Full rounds for many cases, few for few."""
        if cases >= _EARNEST:
            return cls(cases, 100, 500, 40, 5, 40, 60.0)
        return cls(cases, 15, 50, 3, 1, 3, 2.0)

    @property
    def lists(self) -> int:
        """Rows of the lists that are sorted and filtered."""
        return min(self.cases, _LIST)

    @property
    def fill(self) -> int:
        """Cases of the store that a new seat is filled from."""
        return max(self.cases // 2, 1)
