"""Who sits down at a centre says his password: by keys alone, told what is wrong, and nothing of it stays."""

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.domain.refused import Refused
from app.services.door import Asked
from app.services.ports import Unreachable
from tests.ui.fake_desk import FakeDesk
from tests.ui.placeholders import plain_rooms
from ui.main_window import MainWindow
from ui.product import Product
from ui.start import Day
from ui.trouble import Trouble
from ui.views.login import Login
from ui.views.opening import Opening

pytestmark = pytest.mark.ui
Key = Qt.Key
PASSWORD = "canary-7f3c"
WHERE = "postgresql://centre.example/fenbo"


@dataclass
class FakeDoor:
    """A door in memory. `says` are its answers, one for each try; then it opens."""

    says: list[Exception]
    login: str = "li"
    can_remember: bool = True
    given: list[tuple[str, str, bool]] = field(default_factory=list)

    def asked(self) -> Asked:
        return Asked(WHERE, self.login, self.can_remember)

    def give(self, login: str, password: str, *, remember: bool) -> None:
        self.given.append((login, password, remember))
        self.login = login

    def opened(self, *_):
        if self.says:
            raise self.says.pop(0)
        return FakeDesk()


@pytest.fixture
def begun(loop, words, theme, until, tmp_path):
    tasks = []

    def begin(door: FakeDoor, **more):
        product = Product("0.0", tmp_path)
        day = Day(words, theme, plain_rooms(), product, Trouble(tmp_path, "0.0"), "zh", door)
        tasks.append(loop.create_task(day.run(door.opened, lambda _: None)))
        return tasks[-1]

    yield begin
    for kind in (MainWindow, Login, Opening):
        for window in shown(kind):
            window.close()
    until(lambda: all(task.done() for task in tasks))


def shown(kind):
    return [one for one in QApplication.topLevelWidgets() if type(one) is kind and one.isVisible()]


def asking(until) -> Login:
    until(lambda: shown(Login))
    return shown(Login)[0]


def type_in(window: Login, text: str, key=Key.Key_Return) -> None:
    QTest.keyClicks(window.focusWidget(), text)
    QTest.keyClick(window.focusWidget(), key)


def test_a_password_is_typed_and_the_desk_opens(begun, until):
    door = FakeDoor([Refused("login-needed")])
    begun(door)
    window = asking(until)
    assert not shown(Opening), "one window at a time"
    assert window.focusWidget() is window.password, (
        "the login is known, the hand is where it is needed"
    )
    assert window.login.text() == "li"
    type_in(window, PASSWORD)
    until(lambda: shown(MainWindow))
    assert door.given == [("li", PASSWORD, False)]
    assert not shown(Login)


def test_what_is_wrong_is_told_and_it_is_tried_again(begun, until):
    noes = [
        (Refused("login-needed"), "请输入"),
        (Refused("login-tries", left=4), "再错 4 次"),
        (Refused("login-locked", minutes=1, seconds=5), "1 分 5 秒"),
        (Refused("login-shut"), "停用"),
        (Refused("login-offline"), "连不上中心"),
        (Refused("login-expired", login="li", hours=72), "72 小时"),
    ]
    door = FakeDoor([no for no, _ in noes])
    begun(door)
    for number, (_, told) in enumerate(noes):
        window = asking(until)
        until(lambda window=window, told=told: told in window.told)
        assert window.password.text() == "", "nothing typed stays"
        type_in(window, f"{PASSWORD}{number}")
    until(lambda: shown(MainWindow))
    assert [one[1] for one in door.given] == [f"{PASSWORD}{n}" for n in range(len(noes))]


def test_a_server_that_is_away_is_another_window_and_may_come_back(begun, until):
    door = FakeDoor([Refused("login-needed"), Unreachable("centre"), Refused("login-needed")])
    begun(door)
    type_in(asking(until), PASSWORD)
    until(lambda: shown(Opening) and shown(Opening)[0].again.isVisible())
    assert not shown(Login)
    assert "服务器" in shown(Opening)[0]._line.text()
    QTest.keyClick(shown(Opening)[0].again, Key.Key_Return)
    type_in(asking(until), PASSWORD)
    until(lambda: shown(MainWindow))


def test_it_is_told_in_english_too(begun, until, words):
    begun(FakeDoor([Refused("login-shut")], can_remember=False))
    window = asking(until)
    words.use("en")
    assert "shut this login out" in window.told
    told = " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())
    assert "no system keyring" in told
    assert not window.remember.isEnabled()
    assert window.remember.text().startswith("Remember")
    words.use("zh")


def test_keys_alone_reach_everything_in_reading_order(begun, until):
    door = FakeDoor([Refused("login-needed")], login="")
    begun(door)
    window = asking(until)
    assert window.focusWidget() is window.login
    type_in(window, "wang")
    assert window.focusWidget() is window.password
    QTest.keyClicks(window.password, PASSWORD)
    way = []
    for _ in range(3):
        QTest.keyClick(window.focusWidget(), Key.Key_Tab)
        way.append(window.focusWidget())
    assert way == [window.remember, window.enter, window.close_button]
    QTest.keyClick(window.remember, Key.Key_Space)
    QTest.keyClick(window.enter, Key.Key_Return)
    until(lambda: shown(MainWindow))
    assert door.given == [("wang", PASSWORD, True)]


def test_nothing_is_tried_without_a_login_and_a_password(begun, until):
    door = FakeDoor([Refused("login-needed")])
    begun(door)
    window = asking(until)
    QTest.keyClick(window.password, Key.Key_Return)
    assert window.focusWidget() is window.password
    window.login.clear()
    QTest.keyClicks(window.password, PASSWORD)
    QTest.keyClick(window.password, Key.Key_Return)
    assert window.focusWidget() is window.login
    assert not door.given


def test_return_belongs_to_the_input_method_while_it_composes(begun, until):
    begun(FakeDoor([Refused("login-needed")], login=""))
    window = asking(until)
    QApplication.sendEvent(window.login, QInputMethodEvent("li", []))
    QTest.keyClick(window.login, Key.Key_Return)
    assert window.focusWidget() is window.login


def test_the_password_is_dots_to_eyes_ears_and_input_methods(begun, until):
    begun(FakeDoor([Refused("login-needed")]))
    window = asking(until)
    QTest.keyClicks(window.password, PASSWORD)
    assert window.password.echoMode() is QLineEdit.EchoMode.Password
    assert PASSWORD not in window.password.displayText()
    assert not window.password.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    window.password.selectAll()
    window.password.copy()
    assert PASSWORD not in QApplication.clipboard().text()
    assert window.password.accessibleName() == "密码"


def test_escape_gives_up_and_nothing_typed_stays(begun, until):
    task = begun(FakeDoor([Refused("login-needed")]))
    window = asking(until)
    QTest.keyClicks(window.password, PASSWORD)
    QTest.keyClick(window.password, Key.Key_Escape)
    assert window.password.text() == ""
    until(task.done)
    assert task.result() == 1


# the curtain


class Guarding:
    """A guard that knows one password; wrong ones are counted by somebody else."""

    def guards(self, login: str) -> bool:
        return login == "zhang"

    def prove(self, login: str, password: str) -> None:
        if password != PASSWORD:
            raise (
                Refused("login-locked", minutes=0, seconds=30)
                if password == "x"
                else Refused("login-tries", left=4)
            )


@pytest.fixture
def covered(window: MainWindow, desk: FakeDesk, until) -> MainWindow:
    desk.guard = Guarding()
    window.lock()
    return window


def said(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_where_persons_have_passwords_only_that_lifts_the_curtain(covered, until):
    lock = covered.curtain.lock
    assert covered.focusWidget() is lock.password
    assert "输入您的密码" in said(covered)
    assert "没有密码" not in said(covered)
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Enter):
        QTest.keyClick(covered.focusWidget(), key)
    QTest.keyClick(lock.back, Key.Key_Space)
    assert covered.is_locked
    QTest.keyClicks(lock.password, PASSWORD)
    QTest.keyClick(lock.password, Key.Key_Return)
    until(lambda: not covered.is_locked)
    assert lock.password.text() == ""


def test_news_behind_the_curtain_take_no_letter_of_the_password(covered, qtbot):
    covered.workbench.focus_list()
    assert QApplication.focusWidget() is not covered.curtain.lock.password, "as Qt does it"
    qtbot.waitUntil(lambda: covered.focusWidget() is covered.curtain.lock.password)
    assert QApplication.focusWidget() is covered.curtain.lock.password


def test_who_comes_back_from_another_window_types_his_password(covered, qtbot):
    other = QLineEdit()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)
    covered.workbench.focus_list()  # as news for the room behind the curtain may do
    covered.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is covered)
    assert QApplication.focusWidget() is covered.curtain.lock.password
    other.close()


def test_a_wrong_password_is_told_and_how_long_it_is_locked(covered, until):
    lock = covered.curtain.lock
    for typed, told in (("no", "再错 4 次"), ("x", "0 分 30 秒")):
        QTest.keyClicks(lock.password, typed)
        QTest.keyClick(lock.password, Key.Key_Return)
        until(lambda told=told: told in said(covered))
        assert covered.is_locked
        assert lock.password.text() == ""
        assert covered.focusWidget() is lock.password
    covered.curtain.lift()
    covered.lock()
    assert "30 秒" not in said(covered)


def test_escape_takes_back_what_was_typed_behind_the_dots(covered):
    lock = covered.curtain.lock
    QTest.keyClicks(lock.password, PASSWORD)
    QTest.keyClick(lock.password, Key.Key_Escape)
    assert lock.password.text() == ""
    assert covered.is_locked


def test_a_bug_while_it_is_checked_lifts_nothing(covered, desk, until, monkeypatch):
    met = []
    monkeypatch.setattr("sys.excepthook", lambda *bug: met.append(bug))
    desk.guard.prove = lambda *_: 1 / 0
    QTest.keyClicks(covered.curtain.lock.password, PASSWORD)
    QTest.keyClick(covered.curtain.lock.password, Key.Key_Return)
    until(lambda: met)
    assert covered.is_locked
