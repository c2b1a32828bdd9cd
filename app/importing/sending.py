"""Records as commands: each decided by the Measures like any other, under an id that it always has."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.domain.calendar import LOCAL
from app.domain.commands import ImportRecord, kind_of
from app.domain.decide import decide
from app.domain.moment import Actor, Moment, Setting
from app.domain.sealing import seal
from app.services.envelope import Envelope, Sealed, encode, wish_of

#: The space in which a record's reference makes the id of its command. Never to be changed.
_SPACE = UUID("6f1a1bd8-6b0c-5d86-9a53-0f8fb1f7a2c4")
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Seats are counted from 000, so that those beginning with this sign are the importer's own.
_OWN_SEATS = "I"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A record on its way: its encoded envelope, and what is sealed beside it."""

    text: str
    sealed: Sealed | None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who imports, under which rules, into which batch; `prefix` begins the case numbers."""

    setting: Setting
    actor: Actor
    batch: str
    prefix: str

    def parcel(self, record: ImportRecord, tail: str, now: datetime) -> Parcel:
        """The record decided and sealed. Raises Refused when the Measures do not take it."""
        cmd_id = command_id(record.source_ref)
        number = f"{self.prefix}{record.occurred_at.astimezone(LOCAL):%Y%m%d%H%M%S}{tail}"
        command, person, numbers = seal(replace(record, batch=self.batch))
        at = record.occurred_at
        moment = Moment(at, self.actor, cmd_id, self.setting, number, self.batch)
        case_id = moment.new_id("case")
        envelope = Envelope(
            cmd_id=cmd_id,
            kind=kind_of(command),
            actor=self.actor.login,
            seat=tail[:-1],
            district=self.actor.district,
            case_id=case_id,
            wish=wish_of(command),
            effects=decide(command, None, moment).effects,
            claimed_at=now,
            occurred_at=at,
            batch=self.batch,
        )
        sealed = Sealed(case_id, person.name, person.phone, person.id_number, numbers)
        needed = bool(numbers) or not person.is_empty
        return Parcel(encode(envelope), sealed if needed else None)


def wish(record: ImportRecord) -> dict[str, Any]:
    """What the record's command asks for, personal data masked as in the log."""
    masked, _, _ = seal(record)
    return wish_of(masked)


def command_id(source_ref: str) -> str:
    """The id of the command that takes a record over: the same in every run."""
    return str(uuid5(_SPACE, source_ref))


def case_id(source_ref: str) -> str:
    """The id of the case that a record becomes."""
    return str(uuid5(UUID(command_id(source_ref)), "case"))


def tails(records: Sequence[ImportRecord]) -> list[str]:
    """The four signs that end each record's case number: from its reference, unlike within one second."""
    taken: set[tuple[datetime, str]] = set()
    return [_free(record, taken) for record in records]


def _free(record: ImportRecord, taken: set[tuple[datetime, str]]) -> str:
    second = record.occurred_at.replace(microsecond=0)
    tail = next(one for one in _tails_of(record.source_ref) if (second, one) not in taken)
    taken.add((second, tail))
    return tail


def _tails_of(source_ref: str) -> Iterable[str]:
    start = int.from_bytes(hashlib.sha256(source_ref.encode()).digest()[:4], "big")
    return (_OWN_SEATS + _base36(start + step) for step in range(36**3))


def _base36(number: int) -> str:
    return "".join(_BASE36[number // 36**power % 36] for power in (2, 1, 0))
