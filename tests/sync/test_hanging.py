"""A centre that hangs: the desk says so, goes on, and is back when the centre is; nobody waits for it."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli.meeting import everybody, is_made_up
from app.domain.case import TABLES
from app.domain.commands import AddNote
from app.services.live import LiveDesk
from app.services.ports import Answer, Cursor, Page, SnapshotPage, Unreachable
from app.sync import calls
from app.sync.calls import Calls
from tests.sync.desks import Desks, report, rows_of, settled, until
from tests.sync.fake_central import FakeCentral
from tests.sync.hanging import Hangs, held, hung
from tests.sync.test_desk import everything, filed, told
from tests.sync.test_engine import Seat, many
from tests.sync.test_set_aside import keep

#: What is promised (seconds): that it shows, that it heals, that nobody waits at the end.
SHOWN_WITHIN, HEALED_WITHIN, ENDED_WITHIN = 8.0, 5.0, 2.0


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience, where how long it takes is not what is tested."""
    monkeypatch.setattr(calls, "PROMPT", 0.3)
    monkeypatch.setattr(calls, "TAIL", 0.1)
    monkeypatch.setattr(calls, "LONGEST", 0.5)


async def since(is_so: Callable[[], Any], at_most: float) -> float:
    begun = time.monotonic()
    await until(is_so, at_most + 5)
    return time.monotonic() - begun


def logged(desks: Desks) -> list[str]:
    """The cases of all registrations that the store has, each as often as it is there."""
    with sqlite3.connect(desks.store) as db:
        return [one for (one,) in db.execute("SELECT case_id FROM log WHERE kind = 'register'")]


async def goes_through_it(
    desks: Desks, li: LiveDesk, hang: Callable[[], Any], heal: Callable[[], Any]
) -> None:
    """Work before, during and after; how long it takes is measured from the outside."""
    await settled(li)
    hang()
    done = [await li.send(report())]
    assert await since(lambda: not li.sync_state.online, SHOWN_WITHIN) <= SHOWN_WITHIN
    assert li.sync_state.code
    assert li.sync_state.since is not None
    done.append(await li.send(report("挂断以后又来电")))
    assert li.sync_state.waiting == 2
    heal()
    is_back = lambda: li.sync_state.online and not li.sync_state.waiting  # noqa: E731
    assert await since(is_back, HEALED_WITHIN) <= HEALED_WITHIN
    assert sorted(logged(desks)) == sorted(one.case_id for one in done)
    assert await li.attention() == ()


@pytest.mark.slow
@pytest.mark.parametrize("comes_back", [True, False])
@pytest.mark.fault("F6")
def test_what_hangs_shows_in_time_and_heals_in_time(desks: Desks, comes_back: bool):
    """Also when what hangs never comes back."""

    async def story() -> None:
        li = await desks.at("li")
        away = hung(li)
        try:
            await goes_through_it(desks, li, away.hang, away.let_go if comes_back else away.heal)
        finally:
            away.let_go()

    told(desks, story)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the locks of another system")
@pytest.mark.parametrize("by_all_locks", [True, False])
def test_a_file_that_another_process_holds_shows_in_time_and_heals_in_time(
    desks: Desks, by_all_locks: bool
):
    async def story() -> None:
        li = await desks.at("li")
        other = held(desks.store, by_all_locks=by_all_locks)
        await goes_through_it(desks, li, other.__enter__, lambda: other.__exit__(None, None, None))

    told(desks, story)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the locks of another system")
def test_one_sits_down_and_gets_up_while_another_process_holds_the_file(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        names = [one.login for one in await li.people()]
        await settled(li)
        desks.close(li)
        with held(desks.store, by_all_locks=True):
            begun = time.monotonic()
            li = desks.begin("li")
            assert time.monotonic() - begun < SHOWN_WITHIN
            done = await li.send(report())
            assert [one.login for one in await li.people()] == names
            await until(lambda: li.sync_state.code)
            begun = time.monotonic()
            desks.close(li)
            assert time.monotonic() - begun < ENDED_WITHIN
        await ended()
        li = await desks.at("li")
        await settled(li)
        assert logged(desks) == [done.case_id]

    told(desks, story)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the locks of another system")
def test_before_anybody_sits_down_a_held_file_is_not_waited_for_either(desks: Desks):
    with held(desks.store, by_all_locks=True):
        for look in (everybody, is_made_up):
            begun = time.monotonic()
            with pytest.raises(Unreachable):
                look(desks.store)
            assert time.monotonic() - begun < SHOWN_WITHIN
    assert [one.login for one in everybody(desks.store)]
    assert not is_made_up(desks.store)


async def ended() -> None:
    """Threads that were left behind have come back and are gone."""
    await until(lambda: not [one for one in threading.enumerate() if one.name == "call"], 20)


def test_a_late_done_does_no_harm(desks: Desks, hasty: None):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await filed(li)
        await settled(li, mei)
        away = hung(li, is_late=True, only="submit")
        away.hang()
        note = await li.send(AddNote(case_id=case_id, text="只此一条"))
        await until(lambda: not li.sync_state.online)
        away.heal()
        await settled(li, mei)
        away.let_go()
        await mei.send(AddNote(case_id=case_id, text="另一条"))
        await settled(mei, li)
        view = await mei.case(case_id)
        assert view is not None
        assert [one.cmd_id for one in view.timeline].count(note.cmd_id) == 1
        assert rows_of(li, TABLES) == rows_of(mei, TABLES)
        assert await li.attention() == ()

    told(desks, story)


@pytest.mark.parametrize("question", ["pull", "head"])
def test_a_late_answer_is_not_heard(desks: Desks, hasty: None, question: str):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        away = hung(li, is_late=True, only=question)
        away.hang()
        first = await mei.send(report())
        await until(lambda: away.hung and not li.sync_state.online)
        away.heal()
        await settled(mei, li)
        for _ in range(5):
            await mei.send(report())
        await settled(mei, li)
        away.let_go()
        await mei.send(AddNote(case_id=first.case_id, text="以后的事"))
        await settled(mei, li)
        assert rows_of(li, [*TABLES, "history"]) == rows_of(mei, [*TABLES, "history"])

    told(desks, story)


class Slow(FakeCentral):
    """Takes its time for each case, line and command."""

    def pull(self, cursor: Cursor, limit: int) -> Page:
        time.sleep(0.004 * limit)
        return super().pull(cursor, limit)

    def snapshot(self, position: str | None, limit: int) -> SnapshotPage:
        time.sleep(0.004 * limit)
        return super().snapshot(position, limit)

    def submit(self, batch: Any, _: Any = None) -> list[Answer]:
        time.sleep(0.004 * len(batch))
        return super().submit(batch)


def test_a_slow_centre_is_served_in_small_steps(hasty: None):
    """Asked for as much as ever it would be cut off each time, for ever."""
    central = Slow()
    vars(central).update(vars(many(90)))
    seat = Seat(central)
    seat.line.calls = Calls()
    for at in range(90):
        keep(seat, f"own-{at}", f"own-case-{at}")
    end = time.monotonic() + 30
    while not _is_through(seat) and time.monotonic() < end:
        seat.engine.round()
    seat.line.calls.stop()
    assert len(central.log) == 180
    assert seat.screen.replica.table == central.rows  # pyright: ignore


def _is_through(seat: Seat) -> bool:
    state = seat.line.feed.state
    return state.online and not state.waiting and seat.line.fill().is_done


def test_nobody_waits_at_the_end_for_what_hangs(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        away = hung(li)
        away.hang()
        done = await li.send(report())
        await until(lambda: away.hung)
        begun = time.monotonic()
        desks.close(li)
        assert time.monotonic() - begun < ENDED_WITHIN
        away.let_go()
        li = await desks.at("li")
        await settled(li)
        assert logged(desks) == [done.case_id]

    told(desks, story)


def test_another_person_can_sit_down_while_it_hangs(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        away = hung(li)
        away.hang()
        done = await li.send(report())
        await until(lambda: away.hung)
        begun = time.monotonic()
        await li.switch("mei")
        assert time.monotonic() - begun < ENDED_WITHIN + 2  # the last words of who leaves have two
        away.let_go()
        await until(lambda: logged(desks) == [done.case_id])

    told(desks, story)


def test_only_so_many_threads_are_left_behind(
    desks: Desks, hasty: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(calls, "PROMPT", 0.05)
    monkeypatch.setattr(calls, "MOST_HUNG", 3)

    async def story() -> None:
        li = await desks.at("li")
        away = hung(li)
        away.hang()
        await until(lambda: len(away.hung) == 3)
        for _ in range(5):
            li._at.wire.wake()
            await until(lambda: not li.sync_state.online)
        assert len(away.hung) == 3
        away.let_go()
        await until(lambda: li.sync_state.online)

    told(desks, story)


def test_the_telephone_is_not_kept_waiting_by_a_centre_that_hangs(desks: Desks, hasty: None):
    """Who called is asked on *desk*, where nothing may ever wait for the centre."""

    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        desks.close(li)
        hidden = desks.store.with_name("gone.db")
        desks.store.rename(hidden)
        li = desks.begin("li")
        reached = li._at.wire._line.central  # pyright: ignore
        away = Hangs(SimpleNamespace(store=reached._open))
        away.hang()
        reached._open = lambda: away.store()
        li._at.wire.wake()
        await until(lambda: away.hung)
        begun = time.monotonic()
        assert await li.reporter_history("13812345678") == ()
        assert (await li.window(everything(li))).total == 0
        assert time.monotonic() - begun < 1
        hidden.rename(desks.store)
        away.let_go()
        await until(lambda: li.sync_state.online)

    told(desks, story)
