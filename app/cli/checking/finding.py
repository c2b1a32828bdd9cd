"""Finding cases again: by characters, by the end of a number, by a telephone number, by a saved filter."""

import time

from app.cli.checking.day import Day, Seen, Step
from app.cli.checking.dispatching import OPERATOR, PHONE
from app.cli.checking.seat import TAIL, Seat
from app.cli.checking.waiting import must, until
from app.services.queries import Queue

#: What is typed to find the day's own case, beside the ends of its number and telephone.
CHARACTERS = ("灯", "路灯", "路灯不亮")
SAVED = "路灯案件"


async def search(day: Day) -> Seen:
    """Every way of searching brings the day's own case; the slowest is told (milliseconds)."""
    seat, number = day.seat, day.number_of("main")
    await seat.sit(OPERATOR)
    await seat.use_queue(Queue.ALL)
    asked = (*CHARACTERS, number[-TAIL:], number[-4:], PHONE[-4:])
    taken = [await _search(seat, text, number) for text in asked]
    seat.hands.press("F3", "Escape", "Escape")
    return {"n": len(asked), "slowest": round(max(taken) * 1000), "texts": asked}


async def _search(seat: Seat, text: str, number: str) -> float:
    """Seconds from the last key to the row."""
    before = seat.window.workbench.source.question
    seat.hands.press("F3")
    seat.hands.write(text)
    begun = time.perf_counter()
    source = seat.window.workbench.source
    await until(
        lambda: source.question != before and source.question.filter.text == text,
        "search",
        text=text,
    )
    await until(
        lambda: source.has_answered and number in [row.number for row in seat.rows],
        "found",
        text=text,
        number=number,
    )
    return time.perf_counter() - begun


async def save_filter(day: Day) -> Seen:
    """A search is kept under a name, dropped, and brought back by its digit."""
    seat = day.seat
    bench = seat.window.workbench
    await seat.use_queue(Queue.ALL)
    seat.hands.press("F3")
    seat.hands.write(CHARACTERS[1])
    await until(lambda: bench.source.question.filter.text == CHARACTERS[1], "search", text="")
    seat.hands.press("Return", "Ctrl+Shift+F")
    await until(bench.side.saved.menu.isVisible, "menu")
    seat.hands.press("Up", "Return")
    await seat.in_front()
    await until(bench.side.saved.edit.isVisible, "saved")
    seat.hands.write(SAVED)
    seat.hands.press("Return")
    await until(lambda: SAVED in [one.name for one in bench.side.saved.saved], "saved")
    await seat.use_queue(Queue.DISPATCH)
    must(not bench.source.question.filter.text, "search", text="")
    seat.hands.press("Ctrl+Shift+F")
    await until(bench.side.saved.menu.isVisible, "menu")
    seat.hands.press("1")
    await seat.in_front()
    await until(lambda: bench.source.question.filter.text == CHARACTERS[1], "saved")
    await seat.calm()
    return {"name": SAVED, "n": bench.source.total}


STEPS = (Step("search", search), Step("saved", save_filter))
