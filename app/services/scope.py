"""Who may see which case and which of its rows: a district, a unit's own tasks, an officer's own looks."""

from collections.abc import Iterable, Mapping

from app.domain.effects import Wire
from app.domain.terms import CaseStatus, Role
from app.services.queries import Operator

UNIT_ROLES = frozenset({Role.UNIT_HANDLER, Role.UNIT_LEADER})


def scope_of(case: Wire, officers: Iterable[str]) -> str:
    """The text by which a case is found in scope: `|unit|` of each live task, `|@officer|` while verified.

    An `officer` of '' means any grid officer. The log keeps this text before and after each command.
    """
    asked = sorted(set(officers)) if case["status"] == CaseStatus.VERIFYING else []
    return (str(case["units"]) or "|") + "".join(f"@{officer}|" for officer in asked)


def marks_of(viewer: Operator) -> tuple[str, ...] | None:
    """What a scope text must contain (any of these) for the viewer; None when the whole district is open.

    Those who keep the store in order (administrators) read no case.
    """
    if viewer.role in UNIT_ROLES:
        return (f"|{viewer.unit}|",) if viewer.unit else ()
    if viewer.role is Role.GRID_OFFICER:
        return (f"|@{viewer.login}|", "|@|")
    return None if reads_cases(viewer.role) else ()


def reads_cases(role: Role) -> bool:
    """Whether somebody in that role sees cases at all; who keeps the store in order does not."""
    return role is not Role.ADMINISTRATOR


def sees_case(viewer: Operator, scope: str) -> bool:
    """Whether a case of the viewer's district with that scope text is the viewer's to see."""
    marks = marks_of(viewer)
    return marks is None or any(mark in scope for mark in marks)


#: What the units of a case see of one another: how each stands, for the clocks of the case hang on all of them.
_SHARED = frozenset({"task", "request"})


def sees_row(viewer: Operator, table: str, row: Wire, task_units: Mapping[str, str]) -> bool:
    """Whether a row of a case the viewer sees is his too; `task_units` are the units of its tasks."""
    if table == "case_file" or marks_of(viewer) is None:
        return True
    if table == "warning":  # it names cases of others: who is to hear of it is told by the centre
        return False
    if viewer.role in UNIT_ROLES:
        return table in {*_SHARED, "interim"} or acts_on(viewer, table, row, task_units)
    if table == "verification":
        return row.get("officer", "") in ("", viewer.login)
    return table not in _SHARED


def acts_on(viewer: Operator, table: str, row: Wire, task_units: Mapping[str, str]) -> bool:
    """Whether the viewer may change such a row, or hang it on its task: a unit's people only on their own task,
    and no measure ordered of another unit."""
    if viewer.role in UNIT_ROLES and table == "interim":
        return row["unit"] == viewer.unit
    if viewer.role in UNIT_ROLES and table not in ("case_file", "warning"):
        task = row["id"] if table == "task" else row.get("task_id")
        return not task or task_units.get(str(task)) == viewer.unit
    return sees_row(viewer, table, row, task_units)
