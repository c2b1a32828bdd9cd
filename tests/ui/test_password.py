"""One's own password: changed from a page, and asked for in place when the centre takes the old one no more."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.queries import SyncState
from tests.ui.fake_desk import FakeDesk
from ui.main_window import MainWindow
from ui.views.password_page import PasswordPage

pytestmark = pytest.mark.ui
OLD, NEW, WRONG = "Old-canary-1", "New-canary-2", "wrong"
SHUT = SyncState(online=False, waiting=2, attention=0, code="login-wrong")
BACK = SyncState(online=True, waiting=0, attention=0)


class Kept:
    """Passwords of a centre, in memory."""

    def __init__(self) -> None:
        self.now = OLD
        self.no: Exception | None = None

    def guards(self, login: str) -> bool:
        return True

    def prove(self, login: str, password: str) -> None:
        self._check(password)

    def renew(self, password: str) -> None:
        self._check(password)

    def change(self, old: str, new: str) -> None:
        self._check(old)
        self.now = new

    def _check(self, password: str) -> None:
        if self.no is not None:
            raise self.no
        if password != self.now:
            raise Refused("login-tries", left=4)


@pytest.fixture
def kept(desk: FakeDesk) -> Kept:
    desk.guard = desk.passwords = kept = Kept()
    return kept


def page_of(window: MainWindow) -> PasswordPage:
    page = window.sheet.content
    assert isinstance(page, PasswordPage)
    return page


@pytest.fixture
def typed(window: MainWindow, until) -> Callable[..., None]:
    """Lines by keys alone, Return after each."""

    def typed(*lines: str) -> None:
        for line in lines:
            QTest.keyClicks(window.focusWidget(), line)
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        until(lambda: window.runner.is_idle)

    return typed


def test_a_store_without_passwords_says_so(window: MainWindow):
    window.acts.act("change_password")
    assert window.sheet.content is None
    assert "没有每人的密码" in window.menus.actions["change_password"].statusTip()


def test_a_password_is_changed_by_keys_alone(kept: Kept, window: MainWindow, typed):
    window.acts.act("change_password")
    typed(OLD, NEW, NEW)
    assert kept.now == NEW
    assert window.sheet.content is None


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_stays(
    kept: Kept, window: MainWindow, typed
):
    window.acts.act("change_password")
    for lines, said in (
        ((WRONG, NEW, NEW), "再错 4 次"),
        ((OLD, NEW, NEW + "x"), "不一样"),
    ):
        typed(*lines)
        assert said in page_of(window).refusal
        assert [edit.text() for edit in page_of(window).edits] == [""] * 3
        assert window.focusWidget() is page_of(window).edits[0]
    kept.no = Unreachable("centre")
    typed(OLD, NEW, NEW)
    assert "连不上" in page_of(window).refusal
    window.seat.words.use("en")
    assert "out of reach" in page_of(window).refusal
    assert kept.now == OLD


def test_an_empty_line_is_not_sent(kept: Kept, window: MainWindow):
    window.acts.act("change_password")
    page = page_of(window)
    page.act.click()
    assert window.focusWidget() is page.edits[0]
    QTest.keyClicks(page.edits[0], OLD)
    page.act.click()
    assert window.focusWidget() is page.edits[1]
    assert kept.now == OLD


def test_where_the_centre_takes_it_no_more_it_is_asked_for_in_place(
    kept: Kept, desk: FakeDesk, window: MainWindow, typed
):
    kept.now = NEW
    desk.go(SHUT)
    assert "不再接受" in window.password_notice.text
    assert window.focusWidget() is not window.password_notice.buttons[0], "work goes on"
    window.password_notice.buttons[0].click()
    typed(OLD)
    assert "再错 4 次" in page_of(window).refusal
    typed(NEW)
    assert window.sheet.content is None
    desk.go(BACK)
    assert not window.password_notice.text


def test_the_verb_leads_to_the_same_page_meanwhile(kept: Kept, desk: FakeDesk, window: MainWindow):
    desk.go(SHUT)
    window.acts.act("change_password")
    assert len(page_of(window).edits) == 1


def test_nothing_of_it_can_be_copied(kept: Kept, window: MainWindow):
    window.acts.act("change_password")
    QTest.keyClicks(window.focusWidget(), OLD)
    QApplication.clipboard().clear()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X):
        QTest.keyClick(window.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == ""
