"""A desk that is killed at its n-th SQL statement, for every n; prints what came of each as JSON.

Run as a program: everything is loaded once, and each attempt is a fork of it. The first line counts the
statements of an undisturbed run up to each acknowledgement, with the centre there and away.
"""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
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
#: With the centre there, and with the centre away until everything is said.
THERE, AWAY = "there", "away"
#: No run has so many statements.
NEVER = 1_000_000


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
    folder: Path, case_id: str, countdown: Countdown, mode: str, say: Callable[[str], None]
) -> None:
    """Register, dispatch, and let it all be sent; each step is said when it was acknowledged."""
    desks = Desks(folder, folder / "central" / "central.db")
    desk = await desks.at("li")
    away = cut(desk) if mode == AWAY else None
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
    say("settled")
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


def counted(base: Path, case_id: str, mode: str) -> dict[str, int]:
    """How many statements an undisturbed run needs up to each acknowledgement."""
    folder = base.with_name(f"counted-{mode}")
    shutil.copytree(base, folder)
    countdown, counts = Countdown(NEVER), {}

    def live() -> None:
        traced(countdown)

        def say(word: str) -> None:
            counts[word] = countdown.count

        asyncio.run(work(folder, case_id, countdown, mode, say))
        _write(folder / "counts", counts)

    assert forked(live) == 0
    return json.loads((folder / "counts").read_text())


def attempt(base: Path, case_id: str, at: int, mode: str) -> dict[str, Any]:
    """One killing and one waking up; `killed` is false when there was no n-th statement."""
    folder = base.with_name(f"{mode}-{at}")
    shutil.copytree(base, folder)
    said, seen = folder / "said", folder / "seen"
    countdown = Countdown(at)

    def live() -> None:
        with said.open("a") as file:

            def say(word: str) -> None:
                file.write(word + "\n")
                file.flush()

            traced(countdown)
            asyncio.run(work(folder, case_id, countdown, mode, say))

    code = forked(live)
    forked(lambda: _write(seen, asyncio.run(after(folder, case_id))))
    done = {"at": at, "mode": mode, "killed": code == -signal.SIGKILL}
    found_ = json.loads(seen.read_text())
    acknowledged = said.read_text().split()
    shutil.rmtree(folder)
    return {**done, "acknowledged": acknowledged, **found_}


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))


def _told(value: Any) -> None:
    print(json.dumps(value), flush=True)  # noqa: T201


def main(folder: str, plan: str) -> None:
    """`acts`: each statement of registering and dispatching, by turns with the centre and without it.

    `whole`: each statement until all is sent, in both ways.
    """
    base = Path(folder) / "base"
    base.mkdir()
    made = base / "case"
    forked(lambda: _write(made, asyncio.run(prepare(base))))
    case_id = json.loads(made.read_text())
    counts = {mode: counted(base, case_id, mode) for mode in (THERE, AWAY)}
    _told(counts)
    if plan == "acts":
        for at in range(1, counts[AWAY]["dispatched"] + 1):
            _told(attempt(base, case_id, at, AWAY if at % 2 else THERE))
    else:
        for mode in (THERE, AWAY):
            at, is_killed = 0, True
            while is_killed:
                outcome = attempt(base, case_id, at := at + 1, mode)
                is_killed = outcome["killed"]
                _told(outcome)


if __name__ == "__main__":
    main(*sys.argv[1:])
