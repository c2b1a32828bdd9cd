"""Who works beside the measured desk, each in a process of its own: a colleague, and a second desk."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import app
from app.cli.benching import crowd
from app.cli.checking.waiting import until
from app.cli.places import setting
from app.cli.wiring import close_desk, open_desk
from app.domain.case import Dossier
from app.domain.commands import File
from app.services.live import LiveDesk
from app.services.queries import Changed
from db.central.store import open_central, utc_now

#: A colleague's batch: so many reports, filed, and some of them dispatched; 200 commands.
_REPORTS, _DISPATCHED = 80, 40
#: Seconds between two batches.
_PAUSE = 1.5
#: How long one may take to end (seconds).
_LAST = 15.0
_ROOT = Path(app.__file__).parents[1]
#: How long a first fill may take (seconds).
PATIENCE = 900.0


def colleague(store: Path) -> None:
    """Submit batch after batch until ended from outside."""
    rules, random = setting(), Random()
    writer = crowd.Writer(rules, crowd.actor(rules, crowd.COLLEAGUE), random)
    given = crowd.reports(rules, random)
    central = open_central(store, crowd.COLLEAGUE)
    while True:
        offers: list[crowd.Offer] = []
        for turn in range(_REPORTS):
            on: Dossier
            offer, on = writer.decided(next(given), None, utc_now())
            offers.append(offer)
            offer, on = writer.decided(File(case_id=on.case.id), on, utc_now())
            offers.append(offer)
            if turn < _DISPATCHED:
                offers.append(writer.decided(crowd.dispatched(on, rules), on, utc_now())[0])
        answers = central.submit(offers)
        print(sum(one.status == "done" for one in answers), flush=True)
        time.sleep(_PAUSE)


async def second_desk(folder: Path, store: Path) -> None:
    """Sit at another desk and say which cases come to be seen, and when."""
    loop = asyncio.get_running_loop()
    desk = open_desk(folder, store, crowd.COLLEAGUE, setting(), loop.call_soon_threadsafe)
    try:
        await until(lambda: _is_filled(desk), "bench-fill", seconds=PATIENCE)
        desk.on_changed(_say)
        print("ready", flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
    finally:
        close_desk(desk)


def _is_filled(desk: LiveDesk) -> bool:
    return desk.sync_state.online and desk.sync_state.filled == desk.sync_state.to_fill


def _say(changed: Changed) -> None:
    seen = time.monotonic()
    for case_id in changed.cases or ():
        print(case_id, seen, flush=True)


@dataclass(slots=True)
class Child:
    """A process beside this one, and the lines it said."""

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list[str])

    def listen(self) -> None:
        """Collect what it says; on a thread of its own."""
        assert self.process.stdout is not None
        self.lines.extend(line.strip() for line in self.process.stdout)


@contextmanager
def beside(role: str, *places: Path) -> Generator[Child, None, None]:
    """Such a process for as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", __spec__.name, role, *map(str, places)],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = Child(process)
    ear = threading.Thread(target=child.listen, daemon=True)
    ear.start()
    try:
        yield child
    finally:
        _end(process, is_patient=role == "desk")
        ear.join()


def _end(process: "subprocess.Popen[str]", *, is_patient: bool) -> None:
    """A desk may close its files once nobody speaks to it; a colleague just stops."""
    assert process.stdin is not None
    process.stdin.close()
    if not is_patient:
        process.terminate()
    try:
        process.wait(_LAST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


if __name__ == "__main__":
    if sys.argv[1] == "colleague":
        colleague(Path(sys.argv[2]))
    else:
        asyncio.run(second_desk(Path(sys.argv[2]), Path(sys.argv[3])))
