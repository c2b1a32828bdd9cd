"""The duty lease: which one seat does what is done once for all; and that nobody acts under an older number of it."""

from datetime import datetime, timedelta

from app.domain.effects import Effect
from app.domain.refused import Refused
from app.domain.rules import CENTRE, ON_DUTY
from app.domain.terms import Role
from app.services.checks import denied
from app.services.envelope import Envelope
from app.services.ports import Answer, Duty
from app.services.queries import Operator
from db.central.link import Link
from db.central.rows import instant, instant_text

#: So long a lease lasts when it is not renewed.
LASTS = timedelta(seconds=45)
_MADE = "INSERT INTO lease (name, holder, fence, expires_at) VALUES (?, ?, ?, ?)"
_MOVED = "UPDATE lease SET holder = ?, fence = ?, expires_at = ? WHERE name = ?"


def duty(link: Link, viewer: Operator, seat: str, now: datetime, *, is_wanted: bool) -> Duty:
    """Take, renew or give back the lease of the viewer's district, by the store's clock; who has it then.

    Each holder has another number, also one who comes back after his time was over. Raises Refused('not-permitted').
    """
    if viewer.role not in (*CENTRE, Role.SYSTEM):
        raise Refused("not-permitted", kind="raise_warning", role=str(viewer.role))
    me, held = holder(viewer.login, seat), _held(link, viewer.district, lock=True)
    last = held or Duty("", 0, now)
    is_over, is_his = last.until <= now, last.holder == me
    found = last
    if is_wanted and (is_over or is_his):
        found = Duty(me, last.fence + is_over, now + LASTS, is_mine=True)
    elif is_his and not is_over:
        found = Duty(me, last.fence, now)
    if found is not last:
        _write(link, viewer.district, found, is_new=held is None)
    return found


def holder(login: str, seat: str) -> str:
    """How a seat stands in the lease: two seats of one person are two."""
    return f"{login}@{seat}"


def check(link: Link, envelope: Envelope) -> Answer | None:
    """Refuse what is done on duty by whoever does not hold the lease, or says an older number of it."""
    if envelope.kind not in ON_DUTY:
        return None
    held = _held(link, envelope.district)
    me = holder(envelope.actor, envelope.seat)
    if held and held.holder == me and all(_fence(one) == held.fence for one in envelope.effects):
        return None
    return denied(envelope, "fence", fence=held.fence if held else 0)


def _fence(effect: Effect) -> object:
    return effect.values.get("fence")


def _held(link: Link, district: str, *, lock: bool = False) -> Duty | None:
    tail = link.dialect.lock if lock else ""
    sql = f"SELECT holder, fence, expires_at FROM lease WHERE name = ?{tail}"
    found = link.row(sql, (_name(district),))
    return None if found is None else Duty(found[0], int(found[1]), instant(found[2]))


def _name(district: str) -> str:
    return f"duty.{district}"


def _write(link: Link, district: str, now: Duty, *, is_new: bool) -> None:
    values = (now.holder, now.fence, instant_text(now.until))
    name = _name(district)
    link.run(_MADE, (name, *values)) if is_new else link.run(_MOVED, (*values, name))
