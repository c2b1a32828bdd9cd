"""Whether the log still tells the truth, line by line: chain, texts, times, bases, and what it makes of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from app.domain.effects import Effect, Insert, Reliance, Scalar, to_wire
from app.domain.rules import WITHDRAWN
from app.services.checks import Key, timely
from app.services.envelope import Envelope, decode
from app.services.scope import scope_of
from app.services.values import defaults_of
from db.central import past, times, undo
from db.central.chain import ENTRIES, Entry, entry_from, head_of, sha256
from db.central.concerns import Concern, all_concerns
from db.central.finding import Finding
from db.central.info import StoreInfo
from db.central.link import Link
from db.central.rows import instant

#: So close behind the line before it, a line was received by a clock that had been set back.
_TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class Folded:
    """What the log says there must be, folded line by line.

    `keys` are the reporter keys it wrote, by command; `blind` are cases of which a line lost what it
    did by law: nobody can say any more what their rows must be.
    """

    feed: str
    rows: dict[Key, dict[str, Scalar]] = field(default_factory=dict[Key, dict[str, Scalar]])
    keys: dict[str, Scalar] = field(default_factory=dict[str, Scalar])
    blind: set[str] = field(default_factory=set[str])
    findings: list[Finding] = field(default_factory=list[Finding])
    seq: int = 0
    redacted: int = 0
    hash: str = ""
    at: str = ""
    asked: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    beside: dict[int, tuple[Concern, ...]] = field(default_factory=dict[int, tuple[Concern, ...]])

    def say(self, code: str, what: str = "") -> None:
        """Something is wrong with the line that is being read."""
        where = f"log {self.feed} {self.seq} {what}".rstrip()
        self.findings.append(Finding(code, where, self.seq))


def lines(link: Link, feed: str) -> Iterator[Entry]:
    """The whole log of a feed in order."""
    return map(entry_from, link.stream(f"{ENTRIES} WHERE feed = ? ORDER BY seq", (feed,)))


def folded(link: Link, store: StoreInfo, feed: str) -> Folded:
    """Read a feed from its first line to its head."""
    state = Folded(feed, beside=all_concerns(link, feed))
    for entry in lines(link, feed):
        before = (state.seq, state.hash, state.at)
        state.seq, state.hash, state.at = entry.seq, entry.hash, entry.received_at
        try:
            _check_link(state, entry, before)
            envelope = _check_texts(state, entry)
            if envelope is not None:
                _check_claim(link, store, state, (entry, envelope, before[2]))
                _check_reliance(state, envelope)
            _fold(state, entry)
        except (KeyError, ValueError, TypeError, AttributeError):
            state.say("text")  # perhaps rightly hashed, and still not a line of ours
            state.blind.update(_about(state, entry))
    head = head_of(link, feed)
    if (head.seq, head.hash) != (state.seq, state.hash):
        state.findings.append(Finding("head", f"head {feed} {head.seq}", state.seq))
    return state


def _check_link(state: Folded, entry: Entry, before: tuple[int, str, str]) -> None:
    if entry.seq != before[0] + 1:
        state.say("gap")
    if entry.prev != before[1] or entry.hash != entry.chained():
        state.say("chain")
    if entry.received_at <= before[2]:
        state.say("time")


def _check_texts(state: Folded, entry: Entry) -> Envelope | None:
    """The body, when it is still the text that was hashed; None for one that is not, or was redacted."""
    state.redacted += entry.body is None or entry.applied is None
    if entry.applied is not None and sha256(entry.applied) != entry.applied_hash:
        state.say("text")
        state.blind.update(_about(state, entry))
    if entry.body is None:
        return None
    if sha256(entry.body) != entry.body_hash:
        state.say("text")
        return None
    envelope = decode(entry.body)
    if not _agrees(entry, envelope):
        state.say("column")
    return envelope


def _agrees(entry: Entry, envelope: Envelope) -> bool:
    times_ = (to_wire(envelope.claimed_at), to_wire(envelope.occurred_at))
    return times_ == (entry.claimed_at, entry.occurred_at) and all(
        getattr(envelope, name) == getattr(entry, name)
        for name in ("cmd_id", "actor", "seat", "kind", "case_id", "undoes")
    )


def _check_claim(
    link: Link, store: StoreInfo, state: Folded, line: tuple[Entry, Envelope, str]
) -> None:
    """Every due instant follows from the claimed time: it must be one that the store would accept."""
    entry, envelope, before = line
    received = instant(entry.received_at)
    was_set_back = bool(before) and received <= instant(before) + _TICK
    is_behind = not was_set_back and times.check(link, envelope, received) is not None
    may_be_dated = store.is_past or past.is_historical(link, envelope.batch)
    is_misdated = envelope.occurred_at is not None and not may_be_dated
    if timely(envelope, received) is not None or is_behind or is_misdated:
        state.say("claim")
    is_undo = envelope.undoes is not None and entry.case_id not in state.blind
    if is_undo and undo.is_otherwise(link, envelope):
        state.say("undo")


def _check_reliance(state: Folded, envelope: Envelope) -> None:
    """What a decision relied on must have been so when it was taken."""
    if envelope.case_id in state.blind:
        return
    for one in envelope.relies_on:
        known = state.rows.get((one.table, one.id))
        stands = known is not None and known["changed_by"] == one.base
        if not stands and not _may_be_blind(state, one, known):
            state.say("base", f"{one.table} {one.id}")


def _may_be_blind(state: Folded, one: Reliance, known: Mapping[str, Scalar] | None) -> bool:
    """Whether the row relied on is one of a case of which nobody can say how it stood."""
    if one.table == "case_file":
        return one.id in state.blind
    return bool(state.blind) if known is None else known["case_id"] in state.blind


def _about(state: Folded, entry: Entry) -> tuple[str, ...]:
    """The cases that a line concerns, as far as it was noted."""
    return (entry.case_id, *(one.case_id for one in state.beside.get(entry.seq, ())))


def _fold(state: Folded, entry: Entry) -> None:
    """What the line did; of cases of which nobody can say any more how they stood, nothing."""
    about = _about(state, entry)
    if entry.applied is None or not state.blind.isdisjoint(about):
        state.blind.update(about)
        return
    noted = (
        Concern(entry.case_id, entry.scope_before, entry.scope_after),
        *state.beside.pop(entry.seq, ()),
    )
    befores = [one.before == _scope(state, one.case_id) for one in noted]
    for effect in entry.effects():
        _apply(state, entry, effect)
    written = {one.id for one in entry.effects() if one.table == "case_file"}
    is_all = written <= set(about) and set(about) <= written | {entry.case_id}
    afters = [one.after == _scope(state, one.case_id) for one in noted]
    if not (is_all and all(befores) and all(afters)):
        state.say("scope")


def _apply(state: Folded, entry: Entry, effect: Effect) -> None:
    key = (effect.table, effect.id)
    known = state.rows.get(key)
    if isinstance(effect, Insert) != (known is None) or _is_stale(effect, known):
        state.say("base", f"{effect.table} {effect.id}")
    row = state.rows.setdefault(key, {**defaults_of(effect.table), "id": effect.id})
    row.update({**effect.values, "changed_by": entry.cmd_id, "seq": entry.seq})
    if effect.table == "verification":
        state.asked.setdefault(str(row.get("case_id")), set()).add(effect.id)
    is_own = "reporter_key" in effect.values and not effect.values.get("split_from")
    if is_own and entry.undoes is None:
        state.keys[entry.cmd_id] = effect.values["reporter_key"]


def _is_stale(effect: Effect, known: dict[str, Scalar] | None) -> bool:
    return known is not None and getattr(effect, "base", None) != known["changed_by"]


def _scope(state: Folded, case_id: str) -> str:
    case = state.rows.get(("case_file", case_id))
    if case is None:
        return ""
    asked = (state.rows["verification", one] for one in state.asked.get(case_id, ()))
    return scope_of(case, (str(one["officer"]) for one in asked if one["status"] != WITHDRAWN))
