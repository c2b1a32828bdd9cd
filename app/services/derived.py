"""What of a command a store works out again itself: by which units a case is found, and when it can be due.

`deadlines.settle` derives these fields where a command is decided, so every command may carry them;
but `units` is the text by which a case is seen, and a store believes nobody about that.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app.domain.effects import Effect, Scalar, Wire
from app.domain.terms import TaskPart, TaskStatus
from app.services.envelope import Envelope

#: A task in one of these states no longer says where its case is; as `Dossier.live_tasks`.
_GONE = frozenset({TaskStatus.CANCELLED, TaskStatus.REDISPATCHED})
#: Fields that become a part of a scope text, whose parts the bar divides.
_NAMES = frozenset({("task", "unit"), ("interim", "unit"), ("verification", "officer")})
#: Rows by which a case comes into the hands of units.
_HANDS = frozenset({"task", "interim"})
#: An interim measure that was taken back.
_WITHDRAWN = "WITHDRAWN"
#: No limit of the Measures is nearly as long.
_LONGEST = timedelta(days=3 * 366)

_PLACED = frozenset({"units", "lead_unit"})

Place = tuple[str, str]


def concerns(envelope: Envelope) -> bool:
    """Whether the command could leave its case in other hands than its text says."""
    return any(one.table in _HANDS for one in envelope.effects) or _says(envelope)


def _says(envelope: Envelope) -> bool:
    cases = (one for one in envelope.effects if one.table == "case_file")
    return any(not _PLACED.isdisjoint(one.values) for one in cases)


def wrong(
    envelope: Envelope, case: Wire | None, tasks: Sequence[Wire], interims: Sequence[Wire] = ()
) -> Place | None:
    """The first (table, field) with another value than the rows allow, or None.

    `case` (None: it comes with the command), `tasks` and `interims`, in the order they were made, are as
    the store has them. The due instant is only bounded; that it, its clock and the stage are exactly
    right is what `store verify` finds out, which decides every command again.
    """
    barred = next(filter(None, map(_barred, envelope.effects)), None)
    if barred is not None:
        return barred
    mine = next((one for one in envelope.effects if one.table == "case_file"), None)
    after = {**(case or {}), **(mine.values if mine else {})}
    kept = (("task", tasks), ("interim", interims))
    places = placed(*(_after(rows, envelope.effects, table) for table, rows in kept))
    if _says(envelope) or places != placed(tasks, interims):
        for name, value in places.items():
            if (after.get(name) or None) != (value or None):
                return "case_file", name
    if mine is not None and not _may_be_due(mine.values.get("due_at"), after, envelope.at):
        return "case_file", "due_at"
    return None


def placed(tasks: Iterable[Wire], interims: Iterable[Wire] = ()) -> dict[str, Scalar]:
    """`units` and `lead_unit` of a case with these rows, as `deadlines.settle` gives them."""
    having = [task for task in tasks if task["status"] not in _GONE]
    live = [str(task["unit"]) for task in having]
    ordered = (str(one["unit"]) for one in interims if one["status"] != _WITHDRAWN)
    beside = dict.fromkeys(unit for unit in ordered if unit not in live)
    units = "".join(f"|{unit}" for unit in (*live, *beside)) + ("|" if live or beside else "")
    leading = [str(task["unit"]) for task in having if _leads(task)]
    return {"units": units, "lead_unit": leading[-1] if leading else None}


def _leads(task: Wire) -> bool:
    """A command that says nothing of the part makes a task of the first kind, as every store does."""
    part = task.get("part")
    return part is None or part == TaskPart.LEAD


def _after(kept: Sequence[Wire], effects: Iterable[Effect], table: str) -> list[Wire]:
    rows = {str(one["id"]): dict(one) for one in kept}
    for effect in effects:
        if effect.table == table:
            rows.setdefault(effect.id, {}).update(effect.values)
    return list(rows.values())


def _barred(effect: Effect) -> Place | None:
    """A name with a bar in it would speak for others too."""
    said = ((effect.table, name) for name, value in effect.values.items() if "|" in str(value))
    return next((place for place in said if place in _NAMES), None)


def _may_be_due(due: Scalar, case: Wire, at: datetime) -> bool:
    """Whether anything registered then can be due at that instant."""
    if due is None:
        return True
    registered = datetime.fromisoformat(str(case["registered_at"]))
    return registered <= datetime.fromisoformat(str(due)) <= at + _LONGEST
