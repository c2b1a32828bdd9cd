"""A case after a command: the pure fold of effects onto rows that every store repeats."""

from collections.abc import Iterable

from app.domain.case import TABLE_OF, Case, Dossier, Row
from app.domain.effects import Effect, Insert, Set, row_from, wire_of


def folded(on: Dossier | None, effects: Iterable[Effect], cmd_id: str) -> Dossier:
    """The dossier after `cmd_id`; the first effect of a new case inserts it.

    Raises KeyError for an effect on a row that is not there, ValueError for one on another base.
    """
    for effect in effects:
        row = _inserted(effect, cmd_id) if isinstance(effect, Insert) else _set(on, effect, cmd_id)
        on = Dossier(_as_case(row)) if on is None else on.with_row(row)
    if on is None:
        raise KeyError("no case")
    return on


def rows_of(on: Dossier) -> tuple[Row, ...]:
    """Every row of a dossier, the case first."""
    return (
        on.case,
        *on.tasks,
        *on.requests,
        *on.verifications,
        *on.interims,
        *on.notices,
        *on.visits,
        *on.notes,
        *on.attachments,
        *on.commendations,
    )


def _inserted(effect: Insert, cmd_id: str) -> Row:
    return row_from(effect.table, {**effect.values, "id": effect.id, "changed_by": cmd_id})


def _set(on: Dossier | None, effect: Set, cmd_id: str) -> Row:
    rows = rows_of(on) if on else ()
    old = next((row for row in rows if row.id == effect.id), None)
    if old is None:
        raise KeyError(effect.id)
    if old.changed_by != effect.base:
        raise ValueError(effect.base)
    return row_from(TABLE_OF[type(old)], {**wire_of(old), **effect.values, "changed_by": cmd_id})


def _as_case(row: Row) -> Case:
    if not isinstance(row, Case):
        raise KeyError(row.id)
    return row
