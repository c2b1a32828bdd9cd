"""The workbench as a person uses it: choose a queue, walk, look, come back, and find it all again."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.domain.terms import Stage
from app.services.queries import Changed, Queue, Sort, SyncState, Window, WindowQuery
from tests.ui.fake_desk import FakeDesk
from ui.views.queue_bar import QueueBar
from ui.views.workbench import Workbench

pytestmark = pytest.mark.ui
Key = Qt.Key


@pytest.fixture
def bench(screen, qtbot, until, told) -> Workbench:
    bench = Workbench(screen)
    qtbot.addWidget(bench)
    bench.resize(1500, 800)
    bench.show()
    bench.focus_list()
    until(lambda: bench.view is not None)
    yield bench
    bench.hide()
    assert told.troubles == []


def shown(bench: Workbench) -> list[str]:
    return [bench.model.row_at(at).id for at in range(bench.model.rowCount())]


def press(qtbot, bench: Workbench, *keys) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or bench, key)


def test_it_begins_with_what_waits_for_dispatch(bench):
    assert bench.queue is Queue.DISPATCH
    assert bench.selected == shown(bench)[0]
    assert bench.view.dossier.case.id == bench.selected
    assert bench.table.hasFocus()


class TestAUnit:
    @pytest.fixture
    def desk(self) -> FakeDesk:
        return FakeDesk(login="chen")

    def test_a_unit_begins_with_what_it_has_to_sign(self, bench):
        assert bench.queue is Queue.SIGN


class TestAGridOfficer:
    @pytest.fixture
    def desk(self) -> FakeDesk:
        return FakeDesk(login="hu")

    def test_he_begins_where_cases_wait_for_his_word(self, bench):
        assert bench.queue is Queue.FILING


def test_the_pane_follows_the_cursor(bench, qtbot, until):
    ids = shown(bench)
    press(qtbot, bench, Key.Key_J, Key.Key_J)
    until(lambda: bench.view is not None and bench.view.dossier.case.id == ids[2])
    assert bench.selected == ids[2]


def test_the_cases_below_are_at_hand_before_they_are_asked_for(bench, qtbot, until, desk):
    until(lambda: bench.reader._shelf.peek(shown(bench)[3]) is not None)
    press(qtbot, bench, Key.Key_J)
    assert bench.view.dossier.case.id == shown(bench)[1]


def test_enter_goes_into_the_case_and_escape_comes_back(bench, qtbot, until):
    with qtbot.waitSignal(bench.opened):
        press(qtbot, bench, Key.Key_Return)
    assert bench.pane.isAncestorOf(QApplication.focusWidget())
    press(qtbot, bench, Key.Key_Escape)
    assert bench.table.hasFocus()


def test_the_suggested_act_is_under_the_hand_after_enter(bench, qtbot):
    press(qtbot, bench, Key.Key_Return)
    with qtbot.waitSignal(bench.acted) as acted:
        press(qtbot, bench, Key.Key_Space)
    assert acted.args == ["dispatch"]


def test_another_queue_begins_at_its_top(bench, qtbot, until):
    press(qtbot, bench, Key.Key_J, Key.Key_J, Key.Key_J)
    bench.use_queue(Queue.CLOSURE)
    until(lambda: bench.selected == shown(bench)[0] and bench.view is not None)
    assert {bench.model.row_at(at).stage for at in range(bench.model.rowCount())} == {Stage.CLOSURE}


def test_marks_do_not_follow_into_another_queue(bench, qtbot, until):
    press(qtbot, bench, Key.Key_X)
    assert len(bench.marked) == 1
    bench.use_queue(Queue.CLOSURE)
    assert bench.marked == frozenset()


def test_a_change_elsewhere_shows_in_the_pane_and_the_row_at_once(bench, desk, until):
    before = shown(bench)
    desk.colleague(bench.selected, title="标题已改")
    until(lambda: "标题已改" in bench.pane.header.spoken)
    until(lambda: bench.model.row_at(0).title == "标题已改")
    assert shown(bench) == before


def test_news_of_order_waits_for_n(bench, desk, qtbot, until):
    before = shown(bench)
    desk.colleague(before[1], stage=Stage.SIGN)
    until(lambda: bench.side.news.isVisible())
    assert "1 条已离队" in bench.side.news.text()
    assert "按 N 刷新" in bench.side.news.text()
    assert shown(bench) == before
    press(qtbot, bench, Key.Key_N)
    until(lambda: not bench.side.news.isVisible())
    assert before[1] not in shown(bench)
    assert bench.table.current == before[0]


@pytest.fixture
def asked(desk, monkeypatch) -> list[WindowQuery]:
    """What the list asks of the desk from now on."""
    asked: list[WindowQuery] = []
    window = desk.window

    async def noted(query: WindowQuery) -> Window:
        asked.append(query)
        await asyncio.sleep(0.1)
        return await window(query)

    monkeypatch.setattr(desk, "window", noted)
    return asked


def test_an_order_that_was_just_looked_at_is_shown_at_once(bench, desk, until, asked):
    before = shown(bench)
    desk.colleague(before[1], stage=Stage.SIGN)
    until(lambda: bench.side.news.isVisible() and not bench.source._is_listening)
    asked.clear()
    bench.apply_order()
    assert shown(bench) == [before[0], *before[2:]]
    assert not asked
    assert not bench.source.pending


def test_an_order_changed_since_it_was_looked_at_is_asked_for(bench, desk, until):
    before = shown(bench)
    desk.colleague(before[1], stage=Stage.SIGN)
    until(lambda: bench.side.news.isVisible() and not bench.source._is_listening)
    desk.colleague(before[2], stage=Stage.SIGN)
    bench.apply_order()
    until(lambda: shown(bench) == [before[0], *before[3:]])


def test_an_order_asked_for_while_it_is_being_looked_at_is_asked_once(bench, desk, until, asked):
    before = shown(bench)
    desk.colleague(before[1], stage=Stage.SIGN)
    until(lambda: asked)
    bench.apply_order()
    until(lambda: shown(bench) == [before[0], *before[2:]])
    until(lambda: not bench.source._is_listening)
    assert len(asked) == 1


def test_what_is_overdue_is_asked_for_anew_every_time(bench, desk, until):
    bench.use_queue(Queue.OVERDUE)
    until(lambda: bench.source.has_answered)
    bench.apply_order()
    assert bench.source.is_asking
    until(lambda: bench.source.has_answered)


def test_going_on_passes_over_what_was_dispatched(bench, desk, qtbot, until):
    ids = shown(bench)
    desk.colleague(ids[0], stage=Stage.SIGN)
    bench.go_next()
    until(lambda: bench.view is not None and bench.view.dossier.case.id == ids[1])
    until(lambda: ids[0] in bench.model.gone)
    bench.go_previous()
    assert bench.selected == ids[1]


def test_leaving_the_screen_lets_the_new_order_in(bench, desk, until):
    before = shown(bench)
    desk.colleague(before[1], stage=Stage.SIGN)
    until(lambda: bench.source.pending)
    bench.hide()
    until(lambda: not bench.source.pending)
    bench.show()
    assert before[1] not in shown(bench)


def test_no_clock_ticks_while_nobody_looks(bench):
    assert bench.clock._ticker.isActive()
    bench.hide()
    assert not bench.clock._ticker.isActive()


def test_a_tick_moves_the_countdown_of_row_and_pane(bench, desk):
    def told() -> tuple[str, str]:
        return bench.model.index(3, 0).data(), bench.pane.header._nearest.text()

    before = told()
    desk.pass_time(minutes=7)
    bench.clock.tick()
    after = told()
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_an_empty_queue_says_why_and_what_helps(bench, desk, until):
    for on in list(desk.dossiers.values()):
        if on.case.stage is Stage.RETURNED:
            desk.colleague(on.case.id, stage=Stage.ENDED)
    bench.use_queue(Queue.RETURNED)
    until(lambda: bench.side.is_empty)
    assert "待审批" in bench.side.empty.title.text()
    assert bench.side.empty.hint.text() == "没有等待审批的申请。"
    assert bench.view is None
    assert bench.pane._message.isVisible()


def test_a_case_of_another_queue_can_be_shown_beside_the_list(bench, desk, until):
    bench.open_case("case-006")
    until(lambda: bench.view is not None and bench.view.dossier.case.id == "case-006")
    assert bench.selected == "case-006"
    assert bench.table.current == shown(bench)[0]


def test_a_case_this_desk_does_not_have_is_said_to_be_missing(bench, until):
    bench.open_case("nobody")
    until(lambda: bench.pane._message.isVisible())
    assert "还没有这件案件" in bench.pane._message.title.text()
    assert bench.view is None


def test_everything_is_found_again(bench, screen, qtbot, until):
    bench.use_queue(Queue.ALL)
    until(lambda: not bench.source.is_asking)
    bench.table.sort_wanted.emit(Sort.TITLE, True)
    bench.side.filters.changed.emit(replace(bench.source.question.filter, street="HP"))
    until(lambda: not bench.source.is_asking)
    bench.table.setColumnWidth(5, 171)
    press(qtbot, bench, Key.Key_J, Key.Key_J)
    chosen, state = bench.selected, bench.state()

    again = Workbench(screen)
    qtbot.addWidget(again)
    again.resize(1500, 800)
    again.restore(json.loads(json.dumps(state)))
    again.show()
    until(lambda: again.selected == chosen)
    assert again.source.question == bench.source.question
    assert again.state() == state
    again.hide()


@pytest.mark.parametrize(
    "state", [{}, {"list": 5, "widths": [], "shares": "x"}, {"list": {"queue": "NOPE"}, "case": 9}]
)
def test_a_strange_memory_does_no_harm(bench, state):
    before = bench.source.question
    bench.restore(state)
    assert bench.source.question == before


def test_the_rules_may_change_under_us(bench, desk, until):
    desk._tell(Changed(None))
    until(lambda: bench.view is not None)
    assert bench.model.index(0, 0).data()


class SlowDesk(FakeDesk):
    """Cases come when they are let."""

    def __init__(self) -> None:
        super().__init__()
        self.gates: dict[str, asyncio.Event] = {}
        self.holds = False

    async def case(self, case_id):
        if self.holds:
            await self.gates.setdefault(case_id, asyncio.Event()).wait()
        return await super().case(case_id)


class TestSlowly:
    @pytest.fixture
    def desk(self) -> SlowDesk:
        return SlowDesk()

    def test_a_case_on_its_way_shows_what_the_list_knows(self, bench, desk, qtbot, until):
        until(lambda: bench.reader._shelf.peek(shown(bench)[3]) is not None)
        desk.holds = True
        for _ in range(5):
            press(qtbot, bench, Key.Key_J)
        row = bench.model.row_at(5)
        assert row.number in bench.pane.header.spoken
        assert bench.view is None
        until(lambda: bench.pane._message.isVisible())
        assert "正在读取" in bench.pane._message.title.text()
        until(lambda: row.id in desk.gates)
        desk.gates[row.id].set()
        until(lambda: bench.view is not None and bench.view.dossier.case.id == row.id)
        desk.holds = False
        for gate in desk.gates.values():
            gate.set()

    def test_a_late_case_does_not_push_the_wanted_one_aside(self, bench, desk, qtbot, until):
        ids = shown(bench)
        until(lambda: bench.reader._shelf.peek(ids[3]) is not None)
        desk.holds = True
        bench.open_case(ids[6])
        until(lambda: ids[6] in desk.gates)
        bench.open_case(ids[7])
        until(lambda: ids[7] in desk.gates)
        desk.gates[ids[7]].set()
        until(lambda: bench.view is not None)
        desk.holds = False
        for gate in desk.gates.values():
            gate.set()
        qtbot.wait(50)
        assert bench.view.dossier.case.id == ids[7]


@pytest.fixture
def bar(screen, qtbot, until) -> QueueBar:
    bar = QueueBar(screen)
    qtbot.addWidget(bar)
    bar.show()
    until(lambda: bar.button(Queue.ALL)._numbers is not None)
    return bar


def test_each_queue_tells_how_much_waits_and_how_much_is_late(bar):
    assert bar.button(Queue.ALL)._count() == "35 未结"
    hint = bar.button(Queue.DISPATCH).accessibleName()
    assert hint.startswith("待分拨：10 件，超期 2 件")
    assert bar.button(Queue.DISPATCH)._badges()[0] == ("breached", "✕2")


def test_counts_follow_what_happens(bar, desk, until):
    desk.colleague("case-001", stage=Stage.SIGN)
    until(lambda: bar.button(Queue.DISPATCH)._count() == "9")


def test_a_press_chooses_a_queue(bar, qtbot):
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(bar.button(Queue.SIGN), Qt.MouseButton.LeftButton)
    assert chosen.args == [Queue.SIGN]
    bar.show_queue(Queue.ALL)
    assert bar.button(Queue.ALL).isChecked()
    assert not bar.button(Queue.SIGN).isChecked()


def test_the_bar_fits_beside_the_command_box(bar, words):
    for language, most in (("zh", 700), ("en", 760)):
        words.use(language)
        assert bar.sizeHint().width() <= most


def test_everything_that_can_be_used_has_a_name_and_room(bench, bar):
    for host in (bench, bar):
        for one in host.findChildren(QWidget):
            if not one.isVisible() or one.focusPolicy() is Qt.FocusPolicy.NoFocus:
                continue
            name = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
            assert name, one
            if isinstance(one, QAbstractButton):
                assert min(one.width(), one.height()) >= 24, name


def test_nothing_is_wider_than_the_pane_at_the_least_window(bench, words, until):
    bench.resize(1060, 600)
    for language in ("zh", "en"):
        words.use(language)
        QApplication.processEvents()
        content = bench.pane._scroll.widget()
        assert content.minimumSizeHint().width() <= bench.pane._scroll.viewport().width()


class TestTheFirstFill:
    """Rows come in by themselves until somebody touches the list."""

    @pytest.fixture
    def filling(self, bench, desk, until):
        desk.go(SyncState(online=True, filled=10, to_fill=50))
        assert bench.table.currentIndex().row() == 0
        return bench

    def arrive(self, desk, name: str, due: timedelta) -> None:
        """A case of another desk comes with the fill, due before or after those here."""
        on = desk.dossiers["case-001"]
        case = replace(on.case, id=name, number=f"SZPS2{name}", due_at=desk.now() + due)
        desk.dossiers[name] = replace(on, case=case)
        desk._tell(Changed(frozenset({name})))

    def test_an_untouched_list_keeps_itself_in_order(self, filling, desk, until):
        for number in range(3):
            self.arrive(desk, f"new-{number}", timedelta(days=-9 - number))
            until(lambda number=number: shown(filling)[0] == f"new-{number}")
            assert filling.side.news.isHidden()
        until(lambda: filling.selected == "new-2")
        assert filling.table.currentIndex().row() == 0

    @pytest.mark.parametrize("touch", ["key", "click", "wheel", "search"])
    def test_a_touched_list_waits_for_n(self, filling, desk, until, qtbot, touch):
        viewport = filling.table.viewport()
        match touch:
            case "key":
                press(qtbot, filling, Key.Key_J)
            case "click":
                qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton)
            case "wheel":
                filling.side._fill.eventFilter(viewport, QEvent(QEvent.Type.Wheel))
            case _:
                filling.focus_search()
        before = shown(filling)
        self.arrive(desk, "new", timedelta(days=-9))
        until(lambda: filling.side.news.isVisible())
        assert shown(filling) == before

    def test_after_the_fill_an_untouched_list_waits_too(self, filling, desk, until, monkeypatch):
        filling.side._fill._lingering.setInterval(1)
        desk.go(SyncState(online=True, filled=50, to_fill=50))
        until(lambda: not filling.side._fill.follows)
        before = shown(filling)
        self.arrive(desk, "new", timedelta(days=-9))
        until(lambda: filling.side.news.isVisible())
        assert shown(filling) == before

    def test_the_last_rows_of_the_fill_still_come_in(self, filling, desk, until):
        desk.go(SyncState(online=True, filled=50, to_fill=50))
        self.arrive(desk, "last", timedelta(days=-9))
        until(lambda: shown(filling)[0] == "last")
