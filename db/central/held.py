"""What the store has of the rows a command names, read under the tail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.effects import Effect, Insert, Wire
from app.domain.rules import WITHDRAWN
from app.domain.terms import CaseStatus
from app.services.checks import Held, Key, case_of
from app.services.envelope import Envelope
from app.services.queries import Operator
from app.services.scope import UNIT_ROLES, scope_of
from db.central.link import Link
from db.central.rows import find


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows named by a command, and the cases that it concerns as they stand (None: one that it brings).

    `cases` has its own first.
    """

    held: Held
    cases: Mapping[str, Wire | None]

    @property
    def case(self) -> Wire | None:
        """The command's own case."""
        return next(iter(self.cases.values()))

    @property
    def scope(self) -> str:
        """The scope text of its own case before the command."""
        return self.scope_of(next(iter(self.cases)))

    def scope_of(self, case_id: str) -> str:
        """The scope text of a case that it concerns, before the command."""
        return self.held.scopes.get(case_id, "")

    def effects_on(self, case_id: str, effects: Iterable[Effect]) -> tuple[Effect, ...]:
        """Those of the command's effects that are on a case."""
        rows = self.held.rows
        return tuple(one for one in effects if case_of(one, rows[one.table, one.id]) == case_id)


def gather(link: Link, envelope: Envelope, viewer: Operator) -> Gathered:
    """Everything that `checks.check` wants to know."""
    named = (*envelope.effects, *envelope.relies_on)
    rows = {key: find(link, key) for key in dict.fromkeys((one.table, one.id) for one in named)}
    ids = dict.fromkeys([*envelope.cases, *(case_id_of(key, row) for key, row in rows.items())])
    cases = {id_: _case(link, rows, id_) for id_ in ids if id_}
    scopes = {
        id_: scope_now(link, case)
        for id_, case in cases.items()
        if case is not None and case["district"] == viewer.district
    }
    units = task_units(link, scopes) if _asks_for_tasks(envelope, viewer) else {}
    held = Held(rows=rows, scopes=scopes, task_units=units)
    return Gathered(held, {one: cases.get(one) for one in envelope.cases})


def scopes_after(link: Link, found: Gathered, effects: tuple[Effect, ...]) -> dict[str, str]:
    """The scope texts of the cases that a command concerns, once its effects are applied."""
    said = {one.id: one.values for one in effects if one.table == "case_file"}
    after = {
        id_: {**(case or {}), "id": id_, **said.get(id_, {})} for id_, case in found.cases.items()
    }
    return {id_: scope_now(link, case) for id_, case in after.items()}


def case_id_of(key: Key, row: Wire | None) -> str:
    """The case that a row belongs to; '' when there is no row."""
    return "" if row is None else str(row["id" if key[0] == "case_file" else "case_id"])


def _case(link: Link, rows: dict[Key, Wire | None], case_id: str) -> Wire | None:
    key = ("case_file", case_id)
    return rows[key] if key in rows else find(link, key)


def _asks_for_tasks(envelope: Envelope, viewer: Operator) -> bool:
    inserts = (one for one in envelope.effects if isinstance(one, Insert))
    return viewer.role in UNIT_ROLES or any(one.values.get("task_id") for one in inserts)


def scope_now(link: Link, case: Wire) -> str:
    """The scope text of a case with the verifications that the store has now."""
    asked = officers(link, str(case["id"])) if case["status"] == CaseStatus.VERIFYING else ()
    return scope_of(case, asked)


def officers(link: Link, case_id: str) -> list[str]:
    """The grid officers asked about a case."""
    sql = "SELECT officer FROM verification WHERE case_id = ? AND status <> ?"
    return [officer for (officer,) in link.rows(sql, (case_id, WITHDRAWN))]


def task_units(link: Link, case_ids: Iterable[str]) -> dict[str, str]:
    """The unit of every task of some cases."""
    ids = tuple(case_ids)
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    return dict(link.rows(f"SELECT id, unit FROM task WHERE case_id IN ({marks})", ids))
