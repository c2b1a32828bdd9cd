"""Sitting down and getting up: one program at a time over a seat's files, whatever the disk does."""

import subprocess
import sys
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from app.cli import wiring
from app.domain.refused import Refused
from app.services.ports import Unreachable
from db.outbox.store import SqliteOutbox
from db.shelf import Shelf
from tests.sync.conftest import left
from tests.sync.desks import Desks, report, settled, until
from tests.sync.test_desk import everything, told
from tests.sync.test_hanging import logged


def test_two_programs_never_work_on_the_same_files(desks: Desks):
    """Neither would know what the other has in hand."""

    async def story() -> None:
        li = await desks.at("li")
        for login in ("li", "mei"):
            with pytest.raises(Refused, match="desk-in-use"):
                desks.begin(login, seat="li")
        await li.send(report())
        await settled(li)
        await li.switch("mei")
        with pytest.raises(Refused, match="desk-in-use"):
            desks.begin("li")
        desks.close(li)
        li = await desks.at("li")
        assert (await li.window(everything(li))).total == 1

    told(desks, story)


_KILLED = """
import os, signal, sys
from pathlib import Path
from db.shelf import Shelf
from db.outbox.lock import SeatLock
SeatLock(Path(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def locked_and_killed(path: Path) -> None:
    code = [sys.executable, "-c", _KILLED, str(path)]
    assert subprocess.run(code, check=False).returncode != 0


def test_a_program_that_was_killed_keeps_nobody_out(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        desks.close(li)
        (folder,) = (desks.folder / "li" / "desks").iterdir()
        locked_and_killed(folder / "desk.lock")
        await desks.at("li")

    told(desks, story)


def test_one_gets_up_also_when_the_disk_does_not_write(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)

        def full(*_: Any) -> None:
            raise Unreachable("disk")

        with monkeypatch.context() as patch:
            patch.setattr(SqliteOutbox, "remember_here", full)
            desks.close(li)
        assert left("desk", "wire", "aside") == []
        await desks.at("li")

    told(desks, story)


def test_what_is_known_of_stores_is_whole_or_as_it_was(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    """A desk that forgot where it belongs would not open while its store is away."""

    async def story() -> None:
        li = await desks.at("li")
        await li.people()
        desks.close(li)
        known = {name: (desks.folder / "li" / name).read_text("utf-8") for name in _KNOWN}
        write = Path.write_text

        def half(path: Path, text: str, *more: Any) -> int:
            write(path, text[: len(text) // 2], *more)
            raise KeyboardInterrupt

        place = wiring._Place(
            desks.folder / "li", desks.store, desks.clock, "li", Shelf(desks.folder)
        )
        for name in _KNOWN:
            with monkeypatch.context() as patch:
                patch.setattr(Path, "write_text", half)
                with pytest.raises(KeyboardInterrupt):
                    place._remember({"another": "thing"}, name)
            assert (desks.folder / "li" / name).read_text("utf-8") == known[name]

    told(desks, story)


_KNOWN = ("stores.json", "people.json")


@pytest.mark.fault("F14")
def test_the_alarm_about_damage_stands_although_the_centre_is_reached(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await li.send(report())
        await settled(li)
        desks.close(li)
        (file,) = desks.folder.rglob("outbox.db")
        content = file.read_bytes()
        file.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))
        li = await desks.at("li")
        await until(lambda: li.sync_state.online)
        await settled(li)
        assert li.sync_state.standing == "outbox-salvaged"
        assert logged(desks)

    told(desks, story)


def test_where_neither_can_sit_down_it_may_be_tried_again(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    """The disk is away for a moment, just as one gets up."""

    async def story() -> None:
        li = await desks.at("li")
        await settled(li)

        with monkeypatch.context() as patch:
            patch.setattr(SqliteOutbox, "__init__", _no_disk)
            for login in ("mei", "li"):
                with pytest.raises(Unreachable, match="disk"):
                    await li.switch(login)
            assert li.is_vacant
            assert (li.me.login, li.now().tzinfo) == ("li", UTC)
            with pytest.raises(Unreachable, match="nobody"):
                await li.window(everything(li))
        await li.switch("mei")
        assert (li.me.login, li.is_vacant) == ("mei", False)
        await li.send(report())
        await settled(li)
        assert (await li.window(everything(li))).total == 1

    told(desks, story)


def test_a_desk_at_which_nobody_sits_can_be_left(desks: Desks, monkeypatch: pytest.MonkeyPatch):
    async def story() -> None:
        li = await desks.at("li")
        with monkeypatch.context() as patch:
            patch.setattr(SqliteOutbox, "__init__", _no_disk)
            with pytest.raises(Unreachable):
                await li.switch("mei")
        desks.close(li)
        assert left("desk", "wire", "aside") == []
        await desks.at("li")

    told(desks, story)


def _no_disk(*_: Any, **__: Any) -> None:
    raise Unreachable("disk")
