"""Looking at a reporter in clear: what one may say it is for, what the centre writes down of it, and for how long."""

from datetime import timedelta

from app.domain.commands import AddNote
from app.domain.policy import Policy
from app.domain.sealing import seal

#: What it may be for: a callback, a visit to the place, the verification of what was told.
PURPOSES = ("callback", "visit", "verification")
#: So long where the edition does not say (DOMAIN 5.5).
USUAL = timedelta(minutes=30)


def reason(purpose: str, words: str) -> str:
    """What stands in the access log: the purpose by its code, then the words, without anybody's numbers."""
    masked, _, _ = seal(AddNote(case_id="", text=words))
    told = masked.text if isinstance(masked, AddNote) else ""
    return f"{purpose} {told.strip()}".strip()


def stays(policy: Policy) -> timedelta:
    """How long the person may be seen before he is masked again; an edition may say nothing of it."""
    code = "reveal.mask_again_minutes"
    return timedelta(minutes=policy.number(code)) if code in policy.parameters else USUAL
