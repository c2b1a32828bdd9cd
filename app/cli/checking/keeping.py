"""What outlives the moment: a colleague's seat hears of it, a closed window is found again, the store is sound."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from app.cli.checking.day import Day, Seen, Step
from app.cli.checking.dispatching import NARRATIVE, OPERATOR, OTHER, intake_of, open_intake
from app.cli.checking.seat import Seat, desk_at, take_seat
from app.cli.checking.waiting import EVERY, PATIENCE, must, until, until_told
from app.cli.verifying import verified
from app.cli.wiring import close_desk
from app.domain.case import TABLES
from app.domain.commands import AddNote
from app.services.live import LiveDesk

#: A colleague's seat hears of a change within this time (seconds).
GOAL = 0.5
TIMES = 5


async def second_desk(day: Day) -> Seen:
    """What is done at one seat is seen at another in time, and what comes from there disturbs no typing."""
    seat = day.seat
    await seat.sit(OPERATOR)
    await seat.find(day.number_of("main"))
    second = await desk_at(day.folder / "second", day.store, OTHER)
    try:
        there = [await _noted(seat, second, day.id_of("main")) for _ in range(TIMES)]
        here = [await _typing(seat, second, day.id_of("main")) for _ in range(TIMES)]
    finally:
        close_desk(second)
    facts = {"there": _told(there), "here": _told(here)}
    must(max(_usual(there), _usual(here)) <= GOAL, "late", goal=round(GOAL * 1000), **facts)
    return facts


def _usual(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _told(times: list[float]) -> str:
    """The usual one, and the slowest behind it (milliseconds)."""
    return f"{_usual(times) * 1000:.0f} (≤ {max(times) * 1000:.0f})"


async def _noted(seat: Seat, second: LiveDesk, case_id: str) -> float:
    """A note is written here; seconds from the last key until the other seat has it."""
    before = await _notes(second, case_id)
    await seat.open_form("Ctrl+M", "add_note")
    seat.hands.write("已电话联系诉求人。")
    begun = time.perf_counter()
    seat.hands.press("Ctrl+Return")
    await until_told(lambda: _has_more(second, case_id, before), "news")
    taken = time.perf_counter() - begun
    await until(lambda: seat.form is None, "submitted", why=seat.refusal())
    await seat.calm()
    return taken


async def _typing(seat: Seat, second: LiveDesk, case_id: str) -> float:
    """A note comes from the other seat while one is written here; every letter must arrive."""
    form = await seat.open_form("Ctrl+M", "add_note")
    words = getattr(form, "words")  # noqa: B009 - the note's field
    before, typed = await _notes(seat.desk, case_id), words.text  # half-typed the time before
    begun = time.perf_counter()
    await second.send(AddNote(case_id=case_id, text="同事的备注。"))
    while not await _has_more(seat.desk, case_id, before):
        must(time.perf_counter() - begun < 2 * GOAL, "news")
        seat.hands.write("a")
        typed += "a"
        await asyncio.sleep(EVERY)
    taken = time.perf_counter() - begun
    must(words.text == typed, "letters", n=len(words.text), wanted=len(typed))
    seat.hands.press("Escape")
    await until(lambda: seat.form is None, "form_closed")
    return taken


async def _has_more(desk: LiveDesk, case_id: str, before: int) -> bool:
    return await _notes(desk, case_id) > before


async def _notes(desk: LiveDesk, case_id: str) -> int:
    view = await desk.case(case_id)
    return len(view.dossier.notes) if view is not None else 0


async def come_back(day: Day) -> Seen:
    """The window is closed with a draft half-typed, and opened again: all is as it was left."""
    seat = day.seat
    await seat.sit(OPERATOR)
    await seat.find(day.number_of("main"))
    before = _left(seat)
    form = await open_intake(seat)
    seat.hands.press("Return", "Return", "Return", "Return")
    seat.hands.write(NARRATIVE)
    must(form.fields.narrative.text == NARRATIVE, "typed")
    seat.hands.press("Escape")
    await until(lambda: intake_of(seat) is None, "intake_left")
    await seat.close()
    day.seat = await take_seat(
        day.folder / "first", day.store, OPERATOR, seat.window.seat.words, day.theme
    )
    await until(lambda: _left(day.seat) == before, "layout", was=before, now=_left(day.seat))
    await _resume(day.seat)
    return {"number": day.number_of("main"), "text": before[1]}


def _left(seat: Seat) -> tuple[str, str, str | None, bool, str]:
    """Queue, searched text, sort, direction and open case."""
    bench = seat.window.workbench
    asked = bench.source.question
    return (
        str(asked.queue),
        asked.filter.text,
        str(asked.sort),
        asked.descending,
        bench.selected or "",
    )


async def _resume(seat: Seat) -> None:
    """The draft is offered, and Alt+R brings it back."""
    form = await open_intake(seat)
    await until(lambda: form.drafts.newest is not None, "draft")
    seat.hands.press("Alt+R")
    await until(lambda: form.fields.narrative.text == NARRATIVE, "draft")
    seat.hands.press("Escape")
    await until(lambda: intake_of(seat) is None, "intake_left")
    await seat.calm()


async def is_sound(day: Day) -> Seen:
    """The store's chain, rows and decisions; and this seat's copy beside one that is made anew."""
    await day.seat.sent()
    waiting = await day.seat.desk.attention()
    must(
        not waiting,
        "attention",
        what=[f"{one.kind} {one.why} {dict(one.facts)}" for one in waiting],
    )
    report = verified(day.store)
    first = report.findings[0] if report.findings else None
    must(report.is_sound, "unsound", n=len(report.findings), what=str(first))
    again = await desk_at(day.folder / "again", day.store, day.seat.desk.me.login)
    copies = [_copy(day.folder / name) for name in ("first", "again")]
    try:
        await _agree(*copies)
    finally:
        close_desk(again)
    return {"commands": report.lines, "rows": report.rows}


async def _agree(one: Path, other: Path) -> None:
    """Wait until two replicas hold the same rows; tables and how many rows differ otherwise."""
    end = time.monotonic() + PATIENCE
    while off := _difference(one, other):
        must(time.monotonic() < end, "copies", what=off)
        await asyncio.sleep(GOAL)


def _difference(one: Path, other: Path) -> str:
    here, there = _rows(one), _rows(other)
    off = {name: len(here[name] ^ there[name]) for name in here if here[name] != there[name]}
    return ", ".join(f"{name} {n}" for name, n in off.items())


def _copy(home: Path) -> Path:
    """The centre's replica in a seat's folder."""
    return next(iter(sorted(home.glob("desks/*/replica-centre.db"))))


def _rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        names = (*TABLES, "history")
        return {name: set(db.execute(f"SELECT * FROM {name}")) for name in names}


STEPS = (
    Step("second_desk", second_desk),
    Step("come_back", come_back),
    Step("sound", is_sound),
)
