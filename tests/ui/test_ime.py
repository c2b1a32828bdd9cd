import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.views.ime_edit import ImeEdit, ImeText

Key = Qt.Key


def compose(widget, text):
    QCoreApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit(widget, text):
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


@pytest.fixture(params=[ImeEdit, ImeText])
def edit(request, qtbot):
    host = QWidget()
    layout = QVBoxLayout(host)
    edit = request.param(host)
    layout.addWidget(edit)
    qtbot.addWidget(host)
    host.show()
    qtbot.waitExposed(host)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.host, edit.heard, edit.enters = host, [], []
    edit.queried.connect(edit.heard.append)
    edit.entered.connect(lambda: edit.enters.append(1))
    return edit


@pytest.fixture
def line(edit):
    if not isinstance(edit, ImeEdit):
        pytest.skip("lines only")
    return edit


def test_a_query_grows_while_it_is_being_composed(line):
    for typed in ("z", "zs", "zao'y", "zao'yin"):
        compose(line, typed)
    assert line.text() == ""
    assert line.heard == ["z", "zs", "zaoy", "zaoyin"]
    commit(line, "噪音")
    assert line.heard[-1] == "噪音"
    assert not line.is_composing


@pytest.mark.parametrize(
    ("before", "after"), [("施", "声"), ("𠮷家", "太吵"), ("", "声"), ("施", "")]
)
def test_a_composition_stands_where_the_cursor_is(edit, before, after):
    commit(edit, before + after)
    for _ in after:
        QTest.keyClick(edit, Key.Key_Left)
    compose(edit, "gong'zao")
    assert edit.query == f"{before}gongzao{after}"
    assert edit.heard[-1] == edit.query


def test_a_composition_given_up_is_told(edit):
    commit(edit, "施")
    compose(edit, "gong")
    edit.clearFocus()
    assert edit.heard[-1] == edit.query
    assert "gong" not in edit.query


def test_return_while_composing_does_nothing(edit):
    compose(edit, "zao")
    for key in (Key.Key_Return, Key.Key_Enter):
        QTest.keyClick(edit, key)
    assert edit.enters == []
    commit(edit, "噪")
    QTest.keyClick(edit, Key.Key_Return)
    assert edit.enters == [1]


def test_no_handler_is_asked_while_composing(edit):
    asked = []
    edit.on_key = lambda event: bool(asked.append(event.key()))
    compose(edit, "zao")
    for key in (Key.Key_1, Key.Key_Escape, Key.Key_Down, Key.Key_Tab, Key.Key_Slash):
        QTest.keyClick(edit, key)
    assert asked == []
    assert edit.query == "zao"
    assert edit.hasFocus()
    commit(edit, "")
    QTest.keyClick(edit, Key.Key_1)
    assert asked == [Key.Key_1]


@pytest.mark.parametrize("keys", ["Ctrl+Return", "Alt+1", "F4", "Esc", "Ctrl+S"])
def test_no_shortcut_fires_while_composing(edit, keys, qtbot):
    fired = []
    QShortcut(QKeySequence(keys), edit.window(), lambda: fired.append(keys))
    (combination,) = [QKeySequence(keys)[0]]

    def press():
        code, modifiers = combination.key(), combination.keyboardModifiers()
        override = QKeyEvent(QEvent.Type.ShortcutOverride, code, modifiers)
        override.ignore()
        QCoreApplication.sendEvent(edit, override)
        return override.isAccepted()

    compose(edit, "zao")
    assert press(), "the edit claims the key, so the shortcut stays silent"
    QTest.keyClick(edit, combination.key(), combination.keyboardModifiers())
    assert fired == []
    commit(edit, "")
    QTest.keyClick(edit.window().windowHandle(), combination.key(), combination.keyboardModifiers())
    assert fired == [keys]


def test_shift_return_begins_a_line_and_return_moves_on(edit):
    if not isinstance(edit, ImeText):
        pytest.skip("texts only")
    QTest.keyClicks(edit, "ab")
    QTest.keyClick(edit, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(edit, Key.Key_Return)
    assert edit.enters == [1]
    assert edit.toPlainText() in {"ab\n", "ab\u2028"}


def test_losing_the_focus_ends_a_composition(edit):
    compose(edit, "zao")
    edit.clearFocus()
    assert not edit.is_composing


def test_alt_and_a_digit_go_to_the_form_and_are_not_written(edit):
    QTest.keyClick(edit, Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert edit.query == ""
    QTest.keyClick(edit, Key.Key_1)
    assert edit.query == "1"
