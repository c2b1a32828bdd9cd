"""What nobody could fill in rightly does not open: the bar of the case says why, and so does the key."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.terms import TaskStatus
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from ui.main_window import MainWindow

Key = Qt.Key
SIGNED = TaskStatus.SIGNED
OWN = "不能审批自己提出的申请"


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def returned(desk: FakeDesk, asked_by: str) -> str:
    """A case that somebody asked to have returned."""
    on = next(one for one in desk.dossiers.values() if one.open_request() is not None)
    request = replace(on.open_request(), asked_by=asked_by)
    desk.dossiers[on.case.id] = replace(on, requests=(request,))
    return on.case.id


def show(window: MainWindow, case_id: str, until) -> None:
    window.workbench.open_case(case_id)
    until(lambda: window.workbench.view and window.workbench.view.dossier.case.id == case_id)
    until(lambda: window.runner.is_idle)
    window.workbench.focus_list()


@pytest.mark.parametrize(("key", "name"), [(Key.Key_A, "同意退件"), (Key.Key_R, "不同意退件")])
def test_who_asked_does_not_decide(whole_window: MainWindow, desk: FakeDesk, until, key, name):
    show(whole_window, returned(desk, "li"), until)
    bar = whole_window.workbench.pane.acts
    assert name in bar.objections
    assert OWN in bar.objections
    assert not bar.button("approve_return").isEnabled()
    assert not bar.button("refuse_return").isEnabled()
    assert OWN in bar.button("approve_return").toolTip()
    shift = Qt.KeyboardModifier.ShiftModifier
    none = Qt.KeyboardModifier.NoModifier
    QTest.keyClick(whole_window.focusWidget(), key, shift if key == Key.Key_R else none)
    assert whole_window.sheet.content is None
    assert OWN in whole_window.toasts.shown[0].text


def test_another_one_does(whole_window: MainWindow, desk: FakeDesk, until):
    show(whole_window, returned(desk, "chen"), until)
    bar = whole_window.workbench.pane.acts
    assert bar.objections == ""
    assert bar.button("approve_return").property("role") == "primary"
    QTest.keyClick(whole_window.focusWidget(), Key.Key_A)
    assert whole_window.sheet.content is not None


def test_menu_and_palette_say_the_same(whole_window: MainWindow, desk: FakeDesk, until):
    show(whole_window, returned(desk, "li"), until)
    whole_window.menus.refresh()  # as when a menu is opened
    action = whole_window.menus.actions["approve_return"]
    assert not action.isEnabled()
    assert OWN in action.toolTip()
    offers = {one.code: one for one in whole_window._offers()}
    assert OWN in offers["verb:approve_return"].why


def test_what_is_barred_is_not_suggested(whole_window: MainWindow, desk: FakeDesk, until):
    show(whole_window, returned(desk, "li"), until)
    bar = whole_window.workbench.pane.acts
    roles = {name: bar.button(name).property("role") for name in bar.names}
    assert "primary" not in roles.values()
    QTest.keyClick(whole_window.focusWidget(), Key.Key_Return)
    assert whole_window.workbench.pane.isAncestorOf(QApplication.focusWidget())


def test_the_reason_is_told_in_the_language_of_the_screen(
    whole_window: MainWindow, desk: FakeDesk, words, until
):
    show(whole_window, returned(desk, "li"), until)
    words.use("en")
    assert "Approve return" in whole_window.workbench.pane.acts.objections


def test_a_return_is_not_asked_for_after_its_window(
    whole_window: MainWindow, desk: FakeDesk, until
):
    on = next(one for one in desk.dossiers.values() if SIGNED in {t.status for t in one.tasks})
    tasks = (replace(task, signed_at=NOW - timedelta(days=9)) for task in on.tasks)
    desk.dossiers[on.case.id] = replace(on, tasks=tuple(tasks))
    show(whole_window, on.case.id, until)
    QTest.keyClick(whole_window.focusWidget(), Key.Key_R)
    assert whole_window.sheet.content is None
    assert "退件期限已过" in whole_window.workbench.pane.acts.objections
    assert "退件期限已过" in whole_window.toasts.shown[0].text
