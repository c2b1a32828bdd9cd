"""A wish read back from the log: the command that a person once gave, personal data masked."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.domain.commands import KINDS, Command, Demand, Person
from app.services.envelope import Envelope

#: What of a wish is in a person's own words; everything else is a code, a key or a name.
_WORDS = (
    *("narrative", "text", "instruction", "question", "finding", "result", "notice", "basis"),
    *("minutes", "ruling", "place", "cost"),
)
#: Kinds whose reason is words; elsewhere it is a code.
_REASONED = frozenset(
    {"redispatch", "raise_grade", "lower_grade", "void", "take_over", "hand_over"}
)


def words_of(envelope: Envelope) -> tuple[str, ...]:
    """What a person wrote on a case that is on the books; nothing of a registration."""
    if envelope.kind in ("register", "import_record"):
        return ()
    names = (*_WORDS, "reason") if envelope.kind in _REASONED else _WORDS
    found = (envelope.wish.get(name, "").strip() for name in names)
    return tuple(one for one in found if one)


def command_of(kind: str, wish: Mapping[str, Any]) -> Command:
    """The command that travelled as `wish`; raises KeyError for a kind nobody knows.

    Fields left out because they were empty take their default again; so do required texts.
    """
    wished = KINDS[kind]
    shapes = _shapes(wished)
    known = {name: _read(shapes[name], value) for name, value in wish.items() if name in shapes}
    required = {name: _empty(shape) for name, shape in shapes.items() if name not in known}
    given = {**_without_default(wished, required), **known}
    return wished(**given)


@cache
def _shapes(wished: type[Command]) -> dict[str, Any]:
    return dict(get_type_hints(wished))


def _without_default(wished: type[Command], empty: dict[str, Any]) -> dict[str, Any]:
    """Only the fields that must be given: the others know their own default."""
    must = {one.name for one in fields(wished) if _has_no_default(one)}
    return {name: value for name, value in empty.items() if name in must}


def _has_no_default(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _empty(shape: Any) -> Any:
    return False if shape is bool else () if get_origin(shape) is tuple else ""


def _read(shape: Any, value: Any) -> Any:
    if isinstance(shape, UnionType):
        shape = next(one for one in get_args(shape) if one is not type(None))
    if get_origin(shape) is tuple:
        return tuple(_read(get_args(shape)[0], one) for one in value)
    if shape is Demand:
        return _demand(value)
    if shape is Person:
        return Person(**value)
    if shape is datetime:
        return datetime.fromisoformat(value)
    return shape(value) if isinstance(shape, type) and issubclass(shape, StrEnum) else value


def _demand(value: Mapping[str, Any]) -> Demand:
    shapes: dict[str, Any] = get_type_hints(Demand)
    return Demand(
        **{name: _read(shapes[name], one) for name, one in value.items() if one is not None}
    )
