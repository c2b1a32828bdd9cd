"""Early warnings (预警), art. 23: how one stands, what makes two the same, who is to hear of it, and its clocks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from app.domain.case import EarlyWarning
from app.domain.counting import Span, Terms
from app.domain.policy import Policy
from app.domain.task_limits import terms_of
from app.domain.terms import Clock, Grade

#: Nobody has said that he heard of it; all who are to hear of it have; it is said what is done; it is over; and
#: its cause is known, so that nothing is said of it for a while.
RAISED, ACKNOWLEDGED, PLANNED, CLOSED, MUTED = (
    "RAISED",
    "ACKNOWLEDGED",
    "PLANNED",
    "CLOSED",
    "MUTED",
)
#: Something is still expected of somebody.
STANDING = frozenset({RAISED, ACKNOWLEDGED, PLANNED})
#: From the least to the gravest.
LEVELS = ("BLUE", "YELLOW", "ORANGE", "RED")
RED = LEVELS[-1]
#: What is warned of: the same again and again, what many speak of, danger, and what must be handled with care.
FREQUENT, HOT, SAFETY, SENSITIVE = "FREQUENT", "HOT", "SAFETY", "SENSITIVE"
SCOPES = (FREQUENT, HOT, SAFETY, SENSITIVE)
#: How a recipient may be told: by telephone, by a reminder letter in the office system, by message.
WAYS = ("PHONE", "OA", "MESSAGE")
_IDS = UUID("6c1a4d2e-9f0b-5c57-8b1e-2f3a94d0e723")
#: The matter of the clock by which it is said what is done.
_PLAN = "PLAN_"


def key_of(scope: str, category: str, grain: str, place: str) -> str:
    """What is warned of, in one word: two warnings with the same key are about the same."""
    return "|".join((scope, category, grain, place))


def key(warning: EarlyWarning) -> str:
    """The same of a warning."""
    return key_of(warning.scope, warning.category, warning.grain, warning.place)


def id_of(district: str, key_: str, day: date) -> str:
    """The id of the warning of that key raised on that (local) day: whoever raises it, it is the same one."""
    return str(uuid5(_IDS, f"{district}|{key_}|{day.isoformat()}"))


def gravest(one: str, other: str) -> str:
    """The graver of two levels."""
    return max(one, other, key=LEVELS.index)


def recipients_of(level: str, subject: str, policy: Policy) -> tuple[str, ...]:
    """The codes of those who are to hear of a warning: by its level and those below, and by its class."""
    found: dict[str, None] = {}
    for one in LEVELS[: LEVELS.index(level) + 1]:
        found.update(dict.fromkeys(_listed(f"warning.{one.lower()}_recipients", policy)))
    for one in policy.warning_recipients:
        if level != LEVELS[0] and subject in _listed(f"warning.{one.code.lower()}_classes", policy):
            found[one.code] = None
    return tuple(found)


def _listed(code: str, policy: Policy) -> tuple[str, ...]:
    """What a parameter lists, apart by commas; nothing where the edition has none of that name."""
    held = policy.parameters.get(code)
    return () if held is None else tuple(filter(None, str(held.value).split(",")))


def acknowledged(warning: EarlyWarning) -> tuple[str, ...]:
    """The recipients who have heard of it, in that order."""
    return tuple(warning.acknowledged.split())


def waiting(warning: EarlyWarning, policy: Policy) -> tuple[str, ...]:
    """The recipients who have not said that they heard of it."""
    heard = acknowledged(warning)
    wanted = recipients_of(warning.level, warning.subject, policy)
    return tuple(one for one in wanted if one not in heard)


def clocks_of(warning: EarlyWarning, policy: Policy) -> Iterator[tuple[str, Terms, Span]]:
    """K13 twice, both from when it came to its level: until all have heard, and until it is said what is done."""
    over = warning.closed_at or (warning.levelled_at if warning.status == MUTED else None)
    heard = None if warning.status == RAISED else warning.acknowledged_at or warning.planned_at
    for matter, until in (("", heard or over), (_PLAN, warning.planned_at or over)):
        named = f"{matter}{warning.level}"
        if (Clock.K13, Grade.C, named) in policy.clocks:
            terms = terms_of(policy.limit(Clock.K13, Grade.C, named), named)
            yield warning.id, terms, Span(warning.levelled_at, until)


def quiet_from(warning: EarlyWarning, policy: Policy) -> datetime:
    """From when on it is over by itself, if nothing more of its kind comes."""
    last = max(warning.grown_at or warning.raised_at, warning.raised_at)
    return last + timedelta(days=policy.number("warning.quiet_days"))


def muted_until(at: datetime, policy: Policy) -> datetime:
    """Until when nothing is said of a key whose cause was known at `at`."""
    return at + timedelta(days=policy.number("warning.cooldown_days"))


def is_shelved(warning: EarlyWarning, now: datetime) -> bool:
    """Whether somebody let it rest until later."""
    return warning.shelved_until is not None and now < warning.shelved_until
