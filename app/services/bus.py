"""Carries out what a person asks for: seal, decide, keep durably, show. Runs on *desk*."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.domain.case import Dossier
from app.domain.commands import AddNote, Command, ImportRecord, Person, Register, Undo, kind_of
from app.domain.decide import decide
from app.domain.effects import Decision
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
from app.domain.rules import undo_of
from app.domain.sealing import Numbers as FoundNumbers
from app.domain.sealing import seal
from app.services.envelope import Envelope, Sealed, encode, wish_of
from app.services.keeper import Keeper
from app.services.local import Entry, Outbox, Replica, State
from app.services.numbers import Numbers
from app.services.queries import Changed, Done
from app.services.undoing import undo
from app.services.wishes import command_of


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where, and by which rules and clock."""

    actor: Actor
    code: str
    setting: Setting
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Past:
    """When something happened that is written down only now, and the batch it belongs to."""

    occurred_at: datetime
    batch: str | None = None


class Bus:
    """One road for every change. Methods raise Refused, and Unreachable when the disk does not write."""

    def __init__(
        self, seat: Seat, replica: Replica, outbox: Outbox, keeper: Keeper, numbers: Numbers
    ) -> None:
        self._seat = seat
        self._replica = replica
        self._outbox = outbox
        self._keeper = keeper
        self._numbers = numbers

    def carry(
        self, command: Command, past: Past | None = None, parts: Sealed | None = None
    ) -> tuple[Done, Changed]:
        """Carry out a command; `parts` are sealed already, of a wish that is decided anew."""
        if isinstance(command, Undo):
            return self.undo(command.undone)
        masked, person, numbers = seal(command)
        past = _past_of(command) or past
        moment = self._moment(masked, past)
        decision = decide(masked, self._dossier(masked), moment)
        case_id: str = getattr(masked, "case_id", "") or _new_case(decision)
        envelope = self._envelope(kind_of(command), case_id, decision, moment, past)
        envelope = replace(envelope, wish=wish_of(masked))
        return self._keep(envelope, parts or _sealed(case_id, person, numbers))

    def undo(self, cmd_id: str) -> tuple[Done, Changed]:
        """Take an own command back. Raises Refused('undo-too-late')."""
        entry = self._outbox.entry(cmd_id)
        if entry is None or entry.state in (State.ATTENTION, State.DROPPED):
            raise Refused("undo-too-late")
        first = entry.envelope
        decision = undo(entry, self._seat.actor.role, self._rows(first))
        past = Past(first.occurred_at, first.batch) if first.occurred_at else None
        moment = self._moment(Undo(case_id=first.case_id, undone=cmd_id), past)
        kind = undo_of(first.kind)
        envelope = self._envelope(kind, first.case_id, decision, moment, past)
        return self._keep(replace(envelope, undoes=cmd_id), None)

    def again(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """Decide the wish of a command set aside anew, as another one; the old one is settled.

        None when there is no such command. Raises Refused when the rules now say no.
        """
        entry = self._set_aside(cmd_id)
        if entry is None:
            return None
        first = entry.envelope
        past = Past(first.occurred_at, first.batch) if first.occurred_at else None
        if first.undoes is not None:
            done = self.undo(first.undoes)
        else:
            wish = command_of(first.kind, first.wish)
            parts = self._readdressed(entry.sealed, wish)
            done = self.carry(wish, past, parts)
        self._keeper.settle(cmd_id)
        return done

    def as_note(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """Keep the words of a command set aside as a note on its case; the old one is settled."""
        entry = self._set_aside(cmd_id)
        if entry is None:
            return None
        words = "\n".join(_words(entry.envelope.wish))
        done = self.carry(AddNote(case_id=entry.envelope.case_id, text=words))
        self._keeper.settle(cmd_id)
        return done

    def drop(self, cmd_id: str) -> None:
        """Let a command set aside go."""
        if self._set_aside(cmd_id) is not None:
            self._keeper.settle(cmd_id)

    def _set_aside(self, cmd_id: str) -> Entry | None:
        entry = self._outbox.entry(cmd_id)
        return entry if entry is not None and entry.state is State.ATTENTION else None

    def _readdressed(self, sealed: Sealed | None, wish: Command) -> Sealed | None:
        """Sealed parts belong to a case; a registration that is decided anew makes a new one."""
        is_new = isinstance(wish, Register | ImportRecord)
        return replace(sealed, case_id="") if sealed is not None and is_new else sealed

    def _moment(self, command: Command, past: Past | None) -> Moment:
        now = self._seat.now()
        at = past.occurred_at if past else now
        is_new = isinstance(command, Register | ImportRecord)
        return Moment(
            now=at,
            actor=self._seat.actor,
            cmd_id=str(uuid4()),
            setting=self._seat.setting,
            number=self._numbers.next(at) if is_new else "",
            batch=past.batch if past else None,
        )

    def _dossier(self, command: Command) -> Dossier | None:
        case_id: str | None = getattr(command, "case_id", None)
        if case_id is None:
            return None
        found = self._keeper.sound(lambda: self._replica.dossier(case_id))
        if found is None:
            raise Refused("case-missing", case=case_id)
        return found

    def _envelope(
        self, kind: str, case_id: str, decision: Decision, moment: Moment, past: Past | None
    ) -> Envelope:
        return Envelope(
            cmd_id=moment.cmd_id,
            kind=kind,
            actor=self._seat.actor.login,
            seat=self._seat.code,
            district=self._seat.actor.district,
            case_id=case_id,
            wish={},
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=self._seat.now() if past else moment.now,
            occurred_at=past.occurred_at if past else None,
            batch=moment.batch,
        )

    def _keep(self, envelope: Envelope, sealed: Sealed | None) -> tuple[Done, Changed]:
        befores = self._rows(envelope)
        number = self._number(envelope)
        if sealed is not None and not sealed.case_id:
            sealed = replace(sealed, case_id=envelope.case_id)
        entry = Entry(
            envelope=envelope,
            body=encode(envelope),
            number=number,
            befores=befores,
            sealed=sealed,
        )
        changed = self._keeper.keep(entry)
        return Done(envelope.cmd_id, envelope.kind, envelope.case_id, number), changed

    def _rows(self, envelope: Envelope) -> dict[Any, Any]:
        keys = [(effect.table, effect.id) for effect in envelope.effects]
        return self._keeper.sound(lambda: self._replica.rows(keys))

    def _number(self, envelope: Envelope) -> str:
        for effect in envelope.effects:
            if effect.table == "case_file" and "number" in effect.values:
                return str(effect.values["number"])
        key = "case_file", envelope.case_id
        row = self._keeper.sound(lambda: self._replica.rows([key])[key])
        return "" if row is None else str(row["number"])


def _past_of(command: Command) -> Past | None:
    if isinstance(command, ImportRecord):
        return Past(command.occurred_at, command.batch)
    return None


def _new_case(decision: Decision) -> str:
    return next(effect.id for effect in decision.effects if effect.table == "case_file")


def _sealed(case_id: str, person: Person, numbers: FoundNumbers) -> Sealed | None:
    if person.is_empty and not numbers:
        return None
    return Sealed(case_id, person.name, person.phone, person.id_number, numbers)


#: What of a wish is a code or a key and not a person's words.
_NOT_WORDS = frozenset(
    {"case_id", "task_id", "request_id", "unit", "proper_unit", "method", "digest", "category"}
)


def _words(wish: Any) -> list[str]:
    return [text for name, text in wish.items() if isinstance(text, str) and name not in _NOT_WORDS]
