"""Several marked cases decided with one key and one reason: each by its own wish, and none held back by another."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import (
    ApproveRequest,
    ApproveReturn,
    Claim,
    HandOver,
    RaiseGrade,
    RefuseRequest,
    RefuseReturn,
)
from app.domain.terms import Grade, Stage
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press, texts, write
from tests.ui.test_extending import about, asked, show
from ui.main_window import MainWindow
from ui.views.forms.several import SeveralForm
from ui.views.forms.several_plans import Decision

__all__ = ["about"]
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


@pytest.fixture
def waiting(whole_window: MainWindow, desk: FakeDesk, about, until) -> list[str]:
    """An extension and all returns, marked in the list of what waits."""
    asked(desk, about)
    ids = [one for one, on in desk.dossiers.items() if on.case.stage is Stage.RETURNED]
    bench = whole_window.workbench
    bench.use_queue(Queue.RETURNED)
    until(lambda: bench.view is not None and bench.view.dossier.case.id in ids)
    until(lambda: whole_window.runner.is_idle)
    bench.focus_list()
    for one in ids:
        bench.model.mark(one, is_marked=True)
    return sorted(ids)


def laid_open(window: MainWindow, until) -> SeveralForm:
    until(lambda: isinstance(window.sheet.content, SeveralForm) and window.runner.is_idle)
    content = window.sheet.content
    assert isinstance(content, SeveralForm)
    return content


def told(form: SeveralForm) -> str:
    return "\n".join(one.text() for one in form.findChildren(QLabel))


def test_one_key_approves_all_that_is_marked(whole_window, desk, about, waiting, until):
    press(whole_window, Key.Key_A)
    form = laid_open(whole_window, until)
    assert "延期" in told(form)
    assert "退件" in told(form)
    assert "办理时限延长至" in told(form)
    write(whole_window, "情况属实")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: len(desk.sent) == len(waiting) and whole_window.runner.is_idle)
    assert [one.case_id for one in desk.sent] == waiting
    kinds = {type(one) for one in desk.sent}
    assert kinds == {ApproveReturn, ApproveRequest}
    (extension,) = [one for one in desk.sent if isinstance(one, ApproveRequest)]
    assert "办理时限延长至" in extension.notice
    assert {one.text for one in desk.sent} == {"情况属实"}
    assert whole_window.sheet.content is None
    assert not whole_window.workbench.marked
    assert f"已审批 {len(waiting)} 件" in texts(whole_window)


def test_a_refusal_of_several_needs_one_reason(whole_window, desk, waiting, until):
    press(whole_window, Key.Key_R, SHIFT)
    form = laid_open(whole_window, until)
    press(whole_window, Key.Key_Return, CTRL)
    assert desk.sent == []
    form.plan.words.setPlainText("材料不足")
    form.submit()
    until(lambda: len(desk.sent) == len(waiting) and whole_window.runner.is_idle)
    assert {type(one) for one in desk.sent} == {RefuseReturn, RefuseRequest}


def test_what_is_refused_meanwhile_is_told_and_holds_nothing_back(
    whole_window, desk, waiting, until
):
    press(whole_window, Key.Key_A)
    form = laid_open(whole_window, until)
    desk.refuse("request-missing")
    form.submit()
    until(lambda: len(desk.sent) == len(waiting) - 1 and whole_window.runner.is_idle)
    assert "没有待决定的申请" in told(form)
    assert not form.primary.isEnabled()
    form.submit()
    press(whole_window, Key.Key_Escape)
    assert whole_window.sheet.content is None


def test_what_somebody_may_not_decide_is_told_and_left_out(screen, desk, about, qtbot):
    asked(desk, about, login="li")
    free = next(one for one, on in desk.dossiers.items() if on.case.stage is Stage.FILING)
    views = [desk._view(desk.dossiers[one]) for one in (about, free)]
    form = SeveralForm(screen, views, Decision(screen, approves=True))
    qtbot.addWidget(form)
    assert form.ready == []
    assert "不能审批自己提出的申请" in told(form)
    assert "没有待决定的申请" in told(form)
    assert not form.primary.isEnabled()
    sent = []
    form.submitted.connect(sent.append)
    form.submit()
    assert sent == []


def test_nobody_else_decides(screen, about, qtbot):
    desk = FakeDesk(login="zhang")
    returned = next(on for on in desk.dossiers.values() if on.open_request())
    form = SeveralForm(screen, [desk._view(returned)], Decision(screen, approves=False))
    qtbot.addWidget(form)
    assert "不由您的岗位审批" in told(form)


def test_a_wish_on_its_way_is_not_sent_twice(whole_window, desk, waiting, until):
    press(whole_window, Key.Key_A)
    form = laid_open(whole_window, until)
    form.submit()
    form.submit()
    until(lambda: len(desk.sent) >= len(waiting) and whole_window.runner.is_idle)
    assert len(desk.sent) == len(waiting)


def test_one_that_is_marked_alone_is_decided_as_ever(whole_window, desk, about, until):
    asked(desk, about)
    show(whole_window, about, until)
    whole_window.workbench.model.mark(about, is_marked=True)
    press(whole_window, Key.Key_A)
    assert not isinstance(whole_window.sheet.content, SeveralForm)
    assert whole_window.sheet.content is not None


@pytest.fixture
def free(whole_window: MainWindow, desk: FakeDesk, until) -> list[str]:
    """Three that wait to be dispatched, marked; one of them is claimed by somebody else."""
    ids = [one for one, on in desk.dossiers.items() if on.case.stage is Stage.DISPATCH][:3]
    desk.colleague_does(ids[0], Claim(case_id=ids[0]), "zhang")
    bench = whole_window.workbench
    bench.use_queue(Queue.DISPATCH)
    until(lambda: bench.view is not None and whole_window.runner.is_idle)
    bench.focus_list()
    for one in ids:
        bench.model.mark(one, is_marked=True)
    return sorted(ids)


def given(window: MainWindow, until) -> SeveralForm:
    """The form of handing over, filled in and sent."""
    press(window, Key.Key_G, SHIFT)
    form = laid_open(window, until)
    until(lambda: form.plan.holder._officers)
    form.plan.holder.set_value("zhang")
    form.plan.words.setPlainText("换班")
    form.submit()
    until(lambda: not form.back.isHidden() and window.runner.is_idle)
    return form


def test_several_are_handed_over_each_by_its_own_wish_and_the_result_stays(
    whole_window, desk, free, until
):
    form = given(whole_window, until)
    assert {type(one) for one in desk.sent} == {HandOver}
    held = [one for one in free if desk.dossiers[one].case.holder == "zhang"]
    assert sorted(held) == free
    assert len(desk.sent) == len(free) - 1  # one was theirs already: told, and in nobody's way
    assert "已经在 张三 手里" in told(form)
    assert f"已办 {len(free) - 1} 件，未办 1 件" in form.result.text()
    assert whole_window.sheet.content is form
    assert not whole_window.workbench.marked


def test_what_was_done_to_several_is_taken_back_by_one_press(whole_window, desk, free, until):
    form = given(whole_window, until)
    assert form.back.hasFocus()
    form.back.click()
    until(lambda: "已撤回 2 件" in form.result.text() and whole_window.runner.is_idle)
    assert [desk.dossiers[one].case.holder for one in free].count("zhang") == 1
    assert form.back.isHidden()
    press(whole_window, Key.Key_Escape)
    assert whole_window.sheet.content is None


def test_relieving_somebody_needs_a_reason(whole_window, desk, free, until):
    press(whole_window, Key.Key_G, SHIFT)
    form = laid_open(whole_window, until)
    form.plan.holder.set_value("li")
    form.submit()
    assert desk.sent == []


def test_several_are_raised_and_those_that_cannot_be_are_told(whole_window, desk, free, until):
    desk.colleague(free[1], grade=Grade.A)
    until(lambda: whole_window.runner.is_idle)
    press(whole_window, Key.Key_U)
    form = laid_open(whole_window, until)
    assert "现在不能这样办" in told(form)
    form.plan.grade.choose("B")
    press(whole_window, Key.Key_Return, CTRL)
    until(
        lambda: not form.bar.isVisible() and form.result.isVisible() and whole_window.runner.is_idle
    )
    assert all(isinstance(one, RaiseGrade) for one in desk.sent)
    assert {one.case_id for one in desk.sent} <= {free[0], free[2]}
    assert desk.dossiers[free[1]].case.grade is Grade.A


def test_a_store_that_is_away_leaves_the_form_to_be_asked_again(whole_window, desk, free, until):
    press(whole_window, Key.Key_U)
    form = laid_open(whole_window, until)
    form.plan.grade.choose("A")
    desk.cut()
    form.submit()
    until(lambda: whole_window.runner.is_idle)
    assert form.primary.isEnabled()
    assert desk.sent == []
