"""Texts as rows of weighted features: sublinear tf, smooth idf, length one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
import numpy.typing as npt

from app.domain.likeness import grams

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
#: One text: the places of its features, ascending, and what each weighs.
Row = tuple[Places, Floats]


@dataclass(frozen=True, slots=True)
class Rows:
    """Many texts: row i is `places` and `weights` from starts[i] to starts[i + 1]."""

    starts: npt.NDArray[np.int64]
    places: Places
    weights: Floats

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Rows":
        """Rows laid one behind another."""
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(places) for places, _ in rows], out=starts[1:])
        if not rows:
            return cls(starts, np.zeros(0, np.int32), np.zeros(0))
        places, weights = zip(*rows, strict=True)
        return cls(starts, np.concatenate(places), np.concatenate(weights))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> Row:
        """One of them."""
        span = slice(self.starts[number], self.starts[number + 1])
        return self.places[span], self.weights[span]

    def only(self, numbers: Iterable[int]) -> "Rows":
        """Some of them, in that order."""
        return Rows.of([self.row(number) for number in numbers])


@dataclass(frozen=True)
class Vocabulary:
    """The features that count, and how rare each is (`idf`, float32)."""

    words: tuple[str, ...]
    idf: npt.NDArray[np.float32]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]], most: int, least: int) -> "Vocabulary":
        """The `most` pairs that are used most, each in `least` texts or more; texts come as pairs."""
        used, holding, count = Counter[str](), Counter[str](), 0
        for pairs in texts:
            used.update(pairs)
            holding.update(set(pairs))
            count += 1
        kept = [word for word in used if holding[word] >= least]
        kept.sort(key=lambda word: (-used[word], word))
        words = tuple(sorted(kept[:most]))
        return cls(words, _idf([holding[word] for word in words], count))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each feature stands."""
        return {word: place for place, word in enumerate(self.words)}

    def row(self, pairs: Sequence[str]) -> Row:
        """A text's known pairs; empty when it has none."""
        known = self.places
        found = sorted(
            (known[pair], count) for pair, count in Counter(pairs).items() if pair in known
        )
        places = np.array([place for place, _ in found], np.int32)
        heard = np.array([1 + log(count) for _, count in found], np.float64)
        weights: Floats = heard * self.idf[places].astype(np.float64)
        length = float(weights @ weights) ** 0.5
        return places, weights / length if length else weights

    def read(self, text: str) -> Row:
        """A text as it stands."""
        return self.row(grams(text))

    def rows(self, texts: Iterable[Sequence[str]]) -> Rows:
        """Many texts, each as its pairs."""
        return Rows.of([self.row(pairs) for pairs in texts])


def _idf(holding: Sequence[int], count: int) -> npt.NDArray[np.float32]:
    rarity = np.log((1 + count) / (1 + np.array(holding, np.float64))) + 1
    return rarity.astype(np.float32)
