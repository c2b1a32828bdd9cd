"""One check from its first window to its last line."""

import asyncio
import unicodedata
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching, finding, handling, keeping
from app.cli.checking.day import Day, Outcome, Step, listen, walk
from app.cli.checking.seat import take_seat
from ui.start import make_app
from ui.theme import Theme
from ui.wording import Wording

T = TypeVar("T")

#: The whole main job in the order of a day.
JOB: tuple[Step, ...] = (
    *dispatching.STEPS_BEFORE,
    *handling.STEPS,
    *dispatching.STEPS_AFTER,
    *finding.STEPS,
    *keeping.STEPS,
)
NAME_COLUMNS = 30


def check(store: Path, pictures: Path, words: Wording) -> int:
    """Walk the day, take the pictures, print the table; 1 when anything failed."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app, theme = make_app(), Theme()
    outcomes = on_a_loop(app, lambda: walked(store, pictures, words, theme, JOB))
    print(_total(outcomes, words))
    return 0 if all(one.is_ok for one in outcomes) else 1


def on_a_loop(app: QApplication, main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on Qt's events to its end."""
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        return loop.run_until_complete(main())  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - qasync has no types


async def walked(
    store: Path, pictures: Path, words: Wording, theme: Theme, steps: Sequence[Step]
) -> list[Outcome]:
    """Do `steps` at a seat beside `store`, telling each as it ends."""
    theme.dress(_app())
    spoken = Wording(words.language)
    seat = await take_seat(store.parent / "first", store, dispatching.OPERATOR, spoken, theme)
    day = Day(store.parent, store, words, theme, seat)
    listen(day)
    outcomes = await walk(day, steps, pictures, lambda one: print(line(one, words), flush=True))
    await day.seat.close()
    return outcomes


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _total(outcomes: Sequence[Outcome], words: Wording) -> str:
    failed = sum(not one.is_ok for one in outcomes)
    return words.say("check.total", n=len(outcomes), failed=failed)


def line(one: Outcome, words: Wording) -> str:
    """One line of the table."""
    mark = words.say("check.ok" if one.is_ok else "check.failed")
    name = _padded(words.say(f"check.step.{one.name}"), NAME_COLUMNS)
    return f"{_padded(mark, 6)} {name} {one.seconds:6.2f} s  {one.seen}"


def _padded(text: str, width: int) -> str:
    """Text filled up to a width of columns; Chinese takes two."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(0, width - taken)
