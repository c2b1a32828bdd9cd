"""How near texts are to one another: cosines over an inverted list, and groups of what is near."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.insight.features import Floats, Row, Rows


@dataclass(frozen=True, slots=True)
class Postings:
    """For each feature the texts that have it, and how much it weighs in each."""

    starts: npt.NDArray[np.int64]
    texts: npt.NDArray[np.int64]
    weights: Floats
    count: int

    @classmethod
    def of(cls, rows: Rows, features: int) -> "Postings":
        """Rows turned about."""
        owners = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
        order = np.argsort(rows.places, kind="stable")
        starts = np.zeros(features + 1, np.int64)
        np.cumsum(np.bincount(rows.places, minlength=features), out=starts[1:])
        return cls(starts, owners[order], rows.weights[order], len(rows))

    def cosines(self, row: Row) -> Floats:
        """How near a row of length one is to every text (0 to 1)."""
        found = np.zeros(self.count)
        for place, weight in zip(*row, strict=True):
            span = slice(self.starts[place], self.starts[place + 1])
            found[self.texts[span]] += weight * self.weights[span]
        return found


def near_groups(rows: Rows, features: int, least: float) -> list[int]:
    """For each text the number of its group: texts as near as `least` are of one, and so are their neighbours'."""
    postings = Postings.of(rows, features)
    heads = list(range(len(rows)))
    for number in range(len(rows)):
        near = np.flatnonzero(postings.cosines(rows.row(number))[:number] >= least)
        join(heads, number, near.tolist())
    return [head(heads, number) for number in range(len(rows))]


def join(heads: list[int], one: int, others: Iterable[int]) -> None:
    """Put `one` and the others into one group, named by its lowest."""
    found = sorted({head(heads, one), *(head(heads, other) for other in others)})
    for other in found[1:]:
        heads[other] = found[0]


def head(heads: Sequence[int], one: int) -> int:
    """The name of the group of one."""
    while heads[one] != one:
        one = heads[one]
    return one
