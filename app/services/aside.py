"""A command that the centre did not take, as a person is told of it and may take it up again."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from app.domain.case import Case
from app.domain.commands import Person, Register
from app.domain.effects import row_from
from app.services.envelope import Sealed
from app.services.local import Entry, State
from app.services.queries import Attention, Delivery, TimelineEntry
from app.services.wishes import command_of, words_of


def aside(entry: Entry, case: Case | None, history: Sequence[TimelineEntry]) -> Attention:
    """What was wanted, why not, what was seen, what is now, and who was faster; `history` is the log of its case."""
    envelope = entry.envelope
    return Attention(
        cmd_id=envelope.cmd_id,
        kind=envelope.kind,
        case_id=envelope.case_id,
        number=entry.number,
        why=entry.why,
        at=envelope.at,
        wish=envelope.wish,
        facts=entry.facts,
        can_be_note=case is not None and bool(words_of(envelope)),
        can_be_reopened=_is_a_registration(entry),
        saw=_seen(entry),
        case=case,
        since=tuple(_since(entry, history)),
    )


def _seen(entry: Entry) -> Case | None:
    """The case as it stood when the command was decided; None for a new one."""
    key = "case_file", entry.envelope.case_id
    before = entry.befores.get(key)
    row = None if before is None else row_from("case_file", before)
    return row if isinstance(row, Case) else None


def registration(entry: Entry | None) -> Register | None:
    """A registration set aside as it was given, its person and numbers in clear; None for anything else."""
    if entry is None or not _is_a_registration(entry):
        return None
    command = command_of("register", entry.envelope.wish)
    assert isinstance(command, Register)
    return command if entry.sealed is None else in_clear(command, entry.sealed)


def _is_a_registration(entry: Entry) -> bool:
    return entry.state is State.ATTENTION and entry.envelope.kind == "register"


def in_clear(command: Register, sealed: Sealed) -> Register:
    """A registration as it was given, from its masked form and what was sealed of it."""
    masked = command.reporter
    person = Person(
        name=sealed.name or masked.name,
        phone=sealed.phone or masked.phone,
        id_number=sealed.id_number or masked.id_number,
    )
    left, texts = list(sealed.numbers), dict[str, Any]()
    for field in fields(command):  # the numbers were found in the order of the fields
        value = getattr(command, field.name)
        if type(value) is str:
            texts[field.name] = _unmasked(value, left)
    return replace(command, reporter=person, **texts)


def _unmasked(text: str, left: list[tuple[str, str]]) -> str:
    """`text` with the numbers back in it that are its own; those are taken from `left`."""
    for masked, number in tuple(left):
        if masked in text:
            text = text.replace(masked, number, 1)
            left.remove((masked, number))
    return text


def _since(entry: Entry, history: Sequence[TimelineEntry]) -> Iterator[TimelineEntry]:
    """What the centre said others had done, or, where it said nothing, what is known here of that time."""
    told: Sequence[dict[str, Any]] = entry.facts.get("since", ())
    known = {one.cmd_id: one for one in history}
    if told:
        yield from (known.get(line["cmd_id"]) or _line(line) for line in told)
    else:
        yield from (one for one in history if one.at > entry.envelope.at)


def _line(told: dict[str, Any]) -> TimelineEntry:
    """A line of the log that this seat has not read yet."""
    return TimelineEntry(
        cmd_id=told["cmd_id"],
        kind=told["kind"],
        actor=told["actor"],
        at=datetime.fromisoformat(told["at"]),
        wish={},
        delivery=Delivery.FINISHED,
        seq=told["seq"],
    )
