"""Ctrl+K: everything is in it, by initials, pinyin, English or Chinese, with its keys or the reason why not."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.main_window import MainWindow
from ui.verbs import VERBS
from ui.views.palette import Offer, OfferModel, Palette


@pytest.fixture
def panel(window: MainWindow) -> Palette:
    window.acts.act("palette")
    return window.palette_panel


def codes(panel: Palette) -> list[str]:
    offers = (panel.model.offer(row) for row in range(panel.model.rowCount()))
    return [offer.code for offer in offers if offer]


def test_every_verb_is_in_it(panel: Palette):
    assert {f"verb:{verb.name}" for verb in VERBS} - set(codes(panel)) == {"verb:palette"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("fb", "verb:dispatch"),
        ("fenbo", "verb:dispatch"),
        ("dispatch", "verb:dispatch"),
        ("pd", "verb:dispatch"),
        ("bylia", "verb:refuse"),
        ("jiean", "verb:close"),
        ("hr", "verb:switch_person"),
        ("kjj", "verb:key_sheet"),
        ("zt", "verb:theme"),
        ("dqs", "verb:queue_sign"),
    ],
)
def test_it_is_found_however_it_is_called(panel: Palette, typed, code):
    QTest.keyClicks(panel.edit, typed)
    assert code in codes(panel)[:3]


def test_keys_and_reasons_stand_beside_the_names(panel: Palette):
    offers = {one.code: one for one in panel._verbs}
    assert offers["verb:dispatch"].keys == "F5   Ctrl+Enter"
    assert offers["verb:dispatch"].why == "请先打开一件"
    assert offers["verb:search"].why == ""


def test_what_is_not_possible_comes_after_what_is(panel: Palette):
    whys = [bool(panel.model.offer(row).why) for row in range(panel.model.rowCount())]
    assert whys == sorted(whys)


def test_return_takes_the_marked_offer(panel: Palette, window: MainWindow):
    QTest.keyClicks(panel.edit, "dqs")
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    assert window.workbench.asked[-1] == "queue SIGN"
    assert not panel.isVisible()


def test_arrows_move_the_mark_and_stop_at_the_ends(panel: Palette):
    QTest.keyClick(panel.edit, Qt.Key.Key_Up)
    assert panel.list.currentIndex().row() == 0
    QTest.keyClick(panel.edit, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 1
    for _ in range(20):
        QTest.keyClick(panel.edit, Qt.Key.Key_PageDown)
    assert panel.list.currentIndex().row() == panel.model.rowCount() - 1


def test_a_case_is_found_by_its_number_and_opened(panel: Palette, window: MainWindow, until):
    QTest.keyClicks(panel.edit, "000017")
    until(lambda: "case:case-017" in codes(panel))
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    assert window.workbench.selected == "case-017"


def test_a_late_answer_to_an_old_question_is_dropped(panel: Palette, until, window: MainWindow):
    QTest.keyClicks(panel.edit, "000017")
    until(lambda: "case:case-017" in codes(panel))
    panel._asked += 1
    panel.model.show_offers([])
    window.seat.run(panel._add_cases("000018", panel._asked - 1))
    until(lambda: window.runner.is_idle)
    assert not codes(panel)


def test_another_person_can_be_chosen(panel: Palette, window: MainWindow, until, desk):
    QTest.keyClicks(panel.edit, "ls")
    until(lambda: "person:li" in codes(panel))
    panel._mark(codes(panel).index("person:li"))
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    until(lambda: desk.me.login == "li")


def test_it_opens_and_answers_within_the_blink_of_an_eye(window: MainWindow):
    window.palette_panel.warm()
    begun = time.perf_counter()
    window.acts.act("palette")
    window.palette_panel.repaint()
    opened = time.perf_counter()
    QTest.keyClicks(window.palette_panel.edit, "f")
    window.palette_panel.repaint()
    answered = time.perf_counter()
    assert opened - begun < 0.5
    assert answered - opened < 0.5


def test_the_model_keeps_qts_promises(qtmodeltester, qapp):
    model = OfferModel(qapp)
    model.show_offers([Offer("a", ("a",), "A", "F1"), Offer("b", ("b",), "B", why="no")])
    model.add_offers([Offer("c", ("c",), "C")])
    qtmodeltester.check(model)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "A, F1"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "B, no"
    assert model.rowCount() == 3
