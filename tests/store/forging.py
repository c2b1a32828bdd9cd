"""A forger who owns the file and its key: he changes a line and makes everything else agree with it."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.services.envelope import Sealed
from db.central.chain import ENTRIES, Entry, entry_from, head_of, move_head, sha256
from db.central.link import Link
from db.central.rows import instant
from db.central.sealing import Sealer, parts_of

Change = Callable[[dict[str, Any], list[dict[str, Any]]], None]


def forge(link: Link, sealer: Sealer, seq: int, change: Change) -> None:
    """Let `change` rewrite body and applied effects of a line, then chain, rows and filter anew."""
    (found,) = (one for one in _entries(link) if one.seq == seq)
    body, applied = json.loads(found.body or "{}"), json.loads(found.applied or "[]")
    change(body, applied)
    texts = (_text(body), _text(applied))
    columns = {name: body[name] for name in ("claimed_at", "occurred_at")}
    _write(link, replace(found, body=texts[0], applied=texts[1], **columns))
    _chain(link, sealer)
    _fold(link)


def set_in(values: dict[str, Any], *, also_decided: bool = False) -> Change:
    """Other values in the first effect that has such fields; `also_decided`: in what was decided too."""

    def change(body: dict[str, Any], applied: list[dict[str, Any]]) -> None:
        for effects in (applied, *([body["effects"]] if also_decided else [])):
            one = next(one for one in effects if values.keys() <= one["values"].keys())
            one["values"].update(values)

    return change


def _entries(link: Link) -> list[Entry]:
    return list(map(entry_from, link.rows(f"{ENTRIES} ORDER BY feed, seq")))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _write(link: Link, entry: Entry) -> None:
    names = ("body", "applied", "claimed_at", "occurred_at", "received_at")
    names += ("body_hash", "applied_hash", "prev", "hash")
    pairs = ", ".join(f"{name} = ?" for name in names)
    values = [getattr(entry, name) for name in names]
    link.run(f"UPDATE log SET {pairs} WHERE feed = ? AND seq = ?", (*values, entry.feed, entry.seq))


def _chain(link: Link, sealer: Sealer) -> None:
    """Every hash anew, the head, and what the duplicate filter remembers of each line."""
    before = ""
    for entry in _entries(link):
        hashes = (sha256(entry.body or ""), sha256(entry.applied or ""))
        fresh = replace(entry, body_hash=hashes[0], applied_hash=hashes[1], prev=before)
        fresh = replace(fresh, hash=fresh.chained())
        _write(link, fresh)
        _remember(link, sealer, fresh)
        before = fresh.hash
        head = head_of(link, fresh.feed)
        move_head(link, replace(head, hash=before, at=instant(fresh.received_at)))


def _remember(link: Link, sealer: Sealer, entry: Entry) -> None:
    sealed = _sealed(link, sealer, entry)
    digest = sealer.digest(entry.body or "", parts_of(sealed) if sealed else "")
    answer = {"status": "done", "seq": entry.seq, "facts": {"hash": entry.hash}}
    sql = "UPDATE command SET digest = ?, answer = ? WHERE cmd_id = ?"
    link.run(sql, (digest, json.dumps(answer), entry.cmd_id))


def _sealed(link: Link, sealer: Sealer, entry: Entry) -> Sealed | None:
    """What came sealed with a line."""
    if not entry.digest:
        return None
    sql = "SELECT name, phone, id_number FROM reporter WHERE cmd_id = ?"
    person = map(sealer.unseal, link.row(sql, (entry.cmd_id,)) or ("", "", ""))
    sql = "SELECT mask, value FROM sealed_number WHERE cmd_id = ? ORDER BY place"
    found = link.rows(sql, (entry.cmd_id,))
    numbers = tuple((mask, sealer.unseal(value)) for mask, value in found)
    return Sealed(entry.case_id, *person, numbers=numbers)


def _fold(link: Link) -> None:
    """The rows as the log now makes them."""
    for entry in _entries(link):
        for effect in entry.effects():
            pairs = ", ".join(f"{name} = ?" for name in effect.values)
            sql = f"UPDATE {effect.table} SET {pairs} WHERE id = ?"
            link.run(sql, (*effect.values.values(), effect.id))
