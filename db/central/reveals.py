"""Looking at a reporter: who may, and the record that it leaves."""

from datetime import datetime

from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.services.envelope import Sealed
from app.services.queries import Operator
from db.central import beside
from db.central.link import Link
from db.central.rows import find, instant_text
from db.central.sealing import Sealer


def note(link: Link, viewer: Operator, about: str, reason: str, now: datetime) -> None:
    """Write down who is about to look at what, and why. Raises Refused('words-missing')."""
    if not reason.strip():
        raise Refused("words-missing", field="reason")
    record(link, viewer.login, ("reveal", about), reason.strip(), now)


def record(link: Link, actor: str, deed: tuple[str, str], reason: str, now: datetime) -> None:
    """A line of the access log: actor, (what, about whom or which case), why, when."""
    sql = "INSERT INTO access_log (at, actor, what, about, reason) VALUES (?, ?, ?, ?, ?)"
    link.run(sql, (instant_text(now), actor, *deed, reason))


def reveal(link: Link, sealer: Sealer, viewer: Operator, case_id: str) -> Sealed:
    """The sealed parts of a case, for the centre's people (units ask them). Raises Refused."""
    if viewer.role not in CENTRE:
        raise Refused("reveal-denied", role=str(viewer.role))
    case = find(link, ("case_file", case_id))
    if case is None or case["district"] != viewer.district:
        raise Refused("case-missing", case_id=case_id)
    return beside.unsealed(link, sealer, case_id)
