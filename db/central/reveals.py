"""Looking at a reporter: who may, how often within an hour, and the record that it leaves."""

from datetime import datetime, timedelta
from math import ceil

from app.domain.case import SEEN
from app.domain.refused import Refused
from app.domain.revealing import HOLDS, STAYS, USUAL, most_an_hour
from app.domain.rules import CENTRE, UNIT
from app.domain.terms import RequestKind
from app.services.envelope import Sealed
from app.services.queries import Operator
from app.services.scope import sees_case
from db.central import beside
from db.central.held import scope_now
from db.central.link import Link
from db.central.rows import find, instant, instant_text
from db.central.sealing import Sealer

_HOUR = timedelta(hours=1)
#: When a leader let somebody look at a case, and when his latest look came into the log.
_LOOKED = (
    "SELECT r.decided_at, l.received_at FROM request AS r JOIN command AS c ON c.cmd_id = r.changed_by"
    " JOIN log AS l ON l.feed = c.feed AND l.seq = c.seq"
    " WHERE r.case_id = ? AND r.asked_by = ? AND r.kind = ? AND r.status = ?"
    " AND l.kind = 'see_reporter' AND l.actor = r.asked_by ORDER BY l.received_at DESC LIMIT 1"
)
_OF_LATE = (
    "SELECT at FROM access_log WHERE actor = ? AND what = 'reveal' AND at > ? ORDER BY at DESC"
)


def note(link: Link, viewer: Operator, about: str, reason: str, now: datetime) -> Refused | None:
    """Write down who is about to look at what, and why. The no for who has looked too often; None otherwise.

    Raises Refused('words-missing').
    """
    if not reason.strip():
        raise Refused("words-missing", field="reason")
    no = _too_often(link, viewer, now)
    what = "reveal" if no is None else "reveal.limited"
    record(link, viewer.login, (what, about), reason.strip(), now)
    return no


def record(link: Link, actor: str, deed: tuple[str, str], reason: str, now: datetime) -> None:
    """A line of the access log: actor, (what, about whom or which case), why, when."""
    sql = "INSERT INTO access_log (at, actor, what, about, reason) VALUES (?, ?, ?, ?, ?)"
    link.run(sql, (instant_text(now), actor, *deed, reason))


def limited(link: Link, since: datetime) -> list[tuple[str, int]]:
    """Who wanted to look more often than anybody may, and how often since then."""
    sql = (
        "SELECT actor, count(*) FROM access_log WHERE what = 'reveal.limited' AND at > ?"
        " GROUP BY actor ORDER BY actor"
    )
    return link.rows(sql, (instant_text(since),))


def reveal(link: Link, sealer: Sealer, viewer: Operator, case_id: str, now: datetime) -> Sealed:
    """The sealed parts of a case, for the centre's people and for whom of a unit a leader let. Raises Refused."""
    if viewer.role in UNIT:
        _let(link, viewer, case_id, now)
    elif viewer.role not in CENTRE:
        raise Refused("reveal-denied", role=str(viewer.role))
    case = find(link, ("case_file", case_id))
    is_ours = case is not None and case["district"] == viewer.district
    if case is None or not is_ours or not sees_case(viewer, scope_now(link, case)):
        raise Refused("case-missing", case_id=case_id)
    return beside.unsealed(link, sealer, case_id)


def _too_often(link: Link, viewer: Operator, now: datetime) -> Refused | None:
    """Who has no business with reporters is told so, however often he asks."""
    most = most_an_hour(viewer.role)
    looks = link.rows(_OF_LATE, (viewer.login, instant_text(now - _HOUR)))
    if not most or len(looks) < most:
        return None
    wait = instant(looks[most - 1][0]) + _HOUR - now
    return Refused("reveal-too-often", most=most, minutes=ceil(wait / timedelta(minutes=1)))


def _let(link: Link, viewer: Operator, case_id: str, now: datetime) -> None:
    """A unit's person looks by a look of his own that a leader let, that stands in the log, and is not over yet."""
    found = link.row(_LOOKED, (case_id, viewer.login, str(RequestKind.REVEAL), SEEN))
    if found is None:
        raise Refused("reveal-denied", role=str(viewer.role))
    looked = instant(found[1])
    if found[0] is None or looked > instant(found[0]) + timedelta(hours=USUAL[HOLDS]):
        raise Refused("reveal-lapsed")
    if now >= looked + timedelta(minutes=USUAL[STAYS]):
        raise Refused("reveal-over", minutes=USUAL[STAYS])
