"""A seat's own files when the power goes between two steps of keeping, moving or saving them."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from app.services.envelope import Sealed
from app.services.local import UNFINISHED
from db import opening
from db.outbox.box import Box
from tests.store.replicas import case, fill
from tests.store.replicas import opened as replica_in
from tests.store.test_outbox import Clock, entry, opened


class PowerCut(BaseException):
    """Nothing after this happened."""


def cut_at(number: int, patch: pytest.MonkeyPatch) -> list[str]:
    """The power goes before the n-th of the steps by which files are moved, deleted and written."""
    done: list[str] = []

    def counted(name: str) -> None:
        real = getattr(Path, name)

        def step(path: Path, *args: Any, **more: Any) -> Any:
            done.append(name)
            if len(done) == number:
                raise PowerCut
            return real(path, *args, **more)

        patch.setattr(Path, name, step)

    for name in ("rename", "replace", "unlink", "write_bytes"):
        counted(name)
    return done


def damaged(folder: Path, clock: Clock) -> set[str]:
    """An outbox with a copy, commands after the copy, and a damaged index; the commands it holds."""
    outbox = opened(folder, clock)
    for number in range(40):
        outbox.add(entry(f"before-{number}", case_id=f"c{number}"))
    outbox.tend()
    outbox.add(entry("after", case_id="later"))
    sql = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_command_number'"
    (page,) = outbox._db.execute(sql).fetchone()
    outbox.close()
    content = bytearray((folder / "outbox.db").read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    (folder / "outbox.db").write_bytes(content)
    return {*(f"before-{number}" for number in range(40)), "after"}


@pytest.mark.parametrize("at", range(1, 14))
@pytest.mark.fault("F14")
def test_saving_a_damaged_outbox_may_be_cut_off_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
):
    clock = Clock()
    held = damaged(tmp_path, clock)
    with monkeypatch.context() as patch:
        steps = cut_at(at, patch)
        with suppress(PowerCut):
            opened(tmp_path, clock).close()
    again = opened(tmp_path, clock)
    assert {one.cmd_id for one in again.entries(UNFINISHED)} == held
    assert again.is_salvaged == (len(steps) == at)  # told of as long as it was not through
    again.close()
    assert list(tmp_path.glob("outbox.db.broken-*"))
    assert not list(tmp_path.glob("*.sav*"))
    assert len(opened(tmp_path, clock).entries(UNFINISHED)) == len(held)


@pytest.mark.parametrize("way", [opening.remove, opening.set_aside])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_log_is_never_left_beside_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, way: Callable[[Path], Any]
):
    """SQLite would play it into whatever file is made in that place."""
    path = tmp_path / "some.db"
    with monkeypatch.context() as patch:
        first = sqlite3.connect(path, isolation_level=None)
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE old (x)")
        kept = {one: one.read_bytes() for one in opening.files_of(path)}
        first.close()
        for one, content in kept.items():
            one.write_bytes(content)
        assert len(kept) == 3
        cut_at(at, patch)
        with suppress(PowerCut):
            way(path)
    if not path.exists():
        assert not path.with_name("some.db-wal").exists()


def test_a_key_that_was_cut_off_is_made_anew_and_a_whole_one_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "desk.key"
    person = Sealed("c", "王小明")
    with monkeypatch.context() as patch:
        patch.setattr("db.outbox.box.os.fsync", _power_cut)
        with pytest.raises(PowerCut):
            Box(file).lock_sealed(person)
    locked = Box(file).lock_sealed(person)
    assert Box(file).open_sealed(locked) == person
    key = file.read_bytes()
    Box(file).lock_sealed(person)
    assert file.read_bytes() == key


def _power_cut(_: int) -> None:
    raise PowerCut


def test_a_replica_that_is_thrown_away_half_way_is_a_whole_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for at in range(1, 5):
        replica = replica_in(tmp_path)
        fill(replica, [case(str(at))])
        with monkeypatch.context() as patch:
            cut_at(at, patch)
            with suppress(PowerCut):
                replica.renew(broken=False)
        replica.close()
        again = replica_in(tmp_path)
        (said,) = again._db.execute("PRAGMA integrity_check").fetchone()
        assert said == "ok"
        again.renew(broken=False)
        again.close()
