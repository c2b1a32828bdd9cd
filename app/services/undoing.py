"""Taking back: another command, made from the rows as they were before the one that is undone."""

from collections.abc import Iterator

from app.domain.effects import Decision, Effect, Scalar, Set, Wire
from app.domain.refused import Refused
from app.domain.rules import UNDOABLE, WITHDRAWN, rules_of, undo_of
from app.domain.terms import Role, TaskStatus
from app.services.local import Entry, Rows

#: What a row's own store keeps of it, and no command restores.
_KEPT = frozenset({"id", "changed_by", "seq"})


def can_undo(entry: Entry, role: Role, rows: Rows) -> bool:
    """Whether the table of inverses permits it and nobody has built on it."""
    kind = entry.envelope.kind
    is_permitted = kind in UNDOABLE and bool(rules_of(undo_of(kind), role))
    return is_permitted and all(_is_ours(entry, one, rows) for one in entry.envelope.effects)


def _is_ours(entry: Entry, effect: Effect, rows: Rows) -> bool:
    row = rows.get((effect.table, effect.id))
    return row is not None and row["changed_by"] == entry.cmd_id


def undo(entry: Entry, role: Role, rows: Rows) -> Decision:
    """The rows of `entry` as they were; rows it made are withdrawn. Raises Refused('undo-too-late')."""
    if not can_undo(entry, role, rows):
        raise Refused("undo-too-late", kind=entry.envelope.kind)
    return Decision(tuple(_inverses(entry, rows)))


def _inverses(entry: Entry, rows: Rows) -> Iterator[Effect]:
    for effect in entry.envelope.effects:
        key = effect.table, effect.id
        now, before = rows[key], entry.befores.get(key)
        if now is not None:
            own = _own(entry.envelope.kind, effect)
            values = _withdrawn(effect.table) if before is None else _restored(before, now, own)
            yield Set(effect.table, effect.id, values, entry.cmd_id)


def _own(kind: str, effect: Effect) -> frozenset[str]:
    """The fields that the undone command set, and those that the store filled in for it.

    Others may have moved since without anybody building on it: a registration's own stamps arrive
    from the centre after the commands that followed it at this seat.
    """
    parts = (rule.stamps for role in Role for rule in rules_of(kind, role))
    return frozenset(effect.values).union(*parts)


def _withdrawn(table: str) -> Wire:
    return {"status": str(TaskStatus.CANCELLED) if table == "task" else WITHDRAWN}


def _restored(before: Wire, now: Wire, own: frozenset[str]) -> dict[str, Scalar]:
    names = [name for name in before if name in own - _KEPT and name in now]
    return {name: before[name] for name in names if before[name] != now[name]}
