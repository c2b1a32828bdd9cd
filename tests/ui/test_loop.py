"""The loop on Qt's events: calls in order, Qt's turn between them, nothing lost to a bug or a loop within."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from ui.loop import OrderedLoop


@pytest.fixture
def loop(qapp):
    made = OrderedLoop(qapp)
    asyncio.set_event_loop(made)
    yield made
    made.close()
    asyncio.set_event_loop(None)


def test_calls_come_in_the_order_they_were_asked_for(loop):
    called: list[int] = []

    async def story() -> None:
        for number in range(200):
            (loop.call_soon if number % 2 else loop.call_soon_threadsafe)(called.append, number)
        await asyncio.sleep(0.05)

    loop.run_until_complete(story())
    assert [one for one in called if one % 2] == sorted(one for one in called if one % 2)
    assert [one for one in called if not one % 2] == list(range(0, 200, 2))
    assert len(called) == 200


def test_tasks_begin_in_the_order_they_were_made_whatever_threads_answer_meanwhile(loop):
    begun: list[int] = []

    async def one(number: int, pool: ThreadPoolExecutor) -> None:
        begun.append(number)
        await loop.run_in_executor(pool, int)

    async def story() -> None:
        with ThreadPoolExecutor(2) as pool:
            await asyncio.gather(*(one(number, pool) for number in range(300)))

    loop.run_until_complete(story())
    assert begun == list(range(300))


def test_a_task_that_never_rests_lets_qt_have_its_turn(loop):
    turns: list[int] = []

    async def restless() -> None:
        for turn in count():
            turns.append(turn)
            await asyncio.sleep(0)

    async def story() -> None:
        busy, rung = loop.create_task(restless()), asyncio.Event()
        QTimer.singleShot(5, rung.set)
        await rung.wait()
        busy.cancel()

    loop.run_until_complete(asyncio.wait_for(story(), 10))
    assert len(turns) > 1


def test_what_waits_is_called_also_in_a_loop_that_one_of_the_calls_opens(loop):
    called: list[str] = []
    within = QEventLoop()

    async def story() -> None:
        loop.call_soon(within.exec)
        loop.call_soon(called.append, "within")
        loop.call_soon(within.quit)
        await asyncio.sleep(0.01)
        called.append("after")

    loop.run_until_complete(asyncio.wait_for(story(), 10))
    assert called == ["within", "after"]


def test_a_call_that_is_taken_back_is_not_made(loop):
    called: list[int] = []

    async def story() -> None:
        taken_back = loop.call_soon(called.append, 1)
        loop.call_soon(called.append, 2)
        taken_back.cancel()
        await asyncio.sleep(0.01)

    loop.run_until_complete(story())
    assert called == [2]


def test_a_bug_in_one_call_is_told_and_the_next_is_made(loop):
    told: list[BaseException] = []
    called: list[int] = []
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))

    async def story() -> None:
        loop.call_soon(lambda: 1 / 0)
        loop.call_soon(called.append, 1)
        await asyncio.sleep(0.01)

    loop.run_until_complete(story())
    assert called == [1]
    assert [type(one) for one in told] == [ZeroDivisionError]
