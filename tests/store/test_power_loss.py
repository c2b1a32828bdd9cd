"""A seat loses its power, F4: what was said to be saved is there, whatever the disk had not written yet."""

import ctypes.util
import sys
from pathlib import Path

import pytest

from app.services.local import UNFINISHED
from db.outbox.store import SqliteOutbox
from tests.store.power import Disk, forgetful_disk
from tests.store.test_outbox import PERSON, Clock, entry, opened
from tests.sync.desks import Desks, found, report
from tests.sync.test_desk import told

of_linux = pytest.mark.skipif(
    sys.platform != "linux" or ctypes.util.find_library("sqlite3") is None,
    reason="the library that Python uses is watched there",
)


def left(disk: Disk, folder: Path, target: Path) -> list[str]:
    """What an outbox has after the power went."""
    outbox = opened(disk.after_a_cut(folder, target), Clock())
    ids = [one.cmd_id for one in outbox.entries(UNFINISHED)]
    outbox.close()
    return ids


def worked(outbox: SqliteOutbox, disk: Disk, folder: Path, target: Path) -> list[list[str]]:
    """What would be left after each of some commands."""
    found_: list[list[str]] = []
    for number in range(6):
        outbox.add(entry(str(number), case_id=f"c{number}", sealed=PERSON))
        found_.append(left(disk, folder, target / str(number)))
    return found_


@of_linux
@pytest.mark.fault("F4")
@pytest.mark.parametrize("checkpoints", [1, 1000])
def test_f4_every_command_that_was_kept_is_there_when_the_power_goes(
    tmp_path: Path, checkpoints: int
):
    """Also while the log is written into the file after every commit."""
    (folder := tmp_path / "seat").mkdir()
    with forgetful_disk() as disk:
        outbox = opened(folder, Clock())
        outbox._db.execute(f"PRAGMA wal_autocheckpoint={checkpoints}")
        kept = worked(outbox, disk, folder, tmp_path / "cut")
        outbox.close()
    assert kept == [[str(one) for one in range(number + 1)] for number in range(6)]


@of_linux
def test_a_disk_that_forgets_does_forget_what_nobody_had_written(tmp_path: Path):
    """So the test above can fail: without FULL the latest commands would be gone."""
    (folder := tmp_path / "seat").mkdir()
    with forgetful_disk() as disk:
        outbox = opened(folder, Clock())
        outbox._db.execute("PRAGMA synchronous=NORMAL")
        kept = worked(outbox, disk, folder, tmp_path / "cut")
        outbox.close()
    assert kept[-1] != [str(one) for one in range(6)]


@pytest.mark.fault("F4")
def test_f4_a_desk_keeps_its_commands_on_a_connection_that_waits_for_the_disk(tmp_path: Path):
    desks = Desks(tmp_path, found(tmp_path))

    async def story() -> None:
        li = await desks.at("li")
        await li.send(report())
        outbox = li._at.outbox
        assert isinstance(outbox, SqliteOutbox)
        ask = outbox._db.execute
        said = li._house.desk.submit(lambda: ask("PRAGMA synchronous").fetchone()).result()
        assert said == (2,)

    told(desks, story)
