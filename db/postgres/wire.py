"""What travels between a seat and a PostgreSQL centre: offers on the way there, JSON on the way back."""

import json
from typing import Any

from app.domain.effects import Effect, Insert, Set
from app.domain.terms import Role
from app.services.envelope import Json, Sealed
from app.services.ports import Answer, Cursor, Duty, LogRow, Page, SnapshotPage
from app.services.queries import Operator
from app.services.values import is_text
from db.central.info import StoreInfo
from db.central.readable import id_in
from db.central.rows import instant


def offer(body: str, sealed: Sealed | None) -> dict[str, Json]:
    """A command as it is sent; what no server could hold is sent as what it would refuse."""
    return {
        "body": body if is_text(body) else "",
        "sealed": None if sealed is None else _parts(sealed),
    }


def _parts(sealed: Sealed) -> Json:
    numbers = [list(pair) for pair in sealed.numbers]
    texts = (sealed.case_id, sealed.name, sealed.phone, sealed.id_number)
    if not all(map(is_text, (*texts, *(part for pair in sealed.numbers for part in pair)))):
        return "unkeepable"
    return dict(
        zip(("case_id", "name", "phone", "id_number", "numbers"), (*texts, numbers), strict=True)
    )


def plain(text: str) -> str:
    """Typed text without what no server could hold."""
    return "".join(sign for sign in text if is_text(sign))


def answer(said: dict[str, Json], body: str) -> Answer:
    """An answer to the command in `body`, which names itself where the centre could not read it."""
    return Answer(
        said["cmd_id"] or id_in(body), said["status"], said["seq"], said["why"], said["facts"]
    )


def cursor(said: list[Any]) -> Cursor:
    """Where a log ends."""
    return Cursor(said[0], said[1])


def duty(said: dict[str, Json]) -> Duty:
    """Who has the duty lease."""
    return Duty(said["holder"], said["fence"], instant(said["until"]), said["is_mine"])


def page(said: dict[str, Json]) -> Page:
    """An answer to `pull`."""
    return Page(
        status=said["status"],
        rows=tuple(map(log_row, said["rows"])),
        cursor=cursor(said["cursor"]),
        at_head=said["at_head"],
        server_time=instant(said["server_time"]),
        poll_after=said["poll_after"],
    )


def snapshot_page(said: dict[str, Json]) -> SnapshotPage:
    """A page of the first fill."""
    position = said["position"]
    return SnapshotPage(
        rows=_rows(said["rows"]),
        history=tuple(map(log_row, said["history"])),
        position=None if position is None else json.dumps(position),
        done=said["done"],
        total=said["total"],
        head=cursor(said["head"]),
    )


def log_row(said: dict[str, Json]) -> LogRow:
    """One line of the log."""
    values: dict[str, Any] = dict(said)
    values |= {name: instant(said[name]) for name in ("claimed_at", "received_at")}
    values |= {"applied": tuple(map(_effect, said["applied"])), "rows": _rows(said["rows"])}
    values |= {name: tuple(said[name]) for name in ("others", "gone")}
    return LogRow(**values)


def _rows(said: list[Any]) -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple((one[0], one[1]) for one in said)


def _effect(one: dict[str, Json]) -> Effect:
    return Set(**one) if "base" in one else Insert(**one)


def sealed(said: dict[str, Json]) -> Sealed:
    """A person in clear."""
    values: dict[str, Any] = dict(said)
    values["numbers"] = tuple((one[0], one[1]) for one in said["numbers"])
    return Sealed(**values)


def operator(said: dict[str, Json]) -> Operator:
    """A person of the centre."""
    values: dict[str, Any] = {**said, "role": Role(said["role"])}
    return Operator(**values)


def store_info(said: dict[str, Json]) -> StoreInfo:
    """What a store says of itself."""
    values: dict[str, Any] = {**said, "created_at": instant(said["created_at"])}
    return StoreInfo(**values)
