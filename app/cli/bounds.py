"""What may be typed as a number, a code or a prefix; each raises ArgumentTypeError with its sentence."""

import re
from argparse import ArgumentTypeError
from collections.abc import Callable

from app.cli.evaluating.columns import MEANINGS, Columns, columns_of
from ui.sentences import Words

#: The national code of a county-level district.
DISTRICT = re.compile(r"[1-9][0-9]{5}")
#: Case numbers begin with it, so it holds nothing that a search or a file name could stumble over.
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")


def whole(words: Words, least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number of that range."""

    def read(text: str) -> int:
        is_short = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if is_short and least <= int(text) <= most:
            return int(text)
        raise ArgumentTypeError(words.say("cli.wrong.number", got=text, least=least, most=most))

    return read


def shaped(words: Words, pattern: re.Pattern[str], key: str) -> Callable[[str], str]:
    """Reads a text of that shape, of which `key` is the sentence."""

    def read(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise ArgumentTypeError(words.say(key, got=text))

    return read


def mapped(words: Words) -> Callable[[str], Columns]:
    """Reads what the columns of a table are."""

    def read(text: str) -> Columns:
        try:
            return columns_of(text)
        except ValueError as wrong:
            known = " ".join(MEANINGS)
            why = words.say("cli.wrong.columns", got=str(wrong), meanings=known)
            raise ArgumentTypeError(why) from None

    return read
