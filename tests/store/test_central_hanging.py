"""A store that another process holds: whoever waits for it keeps nobody else waiting."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import admin
from db.central import link as links
from db.central.store import CentralStore, open_central


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = admin.init(tmp_path / "central.db", "440310", "SZPS", "live")
    admin.add_operator(path, Operator("li", "李", Role.OPERATOR, "440310"))
    return path


@pytest.fixture
def holder(file: Path) -> Iterator[sqlite3.Connection]:
    """Another connection that holds the tail until it rolls back."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


def waiting(store: CentralStore) -> tuple[threading.Thread, list[Unreachable]]:
    """A thread that asks for the tail, and what it was told."""
    told: list[Unreachable] = []

    def ask() -> None:
        try:
            store.submit([])
        except Unreachable as away:
            told.append(away)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    return thread, told


def test_a_store_is_closed_at_once_although_a_question_to_it_hangs(
    file: Path, holder: sqlite3.Connection
):
    store = open_central(file, "li")
    thread, told = waiting(store)
    hanging = store._links._links[thread]
    begun = time.monotonic()
    store.close()
    assert time.monotonic() - begun < 0.5
    assert thread.is_alive()
    holder.execute("ROLLBACK")
    thread.join(5)
    assert told == []
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        hanging.row("SELECT 1")


def test_the_others_go_on_while_one_question_hangs(file: Path, holder: sqlite3.Connection):
    store = open_central(file, "li")
    thread, _ = waiting(store)
    assert store.head().seq == 0
    holder.execute("ROLLBACK")
    thread.join(5)
    store.close()


def test_a_thread_that_has_ended_leaves_no_connection_behind(
    file: Path, holder: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(links, "PATIENCE", 0.05)
    store = open_central(file, "li")
    for _ in range(3):
        thread = threading.Thread(target=store.head)
        thread.start()
        thread.join(5)
    assert len(store._links._links) == 2  # this thread's and the last one's
    for _ in range(3):
        thread, told = waiting(store)
        thread.join(5)
        assert [one.code for one in told] == ["store-busy"]
    assert len(store._links._links) == 1  # what failed was dropped
    store.close()
