"""A question to the centre has its time; one that hangs is left behind, and its answer goes nowhere."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.services.ports import Cursor, Sent, Unreachable
from app.sync import calls as module
from app.sync.calls import Calls, Hung, Stride, Timed
from tests.sync.fake_central import START, FakeCentral

SHORT = 0.05


@pytest.fixture
def calls() -> Iterator[Calls]:
    """Calls whose threads all have to be gone in the end."""
    made = Calls()
    yield made
    made.stop()
    end = time.monotonic() + 5
    while alive() and time.monotonic() < end:
        time.sleep(0.01)
    assert alive() == []


def alive() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "call"]


class Hanging:
    """A job that says nothing until it is let go."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.thread: threading.Thread | None = None

    def __call__(self) -> str:
        self.thread = threading.current_thread()
        self.begun.set()
        assert self.let_go.wait(20)
        return "late"


def hang(calls: Calls) -> Hanging:
    job = Hanging()
    with pytest.raises(Hung):
        calls.ask(job, SHORT)
    return job


def test_a_question_is_asked_on_a_thread_of_its_own_and_always_on_the_same(calls: Calls):
    first, second = (calls.ask(threading.current_thread, 5) for _ in range(2))
    assert first is second
    assert (first.name, first.daemon) == ("call", True)


def test_what_goes_wrong_there_goes_wrong_here(calls: Calls):
    with pytest.raises(ZeroDivisionError):
        calls.ask(lambda: 1 // 0, 5)
    with pytest.raises(TimeoutError):  # the centre's own, which is no deadline of ours
        calls.ask(lambda: _raise(TimeoutError()), 5)
    assert calls.ask(lambda: 1, 5) == 1


def _raise(error: BaseException) -> None:
    raise error


def test_a_question_that_hangs_is_given_up_when_its_time_is_over(calls: Calls):
    job = Hanging()
    begun = time.monotonic()
    with pytest.raises(Unreachable) as away:
        calls.ask(job, SHORT)
    assert away.value.code == "unanswered"
    assert SHORT <= time.monotonic() - begun < 5
    job.let_go.set()


def test_the_next_question_is_asked_on_a_fresh_thread_and_the_late_answer_goes_nowhere(
    calls: Calls,
):
    job = hang(calls)
    assert calls.ask(threading.current_thread, 5) is not job.thread
    job.let_go.set()
    assert job.thread is not None
    job.thread.join(5)
    assert not job.thread.is_alive()
    assert calls.ask(lambda: "prompt", 5) == "prompt"


def test_whoever_waits_for_a_question_that_hangs_is_let_go_when_all_ends():
    calls, job = Calls(), Hanging()
    heard: list[str] = []

    def wire() -> None:
        try:
            calls.ask(job, 60)
        except Unreachable as away:
            heard.append(away.code)

    thread = threading.Thread(target=wire)
    thread.start()
    assert job.begun.wait(5)
    begun = time.monotonic()
    calls.stop()
    thread.join(5)
    assert (heard, time.monotonic() - begun < 1) == (["stopped"], True)
    with pytest.raises(Unreachable):
        calls.ask(lambda: 1, 5)
    job.let_go.set()
    assert job.thread is not None
    job.thread.join(5)


def test_only_so_many_may_hang_at_a_time(calls: Calls, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_HUNG", 3)
    jobs = [hang(calls) for _ in range(3)]
    asked: list[int] = []
    with pytest.raises(Hung):
        calls.ask(lambda: asked.append(1), 5)
    assert (asked, len(alive())) == ([], 3)
    jobs[1].let_go.set()
    assert jobs[1].thread is not None
    jobs[1].thread.join(5)
    assert calls.ask(lambda: "there", 5) == "there"
    for job in jobs:
        job.let_go.set()


def test_one_that_never_comes_back_does_not_keep_the_desk_away_for_ever(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_HUNG", 1)
    monkeypatch.setattr(module, "RISKED_EVERY", 0.5)
    jobs = [hang(calls)]
    for _ in range(2):
        with pytest.raises(Hung):
            calls.ask(lambda: 1, 5)
        time.sleep(0.5)
        jobs.append(hang(calls))
    time.sleep(0.5)
    assert calls.ask(lambda: 1, 5) == 1
    for job in jobs:
        job.let_go.set()


# How long each may take, and how much is asked for


class Allowing(Calls):
    """Notes how long each question was given; says what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[float] = []
        self.hangs = False
        self.takes = 0.0

    def ask(self, job: Any, seconds: float) -> Any:
        self.given.append(seconds)
        self.asked_at = time.monotonic() - self.takes
        if self.hangs:
            raise Hung
        return job()


class Empty(FakeCentral):
    """Answers whatever is offered."""

    def submit(self, batch: Any, _: Any = None) -> Any:
        return list(batch)


def test_what_is_much_may_take_longer_but_none_so_long_that_being_cut_off_shows_late():
    calls = Allowing()
    central = Timed(Empty(), calls, Stride())
    central.head()
    central.pull(Cursor(), 10)
    central.submit([("", None)], Sent(START))
    central.submit([("", None)] * 100, Sent(START))
    central.snapshot(None, 10_000)
    assert calls.given == sorted(calls.given)
    assert len(set(calls.given)) == len(calls.given)
    assert max(calls.given) <= 7.0


def test_after_each_that_hung_half_as_much_is_asked_for_and_more_again_when_it_goes_well():
    calls, stride = Allowing(), Stride()
    central = Timed(Empty(), calls, stride)
    calls.hangs = True
    found = [stride.of(200)]
    for _ in range(12):
        with pytest.raises(Hung):
            central.pull(Cursor(), 9)
        found.append(stride.of(200))
    assert found == [200, 100, 50, 25, 12, 6, 3, 1, 1, 1, 1, 1, 1]
    calls.hangs = False
    for _ in range(12):
        central.pull(Cursor(), 9)
    assert stride.of(200) == 200


def test_what_was_answered_with_little_time_to_spare_is_not_made_more():
    calls, stride = Allowing(), Stride()
    central = Timed(Empty(), calls, stride)
    calls.hangs = True
    with pytest.raises(Hung):
        central.pull(Cursor(), 9)
    calls.hangs, calls.takes = False, 2.5
    central.pull(Cursor(), 9)
    assert stride.of(200) == 100
    calls.takes = 0.1
    central.pull(Cursor(), 9)
    assert stride.of(200) == 200


def test_a_look_at_the_head_says_nothing_of_how_much_can_be_asked_for():
    calls, stride = Allowing(), Stride()
    calls.hangs = True
    with pytest.raises(Hung):
        Timed(Empty(), calls, stride).head()
    assert stride.of(200) == 200
