"""What every store asks of a command before it is applied: whole, in scope, unchanged, permitted.

Nothing here knows how rows are kept. A store fills `Held` with what it has and calls `check`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert, Scalar, Set, Wire
from app.domain.rules import ANOTHER, NOBODY, OWN, WIDE, Rule
from app.domain.terms import Role
from app.services.envelope import Envelope
from app.services.ports import Answer
from app.services.queries import Operator
from app.services.scope import acts_on, sees_case, sees_row
from app.services.values import LONGEST_KEY, defaults_of, misfit, required_of

Key = tuple[str, str]
Part = tuple[object, ...]
#: A seat's clock may be this far off the store's.
TOLERANCE = timedelta(seconds=60)
_CMD_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")
#: Where a row belongs is said once, when it is made.
_ADDRESS = frozenset({"id", "district", "case_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a store holds about a command, read under its lock.

    `rows` has every row that the command changes or relies on (None: there is none); `scopes` the
    scope texts of their cases by case id (absent: no such case in the district); `task_units`
    the unit of every task of those cases.
    """

    rows: Mapping[Key, Wire | None]
    scopes: Mapping[str, str]
    task_units: Mapping[str, str]


class RuleBook:
    """The rule rows of one store, ready to be asked."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._moves: dict[tuple[str, str, str, str | None, str | None, bool], Rule] = {}
        self._parts: dict[tuple[str, str], dict[Part, Rule]] = {}
        for rule in rules:
            move = (rule.kind, rule.role, rule.table, rule.before, rule.after)
            self._moves[*move, rule.beside] = rule
            self._parts.setdefault((rule.kind, rule.role), {})[part_of(rule)] = rule

    def speaks_of(self, kind: str, role: Role) -> bool:
        """Whether the role may do that kind of thing at all."""
        return (kind, role) in self._parts

    def rule(
        self, envelope: Envelope, role: Role, effect: Effect, before: Wire | None
    ) -> Rule | None:
        """The one rule that permits the effect's move, if there is one."""
        came = None if isinstance(effect, Insert) or before is None else str(before["status"])
        after = effect.values.get("status")
        goes = None if after is None else str(after)
        is_beside = case_of(effect, before) != envelope.case_id
        return self._moves.get((envelope.kind, role, effect.table, came, goes, is_beside))

    def parts(self, kind: str, role: Role) -> Mapping[Part, Rule]:
        """The parts a command of that kind is made of; each says how often it may occur."""
        return self._parts.get((kind, role), {})


def part_of(rule: Rule) -> Part:
    """What the alternatives of one part have in common: they share one count."""
    shape = (rule.table, rule.is_insert, rule.fields, rule.stamps)
    return (*shape, rule.not_by, rule.least, rule.most, rule.beside)


def well_formed(envelope: Envelope, viewer: Operator) -> Answer | None:
    """Refuse what cannot even be looked up; the login of the connection is the only identity."""
    if not _CMD_ID.fullmatch(envelope.cmd_id):
        return denied(envelope, "cmd-id")
    if envelope.actor != viewer.login or envelope.district != viewer.district:
        return denied(envelope, "actor")
    keys = [(effect.table, effect.id) for effect in envelope.effects]
    named = [*keys, *((one.table, one.id) for one in envelope.relies_on)]
    is_whole = bool(keys and envelope.case_id) and len(set(keys)) == len(keys)
    if not is_whole or any(table not in TABLES for table, _ in named):
        return denied(envelope, "shape")
    odd = next((one for one in envelope.effects if not _is_addressed(one, envelope)), None)
    return None if odd is None else denied(envelope, "shape", table=odd.table, id=odd.id)


def _is_addressed(effect: Effect, envelope: Envelope) -> bool:
    """An effect touches a case that the command concerns, under a key that every store can keep.

    Mostly that is its own alone; some kinds concern others too.
    """
    if not (effect.values and effect.id and len(effect.id) <= LONGEST_KEY):
        return False
    cases = envelope.cases if envelope.kind in WIDE else (envelope.case_id,)
    if effect.table == "case_file" and effect.id not in cases:
        return False
    if isinstance(effect, Set):
        return _ADDRESS.isdisjoint(effect.values)
    is_there = effect.table == "case_file" or effect.values.get("case_id") in cases
    return is_there and effect.values.get("district") == envelope.district


def timely(envelope: Envelope, now: datetime) -> Answer | None:
    """Refuse what claims to come from the future."""
    latest = max(envelope.claimed_at, envelope.at)
    if latest > now + TOLERANCE:
        return Answer(envelope.cmd_id, "clock", why="ahead", facts={"now": now.isoformat()})
    return None


def check(envelope: Envelope, viewer: Operator, held: Held, book: RuleBook) -> Answer | None:
    """None when the command may be applied. Bases come before rules: a loser must hear conflict."""
    return (
        _in_scope(envelope, viewer, held)
        or _unchanged(envelope, held)
        or _permitted(envelope, viewer, held, book)
    )


def _in_scope(envelope: Envelope, viewer: Operator, held: Held) -> Answer | None:
    inserted = {(one.table, one.id) for one in envelope.effects if isinstance(one, Insert)}
    sets = ((one.table, one.id) for one in envelope.effects if isinstance(one, Set))
    named = [*sets, *((one.table, one.id) for one in envelope.relies_on)]
    for key in named:
        if not _is_visible(key, viewer, held):
            return _missing(envelope, key)
    for effect in envelope.effects:
        if isinstance(effect, Set):
            if not _is_own(effect, envelope, viewer, held):
                return _missing(envelope, (effect.table, effect.id))
        elif not _may_hang(effect, inserted, viewer, held):
            return _missing(envelope, (effect.table, effect.id))
    return None


def _is_own(effect: Set, envelope: Envelope, viewer: Operator, held: Held) -> bool:
    """A changed row is of a case that the command concerns and, at a unit's seat, of no other unit's task."""
    row = held.rows[effect.table, effect.id] or {}
    is_of_case = _case_of(effect.table, row) in envelope.cases
    return is_of_case and acts_on(viewer, effect.table, row, held.task_units)


def _is_visible(key: Key, viewer: Operator, held: Held) -> bool:
    row = held.rows.get(key)
    scope = held.scopes.get(_case_of(key[0], row))
    if row is None or scope is None or not sees_case(viewer, scope):
        return False
    return sees_row(viewer, key[0], row, held.task_units)


def _may_hang(effect: Insert, inserted: set[Key], viewer: Operator, held: Held) -> bool:
    """A new row hangs under a case and a task that the viewer sees, or that come with it."""
    if effect.table == "case_file":
        return True
    case_id, task_id = str(effect.values.get("case_id")), effect.values.get("task_id")
    known = task_id is None or task_id in held.task_units or ("task", task_id) in inserted
    if not known or ("case_file", case_id) in inserted:
        return known
    if case_id not in held.scopes or not sees_case(viewer, held.scopes[case_id]):
        return False
    return acts_on(viewer, effect.table, {"id": effect.id, **effect.values}, held.task_units)


def _case_of(table: str, row: Wire | None) -> str:
    return "" if row is None else str(row.get("id" if table == "case_file" else "case_id", ""))


def case_of(effect: Effect, before: Wire | None) -> str:
    """The case that an effect is on, `before` being its row as it was."""
    is_new = isinstance(effect, Insert)
    return _case_of(effect.table, {"id": effect.id, **effect.values} if is_new else before)


def _missing(envelope: Envelope, key: Key) -> Answer:
    """Not yours reads the same as not there."""
    return Answer(envelope.cmd_id, "missing", facts={"table": key[0], "id": key[1]})


def _unchanged(envelope: Envelope, held: Held) -> Answer | None:
    stale: list[Key] = []
    for one in (*envelope.relies_on, *envelope.effects):
        row = held.rows[one.table, one.id]
        if isinstance(one, Insert):
            if row is not None:
                facts = {"table": one.table, "id": one.id}
                return Answer(envelope.cmd_id, "id-reuse", why="row", facts=facts)
        elif row is None or row["changed_by"] != one.base:
            stale.append((one.table, one.id))
    if not stale:
        return None
    touched = {(one.table, one.id) for one in envelope.effects}
    why = "base" if touched.intersection(stale) else "relied-on"
    rows = [[table, dict(held.rows[table, id_] or {})] for table, id_ in stale]
    return Answer(envelope.cmd_id, "conflict", why=why, facts={"rows": rows})


def _permitted(envelope: Envelope, viewer: Operator, held: Held, book: RuleBook) -> Answer | None:
    if not book.speaks_of(envelope.kind, viewer.role):
        return denied(envelope, "role", kind=envelope.kind, role=str(viewer.role))
    counts: Counter[Part] = Counter()
    for effect in envelope.effects:
        before = held.rows[effect.table, effect.id]
        rule = book.rule(envelope, viewer.role, effect, before)
        if rule is None:
            return denied(envelope, "move", **_move(effect, before))
        wrong = _unfit(effect, rule) or _own(before, rule, viewer) or _held(before, rule, viewer)
        if wrong is not None:
            return denied(envelope, wrong[0], table=effect.table, field=wrong[1])
        counts[part_of(rule)] += 1
    for part, rule in book.parts(envelope.kind, viewer.role).items():
        if not rule.least <= counts[part] <= rule.most:
            return denied(envelope, "count", table=rule.table, count=counts[part])
    return None


def _move(effect: Effect, before: Wire | None) -> dict[str, Scalar]:
    came = None if before is None else before["status"]
    return {"table": effect.table, "before": came, "after": effect.values.get("status")}


def _unfit(effect: Effect, rule: Rule) -> tuple[str, str] | None:
    """The first field that the rule does not open, that is wanting, or whose value does not fit."""
    foreign = set(effect.values) - rule.fields - rule.stamps - {"status"}
    if foreign:
        return "field", min(foreign)
    wanting = required_of(effect.table) - set(effect.values) if rule.is_insert else None
    if wanting:
        return "field", min(wanting)
    wrong = misfit(effect.table, effect.values)
    return None if wrong is None else ("value", wrong)


def _own(before: Wire | None, rule: Rule, viewer: Operator) -> tuple[str, str] | None:
    """Nobody approves his own request."""
    if rule.not_by is None or before is None or before[rule.not_by] != viewer.login:
        return None
    return "own-request", rule.not_by


def _held(before: Wire | None, rule: Rule, viewer: Operator) -> tuple[str, str] | None:
    """What nobody holds is claimed, one lets go only of his own, and takes over only another's."""
    if rule.held is None or before is None:
        return None
    holder = before["holder"]
    found = OWN if holder == viewer.login else ANOTHER if holder else NOBODY
    return None if found == rule.held else ("held", "holder")


def stamped(
    envelope: Envelope, viewer: Operator, held: Held, book: RuleBook, reporter_key: Scalar
) -> tuple[Effect, ...]:
    """The effects of a checked command as they are applied: stamps written, left-out fields filled."""
    return tuple(
        _stamp(effect, rule, viewer, reporter_key)
        for effect in envelope.effects
        if (rule := book.rule(envelope, viewer.role, effect, held.rows[_key(effect)]))
    )


def _key(effect: Effect) -> Key:
    return effect.table, effect.id


def _stamp(effect: Effect, rule: Rule, viewer: Operator, reporter_key: Scalar) -> Effect:
    names = stamps_of(effect, rule.stamps)
    stamps: dict[str, Scalar] = dict.fromkeys(names, viewer.login)
    if "reporter_key" in stamps:
        stamps["reporter_key"] = reporter_key
    if isinstance(effect, Set):
        return Set(effect.table, effect.id, {**effect.values, **stamps}, effect.base)
    values = {**defaults_of(effect.table), **effect.values, **stamps}
    return Insert(effect.table, effect.id, values)


def stamps_of(effect: Effect, stamps: frozenset[str]) -> frozenset[str]:
    """What a store stamps on the effect: a reporter's key changes only where his phone is said anew."""
    says_phone = isinstance(effect, Insert) or "phone_masked" in effect.values
    return stamps if says_phone else stamps - {"reporter_key"}


def denied(envelope: Envelope, why: str, **facts: Any) -> Answer:
    """The refusal of a command that no retry can heal."""
    return Answer(envelope.cmd_id, "denied", why=why, facts=facts or None)
