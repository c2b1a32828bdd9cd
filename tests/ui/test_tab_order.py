"""Tab goes as one reads: field after field, then the form's own buttons; in the pane from top to bottom."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from app.services.queries import Queue
from tests.ui.hands import press
from tests.ui.test_sheet import open_form
from ui.main_window import MainWindow
from ui.views.forms.by_kind import FORMS

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def shown(window: MainWindow) -> str:
    return window.workbench.view.dossier.case.id if window.workbench.view else ""


def walk(window: MainWindow, inside: QWidget, most: int = 60) -> list[QWidget]:
    """What Tab meets inside, from where the focus is until it leaves."""
    met: list[QWidget] = []
    while len(met) < most and inside.isAncestorOf(window.focusWidget()):
        if window.focusWidget() in met:
            break
        met.append(window.focusWidget())
        press(window, Key.Key_Tab)
    return met


def stops_in(field: QWidget) -> list[QWidget]:
    """Where Tab may stop in a field; nowhere in a list that is hidden, or in a group of nothing."""
    inside = [one for one in field.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    return [
        one
        for one in inside
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.focusProxy()
    ]


#: One is a list with keys of its own; one has no field where a single task waits, one where nothing follows.
WITHOUT_FIELDS = {"classify", "sign", "unmerge"}


def test_after_the_fields_of_a_form_come_its_own_buttons(window: MainWindow):
    for kind in sorted(set(FORMS) - WITHOUT_FIELDS):
        fields_then_buttons(window, kind)


def fields_then_buttons(window: MainWindow, kind: str) -> None:
    form = open_form(window, kind)
    fields = [one for one in form.column.fields if stops_in(one)]
    stops_in(fields[0])[0].setFocus()
    met = walk(window, form)
    homes = [next((f for f in fields if f.isAncestorOf(one)), None) for one in met]
    assert [one for one in dict.fromkeys(homes) if one is not None] == fields, kind
    after = met[met.index(form.primary) :]
    assert form.primary in after
    assert len(after) == 2, f"{kind}: submit, then leave"
    assert not [one for one in after if any(f.isAncestorOf(one) for f in form.column.fields)], kind


@pytest.mark.parametrize("case_id", ["case-003", "case-004", "case-005", "case-006"])
def test_in_the_pane_tab_goes_from_top_to_bottom_and_misses_nothing(window, until, case_id):
    window.workbench.use_queue(Queue.ALL)
    until(lambda: window.runner.is_idle)
    for one in ("case-001", case_id):  # what another case showed before makes no difference
        window.workbench.open_case(one)
        until(lambda one=one: shown(window) == one and window.runner.is_idle)
    pane = window.workbench.pane
    pane.acts.button(pane.acts.names[0]).setFocus()
    met = walk(window, pane)
    buttons = [one for one in met if pane.acts.isAncestorOf(one)]
    enabled = [name for name in pane.acts.names if pane.acts.button(name).isEnabled()]
    assert buttons == [pane.acts.button(name) for name in enabled]
    assert met[: len(buttons)] == buttons, "the steps first, all of them"
    content = pane._scroll.widget()
    inside = [one for one in met if content.isAncestorOf(one)]
    places = [one.mapTo(content, QPoint(0, 0)).y() for one in inside]
    assert places == sorted(places)
    toggles = [one for one in pane.clocks.findChildren(QAbstractButton) if one.isVisible()]
    assert set(toggles) <= set(met)


@pytest.mark.parametrize("kind", ["handle", "record_notice", "refuse"])
def test_tab_into_a_group_lands_on_what_is_chosen(window: MainWindow, kind):
    form = open_form(window, kind)
    form.method.choose("WECHAT")
    form.column.fields[0].take_focus()
    inside = [one for one in walk(window, form) if form.method.isAncestorOf(one)]
    assert [one.isChecked() for one in inside] == [True]
    press(window, Key.Key_Backtab)


def test_tab_into_a_group_of_which_nothing_is_chosen_lands_on_its_first(window: MainWindow):
    form = open_form(window, "refuse")
    form.words.setFocus()
    press(window, Key.Key_Backtab)
    assert window.focusWidget() is form.reason._group.button(0)


def test_return_on_the_button_that_chooses_files_opens_the_chooser(window: MainWindow, until):
    form = open_form(window, "attach")
    assert form.files.isAncestorOf(window.focusWidget())
    press(window, Key.Key_Return)
    until(lambda: form.findChildren(QFileDialog))
    form.findChildren(QFileDialog)[0].reject()


def test_after_a_change_of_person_the_keys_of_the_list_work(window: MainWindow, desk, until):
    press(window, Key.Key_V)
    press(window, Key.Key_P, CTRL | SHIFT)
    until(lambda: window.sheet.content is not None and window.runner.is_idle)
    for key in (Key.Key_L, Key.Key_I):
        press(window, key)
    press(window, Key.Key_Return)
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    until(lambda: window.workbench.view is not None)
    assert window.focusWidget() is window.workbench.table
    first = window.workbench.selected
    press(window, Key.Key_J)
    assert window.workbench.table.current != first
    press(window, Key.Key_G)
    press(window, Key.Key_6)
    until(lambda: window.workbench.queue is Queue.CLOSURE)


def test_pages_that_tab_went_through_can_be_deleted_while_garbage_is_collected():
    """In a program of its own: when this breaks, it ends."""
    done = subprocess.run(
        [sys.executable, "-c", TAKEN_APART], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr


TAKEN_APART = """
import gc
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget,
)
from ui.views.tab_order import InReadingOrder

app = QApplication([])
gc.disable()
window, pages = InReadingOrder(), QStackedWidget()
window.setCentralWidget(pages)
pages.addWidget(QPushButton("home"))
window.show()
for turn in range(60):
    page, part = QWidget(), QWidget()
    column, row = QVBoxLayout(page), QHBoxLayout(part)
    column.addWidget(part)
    for _ in range(12):
        row.addWidget(QPushButton("x"))
    page.part = part
    pages.addWidget(page)
    pages.setCurrentWidget(page)
    app.processEvents()
    for _ in range(5):
        window.focusNextPrevChild(True)
    pages.setCurrentIndex(0)
    pages.removeWidget(page)
    page.deleteLater()
    del page, part, column, row
    app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(2 if turn % 4 == 0 else 1)
print("whole")
"""
