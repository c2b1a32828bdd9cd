"""Real desks at one store: one of them has the duty, a burst is warned of once, and another takes over."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from app.cli.verifying import decided_again
from app.domain.case import EarlyWarning
from app.domain.commands import AcknowledgeWarning, File, PlanWarning
from app.services.live import LiveDesk
from app.sync import on_duty
from db.central.verify import verify
from tests.sync.desks import DIRECTORY, SETTING, Desks, found, report, settled, until

pytestmark = [pytest.mark.article(23), pytest.mark.slow]

PLACE = DIRECTORY.communities[0]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_duty, "FIRST_ASKED", 0.0)
    monkeypatch.setattr(on_duty, "RENEWED_EVERY", 0.3)
    monkeypatch.setattr(on_duty, "LOOKED_EVERY", 0.1)


async def filed(desk: LiveDesk, many: int) -> None:
    for number in range(many):
        words = f"夜间施工噪声扰民，第{number}次反映"
        done = await desk.send(report(words, street=PLACE.street, community=PLACE.code))
        await desk.send(File(case_id=done.case_id))


async def known(desk: LiveDesk, many: int) -> list:
    for _ in range(600):
        found_ = list(await desk.warnings.known(desk.now()))
        if len(found_) >= many:
            return found_
        await asyncio.sleep(0.05)
    raise AssertionError("never warned")


async def grown(desk: LiveDesk, level: str) -> EarlyWarning:
    """The only warning there is, once it has come to that level."""
    (one,) = await known(desk, 1)
    for _ in range(600):
        if one.warning.level == level:
            break
        await asyncio.sleep(0.05)
        (one,) = await known(desk, 1)
    assert one.warning.level == level
    return one.warning


def holds(desk: LiveDesk) -> bool:
    duty = desk._at.wire.house._duty  # pyright: ignore
    return duty is not None and duty.is_held


def test_a_burst_is_warned_of_once_and_the_next_seat_goes_on_with_it(tmp_path: Path):
    async def day() -> None:
        store = found(tmp_path)
        desks = Desks(tmp_path, store)
        try:
            await _goes_on(desks, *await _warned_once(desks))
        finally:
            desks.close()
        report_ = verify(store, replay=partial(decided_again, SETTING))
        assert report_.is_sound, report_.findings

    asyncio.run(day())


async def _warned_once(desks: Desks) -> tuple[LiveDesk, LiveDesk]:
    """Who has the duty, and who has not."""
    li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
    await until(lambda: holds(li) or holds(mei))
    await filed(li, 10)
    warning = await grown(
        mei, "ORANGE"
    )  # of what is dangerous three are warned of, and the others follow
    assert (warning.scope, warning.count, warning.fence) == ("FREQUENT", 10, 1)
    assert (warning.place, warning.level) == (PLACE.code, "ORANGE")
    assert await known(li, 1)
    assert not await ann.warnings.known(ann.now())
    about = {"case_id": warning.case_id, "warning_id": warning.id}
    await mei.send(AcknowledgeWarning(**about, recipient="PETITIONS", method="OA"))
    await settled(li, mei)
    return (li, mei) if holds(li) else (mei, li)


async def _goes_on(desks: Desks, first: LiveDesk, second: LiveDesk) -> None:
    """The same goes on while the seat on duty leaves: its warning grows and is heard of anew."""
    assert not holds(second)
    await filed(second, 10)
    desks.close(first)
    await until(lambda: holds(second))
    warning = await grown(second, "RED")
    assert (warning.status, warning.acknowledged) == ("RAISED", "")
    about = {"case_id": warning.case_id, "warning_id": warning.id}
    await second.send(PlanWarning(**about, text="现场约谈"))
    await settled(second)
    (one,) = await known(second, 1)
    assert (one.warning.status, one.warning.plan) == ("PLANNED", "现场约谈")
    assert one.number.startswith("SZPS")


def test_a_bug_of_the_look_ends_the_duty_and_nothing_else(tmp_path: Path, monkeypatch):
    told: list[BaseException] = []

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.duty.watchman.Watchman.look", broken)

    async def day() -> None:
        desks = Desks(tmp_path, found(tmp_path))
        li = await desks.at("li")
        li._at.wire.house._duty._report = told.append  # pyright: ignore
        try:
            await until(lambda: told)
            await filed(li, 1)
            await settled(li)
            assert not holds(li)
        finally:
            desks.close()

    asyncio.run(day())
    assert [type(one) for one in told] == [ZeroDivisionError]
