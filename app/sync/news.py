"""What the centre said, on its way to the screen, and which cases a person hears of afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.effects import Wire
from app.services.local import Fill, Key
from app.services.ports import Cursor, LogRow
from app.services.queries import Changed
from app.sync import merge

#: More cases than this are not named.
_MANY = 100


@dataclass(frozen=True, slots=True)
class News:
    """A slice of what the centre said: rows to apply, log rows for the timeline, and where that leads.

    `asked` and `asked_fill` are where the seat stood when it asked; news for another place are stale.
    """

    rows: tuple[LogRow, ...]
    told: tuple[LogRow, ...]
    asked: Cursor
    asked_fill: str | None
    cursor: Cursor | None = None
    fill: Fill | None = None


def changed_by(plan: merge.Plan, others: Iterable[str]) -> Changed:
    """The cases that a plan writes, and others that were spoken of."""
    cases = {_case_of(key, before or after) for key, (before, after) in plan.writes.items()}
    cases.update(others)
    return Changed(frozenset(cases) if len(cases) <= _MANY else None)


def _case_of(key: Key, wire: Wire | None) -> str:
    return key[1] if key[0] == "case_file" or wire is None else str(wire["case_id"])
