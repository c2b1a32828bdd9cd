"""The `bench` command on a small scale: it measures what it says, and no ratio runs away.

Milliseconds are the machine's; only ratios may fail here, and with room, for other work shares the cores.
"""

import asyncio
import json
import time
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from app.cli.benching import crowd, keys, showing, starting, synthetic, windows
from app.cli.benching.commands import Commands
from app.cli.benching.figures import Figure, Goal, Judged
from app.cli.benching.room import Paints, desk_at, filled, window_at
from app.cli.benching.still import still_screen
from app.cli.benching.timing import Series, at, interleaved
from app.cli.benching.watchdog import TOO_LONG, Gap, Watchdog
from app.cli.benching.watchdog import told as told_of
from app.services.lexicon import Lexicon
from app.services.ports import Cursor
from app.services.queries import Queue, WindowQuery
from db.central.store import utc_now
from db.replica.store import SqliteReplica
from tests.kit import setting
from tests.ui.conftest import *  # noqa: F403 - the screen's fixtures
from ui.sentences import LANGUAGES, sentences
from ui.start import run_on_qt
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.slow]
CASES, ROUNDS = 2_000, 12
#: Every goal is aimed at in the command; here only something gone wrong is to be seen.
ROOM = 3.0


@pytest.fixture(scope="module")
def now():
    return utc_now()


@pytest.fixture(scope="module")
def replica(tmp_path_factory, now):
    path = tmp_path_factory.mktemp("bench") / "replica.db"
    synthetic.filled(path, setting(), CASES, now, Cursor(1, "bench"))
    return path


@pytest.fixture
def opened(replica):
    one = SqliteReplica(replica, Lexicon(setting().directory))
    yield one
    one.close()


def rows(opened, now, count=CASES):
    return [
        row
        for first in range(0, count, 200)
        for row in opened.window(WindowQuery(queue=Queue.ALL, now=now, offset=first)).rows
    ]


# -- what is measured with ----------------------------------------------------------------------


def test_the_made_up_replica_holds_as_many_open_cases_as_asked_for(opened, now):
    counts = opened.counts(now)
    assert counts.waiting[Queue.ALL] == CASES
    assert all(counts.waiting[one] for one in (Queue.FILING, Queue.DISPATCH, Queue.SIGN))
    assert opened.fill().is_done
    assert len({row.id for row in rows(opened, now)}) == CASES
    assert opened.dossier(rows(opened, now)[-1].id)


def test_the_usual_filters_do_find_something(opened, now):
    bench = windows._Bench(opened, opened._db, Lexicon(setting().directory), 1)
    query = WindowQuery(queue=Queue.DISPATCH, now=now)
    found = bench._narrowing(query)
    assert {"filter", "search", "number"} == set(found)
    for wish in found.values():
        asked = WindowQuery(queue=Queue.DISPATCH, now=now, filter=wish)
        assert 0 < opened.window(asked).total <= CASES


def test_the_bare_thing_reads_the_very_same_rows(opened, now):
    lexicon = Lexicon(setting().directory)
    bench = windows._Bench(opened, opened._db, lexicon, 1)
    for offset in (0, 40):
        query = WindowQuery(queue=Queue.DISPATCH, now=now, offset=offset)
        (count, many), (sql, values) = bench._statements(query)
        window = opened.window(query)
        assert [row[0] for row in opened._db.execute(sql, values)] == [
            one.id for one in window.rows
        ]
        assert opened._db.execute(count, many).fetchone() == (window.total,)


def test_a_store_is_peopled_with_lawful_cases(tmp_path, now):
    from db.central import admin

    crowd.peopled(tmp_path / "central.db", setting(), 12, now)
    facts = admin.facts(tmp_path / "central.db")
    assert (facts.cases, facts.commands) == (12, 15)


# -- ratios -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_windows(replica, now):
    return {one.key: one for one in windows.measure(replica, setting(), now, ROUNDS)}


@pytest.mark.parametrize(
    "key", ["window.first", "window.anew", "window.loads", "window.search", "window.by.DUE"]
)
def test_a_queue_answers_hardly_slower_than_bare_sqlite(of_windows, key):
    assert of_windows[key].cpu_ratio < ROOM


def test_a_key_moves_the_cursor_hardly_slower_than_in_a_bare_table(
    qapp, loop, words, theme, opened, now
):
    screen = still_screen(setting(), now, words, theme)
    figures = list(keys.measure(qapp, screen, rows(opened, now, 400), 50))
    assert [one.key for one in figures] == ["key.down", "key.j"]
    for one in figures:
        assert one.cpu_ratio < ROOM


# -- the rest is measured, not judged -----------------------------------------------------------


def test_a_command_is_timed_to_the_disk_and_to_the_paint(qapp, theme, tmp_path):
    store = tmp_path / "central.db"
    crowd.found(store, setting())

    async def measured():
        async with (
            desk_at(tmp_path, store, crowd.LOGIN, setting()) as desk,
            window_at(desk, Wording("zh"), theme) as window,
        ):
            return await Commands(desk, window, setting(), tmp_path).measure(1)

    figures = {one.key: one for one in run_on_qt(qapp, measured())}
    for kind in ("register", "classify", "dispatch"):
        kept, shown = (figures[f"command.{kind}.{what}"].ours for what in ("kept", "shown"))
        assert 0 < kept.wall[0] <= shown.wall[0]


def test_a_start_is_timed_from_its_command_to_its_first_rows(tmp_path, now):
    store = tmp_path / "central.db"
    crowd.peopled(store, setting(), 10, now)

    async def sit():
        async with desk_at(tmp_path / "home", store, crowd.LOGIN, setting()) as desk:
            await filled(desk)

    asyncio.run(sit())
    figure = starting.measure(tmp_path / "home", store, 1)
    assert 0 < figure.bare.wall[0] < figure.ours.wall[0]


# -- the instruments ----------------------------------------------------------------------------


def test_both_things_take_turns_and_the_first_round_does_not_count():
    done = []
    ours, bare = interleaved(4, lambda turn: done.append("o"), lambda turn: done.append("b"))
    assert "".join(done) == "obbo" * 2 + "ob"
    assert len(ours.wall) == len(bare.wall) == 4


def test_shares_of_a_series():
    values = [float(one) for one in range(100, 0, -1)]
    assert (at(values, 0.5), at(values, 0.95), at(values, 1.0), at([], 0.5)) == (51, 96, 100, 0)


def test_a_figure_is_held_against_its_goal():
    ours, bare = Series([3.0, 4.0, 90.0]), Series([2.0, 2.0, 2.0])
    by_ratio = Figure("x", ours, bare, Goal(Judged.RATIO, 2.0))
    assert (by_ratio.ratio, by_ratio.is_met) == (2.0, True)
    assert Figure("x", ours, None, Goal(Judged.LONGEST, 50.0)).is_met is False
    assert Figure("x", ours, bare).is_met is None
    assert Figure("x", Series(), None, Goal(Judged.LONGEST, 50.0)).is_met is None


def test_the_watchdog_sees_a_stall_and_who_caused_it(qapp, loop, until):
    def busy_beyond_measure():
        end = time.perf_counter() + 3 * TOO_LONG
        while time.perf_counter() < end:
            pass

    with Watchdog(QObject(qapp)) as dog:
        dog.during = "here"
        until(lambda: len(dog.gaps) > 2)
        busy_beyond_measure()
        until(lambda: any(one.is_stall for one in dog.gaps))
    (line, *_) = told_of([one for one in dog.gaps if "busy_beyond_measure" in one.doing])
    assert "here" in line


def test_what_other_programs_took_is_not_ours():
    starved, busy = Gap("", 0.200, 0.010, 0.012), Gap("", 0.200, 0.150, 0.160)
    assert (starved.ours, starved.why) == (TOO_LONG, "starved")
    assert (busy.ours, busy.why) == (0.160, "busy")
    assert Gap("", 0.200, 0.020, 0.200).why == "behind"
    assert Gap("", 0.030, 0.0, 0.0).ours == 0.030


def test_what_is_true_but_not_painted_is_not_shown(loop, qtbot, until):
    label, is_there = QLabel("x"), []
    qtbot.addWidget(label)
    label.show()
    shown = Paints(label).shown(lambda: bool(is_there))
    label.repaint()
    assert not shown.done()
    is_there.append(True)
    label.update()
    until(shown.done)


# -- the report ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def figures(of_windows):
    stalls = Figure("day.fill", Series([8.0, 60.0]), None, Goal(Judged.LONGEST, 50.0), ["60 ms"])
    return [*of_windows.values(), stalls]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_words_and_the_columns_stand_under_each_other(figures, language):
    words = Wording(language)
    lines = list(showing.as_table(CASES, figures, words))
    assert not words.missing
    widths = {showing._width(line[: line.index("≤")]) for line in lines if "≤" in line}
    assert len(lines) == len(figures) + 4
    assert len(widths) <= 2  # one for each kind of goal
    assert "✗" in next(line for line in lines if words.say("bench.of.day.fill") in line)


def test_machines_read_the_same(figures):
    report = json.loads(showing.as_json(CASES, figures))
    assert {"cores", "python", "qt", "sqlite"} <= set(report["machine"])
    assert [one["key"] for one in report["figures"]] == [one.key for one in figures]
    first = report["figures"][0]
    assert first["ours"]["p50"] > 0
    assert first["bare"]["rounds"] == ROUNDS


def test_every_figure_of_the_course_has_words():
    said = {key.removeprefix("bench.of.") for key in sentences("zh") if key.startswith("bench.of.")}
    assert said >= {"start", "pair", "fill.first", "fill.whole", "day.work", "day.work.every"}


def test_a_made_up_case_is_in_time(opened, now):
    first = opened.window(WindowQuery(queue=Queue.ALL, now=now)).rows[0]
    assert abs(first.registered_at - now) < timedelta(days=40)
