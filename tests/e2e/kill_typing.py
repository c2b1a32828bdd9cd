"""A person types into a new report at a real window, and the program is killed; prints what was kept as JSON.

Run as a program: everything is loaded once, and each attempt is a fork of it. The clock that never goes
back is one for all processes of a machine, so that keys and kill can be compared.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from app.cli.checking import dispatching
from app.cli.checking.run import on_a_loop
from app.cli.checking.seat import desk_at, take_seat
from app.cli.wiring import close_desk
from ui.offscreen import hushed
from ui.start import make_app
from ui.theme import Theme
from ui.views.journal import EVERY
from ui.wording import Wording

#: Seconds from key to key, of a quick typist; and how long one may wait for a window.
PACE, PATIENCE = 0.05, 60.0
SAVED = "saved"
LOGIN = dispatching.OPERATOR


def type_on(folder: Path, store: Path, said: Path) -> None:
    """Open a report and type into it until killed; each letter, and each save, is written down with its instant."""

    async def typed() -> None:
        seat = await take_seat(folder, store, LOGIN, Wording("zh"), theme)
        form = await dispatching.open_intake(seat)
        seat.hands.press(*["Return"] * 4)
        with said.open("w") as file:

            def say(what: str) -> None:
                file.write(f"{time.monotonic()} {what}\n")
                file.flush()

            form.draft.saved.connect(partial(say, SAVED))
            for at in range(10_000):
                letter = ascii_lowercase[at % 26]
                seat.hands.write(letter)
                assert len(form.fields.narrative.text) == at + 1
                say(letter)
                await asyncio.sleep(PACE)

    app, theme = make_app(), Theme()
    theme.dress(app)
    with hushed():
        on_a_loop(app, typed)


def attempt(base: Path, number: int, later: float) -> dict[str, Any]:
    """Typing, a kill so much later than the second save is due, and the drafts that a desk finds then."""
    place = base.with_name(f"attempt-{number}")
    shutil.copytree(base, place)
    folder, store, said = place / "seat", place / "central.db", place / "said"
    child = os.fork()
    if child == 0:
        type_on(folder, store, said)
        os._exit(1)
    due = _first_save(said, child) + PACE + EVERY / 1000
    time.sleep(max(0.0, due + later - time.monotonic()))
    killed_at = time.monotonic()
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    lines = [line.split() for line in _lines(said)]
    whole = [line for line in lines if len(line) == 2]
    letters = [(float(at), letter) for at, letter in whole if letter != SAVED]
    return {
        "killed": os.waitstatus_to_exitcode(status) == -signal.SIGKILL,
        "killed_at": killed_at,
        "letters": letters,
        "drafts": asyncio.run(_drafts(folder, store)),
    }


def _first_save(said: Path, child: int) -> float:
    """Wait for it; its instant."""
    end = time.monotonic() + PATIENCE
    while not (saved := [line for line in _lines(said) if line.endswith(SAVED)]):
        if time.monotonic() > end or os.waitpid(child, os.WNOHANG)[0]:
            raise RuntimeError("nothing was saved")
        time.sleep(0.01)
    return float(saved[0].split()[0])


def _lines(said: Path) -> list[str]:
    return said.read_text().splitlines() if said.exists() else []


async def _drafts(folder: Path, store: Path) -> list[str]:
    desk = await desk_at(folder, store, LOGIN)
    texts = [str(draft.fields["narrative"]) for draft in await desk.drafts()]
    close_desk(desk)
    return texts


def main(store: str, *later: str) -> None:
    """One attempt for each number of seconds after the second save is due."""
    base = Path(store).parent
    for number, one in enumerate(later):
        print(json.dumps(attempt(base, number, float(one))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
