"""A break: everything is covered, for eyes, ears and Tab; nothing typed is lost, and one key brings all of it back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.services.ports import Unreachable
from app.services.queries import SyncState
from tests.ui.fake_desk import FakeDesk
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.models.row_text import Column
from ui.product import Product

pytestmark = pytest.mark.ui
Key = Qt.Key
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
STORY = "manhole cover broken"


@pytest.fixture
def window(loop, desk: FakeDesk, words, theme, qtbot, until, tmp_path):
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle and window.workbench.view is not None)
    window.activateWindow()
    yield window
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


@pytest.fixture
def locked(window: MainWindow) -> MainWindow:
    press(window, Key.Key_F12)
    assert window.is_locked
    return window


def press(window: MainWindow, *keys, modifier=NONE) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, modifier)


def seen(window: MainWindow) -> list[str]:
    """The words of all labels on the screen."""
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def heard(of: QAccessibleInterface) -> Iterator[str]:
    """What a screen reader comes by when it walks through what is there."""
    if of.state().invisible:
        return
    yield of.text(QAccessible.Text.Name)
    yield of.text(QAccessible.Text.Value)
    yield of.text(QAccessible.Text.Description)
    for at in range(of.childCount()):
        child = of.child(at)
        if child is not None and child.isValid():
            yield from heard(child)


def private(window: MainWindow) -> set[str]:
    """Words of the cases that nobody may see."""
    model = window.workbench.model
    rows = [model.row_at(at) for at in range(model.rowCount())]
    return {text for row in rows for text in (row.title, row.number, row.address) if text}


# what is shown


def test_it_tells_who_since_when_and_how_to_come_back(locked, desk):
    told = " ".join(seen(locked))
    assert "张三 小休中" in told
    assert "操作员" in told
    assert "14:02 起" in told
    assert "Enter" in told
    assert "Esc" in told
    assert "没有密码" in told
    desk.pass_time(minutes=25, seconds=30)
    locked.curtain.lock._tick()
    assert locked.curtain.lock.told == "14:02 起，已 25 分钟"


def test_nothing_of_the_cases_is_to_be_seen_or_heard(window):
    words = private(window)
    before = " ".join(heard(QAccessible.queryAccessibleInterface(window)))
    assert any(word in before for word in words), "the walk hears what there is"
    press(window, Key.Key_F12)
    now = " ".join(heard(QAccessible.queryAccessibleInterface(window)))
    assert "小休中" in now
    shown = " ".join(seen(window))
    assert not {word for word in words if word in now or word in shown}
    assert not window.menuBar().isVisible()
    visible = [one for one in window.findChildren(QWidget) if one.isVisible()]
    inside = (window.curtain, window.curtain.lock)
    assert all(one in inside or window.curtain.lock.isAncestorOf(one) for one in visible)


def test_it_covers_the_whole_window(locked):
    assert locked.curtain.lock.size() == locked.size()


def test_tab_leads_nowhere(locked):
    for modifier in (NONE, SHIFT):
        for _ in range(5):
            press(locked, Key.Key_Tab, modifier=modifier)
            assert locked.focusWidget() is locked.curtain.lock.back


def test_no_verb_acts_and_no_menu_opens(locked, desk, words, theme):
    for key, modifier in (
        (Key.Key_K, CTRL),
        (Key.Key_F2, NONE),
        (Key.Key_F5, NONE),
        (Key.Key_J, NONE),
        (Key.Key_Q, CTRL),
        (Key.Key_L, CTRL | SHIFT),
        (Key.Key_P, CTRL | SHIFT),
        (Key.Key_F1, NONE),
        (Key.Key_W, ALT),
        (Key.Key_F12, NONE),
    ):
        press(locked, key, modifier=modifier)
    locked.acts.act("new_intake")
    assert locked.is_locked
    assert locked.isVisible()
    assert QApplication.activePopupWidget() is None
    assert not locked.palette_panel.isVisible()
    assert words.language == "zh"
    press(locked, Key.Key_Return)
    assert locked.pages.currentWidget() is locked.workbench
    assert locked.sheet.content is None


# coming back


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Space])
def test_one_key_comes_back_to_where_the_hand_was(window, key):
    press(window, Key.Key_F3)
    QTest.keyClicks(window.focusWidget(), "lamp")
    edit = window.focusWidget()
    press(window, Key.Key_F12)
    press(window, key)
    assert not window.is_locked
    assert window.focusWidget() is edit
    assert edit.text() == "lamp"
    assert window.menuBar().isVisible()
    press(window, Key.Key_K, modifier=CTRL)
    assert window.palette_panel.isVisible()


def test_letters_bring_nobody_back(locked):
    press(locked, Key.Key_A, Key.Key_F12, Key.Key_1)
    press(locked, Key.Key_Return, modifier=CTRL)
    press(locked, Key.Key_Escape, modifier=ALT)
    assert locked.is_locked


def test_bare_letters_work_again_in_the_list(locked):
    press(locked, Key.Key_Return)
    at = locked.workbench.table.currentIndex().row()
    press(locked, Key.Key_J)
    assert locked.workbench.table.currentIndex().row() == at + 1


def test_the_way_of_tab_is_as_it_was(window):
    def way() -> list[QWidget]:
        window.workbench.focus_list()
        found = []
        for _ in range(30):
            press(window, Key.Key_Tab)
            found.append(window.focusWidget())
        return found

    before = way()
    window.workbench.focus_list()
    press(window, Key.Key_F12, Key.Key_Return)
    assert way() == before


# what goes on behind it


def test_what_is_half_typed_is_kept_at_once_and_still_there(window, desk, until):
    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.fields.narrative.setFocus()
    QTest.keyClicks(form.fields.narrative, STORY)
    assert not desk.kept_drafts
    press(window, Key.Key_F12)
    until(lambda: desk.kept_drafts, timeout=500)  # well before the two seconds of the keeper
    assert [one.fields["narrative"] for one in desk.kept_drafts.values()] == [STORY]
    press(window, Key.Key_Return)
    assert window.pages.currentWidget() is form
    assert window.focusWidget() is form.fields.narrative
    QTest.keyClicks(window.focusWidget(), "!")
    assert form.fields.narrative.toPlainText() == f"{STORY}!"


def test_what_cannot_be_kept_stays_on_the_screen_and_that_is_told(window, desk, until):
    async def away(draft) -> None:
        raise Unreachable("disk")

    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    form.fields.narrative.setFocus()
    QTest.keyClicks(form.fields.narrative, STORY)
    desk.save_draft = away
    press(window, Key.Key_F12)
    until(lambda: "磁盘" in window.status._trouble.full)
    assert window.is_locked
    press(window, Key.Key_Return)
    assert form.fields.narrative.toPlainText() == STORY
    del desk.save_draft
    until(lambda: desk.kept_drafts)


def test_a_form_over_a_case_is_kept_and_waits_as_it_is(window, desk, until):
    press(window, Key.Key_M, modifier=CTRL)
    form = window.sheet.content
    field = window.focusWidget()
    QTest.keyClicks(field, "called back")
    press(window, Key.Key_F12)
    until(lambda: desk.kept_drafts, timeout=500)
    press(window, Key.Key_Escape)
    assert window.sheet.content is form
    assert window.focusWidget() is field
    assert field.toPlainText() == "called back"
    assert not desk.sent


def test_messages_wait_and_are_not_read_out(window, monkeypatch):
    told = []
    monkeypatch.setattr("ui.views.toasts.announce", lambda _, text, **__: told.append(text))
    press(window, Key.Key_F12)
    for number in range(5):
        window.seat.toast("done.file", {"number": f"SZ{number}"}, "done")
        window.seat.toast(
            f"done.{('sign', 'close', 'handle')[number % 3]}", {"number": f"T{number}"}
        )
    assert not window.toasts.shown
    assert not told
    press(window, Key.Key_Return)
    assert len(window.toasts.shown) == 3
    assert "T4" in window.toasts.shown[0].text
    assert len(told) == 3
    window.seat.toast("frame.busy")
    assert "请稍候" in window.toasts.shown[0].text


def test_a_message_that_was_there_does_not_show_over_it(window):
    window.seat.toast("frame.busy", {}, "urgent")
    press(window, Key.Key_F12)
    assert not window.toasts.isVisible()


def test_clocks_and_synchronisation_go_on(window, desk, until):
    def left() -> str:
        return window.workbench.model.index(4, Column.LEFT).data()

    before = left()
    press(window, Key.Key_F12)
    desk.pass_time(minutes=7)
    desk.go(SyncState(online=False, waiting=2, since=desk.now()))
    desk.colleague(window.workbench.selected, title="标题已改")
    press(window, Key.Key_Return)
    assert left() != before
    assert window.status._waiting.text() == "待上传 2"
    until(lambda: "标题已改" in window.workbench.pane.header.spoken)


# whoever calls it


def test_it_can_be_drawn_without_a_key_and_twice_is_once(window):
    press(window, Key.Key_F3)
    edit = window.focusWidget()
    window.lock()
    window.lock()
    assert window.is_locked
    press(window, Key.Key_Return)
    assert not window.is_locked
    assert window.focusWidget() is edit


def test_what_lies_over_the_window_goes_away_first(window, qtbot):
    press(window, Key.Key_K, modifier=CTRL)
    window.lock()
    assert not window.palette_panel.isVisible()
    press(window, Key.Key_Return)
    assert not window.palette_panel.isVisible()
    press(window, Key.Key_L)
    assert QApplication.activePopupWidget() is not None
    window.lock()
    assert QApplication.activePopupWidget() is None


def test_a_file_chooser_is_put_away_too(window, tmp_path):
    chooser = QFileDialog(window.workbench, "files", str(tmp_path))
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.open()
    window.lock()
    assert not chooser.isVisible()
    press(window, Key.Key_Return)


def test_it_is_a_verb_like_the_others(window):
    window.menus.refresh()
    assert window.menus.actions["lock"].text() == "小休（锁屏）\tF12"
    press(window, Key.Key_K, modifier=CTRL)
    QTest.keyClicks(window.palette_panel.edit, "xx")
    press(window, Key.Key_Return)
    assert window.is_locked
    press(window, Key.Key_Return)
    window.menus.actions["lock"].trigger()
    assert window.is_locked


def test_it_speaks_english_too(window, words):
    words.use("en")
    press(window, Key.Key_F12)
    told = " ".join(seen(window))
    assert "is taking a break" in told
    assert "no passwords" in told
    press(window, Key.Key_Return)
    words.use("zh")


def test_the_minutes_are_counted_only_while_it_is_seen(locked):
    assert locked.curtain.lock._timer.isActive()
    press(locked, Key.Key_Return)
    assert not locked.curtain.lock._timer.isActive()
