"""A desk that nobody is at covers itself; whoever types, composes or moves the mouse is there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.cli.policy import LOCK_MINUTES, OFFLINE_HOURS, policy
from tests.ui.fake_desk import FakeDesk
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product

pytestmark = pytest.mark.ui
Key = Qt.Key
RULE = policy({})
STORY = "manhole cover broken"


@pytest.fixture
def window(loop, desk: FakeDesk, words, theme, qtbot, until, tmp_path):
    product = Product("0.0", tmp_path, lock_after=RULE.lock_after)
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), product)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle and window.workbench.view is not None)
    window.activateWindow()
    yield window
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


def look(window: MainWindow) -> bool:
    window._idle.look()
    return window.is_locked


def moved(window: MainWindow) -> None:
    QTest.mouseMove(window.windowHandle(), QPoint(300, 300))
    QTest.mouseMove(window.windowHandle(), QPoint(310, 310))


def typed(window: MainWindow) -> None:
    QTest.keyClick(window.windowHandle(), Key.Key_J)


def composed(window: MainWindow) -> None:
    event = QInputMethodEvent("ni", [])
    QApplication.sendEvent(window.focusWidget(), event)


def test_after_ten_minutes_without_anybody_it_covers_itself_and_not_before(window, desk):
    desk.pass_time(minutes=9, seconds=59)
    assert not look(window)
    desk.pass_time(seconds=1)
    assert look(window)


@pytest.mark.parametrize("sign", [moved, typed, composed])
def test_a_sign_of_life_begins_the_time_anew(window, desk, sign):
    QTest.keyClick(window, Key.Key_F3)
    desk.pass_time(minutes=9)
    sign(window)
    desk.pass_time(minutes=9)
    assert not look(window)
    desk.pass_time(minutes=1)
    assert look(window)


def test_the_timer_looks_by_itself(window, desk, until):
    window._idle._timer.setInterval(10)
    desk.pass_time(minutes=10)
    until(lambda: window.is_locked)


def test_a_machine_that_slept_is_covered_before_its_mouse_moves(window, desk):
    desk.pass_time(hours=8)
    moved(window)
    assert window.is_locked


def test_what_is_half_typed_is_kept_and_waits(window, desk, until):
    QTest.keyClick(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.fields.narrative.setFocus()
    QTest.keyClicks(form.fields.narrative, STORY)
    desk.pass_time(minutes=10)
    assert look(window)
    until(lambda: desk.kept_drafts)
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    assert not window.is_locked
    assert window.focusWidget() is form.fields.narrative
    assert form.fields.narrative.toPlainText() == STORY


def test_a_covered_desk_stays_as_it_is_however_long(window, desk):
    desk.pass_time(minutes=10)
    look(window)
    told = window.curtain.lock.told
    desk.pass_time(minutes=30)
    assert look(window)
    assert told.split("起")[0] == window.curtain.lock.told.split("起")[0]


def test_the_administrator_sets_the_minutes_and_the_hours():
    found = policy({LOCK_MINUTES: "3", OFFLINE_HOURS: "8"})
    assert (found.lock_after.total_seconds(), found.offline_for.total_seconds()) == (180, 28_800)
    assert not found.complaints


@pytest.mark.parametrize("typed", ["0", "-1", "1e3", "ten", "241", "９", "99999999999999999999"])
def test_an_odd_number_is_told_and_the_usual_one_stays_in_force(typed, words):
    found = policy({LOCK_MINUTES: typed})
    assert found.lock_after == RULE.lock_after
    (complaint,) = found.complaints
    assert "FENBO_LOCK_MINUTES" in words.say(complaint.key, **complaint.facts)
