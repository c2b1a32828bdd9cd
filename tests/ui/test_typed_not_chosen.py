"""What is typed into a box of names and not chosen is never gone without a word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.views.intake import IntakeForm
from ui.views.name_picker import NamePicker

pytestmark = pytest.mark.ui
Key = Qt.Key


@pytest.fixture
def form(qtbot, screen, until):
    form = IntakeForm(screen)
    qtbot.addWidget(form)
    form.resize(1318, 900)
    form.show()
    qtbot.waitExposed(form)
    return form


@pytest.fixture
def place(form):
    form.fields.place.take_focus()
    return form.fields.place


def test_tab_takes_what_is_looked_at_as_return_does(form, place):
    QTest.keyClicks(place.box, "hp")
    QTest.keyClick(place.box, Key.Key_Tab)
    assert place.value
    assert not place.box.hasFocus()
    assert place.box.text() == place._name(place.value)


def test_tab_through_an_untouched_box_chooses_nothing(form, place):
    QTest.keyClick(place.box, Key.Key_Tab)
    assert not place.value
    assert not place.box.hasFocus()


def test_what_names_nothing_goes_with_a_word(form, place, told):
    QTest.keyClicks(place.box, "zzzz")
    QTest.keyClick(place.box, Key.Key_Tab)
    assert (place.value, place.box.text()) == ("", "")
    assert [(key, facts["text"]) for key, facts, *_ in told.toasts] == [
        ("picker.not_chosen", "zzzz")
    ]


def test_a_look_at_another_window_leaves_what_was_typed(form, place, told, monkeypatch):
    QTest.keyClicks(place.box, "hp")
    monkeypatch.setattr(
        NamePicker, "_is_at", property(lambda _: False)
    )  # nobody has the focus then
    away = QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    place.eventFilter(place.box, away)
    assert place.box.text() == "hp"
    assert told.toasts == []


def test_the_list_leaves_what_is_wrong_readable(form, place):
    field = next(one for one in form.fields.column.fields if one.control is place)
    QTest.keyClick(place.box, Key.Key_Tab)
    field.blame("请选择：街道或社区")
    place.take_focus()
    QApplication.processEvents()
    assert place.list.isVisible()
    said = field._trouble
    top = said.mapTo(form.fields, said.rect().bottomLeft()).y()
    assert place.list.geometry().top() > top


def test_what_is_pasted_into_a_line_stays_one_line(form):
    QGuiApplication.clipboard().setText("金田路\r\n 阳光花园\u2028 3栋\n")
    form.fields.address.setFocus()
    form.fields.address.paste()
    assert form.fields.address.text() == "金田路 阳光花园 3栋"
