"""Which classes a text may be of, learned from cases of which the class is known, and the words that spoke."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.likeness import grams, normal, spoken
from app.insight.features import Row, Vocabulary
from app.insight.margins import USUAL, Training, learned, margins

#: How many classes are offered, and how many words say why.
CHOICES, WORDS = 3, 3
#: How many pairs are kept, and in how many texts each must stand.
MOST_FEATURES, LEAST_TEXTS = 50_000, 2
#: A text of which fewer pairs are known says nothing.
LEAST_PAIRS = 3
#: A pair that speaks less than this share of the loudest is not told.
QUIET = 0.3


@dataclass(frozen=True, slots=True)
class Choice:
    """A class, how far the text lies on its side (about -1 to 1), and the words that spoke for it."""

    code: str
    margin: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """At most CHOICES, the likeliest first; none when the text says nothing. `lead` parts first and second."""

    choices: tuple[Choice, ...]
    lead: float

    def sure(self, least: float) -> str | None:
        """The first class where its lead is large enough to fill it in."""
        return self.choices[0].code if self.choices and self.lead >= least else None


@dataclass(frozen=True)
class ClassModel:
    """What was learned: `weights` (features + 1, classes; float32) and from how many cases."""

    codes: tuple[str, ...]
    vocabulary: Vocabulary
    weights: npt.NDArray[np.float32]
    cases: int

    def suggest(self, text: str) -> Suggested:
        """The classes of a text."""
        row = self.vocabulary.read(text)
        if len(row[0]) < LEAST_PAIRS or not self.codes:
            return Suggested((), 0.0)
        found = margins(self.weights, row)
        best = [int(one) for one in np.argsort(-found, kind="stable")[:CHOICES]]
        lead = float(found[best[0]] - found[best[1]]) if len(best) > 1 else 0.0
        told = zip(best, self._words(normal(text), row, best), strict=True)
        return Suggested(
            tuple(Choice(self.codes[at], float(found[at]), words) for at, words in told), lead
        )

    def _words(self, text: str, row: Row, best: Sequence[int]) -> Iterator[tuple[str, ...]]:
        """Words speak for a class by what they add to it above what they add to all on average."""
        places, values = row
        ours = self.weights[places]
        lean = ours.mean(axis=1) if len(self.codes) > 1 else 0.0
        words = self.vocabulary.words
        for at in best:
            added = values * (ours[:, at] - lean)
            telling: list[int] = np.flatnonzero(added > QUIET * added.max()).tolist()
            weighed = {words[int(places[one])]: float(added[one]) for one in telling}
            yield spoken(text, weighed, WORDS)


def train(texts: Sequence[str], codes: Sequence[str], how: Training = USUAL) -> ClassModel:
    """Learn from texts and the class of each. Same input and seed, same model."""
    pairs = [grams(text) for text in texts]
    known = tuple(sorted(set(codes)))
    vocabulary = Vocabulary.of(pairs, MOST_FEATURES, LEAST_TEXTS)
    labels = np.searchsorted(np.array(known), np.array(codes)) if known else np.zeros(0, np.intp)
    shape = (len(vocabulary.words), len(known))
    weights = learned(vocabulary.rows(pairs), labels, shape, how)
    return ClassModel(known, vocabulary, weights.astype(np.float32), len(texts))
