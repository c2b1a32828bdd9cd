"""A case after a command: the pure fold of effects onto rows that every store repeats."""

from collections.abc import Iterable, Mapping

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


def all_folded(
    cases: Mapping[str, Dossier], effects: Iterable[Effect], cmd_id: str
) -> dict[str, Dossier]:
    """The dossiers of all cases that `cmd_id` writes, after it; `cases` has those that were there, by id.

    Raises KeyError and ValueError as `folded` does.
    """
    homes = {row.id: id_ for id_, on in cases.items() for row in rows_of(on)}
    parts: dict[str, list[Effect]] = {}
    for effect in effects:
        parts.setdefault(_home(effect, homes), []).append(effect)
    return {id_: folded(cases.get(id_), mine, cmd_id) for id_, mine in parts.items()}


def _home(effect: Effect, homes: Mapping[str, str]) -> str:
    if isinstance(effect, Set):
        return homes[effect.id]
    return effect.id if effect.table == "case_file" else str(effect.values["case_id"])


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
        *on.coordinations,
        *on.notes,
        *on.attachments,
        *on.commendations,
        *on.warnings,
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
