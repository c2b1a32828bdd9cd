"""From a wish to something kept: decided at its moment, put into its envelope, durable, shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from app.domain.case import Dossier
from app.domain.commands import Command, ImportRecord, Register, Undo, kind_of
from app.domain.decide import decide
from app.domain.effects import Decision
from app.domain.matter import Matter
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
from app.domain.rules import undo_of
from app.services.concerned import concerned
from app.services.envelope import Envelope, Sealed, encode, wish_of
from app.services.keeper import Along, Keeper
from app.services.local import UNFINISHED, Entry, Outbox, State
from app.services.numbers import Numbers
from app.services.queries import Changed, Done
from app.services.replica import Replica
from app.services.supplements import is_taken_up
from app.services.telling import Telling, since
from app.services.undoing import keys_of, undo


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


@dataclass(frozen=True, slots=True)
class When:
    """When a command counts as given: in the past, as it was first told, or, without either, now."""

    past: Past | None = None
    told: Telling | None = None


NOW = When()


class Deciding:
    """The lower half of the bus: `when` says what a command counts as given, `along` what ends with it."""

    def __init__(
        self, seat: Seat, replica: Replica, outbox: Outbox, keeper: Keeper, numbers: Numbers
    ) -> None:
        self._seat = seat
        self._replica = replica
        self._outbox = outbox
        self._keeper = keeper
        self._numbers = numbers

    def carry(
        self, masked: Command, when: When, parts: Sealed | None, along: Along
    ) -> tuple[Done, Changed]:
        """Decide a wish of which the personal data are sealed, and keep it. Raises Refused."""
        moment = self._moment(masked, when, along)
        decision = decide(masked, self._dossier(masked), moment)
        case_id: str = getattr(masked, "case_id", "") or _new_case(decision)
        later = self._not_before(case_id, decision, moment, when)
        if later is not moment:
            moment, decision = later, decide(masked, self._dossier(masked), later)
        envelope = self._envelope(kind_of(masked), case_id, decision, moment, when)
        envelope = replace(envelope, wish={**wish_of(masked), **envelope.wish})
        sealed = None if parts is None else replace(parts, case_id=case_id)
        return self._keep(envelope, sealed, along, when)

    def undo(self, cmd_id: str, along: Along, when: When) -> tuple[Done, Changed]:
        """Take an own command back. Raises Refused('undo-too-late')."""
        entry = self._outbox.entry(cmd_id)
        if entry is None or entry.state in (State.ATTENTION, State.DROPPED):
            raise Refused("undo-too-late")
        first = entry.envelope
        if self._keeper.sound(lambda: is_taken_up(entry, self._replica)):
            raise Refused("undo-too-late")
        rows = self._keeper.sound(lambda: self._replica.rows(keys_of(entry, self._replica)))
        past = Past(first.occurred_at, first.batch) if first.occurred_at else None
        decision = undo(entry, self._seat.actor.role, rows, None if past else self._seat.now())
        when = replace(when, past=past)
        moment = self._moment(Undo(case_id=first.case_id, undone=cmd_id), when, along)
        moment = self._not_before(first.case_id, decision, moment, when)
        envelope = self._envelope(undo_of(first.kind), first.case_id, decision, moment, when)
        return self._keep(replace(envelope, undoes=cmd_id), None, along, when)

    def _not_before(self, case_id: str, decision: Decision, moment: Moment, when: When) -> Moment:
        """What is told anew cannot lie before what it builds on now."""
        if when.told is None or when.past is not None:
            return moment
        earliest = since(decision, self._given(case_id, decision))
        return (
            moment if earliest is None or earliest <= moment.now else replace(moment, now=earliest)
        )

    def _given(self, case_id: str, decision: Decision) -> dict[str, datetime]:
        """The commands of the cases concerned, the case's own first, and when they were given."""
        parts = (*decision.relies_on, *decision.effects)
        others = [one.id for one in parts if one.table == "case_file"]
        given: dict[str, datetime] = {}
        for one in dict.fromkeys((case_id, *others)):
            told = self._keeper.sound(lambda one=one: self._replica.history(one))
            given.update({entry.cmd_id: entry.at for entry in told})
            own = (entry for entry in self._outbox.of_case(one) if entry.state in UNFINISHED)
            given.update({entry.cmd_id: entry.envelope.at for entry in own})
        return given

    def _moment(self, command: Command, when: When, along: Along) -> Moment:
        past = when.past
        at = past.occurred_at if past else when.told.at if when.told else self._seat.now()
        case_id, number = self._named(command, at, along)
        return Moment(
            now=at,
            actor=self._seat.actor,
            cmd_id=str(uuid4()),
            setting=self._seat.setting,
            number=number,
            batch=past.batch if past else None,
            case_id=case_id,
            is_past=past is not None,
            matter=self._matter(command),
            beside=self._beside(command),
        )

    def _matter(self, command: Command) -> Matter | None:
        """The records of which a registration takes one up again."""
        named = command.supplements if isinstance(command, Register) else None
        return self._keeper.sound(lambda: self._replica.matter(named)) if named else None

    def _beside(self, command: Command) -> tuple[Dossier, ...]:
        """The other cases that a command concerns, as far as they are here."""
        ids = self._keeper.sound(lambda: concerned(command, self._replica))
        found = (self._keeper.sound(lambda one=one: self._replica.dossier(one)) for one in ids)
        return tuple(one for one in found if one is not None)

    def _named(self, command: Command, at: datetime, along: Along) -> tuple[str, str]:
        """Id and number of a case to be made: those a caller was told, or none yet and the next."""
        if not isinstance(command, Register | ImportRecord):
            return "", ""
        first = self._outbox.entry(along.settled) if along.settled else None
        return (
            ("", self._numbers.next(at))
            if first is None
            else (first.envelope.case_id, first.number)
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
        self, kind: str, case_id: str, decision: Decision, moment: Moment, when: When
    ) -> Envelope:
        past, told = when.past, when.told
        return Envelope(
            cmd_id=moment.cmd_id,
            kind=kind,
            actor=self._seat.actor.login,
            seat=self._seat.code,
            district=self._seat.actor.district,
            case_id=case_id,
            wish=told.mark(moment.now) if told and not past else {},
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=self._seat.now() if past else moment.now,
            occurred_at=past.occurred_at if past else None,
            batch=moment.batch,
            read_to=told.read_to if told else self._keeper.sound(self._replica.cursor).text,
        )

    def _keep(
        self, envelope: Envelope, sealed: Sealed | None, along: Along, when: When
    ) -> tuple[Done, Changed]:
        befores = self._rows(envelope)
        number = self._number(envelope)
        entry = Entry(
            envelope=envelope,
            body=encode(envelope),
            number=number,
            befores=befores,
            sealed=sealed,
            kept_at=when.told.kept_at if when.told else None,
        )
        changed = self._keeper.keep(entry, along)
        return Done(envelope.cmd_id, envelope.kind, envelope.case_id, number), changed

    def _rows(self, envelope: Envelope) -> dict[Any, Any]:
        """What it writes, as it stood; and the case, so that it can be said later what was seen."""
        written = [(effect.table, effect.id) for effect in envelope.effects]
        keys = dict.fromkeys([*written, ("case_file", envelope.case_id)])
        return self._keeper.sound(lambda: self._replica.rows(keys))

    def _number(self, envelope: Envelope) -> str:
        for effect in envelope.effects:
            is_own = (effect.table, effect.id) == ("case_file", envelope.case_id)
            if is_own and "number" in effect.values:
                return str(effect.values["number"])
        key = "case_file", envelope.case_id
        row = self._keeper.sound(lambda: self._replica.rows([key])[key])
        return "" if row is None else str(row["number"])


def _new_case(decision: Decision) -> str:
    return next(effect.id for effect in decision.effects if effect.table == "case_file")
