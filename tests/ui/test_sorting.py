"""The list is sorted from the keyboard by any column that sorts; the same once more reverses, and it is found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.queries import Queue, Sort
from tests.ui.fake_desk import FakeDesk
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.models.row_text import SORTS, Column
from ui.product import Product
from ui.verbs import BY_NAME

pytestmark = pytest.mark.ui
Key = Qt.Key
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def opened(loop, desk: FakeDesk, words, theme, qtbot, until, tmp_path):
    made: list[MainWindow] = []

    def open_window() -> MainWindow:
        for old in made:
            old.hide()
        with theme.undressed():
            window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
        made.append(window)
        window.seat.run(window.prepare())
        until(lambda: window.runner.is_idle)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.seat.run(window.begin())
        until(lambda: window.runner.is_idle and window.workbench.view is not None)
        window.activateWindow()
        return window

    yield open_window
    for window in made:
        until(lambda one=window: one.runner.is_idle)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(opened, until) -> MainWindow:
    window = opened()
    window.workbench.use_queue(Queue.ALL)
    until(lambda: window.runner.is_idle and window.workbench.model.rowCount() == 40)
    return window


def press(window: MainWindow, *keys, modifier=NONE) -> None:
    for key in keys:
        popup = QApplication.activePopupWidget()
        if popup is None and not window.isActiveWindow():
            window.activateWindow()  # the window system does this after a menu
            QTest.qWait(30)
        QTest.keyClick(popup or window.focusWidget() or window, key, modifier)


def shown(window: MainWindow) -> list:
    model = window.workbench.model
    return [model.row_at(at) for at in range(model.rowCount())]


def order(window: MainWindow) -> tuple[Sort, bool]:
    asked = window.workbench.source.question
    return asked.sort, asked.descending


def indicator(window: MainWindow) -> tuple[int, Qt.SortOrder]:
    header = window.workbench.table.horizontalHeader()
    return header.sortIndicatorSection(), header.sortIndicatorOrder()


def settled(window: MainWindow) -> bool:
    return window.runner.is_idle and window.workbench.source.has_answered


def test_every_column_that_sorts_is_in_the_list_and_a_verb():
    assert set(SORTS.values()) <= set(Sort)
    for sort in Sort:
        assert f"sort_{sort.value.lower()}" in BY_NAME


def test_two_keys_sort_and_the_same_two_reverse(window, until):
    at = list(Sort).index(Sort.NUMBER) + 1
    press(window, Key.Key_L)
    assert QApplication.activePopupWidget() is not None
    press(window, Key(Key.Key_0 + at))
    until(lambda: settled(window))
    assert order(window) == (Sort.NUMBER, False)
    assert indicator(window) == (Column.NUMBER, UP)
    numbers = [row.number for row in shown(window)]
    assert numbers == sorted(numbers)
    assert window.focusWidget() is window.workbench.table
    press(window, Key.Key_L, Key(Key.Key_0 + at))
    until(lambda: settled(window))
    assert indicator(window) == (Column.NUMBER, DOWN)
    assert [row.number for row in shown(window)] == numbers[::-1]


@pytest.mark.parametrize("sort", list(Sort))
def test_each_order_is_reached_by_its_digit_and_shown(window, until, sort):
    if sort is Sort.DUE:
        window.workbench.sorting.sort_by(Sort.TITLE)
    press(window, Key.Key_L, Key(Key.Key_1 + list(Sort).index(sort)))
    until(lambda: settled(window))
    assert order(window) == (sort, False)
    columns = [column for column, one in SORTS.items() if one is sort]
    assert indicator(window)[0] == (columns[0] if columns else -1)
    assert window.workbench.sorting.text().endswith("↓")


def test_the_arrows_begin_at_the_order_that_is_shown(window, until):
    press(window, Key.Key_L, Key.Key_Return)
    until(lambda: settled(window))
    assert order(window) == (Sort.DUE, True), "the same once more"
    press(window, Key.Key_L, Key.Key_Down, Key.Key_Return)
    until(lambda: settled(window))
    assert order(window) == (Sort.REGISTERED, False)


def test_escape_leaves_the_order_as_it_is(window):
    press(window, Key.Key_L, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert order(window) == (Sort.DUE, False)
    assert window.focusWidget() is window.workbench.table


def test_it_opens_while_text_is_typed(window, until):
    press(window, Key.Key_F3)
    press(window, Key.Key_L, modifier=ALT)
    press(window, Key.Key_4)
    until(lambda: settled(window))
    assert order(window) == (Sort.TITLE, False)
    assert window.workbench.side.search.edit.text() == ""


def test_the_palette_sorts_too_and_reverses(window, until):
    for descending in (False, True):
        press(window, Key.Key_K, modifier=CTRL)
        QTest.keyClicks(window.palette_panel.edit, "abhpx")
        press(window, Key.Key_Return)
        until(lambda: settled(window))
        assert order(window) == (Sort.NUMBER, descending)


def test_an_order_can_have_a_key_of_its_own(window, until):
    assert window.seat.keymap.give("sort_title", "Ctrl+Shift+T") is None
    press(window, Key.Key_T, modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: settled(window))
    assert order(window) == (Sort.TITLE, False)


def test_a_click_on_a_header_and_the_button_tell_the_same(window, until, words):
    window.workbench.table.sort_wanted.emit(Sort.UNIT, True)
    until(lambda: settled(window))
    button = window.workbench.sorting
    assert button.text() == "单位 ↑"
    assert button.accessibleName() == "排序：单位，降序"
    window.workbench.sorting.sort_by(Sort.UNIT)
    until(lambda: settled(window))
    assert indicator(window) == (Column.UNIT, UP)
    words.use("en")
    assert button.text() == "Unit ↓"
    words.use("zh")


def test_the_cursor_stays_on_its_case(window, until):
    press(window, Key.Key_J, Key.Key_J)
    chosen = window.workbench.table.current
    window.workbench.sorting.sort_by(Sort.TITLE)
    until(lambda: settled(window))
    assert window.workbench.table.current == chosen


def test_the_order_is_there_again_the_next_day(window, opened, desk, until):
    window.workbench.sorting.sort_by(Sort.GRADE)
    window.workbench.sorting.sort_by(Sort.GRADE)
    until(lambda: settled(window))
    window.seat.run(window.end())
    until(lambda: "frame.layout" in desk.remembered)
    again = opened()
    until(lambda: settled(again))
    assert order(again) == (Sort.GRADE, True)
    assert indicator(again) == (Column.GRADE, DOWN)
    assert again.workbench.sorting.text() == "级别 ↑"


def test_from_another_screen_it_leads_back_to_the_list(window, until):
    press(window, Key.Key_F2)
    window.acts.act("sort_title")
    until(lambda: settled(window))
    assert window.pages.currentWidget() is window.workbench
    assert order(window) == (Sort.TITLE, False)
