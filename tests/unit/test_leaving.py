"""How clocks of tasks end: by the duty done, never by a later act of the centre, and not as done when given away."""

import pytest

from app.domain.clocks import ClockState
from app.domain.commands import (
    ApproveReturn,
    AskReturn,
    Close,
    Dispatch,
    Handle,
    Redispatch,
    RefuseReturn,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.measures.disposal import criteria_for
from app.domain.terms import CaseStatus, Clock, Role
from tests.kit import a_unit, filed, setting, someone

LEADER, HANDLER = someone(Role.SHIFT_LEADER), someone(Role.UNIT_HANDLER)
DAY = 24 * 60


def dispatched():
    return filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)


def signed():
    story = dispatched()
    return story.does(Sign(case_id="x", task_id=story.on.tasks[0].id), HANDLER, after=10)


def clock(story, wanted, at=0):
    task = story.on.tasks[at].id
    about = (one for one in ledgers(story.on, setting()) if one.about == task)
    return next(one for one in about if one.clock is wanted and not one.matter)


def state(story, wanted, at=0):
    return clock(story, wanted, at).state(story.now)


def asked_back(story, after=5):
    wish = AskReturn(
        case_id="x",
        task_id=story.on.tasks[0].id,
        reason="NOT_OUR_DUTY",
        text="非我单位职责",
        proper_unit=a_unit(1),
        basis="权责清单",
    )
    return story.does(wish, HANDLER, after=after)


def given_back(story, after=5):
    wish = ApproveReturn(case_id="x", request_id=story.on.open_request().id, text="同意")
    return story.does(wish, LEADER, after=after)


def test_closing_late_does_not_make_a_unit_late_that_was_in_time():
    story = signed()
    story.does(
        Handle(case_id="x", task_id=story.on.tasks[0].id, result="已办", notice="已告知"),
        HANDLER,
        after=60,
    )
    handled_at = story.now
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(LEADER)))
    story.does(Close(case_id="x", criteria=ticked, text="结案"), LEADER, after=60 * DAY)
    assert story.case.status is CaseStatus.CLOSED_ON_TIME
    assert clock(story, Clock.K5).stopped == handled_at
    assert state(story, Clock.K5) is ClockState.MET


def test_a_task_returned_unsigned_was_neither_signed_nor_disposed_of():
    story = given_back(asked_back(dispatched()))
    for wanted in (Clock.K3, Clock.K5):
        assert clock(story, wanted).stopped == story.now
        assert state(story, wanted) is ClockState.RETURNED


def test_a_task_returned_after_signing_was_signed_but_not_disposed_of():
    story = given_back(asked_back(signed()))
    assert state(story, Clock.K3) is ClockState.MET
    assert [state(story, one) for one in (Clock.K5, Clock.K9)] == [ClockState.RETURNED] * 2
    assert state(story, Clock.K4) is ClockState.LAPSED


def test_the_unit_that_asked_in_time_is_not_late_because_the_leader_took_days():
    story = given_back(asked_back(dispatched()), after=60 * DAY)
    assert state(story, Clock.K5) is ClockState.RETURNED


def test_the_unit_that_asked_too_late_was_late():
    story = given_back(asked_back(dispatched(), after=DAY))
    assert state(story, Clock.K3) is ClockState.MISSED
    assert state(story, Clock.K5) is ClockState.RETURNED


@pytest.mark.parametrize(
    ("after", "ended"), [(5, ClockState.REASSIGNED), (2 * DAY, ClockState.MISSED)]
)
def test_an_unsigned_task_given_to_another_unit_ends_as_that_unless_it_was_late(after, ended):
    story = dispatched()
    wish = Redispatch(case_id="x", task_id=story.on.tasks[0].id, unit=a_unit(1), reason="选错单位")
    story.does(wish, after=after)
    assert state(story, Clock.K3) is ended
    assert state(story, Clock.K3, at=1) is ClockState.RUNNING


def test_a_refused_return_that_came_to_a_reassignment_is_no_return():
    story = asked_back(dispatched())
    refused = RefuseReturn(case_id="x", request_id=story.on.open_request().id, text="属你局")
    story.does(refused, LEADER, after=5)
    wish = Redispatch(case_id="x", task_id=story.on.tasks[0].id, unit=a_unit(1), reason="选错单位")
    assert state(story.does(wish, after=5), Clock.K3) is ClockState.REASSIGNED
