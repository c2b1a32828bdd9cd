"""The log decided once more: every command that the Measures, as loaded here, would not have allowed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.case import Dossier
from app.domain.commands import Register
from app.domain.decide import decide
from app.domain.effects import Effect, Insert, Scalar, Wire
from app.domain.folding import all_folded
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
from app.domain.rules import WIDE, Rule, rules_of, undo_of
from app.services.books import Books
from app.services.checks import stamps_of
from app.services.envelope import Envelope
from app.services.values import defaults_of
from app.services.wishes import command_of


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the log as it was submitted and as it was applied, and who stood behind it then.

    `is_given`: an earlier program decided it; it is folded, and not decided again.
    """

    seq: int
    envelope: Envelope
    applied: tuple[Effect, ...]
    actor: Actor
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class Redacted:
    """A line that lost a text by law: `applied` is None when nobody can say any more what it did."""

    seq: int
    cmd_id: str
    case_id: str
    applied: tuple[Effect, ...] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A command that would be decided otherwise today: refused (with its code), or to other effect."""

    seq: int
    cmd_id: str
    kind: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False)


#: Rows by table, id and whether they are new.
Rows = Mapping[tuple[str, str, bool], Wire]
#: What decides when a case is due.
DUE = "case_file.due_at"
#: Stands for a field that is not there at all.
_NOTHING = object()


def replay(log: Iterable[Past | Redacted], setting: Setting) -> Iterator[Finding]:
    """Decide every logged command anew on the cases as the log had left them.

    Taking back is not decided but restored: of undo lines only that nobody had built on what they undo.
    A case of which a line no longer says what it did is left alone from there on.
    """
    books = Books()
    for past in log:
        case_id, cmd_id = _named(past)
        about = {case_id, *_others(past)}
        if past.applied is None or not books.lost.isdisjoint(about):
            books.lost |= about
            continue
        before = books.cases.get(case_id)
        try:
            if isinstance(past, Past) and not past.is_given:
                yield from _verdict(past, before, setting, books)
            known = {one: books.cases[one] for one in about if one in books.cases}
            for after in all_folded(known, past.applied, cmd_id).values():
                books.put(after)
        except (KeyError, ValueError, TypeError) as odd:  # of a program that is not here
            yield _finding(past, "undecidable", what=str(odd))
            books.lost |= about


def _others(past: Past | Redacted) -> Iterator[str]:
    """The other cases that a line writes, if it is of a kind that may."""
    if isinstance(past, Past) and past.envelope.kind not in WIDE:
        return iter(())
    return (one.id for one in past.applied or () if one.table == "case_file")


def _named(past: Past | Redacted) -> tuple[str, str]:
    one = past.envelope if isinstance(past, Past) else past
    return one.case_id, one.cmd_id


def _finding(past: Past | Redacted, code: str, **facts: Any) -> Finding:
    kind = past.envelope.kind if isinstance(past, Past) else ""
    return Finding(past.seq, _named(past)[1], kind, code, facts)


def _verdict(
    past: Past, before: Dossier | None, setting: Setting, books: Books
) -> Iterator[Finding]:
    """What is wrong with the line: its decision, and whether the store applied what was decided."""
    envelope = past.envelope
    if envelope.undoes is None:
        yield from _decided(past, before, setting, books)
    elif _is_built_on(envelope, books):
        yield _finding(past, "undo-too-late")
    wanted = _rows(as_applied(envelope, past.actor, _key_in(past.applied)))
    if odd := _odd(wanted, _rows(past.applied)):
        yield _finding(past, "applied-otherwise", fields=odd)


def _decided(
    past: Past, before: Dossier | None, setting: Setting, books: Books
) -> Iterator[Finding]:
    envelope = past.envelope
    wish = command_of(envelope.kind, envelope.wish)
    named = wish.supplements if isinstance(wish, Register) else None
    if named in books.lost:
        return
    beside = books.beside(wish)
    try:
        moment = _moment(past, before, setting)
        again = decide(wish, before, replace(moment, matter=books.matter(named), beside=beside))
    except Refused as no:
        yield _finding(past, no.code, **no.facts)
        return
    wanted, found = _rows(_filled(again.effects)), _rows(_filled(envelope.effects))
    odd = _odd(wanted, found)
    if DUE in odd:
        yield _finding(past, "due-otherwise", right=_due(wanted), said=_due(found))
    elif odd or set(again.relies_on) != set(envelope.relies_on):
        yield _finding(past, "decided-otherwise", fields=odd)


def _moment(past: Past, before: Dossier | None, setting: Setting) -> Moment:
    envelope = past.envelope
    return Moment(
        now=envelope.at,
        actor=past.actor,
        cmd_id=envelope.cmd_id,
        setting=_as_then(past, before, setting),
        number=_text(past.applied, "number") if before is None else "",
        batch=envelope.batch,
        case_id=envelope.case_id,
        is_past=envelope.occurred_at is not None,
        calendar=_text(past.applied, "calendar"),
    )


def _as_then(past: Past, before: Dossier | None, setting: Setting) -> Setting:
    """The rules with the version of the edition that judged the case, whatever has replaced it since."""
    stamp = before.case.edition if before else _text(past.applied, "edition")
    try:
        return replace(setting, editions=setting.editions.as_of(stamp))
    except KeyError:
        raise Refused("edition-missing", edition=stamp) from None


def _is_built_on(envelope: Envelope, books: Books) -> bool:
    """Whether it takes back a refusal that was built on: that cannot have been."""
    if envelope.kind != undo_of("refuse"):
        return False
    matter = books.matter(envelope.case_id)
    return matter is not None and bool(matter.supplemented_by())


def as_applied(envelope: Envelope, actor: Actor, key: Scalar = None) -> tuple[Effect, ...]:
    """The effects of a command as a store applies them: fields left out filled, its stamps written.

    `key` is the reporter's, which only the store can make of the sealed number.
    """
    rules = rules_of(envelope.kind, actor.role)
    return tuple(_stamped(effect, rules, actor.login, key) for effect in envelope.effects)


def _stamped(effect: Effect, rules: tuple[Rule, ...], login: str, key: Scalar) -> Effect:
    is_new = isinstance(effect, Insert)
    mine = (rule for rule in rules if (rule.table, rule.is_insert) == (effect.table, is_new))
    names = stamps_of(effect, frozenset[str]().union(*(rule.stamps for rule in mine)))
    stamps = {name: key if name == "reporter_key" else login for name in names}
    filled = defaults_of(effect.table) if is_new else {}
    return replace(effect, values={**filled, **effect.values, **stamps})


def _key_in(applied: tuple[Effect, ...]) -> Scalar:
    return next(
        (one.values["reporter_key"] for one in applied if "reporter_key" in one.values), None
    )


def _filled(effects: Iterable[Effect]) -> Iterator[Effect]:
    """New rows whole: one made by an older program has what it did not name by default."""
    for one in effects:
        is_new = isinstance(one, Insert)
        yield replace(one, values={**defaults_of(one.table), **one.values}) if is_new else one


def _rows(effects: Iterable[Effect]) -> Rows:
    return {(one.table, one.id, isinstance(one, Insert)): one.values for one in effects}


def _odd(wanted: Rows, found: Rows) -> tuple[str, ...]:
    """The fields, as `table.field`, that are not as they should be."""
    if wanted == found:
        return ()
    pairs = ((key[0], wanted.get(key, {}), found.get(key, {})) for key in {**wanted, **found})
    return tuple(
        f"{table}.{name}"
        for table, one, other in pairs
        for name in {**one, **other}
        if one.get(name, _NOTHING) != other.get(name, _NOTHING)
    )


def _due(rows: Rows) -> Any:
    """The due instant that the rows say; None when they leave it as it was, or say none."""
    return next((values["due_at"] for values in rows.values() if "due_at" in values), None)


def _text(applied: tuple[Effect, ...], name: str) -> str:
    """What a new case was given under that name (its number, its holidays…); empty when nothing."""
    return next((str(effect.values[name]) for effect in applied if name in effect.values), "")
