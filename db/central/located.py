"""Where a finding lies, for people: the command of its line, whose it was and when, and the case's number."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from db.central.finding import Finding
from db.central.link import Link
from db.central.rows import instant_text

#: Of one code nobody reads more than so many.
MOST = 200
_LINE = (
    "SELECT log.kind, log.actor, log.received_at, case_file.number"
    " FROM log LEFT JOIN case_file ON case_file.id = log.case_id WHERE log.seq = ?"
)


def located(link: Link, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, the first of each code with what a person knows them by.

    What a damaged file does not tell any more is left out.
    """
    told: dict[str, int] = {}
    for one in findings:
        told[one.code] = told.get(one.code, 0) + 1
        known = _known(link, one.seq) if told[one.code] <= MOST else {}
        yield replace(one, facts={**known, **one.facts})


def _known(link: Link, seq: int) -> dict[str, Any]:
    """What the line says of itself; nothing of number 0, which no line has."""
    with suppress(sqlite3.DatabaseError):
        found = link.row(_LINE, (seq,))
        if found is not None:
            kind, actor, at, number = found
            return {"kind": kind, "actor": actor, "at": instant_text(at), "number": number or ""}
    return {}
