"""The day that is walked through: what its steps share, and how each is timed, told and photographed."""

import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from app.cli.checking.seat import Seat
from app.cli.checking.waiting import Missed, must
from app.services.queries import Queue, QueueRow
from ui.sentences import Words
from ui.theme import Theme

#: What a step saw, for its sentence `check.seen.<step>`.
Seen = Mapping[str, Any]


@dataclass(slots=True)
class Day:
    """The places and people of one check, and the cases it has come to know by the names below."""

    folder: Path
    store: Path
    words: Words
    theme: Theme
    seat: Seat
    cases: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    taken: set[str] = field(default_factory=set[str])
    troubles: list[str] = field(default_factory=list[str])

    def know(self, name: str, case_id: str, number: str) -> None:
        """Remember a case."""
        self.cases[name] = (case_id, number)
        self.taken.add(case_id)

    def id_of(self, name: str) -> str:
        """The id of a case remembered; Missed when an earlier step did not come so far."""
        return self._known(name)[0]

    def number_of(self, name: str) -> str:
        """Its number."""
        return self._known(name)[1]

    def _known(self, name: str) -> tuple[str, str]:
        if name not in self.cases:
            raise Missed("earlier", name=name)
        return self.cases[name]

    async def pick(self, name: str, queue: Queue, fits: Callable[[QueueRow], bool]) -> QueueRow:
        """Remember a case of the district's past that waits in a queue and was not used yet."""
        rows = (await self.seat.queue(queue)).rows
        row = next((one for one in rows if one.id not in self.taken and fits(one)), None)
        if row is None:
            raise Missed("none", queue=self.words.say(f"queue.name.{queue}"))
        self.know(name, row.id, row.number)
        return row


def listen(day: Day) -> None:
    """Whatever the windows let slip becomes a failure of the step it happened in."""

    def met(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, bug, trace)
        day.troubles.append(f"{kind.__name__}: {bug}")

    sys.excepthook = met


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words are `check.step.<name>` and `check.seen.<name>`."""

    name: str
    do: Callable[[Day], Awaitable[Seen]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went."""

    name: str
    seen: str
    is_ok: bool
    seconds: float


async def walk(
    day: Day, steps: Sequence[Step], pictures: Path, tell: Callable[[Outcome], None]
) -> list[Outcome]:
    """Do the steps in order; one that fails leaves a picture, and the next one is tried all the same."""
    outcomes: list[Outcome] = []
    for step in steps:
        outcomes.append(await _done(day, step))
        tell(outcomes[-1])
        if day.seat.is_left:
            break  # it could not be opened again
        if not outcomes[-1].is_ok:
            _photograph(day, pictures / f"failed-{step.name}.png")
            await _recover(day)
    return outcomes


async def _done(day: Day, step: Step) -> Outcome:
    begun = time.perf_counter()
    say = day.words.say
    try:
        facts = await step.do(day)
        must(not day.troubles, "bug", what="; ".join(day.troubles))
        is_ok, seen = True, say(f"check.seen.{step.name}", **facts)
    except Missed as missed:
        is_ok, seen = False, say(f"check.missed.{missed.code}", **missed.facts)
    except Exception as bug:  # noqa: BLE001 - a check reports whatever goes wrong and goes on
        is_ok, seen = False, say("check.missed.bug", what=f"{type(bug).__name__}: {bug}")
    day.troubles.clear()
    return Outcome(step.name, seen, is_ok, time.perf_counter() - begun)


def _photograph(day: Day, path: Path) -> None:
    day.seat.window.grab().save(str(path))


async def _recover(day: Day) -> None:
    """Close whatever the step left open, by the key a person would use."""
    seat = day.seat
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()
    await seat.in_front()
    for _ in range(4):
        if seat.form is None and not seat.window.palette_panel.isVisible():
            break
        seat.hands.press("Escape")
    seat.hands.press("Ctrl+1")
