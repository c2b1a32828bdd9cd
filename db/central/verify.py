"""Whether a store still tells the truth: chain, numbers, rows against the log, filter, rules, decisions."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert, Scalar
from app.domain.rules import WITHDRAWN
from app.services.envelope import Envelope, decode
from app.services.scope import scope_of
from db.central import admin, rulebook
from db.central.chain import ENTRIES, Entry, entry_from, head_of, sha256
from db.central.link import Link
from db.central.place import local_file
from db.central.rows import instant, instant_text, selected, wire

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be. `code` says what, `where` which log line or row."""

    code: str
    where: str
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the log as a replay reads it: what was decided, by whom, and what it did."""

    seq: int
    actor: str
    role: str
    unit: str
    received_at: str
    envelope: Envelope
    effects: tuple[Effect, ...]


Replay = Callable[[Iterable[Logged]], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a verification; counts, so that "nothing found" is seen to be about something."""

    lines: int
    rows: int
    redacted: int
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class _State:
    """What the log says there must be, folded line by line."""

    feed: str
    rows: dict[Key, dict[str, Scalar]] = field(default_factory=dict[Key, dict[str, Scalar]])
    asked: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    findings: list[Finding] = field(default_factory=list[Finding])
    seq: int = 0
    hash: str = ""
    at: str = ""
    redacted: int = 0

    def say(self, code: str, where: str) -> None:
        self.findings.append(Finding(code, where, self.seq))


def verify(url: str | Path, replay: Replay | None = None) -> Report:
    """Read the whole store in one transaction. `replay` decides every line again (app.domain.decide)."""
    with admin.opened(local_file(url)) as link, link.reading():
        return verify_link(link, replay)


def verify_link(link: Link, replay: Replay | None = None) -> Report:
    """The same over an open link."""
    states = [_folded(link, feed) for (feed,) in link.rows("SELECT feed FROM head ORDER BY feed")]
    findings = [one for state in states for one in state.findings]
    findings += _rows_off(link, states)
    findings += _filter_off(link)
    findings += [Finding("rule-drift", rule) for rule in rulebook.drift(link)]
    if replay is not None and not findings:  # a log that lies is not worth deciding again
        findings += [one for state in states for one in replay(_logged(link, state.feed))]
    lines, redacted = sum(one.seq for one in states), sum(one.redacted for one in states)
    return Report(lines, sum(len(one.rows) for one in states), redacted, tuple(findings))


def _lines(link: Link, feed: str) -> Iterator[Entry]:
    return map(entry_from, link.stream(f"{ENTRIES} WHERE feed = ? ORDER BY seq", (feed,)))


def _folded(link: Link, feed: str) -> _State:
    state = _State(feed)
    for entry in _lines(link, feed):
        _check_link(state, entry)
        try:
            if _check_texts(state, entry):
                _fold(state, entry)
        except (KeyError, ValueError, TypeError):  # rightly hashed, and still not a line of ours
            state.say("text", f"log {feed} {entry.seq}")
    head = head_of(link, feed)
    if (head.seq, head.hash) != (state.seq, state.hash):
        state.say("head", f"head {feed} {head.seq}")
    return state


def _check_link(state: _State, entry: Entry) -> None:
    where = f"log {entry.feed} {entry.seq}"
    expected, state.seq = state.seq + 1, entry.seq
    if entry.seq != expected:
        state.say("gap", where)
    if entry.prev != state.hash or entry.hash != entry.chained():
        state.say("chain", where)
    if entry.received_at <= state.at:
        state.say("time", where)
    state.hash, state.at = entry.hash, entry.received_at


def _check_texts(state: _State, entry: Entry) -> bool:
    """Whether what was done may be believed: the texts are those that were hashed, unless redacted."""
    where = f"log {entry.feed} {entry.seq}"
    state.redacted += entry.body is None or entry.applied is None
    if entry.body is not None and sha256(entry.body) != entry.body_hash:
        state.say("text", where)
    elif entry.body is not None and not _agrees(entry, json.loads(entry.body)):
        state.say("column", where)
    if entry.applied is not None and sha256(entry.applied) != entry.applied_hash:
        state.say("text", where)
        return False
    return True


def _agrees(entry: Entry, body: dict[str, Any]) -> bool:
    said = (body["claimed_at"], body["occurred_at"])
    times = tuple(one and instant_text(instant(one)) for one in said)
    return times == (entry.claimed_at, entry.occurred_at) and all(
        body[name] == getattr(entry, name)
        for name in ("cmd_id", "actor", "seat", "kind", "case_id", "undoes")
    )


def _fold(state: _State, entry: Entry) -> None:
    if entry.scope_before != _scope(state, entry.case_id):
        state.say("scope", f"log {entry.feed} {entry.seq}")
    for effect in entry.effects():
        key = (effect.table, effect.id)
        known = state.rows.get(key)
        if isinstance(effect, Insert) != (known is None) or _is_stale(effect, known):
            state.say("base", f"log {entry.feed} {entry.seq} {effect.table} {effect.id}")
        row = state.rows.setdefault(key, {"id": effect.id})
        row.update({**effect.values, "changed_by": entry.cmd_id, "seq": entry.seq})
        if effect.table == "verification":
            state.asked.setdefault(str(row.get("case_id")), set()).add(effect.id)
    if entry.scope_after != _scope(state, entry.case_id):
        state.say("scope", f"log {entry.feed} {entry.seq}")


def _is_stale(effect: Effect, known: dict[str, Scalar] | None) -> bool:
    return known is not None and getattr(effect, "base", None) != known["changed_by"]


def _scope(state: _State, case_id: str) -> str:
    case = state.rows.get(("case_file", case_id))
    if case is None:
        return ""
    asked = (state.rows["verification", one] for one in state.asked.get(case_id, ()))
    return scope_of(case, (str(one["officer"]) for one in asked if one["status"] != WITHDRAWN))


def _rows_off(link: Link, states: list[_State]) -> Iterator[Finding]:
    """Every row is what the log makes of it; none is missing, none too many."""
    wanted = {key: row for state in states for key, row in state.rows.items()}
    for table in TABLES:
        for record in link.stream(selected(table)):
            row: dict[str, Any] = wire(table, record)
            if wanted.pop((table, str(row["id"])), None) != row:
                yield Finding("row", f"{table} {row['id']}", int(row["seq"]))
    yield from (Finding("row-missing", f"{table} {id_}") for table, id_ in wanted)


def _filter_off(link: Link) -> Iterator[Finding]:
    """Every line is in the duplicate filter once, and nothing else is."""
    sql = (
        "SELECT COALESCE(log.cmd_id, command.cmd_id), COALESCE(log.seq, command.seq)"
        " FROM log {side} JOIN command ON command.cmd_id = log.cmd_id"
        " AND command.feed = log.feed AND command.seq = log.seq AND command.actor = log.actor"
        " WHERE log.cmd_id IS NULL OR command.cmd_id IS NULL"
    )
    for found in link.rows(sql.format(side="LEFT")):
        yield Finding("filter", f"command {found[0]}", int(found[1]))
    counts = [
        int((link.row(f"SELECT count(*) FROM {one}") or (0,))[0]) for one in ("log", "command")
    ]
    if counts[0] < counts[1]:
        yield Finding("filter", "command")


def _logged(link: Link, feed: str) -> Iterator[Logged]:
    for entry in _lines(link, feed):
        if entry.body is not None:
            who = (entry.actor, entry.role, entry.unit, entry.received_at)
            yield Logged(entry.seq, *who, decode(entry.body), entry.effects())
