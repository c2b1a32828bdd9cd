"""A list shows as much of every title as it can, whole numbers, and no column that its queue leaves empty."""

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from app.services.queries import Queue
from ui.main_window import MainWindow
from ui.models.row_text import Column, short_number
from ui.theme import ROW_PX
from ui.views.queue_delegate import PAD

NUMBER = "SZPS20261126223417DM0X"


@pytest.fixture(params=["zh", "en"])
def window(request, whole_window: MainWindow, words) -> MainWindow:
    words.use(request.param)
    return whole_window


def show(window: MainWindow, queue: Queue, size: tuple[int, int], until) -> set[Column]:
    """The columns that are to be seen."""
    window.resize(*size)
    window.workbench.use_queue(queue)
    until(lambda: window.runner.is_idle)
    QApplication.processEvents()
    table = window.workbench.table
    return {column for column in Column if not table.isColumnHidden(column)}


def title_px(window: MainWindow) -> int:
    return window.workbench.table.columnWidth(Column.TITLE)


@pytest.mark.parametrize("queue", [Queue.FILING, Queue.DISPATCH])
def test_nobody_has_been_asked_yet_so_no_unit_is_shown(window, until, queue):
    shown = show(window, queue, (1920, 1040), until)
    assert shown == set(Column) - {Column.UNIT}


@pytest.mark.parametrize("queue", [Queue.SIGN, Queue.DISPOSAL, Queue.ALL])
def test_a_large_screen_shows_every_column_and_a_long_title(window, until, queue):
    assert show(window, queue, (1920, 1040), until) == set(Column)
    assert title_px(window) >= 300
    assert window.workbench.table.rowHeight(0) == ROW_PX


def test_a_small_screen_keeps_the_title_and_who_has_the_case(window, until):
    shown = show(window, Queue.SIGN, (1366, 768), until)
    assert {Column.NUMBER, Column.CATEGORY, Column.UNIT} <= shown
    assert title_px(window) >= 236
    assert Column.PLACE in show(window, Queue.DISPATCH, (1366, 768), until)
    assert title_px(window) >= 270


def test_room_to_spare_goes_to_the_class_and_the_unit_too(window, until):
    table = window.workbench.table
    show(window, Queue.SIGN, (1366, 768), until)
    narrow = table.columnWidth(Column.CATEGORY)
    show(window, Queue.SIGN, (2400, 1040), until)
    assert table.columnWidth(Column.CATEGORY) > narrow
    assert "CATEGORY" not in table.widths()  # lent, not kept


def test_a_width_of_ones_own_is_kept_as_it_is(window, until):
    table = window.workbench.table
    show(window, Queue.SIGN, (2400, 1040), until)
    table.setColumnWidth(Column.CATEGORY, 90)
    show(window, Queue.SIGN, (1920, 1040), until)
    assert table.columnWidth(Column.CATEGORY) == 90


def test_a_number_is_told_by_day_time_and_end(window, until, theme):
    show(window, Queue.DISPATCH, (1366, 768), until)
    table = window.workbench.table
    told = short_number(NUMBER)
    assert told.split() == ["1126", "223417", "DM0X"]
    room = table.columnWidth(Column.NUMBER)
    shown = table._delegate.number(NUMBER, room - 16)
    assert shown == told
    whole = QFontMetrics(theme.font()).horizontalAdvance(NUMBER)
    assert table._delegate.number(NUMBER, whole + 1) == NUMBER
    assert table._delegate.number(NUMBER, 60).startswith("…")


def test_a_number_is_told_so_in_any_font_and_size(window, until, theme, monkeypatch):
    """Also where a machine has none of the fonts of the screen, and another is taken, a wide one."""
    plain = theme.font

    def wide(**how) -> QFont:
        font = plain(**how)
        font.setStretch(QFont.Stretch.Expanded)
        return font

    monkeypatch.setattr(theme, "font", wide)
    window.workbench.table._restyle()
    for size in (14, 20, 12):
        theme.use_size(size)
        show(window, Queue.SIGN, (1366, 768), until)
        table = window.workbench.table
        room = table.columnWidth(Column.NUMBER) - 2 * PAD
        for number in (NUMBER, "SZPS20260808080808WWWW", "SZPS20261231235959MMMM"):
            assert "…" not in table._delegate.number(number, room)


@pytest.mark.parametrize("prefix", ["PS", "SZPS", "P1", "SZLG2026"])
def test_a_number_of_any_prefix_is_told_by_day_time_and_end(prefix):
    assert short_number(prefix + NUMBER[4:]).split() == ["1126", "223417", "DM0X"]


@pytest.mark.parametrize("odd", ["", "7", "SZPS1", "2018-07-04/33", "ABCD20261126223417DM0"])
def test_a_number_of_another_make_is_left_as_it_is(odd):
    assert short_number(odd) == odd


def test_a_place_is_told_without_what_all_places_are_called(window, until, desk):
    names = window.seat.data
    assert names.short("Shatian Community") == "Shatian"
    assert names.short("Pingshan Subdistrict") == "Pingshan"
    assert names.short("沙田社区") == "沙田社区"
