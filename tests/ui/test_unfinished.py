"""An import cut short by closing the window is told at the next start, with two ways to settle it."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.test_import_page import Importer
from ui.furnished import furnished
from ui.import_trace import KEY, Unfinished
from ui.main_window import MainWindow
from ui.product import Product
from ui.views.import_foot import Step
from ui.views.import_page import ImportPage

Key = Qt.Key
CUT = Unfinished("/data/events.csv", "pingshan", 2400, 6952, NOW)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


@pytest.fixture
def importer() -> Importer:
    return Importer()


@pytest.fixture
def open_window(loop, desk, words, theme, qtbot, until, tmp_path, importer):
    """A window as a start opens it; all are gone at the end."""
    made = []

    def opened() -> MainWindow:
        rooms = furnished(lambda _: importer)
        with theme.undressed():
            window = MainWindow(desk, words, theme, rooms, Product("0.0", tmp_path))
        made.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.seat.run(window.begin())
        until(lambda: window.runner.is_idle)
        window.activateWindow()
        return window

    yield opened
    for window in made:
        window.close()
        window.deleteLater()


def page_of(window: MainWindow) -> ImportPage:
    return window.pages.currentWidget()


def test_nothing_is_told_where_nothing_was_cut_short(open_window):
    assert open_window().notice.text == ""


def test_file_rows_and_time_are_told_and_the_focus_stays(open_window, desk, words):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    for part in ("/data/events.csv", "2,400", "6,952", "11-23"):
        assert part in window.notice.text
    assert QApplication.focusWidget() is window.workbench.table
    words.use("en")
    assert "cut short" in window.notice.text


def test_it_is_gone_on_with_from_there(open_window, desk, importer, until):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    window.notice.buttons[0].click()
    until(lambda: page_of(window).step is Step.END)
    until(lambda: window.runner.is_idle)
    assert importer.asked == [("run", "/data/events.csv", "pingshan", False)]
    assert desk.remembered[KEY] == []
    window.acts.act("workbench")
    assert window.notice.text == ""


def test_it_is_let_go_from_there(open_window, desk, importer, until):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    window.notice.buttons[1].click()
    until(lambda: window.notice.text == "" and window.runner.is_idle)
    assert desk.remembered[KEY] == []
    assert importer.asked == []


def test_tab_leads_to_its_buttons(open_window, desk):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    seen = set()
    for _ in range(60):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        seen.add(window.focusWidget())
    assert set(window.notice.buttons) <= seen


def test_the_import_page_tells_it_itself(open_window, desk, until):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    window.acts.act("import_file")
    until(lambda: page_of(window).choose.unfinished.isVisible())
    assert window.notice.text == ""
    QTest.keyClick(window.focusWidget(), Key.Key_Escape)
    assert "2,400" in window.notice.text


def test_whoever_does_not_import_is_not_told(open_window, desk, until):
    desk.remembered[KEY] = [CUT.plain]
    window = open_window()
    window.acts.take("person:zhang")
    until(lambda: desk.me.login == "zhang" and window.runner.is_idle)
    assert window.notice.text == ""
    window.acts.take("person:li")
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    assert "2,400" in window.notice.text


def test_closing_the_window_while_it_imports_is_told_at_the_next_start(
    open_window, desk, importer, until, loop
):
    window = open_window()
    window.acts.act("import_file")
    page = page_of(window)
    QTest.keyClicks(page.choose.path, "/data/events.csv")
    QTest.keyClick(page.choose.path, Key.Key_Return)
    until(lambda: page.step is Step.LOOK)
    importer.gate = asyncio.Event()
    page.start()
    until(lambda: page.run.bar.maximum() == 12)
    window.close()
    ended = loop.create_task(window.end())
    until(ended.done, timeout=6000)
    importer.gate = None
    again = open_window()
    assert "/data/events.csv" in again.notice.text
    again.notice.buttons[0].click()
    until(lambda: page_of(again).step is Step.END and again.runner.is_idle)
    assert desk.remembered[KEY] == []
