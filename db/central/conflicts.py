"""What the loser of a race is told: the rows as they are now, and who did what since he looked."""

from dataclasses import replace
from typing import Any

from app.domain.effects import Insert
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.concerns import IS_ABOUT
from db.central.link import Link
from db.central.rows import instant_text

#: So many of the latest log lines are told.
_LATEST = 50


def explained(link: Link, envelope: Envelope, answer: Answer) -> Answer:
    """A conflict with the log lines since the oldest base that no longer stands."""
    if answer.status != "conflict" or answer.facts is None:
        return answer
    stale = {(table, row["id"]): row for table, row in answer.facts["rows"]}
    based = (one for one in (*envelope.relies_on, *envelope.effects) if not isinstance(one, Insert))
    bases = [one.base for one in based if (one.table, one.id) in stale]
    cases = {row.get("case_id", row["id"]) for row in stale.values()}
    since = min((_seq_of(link, base) for base in bases), default=0)
    lines = [line for case_id in sorted(cases) for line in _lines(link, case_id, since)]
    return replace(answer, facts={**answer.facts, "since": lines})


def _seq_of(link: Link, cmd_id: str) -> int:
    found = link.row("SELECT seq FROM command WHERE cmd_id = ?", (cmd_id,))
    return 0 if found is None else int(found[0])


def _lines(link: Link, case_id: str, seq: int) -> list[dict[str, Any]]:
    sql = (
        "SELECT seq, cmd_id, actor, kind, received_at FROM log"
        f" WHERE {IS_ABOUT} AND seq > ? ORDER BY seq DESC LIMIT ?"
    )
    names = ("seq", "cmd_id", "actor", "kind", "at")
    found = link.rows(sql, (case_id, case_id, seq, _LATEST))
    return [
        dict(zip(names, (*line[:4], instant_text(line[4])), strict=True))
        for line in reversed(found)
    ]
