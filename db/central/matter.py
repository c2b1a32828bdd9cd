"""Whether a registration may take up a refused case again: all of its matter in hand, and nothing else there."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from app.domain.case import Case
from app.domain.effects import Insert, row_from
from app.domain.matter import Matter, matter_of
from app.domain.rules import undo_of
from app.domain.terms import CaseStatus
from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer
from db.central.link import Link
from db.central.rows import find, selected, wire

_UNDONE = undo_of("refuse")
_SUPPLEMENTING = f"{selected('case_file')} WHERE supplements = ? ORDER BY registered_at, id"


def check(link: Link, envelope: Envelope) -> Answer | None:
    """None for what links nothing, and for what links rightly.

    How often a case may be taken up again is for the Measures to say, where the command is decided.
    The store sees to it that it was decided with every record of the matter before one's eyes: the
    command relies on all there are, so that of two who take a case up at once one hears of the other.
    A refusal that was built on in this way is not taken back either.
    """
    named = _named(envelope)
    if named is not None:
        return _whole(envelope, named, _matter(link, named))
    if envelope.kind == _UNDONE:
        matter = _matter(link, envelope.case_id)
        later = matter.supplemented_by() if matter else ()
        return _conflict(envelope, "taken-up", later) if later else None
    return None


def _named(envelope: Envelope) -> str | None:
    made = (one for one in envelope.effects if isinstance(one, Insert))
    cases = (one.values for one in made if one.table == "case_file")
    named = next((case["supplements"] for case in cases if case.get("supplements")), None)
    return None if named is None else str(named)


def _whole(envelope: Envelope, named: str, matter: Matter | None) -> Answer | None:
    """`check` has seen to it by now that what is relied on is there, in scope, and unchanged."""
    relied = {one.id for one in envelope.relies_on if one.table == "case_file"}
    if matter is None or named not in relied or matter.named.status is not CaseStatus.REFUSED:
        return denied(envelope, "supplement", case=named)
    unseen = [one for one in matter.records if one.id not in relied]
    return _conflict(envelope, "supplemented", unseen) if unseen else None


def _conflict(envelope: Envelope, why: str, records: Iterable[Case]) -> Answer:
    rows = [["case_file", {"id": one.id, "number": one.number}] for one in records]
    return Answer(envelope.cmd_id, "conflict", why=why, facts={"rows": rows})


def _matter(link: Link, case_id: str) -> Matter | None:
    return matter_of(case_id, partial(_case, link), partial(_supplementing, link))


def _case(link: Link, case_id: str) -> Case | None:
    row = find(link, ("case_file", case_id))
    return None if row is None else _read(row)


def _supplementing(link: Link, case_id: str) -> list[Case]:
    return [_read(wire("case_file", one)) for one in link.rows(_SUPPLEMENTING, (case_id,))]


def _read(row: Any) -> Case:
    found: Any = row_from("case_file", row)
    return found
