"""The fields of every synchronised table as rows of the store, so that SQL checks from data what Python knows."""

import json
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import is_optional, kinds_of
from app.domain.rules import SETTLED
from app.services.values import INDEXED, defaults_of, required_of
from db.central.link import Link

_COLUMNS = "tbl, name, kind, is_optional, is_required, is_settled, given, codes"
_INSERT = f"INSERT INTO fenbo.field ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?)"

Record = tuple[Any, ...]


def records() -> Iterator[Record]:
    """Every field as a row: table, name, kind, its limits, its default as JSON, its codes."""
    for table, kind in TABLES.items():
        given, required = defaults_of(table), required_of(table)
        for name, plain in kinds_of(kind).items():
            limits = (is_optional(kind, name), name in required, name in SETTLED)
            default = json.dumps(given[name], ensure_ascii=False) if name in given else None
            yield (table, name, _kind(name, plain), *limits, default, _codes(plain))


_KINDS: dict[type[Any], str] = {bool: "flag", int: "number", datetime: "instant"}


def _kind(name: str, plain: type[Any]) -> str:
    if _codes(plain) is not None:
        return "code"
    return _KINDS.get(plain, "key" if name in INDEXED else "text")


def _codes(plain: type[Any]) -> list[str] | None:
    return [str(code) for code in plain] if issubclass(plain, StrEnum) else None


def install(link: Link) -> None:
    """Make the store's fields the domain's, whatever was there."""
    link.run("DELETE FROM fenbo.field")
    link.many(_INSERT, list(records()))


def drift(link: Link) -> tuple[str, ...]:
    """Fields that only the store or only the domain has, or that differ; nothing when they agree."""
    kept = link.rows(f"SELECT {_COLUMNS.replace('given', 'given::text')} FROM fenbo.field")
    return tuple(
        sorted(f"field {table} {name}" for table, name in _named(kept) ^ _named(records()))
    )


def _named(rows: Any) -> set[tuple[str, str]]:
    """Table and name of each row, the rest folded into the name so that any difference is one."""
    return {(row[0], f"{row[1]} {_rest(row)}") for row in rows}


def _rest(row: Record) -> str:
    given = None if row[6] is None else json.loads(row[6])
    return json.dumps([*row[2:6], given, row[7]], ensure_ascii=False)
