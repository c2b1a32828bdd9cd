"""Which commands set aside need no person: deciding them again is enough. Asked on *desk*."""

from typing import Any

from app.services.local import Entry, State
from app.services.telling import TOLD_AT
from app.sync import merge
from app.sync.screen import Screen

#: A command is decided again so often because of a wrong clock before a person is asked.
MOST_TRIES = 3


def to_decide_anew(screen: Screen) -> list[str]:
    """A row they only relied on moved, or this seat's clock was wrong; oldest first."""
    entries = screen.outbox.entries([State.ATTENTION])
    return [one.cmd_id for one in entries if _is_outdated(screen, one) or _is_untimely(screen, one)]


def is_any_outdated(screen: Screen) -> bool:
    """Whether anything was set aside for one of these reasons; the rest is for the centre's news to show."""
    aside = screen.outbox.entries([State.ATTENTION])
    return any(_only_relied(one) or one.why == "clock" for one in aside)


def _only_relied(entry: Entry) -> bool:
    return (entry.why, entry.facts.get("said")) == ("conflict", "relied-on")


def _is_outdated(screen: Screen, entry: Entry) -> bool:
    if not _only_relied(entry):
        return False
    keys = merge.keys_of(entry.envelope)
    rows = screen.sound(lambda: screen.replica.rows(keys))
    return merge.writes_rightly(rows, entry.envelope)


def _is_untimely(screen: Screen, entry: Entry) -> bool:
    return entry.why == "clock" and len(_tries(screen, entry)) < MOST_TRIES


def _tries(screen: Screen, entry: Entry) -> list[Entry]:
    """The same wish as it was decided earlier under a wrong clock."""
    first = entry.envelope
    return [
        one
        for one in screen.outbox.of_case(first.case_id)
        if (one.state, one.why) == (State.DROPPED, "clock")
        and (one.envelope.kind, _said(one)) == (first.kind, _said(entry))
    ]


def _said(entry: Entry) -> dict[str, Any]:
    """What was asked, whatever it says of when."""
    return {name: value for name, value in entry.envelope.wish.items() if name != TOLD_AT}
