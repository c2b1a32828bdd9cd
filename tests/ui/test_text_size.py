"""The size of the writing: by keys, from twelve to twenty pixels, for each person; nothing is cut at any."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from app.cli.checking.reading import Reader
from app.services.queries import Queue
from tests.series import IS_SOAK
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press
from ui.countdown import short
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.memory import wear_looks
from ui.models.row_text import Column
from ui.product import Product
from ui.theme import SIZES, Theme
from ui.views.pill import Pill

pytestmark = pytest.mark.ui
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
#: The sizes every screen is read at: where letters are least and where they take most room, on request all between.
READ_AT = tuple(SIZES) if IS_SOAK else (SIZES[0], SIZES[-1])
#: Verbs that open what is read beside the list, and the keys that lead back.
OPENED = ("", "dispatch", "classify", "key_sheet", "key_map", "palette", "new_intake")


@pytest.fixture
def window(loop, desk: FakeDesk, words, theme: Theme, qtbot, until, tmp_path):
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle and window.workbench.view is not None)
    window.activateWindow()
    yield window
    theme.use_size(14)
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


def test_keys_write_larger_smaller_and_as_usual(window, theme, desk, until):
    for key, modifier, px in (
        (Key.Key_Plus, CTRL, 15),
        (Key.Key_Equal, CTRL, 16),
        (Key.Key_Plus, CTRL | Qt.KeyboardModifier.KeypadModifier, 18),
        (Key.Key_Minus, CTRL, 16),
        (Key.Key_0, CTRL, 14),
    ):
        press(window, key, modifier)
        assert theme.font_px == px
        until(lambda px=px: desk.remembered.get("frame.text_px") == px)
        assert f"{px} 像素" in window.toasts.shown[0].text
    assert len(window.toasts.shown) == 1, "one message, renewed"


@pytest.mark.parametrize(("key", "end"), [(Key.Key_Equal, 20), (Key.Key_Minus, 12)])
def test_the_keys_stop_at_both_ends(window, theme, key, end):
    for _ in range(len(SIZES) + 2):
        press(window, key, CTRL)
    assert theme.font_px == end


def test_the_keys_act_while_text_is_typed(window, theme):
    press(window, Key.Key_F3, Qt.KeyboardModifier.NoModifier)
    press(window, Key.Key_Equal, CTRL)
    assert theme.font_px == 15
    assert window.workbench.side.search.edit.text() == ""


def test_everybody_finds_his_own_size_again(window, theme, desk, until):
    def sit(login: str) -> None:
        window.acts.take(f"person:{login}")
        until(lambda: desk.me.login == login and window.runner.is_idle)

    press(window, Key.Key_Equal, CTRL)
    sit("li")
    assert theme.font_px == 15, "who never chose keeps what is there"
    press(window, Key.Key_0, CTRL)
    press(window, Key.Key_Minus, CTRL)
    sit("zhang")
    assert theme.font_px == 15
    sit("li")
    assert theme.font_px == 13


@pytest.mark.parametrize("odd", ["large", 13.5, 999, None, [], True])
def test_a_strange_memory_does_no_harm(screen, desk, theme, words, until, odd):
    desk.remembered.update({"frame.text_px": odd, "frame.theme": odd, "frame.language": odd})
    done = []

    async def wear() -> None:
        await wear_looks(desk, words, theme)
        done.append(True)

    screen.run(wear())
    until(lambda: done)
    assert (theme.font_px, theme.name, words.language) == (14, "light", "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_cut_at_any_size(window, theme, words, until, language):
    words.use(language)
    for px in READ_AT:
        theme.use_size(px)
        nothing_is_cut(window, until)


def nothing_is_cut(window: MainWindow, until) -> None:
    reader = Reader()
    for verb in OPENED:
        if verb:
            window.acts.act(verb)
        until(lambda: window.runner.is_idle)
        until(lambda: not reader.read(window, window.grab().toImage()))  # once it is laid out
        while window.sheet.content is not None or window.palette_panel.isVisible():
            press(window, Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert (window.width(), window.height()) == (1366, 768)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rows_pills_and_columns_hold_their_words(window, theme, words, language):
    words.use(language)
    for px in READ_AT:
        theme.use_size(px)
        QApplication.processEvents()
        rows_pills_and_columns_hold_their_words(window, theme, words)


def rows_pills_and_columns_hold_their_words(window: MainWindow, theme: Theme, words) -> None:
    table, model = window.workbench.table, window.workbench.model
    bold = QFontMetrics(theme.font(bold=True))
    assert table.rowHeight(0) >= bold.height() + 4
    room = table.columnWidth(Column.LEFT) - theme.scaled(20) - 8 - 6
    shown = [short(model.countdown(model.row_at(at)), words.say) for at in range(model.rowCount())]
    assert shown
    assert all(bold.horizontalAdvance(text) <= room for text in shown)
    assert table.columnWidth(Column.GRADE) >= bold.horizontalAdvance("A") + 16
    assert table.columnWidth(Column.TITLE) >= theme.scaled(120)
    for pill in window.findChildren(Pill):
        if pill.isVisible():
            assert pill.width() >= bold.horizontalAdvance(pill._text) + 2 * 5
            assert pill.height() >= bold.height()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_of_a_case_is_wider_than_its_pane(window, theme, words, until, language):
    window.workbench.use_queue(Queue.ALL)
    until(lambda: window.runner.is_idle and window.workbench.model.rowCount() == 40)
    words.use(language)
    first = window.workbench.selected
    for px in READ_AT:
        theme.use_size(px)
        window.workbench.open_case(first)
        until(lambda: window.runner.is_idle and window.workbench.selected == first)
        nothing_is_wider_than_the_pane(window, until)


def nothing_is_wider_than_the_pane(window: MainWindow, until) -> None:
    scroll = window.workbench.pane._scroll
    for _ in range(8):  # one of each stage
        press(window, Key.Key_J, Qt.KeyboardModifier.NoModifier)
        until(lambda: window.runner.is_idle and window.workbench.view is not None)
        QTest.qWait(10)
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()


def test_what_a_person_wrote_stays_whole_when_the_letters_grow(window, theme, desk, until):
    story = "工地每晚十点半以后夜间施工，打桩声很吵，老人孩子都睡不好。" * 4
    on = desk.dossiers[window.workbench.selected]
    desk.colleague(on.case.id, narrative=story)
    text = window.workbench.pane.narrative
    until(lambda: text.toPlainText() == story)
    for px in (20, 12, 20):
        theme.use_size(px)
        QApplication.processEvents()
        assert text.verticalScrollBar().maximum() <= 2
        assert text.height() <= text.document().size().height() + 16


@pytest.mark.parametrize("language", ["zh", "en"])
def test_beside_the_intake_form_nothing_is_wider_than_its_place(
    window, theme, words, until, language
):
    words.use(language)
    theme.use_size(SIZES[-1])
    window.acts.act("new_intake")
    until(lambda: window.runner.is_idle)
    form = window.pages.currentWidget()
    form.fields.narrative.setPlainText("工地每晚十点半以后夜间施工。")
    form.fields.category.set_value("ZS-01")
    form._ahead.look()
    until(lambda: window.runner.is_idle)
    QApplication.processEvents()
    (area,) = [one for one in form.findChildren(QScrollArea) if one.widget() is form.aside]
    assert form.aside.width() <= area.viewport().width()


def test_every_button_of_the_page_of_keys_is_in_sight_also_in_large_letters(window, theme, words):
    words.use("en")
    theme.use_size(SIZES[-1])
    window.acts.act("key_map")
    QApplication.processEvents()
    page, area = window.sheet.content, window.sheet._area
    low = page.all_back.mapTo(area.viewport(), page.all_back.rect().bottomLeft()).y()
    assert low <= area.viewport().height()
    assert page.list.height() >= 3 * theme.row_px
