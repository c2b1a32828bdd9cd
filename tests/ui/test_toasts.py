"""Messages: at most three, newest first, in the language of now, and never in the way."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.views.toasts import MOST, STAYS_MS, Toasts


@pytest.fixture
def toasts(qtbot, words, theme) -> Toasts:
    host = QWidget()
    host.resize(1200, 700)
    qtbot.addWidget(host)
    host.show()
    made = Toasts(host, words, theme)
    made.host = host
    return made


def said(toasts: Toasts) -> list[str]:
    return [card.text for card in toasts.shown]


def test_nothing_is_shown_to_begin_with(toasts: Toasts):
    assert not toasts.isVisible()


def test_the_newest_is_on_top_and_the_oldest_makes_room(toasts: Toasts):
    keys = ("done.file", "done.sign", "done.undo", "frame.busy", "frame.attention_settled.note")
    for key in keys:
        toasts.show_toast(key, {"number": "1"}, "done")
    assert [card.key for card in toasts.shown] == list(reversed(keys))[:MOST]


def test_a_newer_one_of_its_kind_takes_its_place(toasts: Toasts):
    toasts.show_toast("done.file", {"number": "1"}, "done")
    toasts.show_toast("done.file", {"number": "2"}, "done")
    assert said(toasts) == ["已立案 2"]


def test_the_urgency_above_is_never_covered(toasts: Toasts):
    toasts.show_toast("done.file", {"number": "1"}, "done")
    assert toasts.geometry().top() > toasts.host.height() // 2
    assert toasts.geometry().bottom() < toasts.host.height()


def test_the_same_again_does_not_pile_up(toasts: Toasts):
    for _ in range(4):
        toasts.show_toast("frame.busy", {})
    assert len(toasts.shown) == 1


def test_a_click_takes_one_away(toasts: Toasts):
    toasts.show_toast("done.file", {"number": "1"})
    toasts.show_toast("frame.busy", {})
    QTest.mouseClick(toasts.shown[0], Qt.MouseButton.LeftButton)
    assert said(toasts) == ["已立案 1"]
    QTest.mouseClick(toasts.shown[0], Qt.MouseButton.LeftButton)
    assert not toasts.isVisible()


def test_time_takes_it_away(toasts: Toasts, qtbot, monkeypatch):
    monkeypatch.setitem(STAYS_MS, "told", 60)
    toasts.show_toast("frame.busy", {})
    qtbot.waitUntil(lambda: not toasts.shown, timeout=2000)
    assert not toasts.isVisible()


def test_a_refusal_stays_longer_than_good_news():
    assert STAYS_MS["urgent"] > STAYS_MS["refused"] > STAYS_MS["done"]


def test_it_lies_in_the_bottom_right_corner_and_shows_all_its_words(toasts: Toasts):
    toasts.show_toast("refused.store-on-network-share", {}, "refused")
    card = toasts.shown[0]
    place = toasts.geometry()
    assert place.right() <= toasts.host.width()
    assert place.left() > toasts.host.width() // 2
    assert place.bottom() > toasts.host.height() - 40
    assert card._label.heightForWidth(card._label.width()) <= card._label.height()


def test_another_language_is_spoken_at_once(toasts: Toasts, words):
    toasts.show_toast("refused.own-request", {}, "refused")
    words.use("en")
    assert said(toasts) == ["Nobody decides his own request. Leave it to a colleague."]


def test_an_open_sheet_is_not_covered(window: MainWindow):
    window.acts.act("key_sheet")
    window.seat.toast("frame.busy", {}, "told")
    left_of_sheet = window.sheet.mapTo(window, QPoint(0, 0)).x()
    right_of_toast = window.toasts.mapTo(window, QPoint(window.toasts.width(), 0)).x()
    assert right_of_toast <= left_of_sheet


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (1920, 1040)])
def test_neither_the_case_nor_its_clocks_nor_the_foot_of_the_list_are_covered(
    whole_window: MainWindow, size, until
):
    whole_window.resize(*size)
    for key in ("frame.busy", "refused.own-request", "frame.why.no-case"):
        whole_window.seat.toast(key, {}, "refused")
    until(lambda: len(whole_window.toasts.shown) == 3)
    bench = whole_window.workbench
    for part in (bench.pane, bench.side.count):
        place = part.rect().translated(part.mapTo(whole_window._ground, QPoint(0, 0)))
        assert not whole_window.toasts.geometry().intersects(place)


def test_it_follows_the_list_wherever_that_goes(whole_window: MainWindow, until):
    whole_window.seat.toast("frame.busy", {}, "told")
    before = whole_window.toasts.geometry()
    whole_window.workbench._splitter.setSizes([500, 800])
    until(lambda: whole_window.toasts.geometry() != before)
    right = whole_window.workbench.pane.mapTo(whole_window._ground, QPoint(0, 0)).x()
    assert whole_window.toasts.geometry().right() < right
    whole_window.acts.act("new_intake")
    until(lambda: whole_window.toasts.geometry().right() > right)


def test_a_message_that_is_taken_away_twice_is_gone_once(toasts):
    toasts.show_toast("frame.broken", {"name": "a"})
    (card,) = toasts.shown
    toasts.drop(card)
    toasts.drop(card)
    assert toasts.shown == ()
