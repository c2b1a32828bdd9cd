"""A notice on its way, on screen: said with its seconds, kept back by one key, also from another case."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.commands import CallBackNotice, RecordNotice
from app.domain.holding import CALLED_BACK
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press
from ui.main_window import MainWindow
from ui.views.forms.by_kind import FORMS
from ui.views.held_card import HeldCard

pytestmark = pytest.mark.article(28, 29)
Key = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
#: With a unit that has signed.
ABOUT, OTHER = "case-004", "case-012"


def show(window: MainWindow, case_id: str, until) -> None:
    window.workbench.open_case(case_id)
    until(lambda: window.workbench.view is not None)
    until(lambda: window.workbench.view.dossier.case.id == case_id)
    until(lambda: window.runner.is_idle)


def told(window: MainWindow, desk: FakeDesk, until, method: str = "SMS") -> None:
    """The notice is written in its form, as the template has it."""
    press(window, Key.Key_N, ALT | SHIFT)
    until(lambda: form(window))
    made = form(window)
    made.notice_kind.choose("1")
    made.method.choose(method)
    before = len(desk.sent)
    press(window, Key.Key_Return, CTRL)
    until(lambda: len(desk.sent) > before and window.runner.is_idle)


def test_what_is_held_is_said_with_its_seconds_and_kept_back_by_one_key(
    whole_window: MainWindow, desk: FakeDesk, until
):
    show(whole_window, ABOUT, until)
    told(whole_window, desk, until)
    card = whole_window.workbench.pane.held
    until(lambda: "30 秒后发出" in card.text)
    assert "受理告知（短信）李**" in card.text
    desk.pass_time(seconds=12)
    card.tick(desk.now())
    assert "18 秒后发出" in card.text
    press(whole_window, Key.Key_Z, CTRL | SHIFT)
    until(lambda: isinstance(desk.sent[-1], CallBackNotice) and whole_window.runner.is_idle)
    (one,) = [one for one in desk.dossiers[ABOUT].notices if one.kind == "1"]
    assert one.status == CALLED_BACK
    until(lambda: not card.text)


def test_when_it_has_left_nothing_is_said_and_the_key_says_why(
    whole_window: MainWindow, desk: FakeDesk, until
):
    show(whole_window, ABOUT, until)
    told(whole_window, desk, until)
    desk.pass_time(seconds=30)
    card = whole_window.workbench.pane.held
    card.tick(desk.now())
    assert card.text == ""
    press(whole_window, Key.Key_Z, CTRL | SHIFT)
    assert not any(isinstance(one, CallBackNotice) for one in desk.sent)


def test_the_key_reaches_the_notice_of_a_case_that_is_not_shown_any_more(
    whole_window: MainWindow, desk: FakeDesk, until
):
    show(whole_window, ABOUT, until)
    told(whole_window, desk, until)
    show(whole_window, OTHER, until)
    press(whole_window, Key.Key_Z, CTRL | SHIFT)
    until(lambda: isinstance(desk.sent[-1], CallBackNotice))
    assert desk.sent[-1].case_id == ABOUT


def test_a_call_is_held_by_nobody(whole_window: MainWindow, desk: FakeDesk, until):
    show(whole_window, ABOUT, until)
    told(whole_window, desk, until, "PHONE")
    assert whole_window.workbench.pane.held.text == ""


def test_the_card_of_no_case_is_empty(screen, qtbot):
    card = HeldCard(screen)
    qtbot.addWidget(card)
    card.show_view(None)
    assert card.text == ""


@pytest.fixture
def notice(screen, desk, qtbot):
    made = FORMS["record_notice"](screen, desk._view(desk.dossiers[ABOUT]))
    qtbot.addWidget(made)
    return made


def test_the_words_come_from_the_template_and_name_what_is_missing(notice):
    notice.notice_kind.choose("1")
    assert "SZPS20261123000004" in notice.words.text
    assert "〔" not in notice.words.text
    notice.notice_kind.choose("2")
    assert "〔办理结果〕" in notice.words.text
    assert notice._told.hinted == "还缺：办理结果"
    sent = []
    notice.submitted.connect(sent.append)
    notice.submit()
    assert not sent
    notice.words.setPlainText(notice.words.text.replace("〔办理结果〕", "已修复。"))
    assert notice._told.hinted == ""
    notice.submit()
    assert [one.text for (one,) in sent] == [notice.words.text]


def test_ones_own_words_stay_when_the_kind_changes(notice):
    notice.notice_kind.choose("1")
    notice.words.setPlainText("您好，已安排人员到场。")
    notice.notice_kind.choose("96")
    assert notice.words.text == "您好，已安排人员到场。"


def test_a_call_that_nobody_answered_needs_no_words(notice):
    notice.notice_kind.choose("2")
    notice.method.choose("PHONE")
    notice.call.choose("MISSED")
    (wish,) = notice._commands()
    task = notice.which.task_id
    given = RecordNotice(case_id=ABOUT, notice_kind="2", method="PHONE", text="", task_id=task)
    assert wish == replace(given, is_missed=True)
    assert not notice.column.missing
    notice.method.choose("SMS")
    assert not notice._commands()[0].is_missed
    assert notice._call.isHidden()
