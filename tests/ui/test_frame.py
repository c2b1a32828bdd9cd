"""The window: verbs are acted on, wishes are sent, refusals stay with the form, what was done can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.commands import AddNote, Dispatch, File, Register
from app.services.ports import Unreachable
from app.services.queries import Attention, Done, Draft, SyncState
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import press, texts
from tests.ui.placeholders import DispatchForm, IntakeForm, NoteForm
from ui.main_window import MainWindow
from ui.sentences import LANGUAGES
from ui.wording import Wording

Key = Qt.Key
Control, Alt, Shift = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def opened(window: MainWindow, until):
    """The window with a case open."""

    def open_case(case_id: str) -> MainWindow:
        window.workbench.open_case(case_id)
        until(lambda: window.workbench.view is not None)
        return window

    return open_case


@pytest.fixture
def form(window: MainWindow):
    return lambda: window.sheet.content


def test_the_list_has_the_focus_to_begin_with(window: MainWindow):
    assert window.focusWidget() is window.workbench.list


def test_bare_letters_act_in_the_list(window: MainWindow):
    for key in (Key.Key_J, Key.Key_K, Key.Key_N, Key.Key_V):
        press(window, key)
    assert window.workbench.asked[-4:] == ["next", "previous", "apply_order", "timeline"]


def test_bare_letters_are_letters_in_a_line(window: MainWindow):
    before = list(window.workbench.asked)
    window.workbench.search.setFocus()
    QTest.keyClicks(window.workbench.search, "jknfG2?/")
    assert window.workbench.search.text() == "jknfG2?/"
    assert window.workbench.asked == before
    assert window.sheet.content is None


def test_twins_act_while_text_is_typed(window: MainWindow):
    window.workbench.search.setFocus()
    press(window, Key.Key_J, Alt)
    assert window.workbench.asked[-1] == "next"


def test_a_chord_goes_to_a_queue(window: MainWindow):
    press(window, Key.Key_G)
    press(window, Key.Key_3)
    assert window.workbench.asked[-1] == "queue SIGN"


def test_a_form_opens_over_the_case_and_its_wish_is_sent(opened, desk: FakeDesk, until, form):
    window = opened("case-001")
    press(window, Key.Key_F5)
    assert isinstance(form(), DispatchForm)
    assert window.focusWidget() is form().line
    QTest.keyClicks(form().line, "CGJ")
    form().submit.click()
    until(lambda: form() is None)
    assert desk.sent == [Dispatch(case_id="case-001", unit="CGJ")]
    assert "区城市管理和综合执法局" in window.strip.text
    assert window.workbench.asked[-1] == "on from case-001"
    assert window.focusWidget() is window.workbench.list


def test_after_a_remark_the_case_stays(opened, desk: FakeDesk, until, form):
    window = opened("case-001")
    press(window, Key.Key_M, Control)
    form().line.setText("已电话核实")
    form().submit.click()
    until(lambda: form() is None)
    assert "next" not in window.workbench.asked


def test_a_refusal_stays_with_the_form(opened, desk: FakeDesk, until, form):
    window = opened("case-001")
    press(window, Key.Key_F5)
    form().line.setText("CGJ")
    desk.refuse("unit-inactive", unit="CGJ")
    form().submit.click()
    until(lambda: form().refusals)
    assert form().refusals == ["unit-inactive"]
    assert form().line.text() == "CGJ"
    assert not window.toasts.shown
    assert window.strip.latest is None


def test_a_command_without_a_form_is_sent_at_once(opened, desk: FakeDesk, until):
    window = opened("case-000")
    press(window, Key.Key_F)
    until(lambda: desk.sent)
    assert desk.sent == [File(case_id="case-000")]
    assert window.sheet.content is None


def test_its_refusal_is_told_in_a_toast(opened, desk: FakeDesk, until):
    window = opened("case-000")
    desk.refuse("filing-incomplete", missing=("address-missing",))
    press(window, Key.Key_F)
    until(lambda: window.toasts.shown)
    assert "地址" in texts(window)[0]
    assert not desk.sent


def test_a_verb_that_is_not_possible_says_why(opened, desk: FakeDesk):
    window = opened("case-000")
    press(window, Key.Key_C)
    assert "待立案" in texts(window)[0]
    assert not desk.sent


def test_without_a_case_a_verb_asks_for_one(window: MainWindow):
    press(window, Key.Key_F5)
    assert texts(window) == ["请先打开一件"]


def test_undo_takes_the_last_act_back(opened, desk: FakeDesk, until):
    window = opened("case-000")
    press(window, Key.Key_F)
    until(lambda: window.strip.latest)
    assert desk.dossiers["case-000"].case.filed_at is not None
    press(window, Key.Key_Z, Control)
    until(lambda: texts(window))
    assert desk.dossiers["case-000"].case.filed_at is None
    assert window.strip.latest is None
    assert not window.strip.isVisible()


def test_undo_with_nothing_to_undo_says_so(window: MainWindow, until):
    press(window, Key.Key_Z, Control)
    until(lambda: texts(window))
    assert texts(window) == ["没有可以撤销的操作。"]


def test_in_a_line_undo_belongs_to_the_line(opened, desk: FakeDesk, until):
    window = opened("case-000")
    press(window, Key.Key_F)
    until(lambda: window.strip.latest)
    window.workbench.search.setFocus()
    QTest.keyClicks(window.workbench.search, "abc")
    press(window, Key.Key_Z, Control)
    assert desk.dossiers["case-000"].case.filed_at is not None


@pytest.mark.fault("F15")
def test_the_disk_being_away_is_told_below_and_the_form_stays(opened, desk: FakeDesk, until, form):
    window = opened("case-001")
    press(window, Key.Key_M, Control)
    form().line.setText("别丢")
    desk.cut("disk")
    form().submit.click()
    until(lambda: window.runner.is_idle)
    assert "磁盘" in window.status._trouble.full
    assert form().line.text() == "别丢"


def test_once_something_could_be_written_the_trouble_with_the_disk_is_over(
    opened, desk: FakeDesk, until
):
    window = opened("case-000")
    window._on_unreachable(Unreachable("disk"))
    window.pages.drafted.emit()
    until(lambda: not window.status._trouble.isVisible())
    window._on_unreachable(Unreachable("disk"))
    press(window, Key.Key_F)
    until(lambda: desk.sent)
    until(lambda: not window.status._trouble.isVisible())


def test_esc_puts_the_sheet_away_and_gives_the_focus_back(opened, form):
    window = opened("case-001")
    press(window, Key.Key_M, Control)
    press(window, Key.Key_Escape)
    assert form() is None
    assert window.focusWidget() is window.workbench.list


def test_case_keys_sleep_while_a_form_is_filled_in(opened, form):
    window = opened("case-001")
    press(window, Key.Key_M, Control)
    note = form()
    press(window, Key.Key_F5)
    press(window, Key.Key_Return, Control)
    assert form() is note
    assert isinstance(note, NoteForm)


def test_intake_registers_and_what_follows_is_about_the_new_case(
    window: MainWindow, desk: FakeDesk, until
):
    press(window, Key.Key_F2)
    page = window.pages.currentWidget()
    assert isinstance(page, IntakeForm)
    QTest.keyClicks(page.line, "manhole")
    page.submit.click()
    until(lambda: len(desk.sent) == 2)
    assert isinstance(desk.sent[0], Register)
    made = next(one.case.id for one in desk.dossiers.values() if one.case.narrative == "manhole")
    assert desk.sent[1] == AddNote(case_id=made, text="登记时所记")
    assert window.pages.currentWidget() is window.workbench


def test_a_half_typed_intake_waits_behind_the_workbench(window: MainWindow):
    press(window, Key.Key_F2)
    page = window.pages.currentWidget()
    QTest.keyClicks(page.line, "half")
    press(window, Key.Key_1, Control)
    assert window.pages.currentWidget() is window.workbench
    press(window, Key.Key_2, Control)
    assert window.pages.currentWidget() is page
    assert page.line.text() == "half"


def test_a_second_try_does_not_repeat_what_was_done(window: MainWindow, desk: FakeDesk, until):
    press(window, Key.Key_F2)
    page = window.pages.currentWidget()
    page.line.setText("井盖破损")
    send = desk.send

    async def refuse_notes(command, *rest):
        if isinstance(command, AddNote) and not page.refusals:
            desk.refuse("text-too-long", length=9, most=8)
        return await send(command, *rest)

    desk.send = refuse_notes
    page.submit.click()
    until(lambda: page.refusals)
    page.submit.click()
    until(lambda: len(desk.sent) == 2)
    assert [type(one) for one in desk.sent] == [Register, AddNote]


def test_another_person_sits_down(window: MainWindow, desk: FakeDesk, until, form):
    press(window, Key.Key_P, Control | Shift)
    until(lambda: form() is not None)
    press(window, Key.Key_Return)
    until(lambda: desk.me.login == "li")
    until(lambda: window.runner.is_idle)
    assert "李四" in window.top._person.text()
    assert form() is None
    assert "值班长" in texts(window)[0]


def test_language_theme_and_size_are_remembered(window: MainWindow, desk: FakeDesk, until):
    press(window, Key.Key_L, Control | Shift)
    press(window, Key.Key_D, Control | Shift)
    press(window, Key.Key_Equal, Control)
    until(lambda: window.runner.is_idle)
    assert desk.remembered["frame.language"] == "en"
    assert desk.remembered["frame.theme"] == "dark"
    assert desk.remembered["frame.text_px"] == 15
    assert "Dispatch" in window.menus.actions["dispatch"].text()
    assert window.windowTitle().startswith("Fenbo")
    for name in ("language", "theme", "smaller"):
        window.acts.act(name)
    until(lambda: window.runner.is_idle)


def test_the_layout_is_kept_at_the_end_and_restored(window: MainWindow, desk: FakeDesk, until):
    window.seat.run(window.end())
    until(lambda: "frame.layout" in desk.remembered)
    assert desk.remembered["frame.layout"] == {"queue": "DISPATCH"}
    window.seat.run(window.memory.restore())
    until(lambda: window.workbench.asked[-1:] == ["restore {'queue': 'DISPATCH'}"])


def test_the_bar_below_tells_what_waits(window: MainWindow, desk: FakeDesk):
    desk.go(SyncState(online=False, waiting=3, attention=2, since=NOW))
    assert window.status._waiting.text() == "待上传 3"
    assert window.status._attention.text() == "待处理 2"
    assert window.top.link.accessibleName() == "未连接中心"
    desk.go(SyncState(online=True, waiting=3, files=1))
    assert window.status._waiting.text() == "待上传 3　附件待上传 1"
    desk.go(SyncState(online=True, files=2, waiting=4, filled=1, to_fill=5))
    assert window.status._waiting.text() == "首次同步 1/5　附件待上传 2"
    desk.go(SyncState(online=True))
    assert not window.status._waiting.isVisible()
    assert not window.status._attention.isVisible()


def test_trouble_with_the_centre_goes_when_it_is_back(window: MainWindow, desk: FakeDesk):
    window._on_unreachable(Unreachable("centre"))
    assert window.status._trouble.isVisible()
    desk.go(SyncState(online=True))
    assert not window.status._trouble.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["unanswered", "store-not-there", "operator-inactive"])
def test_being_cut_off_says_what_happens_next(
    window: MainWindow, desk: FakeDesk, words: Wording, language: str, code: str
):
    words.use(language)
    desk.go(SyncState(online=False))  # nothing is known yet: that is no trouble
    assert not window.status._trouble.isVisible()
    desk.go(SyncState(online=False, code=code, since=NOW))
    assert window.status._trouble.isVisible()
    own = f"frame.unreachable.{code}"
    said = words.say(own if words.knows(own) else "frame.unreachable")
    assert window.status._trouble.full == said
    desk.go(SyncState(online=True))
    assert not window.status._trouble.isVisible()


def test_drafts_are_counted(window: MainWindow, desk: FakeDesk, until):
    desk.kept_drafts["a"] = Draft("a", NOW, {})
    window.seat.run(window._count_drafts())
    until(lambda: window.status._draft_button.isVisible())
    assert window.status._draft_button.text() == "草稿 1"


def test_an_act_the_centre_did_not_take_is_settled_by_a_person(
    window: MainWindow, desk: FakeDesk, until, form
):
    act = Attention("c9", "dispatch", "case-001", "SZPS1", "conflict", NOW, {}, {})
    desk.waiting_attention = [act]
    window.acts.act("attention")
    until(lambda: form() is not None)
    buttons = form().findChildren(type(window.strip._button))
    next(one for one in buttons if one.text() == "改存为备注").click()
    until(lambda: desk.settled)
    assert desk.settled == [("c9", "note", "")]


@pytest.mark.parametrize(
    ("said", "why"),
    [("supplemented", "本件单独登记"), ("base", "他人先改动"), ("", "他人先改动")],
)
def test_it_is_told_why_and_what_doing_it_again_means(
    window: MainWindow, desk: FakeDesk, until, form, said: str, why: str
):
    facts = {"said": said} if said else {}
    act = Attention("c9", "register", "case-001", "SZPS1", "conflict", NOW, {}, facts, False)
    desk.waiting_attention = [act]
    window.acts.act("attention")
    until(lambda: form() is not None)
    assert any(why in one.text() for one in form().findChildren(QLabel))


def test_a_bug_goes_to_the_reports_and_not_to_the_person(opened, desk: FakeDesk, until, qtbot):
    window = opened("case-000")
    desk.fail(ZeroDivisionError("ours"))
    with qtbot.capture_exceptions() as caught:
        press(window, Key.Key_F)
        until(lambda: caught)
    assert caught[0][0] is ZeroDivisionError
    assert not window.toasts.shown


def test_the_clock_is_the_centres(window: MainWindow, desk: FakeDesk):
    assert window.top._clock.text() == "11-23 14:02"
    desk.pass_time(minutes=3)
    window.top._tick()
    assert window.top._clock.text() == "11-23 14:05"


def test_undo_is_offered_for_half_a_minute(opened, desk: FakeDesk, until):
    window = opened("case-000")
    window.strip._seconds = 1
    press(window, Key.Key_F)
    until(lambda: window.strip.latest)
    assert "1秒" in window.strip._button.text()
    until(lambda: window.strip.latest is None)
    until(lambda: not window.strip.isVisible())


def test_key_sheet_and_about_open_and_close(window: MainWindow, form):
    for name in ("key_sheet", "about"):
        window.acts.act(name)
        assert form() is not None
        press(window, Key.Key_Escape)
        assert form() is None


def test_menus_show_everything_and_say_why_not(opened):
    window = opened("case-000")
    window.menus.refresh()
    actions = window.menus.actions
    assert actions["file"].isEnabled()
    assert not actions["close"].isEnabled()
    assert "待立案" in actions["close"].toolTip()
    assert actions["dispatch"].text() == "分拨\tF5"


def test_closing_is_not_asked_about_while_nothing_waits_for_a_decision(window: MainWindow, qtbot):
    with qtbot.waitSignal(window.left):
        window.acts.act("quit")
    assert not window.isVisible()


def test_a_person_is_found_by_typing_and_taken_with_return(window, desk: FakeDesk, until, form):
    press(window, Key.Key_P, Control | Shift)
    until(lambda: form() is not None)
    page = form()
    press(window, Key.Key_End)
    assert page.list.current == page.list.rows[-1].code
    press(window, Key.Key_Home)
    assert page.list.current == page.list.rows[0].code == "zhang"
    for key in (Key.Key_C, Key.Key_H, Key.Key_E):
        press(window, key)
    assert [row.code for row in page.list.rows] == ["chen"]
    press(window, Key.Key_Return)
    until(lambda: desk.me.login == "chen")


def test_nothing_to_settle_is_closed_with_escape(window, until, form):
    window.acts.act("attention")
    until(lambda: form() is not None)
    press(window, Key.Key_Escape)
    assert form() is None


def test_the_strip_names_the_act_that_would_be_taken_back_now(window: MainWindow, opened):
    for at, kind in enumerate(("file", "dispatch")):
        window.strip.push(Done(f"c{at}", kind, "case-001", "SZ1"), {"unit": "STJ"})
    newest = window.strip.text
    window.strip.undone("c1")
    assert window.strip.text != newest
    assert window.strip.latest == "c0"


def test_damage_that_was_met_stays_to_be_read(window: MainWindow, desk: FakeDesk):
    desk.go(SyncState(online=True, standing="outbox-salvaged"))
    assert window.status._trouble.isVisible()
    assert "损坏" in window.status._trouble.full
    desk.go(SyncState(online=True))
    assert not window.status._trouble.isVisible()


def test_a_case_that_was_just_taken_in_moves_nobody_on(window: MainWindow, desk: FakeDesk, until):
    press(window, Key.Key_F2)
    until(lambda: isinstance(window.pages.currentWidget(), IntakeForm))
    before = list(window.workbench.asked)
    page = window.pages.currentWidget()
    story = "工地每晚十点半以后夜间施工，打桩声很吵。"
    report = Register(narrative=story, address="幸福里12号楼", street="HP", category="ZS-01")
    page.wishes = lambda: (report, File(case_id=""))
    page.submit.click()
    until(lambda: window.runner.is_idle and len(desk.sent) == 2)
    assert "next" not in window.workbench.asked[len(before) :]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_names_on_the_rail_fit(window: MainWindow, words, language):
    words.use(language)
    for button in window.rail._buttons.values():
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width() - 8


def test_the_rail_holds_what_ones_post_has_to_do_with(window: MainWindow, desk: FakeDesk, until):
    assert window.rail._buttons["new_intake"].isVisible()
    window.acts.seating.seat("chen")
    until(lambda: desk.me.login == "chen" and window.runner.is_idle)
    assert not window.rail._buttons["new_intake"].isVisible()
    assert "登记新诉求" not in window.status.hints.text
    assert window.rail._buttons["attention"].isVisible()


def marked(window: MainWindow) -> list[str]:
    return [verb for verb, button in window.rail._buttons.items() if button.isChecked()]


def test_the_rail_marks_what_waits_for_a_person_while_it_lies_open(window: MainWindow, form, until):
    assert marked(window) == ["workbench"]
    window.rail._buttons["attention"].click()
    until(lambda: form() is not None)
    assert marked(window) == ["attention"]
    press(window, Key.Key_F1)
    assert marked(window) == ["workbench"]
    window.acts.act("attention")
    until(lambda: marked(window) == ["attention"])
    press(window, Key.Key_Escape)
    assert marked(window) == ["workbench"]


def test_home_and_end_lead_to_both_ends_of_a_page_that_is_read(window: MainWindow):
    window.resize(1120, 680)
    window.acts.act("key_sheet")
    bar = window.sheet._area.verticalScrollBar()
    press(window, Key.Key_End)
    assert bar.value() == bar.maximum() > 0
    press(window, Key.Key_Home)
    assert bar.value() == 0


@pytest.mark.parametrize("login", ["zhang", "li"])
def test_the_window_fits_on_an_old_screen(whole_window: MainWindow, until, login: str):
    """Also a leader's, who has one list more."""
    whole_window.acts.take(f"person:{login}")
    until(lambda: whole_window.runner.is_idle)
    whole_window.resize(1024, 700)
    assert (whole_window.width(), whole_window.height()) == (1024, 700)
    for name in ("new_intake", "workbench", "dispatch", "key_map"):
        whole_window.acts.act(name)
        for _ in range(4):
            QApplication.processEvents()
        assert whole_window.minimumSizeHint().width() <= 1024
        assert whole_window.minimumSizeHint().height() <= 700
