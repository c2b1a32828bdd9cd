"""A reporter in clear: asked for by keys and with a reason, shown with who looks, and gone at every turn."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel

from app.domain.commands import AddNote
from app.services.queries import Queue, SyncState
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press, texts, write
from tests.ui.test_lock import heard, seen
from ui.main_window import MainWindow
from ui.verbs import BY_NAME
from ui.views.clear_person import ClearPerson
from ui.views.forms.reveal import RevealForm

pytestmark = pytest.mark.ui
Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAME, PHONE, ID = "欧阳春天", "13912345678", "440301199001011234"
SECRETS = {NAME, PHONE, ID}


@pytest.fixture
def window(whole_window: MainWindow, until) -> MainWindow:
    bench = whole_window.workbench
    bench.use_queue(Queue.DISPATCH)
    until(lambda: bench.view and bench.view.suggested == "dispatch" and whole_window.runner.is_idle)
    return whole_window


@pytest.fixture
def shown(window: MainWindow, until) -> MainWindow:
    ask(window)
    until(lambda: window.workbench.person.is_clear and window.runner.is_idle)
    return window


def ask(window: MainWindow, words: str = "") -> None:
    """By keys alone."""
    press(window, Key.Key_P)
    press(window, Key.Key_1)
    if words:
        press(window, Key.Key_Return)
        write(window, words)
    press(window, Key.Key_Return, CTRL)


def card(window: MainWindow) -> ClearPerson:
    return window.workbench.person


def all_of_it(window: MainWindow) -> str:
    """Whatever can be seen, heard, or is kept by a label."""
    labels = [one.text() + one.accessibleName() for one in window.findChildren(QLabel)]
    told = heard(QAccessible.queryAccessibleInterface(window))
    return " ".join((*labels, *told, *seen(window)))


def betrayed(window: MainWindow) -> set[str]:
    return {one for one in SECRETS if one in all_of_it(window)}


def test_by_keys_with_a_reason_who_it_is_and_who_looks(window, desk: FakeDesk, until):
    about = window.workbench.selected
    assert not betrayed(window)
    ask(window, "约回访时间")
    until(lambda: card(window).is_clear)
    assert desk.reveals == [("zhang", about, "callback 约回访时间")]
    assert window.sheet.content is None
    assert betrayed(window) == SECRETS
    assert card(window).watermark == "zhang  2026-11-23 14:02"
    assert card(window).countdown == "30:00 后遮蔽"
    desk.pass_time(minutes=1, seconds=1)
    card(window).look()
    assert card(window).countdown == "28:59 后遮蔽"


def test_a_screen_reader_hears_what_each_line_is(shown, words, until):
    assert card(shown).spoken == f"诉求人（已显示明文） 姓名：{NAME} 电话：{PHONE} 证件号：{ID}"
    named = {one.accessibleName() for one in card(shown).values.values() if one.isVisible()}
    assert named == {f"姓名：{NAME}", f"电话：{PHONE}", f"证件号：{ID}"}
    words.use("en")
    assert f"Phone: {PHONE}" in card(shown).spoken
    words.use("zh")


def test_without_a_purpose_nothing_is_asked(window, desk: FakeDesk):
    press(window, Key.Key_P)
    press(window, Key.Key_Return, CTRL)
    assert isinstance(form(window), RevealForm)
    assert "请选择：为什么查看" in seen(window)
    assert not desk.reveals


def test_a_unit_is_told_whom_to_turn_to(window, desk: FakeDesk, until):
    assert window.workbench.pane.look.isVisible()
    window.acts.seating.seat("chen")
    until(lambda: desk.me.login == "chen" and window.runner.is_idle)
    window.acts.open_case("case-001")
    until(lambda: window.workbench.view is not None and window.runner.is_idle)
    assert not window.workbench.pane.look.isVisible()
    window.acts.act("reveal")
    assert window.sheet.content is None
    assert "中心值班长" in texts(window)[0]
    assert window.acts.why_not(BY_NAME["reveal"]) is not None


@pytest.mark.parametrize(
    ("trouble", "said"),
    [("cut", "连不上中心"), ("refuse", "不在您的范围内")],
)
def test_a_no_and_a_centre_out_of_reach_are_said_beside_the_form(
    window, desk: FakeDesk, until, trouble: str, said: str
):
    desk.cut() if trouble == "cut" else desk.refuse("case-missing")
    ask(window)
    until(lambda: window.runner.is_idle)
    asked = form(window)
    assert asked is not None
    assert said in asked.refusal
    assert not card(window).is_clear
    press(window, Key.Key_Return, CTRL)
    until(lambda: card(window).is_clear)


def test_who_is_cut_off_is_told_before_he_fills_it_in(window, desk: FakeDesk):
    desk.go(SyncState(online=False, waiting=0, attention=0, code="centre"))
    press(window, Key.Key_P)
    asked = form(window)
    assert asked is not None
    assert "只存在中心" in asked.refusal


def test_after_half_an_hour_he_is_masked_by_itself(shown, desk: FakeDesk, until):
    desk.pass_time(minutes=29, seconds=59)
    card(shown).look()
    assert betrayed(shown) == SECRETS
    desk.pass_time(seconds=1)
    until(lambda: not card(shown).is_clear)
    assert not betrayed(shown)


def test_a_clock_that_went_back_shows_nobody_for_longer(shown, desk: FakeDesk):
    desk.pass_time(minutes=-5)
    card(shown).look()
    assert not card(shown).is_clear


def other_case(window: MainWindow) -> None:
    press(window, Key.Key_J)


def curtain(window: MainWindow) -> None:
    press(window, Key.Key_F12)


def other_person(window: MainWindow) -> None:
    window.acts.seating.seat("li")


def by_hand(window: MainWindow) -> None:
    press(window, Key.Key_P)
    press(window, Key.Key_Tab)
    window.workbench.person.hide_now.setFocus()
    press(window, Key.Key_Space)


def end(window: MainWindow) -> None:
    window.close()


TURNS = (other_case, curtain, other_person, by_hand, end)


@pytest.mark.parametrize("turn", TURNS)
def test_at_every_turn_he_is_masked_at_once(shown, until, turn):
    turn(shown)
    until(lambda: not card(shown).is_clear and shown.runner.is_idle)
    assert not betrayed(shown)
    assert not card(shown).watermark


@pytest.mark.parametrize("turn", [other_case, curtain, other_person, end])
def test_an_answer_that_comes_after_it_is_shown_to_nobody(window, desk: FakeDesk, until, turn):
    desk.holds_back = asyncio.Event()
    ask(window)
    until(lambda: desk.reveals)
    window.workbench.focus_list()
    turn(window)
    until(lambda: turn is end or window.is_locked or window.sheet.content is None)
    desk.holds_back.set()
    until(lambda: window.runner.is_idle)
    assert not card(window).is_clear
    assert not betrayed(window)


def test_an_answer_to_a_form_that_was_left_is_shown_to_nobody(window, desk: FakeDesk, until):
    """Nothing else has changed: the same case, the same person, the same list."""
    desk.holds_back = asyncio.Event()
    ask(window)
    until(lambda: desk.reveals)
    press(window, Key.Key_Escape)
    until(lambda: window.sheet.content is None)
    desk.holds_back.set()
    until(lambda: window.runner.is_idle)
    assert not card(window).is_clear
    assert not betrayed(window)


def test_while_another_case_is_on_its_way_nobody_is_shown_over_it(
    window, desk: FakeDesk, until, monkeypatch
):
    """The row of the other one is there already, and the form is not put away yet."""
    comes, case = asyncio.Event(), desk.case

    async def slowly(case_id: str):
        await comes.wait()
        return await case(case_id)

    desk.holds_back = asyncio.Event()
    ask(window)
    until(lambda: desk.reveals)
    monkeypatch.setattr(desk, "case", slowly)
    bench = window.workbench
    bench.open_case(bench.model.row_at(bench.model.rowCount() - 1).id)  # too far to be read ahead
    until(lambda: bench.view is None)
    desk.holds_back.set()
    until(lambda: window.acts.revealing._asked is None)
    assert not card(window).is_clear
    assert not betrayed(window)
    comes.set()
    until(lambda: window.runner.is_idle)
    assert not card(window).is_clear


def same_person(desk: FakeDesk, one: str, other: str) -> None:
    first = desk.dossiers[one].case
    desk.colleague(other, reporter_masked=first.reporter_masked, phone_masked=first.phone_masked)


def test_over_another_case_of_the_same_person_that_is_on_its_way_nobody_is_shown(
    shown, desk: FakeDesk, until, monkeypatch
):
    bench, comes, case = shown.workbench, asyncio.Event(), desk.case
    other = bench.model.row_at(bench.model.rowCount() - 1).id
    same_person(desk, bench.selected, other)
    until(lambda: shown.runner.is_idle)
    assert card(shown).is_clear

    async def slowly(case_id: str):
        await comes.wait()
        return await case(case_id)

    monkeypatch.setattr(desk, "case", slowly)
    bench.open_case(other)
    until(lambda: bench.view is None)
    assert not card(shown).is_clear
    comes.set()
    until(lambda: bench.view is not None and shown.runner.is_idle)
    assert not card(shown).is_clear


def test_over_another_case_of_the_same_person_that_is_at_hand_nobody_is_shown(
    window, desk: FakeDesk, until
):
    """It was read ahead, and comes at once."""
    bench = window.workbench
    first, other = bench.selected, bench.model.row_at(1).id
    same_person(desk, first, other)
    for step in (bench.go_next, bench.go_previous):
        step()
        until(lambda: bench.view is not None and window.runner.is_idle)
    assert bench.selected == first
    ask(window)
    until(lambda: card(window).is_clear and window.runner.is_idle)
    bench.go_next()
    assert bench.view.dossier.case.id == other
    assert not card(window).is_clear


def test_news_of_the_case_leave_him_there_but_a_correction_does_not(shown, desk: FakeDesk, until):
    about = shown.workbench.selected
    assert about is not None
    desk.colleague_does(about, AddNote(case_id=about, text="已联系"))
    until(lambda: shown.runner.is_idle)
    assert card(shown).is_clear
    desk.colleague(about, phone_masked="138****0000")
    until(lambda: not card(shown).is_clear)


def test_the_number_is_copied_by_keys_and_does_not_stay(shown, desk: FakeDesk, until):
    press(shown, Key.Key_P)
    assert shown.focusWidget() is card(shown).values["phone"]
    for key in (Key.Key_A, Key.Key_C):
        press(shown, key, CTRL)
    assert QGuiApplication.clipboard().text() == PHONE
    card(shown).values["name"].setFocus()
    for key in (Key.Key_A, Key.Key_C):
        press(shown, key, CTRL)
    assert QGuiApplication.clipboard().text() == NAME
    shown.acts.seating.seat("li")
    until(lambda: desk.me.login == "li" and shown.runner.is_idle)
    assert QGuiApplication.clipboard().text() == ""


def test_nothing_of_it_is_kept(shown, desk: FakeDesk):
    assert not desk.sent
    assert not desk.kept_drafts
    assert not [one for one in SECRETS if one in repr(desk.remembered)]
    assert not [one for one in SECRETS if one in repr(vars(shown.acts.revealing))]
