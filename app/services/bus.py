"""Carries out what a person asks for: seal, decide, keep durably, show. Runs on *desk*."""

from collections.abc import Callable
from contextlib import suppress
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
from app.services.feed import both
from app.services.keeper import ALONE, Along, Keeper
from app.services.local import UNFINISHED, Entry, Outbox, Replica, State
from app.services.numbers import Numbers
from app.services.queries import Changed, Done
from app.services.renaming import new_ids, renamed
from app.services.telling import Telling, first_telling, is_new_act, since
from app.services.undoing import undo
from app.services.wishes import command_of, words_of


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
        self, command: Command, past: Past | None = None, draft_id: str = ""
    ) -> tuple[Done, Changed]:
        """Carry out a command; the draft that it came of is dropped in the same transaction."""
        if isinstance(command, Undo):
            return self.undo(command.undone)
        masked, person, numbers = seal(command)
        parts = _sealed(person, numbers)
        when = When(past=_past_of(command) or past)
        return self._carry(masked, when, parts, Along(draft_id=draft_id))

    def _carry(
        self, masked: Command, when: When, parts: Sealed | None, along: Along
    ) -> tuple[Done, Changed]:
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

    def undo(self, cmd_id: str, along: Along = ALONE, when: When = NOW) -> tuple[Done, Changed]:
        """Take an own command back. Raises Refused('undo-too-late')."""
        entry = self._outbox.entry(cmd_id)
        if entry is None or entry.state in (State.ATTENTION, State.DROPPED):
            raise Refused("undo-too-late")
        first = entry.envelope
        decision = undo(entry, self._seat.actor.role, self._rows(first))
        past = Past(first.occurred_at, first.batch) if first.occurred_at else None
        when = replace(when, past=past)
        moment = self._moment(Undo(case_id=first.case_id, undone=cmd_id), when, along)
        moment = self._not_before(first.case_id, decision, moment, when)
        envelope = self._envelope(undo_of(first.kind), first.case_id, decision, moment, when)
        return self._keep(replace(envelope, undoes=cmd_id), None, along, when)

    def again(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """Decide the wish of a command set aside anew, as another one, and what was built on it.

        Each old one is settled with its new one; what the rules refuse of the later ones stays set
        aside. None when there is no such command. Raises Refused when the rules now say no to it.
        When it counts as given is written down in `telling`.
        """
        entry = self._set_aside(cmd_id)
        if entry is None:
            return None
        moved: dict[str, str] = {}
        done, changed = self._anew(entry, moved, entry)
        for later in self._taken_along(cmd_id):
            with suppress(Refused):
                changed = both(changed, self._anew(later, moved, entry)[1])
        return done, changed

    def _anew(self, entry: Entry, moved: dict[str, str], head: Entry) -> tuple[Done, Changed]:
        """`moved` are ids that commands decided anew have given up, and what stands for them now.

        `head` is the one that was refused: itself, or the one it was built on.
        """
        first = entry.envelope
        past = Past(first.occurred_at, first.batch) if first.occurred_at else None
        when = When(past, self._told(entry, head))
        along = Along(settled=entry.cmd_id)
        if first.undoes is not None:
            done = self.undo(moved.get(first.undoes, first.undoes), along, when)
        else:
            wish = {name: renamed(value, moved) for name, value in first.wish.items()}
            done = self._carry(command_of(first.kind, wish), when, entry.sealed, along)
        moved[entry.cmd_id] = done[0].cmd_id
        if (after := self._outbox.entry(done[0].cmd_id)) is not None:
            moved.update(new_ids(first, after.envelope))
        return done

    def _told(self, entry: Entry, head: Entry) -> Telling | None:
        if is_new_act(head):
            return None
        is_clock_off = head.why == "clock"
        age = self._outbox.age(entry)
        return first_telling(entry, is_clock_off=is_clock_off, now=self._seat.now(), age=age)

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
        others = [one.id for one in decision.relies_on if one.table == "case_file"]
        given: dict[str, datetime] = {}
        for one in dict.fromkeys((case_id, *others)):
            told = self._keeper.sound(lambda one=one: self._replica.history(one))
            given.update({entry.cmd_id: entry.at for entry in told})
            own = (entry for entry in self._outbox.of_case(one) if entry.state in UNFINISHED)
            given.update({entry.cmd_id: entry.envelope.at for entry in own})
        return given

    def _taken_along(self, cmd_id: str) -> list[Entry]:
        """What was set aside only because it built on a refused one, oldest first."""
        aside = self._outbox.entries([State.ATTENTION])
        return [
            one for one in aside if one.why == "built-on-refused" and one.facts.get("on") == cmd_id
        ]

    def as_note(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """Keep the words of a command set aside as a note on its case; the old one is settled."""
        entry = self._set_aside(cmd_id)
        if entry is None:
            return None
        note = AddNote(case_id=entry.envelope.case_id, text="\n".join(words_of(entry.envelope)))
        return self._carry(note, NOW, entry.sealed, Along(settled=cmd_id))

    def drop(self, cmd_id: str) -> None:
        """Let a command set aside go."""
        if self._set_aside(cmd_id) is not None:
            self._keeper.settle(cmd_id)

    def _set_aside(self, cmd_id: str) -> Entry | None:
        entry = self._outbox.entry(cmd_id)
        return entry if entry is not None and entry.state is State.ATTENTION else None

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
        )

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


def _sealed(person: Person, numbers: FoundNumbers) -> Sealed | None:
    if person.is_empty and not numbers:
        return None
    return Sealed("", person.name, person.phone, person.id_number, numbers)
