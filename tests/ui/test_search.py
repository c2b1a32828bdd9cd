"""Searching and narrowing: results as one types, chips that go at a press, lists one comes back to."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.terms import Grade, Nature, Role, Stage
from app.services.filters import Filter, Happening
from app.services.queries import Queue, Sort, SyncState
from ui.models.filters import (
    PARTS,
    FilterText,
    Saved,
    narrowed,
    of_plain,
    saved_of,
    to_plain,
    without,
)
from ui.views.saved_filters import KEY
from ui.views.workbench import Workbench

pytestmark = pytest.mark.ui
Key = Qt.Key


@pytest.fixture
def bench(screen, qtbot, until, told) -> Workbench:
    bench = Workbench(screen)
    qtbot.addWidget(bench)
    bench.resize(1400, 800)
    bench.show()
    bench.focus_list()
    until(lambda: bench.view is not None)
    yield bench
    bench.hide()
    assert told.troubles == []


def write(text: str) -> None:
    """Commit a text as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def titles(bench: Workbench) -> set[str]:
    return {bench.model.row_at(at).title for at in range(bench.model.rowCount())}


# -- search ----------------------------------------------------------------------------------------


def test_results_come_as_one_types(bench, qtbot, until):
    bench.focus_search()
    assert bench.side.search.edit.hasFocus()
    write("路灯")
    until(lambda: titles(bench) == {"路灯不亮"})
    assert bench.queue is Queue.DISPATCH
    assert bench.side.search.edit.hasFocus()


def test_what_is_being_composed_is_searched_for_too(bench, until):
    bench.focus_search()
    QApplication.sendEvent(bench.side.search.edit, QInputMethodEvent("路灯", []))
    until(lambda: titles(bench) == {"路灯不亮"})


def test_the_met_words_are_marked_in_the_case(bench, qtbot, until):
    bench.focus_search()
    write("路灯")
    until(lambda: bench.view is not None and bench.pane.narrative.marked == ["路灯"])


def test_everywhere_goes_beyond_the_queue_and_back(bench, qtbot, until):
    bench.focus_search()
    write("路灯")
    until(lambda: titles(bench) == {"路灯不亮"})
    here = bench.model.rowCount()
    bench.side.search.everywhere.click()
    until(lambda: bench.model.rowCount() > here)
    assert bench.queue is Queue.ALL
    bench.side.search.everywhere.click()
    until(lambda: bench.model.rowCount() == here)
    assert bench.queue is Queue.DISPATCH


def test_an_empty_search_everywhere_stays_in_the_queue(bench, until):
    bench.side.search.everywhere.click()
    assert bench.queue is Queue.DISPATCH


def test_escape_first_clears_and_then_leaves(bench, qtbot, until):
    count = bench.model.rowCount()
    bench.focus_search()
    write("路灯")
    until(lambda: titles(bench) == {"路灯不亮"})
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    until(lambda: bench.model.rowCount() == count)
    assert bench.side.search.edit.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert bench.table.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Down])
def test_return_or_down_goes_to_the_results_at_once(bench, qtbot, until, key):
    bench.focus_search()
    write("路灯")
    qtbot.keyClick(QApplication.focusWidget(), key)
    assert bench.table.hasFocus()
    until(lambda: titles(bench) == {"路灯不亮"})
    assert bench.table.current == bench.model.row_at(0).id


def test_return_while_composing_belongs_to_the_input_method(bench, qtbot):
    bench.focus_search()
    QApplication.sendEvent(bench.side.search.edit, QInputMethodEvent("lud", []))
    qtbot.keyClick(bench.side.search.edit, Key.Key_Return)
    assert bench.side.search.edit.hasFocus()


def test_a_search_without_results_offers_the_way_out(bench, qtbot, until):
    count = bench.model.rowCount()
    bench.focus_search()
    write("没有这回事")
    until(lambda: bench.side.is_empty and bench.side.hits is not None)
    assert "没有这回事" in bench.side.empty.title.text()
    assert "其他队列里也没有" in bench.side.empty.hint.text()
    assert not bench.side.empty.everywhere.isVisible()
    qtbot.mouseClick(bench.side.empty.clear, Qt.MouseButton.LeftButton)
    until(lambda: bench.model.rowCount() == count)
    assert bench.side.search.text == ""


def numbers_of(desk, stage):
    return [one.case.number for one in desk.dossiers.values() if one.case.stage is stage]


def search_in_vain(bench, text, until):
    bench.focus_search()
    write(text)
    until(lambda: bench.side.is_empty and bench.side.hits is not None)


def test_what_other_queues_have_is_told_by_queue(bench, desk, until):
    (first, second, *_), (third, *_) = (
        numbers_of(desk, Stage.FILING),
        numbers_of(desk, Stage.CLOSURE),
    )
    for number in (first, second, third):
        found = next(one for one in desk.dossiers.values() if one.case.number == number)
        desk.dossiers[found.case.id] = replace(
            found, case=replace(found.case, title="井盖松动异响")
        )
    search_in_vain(bench, "井盖松动异响", until)
    empty = bench.side.empty
    assert "井盖松动异响" in empty.title.text()
    assert "3 件" in empty.hint.text()
    shown = {queue: one.text() for queue, one in empty.queues.items() if one.isVisible()}
    assert shown == {Queue.FILING: "待立案 2", Queue.CLOSURE: "待结案 1"}
    for one in (empty.queues[queue] for queue in shown):
        assert one.visibleRegion().boundingRect() == one.rect()


def test_what_comes_to_another_queue_later_is_told_too(bench, desk, until):
    search_in_vain(bench, "电梯停了三天", until)
    assert bench.side.hits.total == 0
    found = next(one for one in desk.dossiers.values() if one.case.stage is Stage.FILING)
    desk.colleague(found.case.id, title="电梯停了三天")
    until(lambda: bench.side.hits.total == 1)
    assert bench.side.empty.queues[Queue.FILING].text() == "待立案 1"
    assert "1 件" in bench.side.empty.hint.text()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_one_key_in_the_box_goes_where_it_is_with_the_same_words(bench, desk, qtbot, until, key):
    number = numbers_of(desk, Stage.FILING)[0]
    search_in_vain(bench, number, until)
    qtbot.keyClick(bench.side.search.edit, key)
    until(lambda: bench.model.rowCount() == 1)
    assert bench.queue is Queue.ALL
    assert bench.side.search.text == number
    assert bench.side.search.everywhere.isChecked()
    assert bench.table.hasFocus()
    until(lambda: bench.view is not None and bench.view.dossier.case.number == number)


def test_the_same_key_does_so_in_the_empty_list(bench, desk, qtbot, until):
    number = numbers_of(desk, Stage.FILING)[0]
    bench.focus_search()
    write(number)
    qtbot.keyClick(bench.side.search.edit, Key.Key_Return)  # before there was an answer
    until(lambda: bench.side.is_empty and bench.side.hits is not None)
    assert bench.table.hasFocus()
    qtbot.keyClick(bench.table, Key.Key_Return)
    until(lambda: bench.model.rowCount() == 1)
    assert bench.queue is Queue.ALL


def test_a_button_leads_to_one_queue_which_stays(bench, desk, qtbot, until):
    number = numbers_of(desk, Stage.FILING)[0]
    search_in_vain(bench, number, until)
    qtbot.mouseClick(bench.side.empty.queues[Queue.FILING], Qt.MouseButton.LeftButton)
    until(lambda: bench.model.rowCount() == 1)
    assert (bench.queue, bench.side.search.text) == (Queue.FILING, number)
    assert not bench.side.search.everywhere.isChecked()
    bench.side.search.clear()
    until(lambda: bench.model.rowCount() > 1)
    assert bench.queue is Queue.FILING


def test_a_scope_that_was_lent_goes_with_the_words(bench, desk, qtbot, until):
    search_in_vain(bench, numbers_of(desk, Stage.FILING)[0], until)
    qtbot.keyClick(bench.side.search.edit, Key.Key_Return)
    until(lambda: bench.queue is Queue.ALL and bench.model.rowCount() == 1)
    bench.side.search.clear()
    until(lambda: bench.queue is Queue.DISPATCH)
    assert not bench.side.search.everywhere.isChecked()


def test_return_leads_to_the_list_where_nothing_is_anywhere(bench, qtbot, until):
    search_in_vain(bench, "没有这回事", until)
    qtbot.keyClick(bench.side.search.edit, Key.Key_Return)
    assert bench.table.hasFocus()
    assert bench.queue is Queue.DISPATCH


def test_an_empty_queue_that_is_not_searched_asks_nowhere(bench, desk, until):
    desk.dossiers = {
        key: one for key, one in desk.dossiers.items() if one.case.stage is not Stage.RETURNED
    }
    bench.use_queue(Queue.RETURNED)
    until(lambda: bench.side.is_empty)
    assert bench.side.hits is None
    assert not bench.side.empty.everywhere.isVisible()


def none_waits(desk, bench, until) -> None:
    desk.dossiers = {
        key: one for key, one in desk.dossiers.items() if one.case.stage is not Stage.SIGN
    }
    bench.use_queue(Queue.SIGN)
    until(lambda: bench.side.is_empty and bench.queue is Queue.SIGN)


def test_an_empty_list_is_not_called_done_while_cases_still_come(bench, desk, words, until):
    desk.go(SyncState(online=True, is_filling=True))
    none_waits(desk, bench, until)
    empty = bench.side.empty
    assert empty.title.text() == words.say("queue.filling")
    assert empty.hint.text() == words.say("queue.filling.hint")
    desk.go(SyncState(online=True, filled=30, to_fill=30))
    assert empty.hint.text() == words.say("queue.empty.SIGN")


def test_a_search_in_vain_while_cases_still_come_says_so(bench, desk, words, until):
    desk.go(SyncState(online=True, is_filling=True))
    search_in_vain(bench, "没有这回事", until)
    assert bench.side.empty.hint.text() == words.say("queue.filling.searched")


def test_who_reads_no_cases_is_not_told_that_all_are_done(bench, desk, words, until):
    desk._me = replace(desk.me, role=Role.ADMINISTRATOR)
    none_waits(desk, bench, until)
    assert bench.side.empty.hint.text() == words.say("queue.empty.not_read")


def test_another_queue_leaves_the_search_behind(bench, qtbot, until):
    bench.focus_search()
    write("路灯")
    until(lambda: titles(bench) == {"路灯不亮"})
    bench.use_queue(Queue.ALL)
    until(lambda: bench.model.rowCount() == 40)
    assert bench.side.search.text == ""


# -- filter ----------------------------------------------------------------------------------------


def branch(bench: Workbench, *path: str) -> QMenu:
    """The menu that opens at the end of a path of names, as a person would walk it."""
    menu = bench.side.filters.menu
    menu.aboutToShow.emit()
    for name in path:
        menu = next(one for one in menu.actions() if one.text() == name).menu()
        menu.aboutToShow.emit()
    return menu


def choose(bench: Workbench, *path: str) -> None:
    *branches, last = path
    next(one for one in branch(bench, *branches).actions() if one.text() == last).trigger()


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (("街道", "和平街道"), Filter(street="HP")),
        (("社区", "和平第1社区"), Filter(community="HP-1")),
        (("类别", "噪声污染", "噪声污染"), Filter(category="ZS")),
        (("类别", "噪声污染", "交通噪声"), Filter(category="ZS-03")),
        (("单位", "公安分局"), Filter(unit="GAF")),
        (("渠道", "网站"), Filter(channel="WEB")),
        (("性质", "咨询"), Filter(nature=Nature.INQUIRY)),
        (("级别", "A 应急"), Filter(grade=Grade.A)),
        (
            ("登记日期", "近 7 天"),
            Filter(registered_from=date(2026, 11, 17), registered_to=date(2026, 11, 23)),
        ),
    ],
)
def test_each_part_is_set_from_the_menu_and_dropped_by_its_chip(bench, qtbot, until, path, wanted):
    choose(bench, *path)
    assert bench.source.question.filter == wanted
    (chip,) = bench.side.filters.chips
    assert chip.text().endswith("✕")
    assert path[0] in chip.accessibleName()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert bench.source.question.filter == Filter()
    assert bench.side.filters.chips == []


def test_parts_add_up_and_are_cleared_together(bench, qtbot, until):
    bench.use_queue(Queue.ALL)
    choose(bench, "街道", "和平街道")
    choose(bench, "级别", "C 常态")
    until(lambda: not bench.source.is_asking)
    shown = [bench.model.row_at(at) for at in range(bench.model.rowCount())]
    assert shown
    assert {(row.street, row.grade) for row in shown} == {("HP", Grade.C)}
    qtbot.mouseClick(bench.side.filters._clear, Qt.MouseButton.LeftButton)
    until(lambda: bench.model.rowCount() == 40)


def test_communities_are_those_of_the_chosen_street(bench):
    choose(bench, "街道", "新华街道")
    names = [one.text() for one in branch(bench, "社区").actions() if one.text()]
    assert names == ["不限", "新华第1社区", "新华第2社区", "新华第3社区"]


def test_dropping_the_street_drops_the_community(bench, qtbot):
    choose(bench, "街道", "新华街道")
    choose(bench, "社区", "新华第2社区")
    qtbot.mouseClick(bench.side.filters.chips[0], Qt.MouseButton.LeftButton)
    assert bench.source.question.filter == Filter()


def test_own_dates_are_typed_beside_the_chips(bench, qtbot):
    choose(bench, "登记日期", "自定日期")
    first, _ = bench.side.filters._dates._edits
    assert first.isVisible()
    first.setDate(first.date().addDays(-3))
    asked = bench.source.question.filter
    assert (asked.registered_from, asked.registered_to) == (date(2026, 11, 20), date(2026, 11, 23))
    assert bench.side.filters.chips[0].text().startswith("登记日期：2026-11-20 至 2026-11-23")


FILTERS = st.builds(
    Filter,
    text=st.text(max_size=5),
    street=st.none() | st.sampled_from(["HP", "XH"]),
    category=st.none() | st.just("ZS-01"),
    nature=st.none() | st.sampled_from(Nature),
    grade=st.none() | st.sampled_from(Grade),
    registered_from=st.none() | st.dates(),
    registered_to=st.none() | st.dates(),
    happened=st.none() | st.sampled_from(Happening),
    happened_on=st.none() | st.dates(),
    due_on=st.none() | st.dates(),
)


@given(FILTERS)
def test_a_filter_survives_being_kept(one):
    assert of_plain(to_plain(one)) == one


@given(FILTERS)
def test_dropping_every_part_leaves_the_search(one):
    for part in PARTS:
        one = without(one, part)
    assert narrowed(one) == []
    assert one == Filter(text=one.text)


def test_every_part_can_be_said(screen, words):
    text = FilterText(words, screen.data)
    one = Filter(
        street="HP",
        community="HP-1",
        category="ZS-01",
        unit="CGJ",
        solver="CGJ",
        channel="WX",
        nature=Nature.HELP,
        grade=Grade.B,
        registered_from=date(2026, 1, 1),
        happened=Happening.CLOSED,
        happened_on=date(2026, 1, 2),
        due_on=date(2026, 1, 3),
    )
    for language in ("zh", "en"):
        words.use(language)
        assert len({text.chip(one, part) for part in PARTS}) == len(PARTS)
    same = replace(one, registered_to=date(2026, 1, 1))
    assert text.value(same, "dates") == "2026-01-01"


# -- saved -----------------------------------------------------------------------------------------


def test_a_list_is_named_kept_chosen_and_removed(bench, desk, told, qtbot, until):
    choose(bench, "街道", "和平街道")
    bench.table.sort_wanted.emit(Sort.TITLE, True)
    saved = bench.side.saved
    saved.ask_name()
    assert saved.edit.hasFocus()
    write("和平 & 待办")
    qtbot.keyClick(saved.edit, Key.Key_Return)
    until(lambda: KEY in desk.remembered)
    wanted = Saved("和平 & 待办", Queue.DISPATCH, Filter(street="HP"), Sort.TITLE, descending=True)
    assert [saved_of(one) for one in desk.remembered[KEY]] == [wanted]
    assert told.toasts[-1][0] == "queue.saved.done"
    bench.use_queue(Queue.CLOSURE)
    bench.side.filters.clear()
    bench.open_filters()
    qtbot.keyClick(saved.menu, Key.Key_1)
    assert bench.source.question.filter == Filter(street="HP")
    assert bench.source.question.sort is Sort.TITLE
    assert bench.queue is Queue.DISPATCH
    saved.remove("和平 & 待办")
    until(lambda: desk.remembered[KEY] == [])


def test_escape_gives_up_naming(bench, qtbot):
    saved = bench.side.saved
    saved.ask_name()
    write("不要")
    qtbot.keyClick(saved.edit, Key.Key_Escape)
    assert saved.saved == []
    assert not saved.edit.isVisible()


def test_the_same_name_saves_over(bench):
    bench.side.saved.save("甲")
    choose(bench, "街道", "和平街道")
    bench.side.saved.save("甲")
    assert [(one.name, one.filter.street) for one in bench.side.saved.saved] == [("甲", "HP")]


class TestKept:
    @pytest.fixture
    def desk(self, desk):
        good = Saved("好", Queue.ALL, Filter(grade=Grade.A), Sort.DUE, descending=False)
        strange = [{"name": "旧", "queue": "GONE"}, 7, {"name": "新", "filter": {"grade": "Z"}}]
        desk.remembered[KEY] = [good.plain(), *strange]
        return desk

    def test_what_was_kept_comes_back_and_what_cannot_be_read_does_not(self, bench, until):
        until(lambda: [one.name for one in bench.side.saved.saved] == ["好"])
