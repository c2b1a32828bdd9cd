"""Search tokens: how Chinese text, words and numbers are indexed and asked for, on every store.

Chinese has no blanks, so a run of it is indexed by overlapping pairs and its last character alone:
积水点 becomes 积水, 水点, 点. A longer term is then a phrase of pairs, one character is a prefix.
Numbers are indexed backwards as well, so that their last digits are a prefix too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add

#: Scripts written without blanks: ideographs of every plane, 〇, kana, bopomofo, hangul.
_HAN = "\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"  # noqa: E501
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>[^\W_{_HAN}]+)")
#: Stands before a number written backwards; no user can type it into a token.
_TAIL = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
#: How many last digits of a number must be typed before they are looked for as its end.
SHORTEST_TAIL = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One thing every result must have: `tokens` in a row, the last perhaps only begun (`is_prefix`).

    `tail` is the same word as the end of a number, an alternative where given.
    """

    tokens: tuple[str, ...]
    is_prefix: bool
    tail: str | None = None


def normal(text: str) -> str:
    """Text as it is compared: full-width and other variants made plain, without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """The tokens of a free text, in order."""
    found: list[str] = []
    for run in _RUN.finditer(normal(text)):
        word = run.group("word")
        found += (word,) if word else _pairs(run.group())
    return found


def _pairs(run: str) -> list[str]:
    """Overlapping pairs, and the last character alone."""
    return [*map(add, run, run[1:]), run[-1]]


def number_tokens(number: str) -> Iterator[str]:
    """The tokens of a number told to people: whole, its digits after the letters, and backwards."""
    whole = "".join(tokens(number))
    if not whole:
        return
    yield whole
    bare = whole.lstrip("abcdefghijklmnopqrstuvwxyz")
    if bare and bare != whole:
        yield bare
    yield _TAIL + whole[::-1]


def document(texts: Iterable[str], numbers: Iterable[str], names: Iterable[str] = ()) -> str:
    """What is stored in the index for one case: tokens with blanks between; `names` come again and again."""
    words = [token for text in texts for token in tokens(text)]
    return " ".join(chain(words, map(_named, names), *map(number_tokens, numbers)))


@lru_cache(4096)
def _named(name: str) -> str:
    return " ".join(tokens(name))


def terms(text: str) -> tuple[Term, ...]:
    """What a typed text asks for; empty when nothing in it can be looked for."""
    return tuple(_term(run) for run in _RUN.finditer(normal(text)))


def _term(run: re.Match[str]) -> Term:
    word = run.group("word")
    if word:
        ends = len(word) >= SHORTEST_TAIL and any(sign.isdigit() for sign in word)
        return Term((word,), is_prefix=True, tail=_TAIL + word[::-1] if ends else None)
    if len(run.group()) == 1:
        return Term((run.group(),), is_prefix=True)
    return Term(tuple(_pairs(run.group())[:-1]), is_prefix=False)


def fts5(asked: Iterable[Term]) -> str:
    """The terms as an FTS5 expression: every one of them, quoted, so that no text is syntax."""
    return " AND ".join(_fts5(term) for term in asked)


def _fts5(term: Term) -> str:
    phrase = f'"{" ".join(term.tokens)}"' + ("*" if term.is_prefix else "")
    return f'({phrase} OR "{term.tail}"*)' if term.tail else phrase
