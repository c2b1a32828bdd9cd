"""Which texts are commands at all: what every store and every seat can read, and nothing else."""

import json
import re
from itertools import chain
from typing import Any, cast

from app.domain.effects import Set
from app.services.envelope import Envelope, Json, decode
from app.services.ports import Answer

#: Escapes of what no text column can hold: NUL, and half of a surrogate pair.
_UNKEEPABLE = re.compile(
    r"\\u0000|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]"
)
#: Nothing honest is nested nearly so deep; every reader of the log must be able to follow.
DEEPEST = 64


def read(text: str) -> Envelope | Answer:
    """The envelope, or the refusal of what nobody can read (a newer client's, or a forger's)."""
    try:
        text.encode()
        if not _UNKEEPABLE.search(text.replace("\\\\", "")) and not _is_deep(text):
            envelope = decode(text)
            if _is_plain(envelope):
                return envelope
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return Answer(id_in(text), "denied", why="unreadable")


def id_in(text: str) -> str:
    """The id that an unreadable text gives itself; '' when there is none."""
    try:
        found = json.loads(text)["cmd_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def _is_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    level: list[Json] = [json.loads(text)]
    for _ in range(DEEPEST):
        level = list(chain.from_iterable(map(_inside, level)))
    return bool(level)


def _inside(one: Json) -> list[Json]:
    if isinstance(one, dict):
        return list(cast("dict[str, Json]", one).values())
    return cast("list[Json]", one) if isinstance(one, list) else []


def _is_plain(envelope: Envelope) -> bool:
    """Whether the parts are of the types that the rest of the store counts on."""
    rows = (*envelope.effects, *envelope.relies_on)
    based = (*envelope.relies_on, *(one for one in envelope.effects if isinstance(one, Set)))
    texts: list[Any] = [envelope.cmd_id, envelope.kind, envelope.seat, envelope.case_id]
    texts += [envelope.actor, envelope.district, envelope.read_to]
    texts += [one for one in (envelope.undoes, envelope.batch) if one is not None]
    texts += [part for one in rows for part in (one.table, one.id)] + [one.base for one in based]
    maps: list[Any] = [envelope.wish, *(one.values for one in envelope.effects)]
    if not all(isinstance(one, dict) for one in maps):
        return False
    values = chain.from_iterable(one.values.values() for one in envelope.effects)
    return all(isinstance(one, str) for one in texts) and not any(
        isinstance(one, dict | list) for one in values
    )
