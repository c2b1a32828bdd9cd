"""A decided command on its way: what travels to the centre, is kept in the log, and is hashed."""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Any, cast

from app.domain.effects import Effect, Insert, Reliance, Set, to_wire

Json = Any
#: What JSON takes as it is; nearly everything in an envelope, so it is asked first.
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_LONGEST_NUMBER = 308


@dataclass(frozen=True, slots=True)
class Sealed:
    """Personal data beside the log: the reporter of `case_id`, and numbers found in free text.

    `numbers` maps the masked form that stands in the text to the number itself.
    """

    case_id: str
    name: str = ""
    phone: str = ""
    id_number: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One command, decided: `wish` is what was asked (sealed parts masked), `effects` what it does.

    `claimed_at` is the seat's corrected clock; `occurred_at` drives the clocks of historical batches
    only. `undoes` names the command taken back; `read_to` is how far the seat had read the feed when
    it decided (`Cursor.text`; '' for nowhere). Personal data are not in the body.
    """

    cmd_id: str
    kind: str
    actor: str
    seat: str
    district: str
    case_id: str
    wish: Mapping[str, Json]
    effects: tuple[Effect, ...]
    relies_on: tuple[Reliance, ...] = ()
    claimed_at: datetime
    occurred_at: datetime | None = None
    batch: str | None = None
    undoes: str | None = None
    read_to: str = ""

    @property
    def at(self) -> datetime:
        """The instant at which the command counts."""
        return self.occurred_at or self.claimed_at

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that it concerns: its own first, then every other whose row it writes."""
        rows = (one.id for one in self.effects if one.table == "case_file")
        return tuple(dict.fromkeys((self.case_id, *rows)))


def encode(envelope: Envelope) -> str:
    """The exact text that travels and is hashed: compact JSON, keys in order."""
    body = {field.name: _plain(getattr(envelope, field.name)) for field in fields(envelope)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode(text: str) -> Envelope:
    """The envelope that `encode` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    body: dict[str, Json] = _STRICT.decode(text)
    body["effects"] = tuple(_effect(one) for one in _listed(body["effects"]))
    body["relies_on"] = tuple(Reliance(**one) for one in _listed(body["relies_on"]))
    body["claimed_at"] = _instant(body["claimed_at"])
    if body["occurred_at"] is not None:
        body["occurred_at"] = _instant(body["occurred_at"])
    return Envelope(**body)


def _refused(sign: str) -> Json:
    raise ValueError(sign)


def _float(sign: str) -> float:
    found = float(sign)
    return found if isfinite(found) else _refused(sign)


def _int(sign: str) -> int:
    return int(sign) if len(sign) <= _LONGEST_NUMBER else _refused(sign)


#: No NaN, no infinity, no number that other readers of the log could not hold.
_STRICT = json.JSONDecoder(parse_float=_float, parse_int=_int, parse_constant=_refused)


def _listed(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return cast("list[Json]", value)


def _instant(text: str) -> datetime:
    """An instant exactly as `to_wire` writes it: another spelling would be another hash."""
    at = datetime.fromisoformat(text)
    if to_wire(at) != text or not text.endswith("Z"):
        raise ValueError(text)
    return at


def wish_of(command: Any) -> dict[str, Json]:
    """A command's own fields as they travel; left out are empty ones, unless empty is something said."""
    pairs = ((field, _plain(getattr(command, field.name))) for field in fields(command))
    return {field.name: value for field, value in pairs if not _is_unsaid(field, value)}


def _is_unsaid(field: Field[Any], value: Json) -> bool:
    """Where None is what leaves a field as it is, an empty text or a no is a wish of its own."""
    return value is None if field.default is None else value in (None, "", [], {}, False)


def _plain(value: Any) -> Json:
    if type(value) in _AS_THEY_ARE:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[Any, ...]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {name: _plain(one) for name, one in pairs}
    return to_wire(value) if isinstance(value, datetime | StrEnum) else value


def _effect(one: dict[str, Json]) -> Effect:
    return Set(**one) if "base" in one else Insert(**one)
