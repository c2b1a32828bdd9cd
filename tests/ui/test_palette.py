"""Ctrl+K: everything is in it, by initials, pinyin, English or Chinese, with its keys or the reason why not."""

import sys
import time
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.main_window import MainWindow
from ui.verbs import VERBS
from ui.views.offer_list import Offer, OfferModel
from ui.views.palette import Palette


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


def test_finding_nothing_is_said_once_it_is_known(panel: Palette, until):
    assert not panel.nothing.isVisible()
    QTest.keyClicks(panel.edit, "qzqz")
    assert not panel.nothing.isVisible()  # cases are still looked for
    until(panel.nothing.isVisible)
    assert panel.nothing.text() == "没有找到"
    panel.edit.clear()
    assert not panel.nothing.isVisible()


def test_another_person_can_be_chosen(panel: Palette, window: MainWindow, until, desk):
    QTest.keyClicks(panel.edit, "ls")
    until(lambda: "person:li" in codes(panel))
    panel._mark(codes(panel).index("person:li"))
    QTest.keyClick(panel.edit, Qt.Key.Key_Return)
    until(lambda: desk.me.login == "li")


#: How much dearer than a bare line over a bare list of the same names the palette may be.
MOST_TO_OPEN, MOST_TO_ANSWER = 4.0, 6.0
ROUNDS = 12


class BareList(QFrame):
    """The least that could stand there: a line, and a list of the names that hold what was typed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setGeometry(window.palette_panel._place(window.rect()))
        self.edit, self.list, self.texts = QLineEdit(), QListView(), QStringListModel(self)
        self.list.setModel(self.texts)
        column = QVBoxLayout(self)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        self.names = [offer.shown for offer in window.palette_panel._offers()]
        self.edit.textChanged.connect(self.search)
        self.hide()

    def search(self, typed: str) -> None:
        self.texts.setStringList([one for one in self.names if typed in one])

    def open(self) -> None:
        self.edit.clear()
        self.search("")
        self.show()
        self.edit.setFocus()


def took(act: Callable[[], None], shown: QWidget) -> float:
    begun = time.process_time()
    act()
    shown.repaint()
    return (time.process_time() - begun) * 1000


def test_it_opens_and_answers_at_a_price_near_that_of_a_bare_list(window: MainWindow):
    """Of the processor's time, as others work beside: the quickest of many rounds; only ratios fail."""
    panel, bare = window.palette_panel, BareList(window)
    panel.warm()
    costs: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, one, opens, closes in (
            ("palette", panel, partial(window.acts.act, "palette"), panel.hide_palette),
            ("bare", bare, bare.open, bare.hide),
        ):
            costs.setdefault(f"{name} opens", []).append(took(opens, one))
            types = partial(QTest.keyClicks, one.edit, "f")
            costs.setdefault(f"{name} answers", []).append(took(types, one))
            closes()
    best = {name: min(some) for name, some in costs.items()}
    sys.stdout.write("".join(f"{name}: {ms:.1f} ms\n" for name, ms in best.items()))
    assert best["palette opens"] < MOST_TO_OPEN * best["bare opens"]
    assert best["palette answers"] < MOST_TO_ANSWER * best["bare answers"]


def test_the_model_keeps_qts_promises(qtmodeltester, qapp):
    model = OfferModel(qapp)
    model.show_offers([Offer("a", ("a",), "A", "F1"), Offer("b", ("b",), "B", why="no")])
    model.add_offers([Offer("c", ("c",), "C")])
    qtmodeltester.check(model)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "A, F1"
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "B, no"
    assert model.rowCount() == 3
