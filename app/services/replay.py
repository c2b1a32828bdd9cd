"""The log decided once more: every command that the Measures, as loaded here, would not have allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.case import Case, Dossier
from app.domain.commands import Register
from app.domain.decide import decide
from app.domain.effects import Decision, Effect
from app.domain.folding import folded
from app.domain.matter import Matter, matter_of
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
from app.domain.rules import undo_of
from app.services.envelope import Envelope
from app.services.wishes import command_of


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the log as it was submitted and as it was applied, and who stood behind it then."""

    seq: int
    envelope: Envelope
    applied: tuple[Effect, ...]
    actor: Actor


@dataclass(frozen=True, slots=True)
class Finding:
    """A command that would be decided otherwise today: refused (with its code), or to other effect."""

    seq: int
    cmd_id: str
    kind: str
    code: str


def replay(log: Iterable[Past], setting: Setting) -> Iterator[Finding]:
    """Decide every logged command anew on the cases as the log had left them.

    Taking back is not decided but restored: of undo lines only that nobody had built on what they undo.
    """
    books = Books()
    for past in log:
        envelope = past.envelope
        before = books.cases.get(envelope.case_id)
        if code := _verdict(past, before, setting, books):
            yield Finding(past.seq, envelope.cmd_id, envelope.kind, code)
        books.put(folded(before, past.applied, envelope.cmd_id))


@dataclass(slots=True)
class Books:
    """The cases as the log has left them so far, and which of them take up which others again."""

    cases: dict[str, Dossier] = field(default_factory=dict[str, Dossier])
    _linked: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def put(self, on: Dossier) -> None:
        """A case as it is now."""
        if on.case.supplements and on.case.id not in self.cases:
            self._linked.setdefault(on.case.supplements, []).append(on.case.id)
        self.cases[on.case.id] = on

    def matter(self, case_id: str | None) -> Matter | None:
        """A case with all by which it was taken up again."""
        if case_id is None:
            return None
        return matter_of(case_id, self._find, self._supplementing)

    def _find(self, case_id: str) -> Case | None:
        found = self.cases.get(case_id)
        return None if found is None else found.case

    def _supplementing(self, case_id: str) -> Iterable[Case]:
        return (self.cases[one].case for one in self._linked.get(case_id, ()))


def _verdict(past: Past, before: Dossier | None, setting: Setting, books: Books) -> str:
    envelope = past.envelope
    if envelope.undoes is not None:
        return _undone(envelope, books)
    wish = command_of(envelope.kind, envelope.wish)
    try:
        moment = _moment(past, before, setting)
        named = wish.supplements if isinstance(wish, Register) else None
        again = decide(wish, before, replace(moment, matter=books.matter(named)))
    except Refused as no:
        return no.code
    return "" if _same(again, envelope) else "decided-otherwise"


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
    )


def _as_then(past: Past, before: Dossier | None, setting: Setting) -> Setting:
    """The rules with the version of the edition that judged the case, whatever has replaced it since."""
    stamp = before.case.edition if before else _text(past.applied, "edition")
    try:
        return replace(setting, editions=setting.editions.as_of(stamp))
    except KeyError:
        raise Refused("edition-missing", edition=stamp) from None


def _undone(envelope: Envelope, books: Books) -> str:
    """A refusal that was built on cannot have been taken back."""
    if envelope.kind != undo_of("refuse"):
        return ""
    matter = books.matter(envelope.case_id)
    return "undo-too-late" if matter and matter.supplemented_by() else ""


def _same(again: Decision, envelope: Envelope) -> bool:
    effects = set(map(_key, again.effects)) == set(map(_key, envelope.effects))
    return effects and set(again.relies_on) == set(envelope.relies_on)


def _key(effect: Effect) -> tuple[object, ...]:
    return (effect.table, effect.id, frozenset(effect.values.items()))


def _text(applied: tuple[Effect, ...], name: str) -> str:
    """What a new case was given under that name; empty when nothing."""
    return next((str(effect.values[name]) for effect in applied if name in effect.values), "")
