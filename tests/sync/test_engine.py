"""The engine by hand: what is sent when, how long it waits, and what it decides anew."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from app.domain.effects import Insert, Reliance, Set
from app.domain.refused import Refused
from app.services.envelope import encode
from app.services.feed import Feed
from app.services.local import Entry, Fill, State
from app.services.ports import Answer, Cursor, LogRow, Page, SnapshotPage, Unreachable
from app.services.queries import Changed, Delivery, SyncState
from app.sync import engine as engines
from app.sync import housework
from app.sync.clock import ServerClock
from app.sync.engine import Engine
from app.sync.filling import Filling
from app.sync.line import CALM, POLL, Line
from app.sync.screen import Screen
from app.sync.slices import AIM, ALL_IN, FEWEST_ROWS, MOST_ROWS, TOO_LONG, Pace, of_feed, of_fill
from tests.sync.fake_central import START, FakeCentral
from tests.sync.fake_stores import MemoryOutbox, MemoryReplica
from tests.sync.simulator import AtOnce, Here
from tests.sync.test_merge import command, told


def safe(*, is_over: bool) -> None:
    """Nothing happens to these files."""


class Seat:
    """An engine over memory, stepped by hand."""

    def __init__(self, central: Any) -> None:
        self.central = central
        self.screen = Screen(MemoryReplica(safe), MemoryOutbox(safe))  # pyright: ignore
        self.screen.start()
        self.states: list[SyncState] = []
        self.changed: list[Changed] = []
        feed = Feed(lambda call: call())
        feed.on_sync(self.states.append)
        feed.on_changed(self.changed.append)
        clock = ServerClock(lambda: START)
        self.line = Line(central, self.screen, Here(), feed, clock, calls=AtOnce())
        self.again: list[str] = []
        self.engine = Engine(self.line, self.again.append, lambda: 1.0)

    def keep(self, cmd_id: str, *effects: Any, relies: tuple[Reliance, ...] = ()) -> None:
        envelope = command(cmd_id, *effects, relies=relies)
        self.screen.keep(Entry(envelope=envelope, body=encode(envelope), number="", befores={}))

    def rounds(self, times: int = 8) -> None:
        for _ in range(times):
            self.engine.round()

    def state(self, cmd_id: str) -> State:
        entry = self.screen.outbox.entry(cmd_id)
        assert entry is not None
        return entry.state


class Broken:
    """A centre that answers everything in the same wrong way."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, _: str) -> Any:
        raise self._error


def test_of_one_case_a_command_goes_only_when_the_one_before_was_answered():
    seat = Seat(FakeCentral())
    seat.keep("1", Insert("case_file", "c", {}))
    seat.keep("2", Set("case_file", "c", {"a": 1}, "1"))
    assert [one.cmd_id for one in seat.screen.sendable(9)] == ["1"]
    assert seat.screen.delivery("1") is Delivery.SENT
    assert seat.screen.delivery("2") is Delivery.QUEUED
    assert seat.screen.delivery("nobody's") is None
    seat.screen.answered([Answer("1", "done", seq=1)], Cursor())
    assert [one.cmd_id for one in seat.screen.sendable(9)] == ["2"]
    assert len(seat.screen.sendable(0)) == 0


def test_a_command_is_finished_when_the_feed_shows_it_and_not_before():
    seat = Seat(FakeCentral())
    seat.rounds()
    seat.keep("1", Insert("case_file", "c", {}))
    seat.screen.answered(seat.central.submit([(command_body(seat, "1"), None)]), Cursor())
    assert seat.state("1") is State.ACKED
    seat.rounds()
    assert seat.state("1") is State.FINISHED
    assert seat.states[-1].waiting == 0


def command_body(seat: Seat, cmd_id: str) -> str:
    entry = seat.screen.outbox.entry(cmd_id)
    assert entry is not None
    return entry.body


def test_a_command_the_log_has_long_since_is_finished_although_no_line_of_it_comes():
    central = FakeCentral()
    seat = Seat(central)
    seat.keep("1", Insert("case_file", "c", {}))
    seat.rounds()
    seat.screen.replica.ids.clear()  # pyright: ignore
    seat.screen.outbox.mark(["1"], State.QUEUED)
    seat.screen.start()
    seat.rounds()
    assert seat.state("1") is State.FINISHED


def test_an_answer_that_is_about_no_command_of_ours_does_not_turn_it_on_the_spot():
    class Mute(FakeCentral):
        def submit(self, batch: Any, _sent: Any = None) -> list[Answer]:
            return [Answer("", "") for _ in batch]

    seat = Seat(Mute())
    seat.keep("1", Insert("case_file", "c", {}))
    seat.rounds(1)
    assert seat.state("1") is State.ATTENTION  # whatever it says, it was not taken


def test_a_centre_that_never_takes_nor_refuses_is_asked_again_later(
    monkeypatch: pytest.MonkeyPatch,
):
    seat = Seat(FakeCentral())
    seat.keep("1", Insert("case_file", "c", {}))
    monkeypatch.setattr(Screen, "answered", lambda *_: Changed(frozenset()))
    seat.rounds(2)
    assert seat.states[-1].code == "unanswered"


def test_what_only_relied_on_a_row_that_moved_is_decided_anew():
    central = FakeCentral()
    central.submit([(encode(command("0", Insert("case_file", "c", {}))), None)])
    central.submit([(encode(command("t", Insert("task", "t", {"case_id": "c"}))), None)])
    seat = Seat(central)
    seat.rounds()
    seat.keep("1", Set("case_file", "c", {"a": 1}, "0"), relies=(Reliance("task", "t", "t"),))
    central.submit([(encode(command("theirs", Set("task", "t", {"a": 2}, "t"))), None)])
    seat.rounds(1)
    assert seat.again == ["1"]
    assert seat.state("1") is State.ATTENTION


def test_waiting_grows_to_its_longest_and_begins_anew_when_the_centre_answers():
    seat = Seat(Broken(Unreachable("store-not-there")))
    waits = [seat.engine.round() for _ in range(10)]
    assert waits[:4] == [0.2, 0.4, 0.8, engines.LONGEST_WAIT]
    assert waits[-1] == engines.LONGEST_WAIT
    assert (seat.states[-1].online, seat.states[-1].code) == (False, "store-not-there")
    seat.line.central = FakeCentral()
    seat.rounds(4)
    assert seat.engine.round() == POLL
    assert seat.states[-1].online
    seat.line.central = Broken(Unreachable("x"))
    assert seat.engine.round() == engines.FIRST_WAIT


class Ear:
    """Hears, or does not, as a test says."""

    def __init__(self) -> None:
        self.is_listening = False
        self.is_closed = False

    def listen(self, heard: Callable[[], None]) -> None:
        self.heard = heard

    def close(self) -> None:
        self.is_closed = True


def test_while_hints_are_heard_the_centre_is_asked_less_often_and_a_hint_wakes_the_wire():
    seat = Seat(FakeCentral())
    seat.line.ear = ear = Ear()
    seat.rounds(4)
    assert seat.engine.round() == POLL
    ear.is_listening = True
    assert seat.engine.round() == CALM
    asked = threading.Semaphore(0)
    seat.engine.round = lambda: [asked.release(), 600.0][1]  # pyright: ignore
    seat.engine.start()
    assert asked.acquire(timeout=5)
    assert not asked.acquire(timeout=0.1)
    ear.heard()
    assert asked.acquire(timeout=5)
    seat.engine.stop()
    assert ear.is_closed


def test_a_wait_is_drawn_from_the_whole_of_its_span():
    seat = Seat(Broken(Unreachable("x")))
    draw = Random(1).random
    seat.engine._draw = draw
    waits = [seat.engine.round() / engines.LONGEST_WAIT for _ in range(200)][20:]
    assert min(waits) < 0.1
    assert max(waits) > 0.9


def test_a_busy_store_is_not_shown_as_being_cut_off_at_once():
    seat = Seat(Broken(Unreachable("store-busy")))
    seat.rounds(1)
    assert not any(one.code or one.since for one in seat.states)
    seat.rounds(1)
    assert seat.states[-1].code == "store-busy"


def test_a_person_shut_out_is_told_so_and_nothing_is_lost():
    seat = Seat(Broken(Refused("operator-inactive")))
    seat.keep("1", Insert("case_file", "c", {}))
    seat.rounds(2)
    assert seat.states[-1].code == "operator-inactive"
    assert seat.state("1") is State.QUEUED


def test_the_thread_ends_when_it_is_told_to_and_may_never_have_begun():
    desk = ThreadPoolExecutor(1, "desk")
    seat = Seat(FakeCentral())
    seat.line.desk = desk
    seat.engine.stop()
    running = Engine(seat.line, seat.again.append)
    running.start()
    running.wake()
    running.stop()
    desk.shutdown()
    assert not [one for one in threading.enumerate() if one.name.startswith(("wire", "desk"))]


def test_the_outbox_is_tended_soon_after_somebody_sat_down_and_every_hour(
    monkeypatch: pytest.MonkeyPatch,
):
    tended: list[int] = []
    monkeypatch.setattr(MemoryOutbox, "tend", lambda _: tended.append(1))
    seat = Seat(FakeCentral())
    seat.rounds()
    assert tended == []
    seat.engine.house.tended_at -= housework.FIRST_TENDED
    seat.rounds(2)
    assert tended == [1]
    seat.engine.house.tended_at -= housework.TEND_EVERY
    seat.rounds(2)
    assert tended == [1, 1]


def test_housekeeping_goes_on_in_idle_rounds_until_there_is_none(monkeypatch: pytest.MonkeyPatch):
    left = [False, True, True]
    monkeypatch.setattr(MemoryReplica, "tidy", lambda _: left.pop())
    written: list[int] = []
    monkeypatch.setattr(MemoryReplica, "checkpoint", lambda _: written.append(1))
    seat = Seat(FakeCentral())
    seat.screen.replica.filled = Fill(is_done=True)  # pyright: ignore
    seat.line.pulled_at = float("inf")
    seat.rounds(5)
    assert (left, written) == ([], [1])


@pytest.mark.parametrize(("status", "standing"), [("diverged", "history-moved"), ("refetch", "")])
def test_a_centre_that_went_back_is_told_of_and_another_scope_is_not(
    monkeypatch: pytest.MonkeyPatch, status: str, standing: str
):
    seat = Seat(many(3))
    seat.rounds()
    with monkeypatch.context() as patch:
        pull = seat.central.pull
        patch.setattr(seat.central, "pull", lambda *a: replace(pull(*a), status=status))
        seat.line.pull()
    seat.rounds()
    assert seat.line.feed.state.standing == standing
    assert seat.screen.replica.table == seat.central.rows  # pyright: ignore


# The first fill


def many(count: int) -> FakeCentral:
    central = FakeCentral()
    for at in range(count):
        case_id = f"case-{at:04}"
        effects = (
            Insert("case_file", case_id, {"a": ""}),
            Insert("task", f"t{at}", {"case_id": case_id}),
        )
        envelope = command(f"cmd-{at:04}", *effects)
        body = encode(envelope).replace('"case_id":"c"', f'"case_id":"{case_id}"')
        central.submit([(body, None)])
    return central


def test_a_page_that_is_older_than_what_was_read_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
):
    """As when a wrong backup was restored for a moment, and then the right one."""
    central, older = many(450), many(210)
    seat = Seat(central)
    seat.rounds(1)
    with monkeypatch.context() as patch:
        patch.setattr(central, "snapshot", older.snapshot)
        seat.rounds(3)
        assert not seat.screen.replica.fill().is_done
        assert not seat.line.feed.state.online
    seat.rounds(20)
    assert seat.screen.replica.table == seat.central.rows  # pyright: ignore


def test_an_empty_store_is_filled_at_once():
    seat = Seat(FakeCentral())
    seat.rounds(3)
    assert seat.screen.replica.fill() == Fill(is_done=True)


def test_the_fill_tells_how_far_it_is_and_ends_at_the_head():
    seat = Seat(many(450))
    seat.rounds(20)
    told_of = [(one.filled, one.to_fill) for one in seat.states if one.to_fill]
    assert [one.is_filling for one in seat.states] == [True] * (len(seat.states) - 1) + [False]
    assert told_of[0] == (200, 450)
    assert told_of[-1] == (450, 450)
    assert seat.screen.replica.table == seat.central.rows  # pyright: ignore
    assert seat.screen.replica.cursor() == seat.central.head()


def test_the_desk_is_usable_from_the_first_page_on():
    seat = Seat(many(450))
    seat.rounds(1)
    assert len([key for key in seat.screen.replica.table if key[0] == "case_file"]) == 200  # pyright: ignore
    seat.keep("mine", Insert("case_file", "c", {"a": "mine"}))
    seat.rounds(1)
    assert "mine" in [row.cmd_id for row in seat.central.log]


def test_a_case_never_shows_before_what_hangs_on_it():
    seat = Seat(many(60))
    page = seat.central.snapshot(None, 50)
    names = [
        row[0]
        for news in of_fill(page, Cursor(), Fill(), None, Pace())
        for row in news.rows[0].rows
    ]
    assert names == sorted(names, key=lambda name: name == "case_file")


def test_a_case_that_is_never_brought_is_not_looked_for_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(MemoryReplica, "gaps", lambda _: {"nowhere"})
    pages: list[int] = []
    central = many(3)
    fetch = central.snapshot
    monkeypatch.setattr(central, "snapshot", lambda *a: (pages.append(1), fetch(*a))[1])
    seat = Seat(central)
    seat.rounds(200)
    assert seat.screen.replica.fill().is_done
    assert 2 < len(pages) < 20
    Filling(seat.line).begin_again()
    assert not seat.screen.replica.fill().is_done


# Slices, pace and clock


def test_a_slice_holds_whole_log_rows_and_the_last_one_the_pages_cursor():
    rows = tuple(told(seq, f"r{seq}", Set("case_file", "c", {}, "b")) for seq in range(1, 6))
    page = Page("ok", rows, Cursor(9, "nine.2"), at_head=True, server_time=START)
    pace = Pace()
    pace.rows = 4
    news = list(of_feed(page, Cursor(), None, pace))
    assert [len(one.rows) for one in news] == [2, 2, 1]
    assert [one.cursor for one in news] == [
        Cursor(2, "h2.2"),
        Cursor(4, "h4.2"),
        Cursor(9, "nine.2"),
    ]
    assert [one.asked for one in news] == [Cursor(), Cursor(2, "h2.2"), Cursor(4, "h4.2")]


def test_a_page_of_other_peoples_rows_moves_the_cursor_all_the_same():
    page = Page("ok", (), Cursor(9, "h"), at_head=True, server_time=START)
    (news,) = of_feed(page, Cursor(3, "x"), None, Pace())
    assert (news.rows, news.cursor) == ((), Cursor(9, "h"))


def test_a_heavy_log_row_is_a_slice_of_its_own():
    heavy: LogRow = told(1, "r", *[Set("task", str(at), {}, "b") for at in range(50)])
    page = Page("ok", (heavy, told(2, "s")), Cursor(2, "h"), at_head=True, server_time=START)
    assert [len(one.rows) for one in of_feed(page, Cursor(), None, Pace())] == [1, 1]


def test_an_empty_page_of_a_fill_still_moves_it_on():
    page = SnapshotPage((), (), None, 0, 0, Cursor(4, "h"))
    (news,) = of_fill(page, Cursor(), Fill(), Cursor(4, "h"), Pace())
    assert news.fill == Fill(position=ALL_IN, ahead=Cursor(4, "h"))
    assert news.cursor == Cursor(4, "h")


@pytest.mark.fault("F26")
def test_news_for_another_place_are_not_applied():
    seat = Seat(many(3))
    page = seat.central.pull(Cursor(), 9)
    (news,) = of_feed(page, Cursor(1, "elsewhere"), None, Pace())
    assert seat.screen.tell(news) == Changed(frozenset())
    assert seat.screen.replica.cursor() == Cursor()


def test_slices_shrink_when_they_take_long_and_grow_slowly_when_they_do_not():
    pace = Pace()
    for _ in range(100):
        pace.took(AIM / 2)
    assert pace.rows == MOST_ROWS
    pace.took((AIM + TOO_LONG) / 2)
    assert pace.rows == MOST_ROWS
    for _ in range(10):
        pace.took(TOO_LONG * 2)
    assert pace.rows == FEWEST_ROWS


def test_the_centres_clock_is_taken_at_the_middle_of_the_question():
    times = iter([START, START + timedelta(seconds=4), START + timedelta(seconds=10)])
    clock = ServerClock(lambda: next(times))
    asked = clock.asked()
    clock.answered(asked, START + timedelta(hours=1))
    assert clock.offset == timedelta(hours=1) - timedelta(seconds=2)
    assert clock.now() == START + timedelta(hours=1, seconds=8)
