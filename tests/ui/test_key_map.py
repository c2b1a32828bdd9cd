"""Where keys are changed: a verb is found by typing, a key pressed, a taken one refused by name, all of it undone."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.fake_desk import FakeDesk
from ui.main_window import MainWindow
from ui.verbs import VERBS
from ui.views.key_list import KeyModel, KeyRow
from ui.views.key_map import KeyMapPage

pytestmark = pytest.mark.ui
Key = Qt.Key
NONE, CTRL, ALT, SHIFT, META = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)


def press(window: MainWindow, *keys, modifier=NONE) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, modifier)


@pytest.fixture
def page(window: MainWindow) -> KeyMapPage:
    press(window, Key.Key_F1, modifier=CTRL)
    page = window.sheet.content
    assert isinstance(page, KeyMapPage)
    assert page.box.hasFocus()
    return page


@pytest.fixture
def catching(window, page):
    """Goes to a verb by typing and begins to listen."""

    def listen(typed: str, verb: str) -> KeyMapPage:
        page.box.clear()
        QTest.keyClicks(page.box, typed)
        assert page.list.current == verb
        press(window, Key.Key_Return)
        assert page.card.catch.hasFocus()
        return page

    return listen


def names(page: KeyMapPage) -> list[str]:
    return [row.name for row in page.list.rows if row.name]


def caps(page: KeyMapPage, verb: str) -> tuple[str, ...]:
    return next(row.caps for row in page.list.rows if row.name == verb)


# finding


def test_every_verb_is_listed_with_its_keys(page):
    assert set(names(page)) == {verb.name for verb in VERBS}
    assert caps(page, "dispatch") == ("F5", "Ctrl+Enter")
    assert [row.shown for row in page.list.rows if not row.name][:2] == ["案件与文书", "办理"]


@pytest.mark.parametrize(
    ("typed", "verb"),
    [("fb", "dispatch"), ("dispatch", "dispatch"), ("f5", "dispatch"), ("ctrl+enter", "dispatch")],
)
def test_a_verb_is_found_by_name_initials_or_key(page, typed, verb):
    QTest.keyClicks(page.box, typed)
    assert page.list.current == verb


def test_the_arrows_walk_past_headings_and_stop_at_the_ends(window, page):
    first = page.list.current
    press(window, Key.Key_Up)
    assert page.list.current == first == names(page)[0]
    for _ in names(page):
        press(window, Key.Key_Down)
    assert page.list.current == names(page)[-1]
    press(window, Key.Key_PageUp)
    assert page.list.current == names(page)[-9]


def test_with_nothing_found_nothing_can_be_changed(window, page):
    QTest.keyClicks(page.box, "zzzz")
    assert page._none.isVisible()
    assert not page.card.isVisible()
    press(window, Key.Key_Return)
    assert page.box.hasFocus()


# changing


def test_a_key_is_pressed_and_taken_with_return(window, catching, desk: FakeDesk, until):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11)
    assert page.card.catch.text == "F11"
    assert "可以用" in page.card.verdict.text()
    press(window, Key.Key_Return)
    assert page.box.hasFocus()
    assert caps(page, "dispatch") == ("F11",)
    assert "F11" in page.card.verdict.text()
    until(lambda: desk.remembered.get("frame.keys") == {"dispatch": ["F11"]})
    press(window, Key.Key_Escape)
    assert window.sheet.content is None
    press(window, Key.Key_F11)
    assert [card.text for card in window.toasts.shown] == ["请先打开一件"], "it acts at once"


def test_what_is_pressed_does_nothing_else(window, catching, until):
    """Not even what opens, closes or ends something elsewhere."""
    page = catching("fb", "dispatch")
    for key, modifier in (
        (Key.Key_K, CTRL),
        (Key.Key_Q, CTRL),
        (Key.Key_F1, NONE),
        (Key.Key_F2, NONE),
        (Key.Key_W, ALT),
        (Key.Key_D, CTRL | SHIFT),
        (Key.Key_J, NONE),
    ):
        press(window, key, modifier=modifier)
        assert page.card.catch.hasFocus()
    assert window.isVisible()
    assert window.sheet.content is page
    assert not window.palette_panel.isVisible()
    assert window.seat.theme.name == "light"
    assert QApplication.activePopupWidget() is None
    assert not window.seat.keymap.own()


def test_a_taken_key_is_refused_and_its_verb_named(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F3)
    assert "F3" in page.card.verdict.text()
    assert "搜索" in page.card.verdict.text()
    assert page.card.verdict.property("role") == "refused"
    assert not page.card.replace.isEnabled()
    press(window, Key.Key_Return)
    assert page.card.catch.hasFocus(), "a no takes nothing and leaves nothing"
    assert not window.seat.keymap.own()
    window.seat.words.use("en")
    assert "Search" in page.card.verdict.text()
    window.seat.words.use("zh")


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_Space, CTRL),
        (Key.Key_Space, SHIFT),
        (Key.Key_Space, META),
        (Key.Key_Space, ALT),
        (Key.Key_Period, CTRL),
        (Key.Key_Tab, ALT),
        (Key.Key_F10, NONE),
        (Key.Key_Delete, CTRL | ALT),
        (Key.Key_A, CTRL | ALT),
        (Key.Key_T, CTRL | ALT),
        (Key.Key_V, CTRL | ALT),
    ],
)
def test_what_belongs_to_others_is_never_taken(window, catching, key, modifier):
    page = catching("fb", "dispatch")
    press(window, key, modifier=modifier)
    assert page.card.catch.keys
    assert page.card.verdict.property("role") == "refused"
    press(window, Key.Key_Return)
    assert not window.seat.keymap.own()


def test_modifiers_alone_are_waited_for(window, catching):
    page = catching("fb", "dispatch")
    for key, modifier in ((Key.Key_Control, CTRL), (Key.Key_Shift, CTRL | SHIFT)):
        QTest.keyPress(page.card.catch, key, modifier)
        QTest.keyRelease(page.card.catch, key, modifier)
    assert page.card.catch.keys == ""


def test_letters_come_as_keys_while_an_input_method_is_on(window, catching):
    page = catching("fb", "dispatch")
    catch = page.card.catch
    assert not catch.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(catch, QInputMethodEvent("ni", []))
    assert catch.keys == ""


def test_while_a_name_is_composed_return_chooses_nothing(window, page):
    QApplication.sendEvent(page.box, QInputMethodEvent("fen", []))
    assert page.list.current == "dispatch", "what is being composed is looked for at once"
    press(window, Key.Key_Return)
    assert page.box.hasFocus()
    QApplication.sendEvent(page.box, QInputMethodEvent("", []))


def test_escape_gives_up_and_leads_back_step_by_step(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11, Key.Key_Escape)
    assert page.box.hasFocus()
    assert page.card.catch.keys == ""
    assert not window.seat.keymap.own()
    press(window, Key.Key_Escape)
    assert window.sheet.content is None


def test_backspace_waits_for_another_key(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F3, Key.Key_Backspace)
    assert page.card.catch.keys == ""
    press(window, Key.Key_F11)
    assert page.card.replace.isEnabled()


def test_a_key_can_be_added_to_the_others(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11, Key.Key_Tab)
    assert page.card.replace.hasFocus()
    press(window, Key.Key_Tab)
    assert page.card.beside.hasFocus()
    press(window, Key.Key_Return)
    assert caps(page, "dispatch") == ("F11", "F5", "Ctrl+Enter")
    assert page.box.hasFocus()


def test_a_second_stroke_after_one_that_begins_chords_makes_a_chord(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_G)
    assert page.card.verdict.property("role") == "refused", "alone it begins others"
    press(window, Key.Key_X)
    assert page.card.catch.text == "G X"
    press(window, Key.Key_F11)
    assert page.card.catch.text == "F11", "no third stroke"
    press(window, Key.Key_G, Key.Key_X, Key.Key_Return)
    assert caps(page, "dispatch") == ("G X", "F5", "Ctrl+Enter")


def test_single_characters_can_be_given_up(window, page):
    QTest.keyClicks(page.box, "xyj")
    assert page.list.current == "next"
    assert page.card.bare.isEnabled()
    page.card.bare.setFocus()
    press(window, Key.Key_Return)
    assert caps(page, "next") == ("Alt+J",)
    assert not page.card.bare.isEnabled()
    press(window, Key.Key_Escape)
    before = list(window.workbench.asked)
    press(window, Key.Key_J)
    assert window.workbench.asked == before


def test_a_bare_key_is_told_to_act_in_the_list_only(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_Semicolon)
    assert "列表" in page.card.verdict.text()


# back to what it was


def test_one_verb_goes_back_to_its_usual_keys(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11, Key.Key_Return)
    assert page.card._usual.text() == "默认：F5   Ctrl+Enter"
    page.card.reset.setFocus()
    press(window, Key.Key_Return)
    assert caps(page, "dispatch") == ("F5", "Ctrl+Enter")
    assert not page.card.reset.isEnabled()
    assert not page.card._usual.isVisible()


def test_a_usual_key_that_another_verb_has_now_is_refused_by_name(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11, Key.Key_Return)
    catching("sousuo", "search")
    press(window, Key.Key_F5, Key.Key_Return)
    assert caps(page, "search") == ("F5",)
    page.box.clear()
    QTest.keyClicks(page.box, "fb")
    page.card.reset.setFocus()
    press(window, Key.Key_Return)
    assert "搜索" in page.card.verdict.text()
    assert caps(page, "dispatch") == ("F11",)


def test_all_go_back_and_that_can_be_undone(window, catching, desk, until):
    page = catching("fb", "dispatch")
    assert not page.all_back.isEnabled()
    press(window, Key.Key_F11, Key.Key_Return)
    catching("sousuo", "search")
    press(window, Key.Key_F7, Key.Key_Return)
    mine = window.seat.keymap.own()
    page.all_back.setFocus()
    press(window, Key.Key_Return)
    assert not window.seat.keymap.own()
    until(lambda: desk.remembered.get("frame.keys") == {})
    assert page.take_back.hasFocus()
    press(window, Key.Key_Return)
    assert window.seat.keymap.own() == mine
    assert not page.take_back.isVisible()
    until(lambda: desk.remembered.get("frame.keys") == mine)


# the ways to it, and how it is heard


def test_it_is_reached_from_the_menu_the_palette_and_the_sheet_of_keys(window):
    window.menus.actions["key_map"].trigger()
    assert isinstance(window.sheet.content, KeyMapPage)
    press(window, Key.Key_Escape)
    press(window, Key.Key_K, modifier=CTRL)
    QTest.keyClicks(window.palette_panel.edit, "ggkjj")
    press(window, Key.Key_Return)
    assert isinstance(window.sheet.content, KeyMapPage)
    press(window, Key.Key_Escape)
    press(window, Key.Key_F1)
    press(window, Key.Key_Tab)
    button = window.focusWidget()
    while not (isinstance(button, QPushButton) and button.text() == "更改快捷键"):
        press(window, Key.Key_Tab)
        button = window.focusWidget()
    press(window, Key.Key_Space)
    assert isinstance(window.sheet.content, KeyMapPage)


def test_a_row_is_heard_with_its_keys_and_that_it_was_changed(window, catching):
    page = catching("fb", "dispatch")
    press(window, Key.Key_F11, Key.Key_Return)
    index = page.list.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "分拨、F11、已改"
    name = QAccessible.queryAccessibleInterface(page.card.catch).text(QAccessible.Text.Name)
    assert name.startswith("新键")


def test_the_page_speaks_the_language_in_use(window, page):
    window.seat.words.use("en")
    row = next(row for row in page.list.rows if row.name == "dispatch")
    assert row.shown == "Dispatch"
    assert page.card._title.text() == "Register a report"
    window.seat.words.use("zh")


def test_a_repeating_key_is_caught_once(window, catching):
    page = catching("fb", "dispatch")
    told = []
    page.card.catch.caught.connect(lambda: told.append(page.card.catch.keys))
    for repeats in (False, True, True):
        QApplication.sendEvent(
            page.card.catch, QKeyEvent(QEvent.Type.KeyPress, Key.Key_F11, NONE, "", repeats)
        )
    assert told == ["F11"]


def test_the_model_keeps_qts_promises(qtmodeltester, qapp, qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    model = KeyModel(host)
    model.show([KeyRow("", "组"), KeyRow("a", "甲", ("F1",), spoken="甲 F1")])
    qtmodeltester.check(model)
    model.show([KeyRow("", "组"), KeyRow("a", "甲", ("F2",), spoken="甲 F2")])
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "甲 F2"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
