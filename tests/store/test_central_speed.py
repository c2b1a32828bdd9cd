"""What the central store costs beside the disk itself. Milliseconds are told, ratios may fail."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

import pytest

from app.domain.effects import insertion
from app.services.envelope import encode
from app.services.ports import Cursor
from db.central import admin
from db.central import snapshot as fill
from db.central.link import Link
from db.central.verify import verify
from tests.store.town import Town

WORDS = "小区门口的路灯已经三天不亮，晚上出行不便。"


def _by_turns(texts: list[str], *doing: Callable[[str], object]) -> list[float]:
    """The lower quartile of what each takes (milliseconds): a busy machine delays all of them, and not all calls."""
    took: list[list[float]] = [[] for _ in doing]
    for text in texts:
        for one, times in zip(doing, took, strict=True):
            start = time.perf_counter()
            one(text)
            times.append((time.perf_counter() - start) * 1000)
    return [quantiles(times)[0] for times in took]


def _registrations(town: Town, count: int) -> list[str]:
    cases = [town.case(narrative=WORDS) for _ in range(count)]
    return [encode(town.envelope("li", "register", one.id, insertion(one))) for one in cases]


@pytest.mark.slow
def test_a_command_costs_a_few_times_what_its_fsync_costs(
    sqlite_town: Town, tmp_path: Path, record_property
):
    texts = _registrations(sqlite_town, 100)
    with closing(sqlite3.connect(tmp_path / "bare.db", isolation_level=None)) as bare:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE t (text)")
        baseline, one = _by_turns(
            texts,
            lambda text: bare.execute("INSERT INTO t VALUES (?)", (text,)),
            lambda text: sqlite_town.store("li").submit([(text, None)]),
        )
    record_property("bare insert ms", baseline)
    record_property("submit ms", one)
    assert one < 30 * max(baseline, 0.1)


@pytest.mark.slow
def test_a_batch_is_kept_at_once(sqlite_town: Town, monkeypatch, record_property):
    """What makes it cheaper where a disk takes its time: it is waited for once."""
    texts, commits, run = _registrations(sqlite_town, 200), [], Link.run

    def counted(link: Link, sql: str, values: Sequence[object] = ()) -> int:
        commits.extend([sql] * (sql == "COMMIT"))
        return run(link, sql, values)

    monkeypatch.setattr(Link, "run", counted)
    submit = sqlite_town.store("li").submit
    (single,) = _by_turns(texts[:100], lambda text: submit([(text, None)]))
    alone = len(commits)
    (batched,) = _by_turns(
        texts[100::20], lambda text: submit([(one, None) for one in _from(texts, text)])
    )
    record_property("alone, in a batch ms", (single, batched / 20))
    assert (alone, len(commits) - alone) == (100, 5)


def _from(texts: list[str], first: str) -> list[str]:
    """The batch of 20 that begins with that one."""
    start = texts.index(first)
    return texts[start : start + 20]


@pytest.mark.slow
def test_a_page_is_as_quick_at_the_end_as_at_the_beginning(
    sqlite_town: Town, file: Path, record_property
):
    town, pages, position = sqlite_town, [], None
    admin.open_batch(file, "old", "zhao", historical=True)
    for start in range(0, 4000, 200):
        town.store("zhao").submit([(_import(town, start + n), None) for n in range(200)])
    while True:
        begun = time.perf_counter()
        page = town.store("li").snapshot(position, 200)
        pages.append((time.perf_counter() - begun) * 1000)
        if (position := page.position) is None:
            break
    record_property("page of 200 cases ms", median(pages))
    assert median(pages[-5:]) < 5 * median(pages[:5])
    start = time.perf_counter()
    assert verify(file).is_sound
    record_property("verified lines per second", 4000 / (time.perf_counter() - start))
    assert town.store("li").pull(Cursor(), 200).cursor.seq == 200


def _import(town: Town, number: int) -> str:
    when = town.clock.now - timedelta(minutes=number)
    status = "CLOSED_ON_TIME" if number % 10 else "FILED"
    case = town.case(
        narrative=WORDS, status=status, historical=True, batch="old", registered_at=when
    )
    effects, more = (insertion(case),), {"occurred_at": when, "batch": "old"}
    return encode(town.envelope("zhao", "import_record", case.id, *effects, **more))


@pytest.mark.parametrize("phase", range(3))
@pytest.mark.parametrize("login", ["li", "ann"])
def test_the_first_fill_walks_an_index_and_sorts_nothing(sqlite_town: Town, phase: int, login: str):
    way = fill._PHASES[phase]
    viewer = sqlite_town.store(login).operator()
    condition, values = fill._in_scope(viewer)
    sql = (
        f"EXPLAIN QUERY PLAN SELECT * FROM case_file WHERE {way.where} AND district = ?{condition}"
        f" AND {way.after} ORDER BY {way.order} LIMIT 200"
    )
    plan = str(sqlite_town.link.rows(sql, ("pingshan", *values, *["x"] * len(way.key))))
    assert "ix_case_file_" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN case_file USING COVERING" not in plan
