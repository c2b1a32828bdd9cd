"""What is made piece by piece: never much at once, all of it for whoever waits, nothing once unwanted."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.ui.hands import press
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product
from ui.views.gradual import Gradually
from ui.views.intake import IntakeForm

PIECES = 5


@pytest.fixture
def made() -> list[int]:
    return []


@pytest.fixture
def making(qapp, made: list[int]) -> Iterator[Gradually]:
    def pieces() -> Iterator[None]:
        for one in range(PIECES):
            made.append(one)
            yield

    host = QObject()
    yield Gradually(pieces(), host)
    host.deleteLater()


def test_nothing_is_made_at_once_and_all_of_it_in_time(making: Gradually, made: list[int], until):
    assert not made
    until(lambda: made)
    assert len(made) < PIECES
    until(lambda: len(made) == PIECES)
    until(lambda: not making._next.isActive())


def test_whoever_waits_gets_the_rest_now(making: Gradually, made: list[int], until):
    until(lambda: made)
    making.finish()
    assert made == list(range(PIECES))


def test_what_is_unwanted_is_not_made(making: Gradually, made: list[int], until, qtbot):
    until(lambda: made)
    making.stop()
    before = list(made)
    qtbot.wait(80)
    assert made == before


def test_no_piece_of_an_intake_form_is_most_of_it(screen, until, qtbot):
    IntakeForm(screen).deleteLater()  # fonts and classes are read once
    form = IntakeForm(screen, at_once=False)
    qtbot.addWidget(form)
    took, is_over = list[float](), False
    while not is_over:
        begun = time.thread_time()
        is_over = next(form.making, form) is form
        took.append(time.thread_time() - begun)
    assert max(took) < 0.4 * sum(took), [f"{1000 * one:.1f}" for one in took]


def test_a_form_put_away_before_it_is_whole_keeps_nothing(screen, qtbot):
    form = IntakeForm(screen, at_once=False)
    qtbot.addWidget(form)
    QApplication.sendEvent(form, QHideEvent())
    assert not hasattr(form, "draft")


def test_f2_before_the_form_is_made_finds_a_whole_one(desk, words, theme, loop, until, qtbot):
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product())
    qtbot.addWidget(window)
    window.show()
    until(lambda: window.pages.findChild(IntakeForm) is not None)
    form = window.pages.findChild(IntakeForm)
    assert not hasattr(form, "aside")
    press(window, Qt.Key.Key_F2)
    assert window.pages.currentWidget() is form
    assert form.fields.name.hasFocus() or window.focusWidget() is form.fields.name
    form.fields.narrative.setPlainText("路灯不亮")
    assert form.fields.wish.narrative == "路灯不亮"


def test_no_form_is_made_before_the_list_is_read(window: MainWindow, until, qtbot):
    pages = window.pages
    pages._give_up_spare()
    pages.workbench.has_rows = False
    pages._ahead.setInterval(10)
    pages.show_workbench()
    qtbot.wait(100)
    assert pages._spare is None
    pages.workbench.has_rows = True
    until(lambda: pages._spare is not None)


def test_a_form_nobody_saw_is_not_dressed_anew_but_made_anew(window: MainWindow, theme, until):
    pages = window.pages
    pages._ahead.setInterval(10)
    pages.show_workbench()
    until(lambda: pages._spare is not None and window.runner.is_idle)
    unseen, is_there = pages._spare, []
    theme.changed.connect(lambda: is_there.append(isValid(unseen)))
    theme.use("dark")
    assert is_there == [False]
    until(lambda: pages._spare is not None)


def test_a_form_that_is_open_stays_as_the_theme_changes(window: MainWindow, theme):
    window.pages.show_intake()
    form = window.pages._intake
    theme.use("dark")
    assert isValid(form)
    assert window.pages.currentWidget() is form
