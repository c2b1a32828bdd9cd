"""At a change of persons neither could sit down: the desk says so, and can be tried again or left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.refused import Refused
from app.services.ports import Unreachable
from tests.ui.fake_desk import FakeDesk
from ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def window(whole_window: MainWindow, desk: FakeDesk, until) -> MainWindow:
    """Li was to sit down, but the disk let nobody."""
    desk.keep_out(Unreachable("disk"))
    whole_window.acts.take("person:li")
    until(lambda: whole_window.runner.is_idle and whole_window.is_locked)
    return whole_window


def press(window: MainWindow, *keys) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget(), key)


def test_it_says_what_is_the_matter_and_shows_nothing_of_the_cases(window):
    page = window.curtain.vacant
    assert page.isVisible()
    assert "磁盘" in page.why
    assert not window.workbench.isVisible()
    assert window.focusWidget() is page.again


def test_no_verb_acts_meanwhile(window, desk):
    for key in (Key.Key_F2, Key.Key_F5, Key.Key_F1, Key.Key_Escape):
        press(window, key)
    assert window.curtain.vacant.isVisible()
    assert window.sheet.content is None
    assert not desk.sent


def test_it_can_be_tried_again_until_it_goes(window, desk, until):
    desk.keep_out(Refused("desk-in-use", path="x"))
    press(window, Key.Key_Return)
    until(lambda: window.runner.is_idle)
    assert "另" in window.curtain.vacant.why or "窗口" in window.curtain.vacant.why
    desk.keep_out(None)
    press(window, Key.Key_Return)
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    assert not window.is_locked
    assert window.workbench.table.hasFocus()
    press(window, Key.Key_F1)
    assert window.sheet.content is not None


def test_it_can_be_left_by_keys(window, qtbot):
    press(window, Key.Key_Tab)
    assert window.focusWidget() is window.curtain.vacant.leave
    with qtbot.waitSignal(window.left):
        press(window, Key.Key_Return)


def test_who_was_there_stays_where_only_the_other_cannot_sit_down(
    whole_window: MainWindow, desk: FakeDesk, until, monkeypatch
):
    async def refuse(login: str) -> None:
        raise Refused("person-unknown", login=login)

    monkeypatch.setattr(desk, "switch", refuse)
    whole_window.acts.take("person:li")
    until(lambda: whole_window.runner.is_idle and whole_window.toasts.shown)
    assert not whole_window.is_locked
