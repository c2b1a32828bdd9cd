"""Which class a narrative speaks of, guessed from the words of the standard itself, and the words that spoke."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import Protocol

from app.domain.taxonomy import Category, Taxonomy

#: How many classes are offered.
CHOICES = 3
#: Fragments of a name shorter than two characters say nothing; longer ones than eight never recur.
SHORTEST, LONGEST = 2, 8
#: A class's own name and other names speak louder than the names above it.
OWN, ALIAS, ABOVE = 1.0, 1.0, 0.35
#: Habit never outweighs words: it parts equals, and speaks alone only where no word did.
HABIT = 0.5
_WORD = re.compile(r"[^\W_]+")
#: Words that stand in half the names of the standard and mean nothing by themselves.
_EMPTY = re.compile("问题|其他|其它|管理|服务|情况|相关|工作|以及|方面")


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known when a class is guessed: the words, and how often each class was used before.

    `recent` counts this person's own choices, `nearby` cases at the same place.
    """

    text: str
    recent: Mapping[str, int] = field(default_factory=dict[str, int])
    nearby: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A class, the words of the narrative that spoke for it, and the habits that did (RECENT, NEARBY).

    `confidence` is a probability (0 to 1) where the guesser knows one; words alone do not.
    """

    category: str
    words: tuple[str, ...]
    habits: tuple[str, ...] = ()
    confidence: float | None = None


class Guesser(Protocol):
    """Whatever offers classes: words of the standard now, what was learned from cases later."""

    def guess(self, hints: Hints) -> tuple[Suggestion, ...]:
        """At most CHOICES suggestions, the likeliest first; none when nothing speaks."""
        ...


@dataclass(frozen=True, slots=True)
class WordGuesser:
    """Guesses by fragments of class names and aliases; build it with `of`."""

    voices: Mapping[str, tuple[tuple[str, float], ...]]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> "WordGuesser":
        """The guesser of a taxonomy; rare and long fragments weigh more."""
        spoken: dict[str, dict[str, float]] = {}
        leaves = taxonomy.leaves()
        for leaf in leaves:
            for fragment, share in _fragments(leaf, taxonomy):
                of_leaf = spoken.setdefault(fragment, {})
                of_leaf[leaf.code] = max(share, of_leaf.get(leaf.code, 0.0))
        return cls({word: _weighed(of, len(leaves)) for word, of in spoken.items()})

    def guess(self, hints: Hints) -> tuple[Suggestion, ...]:
        """See `Guesser`; about a millisecond for a narrative of 500 characters."""
        scores: dict[str, float] = {}
        words: dict[str, list[str]] = {}
        for word in _heard(hints.text, self.voices):
            for code, weight in self.voices[word]:
                scores[code] = scores.get(code, 0.0) + weight
                words.setdefault(code, []).append(word)
        for code, habit in _habits(hints):
            scores[code] = scores.get(code, 0.0) + habit
        best = sorted(scores, key=lambda code: (-scores[code], code))[:CHOICES]
        return tuple(_suggestion(code, words.get(code, ()), hints) for code in best)


def _suggestion(code: str, words: Iterable[str], hints: Hints) -> Suggestion:
    named = (("RECENT", hints.recent), ("NEARBY", hints.nearby))
    habits = tuple(name for name, counts in named if counts.get(code))
    return Suggestion(code, _telling(words), habits)


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """The longest words that are no part of another, at most CHOICES."""
    told: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        if not any(word in longer for longer in told):
            told.append(word)
    return tuple(told[:CHOICES])


def _habits(hints: Hints) -> Iterator[tuple[str, float]]:
    for counts in (hints.recent, hints.nearby):
        total = sum(counts.values())
        yield from ((code, HABIT * count / total) for code, count in counts.items() if total)


def _fragments(leaf: Category, taxonomy: Taxonomy) -> Iterator[tuple[str, float]]:
    """Fragments of a leaf's names, and of the names above it, with the share each is worth."""
    *above, _ = taxonomy.path(leaf.code)
    names = [(leaf.name_zh, OWN), (leaf.name_en, OWN)]
    names += [(alias, ALIAS) for alias in leaf.aliases]
    names += [(name, ABOVE) for one in above for name in (one.name_zh, *one.aliases)]
    for name, share in names:
        for fragment, part in _parts(name.casefold()):
            yield fragment, share * part


@lru_cache(maxsize=2048)
def _parts(name: str) -> tuple[tuple[str, float], ...]:
    """Every fragment of a name with its share; a name heard whole is worth its length."""
    return tuple(_parts_of(_WORD.findall(_EMPTY.sub(" ", name))))


def _parts_of(runs: Iterable[str]) -> Iterator[tuple[str, float]]:
    for run in runs:
        parts = [(part, _length(part)) for part in _cut(run) if len(part) >= SHORTEST]
        whole = sum(length for _, length in parts)
        yield from ((part, length * _length(run) / whole) for part, length in parts)


def _length(part: str) -> int:
    """A Latin word counts as two characters, any other as long as it is; one character says nothing."""
    return 1 if part.isascii() else len(part) - 1


def _weighed(of: Mapping[str, float], leaves: int) -> tuple[tuple[str, float], ...]:
    rarity = log(1 + leaves / len(of))
    return tuple((code, rarity * share) for code, share in of.items())


def _heard(text: str, voices: Mapping[str, object]) -> Iterator[str]:
    """The known fragments of a text, each once; what a longer fragment says, its parts say again."""
    told = dict.fromkeys(part for run in _WORD.findall(text.casefold()) for part in _cut(run))
    yield from (word for word in told if word in voices)


def _cut(run: str) -> Iterator[str]:
    """A run's fragments of two to eight characters; a Latin word is not cut."""
    if run.isascii():
        yield run
        return
    for size in range(SHORTEST, min(LONGEST, len(run)) + 1):
        yield from (run[start : start + size] for start in range(len(run) - size + 1))
