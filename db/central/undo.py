"""Taking back: one's own command only, and only to what stood there before it."""

from collections.abc import Sequence

from app.domain.effects import Effect, Scalar, Set, Wire
from app.domain.rules import SETTLED, undo_of, withdrawal
from app.services.checks import Key, denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from app.services.values import defaults_of
from db.central.chain import effects_from
from db.central.link import Link

_PREFIX = undo_of("")
#: By the duplicate filter, whose key is the command's id; the log itself is in the order of lines.
_UNDONE = (
    "SELECT log.seq, log.actor, log.kind, log.case_id FROM command JOIN log"
    " ON log.feed = command.feed AND log.seq = command.seq"
    " WHERE command.cmd_id = ? AND command.feed = ?"
)


def check(link: Link, envelope: Envelope, login: str) -> Answer | None:
    """None for what takes nothing back, or takes back rightly."""
    if not envelope.kind.startswith(_PREFIX):
        return None if envelope.undoes is None else denied(envelope, "undo")
    found = _undone(link, envelope)
    if found is None:
        return denied(envelope, "undo")
    if found[1] != login:
        return denied(envelope, "undo-not-own")
    if any(isinstance(one, Set) and one.base != envelope.undoes for one in envelope.effects):
        return denied(envelope, "undo-base")
    stood = before_image(link, envelope.cases, found[0])
    odd = next((name for one in envelope.effects for name in _invented(one, stood)), None)
    return None if odd is None else denied(envelope, "undo-value", field=odd)


def is_otherwise(link: Link, envelope: Envelope) -> bool:
    """Whether a line that takes another back leaves anything else than what stood before that one.

    Stricter than `check`, which lets a seat work out derived fields anew: none of ours does, and a
    due instant that was put in here would be decided by nobody.
    """
    found = _undone(link, envelope)
    if found is None or found[1] != envelope.actor:
        return True
    stood = before_image(link, envelope.cases, found[0])
    return any(one.values != _as_it_was(one, stood) for one in envelope.effects)


def _undone(link: Link, envelope: Envelope) -> tuple[int, str] | None:
    """Number and actor of the line to be taken back, if it is there and of that kind and case."""
    found = link.row(_UNDONE, (envelope.undoes, envelope.district))
    if found is None or undo_of(found[2]) != envelope.kind or found[3] != envelope.case_id:
        return None
    return int(found[0]), str(found[1])


def _as_it_was(effect: Effect, stood: dict[Key, dict[str, Scalar]]) -> Wire:
    """The fields of the effect as they stood; of a row that the undone command made, its withdrawal."""
    old = stood.get((effect.table, effect.id))
    if old is None:
        return withdrawal(effect.table)
    return {name: old.get(name) for name in effect.values}


def before_image(link: Link, case_ids: Sequence[str], seq: int) -> dict[Key, dict[str, Scalar]]:
    """The rows of some cases as they stood before log line `seq`, from the log alone."""
    marks = ", ".join("?" * len(case_ids))
    sql = (
        f"SELECT seq, applied FROM log WHERE case_id IN ({marks}) AND seq < ?"
        " UNION SELECT log.seq, log.applied FROM concern JOIN log ON log.feed = concern.feed"
        f" AND log.seq = concern.seq WHERE concern.case_id IN ({marks}) AND concern.seq < ? ORDER BY 1"
    )
    rows: dict[Key, dict[str, Scalar]] = {}
    for _, applied in link.rows(sql, (*case_ids, seq, *case_ids, seq)):
        for effect in effects_from(applied or "[]"):
            rows.setdefault((effect.table, effect.id), {**defaults_of(effect.table)}).update(
                effect.values
            )
    return rows


def _invented(effect: Effect, stood: dict[Key, dict[str, Scalar]]) -> list[str]:
    """Fields given another value than the one that stood there; derived ones may be worked out anew."""
    old = stood.get((effect.table, effect.id))
    if (
        old is None
    ):  # a row that the undone command made: the rule lets nothing but its state change
        return []
    return sorted(
        name
        for name, value in effect.values.items()
        if name not in SETTLED and old.get(name) != value
    )
