"""Several units in one case: chosen and taken away by key, told apart on the board, and named when the centre acts."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.commands import AddAssist, Dispatch, Handle, Sign
from app.domain.deadlines import settle
from app.domain.terms import CaseStatus, Role, TaskPart, TaskStatus
from ui.models.clock_lines import ClockText
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText
from ui.views.forms.by_kind import FORMS

pytestmark = pytest.mark.article(20)
Key = Qt.Key


def shared(desk, status=TaskStatus.SIGNED):
    """A case of the town that another unit assists in."""
    on = next(
        one
        for one in desk.dossiers.values()
        if one.case.status is CaseStatus.DISPATCHED
        and [task.status for task in one.live_tasks] == [status]
    )
    (task,) = on.live_tasks
    sister = replace(task, id=f"{task.id}.b", unit="RLJ", part=TaskPart.ASSIST, result="已配合")
    on = on.with_row(sister)
    on = on.with_row(settle(on, desk.setting))
    desk.dossiers[on.case.id] = on
    return on


@pytest.fixture
def opened(qtbot, screen, desk, until):
    def form_of(kind, on):
        form = FORMS[kind](screen, desk._view(on))
        form.sent = []
        form.submitted.connect(form.sent.append)
        qtbot.addWidget(form)
        form.resize(640, 760)
        form.show()
        qtbot.waitExposed(form)
        form.first_focus()
        until(lambda: form.isAncestorOf(QApplication.focusWidget()))
        return form

    return form_of


@pytest.fixture
def dispatch(opened, desk):
    on = next(one for one in desk.dossiers.values() if one.case.status is CaseStatus.FILED)
    return opened("dispatch", on)


def choose(form, words):
    form.assists.take_focus()
    QTest.keyClicks(form.assists.picker.box, words)
    QTest.keyClick(form.assists.picker.box, Key.Key_Return)


def test_assisting_units_are_added_and_taken_away_by_key(dispatch):
    choose(dispatch, "rlj")
    choose(dispatch, "jyj")
    first, second = dispatch.assists.codes
    assert dispatch.assists.picker.is_blank
    assert dispatch.assists._rows[0].limits.text().count("·") == 2
    QTest.keyClick(dispatch.assists.picker.box, Key.Key_Backspace)
    assert dispatch.assists.codes == (first,)
    choose(dispatch, "jyj")
    dispatch.assists._rows[0].button.setFocus()
    QTest.keyClick(dispatch.assists._rows[0].button, Key.Key_Delete)
    assert dispatch.assists.codes == (second,)
    dispatch.submit()
    ((sent,),) = dispatch.sent
    assert isinstance(sent, Dispatch)
    assert (sent.unit, sent.assists) == ("CGJ", (second,))


def test_who_leads_does_not_assist_and_a_draft_brings_the_others_back(dispatch):
    dispatch.assists.restore(["RLJ", "CGJ"])
    assert dispatch.assists.codes == ("RLJ",)
    dispatch.unit.restore("RLJ")
    assert dispatch.assists.is_blank
    assert dispatch.assists.kept == []


def test_one_more_unit_is_asked_with_its_limits_shown(opened, desk):
    on = shared(desk)
    form = opened("add_assist", on)
    assert not {"RLJ", on.case.lead_unit} & {row.code for row in form.unit._found("j")}
    form.unit.restore("JYJ")
    assert form.limits.text
    form.submit()
    ((sent,),) = form.sent
    assert isinstance(sent, AddAssist)
    assert sent.unit == "JYJ"


def test_the_centre_says_whose_task_it_reports(opened, desk):
    on = shared(desk)
    form = opened("handle", on)
    form.result.setPlainText("已修复")
    form.submit()
    assert form.sent == []
    QTest.keyClick(form.which.choices, Key.Key_2)
    form.submit()
    ((sent,),) = form.sent
    assert isinstance(sent, Handle)
    assert on.task(sent.task_id).unit == "RLJ"


def test_the_reply_of_who_leads_begins_with_what_the_others_reported(opened, desk, words):
    on = shared(desk)
    form = opened("handle", on)
    assert form.result.text == ""
    form.which.choices.choose(on.lead.id)
    assert form.result.text == "区人力资源局：已配合"
    assert "已配合" in form.notice.text
    form.which.choices.choose(on.live_tasks[1].id)
    assert form.result.text == ""
    form.which.choices.choose(on.lead.id)
    form.result.setPlainText("都已办好")
    form.which.choices.choose(on.live_tasks[1].id)
    assert form.result.text == "都已办好"


def test_who_leads_reads_of_whom_no_result_came(opened, desk, words):
    on = shared(desk)
    sister = replace(on.live_tasks[1], result="")
    desk.dossiers[on.case.id] = on.with_row(sister)
    form = opened("handle", desk.dossiers[on.case.id])
    assert not form._waiting.isVisible()
    form.which.choices.choose(on.lead.id)
    assert form._waiting.text() == "协办单位尚未报送结果：区人力资源局"
    assert form.result.text == ""


def test_a_draft_from_before_the_result_wrote_itself_is_taken_up(opened, desk, words):
    form = opened("handle", shared(desk))
    form.result.restore("写了一半")
    assert form.result.text == "写了一半"


@pytest.mark.parametrize(
    "kind",
    ["ask_return", "ask_extension", "ask_suspension", "ask_staged", "log_blocker", "ask_cancel"],
)
def test_what_is_asked_for_a_unit_names_the_unit(opened, desk, kind):
    on = shared(desk)
    form = opened(kind, on)
    assert form.which.task is None
    form.which.choices.choose(on.live_tasks[0].id)
    assert form.which.task_id == on.live_tasks[0].id


@pytest.mark.parametrize("kind", ["attach", "record_notice"])
def test_a_paper_is_about_the_latest_task_unless_somebody_says_otherwise(opened, desk, kind):
    on = shared(desk)
    assert opened(kind, on).which.task_id == on.live_tasks[-1].id


def test_a_unit_is_not_asked_whose_task_it_is(opened, desk):
    on = shared(desk)
    desk._me = replace(desk.me, role=Role.UNIT_HANDLER, unit="RLJ")
    form = opened("handle", on)
    assert form.which.choices is None
    assert form.which.task.unit == "RLJ"


def test_the_board_has_a_row_for_each_unit_who_leads_on_top(screen, desk):
    on = shared(desk)
    wishes = WishText(screen.words, screen.data, desk.setting, desk.setting.policy(on.case))
    clocks = ClockText.of(screen.words, screen.data, desk.setting, on)
    dues = clocks.dues(desk._view(on).ledgers)
    tasks = next(one for one in WorkText(wishes, dues).parts(on) if one.name == "tasks")
    heads = [line.head for line in tasks.lines]
    assert [head.rsplit(" · ")[-1] for head in heads[:2]] == ["牵头", "协办"]
    assert [line.body.split("\n")[0] for line in tasks.lines[:2]] == [
        dues[task.id] for task in on.live_tasks
    ]
    assert "已配合" in tasks.lines[1].body


def test_the_key_of_signing_asks_whose_where_two_tasks_wait(whole_window, desk, until):
    on = shared(desk, TaskStatus.PENDING_SIGN)
    whole_window.workbench.open_case(on.case.id)
    until(
        lambda: (
            whole_window.workbench.view
            and whole_window.workbench.view.dossier.case.id == on.case.id
            and whole_window.runner.is_idle
        )
    )
    whole_window.acts.act("sign")
    until(lambda: whole_window.sheet.content is not None)
    form = whole_window.sheet.content
    form.which.choices.choose(on.live_tasks[1].id)
    form.submit()
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert [(type(one), one.task_id) for one in desk.sent] == [(Sign, on.live_tasks[1].id)]
