"""What is made ready while nobody waits: a rest after each part that held the screen up, none after others."""

import asyncio
from functools import partial

import pytest

from tests.ui.fake_desk import FakeDesk
from ui.indexes import NOTICED, PAUSE, warm


def test_it_rests_only_after_what_was_noticed(monkeypatch: pytest.MonkeyPatch):
    now, rests = [0.0], list[float]()

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    def part(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(asyncio, "sleep", rest)
    monkeypatch.setattr("ui.indexes.perf_counter", lambda: now[0])
    parts = (partial(part, one) for one in (2 * NOTICED, NOTICED / 2, 0))
    asyncio.run(warm(FakeDesk(), *parts))
    assert rests[-4:] == [0, 0, PAUSE, 0]
    assert set(rests[1:-2]) == {0}, "nothing was noticed of the indexes"
    assert rests[0] == PAUSE, "the window was only just built"
