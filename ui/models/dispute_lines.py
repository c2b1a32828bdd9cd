"""A coordination as lines to read, and by which step of the fallback a task came to its unit."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Coordination, Dossier, Task
from app.domain.coordinations import RULED, units_of
from app.domain.fallbacks import LAST, STEPS
from ui.models.lines import Line
from ui.models.wish_text import WishText


def caught(task: Task, wish: WishText) -> str:
    """ "Step 2 of 3", by what, whose turn it was, and what it costs; '' where it was dispatched as usual."""
    if not task.fallback:
        return ""
    say, data = wish.words.say, wish.data
    named = say(f"case.fallback.{task.fallback}")
    parts = [say("case.fallback", n=STEPS[task.fallback], most=LAST, step=named)]
    if task.turn:
        is_own = task.turn == task.unit
        key = "case.fallback.turn" if is_own else "case.fallback.passed"
        parts.append(say(key, unit=data.unit(task.turn)))
    if task.cost:
        parts.append(say("case.fallback.cost", text=task.cost))
    return "\n".join(parts)


def of(on: Dossier, wish: WishText) -> Iterator[Line]:
    """Every coordination of a case, in the order in which they were opened."""
    return (_line(one, wish) for one in on.coordinations if one.status != "WITHDRAWN")


def _line(one: Coordination, wish: WishText) -> Line:
    say = wish.words.say
    kind = "joint" if one.is_joint else "plain"
    head = say(f"case.coordination.{kind}", why=say(f"case.coordination.why.{one.why}"))
    return Line(
        head,
        say(f"case.coordination.{one.status}"),
        "done" if one.status == RULED else "soon",
        "\n".join(_body(one, wish)),
        " · ".join(_stamps(one, wish)),
    )


def _body(one: Coordination, wish: WishText) -> Iterator[str]:
    say, data = wish.words.say, wish.data
    if one.text:
        yield one.text
    if one.meets_at is not None:
        units = wish.words.join(map(data.unit, units_of(one)))
        yield say("case.coordination.meets", at=one.meets_at, place=one.place, units=units)
    if one.status == RULED:
        yield say("case.coordination.designated", unit=data.unit(one.unit), text=one.ruling)
        yield say("case.coordination.minutes", text=one.minutes)
    if one.amends_from is not None:
        told = {"unit": data.unit(one.unit), "category": data.path(one.category)}
        yield say("case.coordination.amends", at=one.amends_from, **told)


def _stamps(one: Coordination, wish: WishText) -> Iterator[str]:
    stamps: tuple[tuple[str, datetime | None, str], ...] = (
        ("case.coordination.opened", one.opened_at, one.opened_by),
        ("case.coordination.convened", one.convened_at, one.convened_by),
        ("case.coordination.ruled", one.ruled_at, one.ruled_by),
    )
    for key, at, who in stamps:
        if at is not None:
            yield wish.words.say(key, at=at, who=wish.data.person(who))
