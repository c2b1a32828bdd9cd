"""What the centre does for a unit says so: on the button, and once it is done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import KINDS, Sign
from app.domain.terms import Role
from app.services.queries import Queue
from ui.main_window import MainWindow
from ui.verbs import OF_A_UNIT, is_on_behalf


@pytest.fixture
def signing(whole_window: MainWindow, until) -> MainWindow:
    bench = whole_window.workbench
    bench.use_queue(Queue.SIGN)
    until(lambda: bench.view and bench.view.suggested == "sign" and whole_window.runner.is_idle)
    return whole_window


def test_the_button_of_the_centre_says_that_it_signs_for_the_unit(signing, words):
    button = signing.workbench.pane.acts.button("sign")
    assert button.text() == "代单位签收  Q"
    assert "代单位签收" in button.accessibleName()
    assert signing.workbench.pane.acts.button("ask_return").text().startswith("代单位申请退件")
    assert signing.workbench.pane.acts.button("add_note").text() == "写备注"
    words.use("en")
    assert button.text() == "Sign for, for the unit  Q"


def test_what_was_done_for_a_unit_names_it(signing, desk, words, until):
    about = signing.workbench.selected
    unit = words_of(signing, desk.dossiers[about].live_tasks[-1].unit)
    QTest.keyClick(signing.focusWidget(), Qt.Key.Key_Q)
    until(lambda: desk.sent and signing.runner.is_idle)
    assert [type(one) for one in desk.sent] == [Sign]
    assert desk.dossiers[about].live_tasks[-1].on_behalf
    assert signing.strip.text == f"已签收 {desk.dossiers[about].case.number}（代 {unit}）"
    words.use("en")
    assert signing.strip.text.endswith("Bureau)") or signing.strip.text.endswith("Branch)")


def words_of(window: MainWindow, unit: str) -> str:
    return window.seat.data.unit(unit)


def test_a_unit_that_signs_itself_signs_for_nobody(signing, desk, until):
    signing.acts.take("person:chen")
    until(lambda: desk.me.login == "chen" and signing.runner.is_idle)
    signing.workbench.use_queue(Queue.SIGN)
    mine = next(
        one
        for one, on in desk.dossiers.items()
        if on.case.stage.value == "SIGN" and on.case.lead_unit == "CGJ"
    )
    signing.workbench.open_case(mine)
    until(lambda: signing.workbench.view and signing.workbench.view.dossier.case.id == mine)
    until(lambda: signing.runner.is_idle)
    assert signing.workbench.pane.acts.button("sign").text() == "签收  Q"
    QTest.keyClick(signing.workbench.table, Qt.Key.Key_Q)
    until(lambda: desk.sent and signing.runner.is_idle)
    assert "代" not in signing.strip.text


def test_only_acts_with_a_task_or_an_order_are_a_units():
    assert set(KINDS) >= OF_A_UNIT
    for kind in OF_A_UNIT:
        assert {"task_id", "interim_id", "visit_id"} & set(KINDS[kind].__dataclass_fields__)
    assert not is_on_behalf("sign", Role.UNIT_LEADER)
    assert not is_on_behalf("close", Role.OPERATOR)
    assert not is_on_behalf(None, Role.OPERATOR)
