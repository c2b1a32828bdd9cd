"""Every sentence there is: read from resources/i18n by its key, and said with its facts; without a screen."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from app.domain.calendar import LOCAL
from app.domain.refused import Refused

LANGUAGES = ("zh", "en")
#: The facts that are codes wherever they come from; any other text is somebody's own words, whatever it reads.
CODED = frozenset({"role", "status", "kind", "verb", "field", "missing"})
#: libyaml reads ten times faster; the pure loader stands in where it is not built.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class SaidTwice(ValueError):
    """Two files, or two lines, give words to the same key."""


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All sentences of a language by key. Raises SaidTwice when a key has two."""
    found: dict[str, str] = {}
    folder = files("resources") / "i18n" / language
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".yaml"):
            _add(found, _pairs(file.read_text(encoding="utf-8")))
    return found


def _add(found: dict[str, str], pairs: Iterable[tuple[str, str]]) -> None:
    for key, sentence in pairs:
        if key in found:
            raise SaidTwice(key)
        found[key] = sentence


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """Keys and sentences of one file; everything is text, so `no` stays a word. Each file is one flat mapping."""
    events = yaml.parse(text, Loader=_LOADER)
    said = [one.value for one in events if isinstance(one, yaml.ScalarEvent)]
    return zip(said[::2], said[1::2], strict=True)


class _Facts(dict[str, Any]):
    """What a sentence speaks of; a fact that is not there shows as an ellipsis, not as a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


class Words:
    """A voice: `say` a key in one language.

    A key without words is shown as it is and remembered in `missing`, where the tests look.
    """

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self._language = language
        self._sentences = sentences(language)
        self.missing: set[str] = set()

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self._language

    def knows(self, key: str) -> bool:
        """Whether there are words for `key`."""
        return key in self._sentences

    def say(self, key: str, /, **facts: Any) -> str:
        """The sentence of `key` with `facts` put in: instants in local time, lists joined."""
        sentence = self._sentences.get(key)
        if sentence is None:
            self.missing.add(key)
            return key
        return sentence.format_map(self._told(facts)) if "{" in sentence else sentence

    def refusal(self, code: str, facts: Mapping[str, Any]) -> str:
        """The words for a rule's no; the general ones when the code has none of its own."""
        key = f"refused.{code}"
        return self.say(key, **facts) if self.knows(key) else self.say("refused.other", code=code)

    def refused(self, no: Refused) -> str:
        """The words for `no`."""
        return self.refusal(no.code, no.facts)

    def fact(self, value: Any) -> str:
        """A code in words: those that have some by `fact.<code>` or `kind.<code>`, the name of a verb by
        its own key, instants in local time.
        """
        if isinstance(value, datetime):
            return self.when(value)
        keys = [f"{area}.{value}" for area in ("fact", "kind")]
        keys += [value] if str(value).startswith("verb.") else []
        return next((self.say(key) for key in keys if self.knows(key)), str(value))

    def when(self, instant: datetime) -> str:
        """An instant as `MM-dd HH:mm`, local time."""
        return instant.astimezone(LOCAL).strftime("%m-%d %H:%M")

    def join(self, parts: Iterable[str]) -> str:
        """A list in words."""
        return ("、" if self._language == "zh" else ", ").join(parts)

    def _told(self, facts: Mapping[str, Any]) -> _Facts:
        return _Facts({name: self._plain(name, value) for name, value in facts.items()})

    def _plain(self, name: str, value: Any) -> Any:
        """Numbers stay numbers (a sentence may format them), and what people wrote stays as they wrote it."""
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.join(str(self._plain(name, one)) for one in value)  # pyright: ignore[reportUnknownVariableType]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_text = isinstance(value, str) and not isinstance(value, StrEnum) and name not in CODED
        return value if is_number or is_text else self.fact(value)
