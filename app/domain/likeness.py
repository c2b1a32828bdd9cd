"""A text as overlapping pairs of characters, and how much of one text stands in another: compared instead of words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from operator import add

#: A word that is told is no longer (characters).
LONGEST = 8
#: Of fewer distinct pairs a text says too little to be found again in another.
LEAST_PAIRS = 12
_RUN = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Text as it is compared: full-width and other variants made plain, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> list[str]:
    """The runs of letters and digits of a normal text; a pair never reaches over what parts them."""
    return _RUN.findall(text)


def grams(text: str) -> list[str]:
    """Every pair, in order and as often as it stands there."""
    found: list[str] = []
    for run in runs(normal(text)):
        found += map(add, run, run[1:])
    return found


def pairs(text: str) -> frozenset[str]:
    """Every pair of a text, each once."""
    return frozenset(grams(text))


def contained(one: frozenset[str], other: frozenset[str], least: int = LEAST_PAIRS) -> float:
    """Which part of the pairs of the shorter text the other has too (0 to 1); 0 where it has fewer than `least`."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= max(least, 1) else 0.0


def common(one: str, other: frozenset[str], most: int) -> tuple[str, ...]:
    """The longest words of `one` that a text of the pairs `other` has too, at most `most`."""
    return spoken(normal(one), dict.fromkeys(pairs(one) & other, 1.0), most)


def spoken(text: str, weights: Mapping[str, float], most: int) -> tuple[str, ...]:
    """The words of a normal `text` that weigh most: pairs of `weights` that touch are joined to one word.

    At most `most`, the heaviest first, none a part of another.
    """
    found: dict[str, float] = {}
    for word, weight in _joined(text, dict(_standing(text, weights))):
        found[word] = max(weight, found.get(word, 0.0))
    ranked = sorted(found, key=lambda word: (-found[word], word))
    whole = (word for word in ranked if not any(word in other for other in found if other != word))
    return tuple(islice(whole, most))


def _standing(text: str, weights: Mapping[str, float]) -> Iterator[tuple[int, float]]:
    """Where each pair stands, and what it weighs there."""
    for pair, weight in weights.items():
        place = text.find(pair)
        while place >= 0:
            yield place, weight
            place = text.find(pair, place + 1)


def _joined(text: str, standing: Mapping[int, float]) -> Iterator[tuple[str, float]]:
    for start in sorted(standing):
        if start - 1 not in standing:
            end = next(place for place in count(start) if place not in standing)
            yield _heaviest(text, [standing[place] for place in range(start, end)], start)


def _heaviest(text: str, weights: Sequence[float], start: int) -> tuple[str, float]:
    """All of it, or the LONGEST characters that weigh most."""
    pairs = min(len(weights), LONGEST - 1)
    sums = [sum(weights[at : at + pairs]) for at in range(len(weights) - pairs + 1)]
    best = max(range(len(sums)), key=lambda at: (sums[at], -at))
    return text[start + best : start + best + pairs + 1], sums[best]
