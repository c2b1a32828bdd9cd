from dataclasses import replace

import pytest

from app.domain.case import Dossier
from app.domain.commands import Person, Register
from app.domain.deadlines import ledgers
from app.domain.measures.dispatch import dispatch
from app.domain.moment import Actor, Moment
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, TaskStatus
from app.services.foresee import (
    NOT_KEPT,
    foresee_dispatch,
    foresee_intake,
    foresee_redispatch,
)
from tests.ui.fake_town import NOW, dossiers, setting

ME = Actor("zhang", "张三", Role.OPERATOR, "PS")
WISH = Register(
    narrative="夜间施工太吵",
    category="ZS-01",
    address="幸福里12号",
    street="HP",
    reporter=Person(phone="13800000000"),
)


@pytest.fixture(scope="module")
def moment():
    return Moment(NOW, ME, NOT_KEPT, setting())


@pytest.fixture(scope="module")
def filed():
    return next(one for one in dossiers(20) if one.case.status is CaseStatus.FILED)


def test_a_complete_report_lacks_nothing_and_sets_four_clocks_going(moment):
    foreseen = foresee_intake(WISH, "STJ", moment)
    assert foreseen.missing == ()
    assert [one.clock for one in foreseen.clocks] == [Clock.K1, Clock.K2, Clock.K3, Clock.K5]
    assert all(one.due is not None and one.due > NOW for one in foreseen.clocks)


def test_what_filing_will_ask_for_is_known_beforehand(moment):
    bare = Register(narrative="")
    assert foresee_intake(bare, None, moment).missing == (
        "description-missing",
        "address-missing",
        "category-missing",
    )


def test_without_a_unit_only_filing_and_dispatch_are_foreseen(moment):
    clocks = foresee_intake(WISH, None, moment).clocks
    assert [one.clock for one in clocks] == [Clock.K1, Clock.K2]


def test_thanks_start_no_clock(moment):
    thanks = replace(WISH, nature=Nature.THANKS)
    assert foresee_intake(thanks, "STJ", moment).clocks == ()


def test_urgency_shortens_what_is_foreseen(moment):
    def disposal(grade):
        clocks = foresee_intake(replace(WISH, grade=grade), "STJ", moment).clocks
        return next(one.due for one in clocks if one.clock is Clock.K5)

    assert disposal(Grade.A) < disposal(Grade.B) < disposal(Grade.C)


def test_foresight_is_what_dispatch_then_does(moment, filed):
    (_, due) = foresee_dispatch(filed, None, "CGJ", moment)
    from app.domain.commands import Dispatch

    after = filed
    for row in dispatch(Dispatch(case_id=filed.case.id, unit="CGJ"), filed, moment):
        after = after.with_row(row)
    done = next(one for one in ledgers(after, moment.setting) if one.clock is Clock.K5)
    assert due == done


def test_beside_a_unit_that_leads_another_is_foreseen_as_assisting(moment, filed):
    from app.domain.commands import Dispatch

    led = filed
    for row in dispatch(Dispatch(case_id=filed.case.id, unit="CGJ"), filed, moment):
        led = led.with_row(row)
    clocks = foresee_dispatch(led, None, "SWJ", moment)
    assert {Clock.K3, Clock.K5} == {one.clock for one in clocks}


def test_foresight_changes_nothing(moment, filed):
    before = filed
    foresee_dispatch(filed, "SZ-01", "SWJ", moment)
    assert filed == before


@pytest.mark.parametrize("unit", [None, "", "NOBODY"])
def test_no_unit_no_clocks(moment, filed, unit):
    assert foresee_dispatch(filed, None, unit, moment) == ()


def test_an_unknown_class_gives_no_clocks(moment, filed):
    assert foresee_dispatch(filed, "??", "CGJ", moment) == ()


def test_thanks_are_not_dispatched(moment, filed):
    thanks = Dossier(replace(filed.case, nature=Nature.THANKS))
    assert foresee_dispatch(thanks, None, "CGJ", moment) == ()


def test_redispatch_starts_new_clocks_for_the_new_unit(moment):
    waiting = next(
        one
        for one in dossiers(20)
        if any(task.status is TaskStatus.PENDING_SIGN for task in one.tasks)
    )
    task = next(one for one in waiting.tasks if one.status is TaskStatus.PENDING_SIGN)
    clocks = foresee_redispatch(waiting, task, "RLJ", moment)
    assert [one.clock for one in clocks] == [Clock.K3, Clock.K5]
    assert all(one.started == NOW for one in clocks)
    assert foresee_redispatch(waiting, task, task.unit, moment) == ()
    assert foresee_redispatch(waiting, task, None, moment) == ()
