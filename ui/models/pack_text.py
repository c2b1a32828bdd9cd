"""The evidence pack in words: sections of lines, and the whole as one text to hand on."""

from collections.abc import Iterator

from app.domain.evidence import Back, Pack
from app.domain.policy import Policy
from ui.names import DataNames
from ui.wording import Wording

Section = tuple[str, tuple[str, ...]]


def sections(pack: Pack, words: Wording, data: DataNames, policy: Policy) -> tuple[Section, ...]:
    """Each part of the pack under its heading, in the order of reading; empty ones are left out."""
    found = (
        ("pack.asked", tuple(_asked(pack))),
        ("pack.sent", tuple(_sent(pack, words, data))),
        ("pack.back", tuple(_back(one, words, data, policy) for one in pack.back)),
        ("pack.tally", tuple(_tally(pack, words, data))),
        ("pack.blocked", tuple(_blocked(pack, words, data))),
        ("pack.duty", tuple(_duty(pack, words, data))),
    )
    return tuple((words.say(key), lines) for key, lines in found if lines)


def whole(pack: Pack, words: Wording, data: DataNames, policy: Policy) -> str:
    """The pack as plain text."""
    parts = sections(pack, words, data, policy)
    blocks = ("\n".join((head, *(f"- {line}" for line in lines))) for head, lines in parts)
    return "\n\n".join((words.say("pack.title", number=pack.case.number), *blocks)) + "\n"


def _asked(pack: Pack) -> Iterator[str]:
    case = pack.case
    yield from filter(None, (case.title, case.narrative, case.address))


def _sent(pack: Pack, words: Wording, data: DataNames) -> Iterator[str]:
    for one in pack.sent:
        told = {
            "unit": data.unit(one.task.unit),
            "part": words.say(f"case.part_of.{one.task.part}"),
            "since": one.task.dispatched_at,
            "who": data.person(one.task.dispatched_by),
        }
        key = "pack.sent.until" if one.until else "pack.sent.now"
        yield words.say(key, until=one.until, **told)


def _back(one: Back, words: Wording, data: DataNames, policy: Policy) -> str:
    request = one.request
    reasons = {reason.code: data.of(reason) for reason in policy.return_reasons}
    told = {
        "unit": data.unit(one.unit),
        "n": one.nth,
        "at": request.asked_at,
        "reason": reasons.get(request.reason, request.reason),
        "text": request.text,
        "named": data.unit(request.proper_unit),
        "basis": request.basis,
    }
    return words.say("pack.back.line", **told) + _judged(one, words, data)


def _judged(one: Back, words: Wording, data: DataNames) -> str:
    request = one.request
    state = words.say(f"case.decision.{request.status}")
    if request.decided_at is None:
        return words.say("pack.back.open", state=state)
    improper = words.say("pack.back.improper") if request.is_improper else ""
    told = {"who": data.person(request.decided_by), "text": request.decision_text}
    return words.say("pack.back.judged", state=state, improper=improper, **told)


def _tally(pack: Pack, words: Wording, data: DataNames) -> Iterator[str]:
    for unit, (asked, improper) in pack.tally.items():
        yield words.say("pack.tally.line", unit=data.unit(unit), n=asked, improper=improper)
    for unit, votes in pack.named.items():
        yield words.say("pack.named.line", unit=data.unit(unit), n=votes)


def _blocked(pack: Pack, words: Wording, data: DataNames) -> Iterator[str]:
    for one in pack.blockers:
        told = {"at": one.asked_at, "needed": data.unit(one.proper_unit), "text": one.text}
        yield words.say("pack.blocked.line", state=words.say(f"case.decision.{one.status}"), **told)


def _duty(pack: Pack, words: Wording, data: DataNames) -> Iterator[str]:
    for one in pack.duty:
        unit = data.unit(one.unit) if one.unit else words.say("pack.duty.nobody")
        yield words.say("pack.duty.line", category=data.path(one.category), unit=unit)
    for one in pack.amended:
        told = {"unit": data.unit(one.unit), "at": one.amends_from, "text": one.ruling}
        yield words.say("pack.duty.amended", **told)
