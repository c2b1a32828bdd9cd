"""The same case filed once more in six ways: as it was, wrapped, cut, mistyped, shuffled, retold in part."""

import re
from collections.abc import Callable, Mapping

import numpy as np

Chance = np.random.Generator
_CLAUSE = re.compile(r"[^,，。;；!！?？\n]+[,，。;；!！?？\n]*")
_BEFORE = "您好，我要反映一个问题，之前打过电话一直没有人处理，现在再次反映。"
_AFTER = "希望有关部门尽快核实处理，并把结果告诉我，谢谢。"
#: What is typed by mistake.
_TYPED = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
_KEPT, _WRONG, _CUT = 0.45, 0.12, (40, 100)


def clauses(text: str) -> list[str]:
    """The clauses of a text, with what ends them."""
    return _CLAUSE.findall(text) or [text]


def _wrapped(text: str, _: Chance) -> str:
    return _BEFORE + text + _AFTER


def _cut(text: str, chance: Chance) -> str:
    return text[: int(chance.integers(*_CUT))]


def _mistyped(text: str, chance: Chance) -> str:
    wrong = chance.random(len(text)) < _WRONG
    other = chance.integers(0, len(_TYPED), len(text))
    return "".join(
        _TYPED[at] if bad else sign for sign, bad, at in zip(text, wrong, other, strict=True)
    )


def _shuffled(text: str, chance: Chance) -> str:
    parts = clauses(text)
    return "".join(parts[int(at)] for at in chance.permutation(len(parts)))


def _retold(text: str, chance: Chance) -> str:
    parts = clauses(text)
    kept = [part for part in parts if chance.random() < _KEPT] or parts[:1]
    return "".join(kept[int(at)] for at in chance.permutation(len(kept)))


#: Each way by its name.
WAYS: Mapping[str, Callable[[str, Chance], str]] = {
    "exact": lambda text, _: text,
    "wrapped": _wrapped,
    "cut": _cut,
    "mistyped": _mistyped,
    "shuffled": _shuffled,
    "retold": _retold,
}
