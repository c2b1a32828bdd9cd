"""What a decision does: rows inserted or fields set, as they travel, are logged and are folded."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from app.domain.case import TABLE_OF, TABLES, Row

Scalar = str | int | bool | None
Wire = Mapping[str, Scalar]
#: Fields that no command may write: the row's key and the command that last produced it.
OWN_TO_THE_STORE = frozenset({"id", "changed_by"})


@dataclass(frozen=True, slots=True)
class Insert:
    """A new row; `values` holds every field but its key."""

    table: str
    id: str
    values: Wire


@dataclass(frozen=True, slots=True)
class Set:
    """Fields of one row, last produced by the command `base`; if by another, a conflict."""

    table: str
    id: str
    values: Wire
    base: str


Effect = Insert | Set


@dataclass(frozen=True, slots=True)
class Reliance:
    """A row that a decision read and relied on: it must still be as command `base` left it."""

    table: str
    id: str
    base: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a `decide` function: effects, at most one per row, and what was relied on."""

    effects: tuple[Effect, ...]
    relies_on: tuple[Reliance, ...] = ()


def to_wire(value: Any) -> Scalar:
    """A field's value as it travels: instants as ISO 8601 UTC with microseconds, codes as text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return str(value) if isinstance(value, StrEnum) else value


def wire_of(row: Row) -> dict[str, Scalar]:
    """A whole row as it travels."""
    return {name: to_wire(getattr(row, name)) for name in kinds_of(type(row))}


def row_from(table: str, wire: Wire) -> Row:
    """The row that travelled as `wire`; unknown fields (a newer centre's) are left aside."""
    kind = TABLES[table]
    known = kinds_of(kind)
    values = {name: _read(known[name], value) for name, value in wire.items() if name in known}
    return kind(**values)


def difference(old: Row, new: Row) -> dict[str, Scalar]:
    """The fields of `new` that are not as in `old`, as they travel."""
    names = [name for name in kinds_of(type(new)) if getattr(old, name) != getattr(new, name)]
    return {name: to_wire(getattr(new, name)) for name in names if name not in OWN_TO_THE_STORE}


def change(old: Row, new: Row, restated: frozenset[str] = frozenset()) -> Set:
    """The effect that turns `old` into `new`; `restated` fields are said also where they are the same."""
    again = {name: to_wire(getattr(new, name)) for name in sorted(restated)}
    return Set(TABLE_OF[type(new)], new.id, {**difference(old, new), **again}, old.changed_by)


def insertion(row: Row) -> Insert:
    """The effect that makes `row`."""
    values = {
        name: value for name, value in wire_of(row).items() if name not in ("id", "changed_by")
    }
    return Insert(TABLE_OF[type(row)], row.id, values)


@cache
def kinds_of(kind: type[Row]) -> dict[str, type]:
    """Field names of a row and the plain type each holds (the non-None part of optional ones)."""
    hints = get_type_hints(kind)
    return {field.name: _plain(hints[field.name]) for field in fields(kind)}


@cache
def is_optional(kind: type[Row], name: str) -> bool:
    """Whether a field may be empty (None)."""
    hint = get_type_hints(kind)[name]
    return isinstance(hint, UnionType) and type(None) in get_args(hint)


def _plain(hint: Any) -> type:
    if isinstance(hint, UnionType):
        return next(one for one in get_args(hint) if one is not type(None))
    return hint


def _read(kind: type, value: Scalar) -> Any:
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(str(value))
    return bool(value) if kind is bool else kind(value)
