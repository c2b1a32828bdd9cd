"""A seat whose clock is a day off, is set in a call, changes its hour, or slept, F23: it shows the centre's time."""

import asyncio
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.cli.wiring import open_desk
from app.sync.clock import ServerClock, Steady, steady
from tests.sync.desks import SETTING, clock, found, report, settled
from ui.wording import Wording

START = datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Machine:
    """A machine whose clock can be set, and which can sleep; the world goes on meanwhile."""

    def __init__(self, off: timedelta = timedelta(0)) -> None:
        self.world, self.off, self.passed = START, off, 100.0

    def wall(self) -> datetime:
        return self.world + self.off

    def steady(self) -> float:
        return self.passed

    def lives(self, seconds: float) -> None:
        self.world += timedelta(seconds=seconds)
        self.passed += seconds

    def seat(self) -> ServerClock:
        return ServerClock(Steady(self.wall, self.steady))


def asked(seat: ServerClock, its: Machine, seconds: float = 0.2) -> None:
    """One question to the centre, there and back."""
    at = seat.asked()
    its.lives(seconds / 2)
    said = its.world
    its.lives(seconds / 2)
    seat.answered(at, said)


@pytest.mark.fault("F23")
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_f23_a_clock_that_is_a_day_off_shows_the_centre_s_time_after_one_answer(days: int):
    its = Machine(timedelta(days=days))
    seat = its.seat()
    asked(seat, its)
    its.lives(3600)
    assert abs(seat.now() - its.world) < SECOND


@pytest.mark.fault("F23")
@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1), timedelta(hours=1)])
def test_f23_a_clock_that_is_set_between_two_questions_or_in_the_middle_of_one_moves_nothing(
    jump: timedelta,
):
    its = Machine()
    seat = its.seat()
    asked(seat, its)
    its.off += jump
    assert abs(seat.now() - its.world) < SECOND
    at = seat.asked()
    its.off -= 2 * jump
    its.lives(1)
    seat.answered(at, its.world)
    assert abs(seat.now() - its.world) < SECOND


@pytest.mark.fault("F23")
def test_f23_after_a_sleep_of_hours_the_countdown_is_right_before_anybody_was_asked():
    its = Machine()
    seat = its.seat()
    asked(seat, its)
    its.lives(8 * 3600)
    assert abs(seat.now() - its.world) < SECOND


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="not asked of Linux elsewhere")
def test_the_machine_s_steady_clock_is_the_one_that_goes_on_in_its_sleep():
    assert abs(steady() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1


@pytest.fixture
def summer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine set to a zone where the hour changes in this minute."""
    monkeypatch.setitem(os.environ, "TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.fault("F23")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="zones are set otherwise there")
@pytest.mark.usefixtures("summer")
def test_f23_where_the_hour_changes_nothing_changes():
    its, told = Machine(), Wording("zh")
    seat = its.seat()
    asked(seat, its)
    before = told.when(seat.now())
    its.lives(60)
    assert abs(seat.now() - its.world) < SECOND
    assert (before, told.when(seat.now())) == ("03-29 08:59", "03-29 09:00")


@pytest.mark.fault("F23")
def test_f23_a_desk_goes_by_a_clock_that_nobody_sets(tmp_path: Path):
    store = found(tmp_path)

    async def story() -> None:
        post = asyncio.get_running_loop().call_soon_threadsafe
        desk = open_desk(tmp_path / "li", store, "li", SETTING, post)
        try:
            await desk.send(report())
            await settled(desk)
            assert isinstance(desk._at.wire._line.clock._clock, Steady)  # pyright: ignore
            assert abs(desk.now() - clock()) < 5 * SECOND
        finally:
            desk.close()

    asyncio.run(story())
