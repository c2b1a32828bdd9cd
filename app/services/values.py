"""Whether what arrived for a field can be kept in it, on every store and in every alphabet."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from app.domain.case import TABLES
from app.domain.effects import OWN_TO_THE_STORE, Scalar, Wire, is_optional, kinds_of, to_wire

Fits = Callable[[object], bool]
_INT_LIMIT = 2**31
#: Longer keys and case numbers do not fit into every store's index.
LONGEST_KEY = 200
INDEXED = frozenset({"number"})


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
    """The first field (by name) that cannot hold its value, or None; every name must be a field."""
    fits = _fitting(table)
    return min((name for name, value in values.items() if not fits[name](value)), default=None)


def is_text(value: str) -> bool:
    """Whether every store can keep it: no NUL, no half of a surrogate pair."""
    return "\0" not in value and (value.isascii() or _encodes(value))


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _fitting(table: str) -> dict[str, Fits]:
    """A question for each field, prepared once: a store asks some thousand of them a second."""
    kind = TABLES[table]
    found = {
        name: _or_empty(_question(plain)) if is_optional(kind, name) else _question(plain)
        for name, plain in kinds_of(kind).items()
    }
    return {**found, **dict.fromkeys(INDEXED & set(found), _is_key)}


def _is_key(value: object) -> bool:
    return isinstance(value, str) and is_text(value) and len(value) <= LONGEST_KEY


def _or_empty(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _question(plain: type) -> Fits:
    if plain is bool:
        return lambda value: isinstance(value, bool)
    if plain is int:
        return lambda value: type(value) is int and -_INT_LIMIT <= value < _INT_LIMIT
    if plain is datetime:
        return lambda value: isinstance(value, str) and _is_instant(value)
    if issubclass(plain, StrEnum):
        codes = frozenset(str(code) for code in plain)
        return lambda value: isinstance(value, str) and value in codes
    return lambda value: isinstance(value, str) and is_text(value)


def _is_instant(value: str) -> bool:
    try:
        return to_wire(datetime.fromisoformat(value).astimezone(UTC)) == value
    except (ValueError, OverflowError):
        return False
