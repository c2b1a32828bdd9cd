"""Whether what arrived for a field can be kept in it, on every store and in every alphabet."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from app.domain.case import TABLES
from app.domain.effects import OWN_TO_THE_STORE, Scalar, Wire, is_optional, kinds_of, to_wire

_INT_LIMIT = 2**31


@cache
def defaults_of(table: str) -> dict[str, Scalar]:
    """What fields hold that an inserted row of an older client does not name."""
    named = (one for one in fields(TABLES[table]) if one.default is not MISSING)
    return {one.name: to_wire(one.default) for one in named if one.name not in OWN_TO_THE_STORE}


@cache
def required_of(table: str) -> frozenset[str]:
    """The fields that every inserted row has to name."""
    return frozenset(kinds_of(TABLES[table])) - OWN_TO_THE_STORE - set(defaults_of(table))


def misfit(table: str, values: Wire) -> str | None:
    """The first field whose value it cannot hold, or None; every name must be a field of the table."""
    shapes = _shapes(table)
    return next((name for name, value in values.items() if not _fits(value, *shapes[name])), None)


@cache
def _shapes(table: str) -> dict[str, tuple[type, bool]]:
    kind = TABLES[table]
    return {name: (plain, is_optional(kind, name)) for name, plain in kinds_of(kind).items()}


def _fits(value: object, plain: type, optional: bool) -> bool:  # noqa: FBT001 - a shape's two halves
    if value is None:
        return optional
    if plain is bool or isinstance(value, bool):
        return plain is bool and isinstance(value, bool)
    if plain is int:
        return isinstance(value, int) and -_INT_LIMIT <= value < _INT_LIMIT
    return isinstance(value, str) and _reads(value, plain)


def _reads(value: str, plain: type) -> bool:
    if plain is datetime:
        return _is_instant(value)
    if issubclass(plain, StrEnum):
        return value in plain.__members__.values()
    return is_text(value)


def is_text(value: str) -> bool:
    """Whether every store can keep it: no NUL, no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _is_instant(value: str) -> bool:
    try:
        return to_wire(datetime.fromisoformat(value).astimezone(UTC)) == value
    except (ValueError, OverflowError):
        return False
