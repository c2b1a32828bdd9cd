"""Who has a case open: the desk is told of the one looked at, and the head of the pane names the others."""

import pytest
from PySide6.QtCore import Qt

from app.services.queries import Queue
from tests.ui.hands import press
from ui.main_window import MainWindow
from ui.models.row_text import Column


@pytest.fixture
def reading(whole_window: MainWindow, until) -> MainWindow:
    bench = whole_window.workbench
    bench.use_queue(Queue.DISPATCH)
    until(lambda: bench.view and bench.view.suggested == "dispatch" and whole_window.runner.is_idle)
    return whole_window


def head(window: MainWindow) -> str:
    return window.workbench.pane.header.spoken


def test_the_desk_hears_which_case_is_looked_at_and_when_nobody_looks(reading, desk, until):
    about = reading.workbench.selected
    until(lambda: desk.looked_at[-1] == about)
    press(reading, Qt.Key.Key_F12)
    until(lambda: desk.looked_at[-1] is None)
    reading.curtain.lift()
    until(lambda: desk.looked_at[-1] == about)
    press(reading, Qt.Key.Key_F2)
    until(lambda: desk.looked_at[-1] is None)


def test_cases_passed_on_the_way_are_not_looked_at(reading, desk, until):
    bench = reading.workbench
    until(lambda: desk.looked_at[-1] == bench.selected)
    seen, passed = len(desk.looked_at), bench.selected
    for _ in range(4):
        press(reading, Qt.Key.Key_J)
    until(lambda: bench.selected != passed and desk.looked_at[-1] == bench.selected)
    assert len(desk.looked_at) <= seen + 2  # the last, and perhaps one that a slow machine dwelt on


def test_the_head_names_the_others_and_forgets_them(reading, desk, until, words):
    about = reading.workbench.selected
    desk.others_look(about, "li")
    assert "李四 正在看" in head(reading)
    desk.others_look(about, "li", "hu")
    assert "李四、胡明 正在看" in head(reading)
    desk.others_look(about, "li", "li")
    assert "李四 正在看 · 2 个席位" in head(reading)
    desk.others_look(about, "chen", "hu", "li", "zhang")
    assert "陈工、胡明、李四 等正在看 · 4 个席位" in head(reading)
    words.use("en")
    until(lambda: "also open at" in head(reading))
    words.use("zh")
    desk.others_look(about)
    assert "正在看" not in head(reading)


def test_it_is_said_of_the_case_it_is_about_only(reading, desk, until):
    bench = reading.workbench
    before = bench.selected
    desk.others_look(before, "li")
    press(reading, Qt.Key.Key_J)
    until(lambda: bench.selected != before and reading.runner.is_idle)
    assert "正在看" not in head(reading)
    desk.others_look("case-of-before", "li")
    assert "正在看" not in head(reading)


def marks(window: MainWindow, case_id: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole):
    model = window.workbench.model
    return model.data(model.index(model.place(case_id), Column.MARKS), role)


def test_the_rows_on_the_screen_are_asked_about_and_no_others(reading, desk, until):
    bench = reading.workbench
    bench.clock.tick()
    assert set(desk.looked_over[-1]) == bench.table.ids_shown()
    asked = len(desk.looked_over)
    bench.clock.tick()
    assert len(desk.looked_over) == asked, "the same rows are not told again"
    press(reading, Qt.Key.Key_F12)
    assert desk.looked_over[-1] == ()


def test_a_row_that_somebody_has_open_bears_a_mark_beside_the_claim(reading, desk, until):
    bench = reading.workbench
    about, other = (bench.model.row_at(at).id for at in (0, 1))
    desk.colleague(about, holder="zhang", return_count=1)
    until(lambda: marks(reading, about) == "张三 退1")
    order = [bench.model.row_at(at).id for at in range(bench.model.rowCount())]
    moved: list[tuple[int, int]] = []
    bench.model.dataChanged.connect(lambda a, b, *_: moved.append((a.row(), a.column(), b.row())))
    desk.others_have((about, "li"))
    assert marks(reading, about) == "◉ 张三 退1"
    hint, spoken = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    assert "李四 正打开本件" in marks(reading, about, hint)
    assert "李四 正打开本件" in marks(reading, about, spoken)
    assert moved == [(0, Column.MARKS, 0)], "one cell, and no row moves"
    desk.others_have((about, "hu"), (about, "li"), (other, "li"))
    assert "胡明、李四 正打开本件" in marks(reading, about, hint)
    desk.others_have((other, "li"), ("a case that is not here", "li"))
    assert marks(reading, about) == "张三 退1"
    assert "◉" in marks(reading, other)
    desk.others_have()
    assert "◉" not in marks(reading, other)
    assert [bench.model.row_at(at).id for at in range(bench.model.rowCount())] == order
