"""A queue never moves under the hand: news is taken in place, a new order waits until it is wanted."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt

from app.domain.terms import Stage
from app.services.ports import Unreachable
from app.services.queries import Changed, Queue, Sort, Window, WindowQuery
from tests.ui.fake_desk import FakeDesk, _row
from ui.models import queue_source
from ui.models.queue_model import QueueModel, Voice
from ui.models.queue_source import PAGE, Pending, Question, QueueSource
from ui.models.row_clock import RowClock
from ui.models.row_text import Column, RowText
from ui.wording import Wording

pytestmark = pytest.mark.ui


def made(screen) -> QueueModel:
    clock = RowClock(screen.desk.setting)
    text = RowText(screen.words, screen.data)
    return QueueModel(Voice(screen.words, text, lambda: clock, screen.desk.now))


@pytest.fixture
def model(screen) -> QueueModel:
    return made(screen)


@pytest.fixture
def source(screen, model) -> QueueSource:
    source = QueueSource(screen, model)
    screen.desk.on_changed(source.news)
    return source


@pytest.fixture
def asked(source, until) -> Callable[[Question], QueueModel]:
    def ask(question: Question) -> QueueModel:
        source.ask(question)
        until(lambda: not source.is_asking)
        source.look_at(0, 30)
        return source._model

    return ask


def ids(model: QueueModel) -> list[str | None]:
    rows = [model.row_at(at) for at in range(model.rowCount())]
    return [row.id if row else None for row in rows]


def rows_of(desk: FakeDesk):
    return [_row(one) for one in desk.dossiers.values()]


def test_qt_finds_no_fault_with_it(qtmodeltester, model, desk):
    model.show(40, 0, rows_of(desk)[:25])
    qtmodeltester.check(model)
    model.fill(25, rows_of(desk)[25:])
    model.show(30, 0, rows_of(desk)[:30])
    qtmodeltester.check(model)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 39), unique=True), st.lists(st.integers(0, 39), unique=True))
def test_a_whole_queue_steps_to_its_new_order_and_keeps_what_is_pointed_at(old, new):
    rows = rows_of(FakeDesk())
    words = Wording("zh")
    model = QueueModel(Voice(words, RowText(words, None), None, None))  # type: ignore[arg-type]
    model.show(len(old), 0, [rows[n] for n in old])
    pointed = [QPersistentModelIndex(model.index(at, 0)) for at in range(len(old))]
    model.show(len(new), 0, [rows[n] for n in new])
    assert ids(model) == [rows[n].id for n in new]
    if old:
        for index, n in zip(pointed, old, strict=True):
            assert index.isValid() == (n in new)
            assert not index.isValid() or new[index.row()] == n


def test_rows_that_changed_are_renewed_in_their_place(asked, desk, until):
    model = asked(Question(Queue.ALL))
    before = ids(model)
    desk.colleague("case-007", title="改了标题")
    until(lambda: model.row_at(model.place("case-007")).title == "改了标题")
    assert ids(model) == before


def test_a_new_order_waits_until_it_is_wanted(asked, source, desk, until):
    model = asked(Question(Queue.ALL))
    before = ids(model)
    last = desk.dossiers[before[-9]].case
    desk.colleague(last.id, due_at=desk.now().replace(year=2020))
    until(lambda: source.pending)
    assert source.pending == Pending(is_moved=True)
    assert ids(model) == before
    source.apply()
    until(lambda: not source.pending)
    assert ids(model)[0] == last.id


def test_a_case_that_leaves_stays_dimmed_in_its_place(asked, source, desk, until):
    model = asked(Question(Queue.DISPATCH))
    before = ids(model)
    desk.colleague(before[2], stage=Stage.SIGN)
    until(lambda: model.gone == {before[2]})
    assert source.pending == Pending(gone=1)
    assert ids(model) == before
    source.apply()
    until(lambda: not source.pending)
    assert ids(model) == [one for one in before if one != before[2]]


def test_news_of_a_case_that_left_are_not_lost_while_it_is_read(asked, source, desk, until):
    """Own work is confirmed while its row is being looked up: the row may not say for ever that it waits."""
    model = asked(Question(Queue.DISPATCH))
    case_id, read = ids(model)[2], desk.case

    async def slow(which: str):
        view = await read(which)
        if desk.dossiers[case_id].case.title != "已确认":
            desk.colleague(case_id, title="已确认")
        return view

    desk.case = slow
    desk.colleague(case_id, stage=Stage.SIGN)
    until(lambda: model.gone == {case_id})
    until(lambda: model.row_at(model.place(case_id)).title == "已确认")


def test_new_cases_are_counted_and_not_shown(asked, source, desk, until):
    model = asked(Question(Queue.DISPATCH))
    before = ids(model)
    for number in range(3):
        on = desk.dossiers[before[0]]
        fresh = replace(on, case=replace(on.case, id=f"new-{number}"))
        desk.dossiers[fresh.case.id] = fresh
    desk.colleague("new-0", title="新")
    until(lambda: source.pending.fresh == 3)
    assert ids(model) == before


def test_an_empty_queue_takes_what_comes_at_once(asked, desk, until):
    for on in list(desk.dossiers.values()):
        if on.case.stage is Stage.RETURNED:
            desk.colleague(on.case.id, stage=Stage.ENDED)
    model = asked(Question(Queue.RETURNED))
    assert model.rowCount() == 0
    desk.colleague("case-004", stage=Stage.RETURNED)
    until(lambda: ids(model) == ["case-004"])


def test_the_past_of_a_case_is_told_to_who_asks_and_takes_no_room(asked, desk):
    """A store that was taken over is of the past row by row: a mark on each would say nothing."""
    model = asked(Question(Queue.ALL))
    desk.colleague(ids(model)[0], historical=True)
    row = model.row_at(0)._replace(historical=True, return_count=2)
    model.renew([row])
    at = model.index(0, Column.MARKS)
    assert at.data() == "退2"
    assert "历史记录" in at.data(Qt.ItemDataRole.AccessibleTextRole)


def test_marks_outlive_the_order(asked, source, until):
    model = asked(Question(Queue.ALL))
    chosen = ids(model)[3]
    model.mark(chosen, is_marked=True)
    source.ask(Question(Queue.ALL, sort=Sort.TITLE, descending=True))
    until(lambda: not source.is_asking)
    assert model.marks == {chosen}
    said = model.index(model.place(chosen), Column.TITLE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("已选")


class SlowDesk(FakeDesk):
    """Answers windows only when let, the latest first if so wished."""

    def __init__(self, cases: int = 40) -> None:
        super().__init__(cases)
        self.gates: list[tuple[WindowQuery, asyncio.Event]] = []

    async def window(self, query: WindowQuery) -> Window:
        gate = asyncio.Event()
        self.gates.append((query, gate))
        await gate.wait()
        return await super().window(query)


class TestSlowly:
    @pytest.fixture
    def desk(self) -> SlowDesk:
        return SlowDesk()

    def test_a_late_answer_to_an_old_question_is_dropped(self, source, model, desk, until):
        source.ask(Question(Queue.ALL))
        until(lambda: desk.gates)
        source.ask(Question(Queue.CLOSURE))
        until(lambda: len(desk.gates) == 2)
        desk.gates[1][1].set()
        until(lambda: model.rowCount() > 0)
        count = model.rowCount()
        assert source.is_asking is False
        desk.gates[0][1].set()
        until(lambda: not source._screen.run.__self__.tasks)
        assert model.rowCount() == count

    def test_the_desk_is_asked_by_windows(self, source, desk, until):
        source.ask(Question(Queue.DISPATCH, sort=Sort.UNIT, descending=True))
        until(lambda: desk.gates)
        query, gate = desk.gates[0]
        gate.set()
        until(lambda: not source.is_asking)
        assert (query.offset, query.limit, query.sort, query.descending) == (
            0,
            PAGE,
            Sort.UNIT,
            True,
        )


class TestLong:
    @pytest.fixture
    def desk(self) -> FakeDesk:
        return FakeDesk(1000)

    def test_pages_come_as_they_are_looked_at(self, asked, source, model, until):
        model = asked(Question(Queue.ALL))
        assert model.rowCount() == 1000
        assert model.row_at(199) is not None
        assert model.row_at(200) is None
        source.look_at(700, 730)
        until(lambda: model.row_at(715) is not None)
        assert model.row_at(450) is None
        assert model.index(450, Column.TITLE).data() == "正在读取…"

    def test_no_case_stands_twice_when_the_order_changed_meanwhile(
        self, asked, source, desk, until
    ):
        model = asked(Question(Queue.ALL))
        first = model.row_at(0).id
        on = desk.dossiers[first]  # now due last of all, unheard of
        desk.dossiers[first] = replace(on, case=replace(on.case, due_at=None, due_clock=None))
        source.look_at(960, 990)
        until(lambda: source.pending.is_moved)
        assert sum(one == first for one in ids(model)) == 1

    def test_a_refresh_deep_down_stays_deep_down(self, asked, source, until):
        model = asked(Question(Queue.ALL))
        source.look_at(700, 730)
        until(lambda: model.row_at(715) is not None)
        source.apply()
        until(lambda: not source.is_asking)
        assert model.row_at(715) is not None
        assert model.row_at(0) is None

    def test_pages_far_away_are_let_go_and_asked_for_again(self, asked, source, until, monkeypatch):
        monkeypatch.setattr(queue_source, "KEPT", 2)
        model = asked(Question(Queue.ALL))
        source.look_at(900, 930)
        until(lambda: model.row_at(915) is not None)
        source.look_at(700, 730)
        until(lambda: model.row_at(715) is not None)
        assert model.row_at(0) is None
        source.look_at(0, 30)
        until(lambda: model.row_at(0) is not None)

    def test_a_crowd_of_changes_is_called_a_new_order_without_asking_for_each(
        self, asked, source, desk, until, monkeypatch
    ):
        model = asked(Question(Queue.ALL))
        looked_up = []
        case = desk.case

        async def watched(case_id):
            looked_up.append(case_id)
            return await case(case_id)

        monkeypatch.setattr(desk, "case", watched)
        for case_id in ids(model)[:40]:
            on = desk.dossiers[case_id]
            late = replace(on.case, due_at=None, due_clock=None)
            desk.dossiers[case_id] = replace(on, case=late)
        source.news(Changed(frozenset(ids(model)[:40])))
        until(lambda: source.pending.is_moved and not source._is_listening)
        assert len(looked_up) <= queue_source.LOOKED_UP
        assert model.gone == set()

    def test_only_what_is_on_the_screen_is_asked_for_again(
        self, asked, source, desk, until, monkeypatch
    ):
        model = asked(Question(Queue.ALL))
        source.look_at(700, 730)
        until(lambda: model.row_at(715) is not None)
        asked_for = []
        window = desk.window

        async def watched(query):
            asked_for.append(query.offset)
            return await window(query)

        monkeypatch.setattr(desk, "window", watched)
        desk.colleague("case-700", title="x")
        source.news(Changed(None))
        until(lambda: not source._is_listening)
        assert set(asked_for) == {600}
        source.look_at(10, 40)
        until(lambda: 0 in asked_for)


class BrokenDesk(FakeDesk):
    """Its windows fail until they are mended."""

    def __init__(self) -> None:
        super().__init__(1000)
        self.is_broken = False

    async def window(self, query: WindowQuery) -> Window:
        if self.is_broken:
            raise Unreachable("disk")
        return await super().window(query)


class TestBroken:
    @pytest.fixture
    def desk(self) -> BrokenDesk:
        return BrokenDesk()

    def test_a_question_that_failed_can_be_asked_again(self, source, model, desk, told, until):
        desk.is_broken = True
        source.ask(Question(Queue.ALL))
        until(lambda: told.troubles)
        assert (source.is_asking, source.has_answered) == (False, False)
        desk.is_broken = False
        source.apply()
        until(lambda: model.rowCount() == 1000)

    def test_a_page_that_failed_is_asked_for_again(self, asked, source, desk, told, until):
        model = asked(Question(Queue.ALL))
        desk.is_broken = True
        source.look_at(500, 530)
        until(lambda: told.troubles)
        desk.is_broken = False
        source.look_at(501, 531)
        until(lambda: model.row_at(515) is not None)

    def test_news_that_could_not_be_followed_does_not_stop_the_ear(
        self, asked, source, desk, told, until
    ):
        model = asked(Question(Queue.ALL))
        first = model.row_at(0).id
        desk.is_broken = True
        desk.colleague(first, title="一")
        until(lambda: told.troubles and not source._is_listening)
        desk.is_broken = False
        desk.colleague(first, title="二")
        until(lambda: model.row_at(0).title == "二")


def test_every_cell_speaks_both_languages(asked, words):
    model = asked(Question(Queue.ALL))
    for language in ("en", "zh"):
        words.use(language)
        model.retranslate()
        for at in range(model.rowCount()):
            for column in Column:
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    assert isinstance(model.index(at, column).data(role), str)
    assert model.index(0, Column.LEFT).data(Qt.ItemDataRole.AccessibleTextRole)
