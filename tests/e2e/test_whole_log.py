"""Five hundred cases lived to their end on the real store: the log holds, and every copy of it agrees."""

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from app.cli.demo import DISTRICT, PREFIX
from app.cli.verifying import verified
from app.cli.wiring import close_desk, open_desk
from app.demo.build import Plan, build, people
from app.domain.case import TABLES
from db.central import admin
from db.central.store import open_central
from tests.kit import setting

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

CASES = 500


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("centre") / "central.db"
    admin.init(path, DISTRICT, PREFIX, "demo")
    until = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=1)
    plan = Plan(CASES, 400, until, 11, DISTRICT, is_at_work=False)
    for person in people(setting(), plan):
        admin.add_operator(path, person)
    open_ = {}

    def centre(login):
        if login not in open_:
            open_[login] = open_central(path, login)
        return open_[login]

    build(plan, setting(), centre, lambda _done, _of: None)
    for one in open_.values():
        one.close()
    return path


def lines(path, table):
    """The rows of a table, by id, whatever the order of their columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = sorted(set(names) & shared(table))
        return connection.execute(f"SELECT {','.join(kept)} FROM {table} ORDER BY id").fetchall()


def shared(table):
    from dataclasses import fields

    return {one.name for one in fields(TABLES[table])} | {"seq"}


def read_to_the_end(folder, store):
    """A desk that has fetched everything; the path of its replica."""
    desk = open_desk(folder, store, "zhang.min", setting(), lambda call: call())
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            state = desk.sync_state
            if state.online and state.to_fill and state.filled == state.to_fill:
                break
            time.sleep(0.05)
        assert state.filled == state.to_fill == CASES
        time.sleep(0.5)
    finally:
        close_desk(desk)
    return next(folder.glob("desks/*/replica-centre.db"))


def test_nearly_every_case_comes_to_its_end(store):
    with closing(sqlite3.connect(store)) as connection:
        ended = connection.execute(
            "SELECT count(*) FROM case_file WHERE stage = 'ENDED'"
        ).fetchone()
    assert ended[0] > CASES * 0.97


def test_the_log_verifies_and_is_decided_alike_once_more(store):
    report = verified(store)
    assert report.findings == ()
    assert report.lines > CASES * 5
    assert report.decided
    assert report.sealed > CASES * 0.8


def test_a_replica_is_the_centre_row_for_row(store, tmp_path):
    replica = read_to_the_end(tmp_path / "one", store)
    again = read_to_the_end(tmp_path / "two", store)
    for table in TABLES:
        central = [tuple(row) for row in lines(store, table)]
        assert [tuple(row) for row in lines(replica, table)] == central
        assert [tuple(row) for row in lines(again, table)] == central
