"""A parser that speaks the language of the person: headings, usage, and what was typed wrongly."""

import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterable
from functools import partial
from typing import Any, NoReturn

from ui.sentences import Words

_ABOUT = r"argument (?P<name>.+?): "
#: What argparse says, by our own sentence about it. The first that fits is taken.
_SAID = tuple(
    (f"cli.wrong.{key}", re.compile(pattern, re.DOTALL))
    for key, pattern in (
        ("required", r"the following arguments are required: (?P<names>.+)"),
        ("unknown", r"unrecognized arguments: (?P<got>.+)"),
        ("choice", _ABOUT + r"invalid choice: (?P<got>.+?) \(choose from (?P<choices>.+)\)"),
        ("no_value", _ABOUT + r"expected .*arguments?"),
        ("extra_value", _ABOUT + r"ignored explicit argument (?P<got>.+)"),
        ("value", _ABOUT + r"invalid .*value: (?P<got>.+)"),
        ("argument", _ABOUT + r"(?P<why>.+)"),
    )
)


class Parser(ArgumentParser):
    """The arguments of one command. A wrong one ends the program with a sentence and code 2."""

    def __init__(self, *, words: Words, **more: Any) -> None:
        super().__init__(
            **more, add_help=False, allow_abbrev=False, formatter_class=partial(_Help, words)
        )
        self._words = words
        self.wanted = self.add_argument_group(words.say("cli.shape.arguments"))
        self.may = self.add_argument_group(words.say("cli.shape.options"))
        self.may.add_argument("-h", "--help", action="help", help=words.say("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        """Tell how the command is used and what was wrong with it."""
        self.print_usage(sys.stderr)
        why = wrong(message, self._words)
        self.exit(2, self._words.say("cli.wrong", prog=self.prog, why=why) + "\n")


class _Help(RawDescriptionHelpFormatter):
    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog)
        self._usage = words.say("cli.shape.usage")

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Any],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The usage, under our heading."""
        prefix = self._usage if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix)


def wrong(message: str, words: Words) -> str:
    """What argparse found wrong, in words; as it said it where we have none."""
    for key, pattern in _SAID:
        if found := pattern.fullmatch(message):
            facts = found.groupdict()
            bare = {
                name: facts[name].replace("'", "") for name in ("got", "choices") if name in facts
            }
            return words.say(key, **facts | bare)
    return message
