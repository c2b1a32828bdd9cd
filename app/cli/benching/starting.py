"""How long a desk takes from its command to its first rows, beside a bare start of what it stands on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import app
from app.cli.benching.crowd import LOGIN
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.timing import Series
from ui.usable import STOP_WHEN_USABLE

GOAL = Goal(Judged.RATIO, 2.0)
_ROOT = Path(app.__file__).parents[1]
_BARE = """
import time
import PySide6.QtWidgets, sqlalchemy
program = PySide6.QtWidgets.QApplication([])
print(time.monotonic())
"""
_TIMEOUT = 120


def measure(home: Path, store: Path, rounds: int) -> Figure:
    """By turns; the first start of each only warms the disk's cache."""
    desk = ["-m", "app", "--home", str(home), "--store", str(store), "--as", LOGIN, "desk"]
    ours, bare = Series(), Series()
    for turn in range(-1, rounds):
        for series, arguments in ((ours, desk), (bare, ["-c", _BARE])):
            wall, cpu = _started(arguments)
            if turn >= 0:
                series.add(wall, cpu)
    return Figure("start", ours, bare, GOAL)


def _started(arguments: list[str]) -> tuple[float, float]:
    """Seconds until the child says it is usable, and the processor time of its whole life."""
    spent, begun = _children(), time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=_ROOT,
            env=surroundings(),
            capture_output=True,
            text=True,
            timeout=_TIMEOUT,
            check=True,
        )
    except subprocess.CalledProcessError as died:
        died.add_note(died.stderr)
        raise
    return float(done.stdout.split()[-1]) - begun, _children() - spent


def surroundings() -> dict[str, str]:
    """A child's environment: off screen, and free to keep compiled modules as an installed program has."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", STOP_WHEN_USABLE: "1"}


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system
