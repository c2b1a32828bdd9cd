"""The ear: a centre's hints wake a desk at once, and whatever becomes of them, nothing is missed."""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from app.domain.terms import CaseStatus
from app.services.live import LiveDesk
from app.sync import line as lines
from db.central.link import Link
from db.postgres.ear import COALESCE, Beat, Ear
from db.postgres.place import way_to
from tests.store.conftest import postgres_link
from tests.sync.desks import Desks, report, settled, until

_NAMES = (f"ear{number}" for number in count(1))
CHANNEL = "fenbo_440310"
#: Who listens, by the statement that a session ran last.
LISTENERS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND query IN ('LISTEN \"fenbo_440310\"', 'SELECT 1') AND pid <> pg_backend_pid()"
)


@pytest.fixture
def root(url: str) -> Iterator[Link]:
    link = postgres_link(url)
    yield link
    link.close()


class Listener:
    """An ear, and how often it heard something."""

    def __init__(self, url: str, beat: Beat) -> None:
        self.times = 0
        self.heard = threading.Event()
        self.ear = Ear(lambda: way_to(url, "li"), CHANNEL, beat, draw=lambda: 0.0)
        self.ear.listen(self._hear)
        self.waits_for(lambda: self.ear.is_listening)
        time.sleep(0.05)
        self.forgets()

    def _hear(self) -> None:
        self.times += 1
        self.heard.set()

    def forgets(self) -> None:
        self.times = 0
        self.heard.clear()

    def waits_for(self, is_so: Callable[[], bool], seconds: float = 10.0) -> None:
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, "it never came to that"
            time.sleep(0.01)


@pytest.fixture
def listener(url: str) -> Iterator[Listener]:
    made = Listener(url, Beat(every=0.1, patience=5))
    yield made
    made.ear.close()


def test_a_hint_is_heard_at_once_and_one_for_others_is_not(listener: Listener, root: Link):
    root.run("NOTIFY fenbo_440311")
    assert not listener.heard.wait(0.2)
    root.run(f"NOTIFY {CHANNEL}")
    assert listener.heard.wait(10)


@pytest.mark.fault("F25")
def test_a_flood_of_hints_costs_few_looks(listener: Listener, root: Link):
    begun = time.monotonic()
    for number in range(400):
        root.run(f"NOTIFY {CHANNEL}, '{number}'")
    listener.waits_for(lambda: listener.times > 0)
    time.sleep(3 * COALESCE)
    assert listener.times <= (time.monotonic() - begun) / COALESCE + 1


def test_a_line_that_breaks_is_told_and_made_anew(listener: Listener, root: Link):
    ((pid,),) = root.rows(LISTENERS)
    root.rows("SELECT pg_terminate_backend(?)", (pid,))
    assert listener.heard.wait(10)  # whoever relied on it looks for himself
    listener.waits_for(lambda: listener.ear.is_listening and root.rows(LISTENERS) != [(pid,)])
    time.sleep(0.1)
    listener.forgets()
    root.run(f"NOTIFY {CHANNEL}")
    assert listener.heard.wait(10)


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be stopped there")
def test_a_line_that_falls_silent_is_given_up_in_time(url: str, root: Link):
    """As when a cable is pulled: nobody says that the line is dead."""
    listener = Listener(url, Beat(every=0.1, patience=0.3))
    ((pid,),) = root.rows(LISTENERS)
    listener.forgets()
    os.kill(pid, signal.SIGSTOP)
    try:
        assert listener.heard.wait(10)
        listener.waits_for(lambda: listener.ear.is_listening)
    finally:
        os.kill(pid, signal.SIGCONT)
        listener.ear.close()


def test_a_quiet_line_that_lives_is_kept(listener: Listener, root: Link):
    before = root.rows(LISTENERS)
    assert not listener.heard.wait(0.5)
    assert root.rows(LISTENERS) == before


def test_a_closed_ear_hears_nothing_and_leaves_nothing_behind(listener: Listener, root: Link):
    listener.ear.close()
    listener.forgets()
    root.run(f"NOTIFY {CHANNEL}")
    assert not listener.heard.wait(0.1)
    assert "ear" not in [one.name for one in threading.enumerate()]
    listener.waits_for(lambda: root.rows(LISTENERS) == [])
    never = Ear(str, "x")
    never.close()
    assert not never.is_listening


async def seen(desk: LiveDesk, case_id: str, within: float) -> float:
    """How long it took until a desk had the case."""
    begun = time.monotonic()
    while True:
        view = await desk.case(case_id)
        passed = time.monotonic() - begun
        if view is not None and view.dossier.case.status == CaseStatus.REGISTERED:
            return passed
        assert passed < within, "it was not seen in time"
        await asyncio.sleep(0.005)


@pytest.mark.fault("F25")
def test_a_colleague_sees_it_without_asking_and_by_asking_where_no_hint_comes(
    url: str, tmp_path: Path, root: Link, monkeypatch: pytest.MonkeyPatch
):
    """While hints are heard nobody would ask for ten minutes; when they cease, desks ask as ever."""
    monkeypatch.setattr(lines, "CALM", 600.0)
    desks = Desks(tmp_path, url)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        await until(lambda: len(root.rows(LISTENERS)) == 2)
        await asyncio.sleep(0.5)  # both have looked for the last time
        took: list[float] = []
        for number in range(3):
            done = await li.send(report(f"积水 {number}"))
            took.append(await seen(mei, done.case_id, 10))
        assert min(took) < 0.5
        root.run("ALTER ROLE mei CONNECTION LIMIT 0")  # no ear of hers comes back
        root.rows(
            f"SELECT pg_terminate_backend(pid) FROM ({LISTENERS} AND usename = 'mei') AS hers"
        )
        await asyncio.sleep(0.2)
        done = await li.send(report("路灯不亮"))
        await seen(mei, done.case_id, 10)

    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    try:
        asyncio.run(whole())
    finally:
        root.run("ALTER ROLE mei CONNECTION LIMIT -1")
