"""The shift leader's page: each number opens exactly its cases, by hand and by key, and it follows what happens."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.commands import Claim
from app.domain.terms import Stage
from app.services.filters import UNCLAIMED, Filter
from app.services.queries import Queue, Sort, SyncState
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press, texts
from ui.main_window import MainWindow
from ui.models.filters import FilterText, narrowed, of_plain, to_plain, without
from ui.sentences import LANGUAGES
from ui.theme import NAMES
from ui.verbs import BY_NAME
from ui.views.load_table import LoadTable
from ui.views.shift_page import ShiftPage

Key = Qt.Key
LONG = "wang.xiaoming.of.the.night.shift.of.the.district"


@pytest.fixture
def desk() -> FakeDesk:
    """Some are claimed: two by the leader, two by a colleague, one by somebody with a long name."""
    desk = FakeDesk(login="li")
    free = [one for one, on in desk.dossiers.items() if on.case.stage in (Stage.FILING, "DISPATCH")]
    for at, login in enumerate(("li", "li", "zhang", "zhang", LONG)):
        on = desk.dossiers[free[at]]
        desk.dossiers[free[at]] = replace(on, case=replace(on.case, holder=login))
    return desk


@pytest.fixture
def page(whole_window: MainWindow, desk: FakeDesk, until) -> ShiftPage:
    press(whole_window, Key.Key_G)
    press(whole_window, Key.Key_B)
    until(lambda: whole_window.findChild(ShiftPage) and whole_window.runner.is_idle)
    page = whole_window.findChild(ShiftPage)
    until(lambda: page.isVisible() and page.people.lines)
    return page


def listed(window: MainWindow) -> int:
    """The rows of the list, counted one by one."""
    model = window.workbench.model
    return sum(model.row_at(at) is not None for at in range(model.rowCount()))


def numbers(table: LoadTable):
    """Every cell that opens something: where it stands, and what it says."""
    for row, line in enumerate(table.lines):
        for column, cell in enumerate(line.cells, 1):
            if cell.opens is not None and cell.text.isdigit():
                yield row, column, int(cell.text)


@pytest.mark.parametrize("name", ["queues", "people", "units"])
def test_every_number_opens_a_list_of_so_many_cases(whole_window, page, until, name):
    table = getattr(page, name)
    found = list(numbers(table))
    assert found
    for row, column, number in found:
        whole_window.acts.act("shift")
        until(lambda: page.isVisible() and whole_window.runner.is_idle)
        QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.point_at(row, column)
        )
        until(lambda: whole_window.workbench.isVisible() and whole_window.runner.is_idle)
        until(lambda: whole_window.workbench.has_rows)
        assert listed(whole_window) == number, (table.lines[row].name, column)


def test_every_figure_opens_a_list_of_so_many_cases(whole_window, page, until):
    for name, button in page.figures.items():
        whole_window.acts.act("shift")
        until(lambda: page.isVisible() and whole_window.runner.is_idle)
        number = int(button.text_shown.split()[0])
        assert button.isEnabled() is (number > 0)
        if number:
            button.click()
            until(lambda: whole_window.workbench.isVisible() and whole_window.runner.is_idle)
            until(lambda: whole_window.workbench.has_rows)
            assert listed(whole_window) == number, name


def test_the_arrows_walk_over_the_numbers_and_return_opens_one(whole_window, page, until):
    assert page.queues.hasFocus()
    press(whole_window, Key.Key_Down)
    press(whole_window, Key.Key_Right)
    number = int(page.queues.lines[1].cells[0].text)
    press(whole_window, Key.Key_Return)
    bench = whole_window.workbench
    until(lambda: bench.isVisible() and bench.has_rows and whole_window.runner.is_idle)
    assert (bench.queue, listed(whole_window)) == (Queue.DISPATCH, number)
    assert bench.table.hasFocus()


def test_the_oldest_comes_first_in_the_list_that_its_age_opens(whole_window, page, desk, until):
    cell = page.queues.lines[0].cells[-1]
    page.asked.emit(cell.opens)
    bench = whole_window.workbench
    until(lambda: bench.queue is Queue.FILING and bench.has_rows and whole_window.runner.is_idle)
    waiting = [on.case for on in desk.dossiers.values() if on.case.stage is Stage.FILING]
    assert bench.model.row_at(0).registered_at == min(one.registered_at for one in waiting)
    assert bench.source.question.sort is Sort.REGISTERED


def test_what_narrows_the_list_is_said_and_dropped_by_its_chip(whole_window, page, until):
    (line,) = [one for one in page.people.lines if one.code == "zhang"]
    page.asked.emit(line.cells[0].opens)
    filters = whole_window.workbench.side.filters
    until(lambda: len(filters.chips) == 2 and whole_window.runner.is_idle)
    assert [one.text().split("  ")[0] for one in filters.chips] == ["经手人：张三", "仅未办结"]
    filters.chips[0].click()
    until(lambda: len(filters.chips) == 1 and whole_window.runner.is_idle)


def test_it_follows_what_happens_and_asks_only_while_it_is_seen(whole_window, page, desk, until):
    free = next(
        one
        for one, on in desk.dossiers.items()
        if on.case.stage is Stage.DISPATCH and not on.case.holder
    )
    desk.colleague_does(free, Claim(case_id=free), "zhang")
    until(lambda: {one.code: one.cells[0].text for one in page.people.lines}["zhang"] == "3")
    press(whole_window, Key.Key_Escape)
    until(lambda: whole_window.workbench.isVisible() and whole_window.runner.is_idle)
    before = desk.looked_at_loads
    desk.colleague(free, holder="li")
    until(lambda: whole_window.runner.is_idle)
    QTest.qWait(400)
    assert desk.looked_at_loads == before


def test_the_cursor_stays_with_whom_it_was_on_while_others_come(screen, page, qtbot):
    table = page.people
    at = next(row for row, one in enumerate(table.lines) if one.code == "zhang")
    table.setCurrentIndex(table.model().index(at, 1))
    table.show_lines(tuple(reversed(table.lines)))
    assert table.lines[table.currentIndex().row()].code == "zhang"


def test_without_the_centre_it_says_how_old_the_numbers_are(page, desk, words):
    desk.go(SyncState(online=False, since=desk.now()))
    assert page.age.text().startswith("与中心断开")
    words.use("en")
    assert page.age.text().startswith("Cut off from the centre")
    desk.go(SyncState(online=True))
    assert page.age.text().startswith("As of")


def test_only_a_leader_has_it(whole_window, desk, until):
    assert whole_window.acts.why_not(BY_NAME["shift"]) is None
    assert "verb:shift" in {one.code for one in whole_window._offers()}
    whole_window.acts.seating.seat("zhang")
    until(lambda: desk.me.login == "zhang" and whole_window.runner.is_idle)
    assert not whole_window.rail._buttons["shift"].isVisible()
    whole_window.acts.act("shift")
    until(lambda: texts(whole_window))
    assert whole_window.findChild(ShiftPage) is None


def test_who_sits_down_next_finds_the_list_and_not_the_board(whole_window, page, desk, until):
    whole_window.acts.seating.seat("zhang")
    until(lambda: desk.me.login == "zhang" and whole_window.runner.is_idle)
    assert whole_window.workbench.isVisible()
    until(lambda: whole_window.findChild(ShiftPage) is None)


def test_where_nothing_waits_it_says_so_and_nothing_can_be_pressed(screen, desk, qtbot, until):
    desk.dossiers.clear()
    page = ShiftPage(screen)
    qtbot.addWidget(page)
    page.show()
    until(lambda: desk.looked_at_loads == 1)
    assert "没有人认领" in page.nobody.text()
    assert page.people.isHidden()
    assert page.units.isHidden()
    assert not any(one.isEnabled() for one in page.figures.values())
    assert not list(numbers(page.queues))


def test_ears_hear_whose_number_it_is_and_of_what(page):
    index = page.queues.model().index(1, 2)
    told = page.queues.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told == f"待分拨，超期 {page.queues.lines[1].cells[1].text}"
    for one in (page.queues, page.people, page.units, *page.figures.values()):
        assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_cut_on_an_old_screen(whole_window, page, words, theme, language, name):
    whole_window.resize(1366, 768)
    words.use(language)
    theme.use(name)
    QApplication.processEvents()
    for table in (page.queues, page.people, page.units):
        header = table.horizontalHeader()
        assert header.length() <= table.viewport().width()
        assert header.sectionSize(0) >= 100
        for at in range(1, header.count()):
            assert header.sectionSize(at) >= table.sizeHintForColumn(at)
    words.use("zh")
    theme.use("light")


def test_how_a_case_stands_is_kept_with_a_saved_list(screen):
    wish = Filter(holder=UNCLAIMED, is_open=True, is_late=True, is_soon=True, is_returned=True)
    assert of_plain(to_plain(wish)) == wish
    text = FilterText(screen.words, screen.data)
    assert text.chip(wish, "holder") == "经手人：无人认领"
    assert text.chip(wish, "is_late") == "仅超期"
    for part in narrowed(wish):
        wish = without(wish, part)
    assert wish == Filter()
