"""Pictures of every screen in every look, each read for faults as it is taken."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.cli.checking.day import Day
from app.cli.checking.reading import Fault, Reader
from app.cli.checking.seat import Seat
from app.cli.checking.waiting import Missed
from ui.sentences import LANGUAGES
from ui.theme import NAMES

#: Until a change has usually been laid out and painted, and at the latest (seconds).
PAINTED, LAID_OUT = 0.06, 0.4
SIZES = ((1920, 1040), (1366, 768))


@dataclass(frozen=True, slots=True)
class Look:
    """How everything is shown."""

    theme: str
    language: str
    size: tuple[int, int]

    @property
    def stem(self) -> str:
        """The end of a picture's name."""
        return f"{self.theme}-{self.language}-{self.size[0]}"


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: who sits there and how one comes to it.

    One that is under way is taken while something still runs.
    """

    name: str
    login: str
    show: Callable[[Day], Awaitable[None]]
    is_under_way: bool = False


@dataclass(slots=True)
class Gallery:
    """What was taken so far, and what is wrong with it: each fault once, with the first look it has."""

    folder: Path
    reader: Reader = field(default_factory=Reader)
    taken: int = 0
    faults: dict[Fault, str] = field(default_factory=dict[Fault, str])
    lost: list[str] = field(default_factory=list[str])

    async def snap(self, window: QWidget, name: str, look: Look) -> None:
        """Keep a picture and read it; what a busy machine had not laid out yet gets a second look."""
        await asyncio.sleep(PAINTED)
        picture, faults = self._read(window)
        if faults:
            await asyncio.sleep(LAID_OUT)
            picture, faults = self._read(window)
        title = f"{name}-{look.stem}"
        picture.save(str(self.folder / f"{title}.png"))
        self.taken += 1
        for fault in faults:
            self.faults.setdefault(fault, title)

    def _read(self, window: QWidget) -> tuple[QPixmap, list[Fault]]:
        picture = _grabbed(window)
        return picture, self.reader.read(window, picture.toImage())


#: Every look: both themes, both languages, both sizes.
LOOKS = tuple(
    Look(theme, language, size) for theme in NAMES for language in LANGUAGES for size in SIZES
)


async def take(day: Day, gallery: Gallery, shots: Sequence[Shot], looks: Sequence[Look]) -> None:
    """All pictures; a screen that cannot be reached, or left, is told and the next one tried."""
    for look in looks:
        for shot in shots:
            title = f"{shot.name}-{look.stem}"
            await tried(day, gallery, title, partial(_taken, day, gallery, shot, look))
            await tried(day, gallery, title, partial(leave, day.seat))


async def tried(
    day: Day, gallery: Gallery, title: str, doing: Callable[[], Awaitable[None]]
) -> None:
    """Do it; what should have happened and did not is told as a picture that was lost."""
    try:
        await doing()
    except Missed as missed:
        why = day.words.say(f"check.missed.{missed.code}", **missed.facts)
        gallery.lost.append(f"{title}: {why}")


async def wear(seat: Seat, look: Look) -> None:
    """Change theme, language and size in place."""
    screen = seat.window.seat
    screen.theme.use(look.theme)
    screen.words.use(look.language)
    seat.window.resize(*look.size)
    await asyncio.sleep(PAINTED)


async def _taken(day: Day, gallery: Gallery, shot: Shot, look: Look) -> None:
    await day.seat.sit(shot.login)
    await wear(day.seat, look)  # whoever sits down brings the looks of his own
    _silence(day.seat)
    await shot.show(day)
    if not shot.is_under_way:
        await day.seat.calm()
    await gallery.snap(day.seat.window, shot.name, look)


async def leave(seat: Seat) -> None:
    """Back to the list, with nothing open and nothing half-typed."""
    for popup in iter(QApplication.activePopupWidget, None):
        popup.close()
    await seat.in_front()
    for _ in range(5):
        if not _is_something_open(seat):
            break
        seat.hands.press("Escape")
        await seat.calm()
    for draft in await seat.desk.drafts():
        await seat.desk.drop_draft(draft.id)
    seat.hands.press("Ctrl+0")
    _silence(seat)
    seat.hands.press("Ctrl+1")


def _silence(seat: Seat) -> None:
    """Messages of what was done to get here belong to no picture."""
    for card in seat.window.toasts.shown:
        seat.window.toasts.drop(card)


def _is_something_open(seat: Seat) -> bool:
    window = seat.window
    is_over = seat.form is not None or window.palette_panel.isVisible() or window.is_locked
    return is_over or not window.workbench.isVisible()


def _grabbed(window: QWidget) -> QPixmap:
    """The window, with the menus that are open over it."""
    picture = window.grab()
    painter = QPainter(picture)
    origin = window.mapToGlobal(QPoint(0, 0))
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup.isWindow() and popup is not window and _is_popup(popup):
            painter.drawPixmap(popup.pos() - origin, popup.grab())
    painter.end()
    return picture


def _is_popup(widget: QWidget) -> bool:
    return widget.windowType() == widget.windowType().Popup
