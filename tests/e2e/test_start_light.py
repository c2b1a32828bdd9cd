"""What a desk has read by the time its first list is painted: nothing that the list can be seen without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.furnished import LATER
from ui.usable import STOP_WHEN_USABLE

ROOT = Path(__file__).parents[2]
#: The desk, and how much was read when it says that it can be used.
DESK = """
import json, sys
from app.__main__ import main

class Told:
    def write(self, text):
        if not self.read:
            self.read = sorted(sys.modules)
            from shibokensupport.signature import mapping
            self.signed = bool(mapping.pyside_modules)
    def flush(self): pass
    read, signed = (), False

told, out = Told(), sys.stdout
sys.stdout = told
main(sys.argv[1:])
json.dump({"read": told.read, "signed": told.signed}, out)
"""
#: Each with why it can wait: how long it takes to read is worth a wait only to who asks for it.
NOT_YET = {
    "importlib.metadata": "the program knows its own version",
    "pypinyin": "pinyin is searched, not shown",
    "keyring": "a file asks for no password",
    "psycopg": "a file is no server",
    "requests": "nobody is called",
    "sqlalchemy": "files are read by the standard library",
    "alembic": "nothing is stepped up",
    "numpy": "nothing is learned or counted before the first list is there",
    "cryptography": "nothing is sealed or unsealed",
    "app.cli.door": "a file has no door",
    "app.cli.demo": "the store is there",
    "app.importing": "no file is taken over",
    "db.postgres": "a file is no server",
    "db.central.verify": "nothing is verified",
    "ui.views.login": "nobody is asked for a password",
    **dict.fromkeys(LATER, "read when the hand rests"),
}

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]


def started(seat: Path, store: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", DESK, "--home", str(seat), "--store", str(store), "desk"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", STOP_WHEN_USABLE: "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def seen(district: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    seat = tmp_path_factory.mktemp("seat")
    started(seat, district)  # a first start founds the seat
    return started(seat, district)


def test_the_first_list_is_there(seen):
    assert {"ui.views.queue_table", "db.replica.store"} <= set(seen["read"])


@pytest.mark.parametrize("name", NOT_YET)
def test_the_first_list_does_not_wait_for(name, seen):
    early = [one for one in seen["read"] if one == name or one.startswith(f"{name}.")]
    assert not early, NOT_YET[name]


def test_the_first_list_does_not_wait_for_the_signatures_of_all_qt(seen):
    assert not seen["signed"]
