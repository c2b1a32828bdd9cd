"""The merge, purely: screen = the centre's truth + own unfinished commands whose bases still match.

Own commands are folded over rows whose former selves are held as pre-images. When the centre speaks,
the rows concerned are restored, the centre's news applied, and the own commands folded anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.effects import Effect, Insert, Scalar, Set, Wire
from app.services.envelope import Envelope
from app.services.local import Key, Rows
from app.services.ports import LogRow

_Truth = dict[Key, Wire | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rows concerned become: `writes` (before, after) where they differ from the screen.

    `held` are the pre-images to keep, `released` those to forget, `folded` the own commands now shown.
    `gaps` are cases of which the centre changed a row that this seat does not have.
    """

    writes: Mapping[Key, tuple[Wire | None, Wire | None]]
    held: Rows
    released: frozenset[Key]
    folded: frozenset[str]
    gaps: frozenset[str]


def keys_of(envelope: Envelope) -> frozenset[Key]:
    """The rows that a command writes or relies on; the case itself is always one of them."""
    parts = (*envelope.effects, *envelope.relies_on)
    return frozenset({_case(envelope), *((part.table, part.id) for part in parts)})


def written(envelope: Envelope) -> frozenset[Key]:
    """The rows that a command writes."""
    return frozenset((effect.table, effect.id) for effect in envelope.effects)


def news_keys(row: LogRow) -> frozenset[Key]:
    """The rows that a log row names; a removal concerns the rest of its case too."""
    whole = {(table, str(wire["id"])) for table, wire in row.rows}
    return frozenset(whole | {(effect.table, effect.id) for effect in row.applied})


def concerned(
    users: Mapping[Key, Collection[str]], rows: Mapping[str, frozenset[Key]], keys: Iterable[Key]
) -> tuple[frozenset[str], frozenset[Key]]:
    """The own commands that hang together with `keys`, and all rows of theirs, transitively.

    `users` are the own commands by row, `rows` their rows by command.
    """
    waiting = list(keys)
    reached = set(waiting)
    commands: set[str] = set()
    while waiting:
        for cmd_id in users.get(waiting.pop(), ()):
            if cmd_id not in commands:
                commands.add(cmd_id)
                waiting.extend(rows[cmd_id] - reached)
                reached |= rows[cmd_id]
    return frozenset(commands), frozenset(reached)


def rebase(screen: Rows, hidden: Rows, news: Sequence[LogRow], own: Sequence[Envelope]) -> Plan:
    """Restore, apply, fold: `screen` are the rows concerned as shown, `hidden` their pre-images."""
    truth: _Truth = {**screen, **hidden}
    gaps = [case_id for row in news if not _tell(truth, row) for case_id in row.cases]
    shown = dict(truth)
    folded = frozenset(one.cmd_id for one in own if _fold(shown, one))
    held = {key: truth[key] for key in shown if shown[key] != truth[key]}
    writes = {key: (screen.get(key), row) for key, row in shown.items() if row != screen.get(key)}
    return Plan(writes, held, frozenset(hidden) - frozenset(held), folded, frozenset(gaps))


def matches(rows: Rows, envelope: Envelope) -> bool:
    """Whether every row that a command writes or relies on is as its decision saw it."""
    return writes_rightly(rows, envelope) and relies_rightly(rows, envelope)


def writes_rightly(rows: Rows, envelope: Envelope) -> bool:
    """Whether the rows to be written are as the decision saw them, and the case is there."""
    if not all(_as_seen(rows, effect) for effect in envelope.effects):
        return False
    return _case(envelope) in written(envelope) or rows.get(_case(envelope)) is not None


def relies_rightly(rows: Rows, envelope: Envelope) -> bool:
    """Whether the rows that were only relied on are as the decision saw them."""
    return all(_by(rows, (one.table, one.id)) == one.base for one in envelope.relies_on)


def built_on(refused: Envelope, later: Iterable[Envelope]) -> frozenset[str]:
    """The later own commands that build on rows of a refused one, transitively."""
    doomed = {refused.cmd_id}
    unborn = _born(refused)
    for one in later:
        bases = {effect.base for effect in one.effects if isinstance(effect, Set)}
        bases |= {relied.base for relied in one.relies_on}
        if doomed & bases or not unborn.isdisjoint(one.cases):
            doomed.add(one.cmd_id)
            unborn |= _born(one)
    return frozenset(doomed - {refused.cmd_id})


def _born(one: Envelope) -> set[str]:
    new = (effect for effect in one.effects if isinstance(effect, Insert))
    return {effect.id for effect in new if effect.table == "case_file"}


def _case(envelope: Envelope) -> Key:
    return "case_file", envelope.case_id


def _as_seen(rows: Rows, effect: Effect) -> bool:
    key = effect.table, effect.id
    if isinstance(effect, Insert):
        return rows.get(key) is None
    return _by(rows, key) == effect.base


def _by(rows: Rows, key: Key) -> Scalar:
    row = rows.get(key)
    return None if row is None else row["changed_by"]


def _tell(truth: _Truth, row: LogRow) -> bool:
    """Apply one log row; False when it changed a row that is not here."""
    if row.left:
        for key, wire in truth.items():
            if wire is not None and (wire["id"] in row.left or wire.get("case_id") in row.left):
                truth[key] = None
    for table, wire in row.rows:
        _put(truth, (table, str(wire["id"])), {"seq": row.seq, **wire})
    known = [_apply(truth, effect, row) for effect in row.applied]
    return all(known)


def _put(truth: _Truth, key: Key, wire: Wire) -> None:
    if _seq(truth.get(key)) < int(wire["seq"] or 0):
        truth[key] = wire


def _apply(truth: _Truth, effect: Effect, row: LogRow) -> bool:
    key = effect.table, effect.id
    old = truth.get(key)
    if old is None and isinstance(effect, Set):
        return False
    stamp = {"id": effect.id, "changed_by": row.cmd_id, "seq": row.seq}
    _put(truth, key, {**(old or {}), **effect.values, **stamp})
    return True


def _seq(wire: Wire | None) -> int:
    return -1 if wire is None else int(wire["seq"] or 0)


def _fold(shown: _Truth, own: Envelope) -> bool:
    if not matches(shown, own):
        return False
    for effect in own.effects:
        old = shown.get((effect.table, effect.id)) or {"seq": 0}
        shown[effect.table, effect.id] = {
            **old,
            **effect.values,
            "id": effect.id,
            "changed_by": own.cmd_id,
        }
    return True
