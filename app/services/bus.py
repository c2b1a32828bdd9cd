"""Carries out what a person asks for: seal, decide, keep durably, show. Runs on *desk*."""

from contextlib import suppress

from app.domain.commands import AddNote, Command, ImportRecord, Person, Undo
from app.domain.refused import Refused
from app.domain.sealing import Numbers as FoundNumbers
from app.domain.sealing import seal
from app.services.deciding import NOW, Deciding, Past, Seat, When
from app.services.envelope import Sealed
from app.services.feed import both
from app.services.keeper import ALONE, Along, Keeper
from app.services.local import Entry, Outbox, State
from app.services.numbers import Numbers
from app.services.queries import Changed, Done
from app.services.renaming import new_ids, renamed
from app.services.replica import Replica
from app.services.supplements import NO_LINK, alone
from app.services.telling import Telling, first_telling, is_new_act
from app.services.wishes import command_of, words_of


class Bus:
    """One road for every change. Methods raise Refused, and Unreachable when the disk does not write."""

    def __init__(
        self, seat: Seat, replica: Replica, outbox: Outbox, keeper: Keeper, numbers: Numbers
    ) -> None:
        self._seat = seat
        self._outbox = outbox
        self._keeper = keeper
        self._deciding = Deciding(seat, replica, outbox, keeper, numbers)

    def carry(
        self, command: Command, past: Past | None = None, draft_id: str = "", settles: str = ""
    ) -> tuple[Done, Changed]:
        """Carry out a command; in one transaction with it go the draft and the one set aside that it
        came of. A registration then keeps the number that a caller was told.
        """
        if isinstance(command, Undo):
            return self.undo(command.undone)
        masked, person, numbers = seal(command)
        parts = _sealed(person, numbers)
        settled = settles if self._set_aside(settles) is not None else ""
        when = When(past=_past_of(command) or past)
        along = Along(settled=settled, draft_id=draft_id)
        return self._deciding.carry(masked, when, parts, along)

    def undo(self, cmd_id: str) -> tuple[Done, Changed]:
        """Take an own command back. Raises Refused('undo-too-late')."""
        return self._deciding.undo(cmd_id, ALONE, NOW)

    def again(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """Decide the wish of a command set aside anew, as another one, and what was built on it.

        Each old one is settled with its new one; what the rules refuse of the later ones stays set
        aside. None when there is no such command. Raises Refused when the rules now say no to it.
        When it counts as given is written down in `telling`.
        """
        entry = self._set_aside(cmd_id)
        return None if entry is None else self._again(entry)

    def again_or_alone(self, cmd_id: str) -> tuple[Done, Changed] | None:
        """The same, for a person who was told: what cannot supplement its case any more stands alone.

        Its number was given to a caller; it cannot be taken back for want of a link.
        """
        entry = self._set_aside(cmd_id)
        if entry is None:
            return None
        try:
            return self._again(entry)
        except Refused as no:
            if no.code not in NO_LINK:
                raise
            return self._again(alone(entry))

    def _again(self, entry: Entry) -> tuple[Done, Changed]:
        """All of it in one transaction: half would be left to a person to piece together."""
        moved = dict[str, str]()
        with self._keeper.together():
            done, changed = self._anew(entry, moved, entry)
            for later in self._taken_along(entry.cmd_id):
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
            done = self._deciding.undo(moved.get(first.undoes, first.undoes), along, when)
        else:
            wish = {name: renamed(value, moved) for name, value in first.wish.items()}
            done = self._deciding.carry(command_of(first.kind, wish), when, entry.sealed, along)
        moved[entry.cmd_id] = done[0].cmd_id
        after = self._outbox.entry(done[0].cmd_id)
        assert after is not None  # it was kept a moment ago, in this transaction
        moved.update(new_ids(first, after.envelope))
        return done

    def _told(self, entry: Entry, head: Entry) -> Telling | None:
        if is_new_act(head):
            return None
        is_clock_off = head.why == "clock"
        age = self._outbox.age(entry)
        return first_telling(entry, is_clock_off=is_clock_off, now=self._seat.now(), age=age)

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
        return self._deciding.carry(note, NOW, entry.sealed, Along(settled=cmd_id))

    def drop(self, cmd_id: str, reason: str) -> None:
        """Let a command set aside go, for a reason that stays beside it. Raises Refused without one."""
        if not reason.strip():
            raise Refused("drop-needs-reason")
        if self._set_aside(cmd_id) is not None:
            with self._outbox.batch():
                self._outbox.give_reason(cmd_id, reason.strip())
                self._keeper.settle(cmd_id)

    def _set_aside(self, cmd_id: str) -> Entry | None:
        entry = self._outbox.entry(cmd_id)
        return entry if entry is not None and entry.state is State.ATTENTION else None


def _past_of(command: Command) -> Past | None:
    if isinstance(command, ImportRecord):
        return Past(command.occurred_at, command.batch)
    return None


def _sealed(person: Person, numbers: FoundNumbers) -> Sealed | None:
    if person.is_empty and not numbers:
        return None
    return Sealed("", person.name, person.phone, person.id_number, numbers)
