"""A desk that is killed at its n-th SQL statement, over and over; prints what came of each as JSON.

Run as a program: everything is loaded once, and each attempt is a fork of it.
"""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.domain.commands import AddNote, Dispatch, File
from app.services.queries import Queue, WindowQuery
from db import opening
from db.outbox import store as outbox_store
from db.replica import store as replica_store
from tests.sync.desks import UNIT, Desks, cut, found, report, settled

OLD, NEW = "先前的诉求", "被打断的登记"


class Countdown:
    """Kills this process before its n-th statement once it is armed; counts them in any case."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0
        self.is_armed = False

    def __call__(self, _statement: str) -> None:
        if self.is_armed:
            self.count += 1
            if self.count == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def traced(countdown: Countdown) -> None:
    """Every local file opened from now on counts its statements."""
    plain = opening.open_file

    def open_file(path: Path, synchronous: str) -> sqlite3.Connection:
        connection = plain(path, synchronous)
        connection.set_trace_callback(countdown)
        return connection

    outbox_store.open_file = replica_store.open_file = open_file


async def prepare(folder: Path) -> str:
    """A store with one filed case, and a seat that has it. The case's id."""
    desks = Desks(folder, found(folder))
    desk = await desks.at("li")
    done = await desk.send(report(OLD))
    await desk.send(File(case_id=done.case_id))
    await settled(desk)
    desks.close()
    return done.case_id


async def work(
    folder: Path, case_id: str, countdown: Countdown, say: Callable[[str], None]
) -> None:
    """Register, dispatch, and let it all be sent; each step is said when it was acknowledged."""
    desks = Desks(folder, folder / "central" / "central.db")
    desk = await desks.at("li")
    away = cut(desk) if countdown.at % 2 else None  # with and without the centre
    await asyncio.sleep(0.05)
    countdown.is_armed = True
    await desk.send(report(NEW))
    say("registered")
    await desk.send(Dispatch(case_id=case_id, unit=UNIT))
    say("dispatched")
    if away is not None:
        away.is_away = False
        desk._at.wire.wake()
    await settled(desk)
    countdown.is_armed = False
    desks.close()


async def after(folder: Path, case_id: str) -> dict[str, Any]:
    """What a desk started over the remains has, and what the centre has."""
    desks = Desks(folder, folder / "central" / "central.db")
    desk = await desks.at("li")
    await settled(desk)
    window = await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))
    view = await desk.case(case_id)
    assert view is not None
    held = desk._house.desk.submit(lambda: desk._at.replica.held()).result()
    aside = len(await desk.attention())
    await desk.send(AddNote(case_id=case_id, text="还能用"))
    await settled(desk)
    desks.close()
    central = sqlite3.connect(folder / "central" / "central.db")
    logged = central.execute("SELECT count(*), count(DISTINCT cmd_id) FROM log").fetchone()
    central.close()
    return {
        "new": sum(row.title == NEW for row in window.rows),
        "tasks": len(view.dossier.tasks),
        "held": len(held),
        "aside": aside,
        "doubled": logged[0] - logged[1],
    }


def forked(job: Callable[[], None]) -> int:
    """Do a job in a fork; how it ended, negative for a signal."""
    child = os.fork()
    if child == 0:
        job()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def attempt(base: Path, case_id: str, at: int) -> dict[str, Any]:
    """One killing and one waking up; `killed` is false when there was no n-th statement."""
    folder = base.with_name(f"at-{at}")
    shutil.copytree(base, folder)
    said, seen = folder / "said", folder / "seen"
    countdown = Countdown(at)

    def live() -> None:
        with said.open("a") as file:

            def say(word: str) -> None:
                file.write(word + "\n")
                file.flush()

            traced(countdown)
            asyncio.run(work(folder, case_id, countdown, say))

    code = forked(live)
    forked(lambda: _write(seen, asyncio.run(after(folder, case_id))))
    acknowledged = said.read_text().split()
    found_ = json.loads(seen.read_text())
    shutil.rmtree(folder)
    return {"at": at, "killed": code == -signal.SIGKILL, "acknowledged": acknowledged, **found_}


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))


def main(folder: str, first: str, step: str, seconds: str) -> None:
    """Attempts at first, first + step ... until nothing is killed any more, or time is up."""
    base = Path(folder) / "base"
    base.mkdir()
    made = base / "case"
    forked(lambda: _write(made, asyncio.run(prepare(base))))
    case_id = json.loads(made.read_text())
    end = time.monotonic() + float(seconds)
    at, is_killed = int(first), True
    while is_killed and time.monotonic() < end:
        outcome = attempt(base, case_id, at)
        print(json.dumps(outcome), flush=True)  # noqa: T201
        is_killed = outcome["killed"]
        at += int(step)


if __name__ == "__main__":
    main(*sys.argv[1:])
