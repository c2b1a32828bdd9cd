"""A linear support vector machine by dual coordinate descent, all classes against the rest at once.

Hsieh et al. 2008, A dual coordinate descent method for large-scale linear SVM (squared hinge loss), as LIBLINEAR
solves it; a step looks at one text and moves every class's weights together.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.insight.features import Floats, Row, Rows


@dataclass(frozen=True, slots=True)
class Training:
    """How it learns: the price of a mistake, the most rounds over all texts, when it has had enough, the seed."""

    cost: float = 0.5
    rounds: int = 10
    enough: float = 0.05
    seed: int = 20_201_201


USUAL = Training()
#: A share that moves by less is left where it is.
_STILL = 1e-6


@dataclass(slots=True)
class _Descent:
    """What moves while it learns. `signs` is +1 where a text is of a class, else -1."""

    weights: Floats
    shares: Floats
    signs: Floats
    ease: float
    rows: list[Row]
    norms: list[float]

    def step(self, number: int) -> float:
        """Bring one text nearer to where it belongs; by how much a class's share of it moved at most."""
        places, values = self.rows[number]
        signs, share = self.signs[number], self.shares[number]
        ours = self.weights[places]
        slope = signs * (values @ ours + self.weights[-1]) - 1 + self.ease * share
        moved = np.maximum(share - slope / self.norms[number], 0.0) - share
        most = float(np.abs(moved).max())
        if most > _STILL:
            share += moved
            moved *= signs
            self.weights[places] = ours + values[:, None] * moved
            self.weights[-1] += moved
        return most


def learned(
    rows: Rows, labels: npt.NDArray[np.intp], shape: tuple[int, int], how: Training
) -> Floats:
    """Weights of shape (features + 1, classes), the last row the classes' own lean.

    `labels` are places of classes, one per row; `shape` is (features, classes). Same input, same weights.
    """
    features, classes = shape
    signs = np.where(labels[:, None] == np.arange(classes)[None, :], 1.0, -1.0)
    ease = 1 / (2 * how.cost)
    each = [rows.row(number) for number in range(len(rows))]
    norms = [float(values @ values) + 1 + ease for _, values in each]
    weights, shares = np.zeros((features + 1, classes)), np.zeros((len(rows), classes))
    descent = _Descent(weights, shares, signs, ease, each, norms)
    chance = np.random.default_rng(how.seed)
    for _ in range(how.rounds):
        order = chance.permutation(len(rows)).tolist()
        if max(map(descent.step, order), default=0.0) < how.enough:
            break
    return descent.weights


def margins(weights: npt.NDArray[np.floating], row: Row) -> Floats:
    """How far a text lies on each class's side."""
    places, values = row
    return values @ weights[places] + weights[-1]
