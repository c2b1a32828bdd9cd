"""What an administrator sets for a desk by its environment: whole numbers, and what was wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ui.product import Complaint

#: The window covers itself after so many minutes without anybody.
LOCK_MINUTES = "FENBO_LOCK_MINUTES"
#: So many hours after his last login at the centre a person may begin a day without it.
OFFLINE_HOURS = "FENBO_OFFLINE_HOURS"
#: Each with its usual number and the largest that is taken.
_KNOWN = {LOCK_MINUTES: (10, 240), OFFLINE_HOURS: (72, 720)}


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a desk may be left alone, and how long it goes on without the centre."""

    lock_after: timedelta
    offline_for: timedelta
    complaints: tuple[Complaint, ...] = ()


def policy(environ: Mapping[str, str]) -> Policy:
    """As set in the environment; what is no such number is told, and the usual one stays in force."""
    found = {name: _number(name, environ.get(name, "")) for name in _KNOWN}
    wrong = tuple(_complaint(name) for name, number in found.items() if number is None)
    minutes, hours = (found[name] or usual for name, (usual, _) in _KNOWN.items())
    return Policy(timedelta(minutes=minutes), timedelta(hours=hours), wrong)


def _number(name: str, typed: str) -> int | None:
    """What was typed, the usual number for nothing, and None for what cannot be."""
    usual, most = _KNOWN[name]
    if not typed:
        return usual
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    return int(typed) if is_number and 1 <= int(typed) <= most else None


def _complaint(name: str) -> Complaint:
    usual, most = _KNOWN[name]
    return Complaint("frame.odd_policy", {"name": name, "usual": usual, "most": most})
