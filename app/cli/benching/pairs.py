"""How soon another desk on the same machine sees what was done at this one."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from random import Random

from app.cli.benching import crowd
from app.cli.benching.child import Child, beside
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.room import PATIENCE
from app.cli.benching.timing import Series
from app.cli.checking.waiting import until
from app.domain.moment import Setting
from app.services.live import LiveDesk

GOAL = Goal(Judged.P95, 500.0)
#: Between two commands, so that each begins at another moment of the other desk's rounds (seconds).
_PAUSE = 0.17


async def measure(
    desk: LiveDesk, folder: Path, store: Path, setting: Setting, rounds: int
) -> Figure:
    """Register at `desk`; a second process, sitting in `folder`, says when it saw the case."""
    seen = Series()
    given = crowd.reports(setting, Random())
    with beside("desk", folder, store) as other:
        await until(lambda: other.lines, "bench-other", seconds=PATIENCE)
        for turn in range(-1, rounds):
            begun = time.monotonic()
            done = await desk.send(replace(next(given), category=None))
            at = await _seen(other, done.case_id)
            if turn >= 0:
                seen.add(at - begun, 0.0)
            await asyncio.sleep(_PAUSE * (turn % 5 + 1) / 3)
    return Figure("pair", seen, None, GOAL)


async def _seen(other: Child, case_id: str) -> float:
    """The moment the other desk named, on the clock both share."""
    line = await until(
        lambda: next((one for one in other.lines if one.startswith(case_id)), ""),
        "bench-seen",
        seconds=PATIENCE,
    )
    return float(line.split()[1])
