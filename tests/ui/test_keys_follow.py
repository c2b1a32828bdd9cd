"""Keys that a person has changed act at once and are shown everywhere, for him alone, also on another day."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product

pytestmark = pytest.mark.ui
Key = Qt.Key
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def opened(loop, desk: FakeDesk, words, theme, qtbot, until, tmp_path):
    """Opens a window as a day begins with one; all are closed at the end."""
    made: list[MainWindow] = []

    def open_window() -> MainWindow:
        for old in made:
            old.hide()
        with theme.undressed():
            window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
        made.append(window)
        window.seat.run(window.prepare())
        until(lambda: window.runner.is_idle)
        window.resize(1366, 768)
        window.show()
        qtbot.waitExposed(window)
        window.seat.run(window.begin())
        until(lambda: window.runner.is_idle and window.workbench.view is not None)
        window.activateWindow()
        return window

    yield open_window
    for window in made:
        until(lambda one=window: one.runner.is_idle)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(opened) -> MainWindow:
    return opened()


def kind(window: MainWindow) -> str:
    """The form that is open."""
    return getattr(window.sheet.content, "kind", "")


def close(window: MainWindow) -> None:
    while window.sheet.content is not None:
        press(window, Key.Key_Escape)


def test_the_new_key_acts_at_once_and_the_old_one_no_more(window):
    assert window.seat.keymap.give("dispatch", "F11") is None
    press(window, Key.Key_F5)
    assert not kind(window)
    press(window, Key.Key_F11)
    assert kind(window) == "dispatch"
    close(window)
    assert window.seat.keymap.reset("dispatch") is None
    press(window, Key.Key_F11)
    assert not kind(window)
    press(window, Key.Key_Return, CTRL)
    assert kind(window) == "dispatch"


def test_the_keypads_enter_is_the_same_as_the_other(window):
    press(window, Key.Key_Enter, CTRL)
    assert kind(window) == "dispatch"
    close(window)
    window.seat.keymap.give("add_note", "Alt+Return")
    press(window, Key.Key_Enter, ALT)
    assert kind(window) == "add_note"


def test_a_key_can_go_from_one_verb_to_another(window):
    keymap = window.seat.keymap
    keymap.give("dispatch", "F11")
    keymap.give("add_note", "F5")
    press(window, Key.Key_F5)
    assert kind(window) == "add_note"


def test_a_bare_key_acts_in_the_list_and_is_a_letter_where_one_types(window):
    keymap, table = window.seat.keymap, window.workbench.table
    assert keymap.give("next", ";") is None
    before = table.currentIndex().row()
    press(window, Key.Key_J)
    assert table.currentIndex().row() == before
    press(window, Key.Key_Semicolon)
    assert table.currentIndex().row() == before + 1
    press(window, Key.Key_J, ALT)
    assert table.currentIndex().row() == before + 2
    press(window, Key.Key_F3)
    QTest.keyClicks(window.focusWidget(), "a;b")
    assert window.workbench.side.search.edit.text() == "a;b"


def test_a_verb_of_everywhere_with_a_bare_key_sleeps_where_one_types(window):
    assert window.seat.keymap.give("language", ";") is None
    press(window, Key.Key_F3)
    QTest.keyClicks(window.focusWidget(), "s")
    assert window.seat.words.language == "zh"
    press(window, Key.Key_Escape)
    press(window, Key.Key_Escape)
    press(window, Key.Key_Semicolon)
    assert window.seat.words.language == "en"
    window.seat.words.use("zh")


def test_marks_are_set_by_verbs_too(window):
    table = window.workbench.table
    first = table.current
    press(window, Key.Key_X, ALT)
    assert table.model().marks == {first}
    press(window, Key.Key_X)
    assert not table.model().marks
    press(window, Key.Key_J, SHIFT)
    assert table.model().marks == {first, table.current}
    press(window, Key.Key_K, ALT | SHIFT)
    assert table.current == first
    window.seat.keymap.give("mark", ";")
    press(window, Key.Key_X)
    assert first in table.model().marks
    press(window, Key.Key_Semicolon)
    assert first not in table.model().marks


def test_the_class_is_asked_for_by_the_same_key_inside_a_form(window, until):
    window.seat.keymap.give("classify", "F8")
    press(window, Key.Key_F5)
    form = window.sheet.content
    press(window, Key.Key_F4)
    assert not form.over.is_open
    press(window, Key.Key_F8)
    assert form.over.is_open
    close(window)
    press(window, Key.Key_F2)
    intake = window.pages.currentWidget()
    press(window, Key.Key_F8)
    assert intake.over.is_open
    press(window, Key.Key_Tab)
    assert intake.over.picker.tree.hasFocus()
    press(window, Key.Key_F8)
    assert intake.over.picker.box.hasFocus()


# what is shown


def test_menus_buttons_tips_and_palette_show_the_new_key(window):
    keymap = window.seat.keymap
    keymap.give("dispatch", "F11")
    keymap.give("palette", "F8")
    assert window.menus.actions["dispatch"].text() == "分拨\tF11"
    button = window.workbench.pane.acts.button("dispatch")
    assert button.text() == "分拨  F11"
    assert "F11" in button.toolTip()
    assert "F5" not in button.toolTip()
    assert window.top._box.text().endswith("F8")
    offers = {one.code: one for one in window._offers()}
    assert offers["verb:dispatch"].keys == "F11"


def test_the_sheet_of_keys_shows_them_while_it_is_open(window):
    press(window, Key.Key_F1)
    labels = {one.text() for one in window.sheet.content.findChildren(QLabel)}
    assert "F5   Ctrl+Enter" in labels
    window.seat.keymap.give("dispatch", "F11")
    labels = {one.text() for one in window.sheet.content.findChildren(QLabel)}
    assert "F11" in labels
    assert "F5   Ctrl+Enter" not in labels


def test_sentences_that_name_a_key_name_the_new_one(window, desk, until):
    keymap, side = window.seat.keymap, window.workbench.side
    keymap.give("apply_order", "[")
    keymap.give("new_intake", "F8")
    keymap.give("filters", "Ctrl+L")
    keymap.give("next", ";")
    assert "Ctrl+L" in side.saved.button.toolTip()
    desk.dossiers = {}
    window.workbench.use_queue(Queue.FILING)
    until(lambda: side.is_empty)
    assert "按 F8 登记" in side.empty.hint.text()
    assert "用 ; / K" in window.workbench.pane._message.hint.text()
    side._say_news(type(window.workbench.source.pending)(fresh=1))
    assert "按 [ 刷新" in side.news.text()


def test_the_find_button_of_a_form_shows_the_key_that_acts_there(window):
    press(window, Key.Key_F5)
    field = window.sheet.content.findChild(type(window.sheet.content.over._field))
    assert field._find.text() == "查找 F4"
    window.seat.keymap.give("classify", "F8")
    assert field._find.text() == "查找 F8"
    window.seat.words.use("en")
    assert field._find.text() == "Find F8"
    window.seat.words.use("zh")


# whose they are


def test_they_are_there_again_the_next_day(window, opened, desk, until):
    window.seat.keymap.give("dispatch", "F11")
    until(lambda: desk.remembered.get("frame.keys") == {"dispatch": ["F11"]})
    again = opened()
    assert again.menus.actions["dispatch"].text() == "分拨\tF11"
    press(again, Key.Key_F5)
    assert not kind(again)
    press(again, Key.Key_F11)
    assert kind(again) == "dispatch"


def test_everybody_has_his_own(window, desk, until):
    def sit(login: str) -> None:
        window.acts.take(f"person:{login}")
        until(lambda: desk.me.login == login and window.runner.is_idle)

    window.seat.keymap.give("search", "F11")
    sit("li")
    assert window.menus.actions["search"].text() == "搜索\tF3"
    press(window, Key.Key_F3)
    assert window.workbench.side.search.edit.hasFocus()
    window.seat.keymap.give("search", "F8")
    sit("zhang")
    assert window.menus.actions["search"].text() == "搜索\tF11"
    window.workbench.focus_list()
    press(window, Key.Key_F8)
    assert window.workbench.table.hasFocus()
    press(window, Key.Key_F11)
    assert window.workbench.side.search.edit.hasFocus()
