"""The one log: a line of it, how it is chained to the line before, and where it ends."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from app.domain.effects import Effect, Insert, Set
from app.services.envelope import Json
from db.central.link import Link
from db.central.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log as it is kept; instants as they travel, texts exactly as hashed.

    `role` and `unit` are the actor's at that time; `body` and `applied` are None once redacted.
    """

    feed: str
    seq: int
    cmd_id: str
    actor: str
    role: str
    unit: str
    seat: str
    kind: str
    case_id: str
    scope_before: str
    scope_after: str
    body: str | None
    applied: str | None
    body_hash: str
    applied_hash: str
    digest: str
    claimed_at: str
    received_at: str
    occurred_at: str | None
    undoes: str | None
    prev: str
    hash: str

    def chained(self) -> str:
        """The hash that this line must have."""
        who = (self.cmd_id, self.actor, self.role, self.unit, self.kind)
        what = (self.received_at, self.body_hash, self.applied_hash, self.digest)
        return link_hash((self.prev, self.feed, self.seq), who, what)

    def wish(self) -> dict[str, Json]:
        """What was asked; nothing when redacted."""
        return json.loads(self.body)["wish"] if self.body else {}

    def effects(self) -> tuple[Effect, ...]:
        """What was done, stamps included; nothing when redacted."""
        return effects_from(self.applied) if self.applied else ()


_NAMES = tuple(one.name for one in fields(Entry))
_INSTANTS = ("claimed_at", "received_at", "occurred_at")
ENTRIES = f"SELECT {', '.join(_NAMES)} FROM log"
_INSERT = f"INSERT INTO log ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"

_EXACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def link_hash(place: tuple[str, str, int], who: tuple[str, ...], what: tuple[str, ...]) -> str:
    """The hash of a line: over the line before, feed and number; who and what kind; when and the texts."""
    return sha256("|".join((*map(str, place), *who, *what)))


def effects_text(effects: Iterable[Effect]) -> str:
    """Effects as the exact text that is kept and hashed."""
    plain = [_plain(one) for one in effects]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plain(effect: Effect) -> dict[str, Json]:
    """As `dataclasses.asdict`, which would copy every value deeply."""
    shown = {name: getattr(effect, name) for name in effect.__slots__}
    return {**shown, "values": dict(effect.values)}


def effects_from(text: str) -> tuple[Effect, ...]:
    """The effects that `effects_text` wrote."""
    return tuple(Set(**one) if "base" in one else Insert(**one) for one in json.loads(text))


def entry_from(record: tuple[Any, ...]) -> Entry:
    """A record of ENTRIES."""
    values = dict(zip(_NAMES, record, strict=True))
    for name in _INSTANTS:
        values[name] = instant_text(values[name])
    return Entry(**values)


def append(link: Link, entry: Entry) -> None:
    """Write one line at the end of its feed; the caller holds the head."""
    link.run(_INSERT, tuple(getattr(entry, name) for name in _NAMES))


@dataclass(frozen=True, slots=True)
class Head:
    """Where a feed ends: number, hash and time of its last line; `epoch` counts restored histories."""

    feed: str
    seq: int
    hash: str
    at: datetime
    epoch: int = 0


def head_of(link: Link, feed: str, *, lock: bool = False) -> Head:
    """The end of a feed; locked, nobody else can append until the transaction ends."""
    tail = link.dialect.lock if lock else ""
    found = link.row(f"SELECT feed, seq, hash, at, epoch FROM head WHERE feed = ?{tail}", (feed,))
    if found is None:
        raise LookupError(f"no feed {feed}")
    return Head(found[0], found[1], found[2], instant(found[3]), found[4])


def move_head(link: Link, head: Head) -> None:
    """Write where a feed ends now."""
    sql = "UPDATE head SET seq = ?, hash = ?, at = ? WHERE feed = ?"
    link.run(sql, (head.seq, head.hash, instant_text(head.at), head.feed))
