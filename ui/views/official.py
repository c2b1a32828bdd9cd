"""Words that go to units: the same for a dispatch from the case and one straight from intake."""

from datetime import datetime

from ui.wording import Wording


def instruction(words: Wording, due: datetime | None, *, keep_secret: bool) -> str:
    """What a unit is told with a dispatch: until when, to answer, and what not to disclose."""
    say = words.say
    parts = [say("form.dispatch.by", due=due)] if due else []
    parts.append(say("form.dispatch.answer"))
    parts += [say("form.dispatch.secret")] if keep_secret else []
    parts.append(say("form.dispatch.discreet"))
    return say("form.dispatch.gap").join(parts)
