"""A disk that does not take one step, with the program going on: what was broken off is made good."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.effects import Insert, Set
from app.services.envelope import encode
from app.services.local import State
from app.services.ports import Unreachable
from db.outbox.store import SqliteOutbox
from db.replica.store import SqliteReplica
from tests.sync.desks import Desks, report, settled, until
from tests.sync.fake_central import FakeCentral
from tests.sync.fake_stores import MemoryOutbox, MemoryReplica
from tests.sync.test_desk import everything, told
from tests.sync.test_engine import Seat, command


class Full:
    """The n-th commit from now on is not taken, for want of room."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, *, is_over: bool) -> None:
        if not is_over:
            self.left -= 1
            if self.left == 0:
                raise Unreachable("disk")


def fails_once(seat: Seat, file: MemoryOutbox | MemoryReplica, at: int = 1) -> None:
    file.peril = Full(at)
    seat.rounds(1)
    assert seat.states[-1].code == "disk"


def test_a_refusal_that_could_not_be_kept_is_asked_for_again():
    seat = Seat(FakeCentral())
    seat.keep("1", Set("case_file", "nowhere", {"a": 1}, "0"))
    fails_once(seat, seat.screen.outbox)  # pyright: ignore
    assert seat.state("1") is State.QUEUED
    seat.rounds()
    assert seat.state("1") is State.ATTENTION
    assert (seat.states[-1].waiting, seat.states[-1].attention) == (0, 1)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.fault("F3")
def test_what_was_taken_is_finished_whichever_step_the_disk_broke_off(at: int):
    seat = Seat(FakeCentral())
    seat.rounds()
    seat.keep("1", Insert("case_file", "c", {}))
    seat.screen.outbox.peril = Full(at)  # pyright: ignore
    seat.rounds()
    assert seat.state("1") is State.FINISHED
    assert seat.states[-1].online
    assert seat.screen.progress() == frozenset()
    assert len(seat.central.log) == 1


def test_what_could_not_be_shown_at_once_is_shown_without_a_new_start():
    seat = Seat(FakeCentral())
    seat.rounds()
    seat.screen.replica.peril = Full(1)  # pyright: ignore
    seat.keep("1", Insert("case_file", "c", {}))
    assert seat.screen.replica.rows([("case_file", "c")]) == {("case_file", "c"): None}
    seat.keep("2", Insert("case_file", "d", {}))
    shown = seat.screen.replica.rows([("case_file", "c"), ("case_file", "d")])
    assert None not in shown.values()


def test_a_colleagues_change_that_could_not_be_kept_comes_again():
    central = FakeCentral()
    seat = Seat(central)
    seat.rounds()
    central.submit([(encode(command("theirs", Insert("case_file", "c", {"a": 1}))), None)])
    fails_once(seat, seat.screen.replica)  # pyright: ignore
    seat.rounds()
    assert seat.screen.replica.table == central.rows  # pyright: ignore


def once(owner: Any, name: str, patch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """The next call of a store's method finds the disk full; whether there was one."""
    real, met = getattr(owner, name), list[int]()

    def call(*args: Any, **more: Any) -> Any:
        if not met:
            met.append(1)
            raise Unreachable("disk")
        return real(*args, **more)

    patch.setattr(owner, name, call)
    return lambda: bool(met)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (SqliteReplica, "keep"),
        (SqliteReplica, "tidy"),
        (SqliteOutbox, "answered"),
        (SqliteOutbox, "mark"),
    ],
)
@pytest.mark.fault("F15")
def test_a_real_desk_goes_on_after_a_full_disk(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        has_failed = once(owner, name, monkeypatch)
        done = await li.send(report())
        await until(has_failed)
        await settled(li)
        await until(lambda: li.sync_state.online and mei.sync_state.online)
        await settled(li, mei)
        for desk in (li, mei):
            window = await desk.window(everything(desk))
            assert [(one.id, one.is_unsent) for one in window.rows] == [(done.case_id, False)]

    told(desks, story)
