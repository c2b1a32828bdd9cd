"""After an act the next case comes up if the case left its queue, else it stays; what is undone comes back."""

import pytest
from PySide6.QtCore import Qt

from app.domain.commands import AddNote, AskReturn, Dispatch, File
from app.domain.terms import Stage
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press
from ui.main_window import MainWindow

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
REASON = {"reason": "NOT_DUTY", "text": "不属本单位", "proper_unit": "JTJ", "basis": "清单"}


def ids(window: MainWindow) -> list[str]:
    model = window.workbench.model
    return [model.row_at(at).id for at in range(model.rowCount())]


def do(window: MainWindow, command, until) -> None:
    """As a form sends it."""
    work = window.acts.casework
    work.start(work.sending(), (command,), None, lambda: None)
    until(lambda: window.runner.is_idle)


def show(window: MainWindow, queue: Queue, until, at: int = 0) -> str:
    bench = window.workbench
    bench.use_queue(queue)
    until(lambda: bench.queue is queue and window.runner.is_idle)
    case_id = ids(window)[at]
    bench.open_case(case_id)
    until(lambda: bench.view is not None and bench.view.dossier.case.id == case_id)
    until(lambda: window.runner.is_idle)
    return case_id


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def test_a_case_that_leaves_the_queue_is_followed_by_the_next(window, until):
    about = show(window, Queue.FILING, until)
    following = ids(window)[1]
    do(window, File(case_id=about), until)
    assert window.workbench.selected == following


def test_so_is_one_that_a_unit_asks_to_send_back(window, desk: FakeDesk, until):
    about = show(window, Queue.SIGN, until)
    following = ids(window)[1]
    task = desk.dossiers[about].live_tasks[-1]
    do(window, AskReturn(case_id=about, task_id=task.id, **REASON), until)
    assert window.workbench.selected == following


def test_after_the_last_of_the_list_comes_the_one_before(window, until):
    about = show(window, Queue.FILING, until, at=-1)
    before = ids(window)[-2]
    do(window, File(case_id=about), until)
    assert window.workbench.selected == before


def test_a_case_that_waits_here_still_stays(window, until):
    about = show(window, Queue.FILING, until)
    do(window, AddNote(case_id=about, text="补充说明"), until)
    assert window.workbench.selected == about


def test_in_the_list_of_all_it_stays_whatever_was_done(window, desk: FakeDesk, until):
    about = next(one for one, on in desk.dossiers.items() if on.case.stage is Stage.FILING)
    show(window, Queue.ALL, until, at=[*_sorted_ids(window, until)].index(about))
    do(window, File(case_id=about), until)
    assert window.workbench.selected == about


def _sorted_ids(window: MainWindow, until) -> list[str]:
    window.workbench.use_queue(Queue.ALL)
    until(lambda: window.workbench.queue is Queue.ALL and window.runner.is_idle)
    return ids(window)


def test_a_case_opened_from_elsewhere_stays_and_so_does_the_cursor(window, desk: FakeDesk, until):
    cursor = show(window, Queue.SIGN, until)
    elsewhere = next(one for one, on in desk.dossiers.items() if on.case.stage is Stage.DISPATCH)
    window.workbench.open_case(elsewhere)
    until(lambda: window.workbench.view.dossier.case.id == elsewhere and window.runner.is_idle)
    do(window, Dispatch(case_id=elsewhere, unit="JTJ"), until)
    assert (window.workbench.selected, window.workbench.table.current) == (elsewhere, cursor)


def test_undo_goes_back_to_the_case_and_opens_it(window, desk: FakeDesk, until):
    about = show(window, Queue.FILING, until)
    do(window, File(case_id=about), until)
    assert window.workbench.selected != about
    press(window, Key.Key_Z, CTRL)
    until(lambda: desk.dossiers[about].case.filed_at is None and window.runner.is_idle)
    until(lambda: window.workbench.view.dossier.case.id == about)
    assert window.workbench.table.current == about
    assert window.workbench.view.dossier.case.stage is Stage.FILING


def test_undo_puts_the_cursor_on_it_also_where_the_list_has_lost_its_row(window, desk, until):
    about = show(window, Queue.FILING, until)
    do(window, File(case_id=about), until)
    window.workbench.apply_order()
    until(lambda: about not in ids(window) and window.runner.is_idle)
    press(window, Key.Key_Z, CTRL)
    until(lambda: window.workbench.table.current == about and window.runner.is_idle)
    assert window.workbench.selected == about
    until(lambda: window.workbench.view.dossier.case.id == about)


def test_undo_from_another_queue_opens_it_too(window, desk: FakeDesk, until):
    about = show(window, Queue.FILING, until)
    do(window, File(case_id=about), until)
    show(window, Queue.SIGN, until)
    press(window, Key.Key_Z, CTRL)
    until(lambda: desk.dossiers[about].case.filed_at is None and window.runner.is_idle)
    until(lambda: window.workbench.view.dossier.case.id == about)


def test_why_something_cannot_be_done_names_the_step_and_goes_with_its_case(window, until):
    show(window, Queue.FILING, until)
    press(window, Key.Key_C)
    assert [one.text for one in window.toasts.shown] == ["本件待立案，现在不能“结案”"]
    press(window, Key.Key_J)
    until(lambda: not window.toasts.shown)


def test_what_was_done_is_told_on_though_another_case_comes_up(window, until):
    about = show(window, Queue.FILING, until)
    window._toast("done.undo", {"number": "1"}, "done")
    do(window, File(case_id=about), until)
    until(lambda: window.workbench.view.dossier.case.id != about)
    assert [one.key for one in window.toasts.shown] == ["done.undo"]


def test_a_post_that_does_not_do_a_step_is_told_which(window, until):
    about = show(window, Queue.RETURNED, until)
    press(window, Key.Key_A)
    assert [one.text for one in window.toasts.shown] == ["“同意退件”不由操作员办理"]
    assert window.workbench.selected == about


def test_who_was_slower_hears_who_has_the_case_and_nothing_of_his_post(
    window, desk: FakeDesk, until
):
    about = show(window, Queue.DISPATCH, until)
    desk.dossiers[about] = _dispatched(desk, about)
    do(window, Dispatch(case_id=about, unit="JTJ"), until)
    (told,) = [one.text for one in window.toasts.shown]
    assert "区水务局" in told
    assert "操作员" not in told


def _dispatched(desk: FakeDesk, about: str):
    desk.colleague_does(about, Dispatch(case_id=about, unit="SWJ"))
    return desk.dossiers[about]
