"""Real desks at one real central file, for tests that sit down at them."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.cli.places import setting
from app.cli.wiring import open_desk
from app.domain.commands import Register
from app.domain.terms import Role
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import admin
from db.places import Place

DISTRICT = "440310"
SETTING = setting()
DIRECTORY = SETTING.directory
CLASS = DIRECTORY.taxonomy.leaves()[0].code
UNIT, OTHER_UNIT = (one.code for one in DIRECTORY.units[:2])
STREET = DIRECTORY.streets[0].code
PEOPLE = (
    ("li", Role.OPERATOR, None),
    ("mei", Role.OPERATOR, None),
    ("zhao", Role.SHIFT_LEADER, None),
    ("ann", Role.UNIT_HANDLER, UNIT),
    ("adm", Role.ADMINISTRATOR, None),
)


def clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def found(folder: Path) -> Path:
    """A central store with everybody in it."""
    store = folder / "central" / "central.db"
    admin.init(store, DISTRICT, "SZPS", "live")
    for login, role, unit in PEOPLE:
        person = Operator(login=login, name=login, role=role, district=DISTRICT, unit=unit)
        admin.add_operator(store, person)
    return store


def report(words: str = "路面积水严重", **more: Any) -> Register:
    given = {"category": CLASS, "address": "坪山大道1号", "street": STREET, "channel": "12345"}
    return Register(narrative=words, **{**given, **more})


class Desks:
    """Desks that are opened by name and closed together."""

    def __init__(self, folder: Path, store: Place) -> None:
        self.folder = folder
        self.store = store
        self.passed = timedelta(0)
        self._open: list[LiveDesk] = []

    def clock(self) -> datetime:
        """The clock on the wall of the room where the seats and the store are."""
        return clock() + self.passed

    async def at(self, login: str, seat: str = "") -> LiveDesk:
        desk = self.begin(login, seat)
        await until(lambda: desk.sync_state.online)
        return desk

    def begin(self, login: str, seat: str = "") -> LiveDesk:
        """A desk, whether or not it reaches the centre."""
        post = asyncio.get_running_loop().call_soon_threadsafe
        place = self.folder / (seat or login), self.store
        desk = open_desk(*place, login, SETTING, post, clock=self.clock)
        self._open.append(desk)
        return desk

    def close(self, *desks: LiveDesk) -> None:
        for desk in desks or tuple(self._open):
            self._open.remove(desk)
            desk.close()


class Away:
    """A centre that cannot be reached until it is back."""

    def __init__(self, central: Any) -> None:
        self.central = central
        self.is_away = True

    def __getattr__(self, name: str) -> Any:
        if self.is_away:
            raise Unreachable("store-not-there")
        return getattr(self.central, name)


def cut(desk: LiveDesk) -> Away:
    """Cut a desk off; what is given back can be told to be back."""
    line = desk._at.wire._line  # pyright: ignore
    line.central = Away(line.central)
    return line.central


async def back(desk: LiveDesk, away: Away) -> None:
    """Reach the centre again, and wait until nothing waits."""
    away.is_away = False
    desk._at.wire.wake()
    await settled(desk)


async def until(is_so: Callable[[], Any], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        await asyncio.sleep(0.01)


async def settled(*desks: LiveDesk) -> None:
    """Everybody has sent everything and read to the same head."""
    for desk in desks:
        await until(lambda desk=desk: desk.sync_state.online and not desk.sync_state.waiting)
    await until(lambda: len({_place(desk) for desk in desks}) == 1)
    await asyncio.sleep(0)


def _place(desk: LiveDesk) -> tuple[int, str]:
    job = desk._house.desk.submit(lambda: desk._at.replica.cursor())
    place = job.result()
    return place.seq, place.hash


def rows_of(desk: LiveDesk, tables: Sequence[str]) -> dict[str, list[Any]]:
    """Everything in a replica's tables, in order."""

    def read() -> dict[str, list[Any]]:
        db = desk._at.replica._db  # pyright: ignore
        return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}

    return desk._house.desk.submit(read).result()
