"""Cases that hang together with one, as lines to read: what was merged into it, and what it was split into."""

from collections.abc import Iterable

from app.domain.case import ENDED, Dossier
from app.domain.measures.merging import untold
from ui.models.lines import Line
from ui.models.wish_text import WishText


def members(wish: WishText, each: Iterable[Dossier]) -> tuple[Line, ...]:
    """Reports that were merged into the case: whose, and whether each own reporter was told of the end."""
    return tuple(_member(wish, one) for one in each)


def _member(wish: WishText, on: Dossier) -> Line:
    say, case = wish.words.say, on.case
    who = case.reporter_masked or say("case.anonymous")
    head = say("case.member", number=case.number, reporter=who, phone=case.phone_masked)
    if not case.closed_at:
        return Line(head.rstrip(" ·"), "", "muted", case.title)
    is_open = bool(untold((on,)))
    state = say("case.member.untold" if is_open else "case.member.told")
    return Line(head.rstrip(" ·"), state, "soon" if is_open else "done", case.title)


def parts(wish: WishText, each: Iterable[Dossier]) -> tuple[Line, ...]:
    """The parts of a split case: what each is about, how it stands, and whose it is."""
    return tuple(_part(wish, one) for one in each)


def _part(wish: WishText, on: Dossier) -> Line:
    say, case = wish.words.say, on.case
    units = wish.words.join(wish.data.unit(task.unit) for task in on.live_tasks)
    due = say("case.part_due", due=case.due_at) if case.due_at else ""
    return Line(
        say("case.part_state", number=case.number, title=case.title),
        say(f"case.status.{case.status}"),
        "done" if case.status in ENDED else "text",
        " · ".join(one for one in (units, due) if one),
    )
