"""Pauses of a clock as one text, so that a task can carry its own."""

from datetime import datetime

from app.domain.clocks import Pause


def write_pauses(pauses: tuple[Pause, ...]) -> str:
    """Closed pauses as text: start/end/why/by, separated by blanks."""
    return " ".join(
        f"{one.start.isoformat()}/{one.end.isoformat()}/{one.why}/{one.by}"
        for one in pauses
        if one.end is not None
    )


def read_pauses(text: str) -> tuple[Pause, ...]:
    """What `write_pauses` wrote."""
    parts = (one.split("/", 3) for one in text.split())
    return tuple(
        Pause(datetime.fromisoformat(start), datetime.fromisoformat(end), why, by)
        for start, end, why, by in parts
    )
