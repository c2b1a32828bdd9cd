"""What a clock was judged by stays: regrading and reclassing move only what still runs."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bases import Basis, basis_at, earlier_limits, limit_at, rebased, relimited
from app.domain.clocks import ClockState
from app.domain.commands import (
    AskReturn,
    AskVerification,
    Classify,
    Dispatch,
    File,
    Handle,
    LowerGrade,
    OrderRework,
    RaiseGrade,
    RecordNotice,
    RefuseReturn,
    ReportVerification,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.terms import Clock, Grade, Role
from tests.kit import MORNING, a_unit, registered, setting, someone

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)
OFFICER = someone(Role.GRID_OFFICER)
#: Street cleaning has two working hours, illegal building twenty working days.
CLEANING, BUILDING = "050401", "040101"
UP = RaiseGrade(case_id="x", grade=Grade.A)
DOWN = LowerGrade(case_id="x", grade=Grade.C, reason="误报")


def clock(story, wanted, at=0):
    return [one for one in ledgers(story.on, setting()) if one.clock is wanted][at]


def judged(story):
    """How every clock that has stopped was judged."""
    return {
        (one.clock, one.started, one.stopped): (one.limit, one.due, one.is_on_time)
        for one in ledgers(story.on, setting())
        if one.stopped is not None
    }


def task(story):
    return story.on.live_tasks[-1]


def signed(grade=Grade.C, **more):
    """Filed after 20 minutes, dispatched after 90, signed after 40."""
    story = registered(grade=grade, **more).does(File(case_id="x"), after=20)
    story.does(Dispatch(case_id="x", unit=a_unit()), after=90)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=40)


def handled(story, after=30):
    wish = Handle(case_id="x", task_id=task(story).id, result="好", notice="好")
    return story.does(wish, HANDLER, after=after)


def sent_back(story, after=30):
    wish = OrderRework(case_id="x", criterion="NOT_HANDLED", text="未办结")
    return story.does(wish, LEADER, after=after)


def test_raising_the_grade_makes_nothing_late_that_was_done_in_time():
    story = signed()
    before = judged(story)
    assert {one[0] for one in before} == {Clock.K1, Clock.K2, Clock.K3}
    assert all(on_time for *_, on_time in before.values())
    story.does(UP, after=5)
    assert judged(story) == before
    assert clock(story, Clock.K5).limit.value == 24


def test_lowering_the_grade_makes_nothing_timely_that_was_late():
    story = signed(Grade.A)
    before = judged(story)
    assert not any(on_time for *_, on_time in before.values())
    story.does(DOWN, LEADER, after=5)
    assert judged(story) == before


def test_every_kind_of_stopped_clock_keeps_its_limit():
    story = registered().does(AskVerification(case_id="x", officer=OFFICER.login), after=5)
    found = ReportVerification(case_id="x", is_true=True, finding="属实")
    story.does(found, OFFICER, after=180).does(File(case_id="x"))
    story.does(Dispatch(case_id="x", unit=a_unit()), after=50)
    story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=50)
    wish = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    story.does(wish, HANDLER, after=5)
    request = story.on.requests[0].id
    story.does(RefuseReturn(case_id="x", request_id=request, text="属你局"), LEADER, after=20)
    told = RecordNotice(
        case_id="x", notice_kind="1", method="SMS", text="已受理", task_id=task(story).id
    )
    story.does(told, HANDLER, after=90)
    sent_back(handled(story), after=90)
    before = judged(story)
    assert {one[0] for one in before} == {
        *(Clock.K1, Clock.K1V, Clock.K2, Clock.K3),
        *(Clock.K4, Clock.K7, Clock.K8, Clock.K9),
    }
    assert all(on_time for *_, on_time in before.values())
    story.does(UP, after=5)
    assert judged(story) == before
    story.does(DOWN, LEADER, after=5)
    assert judged(story) == before


def test_what_still_runs_follows_the_grade():
    story = registered().does(UP, after=5)
    assert story.case.due_at == MORNING + timedelta(minutes=10)
    story.does(DOWN, LEADER, after=20)
    assert story.case.due_at == MORNING + timedelta(minutes=30)


def breached(category=CLEANING):
    story = signed(category=category)
    story.now += timedelta(days=3)
    assert clock(story, Clock.K5).state(story.now) is ClockState.BREACHED
    return story


def test_no_operator_makes_a_breach_undone_by_another_class():
    story = breached()
    story.does(Classify(case_id="x", category=BUILDING))
    assert story.case.category == BUILDING
    assert (task(story).limit_value, task(story).limit_unit) == (2, "WORK_HOUR")
    assert clock(story, Clock.K5).state(story.now) is ClockState.BREACHED


def test_nor_by_another_grade():
    story = breached()
    story.does(UP)
    assert story.case.grade is Grade.A
    assert (task(story).limit_value, task(story).limit_unit) == (2, "WORK_HOUR")


@pytest.mark.parametrize("again", [CLEANING, BUILDING])
def test_the_shift_leader_may_and_the_row_keeps_what_was(again):
    story = breached()
    if again == BUILDING:  # an operator put the class right before, and the limit stayed
        story.does(Classify(case_id="x", category=BUILDING))
    story.does(Classify(case_id="x", category=BUILDING), LEADER)
    assert (task(story).limit_value, task(story).limit_unit) == (20, "WORK_DAY")
    assert clock(story, Clock.K5).state(story.now) is ClockState.RUNNING
    (kept,) = earlier_limits(task(story))
    assert (kept.until, kept.terms.limit.value, kept.terms.source) == (story.now, 2, "DCM")


def test_nor_is_it_made_longer_than_it_was():
    story = signed(category=BUILDING)
    story.now += timedelta(days=60)
    story.does(Classify(case_id="x", category=CLEANING))
    assert (task(story).limit_value, task(story).limit_unit) == (20, "WORK_DAY")
    assert clock(story, Clock.K5).state(story.now) is ClockState.BREACHED


def test_a_class_put_right_in_time_moves_the_limit_and_the_row_keeps_the_old_one():
    story = signed(category=CLEANING)
    story.does(Classify(case_id="x", category=BUILDING), after=5)
    assert (task(story).limit_value, task(story).limit_unit) == (20, "WORK_DAY")
    (kept,) = earlier_limits(task(story))
    assert (kept.until, kept.terms.limit.value) == (story.now, 2)


def test_a_late_handling_stays_late_when_the_class_changes_in_rework():
    story = sent_back(handled(breached()))
    story.does(Classify(case_id="x", category=BUILDING), LEADER, after=5)
    own, again = (clock(story, Clock.K5, at) for at in (0, 1))
    assert (own.limit.value, own.is_on_time, again.matter) == (2, False, "REWORK")


def test_a_handling_in_time_stays_so_when_the_class_changes_in_rework():
    """Nothing is left of the new limit, so that the one of rework begins; the old round was in time."""
    story = sent_back(handled(signed(category=BUILDING), after=60 * 24 * 2))
    story.does(Classify(case_id="x", category=CLEANING), after=5)
    own, again = (clock(story, Clock.K5, at) for at in (0, 1))
    assert (own.limit.value, own.is_on_time) == (20, True)
    assert (again.matter, again.stopped) == ("REWORK", None)
    assert again.due > story.now


def test_a_return_window_that_was_over_is_not_opened_again():
    story = signed(category=CLEANING)
    window = clock(story, Clock.K4)
    story.now = window.due + timedelta(minutes=1)
    story.does(Classify(case_id="x", category=BUILDING))
    assert clock(story, Clock.K4).state(story.now) is ClockState.LAPSED
    assert clock(story, Clock.K4).due == window.due


def test_without_any_change_nothing_is_kept():
    story = signed()
    assert (story.case.bases, task(story).limits) == ("", "")
    assert basis_at(story.case, MORNING) == Basis(story.case.grade, story.case.calendar)
    assert relimited(task(story), story.case, setting(), story.now) == task(story)


@given(st.lists(st.sampled_from(Grade), min_size=1, max_size=6), st.data())
def test_the_grade_of_any_instant_is_known(grades, data):
    """Against a plain list of when which grade began."""
    case = registered().case
    began = [(MORNING - timedelta(days=1), case.grade)]
    now = MORNING
    for grade in grades:
        now += timedelta(minutes=data.draw(st.integers(1, 90)))
        case = rebased(case, now, grade=grade)
        began.append((now, grade))
    asked = MORNING + timedelta(minutes=data.draw(st.integers(-30, 600)))
    # what stops at the very instant of a change was judged before it
    held = [grade for since, grade in began if since < asked]
    assert basis_at(case, asked).grade is held[-1]
    assert basis_at(case).grade is grades[-1]


def test_of_several_earlier_limits_the_one_that_held_at_an_instant_is_found():
    story = signed(category=CLEANING)
    story.does(Classify(case_id="x", category=BUILDING), after=10)
    story.does(Classify(case_id="x", category=CLEANING), after=10)
    first, second = earlier_limits(task(story))
    assert limit_at(task(story), first.until) == first.terms
    assert limit_at(task(story), second.until) == second.terms != first.terms
    assert limit_at(task(story), story.now + timedelta(days=1)).limit == first.terms.limit
