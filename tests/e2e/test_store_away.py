"""A desk whose central store is away with its whole folder: it opens, knows who is who, and works on."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.places import setting
from app.cli.wiring import close_desk, open_desk
from app.domain.commands import AddNote
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.services.queries import Queue, WindowQuery

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def post(call: Callable[[], None]) -> None:
    call()


def opened(home: Path, store: Path) -> LiveDesk:
    return open_desk(home, store, "zhang.min", setting(), post)


def filled(desk: LiveDesk) -> bool:
    return desk.sync_state.to_fill > 0 and desk.sync_state.filled >= desk.sync_state.to_fill


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


async def first_case(desk: LiveDesk) -> str:
    window = await desk.window(WindowQuery(queue=Queue.DISPATCH, now=desk.now()))
    return window.rows[0].id


@pytest.mark.fault("F8")
def test_a_desk_opens_and_works_while_its_store_is_away(store: Path, tmp_path: Path):
    home, away = tmp_path / "home", tmp_path / "away"
    desk = opened(home, store)
    wait(lambda: filled(desk))
    names = asyncio.run(_names(desk))
    close_desk(desk)
    away.mkdir()
    for file in store.parent.glob(f"{store.name}*"):
        file.rename(away / file.name)
    desk = opened(home, store)
    try:
        assert asyncio.run(_names(desk)) == names
        asyncio.run(_noted(desk))
        assert not desk.sync_state.online
        for file in away.iterdir():
            file.rename(store.parent / file.name)
        wait(lambda: desk.sync_state.online and not desk.sync_state.waiting)
    finally:
        close_desk(desk)


async def _names(desk: LiveDesk) -> list[str]:
    return [one.name for one in await desk.people()]


async def _noted(desk: LiveDesk) -> None:
    await desk.send(AddNote(case_id=await first_case(desk), text="已电话联系诉求人。"))


def test_a_desk_that_never_met_its_store_says_so(tmp_path: Path):
    with pytest.raises(Unreachable):
        opened(tmp_path / "home", tmp_path / "nowhere" / "central.db")
