"""Looking at a reporter in clear: what it may be for, what the centre writes down of it, how often and how long."""

from collections.abc import Mapping
from datetime import timedelta

from app.domain.commands import AddNote
from app.domain.policy import Policy
from app.domain.rules import CENTRE, UNIT
from app.domain.sealing import seal
from app.domain.terms import Role

#: What it may be for: a callback, a visit to the place, the verification of what was told.
PURPOSES = ("callback", "visit", "verification")
#: So long is he shown (minutes), so long holds the centre's leave to look (hours), and so often may one person look
#: within an hour. What every store holds people to, and what counts where an edition does not say (DOMAIN 5.5).
STAYS, HOLDS = "reveal.mask_again_minutes", "reveal.granted_hours"
OF_CENTRE, OF_UNIT = "reveal.centre_hourly_count", "reveal.unit_hourly_count"
USUAL: Mapping[str, int] = {STAYS: 30, HOLDS: 24, OF_CENTRE: 20, OF_UNIT: 5}


def reason(purpose: str, words: str) -> str:
    """What stands in the access log: the purpose by its code, then the words, without anybody's numbers."""
    masked, _, _ = seal(AddNote(case_id="", text=words))
    told = masked.text if isinstance(masked, AddNote) else ""
    return f"{purpose} {told.strip()}".strip()


def stays(policy: Policy) -> timedelta:
    """How long the person may be seen before he is masked again."""
    return timedelta(minutes=_number(policy, STAYS))


def holds(policy: Policy) -> timedelta:
    """How long the leave that a leader gave may be used."""
    return timedelta(hours=_number(policy, HOLDS))


def most_an_hour(role: Role) -> int:
    """How often somebody in that role may look within an hour; never, who has no business with reporters."""
    if role in CENTRE:
        return USUAL[OF_CENTRE]
    return USUAL[OF_UNIT] if role in UNIT else 0


def _number(policy: Policy, code: str) -> float:
    """An edition may say nothing of it."""
    return policy.number(code) if code in policy.parameters else USUAL[code]
