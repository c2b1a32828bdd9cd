"""The bars above and below: names of queues stay whole, and the keys that help are hinted at."""

from itertools import product

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.domain.terms import Stage
from app.services.ports import Unreachable
from app.services.queries import Queue, SyncState
from tests.series import IS_SOAK
from ui.main_window import MainWindow
from ui.theme import BASE_PX, SIZES
from ui.views.queue_button import PAD

#: From width to width, each on request.
STEP_PX = 9 if IS_SOAK else 29


@pytest.fixture
def large(theme):
    theme.use_size(SIZES[-1])
    yield SIZES[-1]
    theme.use_size(BASE_PX)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("login", ["zhang", "li"])
def test_no_queue_loses_its_name_to_what_stands_beside_it(
    whole_window: MainWindow, words, theme, large, until, login
):
    """A leader has one list more."""
    whole_window.acts.take(f"person:{login}")
    for language, (px, width) in product(("zh", "en"), ((SIZES[-1], 1366), (BASE_PX, 1024))):
        theme.use_size(px)
        words.use(language)
        whole_window.resize(width, 768)
        until(lambda: whole_window.runner.is_idle)
        no_queue_loses_its_name(whole_window)


def no_queue_loses_its_name(window: MainWindow) -> None:
    for queue in Queue:
        is_busy = queue not in (Queue.RETURNED, Queue.CLOSURE, Queue.OVERDUE)
        window.queue_bar.button(queue).show_numbers(104, 25 * is_busy, 13 * is_busy)
    settle()
    buttons = map(window.queue_bar.button, Queue)
    for button in (one for one in buttons if not one.isHidden()):
        name = QFontMetrics(button._small).horizontalAdvance(button.text())
        assert name <= button.width() - 2 * PAD + 2, button.text()
    assert "Ctrl+K" in window.top._box.text()


def test_a_lost_link_is_said_in_words_however_narrow_it_is(whole_window: MainWindow, large, desk):
    whole_window.resize(whole_window.minimumWidth(), 700)
    whole_window.top.link.be_short(is_short=True)
    assert not whole_window.top.link._label.isVisible()
    desk.go(SyncState(online=False, code="centre"))
    assert whole_window.top.link._label.isVisible()


def test_where_there_is_room_the_box_says_what_it_is_for(whole_window: MainWindow, words, large):
    whole_window.resize(1920, 1040)
    settle()
    assert "搜索" in whole_window.top._box.text()


def test_the_list_is_hinted_at_by_the_keys_that_act_there(whole_window: MainWindow):
    hints = whole_window.status.hints
    settle()
    assert hints.text.split()[:2] == ["J", "下一件"]
    assert "Ctrl+K" in hints.text


def test_a_key_that_acts_everywhere_is_hinted_at_alike_everywhere(whole_window: MainWindow):
    settle()
    assert "F2 登记新诉求" in whole_window.status.hints.text
    assert "F1 快捷键一览" in whole_window.status.hints.text


def test_what_is_no_business_of_the_person_is_not_hinted_at(whole_window: MainWindow):
    hints = whole_window.status.hints
    hints.offer(lambda name: name != "new_intake")
    assert "登记新诉求" not in hints.text
    assert "F3 搜索" in hints.text


def test_elsewhere_only_by_keys_that_act_while_one_types(whole_window: MainWindow, until):
    hints = whole_window.status.hints
    whole_window.acts.act("new_intake")
    settle()
    assert "下一件" not in hints.text
    assert "F2 登记新诉求" in hints.text
    assert "G I" not in hints.text


def test_a_hint_follows_its_key_and_the_language(whole_window: MainWindow, words):
    hints = whole_window.status.hints
    whole_window.seat.keymap.give("next", ";")
    settle()
    assert hints.text.startswith("; 下一件")
    words.use("en")
    assert "Next case" in hints.text


def test_hints_give_way_as_whole_ones(whole_window: MainWindow):
    hints = whole_window.status.hints
    before = hints.text.split("      ")
    hints.resize(hints._label.fontMetrics().horizontalAdvance(hints.text) - 5, hints.height())
    assert hints.text.split("      ") == before[:-1]
    hints.resize(0, hints.height())
    assert hints.text == ""


def test_the_count_of_all_says_that_it_is_of_open_cases_and_its_list_that_it_is_of_all(
    whole_window: MainWindow, desk, until
):
    bench, button = whole_window.workbench, whole_window.queue_bar.button(Queue.ALL)
    bench.use_queue(Queue.ALL)
    until(lambda: bench.queue is Queue.ALL and whole_window.runner.is_idle)
    until(lambda: button._numbers is not None)
    open_ = sum(on.case.stage is not Stage.ENDED for on in desk.dossiers.values())
    assert open_ < len(desk.dossiers)
    assert button._count() == f"{open_} 未结"
    assert f"未办结 {open_} 件" in button.accessibleName()
    assert bench.side.count.text() == f"共 {len(desk.dossiers)} 件（含已办结）"


def test_the_count_of_a_stage_is_that_of_its_list(whole_window: MainWindow, until):
    bench, button = whole_window.workbench, whole_window.queue_bar.button(Queue.SIGN)
    bench.use_queue(Queue.SIGN)
    until(lambda: bench.queue is Queue.SIGN and whole_window.runner.is_idle)
    assert bench.side.count.text() == f"共 {button._count()} 件"


@pytest.mark.parametrize("px", [BASE_PX, SIZES[-1]])
def test_a_button_that_comes_into_the_bar_below_moves_nothing(whole_window: MainWindow, theme, px):
    theme.use_size(px)
    settle()
    before = whole_window.pages.height()
    whole_window.status.show_drafts(3)
    whole_window._on_unreachable(Unreachable("disk"))
    settle()
    assert whole_window.status._draft_button.isVisible()
    assert whole_window.pages.height() == before
    theme.use_size(BASE_PX)


@pytest.mark.parametrize("login", ["zhang", "li"])
def test_at_no_width_does_the_bar_flicker_or_cut_a_name(
    whole_window: MainWindow, words, large, desk, until, login
):
    words.use("en")
    whole_window.acts.take(f"person:{login}")
    until(lambda: whole_window.runner.is_idle)
    whole_window.queue_bar._soon.stop()  # no other counts come in between
    whole_window.queue_bar._beat.stop()
    until(lambda: whole_window.runner.is_idle)
    for queue in Queue:
        whole_window.queue_bar.button(queue).show_numbers(23, 15, 8)
    bar = whole_window.top
    for width in range(1120, 1760, STEP_PX):
        whole_window.resize(width, 768)
        settle()
        before = (bar._box.text(), bar._person.text(), bar.link.is_short)
        settle()
        assert (bar._box.text(), bar._person.text(), bar.link.is_short) == before
        assert bar._person.width() >= bar._person.sizeHint().width(), width


def test_a_tall_case_does_not_squeeze_the_bar(whole_window: MainWindow, words, large, until):
    words.use("en")
    whole_window.workbench.use_queue(Queue.FILING)
    until(lambda: whole_window.workbench.view and whole_window.runner.is_idle)
    settle()
    assert whole_window.top.height() >= whole_window.top.sizeHint().height()
    assert whole_window.minimumSizeHint().height() <= 700
