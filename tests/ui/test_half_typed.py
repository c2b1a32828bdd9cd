"""A half-typed form is kept for its person, case and kind; it acts on its own case and on no other."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from app.domain.commands import AddNote, Dispatch, Handle
from app.services.ports import Unreachable
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press, texts, write
from ui.main_window import MainWindow
from ui.views import journal
from ui.views.forms.case_form import CaseForm

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
WORDS = "已电话联系诉求人，约明天上午到场。"


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def kept(desk: FakeDesk) -> list[dict]:
    return [one.fields for one in desk.kept_drafts.values()]


@pytest.fixture
def at_case(window: MainWindow, until):
    def opened(case_id: str) -> None:
        window.workbench.use_queue(Queue.ALL)
        until(lambda: window.runner.is_idle)
        window.workbench.open_case(case_id)
        until(lambda: window.workbench.view and window.workbench.view.dossier.case.id == case_id)
        until(lambda: window.runner.is_idle and window.workbench.table.current == case_id)

    return opened


@pytest.fixture
def noting(window: MainWindow, until) -> str:
    """A note is being written; the case that it is about."""
    press(window, Key.Key_N, SHIFT)
    until(lambda: form(window) is not None)
    write(window, WORDS)
    return window.workbench.selected


def again(window: MainWindow, until) -> CaseForm:
    press(window, Key.Key_N, SHIFT)
    until(lambda: form(window) is not None and form(window).isVisible())
    return form(window)


@pytest.mark.usefixtures("noting")
@pytest.mark.parametrize("way", ["escape", "keys", "intake", "another form", "cross"])
def test_a_half_typed_form_is_there_again_however_it_was_left(window, desk, until, way):
    leave(window, way)
    until(lambda: form(window) is None or form(window).kind != "add_note")
    press(window, Key.Key_1, CTRL)
    until(lambda: window.sheet.content is None and window.runner.is_idle)
    shown = again(window, until)
    assert shown.words.text == WORDS
    assert "草稿" in shown.left.text, "and says where the words come from"
    assert [one["values"]["form.note"] for one in kept(desk)] == [WORDS]


def leave(window: MainWindow, way: str) -> None:
    if way == "escape":
        press(window, Key.Key_Escape)
    elif way == "keys":
        press(window, Key.Key_F1)
    elif way == "intake":
        press(window, Key.Key_F2)
    elif way == "another form":
        window.acts.take("verb:amend")
    else:
        window.sheet.findChild(QToolButton).click()


@pytest.mark.usefixtures("noting")
def test_leaving_says_that_the_words_are_kept(window, until):
    press(window, Key.Key_Escape)
    until(lambda: texts(window))
    assert "草稿" in texts(window)[0]
    assert window.workbench.view.dossier.case.number in texts(window)[0]


def test_a_form_in_which_nothing_was_typed_leaves_no_draft_and_no_word(window, desk, until):
    for key in (Key.Key_F5, Key.Key_E):
        press(window, key)
        until(lambda: form(window) is not None)
        press(window, Key.Key_Escape)
        until(lambda: form(window) is None and window.runner.is_idle)
    assert not kept(desk)
    assert not texts(window)


def test_the_result_outlives_the_way_to_the_photograph(window, desk, until, at_case):
    """A unit types a result, is told that photographs are missing, attaches, and goes on."""
    at_case("case-004")
    press(window, Key.Key_O)
    until(lambda: form(window) is not None)
    write(window, WORDS)
    desk.refuse("photos-missing", missing=("BEFORE", "AFTER"))
    press(window, Key.Key_Return, CTRL)
    until(lambda: form(window).refusal and window.runner.is_idle)
    press(window, Key.Key_Escape)
    until(lambda: form(window) is None)
    press(window, Key.Key_A, ALT | SHIFT)
    until(lambda: form(window) and form(window).kind == "attach")
    form(window).files.take(["/nowhere/after.jpg"])
    until(lambda: not form(window).files.is_blank)
    form(window).stage.choose("AFTER")
    press(window, Key.Key_Return, CTRL)
    until(lambda: form(window) is None and window.runner.is_idle)
    press(window, Key.Key_O)
    until(lambda: form(window) is not None)
    assert form(window).result.text == WORDS
    assert WORDS in form(window).notice.text
    press(window, Key.Key_Return, CTRL)
    until(lambda: any(isinstance(one, Handle) for one in desk.sent))
    until(lambda: window.runner.is_idle)
    assert not kept(desk)


def test_a_draft_goes_with_its_command_in_one_step(window, desk, until, noting, monkeypatch):
    until(lambda: kept(desk), timeout=4000)
    with_draft, send = [], desk.send

    async def sent(command, *over):
        with_draft.append(over[0] in desk.kept_drafts)
        return await send(command, *over)

    monkeypatch.setattr(desk, "send", sent)
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and window.runner.is_idle)
    assert with_draft == [True]
    assert not kept(desk)
    assert not again(window, until).words.text


def test_what_is_typed_is_on_the_disk_after_two_seconds_at_most(window, desk, noting, until):
    assert journal.EVERY <= 2000
    until(lambda: kept(desk), timeout=2400)


@pytest.mark.usefixtures("noting")
def test_a_save_under_way_brings_back_no_draft_of_what_was_sent(window, desk, until, monkeypatch):
    gate, save = asyncio.Event(), desk.save_draft

    async def slow(draft):
        await gate.wait()
        await save(draft)

    monkeypatch.setattr(desk, "save_draft", slow)
    window.acts.casework.drafts.keep_soon()
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent)
    gate.set()
    until(lambda: window.runner.is_idle)
    assert not kept(desk)


@pytest.mark.usefixtures("noting")
def test_what_the_disk_did_not_take_is_still_offered_and_tried_again(
    window, desk, until, monkeypatch
):
    async def away(draft):
        raise Unreachable("disk")

    monkeypatch.setattr(journal, "EVERY", 60)
    monkeypatch.setattr(desk, "save_draft", away)
    press(window, Key.Key_Escape)
    until(lambda: "磁盘" in window.status._trouble.full)
    assert again(window, until).words.text == WORDS
    monkeypatch.undo()
    until(lambda: kept(desk), timeout=4000)


def test_each_case_and_each_form_has_its_own_draft(window, until, noting, at_case):
    press(window, Key.Key_Escape)
    at_case("case-009")
    assert not again(window, until).words.text
    press(window, Key.Key_Escape)
    at_case(noting)
    press(window, Key.Key_N, ALT | SHIFT)  # a notice of the same case
    until(lambda: form(window) and form(window).kind == "record_notice")
    assert not form(window).words.text


def test_a_draft_belongs_to_who_typed_it(window, desk, until, noting, at_case):
    window.acts.take("person:li")
    until(lambda: desk.me.login == "li" and window.runner.is_idle)
    at_case(noting)
    assert not again(window, until).words.text
    press(window, Key.Key_Escape)
    window.acts.take("person:zhang")
    until(lambda: desk.me.login == "zhang" and window.runner.is_idle)
    at_case(noting)
    assert again(window, until).words.text == WORDS


def test_a_draft_can_be_thrown_away(window, desk, until, noting):
    press(window, Key.Key_Escape)
    shown = again(window, until)
    for _ in range(6):
        if shown.left.anew.hasFocus():
            break
        press(window, Key.Key_Backtab)
    press(window, Key.Key_Return)
    until(lambda: form(window) is not shown and window.runner.is_idle)
    assert not form(window).words.text
    assert not form(window).left.isVisible()
    assert not kept(desk)


def test_everything_chosen_in_a_form_comes_back(window, desk, until):
    press(window, Key.Key_F5)
    until(lambda: form(window) is not None)
    first = form(window)
    first.category.use("SZ-02")
    first.unit._choose("SWJ")
    press(window, Key.Key_Escape)
    until(lambda: form(window) is None)
    press(window, Key.Key_F5)
    until(lambda: form(window) is not None)
    assert (form(window).category.value, form(window).unit.value) == ("SZ-02", "SWJ")
    assert form(window).instruction.text, "the words to the unit write themselves anew"
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and window.runner.is_idle)
    assert [one.unit for one in desk.sent if isinstance(one, Dispatch)] == ["SWJ"]


# a form acts on its own case


def click_row(window: MainWindow, at: int) -> None:
    table = window.workbench.table
    place = table.visualRect(table.model().index(at, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_another_case_puts_the_form_away_and_nothing_is_done_to_it(window, desk, until, noting):
    click_row(window, 1)
    until(lambda: form(window) is None and window.workbench.view.dossier.case.id != noting)
    assert not desk.sent
    assert "草稿" in texts(window)[0]
    click_row(window, 0)
    until(lambda: window.workbench.view.dossier.case.id == noting)
    assert again(window, until).words.text == WORDS


def test_the_forms_own_key_submits_it_also_from_the_list(window, desk, until, noting):
    click_row(window, 0)
    assert window.focusWidget() is window.workbench.table
    assert form(window) is not None
    press(window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and form(window) is None)
    assert desk.sent == [AddNote(case_id=noting, text=WORDS)]


def test_return_in_the_list_goes_into_the_form_that_is_open(window, noting):
    click_row(window, 0)
    press(window, Key.Key_Return)
    assert form(window).isAncestorOf(window.focusWidget())


def test_a_form_sent_for_one_case_does_not_close_the_form_of_another(
    window, desk, until, noting, monkeypatch
):
    gate, send = asyncio.Event(), desk.send

    async def slow(command, *over):
        await gate.wait()
        return await send(command, *over)

    monkeypatch.setattr(desk, "send", slow)
    press(window, Key.Key_Return, CTRL)
    QTest.qWait(10)
    click_row(window, 1)
    until(lambda: window.workbench.view.dossier.case.id != noting)
    shown = again(window, until)
    gate.set()
    until(lambda: desk.sent and window.runner.is_idle)
    assert form(window) is shown


# all drafts in one place


def test_all_drafts_are_listed_and_taken_up_from_one_page(window, desk, until, noting):
    press(window, Key.Key_Escape)
    press(window, Key.Key_F2)
    write(window, "王女士")
    press(window, Key.Key_Escape)
    until(lambda: len(kept(desk)) == 2 and window.runner.is_idle)
    assert window.status._draft_button.text() == "草稿 2"
    window.status._draft_button.click()
    until(lambda: window.sheet.content is not None)
    page = window.sheet.content
    number = desk.dossiers[noting].case.number
    assert any(number in line and WORDS in line for line in page.lines)
    assert any("王女士" in line for line in page.lines)
    at = next(at for at, line in enumerate(page.lines) if number in line)
    window.workbench.table.select("case-009")
    page.resume[at].click()
    until(lambda: form(window) is not None and window.runner.is_idle)
    assert form(window).words.text == WORDS
    assert window.workbench.view.dossier.case.id == noting


def test_a_draft_of_intake_is_taken_up_from_the_page_too(window, desk, until):
    press(window, Key.Key_F2)
    write(window, "王女士")
    press(window, Key.Key_Escape)
    until(lambda: len(kept(desk)) == 1 and window.runner.is_idle)
    press(window, Key.Key_G)
    press(window, Key.Key_T)
    until(lambda: window.sheet.content is not None)
    press(window, Key.Key_Return)
    until(lambda: window.pages.currentWidget() is not window.workbench)
    assert window.pages.currentWidget().fields.name.text() == "王女士"


def test_a_draft_whose_step_is_over_can_still_be_read_and_dropped(window, desk, until, at_case):
    at_case("case-004")
    press(window, Key.Key_O)
    until(lambda: form(window) is not None)
    write(window, WORDS)
    press(window, Key.Key_Escape)
    until(lambda: kept(desk) and window.runner.is_idle)
    done = Handle(
        case_id="case-004", task_id="case-004-task", result="办了", notice="已告知", method="PHONE"
    )
    desk.colleague_does("case-004", done)
    until(lambda: window.runner.is_idle)
    press(window, Key.Key_4, CTRL)
    until(lambda: window.sheet.content is not None)
    assert WORDS in window.sheet.content.lines[0]
    window.sheet.content.resume[0].click()
    until(lambda: any("不" in one for one in texts(window)) and window.runner.is_idle)
    assert kept(desk), "what cannot be sent is not lost"
    press(window, Key.Key_4, CTRL)
    until(lambda: window.sheet.content is not None)
    window.sheet.content.drop[0].click()
    until(lambda: not kept(desk) and window.runner.is_idle)
    assert not window.sheet.content.lines
