"""Taking back: another command, made from the rows as they were before the one that is undone."""

from datetime import datetime

from app.domain.effects import Decision, Effect, Insert, Scalar, Set, Wire
from app.domain.holding import has_left
from app.domain.refused import Refused
from app.domain.rules import UNDOABLE, WITHDRAWN, rules_of, undo_of, withdrawal
from app.domain.terms import Role
from app.services.local import Entry, Key, Rows
from app.services.replica import Replica

#: What a row's own store keeps of it, and no command restores.
_KEPT = frozenset({"id", "changed_by", "seq"})


def keys_of(entry: Entry, replica: Replica) -> set[Key]:
    """The rows to be looked at before it is taken back; of a case that it made all that hangs on that."""
    effects = entry.envelope.effects
    born = [one.id for one in effects if one.table == "case_file" and isinstance(one, Insert)]
    made = {(effect.table, effect.id) for effect in effects}
    return made.union(*(replica.keys_of(one) for one in born))


def can_undo(entry: Entry, role: Role, rows: Rows) -> bool:
    """Whether the table of inverses permits it and nobody has built on it; `rows` are those of `keys_of`."""
    kind = entry.envelope.kind
    is_permitted = kind in UNDOABLE and bool(rules_of(undo_of(kind), role))
    effects = entry.envelope.effects
    ours = {(effect.table, effect.id) for effect in effects}
    is_bare = all(_is_gone(row) for key, row in rows.items() if key not in ours)
    return is_permitted and is_bare and len(_ours(entry, rows)) == len(effects)


def _is_gone(row: Wire | None) -> bool:
    return row is None or row["status"] == WITHDRAWN


def _ours(entry: Entry, rows: Rows) -> list[tuple[Effect, Wire]]:
    """What the command did that still stands, and the row as it is now."""
    pairs = ((one, rows.get((one.table, one.id))) for one in entry.envelope.effects)
    return [(one, now) for one, now in pairs if now and now["changed_by"] == entry.cmd_id]


def undo(entry: Entry, role: Role, rows: Rows, now: datetime | None = None) -> Decision:
    """The rows of `entry` as they were; rows it made are withdrawn. Raises Refused: undo-too-late, undo-told.

    `now` None: nothing that was sent counts as gone, as in what happened long ago.
    """
    if not can_undo(entry, role, rows):
        raise Refused("undo-too-late", kind=entry.envelope.kind)
    if now is not None and has_told(entry, now):
        raise Refused("undo-told", kind=entry.envelope.kind)
    return Decision(tuple(_inverse(entry, effect, now) for effect, now in _ours(entry, rows)))


def has_told(entry: Entry, now: datetime) -> bool:
    """Whether a notice that came with the command has left by now: its reporter would not hear of the undoing."""
    said = (one.values.get("leaves_at") for one in entry.envelope.effects if one.table == "notice")
    return any(one is not None and has_left(datetime.fromisoformat(str(one)), now) for one in said)


def _inverse(entry: Entry, effect: Effect, now: Wire) -> Effect:
    before = entry.befores.get((effect.table, effect.id))
    own = _own(entry.envelope.kind, effect)
    values = withdrawal(effect.table) if before is None else _restored(before, now, own)
    return Set(effect.table, effect.id, values, entry.cmd_id)


def _own(kind: str, effect: Effect) -> frozenset[str]:
    """The fields that the undone command set, and those that the store filled in for it.

    Others may have moved since without anybody building on it: a registration's own stamps arrive
    from the centre after the commands that followed it at this seat.
    """
    made = isinstance(effect, Insert)
    rules = (rule for role in Role for rule in rules_of(kind, role))
    parts = (one.stamps for one in rules if (one.table, one.is_insert) == (effect.table, made))
    return frozenset(effect.values).union(*parts)


def _restored(before: Wire, now: Wire, own: frozenset[str]) -> dict[str, Scalar]:
    names = [name for name in before if name in own - _KEPT and name in now]
    return {name: before[name] for name in names if before[name] != now[name]}
