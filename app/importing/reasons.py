"""Why a row was not taken over, in the words of both languages, read from the resources."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("zh", "en")


class _Facts(dict[str, Any]):
    """A fact that is not there shows as an ellipsis."""

    def __missing__(self, name: str) -> str:
        return "…"


@cache
def _sentences(language: str) -> Mapping[str, str]:
    text = (files("resources") / "i18n" / language / "rejects.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def reason(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence for a reject's code."""
    sentences = _sentences(language)
    sentence = sentences.get(f"reject.{code}", sentences["reject.other"])
    return sentence.format_map(_Facts({"code": code, **facts}))
