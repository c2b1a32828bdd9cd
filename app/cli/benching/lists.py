"""How soon a list stands in another order, or narrowed, once that is asked for."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.room import PATIENCE, Paints
from app.cli.benching.timing import Series
from app.services.filters import Filter
from app.services.queries import Queue, Sort
from ui.main_window import MainWindow
from ui.models.queue_source import Question

GOAL = Goal(Judged.P95, 100.0)
_REST = 0.15


async def measure(window: MainWindow, rounds: int) -> list[Figure]:
    """Every order in turn, and every filter in turn, from the question to the paint."""
    start = Question(Queue.ALL)
    sorts = [replace(start, sort=one, descending=up) for up in (False, True) for one in Sort]
    row = (await _first(window)) or {}
    wishes = (
        Filter(street=row.get("street")),
        Filter(category=row.get("category")),
        Filter(text="路灯"),
        Filter(text="夜间施工"),
        Filter(),
    )
    narrowed = [replace(start, filter=one) for one in wishes]
    return [
        Figure("list.sort", await _asked(window, sorts, rounds), None, GOAL),
        Figure("list.filter", await _asked(window, narrowed, rounds), None, GOAL),
    ]


async def _first(window: MainWindow) -> dict[str, str | None] | None:
    """What some row has, to filter by."""
    await _shown(window, Question(Queue.ALL))
    row = window.workbench.model.row_at(0)
    return row and {"street": row.street, "category": row.category}


async def _asked(window: MainWindow, questions: Sequence[Question], rounds: int) -> Series:
    series = Series()
    for turn in range(-1, rounds):
        await asyncio.sleep(_REST)
        begun, spent = time.perf_counter(), time.process_time()
        await _shown(window, questions[turn % len(questions)])
        if turn >= 0:
            series.add(time.perf_counter() - begun, time.process_time() - spent)
    return series


async def _shown(window: MainWindow, question: Question) -> None:
    source, table = window.workbench.source, window.workbench.table
    paints = Paints(table.viewport())
    source.ask(question)
    shown = paints.shown(lambda: source.has_answered)
    await asyncio.wait_for(shown, PATIENCE)
    table.viewport().removeEventFilter(paints)
    paints.deleteLater()
