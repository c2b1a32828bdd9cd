"""A desk at a file that is no central store says so in its first window, and nothing happens to the file."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: The desk with somebody before it who reads why it did not open, and closes the window.
DESK = """
import sys
from PySide6.QtCore import QTimer
from app.__main__ import main
from ui.views.opening import Opening

show = Opening.show_failure

def read(self, sentence):
    show(self, sentence)
    print(sentence)
    QTimer.singleShot(0, self.close)

Opening.show_failure = read
sys.exit(main(sys.argv[1:]))
"""

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]


def text(path: Path) -> None:
    path.write_text("no database at all\n" * 400)


def diary(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE diary (day TEXT)")


@pytest.mark.parametrize("who", [[], ["--as", "li"]], ids=["nobody", "li"])
@pytest.mark.parametrize("make", [text, diary])
def test_what_is_no_store_is_told_in_the_first_window(make, who, tmp_path):
    path = tmp_path / "central.db"
    make(path)
    before = path.read_bytes()
    places = ["--home", str(tmp_path / "seat"), "--store", str(path)]
    done = subprocess.run(
        [sys.executable, "-c", DESK, *places, *who, "--lang", "en"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "This file is not a central store, or it is damaged" in done.stdout
    assert path.read_bytes() == before
