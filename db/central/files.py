"""Files of cases at a store that is a file: parts taken in order, a whole checked once, told in slices.

What somebody sends is kept under his own login until it is whole and right: nobody spoils another's.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.domain.lengths import LARGEST_FILE
from app.domain.refused import Refused
from app.services.files import MOST_DIGESTS, MOST_OF_A_PART, is_digest
from app.services.queries import Operator
from app.services.scope import marks_of, sees_case, sees_row
from db.central.held import scope_now, task_units
from db.central.link import Link
from db.central.rows import find, instant_text, selected, wire

_CARRYING = f"{selected('attachment')} WHERE digest = ? AND status = 'RECORDED'"
_PARTS = "FROM file_part WHERE digest = ? AND login = ?"
_HELD = f'SELECT "at" + length(bytes) {_PARTS} ORDER BY "at" DESC LIMIT 1'
_BYTES = f'SELECT bytes {_PARTS} ORDER BY "at"'
_KEPT = "SELECT login, size FROM kept_file WHERE digest = ?"


def files_at(link: Link, viewer: Operator, digests: Sequence[str]) -> frozenset[str]:
    """Those of some files that the store has whole and that are the viewer's to send or to see."""
    asked = digests[:MOST_DIGESTS]
    return frozenset(
        one
        for one in asked
        if link.row(_KEPT, (one,)) and any(_carrying(link, viewer, one, or_own=True))
    )


def part_of(link: Link, viewer: Operator, digest: str, at: int, most: int) -> bytes | None:
    """At most so many bytes from a place on; empty at the end, None where there is nothing for the viewer."""
    kept = link.row(_KEPT, (digest,))
    if kept is None or not any(_carrying(link, viewer, digest, or_own=False)):
        return None
    sql = f'SELECT "at", bytes {_PARTS} AND "at" <= ? ORDER BY "at" DESC LIMIT 1'
    found = link.row(sql, (digest, kept[0], max(at, 0)))
    if found is None:
        return b""
    begin = max(at, 0) - int(found[0])
    return bytes(found[1])[begin : begin + max(0, min(most, MOST_OF_A_PART))]


def put_part(  # noqa: PLR0913 - whose, what, where, which, when
    link: Link, viewer: Operator, digest: str, size: int, at: int, part: bytes, now: datetime
) -> int | None:
    """Take the next bytes of a file; how many there are now, None after the last of what was another file.

    Bytes for any other place than the next are left: the answer says where to go on. Raises
    Refused('file-denied') for who has no case with such a file, or sends more than it has.
    """
    _entitled(link, viewer, digest, size, part)
    mine = (digest, viewer.login)
    if (kept := link.row(_KEPT, (digest,))) is not None:
        if kept[0] != viewer.login:
            link.run(f"DELETE {_PARTS}", mine)
        return int(kept[1])
    held = int((link.row(_HELD, mine) or (0,))[0])
    if at != held or not part:
        return held
    if held + len(part) > size:
        link.run(f"DELETE {_PARTS}", mine)
        return None
    link.run(
        'INSERT INTO file_part (digest, login, "at", bytes) VALUES (?, ?, ?, ?)', (*mine, at, part)
    )
    return held + len(part) if held + len(part) < size else _kept(link, mine, size, now)


def _entitled(link: Link, viewer: Operator, digest: str, size: int, part: bytes) -> None:
    is_fit = is_digest(digest) and 0 < size <= LARGEST_FILE and len(part) <= MOST_OF_A_PART
    if not is_fit or size not in _carrying(link, viewer, digest, or_own=True):
        raise Refused("file-denied")


def _kept(link: Link, mine: tuple[str, str], size: int, now: datetime) -> int | None:
    """All bytes are there: what is right is kept, and what others had begun is not needed any more."""
    digest, login = mine
    if summed(link, mine) != (digest, size):
        link.run(f"DELETE {_PARTS}", mine)
        return None
    sql = "INSERT INTO kept_file (digest, login, size, kept_at) VALUES (?, ?, ?, ?)"
    link.run(sql, (digest, login, size, instant_text(now)))
    link.run("DELETE FROM file_part WHERE digest = ? AND login <> ?", mine)
    return size


def summed(link: Link, whose: tuple[str, str]) -> tuple[str, int]:
    """The digest of somebody's parts and how many bytes they are; what is no bytes any more counts as none."""
    digest, size = hashlib.sha256(), 0
    for (part,) in link.stream(_BYTES, whose):
        if isinstance(part, bytes):
            digest.update(part)
            size += len(part)
    return digest.hexdigest(), size


def _carrying(link: Link, viewer: Operator, digest: str, *, or_own: bool) -> Iterator[int]:
    """The size of the file as each attachment says it that the viewer sees, or made himself."""
    for record in link.rows(_CARRYING, (digest,)):
        row = wire("attachment", record)
        case = find(link, ("case_file", str(row["case_id"])))
        if case is None or case["district"] != viewer.district:
            continue
        if (or_own and row["made_by"] == viewer.login) or _sees(link, viewer, row, case):
            yield int(row["size"] or 0)


def _sees(link: Link, viewer: Operator, row: dict[str, Any], case: Any) -> bool:
    if not sees_case(viewer, scope_now(link, case)):
        return False
    units = {} if marks_of(viewer) is None else task_units(link, [str(case["id"])])
    return sees_row(viewer, "attachment", row, units)
