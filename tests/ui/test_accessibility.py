"""Everything can be named, reached, read and pressed, in both themes, both languages and all sizes."""

from collections import Counter

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from tests.ui.colours import contrast
from ui.main_window import MainWindow
from ui.plain import TARGET_PX
from ui.theme import NAMES, SIZES, Theme, tokens

PRESSED = (QAbstractButton, QLineEdit, QComboBox, QTextEdit, QPlainTextEdit, QAbstractItemView)
PAGES = ("", "palette", "key_sheet", "key_map", "about", "switch_person", "attention", "new_intake")


def shown(window: QWidget, kinds=PRESSED) -> list[QWidget]:
    return [
        one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()
    ]


@pytest.fixture(params=PAGES)
def page(request, window: MainWindow, until) -> MainWindow:
    if request.param:
        window.acts.act(request.param)
    until(lambda: window.runner.is_idle)
    QApplication.processEvents()
    return window


def test_everything_of_a_page_is_named_large_legible_and_reached(page: MainWindow, theme: Theme):
    """One window for all of it: to build one takes longer than to look at it. Tab, which moves, comes last."""
    everything_that_can_be_used_has_a_name(page)
    everything_that_can_be_pressed_is_large_enough(page)
    for name in NAMES:
        every_word_can_be_read(page, theme, name)
    tab_visits_everything_once_and_comes_back(page)


def everything_that_can_be_used_has_a_name(page: MainWindow) -> None:
    nameless = [
        one
        for one in shown(page)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
    ]
    assert not nameless


def everything_that_can_be_pressed_is_large_enough(page: MainWindow) -> None:
    small = [
        (one, one.size())
        for one in shown(page, (QAbstractButton, QLineEdit, QComboBox))
        if min(one.width(), one.height()) < TARGET_PX
    ]
    assert not small


def every_word_can_be_read(page: MainWindow, theme: Theme, name: str) -> None:
    theme.use(name)
    QApplication.processEvents()
    weak = []
    picture = page.grab().toImage()
    for one in shown(page, (QLabel, QPushButton, QLineEdit)):
        one.ensurePolished()
        if one.isEnabled() and is_legible(one):
            ink, ground = _ink(one), _ground(one, picture)
            if contrast(ink, ground) < 4.5:
                weak.append((one, one.text(), ink, ground))
    theme.use("light")
    assert not weak, name


def is_legible(one: QWidget) -> bool:
    """Whether enough of a widget is in view to judge its colours."""
    return one.visibleRegion().boundingRect().height() >= 12


def _ink(one: QWidget) -> str:
    return one.palette().color(one.foregroundRole()).name()


def _ground(one: QWidget, picture: QImage) -> str:
    """The colour that really lies under a widget's words: the commonest pixel where it stands."""
    seen = one.visibleRegion().boundingRect()
    place = QRect(one.mapTo(one.window(), seen.topLeft()), seen.size()).adjusted(1, 1, -1, -1)
    image = picture.copy(place & picture.rect())
    across, down = max(1, image.width() // 40), max(1, image.height() // 12)
    pixels = (
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), across)
        for y in range(0, image.height(), down)
    )
    return Counter(pixels).most_common(1)[0][0] if not image.isNull() else "#ffffff"


def tab_visits_everything_once_and_comes_back(page: MainWindow) -> None:
    wanted = {
        one
        for one in shown(page)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and not one.focusProxy()
    }
    start = page.focusWidget()
    visited = []
    for _ in range(200):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        now = page.focusWidget()
        if now is start or now in visited:
            break
        visited.append(now)
    met = {*visited, start}
    assert page.focusWidget() is start, "Tab does not come back to where it began"
    assert wanted <= met, {one.accessibleName() or repr(one) for one in wanted - met}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_button_is_cut_off_at_any_size(window: MainWindow, theme, words, language):
    window.resize(1366, 768)
    words.use(language)
    cut = []
    for px in SIZES:
        theme.use_size(px)
        QApplication.processEvents()
        buttons = shown(window, (QPushButton,))
        assert buttons
        cut += [(px, one.text(), one.sizeHint(), one.size()) for one in buttons if is_cut(one)]
    theme.use_size(14)
    assert not cut


def is_cut(one: QPushButton) -> bool:
    return one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_menu_entry_has_a_text_and_a_name_of_its_own(window: MainWindow, words, language):
    words.use(language)
    texts = [action.text() for action in window.menus.actions.values()]
    assert all(texts)
    assert len(set(texts)) == len(texts)
    mnemonics = [action.text() for action in window.menuBar().actions()]
    assert len({text.partition("&")[2][:1] for text in mnemonics}) == len(mnemonics)


@pytest.mark.parametrize("name", NAMES)
def test_the_focus_can_be_seen(window: MainWindow, theme: Theme, name):
    theme.use(name)
    button = window.top._box
    QApplication.processEvents()
    before = button.grab().toImage()
    button.setFocus()
    QApplication.processEvents()
    after = button.grab().toImage()
    edge = after.pixelColor(after.width() // 2, 0).name()
    inner = after.pixelColor(after.width() // 2, 1).name()
    theme.use("light")
    assert before != after
    assert edge == inner == theme_focus(name)
    assert contrast(edge, after.pixelColor(after.width() // 2, 4).name()) >= 3


def theme_focus(name: str) -> str:
    return tokens(name)["focus"].lower()
