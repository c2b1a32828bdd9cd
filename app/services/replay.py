"""The log decided once more: every command that the Measures, as loaded here, would not have allowed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain.case import Dossier
from app.domain.decide import decide
from app.domain.effects import Decision, Effect
from app.domain.folding import folded
from app.domain.moment import Actor, Moment, Setting
from app.domain.refused import Refused
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

    Taking back is not decided but restored, so undo lines are folded only.
    """
    cases: dict[str, Dossier] = {}
    for past in log:
        envelope = past.envelope
        before = cases.get(envelope.case_id)
        if envelope.undoes is None and (code := _verdict(past, before, setting)):
            yield Finding(past.seq, envelope.cmd_id, envelope.kind, code)
        cases[envelope.case_id] = folded(before, past.applied, envelope.cmd_id)


def _verdict(past: Past, before: Dossier | None, setting: Setting) -> str:
    envelope = past.envelope
    wish = command_of(envelope.kind, envelope.wish)
    try:
        again = decide(wish, before, _moment(past, before, setting))
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


def _same(again: Decision, envelope: Envelope) -> bool:
    return set(map(_key, again.effects)) == set(map(_key, envelope.effects))


def _key(effect: Effect) -> tuple[object, ...]:
    return (effect.table, effect.id, frozenset(effect.values.items()))


def _text(applied: tuple[Effect, ...], name: str) -> str:
    """What a new case was given under that name; empty when nothing."""
    return next((str(effect.values[name]) for effect in applied if name in effect.values), "")
