"""A warning as a line of its case: what, how it stands, why, and who did what about it when."""

from collections.abc import Callable
from datetime import datetime

from app.domain.case import EarlyWarning
from app.domain.warnings import ACKNOWLEDGED, PLANNED, RAISED
from ui.models.lines import Line
from ui.models.warning_text import WarningText

#: Says at what instant who did something; nothing where it was not done.
Stamp = Callable[[str, datetime | None, str], str]


_TONES = {RAISED: "refused", ACKNOWLEDGED: "soon", PLANNED: "done"}


def warning_line(one: EarlyWarning, text: WarningText, stamp: Stamp) -> Line:
    """The whole of it."""
    say = text.words.say
    written = (
        text.why(one),
        one.plan and say("case.warning.plan", text=one.plan),
        one.shelved_until
        and say("case.warning.shelved", at=one.shelved_until, text=one.shelf_text),
        one.muted_until and say("case.warning.muted", at=one.muted_until, text=one.mute_text),
    )
    heard = one.acknowledged_at and say(
        "case.warning.heard", at=one.acknowledged_at, who=text.heard(one)
    )
    stamps = (
        stamp("case.warning.raised", one.raised_at, one.raised_by),
        heard,
        stamp("case.warning.planned", one.planned_at, one.planned_by),
        stamp("case.warning.closed", one.closed_at, ""),
    )
    return Line(
        text.head(one),
        say(f"warning.state.{one.status}"),
        _TONES.get(one.status, "muted"),
        "\n".join(filter(None, written)),
        " · ".join(filter(None, stamps)),
    )
