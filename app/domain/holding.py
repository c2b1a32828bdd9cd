"""Notices on their way (暂缓发出): how long one is held before it counts as sent, and which can still be called back.

Nothing is really sent yet. The hold is an instant in the row, so that every seat and the centre see the same one,
after a restart too; no timer moves anything.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.case import Dossier, Notice
from app.domain.policy import Policy

#: What a notice is that was given or will be, that was kept from leaving, and a call that nobody answered.
RECORDED, CALLED_BACK, UNREACHED = "RECORDED", "CALLED_BACK", "UNREACHED"
#: Ways by which words leave the house; a call was made already, and a record goes nowhere.
SENT = ("SMS", "WECHAT")
#: How long such words are held, in seconds, and what counts where an edition does not say.
HOLD, USUAL = "notice.hold_seconds", 30


def leaves_at(method: str, policy: Policy, now: datetime) -> datetime | None:
    """When a notice given now in that way leaves; None when nothing has to be sent."""
    if method not in SENT:
        return None
    seconds = policy.number(HOLD) if HOLD in policy.parameters else USUAL
    return now + timedelta(seconds=seconds)


def is_held(one: Notice, now: datetime) -> bool:
    """Whether it can still be called back; with the very instant of leaving it is gone."""
    return one.status == RECORDED and one.leaves_at is not None and now < one.leaves_at


def has_left(leaves_at: datetime | None, now: datetime) -> bool:
    """Whether words that were to be sent are on their way: they cannot be taken back any more."""
    return leaves_at is not None and leaves_at <= now


def held(on: Dossier, now: datetime) -> Iterator[Notice]:
    """The notices of a case that have not left yet, the one that leaves first in front."""
    waiting = (one for one in on.notices if is_held(one, now))
    return iter(sorted(waiting, key=lambda one: (one.leaves_at or now, one.id)))
