"""How long a new seat's first fill takes: to the first page, and to the last case."""

import sqlite3
import time
from pathlib import Path

from app.cli.benching.crowd import LOGIN
from app.cli.benching.figures import Figure
from app.cli.benching.room import PATIENCE, desk_at, filled
from app.cli.benching.timing import Series
from app.cli.checking.waiting import until_told
from app.domain.moment import Setting
from app.services.live import LiveDesk
from app.services.queries import Queue, WindowQuery

_ROWS = 200


async def measure(folder: Path, store: Path, setting: Setting) -> list[Figure]:
    """Sit down at `store` in an empty folder; beside it rows are merely copied, without any index."""
    first, whole, bare = Series(), Series(), Series()
    bare.take(lambda _: _copied(store, folder / "bare.db"), 0)
    begun, spent = time.perf_counter(), time.process_time()
    async with desk_at(folder, store, LOGIN, setting) as desk:
        await until_told(lambda: _has_rows(desk), "bench-fill", seconds=PATIENCE)
        first.add(time.perf_counter() - begun, time.process_time() - spent)
        await filled(desk)
        whole.add(time.perf_counter() - begun, time.process_time() - spent)
    return [Figure("fill.first", first), Figure("fill.whole", whole, bare)]


async def _has_rows(desk: LiveDesk) -> bool:
    return bool((await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))).rows)


def _copied(store: Path, path: Path) -> None:
    """All rows of cases into an empty file, so many at a time."""
    source, target = sqlite3.connect(store), sqlite3.connect(path)
    try:
        rows = source.execute("SELECT * FROM case_file")
        names = [one[0] for one in rows.description]
        target.execute("PRAGMA journal_mode=WAL")
        target.execute(f"CREATE TABLE case_file ({', '.join(names)})")
        marks = ", ".join("?" * len(names))
        while part := rows.fetchmany(_ROWS):
            with target:
                target.executemany(f"INSERT INTO case_file VALUES ({marks})", part)
    finally:
        source.close()
        target.close()
