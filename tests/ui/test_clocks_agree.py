"""The list and the pane tell one clock of a case: the binding one that is due first, and by it the list is sorted."""

import pytest
from PySide6.QtCore import Qt

from app.domain.commands import AskVerification, Handle
from app.domain.deadlines import settle
from app.domain.terms import CaseStatus, Stage
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_returned import in_stage, signed
from ui.main_window import MainWindow
from ui.models.row_text import Column

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


def cell(window: MainWindow, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    model = window.workbench.model
    at = model.place(window.workbench.selected)
    return model.index(at, Column.LEFT).data(role)


def pill(window: MainWindow) -> str:
    return window.workbench.pane.header.pill.accessibleName()


def head(window: MainWindow) -> str:
    return window.workbench.pane.header.spoken


def show(window: MainWindow, about: str, queue: Queue, until) -> None:
    bench = window.workbench
    bench.use_queue(queue)
    until(lambda: bench.queue is queue and window.runner.is_idle)
    bench.open_case(about)
    until(lambda: bench.view is not None and bench.view.dossier.case.id == about)
    until(lambda: window.runner.is_idle)


def test_during_a_look_on_the_spot_both_stand_still_and_tell_why(window, desk, until):
    about = in_stage(desk, Stage.FILING)
    show(window, about, Queue.FILING, until)
    desk.colleague_does(about, AskVerification(case_id=about, officer="hu", question="属实吗"))
    until(lambda: window.workbench.view.dossier.case.status is CaseStatus.VERIFYING)
    until(lambda: "核实" in cell(window))
    told = cell(window), pill(window), head(window)
    assert told[0] == "❚❚ 停·核实"
    assert told[1] == "已停钟（核实）"
    assert "胡明" in told[2]
    desk.pass_time(minutes=3)
    window.workbench.clock.tick()
    assert (cell(window), pill(window), head(window)) == told


def test_the_officer_who_looks_sees_his_own_time_go(window, desk, until):
    about = in_stage(desk, Stage.FILING)
    desk.colleague_does(about, AskVerification(case_id=about, officer="hu", question="属实吗"))
    window.acts.take("person:hu")
    until(lambda: desk.me.login == "hu" and window.runner.is_idle)
    show(window, about, Queue.FILING, until)
    assert pill(window).startswith("剩余")
    assert pill(window) in cell(window, SPOKEN)


@pytest.mark.parametrize("stage", [Stage.DISPOSAL, Stage.CLOSURE])
def test_the_pane_tells_the_clock_by_which_the_case_is_listed(stage, window, desk, until):
    """Not the first of all that run: telling the reporter and the whole case do not bind."""
    about = in_stage(desk, Stage.DISPOSAL)
    desk.dossiers[about] = desk.dossiers[about].with_row(signed(desk, about))
    if stage is Stage.CLOSURE:
        task = desk.dossiers[about].live_tasks[-1].id
        done = Handle(case_id=about, task_id=task, result="已办", notice="已告知", method="PHONE")
        desk.colleague_does(about, done)
    else:
        settled(desk, about)
    show(window, about, Queue(stage.value), until)
    assert pill(window) in cell(window, SPOKEN)
    name = "结案审核" if stage is Stage.CLOSURE else "处置"
    assert name in cell(window, SPOKEN)
    assert name in head(window)


def settled(desk: FakeDesk, about: str) -> None:
    on = desk.dossiers[about]
    desk.dossiers[about] = on.with_row(settle(on, desk.setting))
