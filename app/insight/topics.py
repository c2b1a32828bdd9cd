"""What many speak of: texts linked by average likeness for the nightly list, and how hot each topic is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from app.domain.likeness import grams, normal, spoken
from app.insight.classes import LEAST_TEXTS, MOST_FEATURES, QUIET, WORDS
from app.insight.features import Floats, Rows, Vocabulary
from app.insight.nearness import Postings, head, join

#: Texts are of one topic while they are so like one another on average (cosine).
LINKED = 0.10
#: Above so many texts only those of the same class are linked: the time it takes grows with the square.
MOST_TEXTS = 10_000
_OUT = -2.0


@dataclass(frozen=True, slots=True)
class Voice:
    """One case as a voice in a topic: who said it, and how many agreed."""

    case: str
    reporter: str
    text: str
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """Cases that speak of one thing, the most central first; the words that name it; reporters, votes and heat."""

    cases: tuple[str, ...]
    words: tuple[str, ...]
    reporters: int
    votes: int

    @property
    def heat(self) -> float:
        """Distinct reporters and the root of votes: neither many voices of one nor clicks alone make a topic."""
        return self.reporters + sqrt(self.votes)


def topics(voices: Sequence[Voice], linked: float = LINKED) -> list[Topic]:
    """Every topic of two cases or more, the hottest first. Raises ValueError above MOST_TEXTS."""
    if len(voices) > MOST_TEXTS:
        raise ValueError(len(voices))
    pairs = [grams(voice.text) for voice in voices]
    vocabulary = Vocabulary.of(pairs, MOST_FEATURES, LEAST_TEXTS)
    rows = vocabulary.rows(pairs)
    found = [
        _topic(members, voices, rows, vocabulary)
        for members in linkage(_likeness(rows, vocabulary), linked)
    ]
    return sorted(found, key=lambda one: (-one.heat, one.cases))


def _likeness(rows: Rows, vocabulary: Vocabulary) -> Floats:
    """The cosine of each two texts."""
    postings = Postings.of(rows, len(vocabulary.words))
    found = np.zeros((len(rows), len(rows)))
    for number in range(len(rows)):
        found[number] = postings.cosines(rows.row(number))
    return found


def linkage(likeness: Floats, least: float) -> list[list[int]]:
    """Groups of two or more, by average linkage down to `least`; `likeness` is symmetric and is used up.

    Follows chains of nearest neighbours (Murtagh 1983): the same groups as merging the nearest first.
    """
    heads = list(range(len(likeness)))
    for one, other, height in _merged(likeness):
        if height >= least:
            join(heads, one, [other])
    groups: dict[int, list[int]] = {}
    for number in range(len(heads)):
        groups.setdefault(head(heads, number), []).append(number)
    return [members for members in groups.values() if len(members) > 1]


def _merged(likeness: Floats) -> Iterator[tuple[int, int, float]]:
    """Every merger: two members' numbers, and how like their groups were."""
    np.fill_diagonal(likeness, _OUT)
    sizes, left, chain = np.ones(len(likeness)), set(range(len(likeness))), list[int]()
    while len(left) > 1:
        chain = chain or [min(left)]
        row = likeness[chain[-1]]
        near = int(row.argmax())
        if len(chain) > 1 and row[near] <= row[chain[-2]]:
            one, other = chain.pop(), chain.pop()
            yield one, other, float(likeness[one, other])
            _put_together(likeness, sizes, one, other)
            left.discard(other)
        else:
            chain.append(near)


def _put_together(likeness: Floats, sizes: Floats, one: int, other: int) -> None:
    """The first stands for both."""
    row = (sizes[one] * likeness[one] + sizes[other] * likeness[other]) / (
        sizes[one] + sizes[other]
    )
    sizes[one] += sizes[other]
    row[likeness[one] == _OUT] = _OUT
    row[one] = _OUT
    likeness[one], likeness[:, one] = row, row
    likeness[other], likeness[:, other] = _OUT, _OUT


def _topic(
    members: Sequence[int], voices: Sequence[Voice], rows: Rows, vocabulary: Vocabulary
) -> Topic:
    centre = np.zeros(len(vocabulary.words))
    for one in members:
        places, weights = rows.row(one)
        centre[places] += weights
    central = {one: float(rows.row(one)[1] @ centre[rows.row(one)[0]]) for one in members}
    ranked = sorted(members, key=lambda one: (-central[one], one))
    said = [voices[one] for one in ranked]
    words = _words(said[0].text, rows.row(ranked[0])[0].tolist(), centre, vocabulary)
    reporters = len({voice.reporter for voice in said})
    return Topic(
        tuple(voice.case for voice in said), words, reporters, sum(voice.votes for voice in said)
    )


def _words(
    text: str, places: Sequence[int], centre: Floats, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The words of the most central text that the others share most."""
    loud = QUIET * max((centre[place] for place in places), default=0.0)
    weights = {vocabulary.words[one]: float(centre[one]) for one in places if centre[one] > loud}
    return spoken(normal(text), weights, WORDS)
