import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from app.domain.case import Notice, Verification
from app.domain.commands import (
    AddNote,
    Amend,
    ApproveReturn,
    AskReturn,
    AskVerification,
    Attach,
    Classify,
    Close,
    Commend,
    Dispatch,
    Handle,
    LowerGrade,
    OrderRework,
    RaiseGrade,
    RecordNotice,
    Redispatch,
    Refuse,
    RefuseReturn,
    ReportProgress,
    ReportVerification,
    Void,
)
from app.domain.deadlines import ledgers
from app.domain.provisions import Criterion
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Grade, Nature, Origin, TaskStatus
from app.services.queries import Draft
from ui.verbs import VERBS
from ui.views.forms import ask_return
from ui.views.forms.by_kind import FORMS

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TARGETS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)


class Hand:
    """A person at the keyboard: types into whatever has the focus and counts the keys that are not text."""

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


def status_of(on):
    return {on.case.status, *(task.status for task in on.tasks)}


@pytest.fixture
def open_form(qtbot, screen, desk, until):
    def opened(kind, status=CaseStatus.REGISTERED, **changes):
        on = next(one for one in desk.dossiers.values() if status in status_of(one))
        for name, value in changes.items():
            desk.colleague(on.case.id, **{name: value})
        form = FORMS[kind](screen, desk._view(desk.dossiers[on.case.id]))
        form.sent, form.left = [], []
        form.submitted.connect(form.sent.append)
        form.cancelled.connect(lambda: form.left.append(1))
        qtbot.addWidget(form)
        form.resize(640, 760)
        form.show()
        qtbot.waitExposed(form)
        form.first_focus()
        until(lambda: form.isAncestorOf(QApplication.focusWidget()))
        return form

    return opened


def only(form):
    ((command,),) = form.sent
    return command


# dispatch


def test_a_case_with_a_class_is_dispatched_with_two_keys(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED)
    hand.press(Key.Key_F5)  # the key that opened it
    hand.send()
    sent = only(form)
    assert isinstance(sent, Dispatch)
    assert sent.unit == "CGJ"
    assert hand.keys <= 5


def test_without_a_class_a_suggestion_and_the_usual_unit_take_three_keys(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED, category=None)
    hand.press(Key.Key_F5, Key.Key_1)
    hand.send()
    (classed, sent) = form.sent[0]
    assert (classed.category, sent.unit) == ("SR-01", "CGJ")
    assert isinstance(classed, Classify)
    assert hand.keys <= 5


def test_by_pinyin_nine_keys_are_enough(open_form, hand, until):
    form = open_form("dispatch", CaseStatus.FILED, category=None)
    hand.press(Key.Key_F5, Key.Key_F4)
    until(lambda: form.over.picker and form.over.picker.box.hasFocus())
    hand.press(Key.Key_Z, Key.Key_S, Key.Key_1)
    hand.send()
    (classed, sent) = form.sent[0]
    assert isinstance(classed, Classify)
    assert isinstance(sent, Dispatch)
    assert hand.keys <= 9


def test_the_clocks_that_will_run_are_shown_with_due_limit_and_source(open_form):
    form = open_form("dispatch", CaseStatus.FILED)
    told = form.limits.text
    assert "签收" in told
    assert "2 个工作时" in told
    assert "处置" in told
    assert "第15条·推定" in told
    assert "止" in told


def test_the_unit_is_told_when_and_not_to_leak_who_complained(open_form):
    form = open_form("dispatch", CaseStatus.FILED, keep_secret=True)
    text = form.instruction.text
    assert "不得向被投诉方透露" in text
    assert "要求保密" in text
    assert "前办结" in text


def test_words_changed_by_hand_are_left_alone(open_form, words):
    form = open_form("dispatch", CaseStatus.FILED)
    form.instruction.setPlainText("请今晚到场。")
    form.unit.set_value("SWJ")
    form._foresee()
    words.use("en")
    assert form.instruction.text == "请今晚到场。"


def due_in(form):
    """Until when the form says that the unit has time, and whether the words to the unit say so too."""
    due = re.findall(r"\d\d-\d\d \d\d:\d\d", form.limits.text)[-1]
    return due, due in form.instruction.text


def add_words(form, hand):
    form.instruction.setFocus()
    form.instruction.moveCursor(QTextCursor.MoveOperation.End)
    hand.write("请带照片反馈。")


def test_the_deadline_in_words_of_a_persons_own_follows_the_class(open_form, hand, desk):
    form = open_form("dispatch", CaseStatus.FILED)
    before, is_told = due_in(form)
    assert is_told
    add_words(form, hand)
    desk.pass_time(days=2)
    form.category.use("JT-01")
    after, is_told = due_in(form)
    assert after != before
    assert is_told, form.instruction.text
    assert before not in form.instruction.text
    assert form.instruction.text.endswith("请带照片反馈。")


def test_a_deadline_that_a_person_wrote_otherwise_is_theirs(open_form, desk):
    form = open_form("dispatch", CaseStatus.FILED)
    form.instruction.setPlainText("请于明天中午前办结。")
    desk.pass_time(days=2)
    form.category.use("JT-01")
    assert form.instruction.text == "请于明天中午前办结。"


def test_without_a_unit_for_a_moment_the_deadline_is_found_again(open_form, hand, desk):
    form = open_form("dispatch", CaseStatus.FILED)
    add_words(form, hand)
    form.unit.restore("")
    desk.pass_time(days=2)
    form.unit.restore("SWJ")
    assert due_in(form)[1], form.instruction.text


def test_a_draft_of_yesterday_gives_no_deadline_of_yesterday(open_form, hand, desk, screen):
    form = open_form("dispatch", CaseStatus.FILED)
    form.begin(None)
    add_words(form, hand)
    draft = Draft("d", desk.now(), json.loads(json.dumps(form.written)))
    desk.pass_time(days=1)
    again = FORMS["dispatch"](screen, form.view)
    again.begin(draft)
    assert again.instruction.text.endswith("请带照片反馈。")
    assert due_in(again)[1], again.instruction.text
    again.deleteLater()


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("dispatch", CaseStatus.FILED),
        ("refuse", CaseStatus.REGISTERED),
        ("handle", TaskStatus.SIGNED),
    ],
)
def test_what_goes_out_is_chinese_whatever_the_screen_speaks(open_form, words, kind, status):
    words.use("en")
    form = open_form(kind, status)
    if kind == "refuse":
        form.reason.choose("IN_COURT")
    if kind == "handle":
        form.result.setPlainText("已更换井盖。")
    letter = form.instruction if kind == "dispatch" else form.notice
    assert not re.search("[A-Za-z]{3,}", letter.text.replace(form.case.number, "")), letter.text
    assert letter.text
    words.use("zh")
    chinese = letter.text
    words.use("en")
    assert letter.text == chinese


def test_another_unit_is_found_by_its_initials(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED)
    hand.press(Key.Key_Q, Key.Key_S, Key.Key_W, Key.Key_1)
    hand.send()
    assert only(form).unit == "SWJ"


def test_alt_and_a_digit_choose_from_inside_a_text(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED, category=None)
    form.instruction.setFocus()
    hand.press(Key.Key_1, modifier=ALT)
    assert form.category.value == "SR-01"
    form.unit.offer([("SWJ", "picker.by_habit")])
    hand.press(Key.Key_1, modifier=ALT)
    assert form.unit.value == "SWJ"


def test_nothing_is_sent_without_a_unit(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED, category=None)
    hand.send()
    assert form.sent == []
    troubles = {field.key: field._trouble.text() for field in form.column.fields}
    assert "分类" in troubles["form.class"]
    assert "责任单位" in troubles["form.unit"]


def test_nothing_fires_while_an_input_method_composes(open_form, hand):
    form = open_form("dispatch", CaseStatus.FILED)
    form.instruction.setFocus()
    QCoreApplication.sendEvent(form.instruction, QInputMethodEvent("zao", []))
    hand.send()
    hand.press(Key.Key_Escape)
    assert (form.sent, form.left) == ([], [])


# every other form


def test_redispatch_offers_every_unit_but_the_one_that_has_it(open_form, hand):
    form = open_form("redispatch", TaskStatus.PENDING_SIGN)
    has_it = form.which.task.unit
    assert has_it not in {row.code for row in form.unit._found("j")}
    form.unit.set_value("RLJ")
    form.reason.setPlainText("职责在人力资源局")
    hand.send()
    sent = only(form)
    assert isinstance(sent, Redispatch)
    assert (sent.task_id, sent.unit) == (form.which.task.id, "RLJ")


def test_refuse_by_digit_writes_the_notice_itself(open_form, hand):
    form = open_form("refuse")
    hand.press(Key.Key_2, Key.Key_Return)
    hand.write("已向法院起诉。")
    assert "已进入司法程序" in form.notice.text
    assert "已向法院起诉" in form.notice.text
    hand.send()
    sent = only(form)
    assert isinstance(sent, Refuse)
    assert (sent.reason, sent.text, sent.method) == ("IN_COURT", "已向法院起诉。", "SMS")


def test_who_comes_to_prepared_words_goes_on_at_their_end(open_form, hand):
    form = open_form("refuse")
    hand.press(Key.Key_2, Key.Key_Return)
    hand.write("已向法院起诉。")
    assert form.notice.verticalScrollBar().value() == 0, "they are read from their beginning"
    hand.press(Key.Key_Return)
    prepared = form.notice.text
    hand.write("特此告知。")
    assert form.notice.text == f"{prepared}特此告知。"
    form.notice.moveCursor(QTextCursor.MoveOperation.Start)
    hand.press(Key.Key_Return, Key.Key_Backtab)
    assert form.notice.hasFocus()
    hand.write("您好：")
    assert form.notice.text == f"您好：{prepared}特此告知。", "he had put the cursor there himself"


def test_words_that_are_taken_up_are_gone_on_with_at_their_end(open_form, hand):
    form = open_form("refuse")
    form.notice.take_focus()
    form.notice.restore({"text": "另行电话说明。", "moving": ""})
    hand.write("今天下午。")
    assert form.notice.text == "另行电话说明。今天下午。"


def test_a_notice_written_by_hand_stays(open_form):
    form = open_form("refuse")
    form.notice.setPlainText("另行电话说明。")
    form.reason.choose("IN_COURT")
    assert form.notice.text == "另行电话说明。"


def test_refusing_needs_reason_and_words(open_form, hand):
    form = open_form("refuse")
    hand.send()
    assert form.sent == []
    assert form.column.fields[0]._trouble.isVisible()


def test_verification_is_asked_and_reported(open_form, hand):
    form = open_form("ask_verification")
    hand.write("井盖是否破损")
    hand.send()
    assert only(form) == AskVerification(case_id=form.case.id, question="井盖是否破损")
    form = open_form("report_verification")
    hand.press(Key.Key_2, Key.Key_Return)
    hand.write("现场完好")
    hand.send()
    found = only(form)
    assert found == ReportVerification(case_id=form.case.id, is_true=False, finding="现场完好")


def test_the_word_of_an_officer_nobody_named_is_written_down_with_his_name(
    open_form, hand, desk, until
):
    on = next(one for one in desk.dossiers.values() if CaseStatus.REGISTERED in status_of(one))
    asked = Verification(
        id="look", district=on.case.district, case_id=on.case.id, status="OPEN", asked_at=desk.now()
    )
    desk.dossiers[on.case.id] = on.with_row(asked)
    form = open_form("report_verification")
    assert form.case.id == on.case.id
    until(lambda: form.officer._rows())
    hand.send()
    assert form.sent == []
    form.officer.take_number(1)
    form.outcome.choose("TRUE")
    form.finding.setPlainText("属实")
    hand.send()
    assert only(form).officer == "hu"


def test_amend_sends_only_what_differs(open_form, hand):
    form = open_form("amend")
    hand.send()
    assert form.sent == []
    assert form._refusal.isVisible()
    form.address.setText("和平街道幸福里9号楼")
    form.nature.choose("SUGGESTION")
    hand.send()
    sent = only(form)
    assert isinstance(sent, Amend)
    assert (sent.address, sent.nature, sent.title) == (
        "和平街道幸福里9号楼",
        Nature.SUGGESTION,
        None,
    )


def test_amend_puts_the_person_and_the_marks_right_and_takes_the_place_off(open_form, hand):
    form = open_form("amend")
    assert form.phone.is_blank, "who reported stays sealed"
    form.phone.setText("不是号码")
    hand.send()
    assert form.sent == []
    form.phone.setText("13988887777")
    form.flags.tick("keep_secret")
    form.place.set_value("")
    hand.send()
    sent = only(form)
    assert (sent.phone, sent.name, sent.keep_secret) == ("13988887777", None, True)
    assert (sent.community or "", sent.street, sent.channel) == ("", "", None)


def test_amend_hints_at_a_mobile_number_of_another_length_and_sends_it_all_the_same(
    open_form, hand
):
    form = open_form("amend")
    form.phone.setFocus()
    hand.write("1380000120")
    field = next(one for one in form.column.fields if one.key == "form.right_phone")
    assert field.hinted == "", "nobody is told while he types"
    form.title.setFocus()
    assert "10" in field.hinted
    hand.send()
    assert only(form).phone == "1380000120"


def test_classify_is_choosing(open_form, hand):
    form = open_form("classify")
    hand.press(Key.Key_L, Key.Key_U, Key.Key_D, Key.Key_Return)
    assert only(form) == Classify(case_id=form._case.id, category="SZ-02")
    form.show_refusal("case-ended", {})
    assert form._refusal.isVisible()


def test_grades_go_up_freely_and_down_with_a_reason(open_form, hand):
    form = open_form("raise_grade", grade=Grade.C)
    hand.press(Key.Key_1)
    hand.send()
    assert only(form) == RaiseGrade(case_id=form.case.id, grade=Grade.A)
    form = open_form("lower_grade", grade=Grade.B)
    hand.send()
    assert form.sent == []
    hand.write("已无危险")
    hand.send()
    assert only(form) == LowerGrade(case_id=form.case.id, grade=Grade.C, reason="已无危险")


def test_a_return_names_reason_unit_basis_and_words(open_form, hand):
    form = open_form("ask_return", TaskStatus.SIGNED)
    hand.press(Key.Key_1, Key.Key_Return)
    hand.press(Key.Key_Q, Key.Key_S, Key.Key_W, Key.Key_1)
    hand.write("权责清单第12项")
    hand.press(Key.Key_Return)
    hand.write("该路段由水务局管养")
    hand.send()
    sent = only(form)
    assert isinstance(sent, AskReturn)
    assert (sent.reason, sent.proper_unit, sent.basis) == ("NOT_DUTY", "SWJ", "权责清单第12项")


@pytest.mark.parametrize(("seconds", "is_over"), [(-1, False), (1, True)])
def test_a_return_that_comes_too_late_is_told_at_once(
    desk, open_form, monkeypatch, seconds, is_over
):
    on = next(one for one in desk.dossiers.values() if TaskStatus.SIGNED in status_of(one))
    window = next(one for one in ledgers(on, desk.setting) if one.due)
    monkeypatch.setattr(ask_return, "return_window", lambda *_: window)
    desk.pass_time(seconds=(window.due - desk.now()).total_seconds() + seconds)
    trouble = open_form("ask_return", TaskStatus.SIGNED)._window_field._trouble
    assert trouble.isHidden() is not is_over
    assert ("退件期限已过" in trouble.text()) is is_over


def test_a_return_is_approved_or_refused_with_what_was_asked_in_view(open_form, hand):
    form = open_form("approve_return", TaskStatus.RETURN_REVIEW)
    texts = [form.body.itemAt(at).widget() for at in range(2)]
    assert "不属于本单位职责" in texts[0].text()
    assert "区水务局" in texts[1].text()
    hand.send()
    assert isinstance(only(form), ApproveReturn)
    form = open_form("refuse_return", TaskStatus.RETURN_REVIEW)
    hand.send()
    assert form.sent == []
    hand.write("属该单位职责")
    hand.send()
    sent = only(form)
    assert isinstance(sent, RefuseReturn)
    assert sent.is_improper


def test_handling_writes_the_notice_from_the_result(open_form, hand):
    form = open_form("handle", TaskStatus.SIGNED)
    hand.write("已更换井盖")
    hand.send()
    sent = only(form)
    assert isinstance(sent, Handle)
    assert "已更换井盖" in sent.notice
    assert sent.method == "PHONE"


def test_a_title_beyond_its_length_says_so_at_once_and_is_not_sent(open_form, hand):
    form = open_form("amend")
    (field,) = (one for one in form.column.fields if one.control is form.title)
    form.title.setText("长" * 201)
    assert "200" in field._trouble.text()
    assert not field._trouble.isHidden()
    hand.send()
    assert form.sent == []
    form.title.setText("长" * 200)
    assert field._trouble.isHidden()
    hand.send()
    assert only(form).title == "长" * 200


def test_an_emergency_under_way_offers_the_step_that_comes_next(open_form, hand, desk):
    form = open_form("report_progress", TaskStatus.SIGNED, grade=Grade.A)
    hand.send()
    sent = only(form)
    assert isinstance(sent, ReportProgress)
    assert (sent.step, sent.task_id) == ("ON_SITE", form.view.dossier.tasks[0].id)
    on = desk.dossiers[form.case.id]
    desk.dossiers[form.case.id] = on.with_row(replace(on.tasks[0], on_site_at=desk.now()))
    form = open_form("report_progress", TaskStatus.SIGNED)
    hand.press(Key.Key_Return)
    hand.write("水阀已关")
    hand.send()
    assert (only(form).step, only(form).text) == ("CONTROL", "水阀已关")


def test_whoever_need_not_be_told_needs_a_reason_instead(open_form, hand, words):
    form = open_form("handle", TaskStatus.SIGNED)
    hand.write("已更换井盖")
    form.method.choose("EXEMPT")
    assert form.notice.text == ""
    assert form.notice.accessibleName() == words.say("form.handling_notice.exempt")
    hand.send()
    assert form.sent == []
    form.notice.setPlainText("匿名来电，无联系方式")
    hand.send()
    sent = only(form)
    assert (sent.method, sent.notice) == ("EXEMPT", "匿名来电，无联系方式")


def test_a_reason_left_half_typed_is_the_reason_again(open_form, hand, desk, screen, words):
    form = open_form("handle", TaskStatus.SIGNED)
    form.begin(None)
    hand.write("已更换井盖")
    form.method.choose("EXEMPT")
    form.notice.setPlainText("匿名来电")
    draft = Draft("d", desk.now(), json.loads(json.dumps(form.written)))
    again = FORMS["handle"](screen, form.view)
    again.begin(draft)
    assert (again.method.value, again.notice.text) == ("EXEMPT", "匿名来电")
    assert again.notice.accessibleName() == words.say("form.handling_notice.exempt")
    again.deleteLater()


def test_who_changes_his_mind_has_the_notice_back(open_form, hand, words):
    form = open_form("handle", TaskStatus.SIGNED)
    hand.write("已更换井盖")
    form.method.choose("EXEMPT")
    form.method.choose("SMS")
    assert "已更换井盖" in form.notice.text
    assert form.notice.accessibleName() == words.say("form.handling_notice")


@pytest.mark.parametrize(
    ("of_this_task", "since", "is_required"),
    [(True, 1, False), (True, -1, True), (False, 1, True)],
)
def test_only_a_notice_of_this_round_saves_another(
    open_form, desk, of_this_task, since, is_required
):
    on = next(one for one in desk.dossiers.values() if TaskStatus.SIGNED in status_of(one))
    task = replace(on.tasks[0], signed_at=desk.now())
    on = on.with_row(task)
    told = Notice(
        id="told",
        district=task.district,
        case_id=on.case.id,
        status="RECORDED",
        kind="2",
        task_id=task.id if of_this_task else None,
        made_at=task.signed_at + timedelta(minutes=since),
    )
    desk.dossiers[on.case.id] = on.with_row(told)
    form = open_form("handle", TaskStatus.SIGNED)
    assert form.case.id == on.case.id
    assert (
        next(one for one in form.column.fields if one.control is form.notice).required
        is is_required
    )


def test_closing_needs_one_of_the_ways_and_not_those_that_contradict_it(open_form, hand):
    form = open_form("close", CaseStatus.PENDING_CLOSURE)
    hand.send()
    assert form.sent == []
    hand.press(Key.Key_2)
    hand.send()
    sent = only(form)
    assert isinstance(sent, Close)
    assert sent.criteria == ("ANSWER",)


def test_closing_a_city_part_needs_all_that_parts_need(open_form, hand):
    form = open_form("close", CaseStatus.PENDING_CLOSURE)
    first, *others = form._asked
    form._asked = (first, *(replace(one, component_only=True) for one in others))
    hand.press(Key.Key_1, Key.Key_2)
    hand.send()
    assert form.sent == []
    hand.press(Key.Key_3)
    hand.send()
    assert only(form).criteria == ("FACT", "ANSWER", "FIXED")


def test_closing_shows_result_notices_and_files(open_form):
    form = open_form("close", CaseStatus.PENDING_CLOSURE)
    told = " ".join(label.text() for label in form.findChildren(QLabel))
    assert "已现场处理并答复" in told
    assert "告知记录" in told


def test_rework_names_a_ground(open_form, hand, desk, monkeypatch):
    ground = Criterion("NOT_DONE", None, "refuses", "未作处置", "Nothing done", 17, Origin.P)
    policy = desk.setting.editions.editions[0]
    object.__setattr__(policy, "closure_criteria", (*policy.closure_criteria, ground))
    form = open_form("order_rework", CaseStatus.PENDING_CLOSURE)
    hand.press(Key.Key_1, Key.Key_Return)
    hand.write("请补照片")
    hand.send()
    sent = only(form)
    assert sent == OrderRework(case_id=form.case.id, criterion="NOT_DONE", text="请补照片")


def test_the_short_forms(open_form, hand):
    form = open_form("add_note")
    hand.write("已电话确认")
    hand.send()
    assert only(form) == AddNote(case_id=form.case.id, text="已电话确认")
    form = open_form("void")
    hand.write("误登记")
    hand.send()
    assert only(form) == Void(case_id=form.case.id, reason="误登记")
    form = open_form("commend", nature=Nature.THANKS)
    hand.press(Key.Key_1)
    hand.send()
    assert isinstance(only(form), Commend)
    form = open_form("record_notice")
    hand.press(Key.Key_1, Key.Key_Return, Key.Key_Return)
    hand.write("另请留意短信。")
    hand.send()
    sent = only(form)
    assert isinstance(sent, RecordNotice)
    assert (sent.notice_kind, sent.method, sent.is_missed) == ("1", "PHONE", False)
    assert sent.text.startswith("您好")
    assert sent.text.endswith("。另请留意短信。")


def test_a_file_that_is_too_large_keeps_no_other_away(open_form, desk, until, told, monkeypatch):
    form, keep = open_form("attach"), desk.files.keep

    async def picky(path: str) -> tuple[str, int]:
        if path == "/tmp/film.mp4":
            raise Refused("file-too-large", size=900, most=64)
        return await keep(path)

    monkeypatch.setattr(desk.files, "keep", picky)
    form.files.take(["/tmp/a.jpg", "/tmp/film.mp4"])
    until(lambda: told.toasts)
    assert told.toasts[0][:2] == ("refused.file-too-large", {"size": 900, "most": 64})
    assert form.files._told.text() == "a.jpg  1 KB"


def test_files_are_kept_first_and_attached_with_their_digest(open_form, hand, desk, until):
    form = open_form("attach")
    form.files.take(["/tmp/前.jpg", "/tmp/后.jpg"])
    until(lambda: len(form.files.kept) == 2)
    form.stage.choose("BEFORE")
    hand.send()
    (sent,) = form.sent
    assert [(one.name, one.stage, one.size) for one in sent] == [
        ("前.jpg", "BEFORE", 1024),
        ("后.jpg", "BEFORE", 1024),
    ]
    assert all(isinstance(one, Attach) and len(one.digest) == 64 for one in sent)


# what all have in common


STATUS = {
    "dispatch": CaseStatus.FILED,
    "redispatch": TaskStatus.PENDING_SIGN,
    "add_assist": TaskStatus.SIGNED,
    "sign": TaskStatus.PENDING_SIGN,
    "ask_return": TaskStatus.SIGNED,
    "approve_return": TaskStatus.RETURN_REVIEW,
    "refuse_return": TaskStatus.RETURN_REVIEW,
    "ask_extension": TaskStatus.SIGNED,
    "ask_suspension": TaskStatus.SIGNED,
    "ask_staged": TaskStatus.SIGNED,
    "log_blocker": TaskStatus.SIGNED,
    "ask_cancel": TaskStatus.SIGNED,
    "handle": TaskStatus.SIGNED,
    "close": CaseStatus.PENDING_CLOSURE,
    "order_rework": CaseStatus.PENDING_CLOSURE,
}


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_leaves_by_escape_shows_a_no_and_speaks_english(open_form, hand, words, kind):
    form = open_form(kind, STATUS.get(kind, CaseStatus.REGISTERED), grade=Grade.B)
    form.show_refusal("case-ended", {})
    assert form._refusal.isVisible()
    words.use("en")
    hand.press(Key.Key_Escape)
    if form.left == []:  # the first one shut a list
        hand.press(Key.Key_Escape)
    assert form.left == [1]


@pytest.mark.parametrize("kind", FORMS)
def test_every_control_has_a_name_and_a_target(open_form, kind):
    form = open_form(kind, STATUS.get(kind, CaseStatus.REGISTERED), grade=Grade.B)
    for widget in form.findChildren(object):
        is_control = isinstance(widget, TARGETS) and widget.isVisible()
        if is_control and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
            assert min(widget.width(), widget.height()) >= 24, widget


def test_every_kind_with_words_to_give_has_a_form():
    kinds = {verb.kind for verb in VERBS if verb.kind} - {
        "register",
        "file",
        "claim",
        "release",
        "withdraw_request",
        "resume",
        "call_back_notice",
        "undo",
        "import_record",
        "see_reporter",
        "unsplit",
    }
    assert kinds == set(FORMS)


@pytest.mark.parametrize("kind", FORMS)
def test_answers_that_come_after_a_form_is_gone_hurt_nobody(
    screen, desk, monkeypatch, told, until, kind
):
    gate = asyncio.Event()
    for whose, name in ((desk, "recall"), (desk, "people"), (desk.files, "keep")):
        answer = getattr(whose, name)

        async def late(*asked, answer=answer):
            await gate.wait()
            return await answer(*asked)

        monkeypatch.setattr(whose, name, late)
    wanted = STATUS.get(kind, CaseStatus.REGISTERED)
    on = next(one for one in desk.dossiers.values() if wanted in status_of(one))
    form = FORMS[kind](screen, desk._view(on))
    form.first_focus()
    form.deleteLater()
    QTest.qWait(10)
    gate.set()
    until(lambda: not told.tasks)
    assert told.troubles == []


@pytest.mark.parametrize(
    ("kind", "status", "usual"),
    [
        ("record_notice", CaseStatus.REGISTERED, "PHONE"),
        ("refuse", CaseStatus.REGISTERED, "SMS"),
        ("handle", CaseStatus.DISPATCHED, "PHONE"),
    ],
)
def test_the_usual_way_to_tell_somebody_is_one_that_reaches_him(open_form, kind, status, usual):
    assert open_form(kind, status).method.value == usual
    assert open_form(kind, status, phone_masked="", is_anonymous=True).method.value == "RECORD"
