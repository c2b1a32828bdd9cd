"""Nothing steals the focus: what is typed while messages open arrives, and Chinese is composed in peace."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.views.toasts import STAYS_MS

TYPED = "0123456789abcdefghijklmnopqrstuv"


@pytest.mark.parametrize("kind", list(STAYS_MS))
def test_all_letters_arrive_while_a_message_opens(window: MainWindow, kind, qtbot):
    line = window.workbench.search
    line.setFocus()
    said = {4: "done.file", 12: "done.sign", 20: "done.close"}
    for at, letter in enumerate(TYPED):
        if at in said:
            window.seat.toast(said[at], {"number": str(at)}, kind)
        QTest.keyClicks(window.focusWidget(), letter)
        qtbot.wait(1)
    assert line.text() == TYPED
    assert len(window.toasts.shown) == 3
    assert window.focusWidget() is line


def test_messages_and_what_is_in_them_never_want_the_focus(window: MainWindow):
    window.seat.toast("frame.busy", {}, "urgent")
    parts = [window.toasts, *window.toasts.findChildren(QWidget)]
    assert {part.focusPolicy() for part in parts} == {Qt.FocusPolicy.NoFocus}
    assert window.toasts.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_palette_gives_the_focus_back(window: MainWindow):
    line = window.workbench.search
    line.setFocus()
    window.acts.act("palette")
    assert window.focusWidget() is window.palette_panel.edit
    QTest.keyClick(window.palette_panel.edit, Qt.Key.Key_Escape)
    assert window.focusWidget() is line


def test_when_that_place_is_gone_the_list_gets_it(window: MainWindow):
    window.acts.act("key_sheet")
    window.acts.act("palette")
    window.sheet.close_sheet()
    window.palette_panel.hide_palette()
    assert window.focusWidget() is window.workbench.list


def test_composing_searches_at_once_and_return_belongs_to_the_composer(window: MainWindow):
    window.acts.act("palette")
    panel = window.palette_panel
    compose = QInputMethodEvent("fen'bo", [])
    QCoreApplication.sendEvent(panel.edit, compose)
    first = panel.model.offer(0)
    assert first is not None
    assert first.code == "verb:dispatch"
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    QTest.keyClick(panel.edit, Qt.Key.Key_Escape)
    assert panel.isVisible()
    committed = QInputMethodEvent()
    committed.setCommitString("分拨")
    QCoreApplication.sendEvent(panel.edit, committed)
    QTest.keyClick(panel.edit, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_no_list_of_the_frame_wakes_the_input_method(window: MainWindow):
    window.acts.act("palette")
    assert not window.palette_panel.list.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
