"""Chapter 4, article 23: early warnings are raised by the seat on duty, and answered by people.

What is counted and how likely it is was worked out before; here is what may become of a warning, and by whom.
"""

from dataclasses import replace
from datetime import timedelta

from app.domain.calendar import local_date
from app.domain.case import Dossier, EarlyWarning, Row
from app.domain.commands import (
    AcknowledgeWarning,
    CloseWarning,
    GrowWarning,
    MuteWarning,
    PlanWarning,
    RaiseWarning,
    ShelveWarning,
)
from app.domain.lengths import within
from app.domain.measures import guards
from app.domain.moment import Moment
from app.domain.policy import Policy
from app.domain.refused import Refused
from app.domain.warnings import (
    ACKNOWLEDGED,
    CLOSED,
    LEVELS,
    MUTED,
    PLANNED,
    RAISED,
    RED,
    SCOPES,
    STANDING,
    WAYS,
    gravest,
    id_of,
    key_of,
    muted_until,
    quiet_from,
    recipients_of,
)

#: So many cases of a warning are named at most.
MOST_NAMED = 200


def raise_warning(wish: RaiseWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Raise it once: its id is that of its key and day. Raises Refused: warning-odd, warning-there."""
    key = key_of(wish.scope, wish.category, wish.grain, wish.place)
    own = id_of(on.case.district, key, local_date(moment.now))
    is_known = wish.level in LEVELS and wish.scope in SCOPES
    is_whole = 0 < len(wish.cases) <= min(wish.count, MOST_NAMED)
    if wish.warning_id != own or not (is_known and is_whole):
        raise Refused("warning-odd")
    if any(one.id == own for one in on.warnings):
        raise Refused("warning-there")
    return (_raised(wish, on, moment),)


def _raised(wish: RaiseWarning, on: Dossier, moment: Moment) -> EarlyWarning:
    return EarlyWarning(
        id=wish.warning_id,
        district=on.case.district,
        case_id=on.case.id,
        status=RAISED,
        scope=wish.scope,
        subject=wish.subject,
        category=wish.category,
        grain=wish.grain,
        place=wish.place,
        level=wish.level,
        hours=wish.hours,
        count=wish.count,
        evidence=wish.evidence,
        cases=" ".join(wish.cases),
        fence=wish.fence,
        raised_at=moment.now,
        raised_by=moment.actor.login,
        levelled_at=moment.now,
    )


def grow_warning(wish: GrowWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Its count grows in place; a graver level is to be acknowledged anew, and no shelf holds it.

    Raises Refused: warning-missing, warning-odd, nothing-changed.
    """
    found = standing(on, wish.warning_id)
    if wish.level not in LEVELS or len(wish.cases) > min(wish.count, MOST_NAMED):
        raise Refused("warning-odd")
    level = gravest(wish.level, found.level)
    if wish.count <= found.count and level == found.level:
        raise Refused("nothing-changed")
    grown = replace(
        found,
        level=level,
        hours=wish.hours,
        count=max(wish.count, found.count),
        evidence=wish.evidence,
        cases=" ".join(wish.cases),
        fence=wish.fence,
        grown_at=moment.now,
    )
    return (grown if level == found.level else _lifted(grown, moment),)


def _lifted(warning: EarlyWarning, moment: Moment) -> EarlyWarning:
    return replace(
        warning,
        status=RAISED,
        levelled_at=moment.now,
        acknowledged="",
        acknowledged_at=None,
        shelved_until=None,
    )


def close_warning(wish: CloseWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """It is over by itself. Raises Refused: warning-missing, warning-lively while it is not quiet for long enough."""
    found = standing(on, wish.warning_id)
    if moment.now < quiet_from(found, moment.setting.policy(on.case)):
        raise Refused("warning-lively")
    return (replace(found, status=CLOSED, closed_at=moment.now, fence=wish.fence),)


def standing(on: Dossier, warning_id: str) -> EarlyWarning:
    """A warning of the case of which something is still expected. Raises Refused('warning-missing')."""
    for one in on.warnings:
        if one.id == warning_id and one.status in STANDING:
            return one
    raise Refused("warning-missing")


def ready_to_answer(on: Dossier, _: Moment) -> None:
    """Raises Refused('warning-missing')."""
    if not any(one.status in STANDING for one in on.warnings):
        raise Refused("warning-missing")


def ready_to_acknowledge(on: Dossier, _: Moment) -> None:
    """Raises Refused('warning-missing')."""
    if not any(one.status == RAISED for one in on.warnings):
        raise Refused("warning-missing")


def ready_to_shelve(on: Dossier, moment: Moment) -> None:
    """Raises Refused: warning-missing, warning-red where every one that stands is red."""
    ready_to_answer(on, moment)
    if all(one.level == RED for one in on.warnings if one.status in STANDING):
        raise Refused("warning-red")


def acknowledge_warning(wish: AcknowledgeWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A recipient has heard of it; when all have it counts as acknowledged. Of a red one one is told by telephone.

    Raises Refused: warning-missing, recipient-unknown, method-unknown, warning-by-phone, nothing-changed.
    """
    found, policy = standing(on, wish.warning_id), moment.setting.policy(on.case)
    _way(wish, found, policy)
    within(wish.text)
    heard = found.acknowledged.split()
    if found.status != RAISED or wish.recipient in heard:
        raise Refused("nothing-changed")
    heard.append(wish.recipient)
    wanted = recipients_of(found.level, found.subject, policy)
    said = replace(
        found,
        status=ACKNOWLEDGED if set(wanted) <= set(heard) else RAISED,
        acknowledged=" ".join(heard),
        acknowledged_at=moment.now,
        acknowledged_by=moment.actor.login,
    )
    return (said,)


def _way(wish: AcknowledgeWarning, found: EarlyWarning, policy: Policy) -> None:
    if all(one.code != wish.recipient for one in policy.warning_recipients):
        raise Refused("recipient-unknown", recipient=wish.recipient)
    if wish.method not in WAYS:
        raise Refused("method-unknown", method=wish.method)
    if found.level == RED and wish.method != WAYS[0]:
        raise Refused("warning-by-phone")


def plan_warning(wish: PlanWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """What is done about it. Raises Refused: warning-missing, words-missing."""
    found = standing(on, wish.warning_id)
    text = guards.words(wish.text, "words-missing")
    planned = replace(found, status=PLANNED, plan=text, planned_at=moment.now)
    return (replace(planned, planned_by=moment.actor.login),)


def shelve_warning(wish: ShelveWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Let it rest, at most as long as the edition says.

    Raises Refused: warning-missing, warning-red, words-missing, shelf-length.
    """
    found = standing(on, wish.warning_id)
    if found.level == RED:
        raise Refused("warning-red")
    most = moment.setting.policy(on.case).number("warning.shelve_most_hours")
    if not moment.now < wish.until <= moment.now + timedelta(hours=most):
        raise Refused("shelf-length", hours=int(most))
    text = guards.words(wish.text, "words-missing")
    shelved = replace(found, shelved_until=wish.until, shelf_text=text)
    return (replace(shelved, shelved_by=moment.actor.login),)


def mute_warning(wish: MuteWarning, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The cause is known. Raises Refused: warning-missing, words-missing."""
    found = standing(on, wish.warning_id)
    until = muted_until(moment.now, moment.setting.policy(on.case))
    text = guards.words(wish.text, "words-missing")
    muted = replace(found, status=MUTED, muted_until=until, mute_text=text)
    return (replace(muted, muted_by=moment.actor.login),)
