"""One check from its first window to its last line."""

import asyncio
import time
import unicodedata
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching, finding, handling, keeping, own
from app.cli.checking.away import photograph
from app.cli.checking.day import Day, Outcome, Step, listen, walk
from app.cli.checking.doorstep import photograph_door
from app.cli.checking.gallery import LOOKS, Gallery, take, tried
from app.cli.checking.reading import Fault
from app.cli.checking.screens import gather, shots
from app.cli.checking.seat import take_seat
from ui.loop import OrderedLoop
from ui.offscreen import hushed
from ui.sentences import Words
from ui.start import Sweeper, make_app
from ui.theme import Theme
from ui.wording import Wording

T = TypeVar("T")

#: The whole main job in the order of a day.
JOB: tuple[Step, ...] = (
    *dispatching.STEPS_BEFORE,
    *handling.STEPS,
    *dispatching.STEPS_AFTER,
    *finding.STEPS,
    *own.STEPS,
    *keeping.STEPS,
)
NAME_COLUMNS = 30


def check(store: Path, pictures: Path, words: Words) -> int:
    """Walk the day, take the pictures, print the table; 1 when anything failed."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app, theme = make_app(), Theme()
    with hushed():
        return on_a_loop(app, lambda: _checked(store, pictures, words, theme))


def on_a_loop(app: QApplication, main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on Qt's events to its end."""
    app.setQuitOnLastWindowClosed(False)
    loop, sweeper = OrderedLoop(app), Sweeper(app)
    asyncio.set_event_loop(loop)
    sweeper.begin()
    with loop, ExitStack() as last:
        last.callback(sweeper.end)
        return loop.run_until_complete(main())  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - qasync has no types


async def _checked(store: Path, pictures: Path, words: Words, theme: Theme) -> int:
    day = await began(store, words, theme)
    try:
        return await _whole(day, pictures)
    finally:  # whatever went wrong: nothing may go on working for a seat that nobody sits at
        if not day.seat.is_left:
            await day.seat.close()


async def _whole(day: Day, pictures: Path) -> int:
    gallery, words = Gallery(pictures), day.words
    outcomes = await walked(day, pictures, JOB)
    print(_total(outcomes, words), flush=True)
    if day.seat.is_left:
        return 1
    begun = time.perf_counter()
    await photographed(day, gallery)
    print(_told(gallery, words, time.perf_counter() - begun), flush=True)
    is_right = all(one.is_ok for one in outcomes) and not gallery.faults and not gallery.lost
    return 0 if is_right else 1


async def photographed(day: Day, gallery: Gallery) -> None:
    """A picture of every screen in every look."""
    await gather(day)
    gallery.faults.update(dict.fromkeys(gallery.reader.rare(day.seat.window), ""))
    await take(day, gallery, shots(), LOOKS)
    for name, pictured in (("away", photograph), ("door", photograph_door)):
        await tried(day, gallery, name, partial(pictured, day, gallery, LOOKS))
    for key in sorted(day.seat.window.seat.words.missing):
        gallery.faults[Fault("words", key, "")] = ""


async def began(store: Path, words: Words, theme: Theme) -> Day:
    """The day's first seat, beside `store`."""
    theme.dress(_app())
    spoken = Wording(words.language)
    seat = await take_seat(store.parent / "first", store, dispatching.OPERATOR, spoken, theme)
    day = Day(store.parent, store, words, theme, seat)
    listen(day)
    return day


async def walked(day: Day, pictures: Path, steps: Sequence[Step]) -> list[Outcome]:
    """Do `steps`, telling each as it ends."""
    return await walk(day, steps, pictures, lambda one: print(line(one, day.words), flush=True))


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _total(outcomes: Sequence[Outcome], words: Words) -> str:
    failed = sum(not one.is_ok for one in outcomes)
    return words.say("check.total", n=len(outcomes), failed=failed)


def _told(gallery: Gallery, words: Words, seconds: float) -> str:
    """How many pictures were taken, what could not be reached, and every fault once."""
    numbers = {"n": gallery.taken, "looks": len(LOOKS), "seconds": round(seconds)}
    lines = [words.say("check.pictures", **numbers)]
    lines += [words.say("check.unreached", what=one) for one in gallery.lost]
    for fault, title in gallery.faults.items():
        facts = {"where": fault.where, "text": fault.text[:60], "picture": title}
        lines.append(words.say(f"check.fault.{fault.what}", **facts))
    lines.append(words.say("check.faults", n=len(gallery.faults) + len(gallery.lost)))
    return "\n".join(lines)


def line(one: Outcome, words: Words) -> str:
    """One line of the table."""
    mark = words.say("check.ok" if one.is_ok else "check.failed")
    name = _padded(words.say(f"check.step.{one.name}"), NAME_COLUMNS)
    return f"{_padded(mark, 6)} {name} {one.seconds:6.2f} s  {one.seen}"


def _padded(text: str, width: int) -> str:
    """Text filled up to a width of columns; Chinese takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(0, width - taken)
