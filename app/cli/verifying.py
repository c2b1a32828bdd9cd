"""A store verified to the last, every decision by the Measures in force there, and what a person reads of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from app.cli.places import Rules, rules
from app.domain.calendar import LOCAL
from app.domain.moment import Actor, Setting
from app.domain.terms import Role
from app.services import replay
from db.central.finding import Finding, Report
from db.central.sealing import key_path
from db.central.verify import Logged
from db.centre import key_of, verify
from db.places import Place, file_of
from resources.wrong import Wrong
from ui.sentences import Words

#: What a replay finds beside plain refusals.
OTHERWISE = ("due-otherwise", "decided-otherwise", "applied-otherwise", "undecidable")


#: What to do about each kind of finding, in the order in which a person has to do it.
REMEDIES: Mapping[str, tuple[str, ...]] = {
    "key": ("store-key-missing", "store-key-wrong", "store-keys-lost"),
    "restore": (
        *("file", "gap", "chain", "head", "text", "column", "time"),
        *("base", "scope", "claim", "undo", "row", "row-missing", "filter", "content"),
    ),
    "sealed": ("sealed", "sealed-lost", "sealed-extra", "reporter-key"),
    "upgrade": ("rule-drift", "drift"),
    "decide": ("refused", *OTHERWISE),
}
#: So many findings of one kind are told one by one.
MOST = 20
#: Sentences about one finding, by its code.
DETAIL = "cli.verify.detail"
_INSTANTS = ("at", "right", "said")


def verified(place: Place, found: Rules | None = None) -> Report:
    """Everything about a store, its decisions by the rules that were *found*, else by those beside a file."""
    known = found or rules(file_of(place))
    return verify(place, partial(decided_again, known.setting))


def decided_again(setting: Setting, lines: Iterable[Logged]) -> Iterator[Finding]:
    """The Measures' own verdict on every line, as findings of the verification."""
    for one in replay.replay(map(_past, lines), setting):
        code, facts = one.code, one.facts
        if code not in OTHERWISE:
            code, facts = "refused", {"code": one.code, "facts": one.facts}
        yield Finding(code, f"{one.kind} {one.cmd_id}", one.seq, facts)


def _past(line: Logged) -> replay.Past | replay.Redacted:
    if line.envelope is None or line.effects is None:
        return replay.Redacted(line.seq, line.cmd_id, line.case_id, line.effects)
    district = line.envelope.district
    actor = Actor(line.actor, line.actor, Role(line.role), district, line.unit or None)
    return replay.Past(line.seq, line.envelope, line.effects, actor, line.is_given)


def complaints(wrong: Iterable[Wrong], words: Words) -> Iterator[str]:
    """What is wrong with the files that were to change the rules."""
    return (words.say(f"wrong.{one.expected}", **one.facts) for one in wrong)


def told(report: Report, place: Place, words: Words) -> Iterator[str]:
    """The result line by line: what is wrong and where, by kind, and what to do about each kind."""
    path = file_of(place)
    counts = {"commands": report.lines, "rows": report.rows, "sealed": report.sealed}
    if report.is_sound:
        yield words.say("cli.verify.sound", **counts)
    else:
        yield words.say("cli.verify.unsound", count=len(report.findings), **counts)
    for what in ("given", "files", "redacted"):
        if count := getattr(report, what):
            yield words.say(f"cli.verify.{what}", count=count)
    for remedy, codes in REMEDIES.items():
        mine = [one for code in codes for one in report.findings if one.code == code]
        for _, some in groupby(mine, lambda one: one.code):
            yield from _kind(list(some), words)
        if mine:
            facts = {
                "path": str(path or key_of(place)),
                "key": str((path and key_path(path)) or "secret"),
            }
            yield words.say(f"cli.verify.do.{remedy}", **facts)
    if not report.decided:
        yield words.say("cli.verify.undecided")


def _kind(some: list[Finding], words: Words) -> Iterator[str]:
    """One kind of finding: what it means, and the places, the first of them one by one."""
    yield words.say(f"cli.verify.found.{some[0].code}")
    yield from (_place(one, words) for one in some[:MOST])
    if len(some) > MOST:
        yield words.say("cli.verify.more", count=len(some) - MOST)


def _place(one: Finding, words: Words) -> str:
    facts = {name: _readable(name, value, words) for name, value in one.facts.items()}
    facts |= {"where": _shown(one.where), "seq": one.seq}
    detail = _detail(one, facts, words)
    key = "cli.verify.line" if "kind" in facts else "cli.verify.place"
    return words.say(key, **facts, detail=detail)


def _detail(one: Finding, facts: Mapping[str, Any], words: Words) -> str:
    """What more there is to say about one finding; mostly nothing."""
    if one.code == "refused":
        return words.say(
            f"{DETAIL}.refused", why=words.refusal(one.facts["code"], one.facts["facts"])
        )
    return words.say(f"{DETAIL}.{one.code}", **facts) if words.knows(f"{DETAIL}.{one.code}") else ""


def _readable(name: str, value: Any, words: Words) -> Any:
    """A fact in words: instants in local time with their year, none for what is not written."""
    if value is None:
        return words.say("cli.verify.nothing")
    try:
        at = datetime.fromisoformat(value) if name in _INSTANTS else None
    except ValueError:
        at = None
    return _shown(value) if at is None else at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")


def _shown(value: Any) -> Any:
    """What a damaged file gives instead of text can stand in no line as it is."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
