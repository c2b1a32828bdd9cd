"""A seat whose clock the centre does not believe: it learns the time and goes on, and loses nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.domain.effects import Insert
from app.services.local import State
from app.services.ports import Answer, Cursor, Page, Sent
from app.services.queries import SyncState
from tests.sync.fake_central import START, FakeCentral
from tests.sync.test_engine import Seat

NOW = START + timedelta(days=1)


class Strict(FakeCentral):
    """A centre that looks at the clock of its seats; `told` is the time it says itself."""

    def __init__(self, told: Any = NOW) -> None:
        super().__init__()
        self.told = told
        self.asked: list[Sent | None] = []

    def submit(self, batch: Sequence[Any], sent: Sent | None = None) -> list[Answer]:
        self.asked.append(sent)
        if sent is None or abs(sent.at - NOW) > timedelta(seconds=60):
            return [Answer("", "clock", why="sent") for _ in batch]
        return super().submit(batch, sent)

    def pull(self, cursor: Cursor, limit: int) -> Page:
        page = super().pull(cursor, limit)
        return Page(page.status, page.rows, page.cursor, page.at_head, self.told)


@pytest.mark.fault("F23")
def test_a_clock_that_is_off_is_set_and_the_commands_go_up_in_the_same_round():
    central = Strict()
    seat = Seat(central)
    seat.keep("1", Insert("case_file", "c", {}))
    seat.rounds(1)
    assert [one and one.at for one in central.asked] == [START, NOW]
    assert seat.state("1") is State.FINISHED


def test_a_clock_that_cannot_be_set_leaves_the_commands_waiting():
    seat = Seat(Strict(told=START))
    seat.keep("1", Insert("case_file", "c", {}))
    seat.rounds(3)
    last: SyncState = seat.states[-1]
    assert (last.online, last.code) == (False, "clock-off")
    assert seat.state("1") is State.QUEUED
    seat.central.told = NOW
    seat.rounds(4)
    assert seat.state("1") is State.FINISHED
