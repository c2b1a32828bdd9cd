"""The one door for changes: identity, tail, duplicates, time, scope, bases, rules, then one log line."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.effects import Effect, to_wire
from app.services import parting
from app.services.checks import (
    RuleBook,
    check,
    denied,
    stamped,
    timely,
    well_formed,
)
from app.services.envelope import Envelope, Sealed
from app.services.ports import Answer, Sent
from app.services.queries import Operator
from db.central import beside, conflicts, derived, duty, leaving, matter, past, times, undo
from db.central.chain import (
    Entry,
    Head,
    append,
    effects_text,
    head_of,
    link_hash,
    move_head,
    sha256,
)
from db.central.concerns import note
from db.central.held import Gathered, gather, scopes_after
from db.central.link import Link
from db.central.readable import id_in, read
from db.central.rows import apply
from db.central.sealing import Sealer, parts_of

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who comes in, and what the store asks him by. `is_past`: the whole store is historical."""

    viewer: Operator
    book: RuleBook
    sealer: Sealer
    clock: Callable[[], datetime]
    is_past: bool


def submit(
    link: Link, door: Door, batch: Sequence[tuple[str, Sealed | None]], sent: Sent | None = None
) -> list[Answer]:
    """Take commands in order, each whole or not at all, under one tail. The caller's transaction."""
    now = door.clock()
    if times.is_off(sent, now):
        facts = {"now": now.isoformat()}
        return [Answer(id_in(text), "clock", why="sent", facts=facts) for text, _ in batch]
    before = head_of(link, door.viewer.district, lock=True)
    tail = _Tail(link, door, before)
    answers = [tail.take(text, beside.worth_keeping(sealed)) for text, sealed in batch]
    if tail.head is not before:
        move_head(link, tail.head)
    return answers


class _Tail:
    """The end of one feed while it is held: `head` moves with every command offer."""

    def __init__(self, link: Link, door: Door, head: Head) -> None:
        self.head = head
        self._link = link
        self._door = door

    def take(self, text: str, sealed: Sealed | None) -> Answer:
        envelope = read(text)
        if isinstance(envelope, Answer):
            return envelope
        digest = self._door.sealer.digest(text, parts_of(sealed) if sealed else "")
        offer = _Offer(envelope, sealed, text, digest, self._now())
        return (
            self._known(envelope, digest)
            or well_formed(envelope, self._door.viewer)
            or timely(envelope, offer.now)
            or self._checked(offer)
        )

    def _now(self) -> datetime:
        return max(self._door.clock(), self.head.at + _TICK)

    def _known(self, envelope: Envelope, digest: str) -> Answer | None:
        """The stored answer of a repeated command: same id, same actor, same payload."""
        sql = "SELECT actor, digest, answer FROM command WHERE cmd_id = ?"
        found = self._link.row(sql, (envelope.cmd_id,))
        if found is None:
            return None
        if (found[0], found[1]) != (self._door.viewer.login, digest):
            return Answer(envelope.cmd_id, "id-reuse", why="command")
        return Answer(envelope.cmd_id, **json.loads(found[2]))

    def _checked(self, offer: "_Offer") -> Answer:
        link, door, envelope = self._link, self._door, offer.envelope
        found = gather(link, envelope, door.viewer)
        refusal = (
            check(envelope, door.viewer, found.held, door.book)
            or past.check(link, envelope, found, is_past=door.is_past)
            or times.check(link, envelope, door.clock())
            or leaving.check(envelope, found, door.clock())
            or duty.check(link, envelope)
            or undo.check(link, envelope, door.viewer.login)
            or matter.check(link, envelope)
            or derived.check(link, envelope, found)
            or beside.check(envelope, offer.sealed, offer.text)
        )
        if refusal is not None:
            return conflicts.explained(link, envelope, refusal)
        return self._kept(offer, found)

    def _kept(self, offer: "_Offer", found: Gathered) -> Answer:
        """Apply, log and remember; a value that the store cannot hold leaves nothing behind."""
        try:
            with self._link.step():
                return self._apply(offer, found)
        except self._link.dialect.broken as error:
            return denied(offer.envelope, "value", error=type(error).__name__)

    def _apply(self, offer: "_Offer", found: Gathered) -> Answer:
        link, door, envelope = self._link, self._door, offer.envelope
        phone = offer.sealed.phone if offer.sealed else ""
        key = parting.key_of(envelope, found.case, door.sealer.reporter_key(phone))
        effects = stamped(envelope, door.viewer, found.held, door.book, key)
        for effect in effects:
            apply(link, effect, envelope.cmd_id, self.head.seq + 1)
        beside.keep(link, door.sealer, envelope, offer.sealed)
        entry = self._entry(offer, found, effects)
        append(link, entry)
        note(link, entry, found, effects)
        answer = self._remember(offer, entry)
        self.head = Head(entry.feed, entry.seq, entry.hash, offer.now, self.head.epoch)
        return answer

    def _entry(self, offer: "_Offer", found: Gathered, effects: tuple[Effect, ...]) -> Entry:
        envelope, viewer, applied = offer.envelope, self._door.viewer, effects_text(effects)
        place = (self.head.hash, self.head.feed, self.head.seq + 1)
        who = (envelope.cmd_id, viewer.login, str(viewer.role), viewer.unit or "", envelope.kind)
        digest = self._door.sealer.sealed_digest(envelope.cmd_id, offer.sealed)
        what = (str(to_wire(offer.now)), sha256(offer.text), sha256(applied), digest)
        return Entry(
            feed=self.head.feed,
            seq=place[2],
            cmd_id=envelope.cmd_id,
            actor=viewer.login,
            role=str(viewer.role),
            unit=viewer.unit or "",
            seat=envelope.seat,
            kind=envelope.kind,
            case_id=envelope.case_id,
            scope_before=found.scope,
            scope_after=scopes_after(self._link, found, effects)[envelope.case_id],
            body=offer.text,
            applied=applied,
            received_at=what[0],
            body_hash=what[1],
            applied_hash=what[2],
            digest=digest,
            claimed_at=str(to_wire(envelope.claimed_at)),
            occurred_at=_instant_or_none(envelope.occurred_at),
            undoes=envelope.undoes,
            prev=self.head.hash,
            hash=link_hash(place, who, what),
        )

    def _remember(self, offer: "_Offer", entry: Entry) -> Answer:
        said = {"status": "done", "seq": entry.seq, "facts": {"hash": entry.hash}}
        values = (entry.cmd_id, entry.actor, offer.digest, entry.feed, entry.seq, json.dumps(said))
        sql = "INSERT INTO command (cmd_id, actor, digest, feed, seq, answer) VALUES (?,?,?,?,?,?)"
        self._link.run(sql, values)
        return Answer(entry.cmd_id, "done", seq=entry.seq, facts={"hash": entry.hash})


@dataclass(frozen=True, slots=True)
class _Offer:
    """A readable command: its exact text, what came sealed, the digest of both, and when it came."""

    envelope: Envelope
    sealed: Sealed | None
    text: str
    digest: str
    now: datetime


def _instant_or_none(at: datetime | None) -> str | None:
    return None if at is None else str(to_wire(at))
