"""The `check` command: the whole main job by real keys in the real windows, and a picture of every screen."""

import os
import tempfile
from argparse import Namespace
from pathlib import Path

from app.cli.demo import make
from ui.sentences import Words

#: The district the check works in: cases, days of past, seed.
PLAN = (300, 30, 20_201_201)


def run(options: Namespace, words: Words) -> int:
    """Check everything; pictures go to the folder named. 0 when every step and every picture is right."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.cli.checking.run import check

    pictures: Path = options.pictures
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fenbo-check-", ignore_cleanup_errors=True) as folder:
        store = Path(folder) / "central.db"
        print(words.say("check.district", cases=PLAN[0]), flush=True)
        make(store, PLAN, _untold)
        return check(store, pictures, words)


def _untold(_done: int, _total: int) -> None:
    """It takes seconds."""
