"""A seat whose centre goes away and comes back: what it shows meanwhile, and what then needs a person."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from app.cli.checking.day import Day
from app.cli.checking.dispatching import OPERATOR, OTHER
from app.cli.checking.gallery import Gallery, Look, wear
from app.cli.checking.seat import Seat, desk_at, take_seat
from app.cli.checking.waiting import until
from app.cli.wiring import close_desk
from app.domain.commands import RaiseGrade
from app.domain.terms import Grade
from app.services.queries import Queue
from db.central.sealing import key_path


async def photograph(day: Day, gallery: Gallery, looks: Sequence[Look]) -> None:
    """Pictures of a seat without its centre, and of what the centre did not take."""
    store = _copied(day.store, day.folder / "away")
    home = day.folder / "away-home"
    words, theme = day.seat.window.seat.words, day.theme
    await (await take_seat(home, store, OPERATOR, words, theme)).close()
    gone = store.with_name("gone.db")
    _moved(store, gone)
    seat = await take_seat(home, store, OPERATOR, words, theme)
    try:
        case_id = await _raised(seat)
        await _pictures(seat, gallery, looks, "offline", "")
        await _raised_elsewhere(day, gone, case_id)
        _moved(gone, store)
        await _noted(seat)
        await until(lambda: seat.desk.sync_state.attention, "news", seconds=40)
        await _pictures(seat, gallery, looks, "attention", "Ctrl+3")
    finally:
        await seat.close()


async def _pictures(
    seat: Seat, gallery: Gallery, looks: Sequence[Look], name: str, keys: str
) -> None:
    for look in looks:
        await wear(seat, look)
        if keys:
            seat.hands.press(keys)
            await until(lambda: seat.form, "form", kind=name)
        await seat.calm()
        await gallery.snap(seat.window, name, look)
        if keys:
            seat.hands.press("Escape")


async def _raised(seat: Seat) -> str:
    """By keys, while nobody else can know of it."""
    await seat.use_queue(Queue.DISPATCH)
    seat.hands.press("J")
    await seat.calm()
    await seat.open_form("U", "raise_grade")
    seat.hands.press("1", "Return")
    await seat.submit()
    view = seat.window.workbench.view
    assert view is not None
    return view.dossier.case.id


async def _raised_elsewhere(day: Day, store: Path, case_id: str) -> None:
    """A colleague decides the same at a seat that still has the centre."""
    desk = await desk_at(day.folder / "colleague", store, OTHER)
    try:
        await desk.send(RaiseGrade(case_id=case_id, grade=Grade.A, reason="有人被困。"))
        await until(lambda: not desk.sync_state.waiting, "sent")
    finally:
        close_desk(desk)


async def _noted(seat: Seat) -> None:
    """Another act wakes the line."""
    seat.hands.press("J")
    await seat.calm()
    await seat.open_form("Ctrl+M", "add_note")
    seat.hands.write("已电话联系诉求人。")
    await seat.submit()


def _copied(store: Path, folder: Path) -> Path:
    folder.mkdir()
    copy = folder / store.name
    shutil.copy(store, copy)
    shutil.copy(key_path(store), key_path(copy))
    return copy


def _moved(store: Path, to: Path) -> None:
    for path in store.parent.glob(f"{store.name}*"):
        path.rename(to.with_name(to.name + path.name.removeprefix(store.name)))
