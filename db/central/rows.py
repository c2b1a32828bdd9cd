"""Rows of the synchronised tables on their way between a store and the wire."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert, Scalar, Wire, kinds_of, to_wire
from app.services.checks import Key
from db.central.link import Link


@cache
def columns(table: str) -> tuple[str, ...]:
    """The row's fields in order, then `seq`, the log row that last wrote it."""
    return (*kinds_of(TABLES[table]), "seq")


@cache
def selected(table: str) -> str:
    """The beginning of a query for whole rows."""
    return f"SELECT {', '.join(columns(table))} FROM {table}"


@cache
def _readings(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kinds = kinds_of(TABLES[table])
    flags = tuple(name for name, kind in kinds.items() if kind is bool)
    return flags, tuple(name for name, kind in kinds.items() if kind is datetime)


def wire(table: str, record: tuple[Any, ...]) -> dict[str, Scalar]:
    """A record of `selected` as it travels, `seq` with it."""
    row = dict(zip(columns(table), record, strict=True))
    flags, instants = _readings(table)
    for name in flags:
        row[name] = bool(row[name])
    for name in instants:
        row[name] = instant_text(row[name])
    return row


def instant_text(value: Any) -> str | None:
    """An instant of either store as it travels."""
    return str(to_wire(value.astimezone(UTC))) if isinstance(value, datetime) else value


def instant(value: Any) -> datetime:
    """An instant of either store."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def find(link: Link, key: Key) -> Wire | None:
    """One whole row without `seq`, or None."""
    record = link.row(f"{selected(key[0])} WHERE id = ?", (key[1],))
    if record is None:
        return None
    row = wire(key[0], record)
    del row["seq"]
    return row


def apply(link: Link, effect: Effect, cmd_id: str, seq: int) -> None:
    """Make or change one row, and write on it which command and which log row did so."""
    values = {**effect.values, "changed_by": cmd_id, "seq": seq}
    if isinstance(effect, Insert):
        values = {"id": effect.id, **values}
        link.run(_inserting(effect.table, tuple(values)), tuple(values.values()))
    else:
        link.run(_setting(effect.table, tuple(values)), (*values.values(), effect.id))


@cache
def _inserting(table: str, names: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"


@cache
def _setting(table: str, names: tuple[str, ...]) -> str:
    pairs = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE {table} SET {pairs} WHERE id = ?"
