import asyncio
import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.commands import Amend, Classify, Commend, Dispatch, File, Register
from app.domain.lengths import LONGEST_TEXT
from app.domain.terms import CaseStatus, Grade, Nature
from app.services.ports import Unreachable
from app.services.queries import Done
from ui.views import journal
from ui.views.intake import IntakeForm

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
TARGETS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
STORY = "工地每晚十点半以后夜间施工，打桩声很吵。"


class Hand:
    """A person at the keyboard; `keys` counts those that are not text."""

    def __init__(self):
        self.keys = 0

    @property
    def at(self):
        return QApplication.focusWidget()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(self.at, key, modifier)
            self.keys += 1

    def write(self, text):
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(self.at, event)

    def send(self):
        self.press(Key.Key_Return, modifier=CTRL)


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def make(qtbot, screen, until, monkeypatch):
    monkeypatch.setattr(journal, "EVERY", 40)

    def made():
        form = IntakeForm(screen)
        form.sent, form.left = [], []
        form.submitted.connect(form.sent.append)
        form.cancelled.connect(lambda: form.left.append(1))
        qtbot.addWidget(form)
        form.resize(1318, 900)
        form.show()
        qtbot.waitExposed(form)
        form.first_focus()
        until(form.fields.name.hasFocus)
        return form

    return made


@pytest.fixture
def form(make):
    return make()


def take_a_call(hand, story=STORY):
    """From the first ring to the last key, as the column leads; F2 opened the form."""
    hand.press(Key.Key_F2)
    hand.write("王女士")
    hand.press(Key.Key_Return)
    hand.write("13800001203")
    hand.press(Key.Key_Return)
    hand.write("幸福里12号楼")
    hand.press(Key.Key_Return, Key.Key_1)  # the first street offered; that moves on
    hand.write(story)
    hand.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)  # narrative, nature, channel
    hand.press(Key.Key_1)  # the suggested class; moves on


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("px", [14, 16])
def test_all_grades_stand_in_one_row_on_a_small_screen(form, words, theme, until, language, px):
    words.use(language)
    theme.use_size(px)
    form.resize(1284, 900)
    until(lambda: form.fields.width() <= 868)  # what a window of 1366 leaves them
    radios = form.fields.grade.findChildren(QAbstractButton)
    until(lambda: len({one.mapTo(form, QPoint()).y() for one in radios}) == 1)
    assert form.fields.unit.width() >= 200


NUMBER_HINTS = [
    ("13800001203", ""),
    ("1380000120", "10"),
    ("138000012034", "12"),
    ("28398888", ""),
    ("占道经营", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "figures"), NUMBER_HINTS)
def test_a_mobile_number_of_another_length_is_hinted_at_and_not_refused(form, hand, text, figures):
    field = form.fields.field("intake.phone")
    hand.press(Key.Key_Return)
    hand.write(text)
    assert field.hinted == "", "nobody is told while he types"
    hand.press(Key.Key_Return)
    assert form.fields.address.hasFocus(), "a hint keeps nobody"
    assert (figures in field.hinted) if figures else field.hinted == ""


def test_the_hint_goes_as_soon_as_the_number_is_right(form, hand, words):
    field = form.fields.field("intake.phone")
    form.fields.restore({"phone": "1380000120"})
    assert "10" in field.hinted, "also of a number that a draft kept"
    words.use("en")
    assert "this one has 10" in field.hinted == form.fields.phone.accessibleDescription()
    form.fields.phone.setFocus()
    form.fields.phone.end(False)
    hand.write("3")
    assert (field.hinted, form.fields.phone.accessibleDescription()) == ("", "")


@pytest.mark.article(4, 7)
def test_a_call_is_dispatched_with_few_keys(form, hand):
    take_a_call(hand)
    hand.send()
    registered, filed, dispatched = form.sent[0]
    assert isinstance(registered, Register)
    assert registered.narrative == STORY
    assert (registered.reporter.name, registered.reporter.phone) == ("王女士", "13800001203")
    assert (registered.street, registered.category, registered.grade) == ("HP", "ZS-01", None)
    assert filed == File(case_id="")
    assert isinstance(dispatched, Dispatch)
    assert (dispatched.case_id, dispatched.unit) == ("", "STJ")
    assert "不得向被投诉方透露" in dispatched.instruction
    assert hand.keys <= 25
    assert hand.keys <= 12, hand.keys


def test_return_walks_down_the_whole_column(form, hand):
    form.fields.narrative.setPlainText(STORY)
    order = []
    for _ in form.fields.column.fields:
        order.append(
            next(one.key for one in form.fields.column.fields if one.isAncestorOf(hand.at))
        )
        hand.press(Key.Key_Return)
    assert order == [field.key for field in form.fields.column.fields]
    assert hand.at is form._foot.primary


def test_ctrl_s_registers_only(form, hand):
    take_a_call(hand)
    hand.press(Key.Key_S, modifier=CTRL)
    ((only,),) = form.sent
    assert isinstance(only, Register)


@pytest.mark.article(11)
def test_what_filing_needs_is_named_beside_the_fields_before_anything_is_sent(form, hand):
    hand.press(Key.Key_Return, Key.Key_Return, Key.Key_Return, Key.Key_Return)
    hand.write("太吵了")
    hand.send()
    assert form.sent == []
    troubles = {one.key: one._trouble.text() for one in form.fields.column.fields}
    assert troubles["form.address"]
    assert troubles["form.place"]
    assert troubles["form.unit"] or troubles["form.class"]
    assert not troubles["form.narrative"]
    hand.press(Key.Key_S, modifier=CTRL)
    assert len(form.sent) == 1, "registering asks only for words"


def test_nothing_is_registered_without_words(form, hand):
    hand.press(Key.Key_S, modifier=CTRL)
    assert form.sent == []
    assert form.fields.narrative.hasFocus()


def test_deadlines_and_what_is_missing_are_shown_while_typing(form, hand, until):
    assert "诉求完整" in form.aside.needs.text
    hand.write("王")
    until(lambda: "还缺" in form.aside.needs.text)
    take_a_call(hand)
    until(lambda: "已齐备" in form.aside.needs.text)
    told = form.aside.limits.text
    for word in ("立案", "分拨", "签收", "处置", "止"):
        assert word in told


def test_earlier_cases_of_the_number_are_listed(form, hand, until):
    hand.press(Key.Key_Return)
    hand.write("13800001203")
    until(lambda: form.aside.list.rows)
    assert "1 件" in form.aside.history.text()
    opened = []
    form.opened.connect(opened.append)
    form.aside.list.choose_number(1)
    assert opened == ["case-003"]


@pytest.fixture
def one_at_the_place(desk):
    """A case of the same street and class under way, at number 12."""
    on = desk.dossiers["case-000"]
    where = {"street": "HP", "category": "ZS-01", "address": "和平街道 幸福里12号楼3单元"}
    case = replace(on.case, **where, narrative="另一种说法，不相似的词句")
    desk.dossiers["case-000"] = replace(on, case=case)
    return case


def test_a_case_under_way_of_the_same_place_and_class_is_told_and_a_key_away(
    form, hand, until, one_at_the_place
):
    assert "就列在这里" in form.aside.same.text
    take_a_call(hand)
    until(lambda: form.aside.same.list.rows)
    assert "1 件" in form.aside.same.text
    opened = []
    form.opened.connect(opened.append)
    hand.press(Key.Key_O, modifier=ALT)
    assert opened == [one_at_the_place.id]
    form.fields.address.setText("幸福里2号楼")  # 2 is no part of 12
    until(lambda: "没有同类" in form.aside.same.text)
    assert not form.aside.same.list.rows
    hand.press(Key.Key_O, modifier=ALT)
    assert opened == [one_at_the_place.id]


@pytest.mark.parametrize("change", [{"status": CaseStatus.VOID}, {"category": "SZ-02"}])
def test_what_has_ended_or_is_of_another_class_does_not_count(
    form, hand, until, desk, one_at_the_place, change
):
    on = desk.dossiers[one_at_the_place.id]
    desk.dossiers[one_at_the_place.id] = replace(on, case=replace(on.case, **change))
    take_a_call(hand)
    until(lambda: "没有同类" in form.aside.same.text)
    assert not form.aside.same.list.rows


def test_a_draft_is_kept_while_typing_and_dropped_once_registered(form, hand, desk, until):
    hand.write("王女士")
    until(lambda: desk.kept_drafts)
    (draft,) = desk.kept_drafts.values()
    assert draft.fields["name"] == "王女士"
    assert "草稿已存" in form.draft.shown.text()
    form.fields.narrative.setPlainText(STORY)
    hand.press(Key.Key_S, modifier=CTRL)
    form.kept(form.sent[0][0], Done("c", "register", "case-900", "SZPS9"))
    until(lambda: not desk.kept_drafts)
    QTest.qWait(120)
    assert not desk.kept_drafts


@pytest.fixture
def registered(form, hand, desk, until):
    """A form whose case is on the books, and whose filing was refused."""
    take_a_call(hand)
    hand.send()
    form.kept(form.sent[0][0], Done("c", "register", "case-900", "SZPS9"))
    form.show_refusal("filing-incomplete", {"missing": ("category-missing",)})
    until(lambda: not desk.kept_drafts)
    return form


def test_what_is_typed_after_a_refused_filing_is_a_draft_again(registered, desk, until):
    registered.fields.narrative.setPlainText(STORY + "天天如此。")
    until(lambda: desk.kept_drafts)
    registered.done()
    until(lambda: not desk.kept_drafts)


def test_such_a_draft_goes_on_with_the_case_and_registers_nothing_twice(
    registered, make, hand, desk, until
):
    registered.fields.address.setText("幸福里14号楼")
    until(lambda: desk.kept_drafts)
    (draft,) = desk.kept_drafts.values()
    assert json.loads(json.dumps(draft.fields)) == draft.fields, "the journal keeps JSON"
    second = make()
    second.open_draft(draft)
    assert "SZPS9" in second.note.text
    second.register()
    assert second.sent == [(Amend(case_id="case-900", address="幸福里14号楼"),)]
    second.dispatch()
    assert [type(one) for one in second.sent[1]] == [Amend, File, Dispatch]
    assert {one.case_id for one in second.sent[1]} == {"case-900"}


def test_words_typed_while_it_is_being_registered_are_not_lost(form, hand, desk, until):
    take_a_call(hand)
    hand.send()
    form.fields.narrative.setPlainText(STORY + "还有灰尘。")
    form.kept(form.sent[0][0], Done("c", "register", "case-900", "SZPS9"))
    until(lambda: any("灰尘" in one.fields["narrative"] for one in desk.kept_drafts.values()))


def test_a_draft_that_could_not_be_kept_is_tried_again(form, hand, desk, told, until, monkeypatch):
    save, fails = desk.save_draft, [Unreachable("disk"), Unreachable("disk")]

    async def fail_twice(draft):
        if fails:
            raise fails.pop()
        await save(draft)

    monkeypatch.setattr(desk, "save_draft", fail_twice)
    hand.write("王女士")
    until(lambda: desk.kept_drafts)
    assert [str(one) for one in told.troubles] == ["disk", "disk"]


def test_a_form_is_not_left_while_its_draft_is_on_the_way(form, hand, desk, until, monkeypatch):
    gate, save = asyncio.Event(), desk.save_draft

    async def slow(draft):
        await gate.wait()
        await save(draft)

    monkeypatch.setattr(desk, "save_draft", slow)
    hand.write("王女士")
    form.draft.keep_soon()
    hand.press(Key.Key_Escape)
    QTest.qWait(30)
    assert not form.left
    gate.set()
    until(lambda: form.left)
    assert desk.kept_drafts


def test_a_draft_keeps_what_is_still_being_composed(form, desk, until):
    form.fields.narrative.setFocus()
    form.fields.narrative.setPlainText("太吵")
    form.fields.narrative.moveCursor(QTextCursor.MoveOperation.Start)
    QCoreApplication.sendEvent(form.fields.narrative, QInputMethodEvent("ye'jian", []))
    until(lambda: any(d.fields["narrative"] == "yejian太吵" for d in desk.kept_drafts.values()))


def test_a_key_held_down_asks_once(form, hand):
    form.fields.narrative.setPlainText(STORY)
    for is_repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_S, CTRL, "", is_repeat)
        QCoreApplication.sendEvent(form, event)
    assert len(form.sent) == 1


def test_at_most_two_seconds_of_typing_are_lost(screen, qtbot):
    assert journal.EVERY <= 2000


def test_a_draft_is_kept_at_once_when_the_form_is_put_aside(form, hand, desk, until):
    hand.write("王女士")
    hand.press(Key.Key_Escape)
    until(lambda: form.left)
    assert len(desk.kept_drafts) == 1


def test_nothing_typed_leaves_no_draft(form, hand, desk, until):
    hand.press(Key.Key_Escape)
    until(lambda: form.left)
    assert not desk.kept_drafts


def test_a_draft_is_kept_when_the_window_goes(form, hand, desk, until):
    hand.write("王女士")
    form.hide()
    until(lambda: desk.kept_drafts)


def test_a_draft_is_taken_up_whole(make, hand, desk, until):
    first = make()
    take_a_call(hand)
    hand.press(Key.Key_U, modifier=ALT)
    hand.press(Key.Key_M, modifier=ALT)
    kept = first.fields.wish
    hand.press(Key.Key_Escape)
    until(lambda: desk.kept_drafts)
    second = make()
    until(lambda: second.drafts.isVisible())
    hand.press(Key.Key_R, modifier=ALT)
    assert second.fields.wish == kept
    assert kept.keep_secret
    assert kept.grade is Grade.A
    assert not second.drafts.isVisible()
    second.fields.name.setText("李")
    until(lambda: next(iter(desk.kept_drafts.values())).fields["name"] == "李")
    assert len(desk.kept_drafts) == 1


def test_a_draft_can_be_thrown_away(make, hand, desk, until):
    make()
    hand.write("王女士")
    hand.press(Key.Key_Escape)
    until(lambda: desk.kept_drafts)
    second = make()
    until(lambda: second.drafts.isVisible())
    second.drafts.dropped.emit(second.drafts.newest)
    until(lambda: not desk.kept_drafts)
    until(lambda: not second.drafts.isVisible())


def test_after_a_refused_filing_only_what_changed_is_sent(form, hand):
    take_a_call(hand)
    hand.send()
    form.kept(form.sent[0][0], Done("c", "register", "case-900", "SZPS9"))
    form.show_refusal("filing-incomplete", {"missing": ("category-missing",)})
    form.fields.address.setText("幸福里14号楼")
    form.fields.category.use("ZS-02")
    hand.send()
    amended, classed, filed, dispatched = form.sent[1]
    assert amended == Amend(case_id="case-900", address="幸福里14号楼")
    assert classed == Classify(case_id="case-900", category="ZS-02")
    assert filed == File(case_id="case-900")
    assert (dispatched.case_id, dispatched.unit) == ("case-900", "GAF")


def test_after_a_refused_filing_the_person_and_the_marks_are_put_right_too(registered):
    registered.fields.phone.setText("13988887777")
    registered.fields.secret.setChecked(True)
    registered.fields.hazard.setChecked(True)
    registered.register()
    said = {"phone": "13988887777", "keep_secret": True, "safety_hazard": True}
    assert registered.sent[1] == (Amend(case_id="case-900", **said),)


def test_a_no_stands_in_the_form_and_beside_the_field(form):
    form.show_refusal("filing-incomplete", {"missing": ("address-missing",)})
    assert "地址" in form._refusal.text()
    assert form.fields.field("form.address")._trouble.isVisible()


def test_thanks_become_a_commendation_and_are_not_dispatched(form, hand):
    take_a_call(hand, "感谢工作人员很快修好了路灯")
    form.fields.nature.choose(str(Nature.THANKS))
    hand.send()
    registered, commended = form.sent[0]
    assert registered.nature is Nature.THANKS
    assert isinstance(commended, Commend)


def test_grade_and_unit_follow_the_class_until_chosen_by_hand(form, hand):
    form.fields.category.use("ZS-01")
    assert form.fields.unit.value == "STJ"
    hand.press(Key.Key_U, modifier=ALT)
    assert form.fields.wish.grade is Grade.A
    form.fields.unit._choose("RLJ")
    form.fields.category.use("ZS-02")
    assert (form.fields.unit.value, form.fields.grade.value) == ("RLJ", "A")


def test_alt_digits_take_a_class_from_inside_the_narrative(form, hand):
    form.fields.narrative.setFocus()
    hand.write(STORY)
    hand.press(Key.Key_1, modifier=ALT)
    assert form.fields.category.value == "ZS-01"
    assert form.fields.narrative.toPlainText() == STORY


def test_f4_opens_the_picker_over_the_form_and_comes_back(form, hand, until):
    form.fields.narrative.setFocus()
    hand.write(STORY)
    hand.press(Key.Key_F4)
    until(lambda: form.over.picker and form.over.picker.box.hasFocus())
    hand.press(Key.Key_L, Key.Key_U, Key.Key_D, Key.Key_Return)
    assert form.fields.category.value == "SZ-02"
    assert not form.over.is_open
    hand.press(Key.Key_F4)
    until(lambda: form.over.picker and form.over.picker.box.hasFocus())
    hand.press(Key.Key_Escape)
    assert not form.over.is_open
    assert form.left == []


def test_nothing_fires_while_an_input_method_composes(form, hand):
    form.fields.narrative.setFocus()
    QCoreApplication.sendEvent(form.fields.narrative, QInputMethodEvent("ye'jian", []))
    hand.send()
    hand.press(Key.Key_Escape, Key.Key_F4, Key.Key_Return)
    hand.press(Key.Key_1, modifier=ALT)
    assert (form.sent, form.left, form.over.is_open) == ([], [], False)
    assert form.fields.narrative.hasFocus()


def test_what_is_being_composed_is_guessed_from_at_once(form, hand):
    form.fields.narrative.setFocus()
    hand.write("夜间施工")
    assert [row.code for row in form.fields.category.list.rows][:1] == ["ZS-01"]


def places(form) -> list[int]:
    QApplication.processEvents()
    fields = [field for field in form.fields.column.fields if field.isVisible()]
    return [field.mapTo(form, field.rect().topLeft()).y() for field in fields]


def test_nothing_moves_while_lists_open_and_suggestions_come(form, hand, until):
    before = places(form)
    hand.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    assert form.fields.place.list.isVisible()
    assert places(form) == before
    hand.write("和平")
    until(lambda: form.fields.place.list.rows)
    assert places(form) == before
    hand.press(Key.Key_1)
    hand.write(STORY)
    until(lambda: form.fields.category.list.rows[0].code)
    assert places(form) == before
    form.fields.channel.take_focus()
    assert form.fields.channel.list.isVisible()
    form.fields.unit.take_focus()
    assert not form.fields.channel.list.isVisible()
    assert places(form) == before


def test_where_no_class_is_suggested_it_says_why(form, until):
    rows = form.fields.category.list
    assert "写下诉求" in rows.rows[0].text
    form.fields.narrative.setPlainText("嗯嗯嗯")
    until(lambda: "看不出分类" in rows.rows[0].text)
    assert not rows.choose_number(1)


def test_a_list_opens_upwards_where_the_form_ends(form, until):
    form.fields.category.set_value("ZS-01")
    form.fields._follow_class()
    form.fields.unit.take_focus()
    until(form.fields.unit.list.isVisible)
    tall = form.fields.height()
    assert form.fields.unit.list.geometry().bottom() <= tall
    box = form.fields.unit.box
    top = box.mapTo(form.fields, box.rect().topLeft()).y()
    assert not form.fields.unit.list.geometry().contains(5, top + 5)


@pytest.mark.article(5)
def test_the_channel_used_last_is_there_next_time(make, hand, desk, until):
    first = make()
    first.fields.channel._choose("WX")
    until(lambda: "habits.channels" in desk.remembered)
    second = make()
    until(lambda: second.fields.channel.value == "WX")


def test_a_fresh_start_is_empty(form, hand):
    take_a_call(hand)
    form.start()
    assert form.fields.is_empty
    assert form.fields.wish.narrative == ""


def test_every_control_has_a_name_and_a_target(form, hand):
    take_a_call(hand)
    for widget in form.findChildren(object):
        if isinstance(widget, TARGETS) and widget.isVisible():
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
            assert min(widget.width(), widget.height()) >= 24, widget


def test_it_speaks_english(form, hand, words):
    take_a_call(hand)
    words.use("en")
    assert form._foot.primary.text() == "Register, file and dispatch Ctrl+Enter"


@pytest.fixture
def slow(desk, monkeypatch, loop):
    """A desk whose answers wait until the gate opens."""
    gate = asyncio.Event()

    def late(name):
        answer = getattr(desk, name)

        async def asked(*what):
            await gate.wait()
            return await answer(*what)

        monkeypatch.setattr(desk, name, asked)

    for name in ("recall", "drafts", "reporter_history", "save_draft", "drop_draft"):
        late(name)
    return gate


def test_answers_that_come_after_the_form_is_gone_hurt_nobody(screen, slow, told, desk, until):
    host = QWidget()
    form = IntakeForm(screen)
    QVBoxLayout(host).addWidget(form)
    host.show()
    form.fields.name.setText("王女士")
    form.fields.phone.setText("13800001203")
    form.fields.narrative.setPlainText(STORY)
    QTest.qWait(200)
    form.over.open()
    form.draft.keep_soon()
    form.kept(form.fields.wish, Done("c", "register", "case-900", "SZPS9"))
    form.hide()
    form.deleteLater()
    QTest.qWait(20)
    slow.set()
    until(lambda: not told.tasks)
    assert told.troubles == []
    host.close()


def blamed(form, key):
    (field,) = (one for one in form.fields.column.fields if one.key == key)
    return "" if field._trouble.isHidden() else field._trouble.text()


def test_a_story_beyond_the_limit_is_told_beside_it_and_goes_nowhere(form, hand, until, told):
    form.fields.narrative.setPlainText("吵" * (LONGEST_TEXT + 1))
    until(lambda: "20001" in blamed(form, "form.narrative"))
    hand.press(Key.Key_S, modifier=CTRL)
    hand.send()
    assert form.sent == []
    assert form.fields.narrative.hasFocus()
    assert told.troubles == []
    form.fields.narrative.setPlainText(STORY)
    assert blamed(form, "form.narrative") == ""
    hand.press(Key.Key_S, modifier=CTRL)
    assert len(form.sent) == 1


@pytest.mark.parametrize(
    ("name", "key", "right"),
    [
        ("name", "intake.name", "张女士"),
        ("phone", "intake.phone", "13800001234"),
        ("address", "form.address", "和平小区"),
    ],
)
def test_a_line_beyond_its_length_says_so_at_once_and_goes_nowhere(
    form, hand, name, key, right, told
):
    form.fields.narrative.setPlainText(STORY)
    line = getattr(form.fields, name)
    line.setText("长" * (line.most + 1))
    assert str(line.most) in blamed(form, key)
    hand.press(Key.Key_S, modifier=CTRL)
    hand.send()
    assert form.sent == []
    assert line.hasFocus()
    assert len(line.text()) == line.most + 1
    line.setText("长" * line.most)
    assert blamed(form, key) == ""
    line.setText(right)
    hand.press(Key.Key_S, modifier=CTRL)
    assert len(form.sent) == 1
    assert told.troubles == []


def test_what_was_said_beside_a_field_goes_when_it_is_filled_in(form, hand):
    hand.send()
    assert blamed(form, "form.narrative")
    form.fields.narrative.setFocus()
    hand.write("吵")
    assert blamed(form, "form.narrative") == ""
    assert blamed(form, "form.unit")


def test_history_is_spoken_of_only_once_there_is_a_number(form, until):
    assert form.aside.history.isHidden()
    form.fields.phone.setText("13800009999")
    until(lambda: not form.aside.history.isHidden())
    form.fields.phone.setText("138")
    until(form.aside.history.isHidden)


def test_the_picker_keeps_the_hand_and_gives_it_back(form, hand, until):
    form.fields.narrative.setFocus()
    hand.press(Key.Key_F4)
    picker = form.over.picker
    until(picker.box.hasFocus)
    for key, modifier in (
        (Key.Key_Tab, NONE),
        (Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
    ):
        hand.press(key, modifier=modifier)
        assert picker.tree.hasFocus()
        hand.press(key, modifier=modifier)
        assert picker.box.hasFocus()
    picker.list.setFocus()
    hand.press(Key.Key_F4)
    assert picker.box.hasFocus()
    form.drafts.setFocus()
    form.first_focus()
    assert picker.box.hasFocus()
    picker.list.setFocus()
    hand.press(Key.Key_Escape)
    assert not form.over.is_open
    assert form.fields.narrative.hasFocus()
    assert form.left == []


@pytest.mark.parametrize("written", ["占道经营", "12"])
@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_Return])
def test_what_is_no_number_is_not_taken_as_one(form, hand, written, key):
    take_a_call(hand)
    form.fields.phone.setText(written)
    hand.press(key, modifier=CTRL)
    assert not form.sent
    assert "电话" in form.fields.field("intake.phone")._trouble.text()
    assert form.fields.phone.hasFocus()
    form.fields.phone.setText("0755-28398888转803")
    hand.press(key, modifier=CTRL)
    assert form.sent


def test_without_a_number_nothing_is_asked(form, hand):
    take_a_call(hand)
    form.fields.phone.clear()
    hand.press(Key.Key_S, modifier=CTRL)
    assert form.sent
