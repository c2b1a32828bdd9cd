"""Which ids stand for which when a command is decided anew: it makes the same rows under other ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.effects import Insert
from app.services.envelope import Envelope


def renamed(value: Any, moved: Mapping[str, str]) -> Any:
    """A value of a wish; an id that was given up is the one that stands for it now."""
    return moved.get(value, value) if isinstance(value, str) else value


def new_ids(before: Envelope, after: Envelope) -> Iterator[tuple[str, str]]:
    """The rows that a command made, by what the same command makes instead."""
    for table in {one.table for one in before.effects}:
        yield from zip(_made(before, table), _made(after, table), strict=False)


def _made(envelope: Envelope, table: str) -> list[str]:
    effects = (one for one in envelope.effects if isinstance(one, Insert))
    return [one.id for one in effects if one.table == table]
