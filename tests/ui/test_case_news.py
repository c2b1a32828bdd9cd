"""A case that changes while its form is open: the form says so at once and asks before it writes over it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import AddNote, Amend, Classify, Dispatch
from app.domain.refused import Refused
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press, write
from ui.main_window import MainWindow
from ui.views.forms.case_form import CaseForm

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MINE, THEIRS = "幸福里12号楼3单元", "和平路20号"


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def opened(window: MainWindow, until, key, modifier=NONE) -> CaseForm:
    press(window, key, modifier)
    until(lambda: form(window) is not None and window.runner.is_idle)
    return form(window)


def send(window: MainWindow, until) -> None:
    press(window, Key.Key_Return, CTRL)
    QTest.qWait(20)
    until(lambda: window.runner.is_idle)


@pytest.fixture
def amending(window: MainWindow, until):
    """The address of a case is being corrected."""
    shown = opened(window, until, Key.Key_E)
    shown.address.setFocus()
    shown.address.selectAll()
    write(window, MINE)
    return shown


def test_a_field_that_a_colleague_corrects_meanwhile_is_not_written_over_unasked(
    window, amending, desk: FakeDesk, until
):
    about = amending.case.id
    desk.colleague_amends(about, address=THEIRS)
    until(lambda: amending.news.isVisible())
    for part in ("李四", "11-23 14:02", THEIRS):
        assert part in amending.news.text
    assert amending.address.text() == MINE, "what is being typed stays"
    send(window, until)
    assert not desk.sent
    assert "再提交一次" in amending.refusal
    send(window, until)
    assert desk.sent == [Amend(case_id=about, address=MINE)]


def test_what_nobody_touched_here_follows_and_is_not_sent_back(window, amending, desk, until):
    about = amending.case.id
    desk.colleague_amends(about, title="标题由李四改过", street="XH", community="XH-2")
    until(lambda: amending.news.isVisible())
    assert amending.title.text() == "标题由李四改过"
    assert amending.place.value == "XH-2"
    send(window, until)
    assert desk.sent == [Amend(case_id=about, address=MINE)], "nothing is in dispute, nothing asked"


def test_the_same_correction_by_both_is_no_dispute(window, amending, desk, until):
    desk.colleague_amends(amending.case.id, address=MINE)
    until(lambda: amending.news.isVisible())
    send(window, until)
    assert not desk.sent
    assert amending.refusal == window.seat.words.refusal("nothing-changed", {})


def test_a_draft_of_before_a_correction_does_not_write_over_it(
    window, amending, desk: FakeDesk, until
):
    about = amending.case.id
    press(window, Key.Key_Escape)
    until(lambda: form(window) is None and window.runner.is_idle)
    desk.colleague_amends(about, address=THEIRS, title="标题由李四改过")
    until(lambda: window.workbench.view.dossier.case.address == THEIRS)
    again = opened(window, until, Key.Key_E)
    assert again.address.text() == MINE
    assert again.title.text() == "标题由李四改过"
    assert again.news.isVisible()
    assert THEIRS in again.news.text
    send(window, until)
    assert not desk.sent
    send(window, until)
    assert desk.sent == [Amend(case_id=about, address=MINE)]


def test_every_form_says_what_others_do_to_its_case(window, desk: FakeDesk, until):
    shown = opened(window, until, Key.Key_F5)
    desk.colleague_does(shown.case.id, Classify(case_id=shown.case.id, category="SZ-02"))
    until(lambda: shown.news.isVisible())
    assert "李四" in shown.news.text
    assert "路灯" in shown.news.text
    send(window, until)
    assert not desk.sent, "the limits may be others now"
    send(window, until)
    assert desk.sent


def test_a_remark_of_a_colleague_is_told_but_stands_in_nobodys_way(window, desk, until):
    shown = opened(window, until, Key.Key_F5)
    desk.colleague_does(shown.case.id, AddNote(case_id=shown.case.id, text="已电话核实"))
    until(lambda: shown.news.isVisible())
    assert "已电话核实" in shown.news.text
    send(window, until)
    assert desk.sent


def test_ones_own_steps_are_no_news(window, desk: FakeDesk, until, monkeypatch):
    shown = opened(window, until, Key.Key_F5)
    shown.category.use("SZ-02")
    shown.unit._choose("SWJ")
    send_ = desk.send

    async def no_dispatch(command, *over):
        if isinstance(command, Dispatch):
            raise Refused("unit-unknown", unit="SWJ")
        return await send_(command, *over)

    monkeypatch.setattr(desk, "send", no_dispatch)
    send(window, until)
    assert [type(one) for one in desk.sent] == [Classify]
    assert shown.refusal
    assert not shown.news.isVisible()
