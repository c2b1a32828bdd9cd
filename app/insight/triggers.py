"""Words that make a case one of safety or of sensitivity: how much they weigh, and where they mean nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.domain.likeness import normal


class Scope(StrEnum):
    """What a word warns of (art. 23)."""

    SAFETY = "SAFETY"
    SENSITIVE = "SENSITIVE"


#: What a word of level 1, 2 and 3 counts; in the title twice.
POINTS: Mapping[int, int] = {1: 6, 2: 2, 3: 1}
TITLE = 2


@dataclass(frozen=True, slots=True)
class TriggerWord:
    """A word and the longer phrases in which it means nothing. Level 1 is grave by itself, 3 only with others."""

    scope: Scope
    level: int
    word: str
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word stands in the normal title or text (first and past the last character)."""

    scope: Scope
    level: int
    word: str
    begin: int
    end: int
    is_title: bool


@dataclass(frozen=True)
class Triggers:
    """All words of a centre; one pattern finds them in one pass."""

    words: tuple[TriggerWord, ...]

    @cached_property
    def _by_word(self) -> dict[str, TriggerWord]:
        return {normal(one.word): one for one in self.words}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The longest first, so that an exception is taken before the word in it."""
        exceptions = {normal(one) for word in self.words for one in word.exceptions}
        told = sorted({*self._by_word, *exceptions}, key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, told)) or r"(?!)")

    def hits(self, title: str, text: str) -> tuple[Hit, ...]:
        """Every word in title and text, in order; what stands in an exception is passed over."""
        return (*self._found(title, is_title=True), *self._found(text, is_title=False))

    def _found(self, text: str, *, is_title: bool) -> Iterator[Hit]:
        for match in self._pattern.finditer(normal(text)):
            word = self._by_word.get(match.group())
            if word is not None:
                yield Hit(word.scope, word.level, word.word, match.start(), match.end(), is_title)


def levels(hits: Iterable[Hit]) -> dict[Scope, int]:
    """The level of each scope that was hit, 1 the gravest. Each word counts once, in the title twice as much."""
    points: dict[tuple[Scope, str], int] = {}
    for hit in hits:
        worth = POINTS[hit.level] * (TITLE if hit.is_title else 1)
        key = hit.scope, hit.word
        points[key] = max(worth, points.get(key, 0))
    found: dict[Scope, int] = {}
    for (scope, _), worth in points.items():
        found[scope] = found.get(scope, 0) + worth
    return {
        scope: next(level for level, least in POINTS.items() if sum_ >= least)
        for scope, sum_ in found.items()
    }
