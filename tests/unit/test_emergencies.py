"""Grade A step by step: somebody on the spot in two hours, under control in four, the end in twenty-four."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clocks import ClockState
from app.domain.commands import (
    Close,
    Dispatch,
    File,
    Handle,
    LowerGrade,
    OrderRework,
    RaiseGrade,
    ReportProgress,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.measures.disposal import criteria_for
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role
from tests.kit import a_unit, registered, setting, someone

pytestmark = pytest.mark.article(9, 15)

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)


def task(story):
    return story.on.live_tasks[-1]


def signed(grade=Grade.A, **more):
    story = registered(grade=grade, **more).does(File(case_id="x"), after=3)
    story.does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def reports(story, step, who=HANDLER, after=0):
    wish = ReportProgress(case_id="x", task_id=task(story).id, step=step, text="已设围挡")
    return story.does(wish, who, after)


def handled(story, after=30):
    wish = Handle(case_id="x", task_id=task(story).id, result="好", notice="好")
    return story.does(wish, HANDLER, after)


def steps(story):
    """Matter, limit in hours and whether it has stopped."""
    found = (one for one in ledgers(story.on, setting()) if one.clock is Clock.K5 and one.matter)
    return {one.matter: one for one in found}


def refusal(story, step, who=HANDLER):
    with pytest.raises(Refused) as no:
        reports(story, step, who)
    return no.value.code


def test_an_emergency_has_its_steps_from_its_dispatch_on():
    story = signed()
    found = steps(story)
    dispatched = task(story).dispatched_at
    assert {name: one.due - dispatched for name, one in found.items()} == {
        "ON_SITE": timedelta(hours=2),
        "CONTROL": timedelta(hours=4),
    }
    assert all(one.stopped is None for one in found.values())
    assert story.case.due_at == found["ON_SITE"].due


def test_a_report_stops_its_step_and_the_next_one_is_due():
    story = reports(signed(), "ON_SITE", after=60)
    found = steps(story)
    assert found["ON_SITE"].stopped == task(story).on_site_at == story.now
    assert found["ON_SITE"].is_on_time
    assert story.case.due_at == found["CONTROL"].due
    reports(story, "CONTROL", after=240)
    assert steps(story)["CONTROL"].state(story.now) is ClockState.MISSED


def test_who_has_it_under_control_is_on_the_spot():
    story = reports(signed(), "CONTROL", after=60)
    assert task(story).on_site_at == task(story).controlled_at == story.now


def test_a_task_that_is_handled_has_taken_its_steps():
    story = handled(signed(), after=60)
    assert {one.stopped for one in steps(story).values()} == {story.now}
    sent = OrderRework(case_id="x", criterion="NOT_HANDLED", text="未办结")
    before = steps(story)
    story.does(sent, LEADER, after=30)
    assert {name: steps(story)[name] for name in before} == before


def test_late_steps_do_not_make_a_timely_closure_late():
    story = handled(signed(), after=60 * 10)
    assert not any(one.is_on_time for one in steps(story).values())
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(someone())))
    story.does(Close(case_id="x", criteria=ticked))
    assert story.case.status is CaseStatus.CLOSED_ON_TIME


@pytest.mark.parametrize(
    ("grade", "nature", "count"),
    [
        (Grade.A, Nature.HELP, 2),
        (Grade.A, Nature.INQUIRY, 0),
        (Grade.A, Nature.SUGGESTION, 0),
        (Grade.B, Nature.COMPLAINT, 0),
    ],
)
def test_only_what_is_to_be_put_right_at_once_has_steps(grade, nature, count):
    story = signed(grade, nature=nature)
    assert len(steps(story)) == count
    assert offers("report_progress", Role.UNIT_HANDLER, story.on) is (count > 0)
    if not count:
        assert refusal(story, "ON_SITE") == "only-emergencies"


def test_what_becomes_an_emergency_has_its_steps_from_then_on():
    story = signed(Grade.C).does(RaiseGrade(case_id="x", grade=Grade.A), after=60 * 5)
    assert {one.started for one in steps(story).values()} == {story.now}


def test_what_is_none_any_more_owes_no_step_and_keeps_those_it_took():
    story = reports(signed(), "ON_SITE", after=60)
    story.does(LowerGrade(case_id="x", grade=Grade.C, reason="险情排除"), LEADER, after=5)
    assert set(steps(story)) == {"ON_SITE"}
    story.does(RaiseGrade(case_id="x", grade=Grade.A), after=5)
    assert steps(story)["CONTROL"].started == story.now
    assert steps(story)["ON_SITE"].started == task(story).dispatched_at


def test_a_step_is_reported_once_by_its_own_unit():
    story = signed()
    stranger = someone(Role.UNIT_HANDLER, a_unit(3), "u_other")
    assert refusal(story, "ON_SITE", stranger) == "not-your-unit"
    assert refusal(story, "ASLEEP") == "stage-unknown"
    reports(story, "ON_SITE", after=5)
    assert refusal(story, "ON_SITE") == "already-reported"
    reports(story, "CONTROL", someone(), after=5)
    assert task(story).on_behalf == a_unit()
    assert refusal(story, "CONTROL") == "already-reported"
    no = objection("report_progress", story.on, story.moment(HANDLER))
    assert no is not None
    assert no.code == "already-reported"


def test_an_edition_without_such_limits_has_no_such_clocks():
    story = signed()
    (policy,) = setting().editions.editions
    kept = {key: one for key, one in policy.clocks.items() if not key[2] or key[0] is not Clock.K5}
    bare = replace(
        setting(), editions=replace(setting().editions, editions=(replace(policy, clocks=kept),))
    )
    found = [one.matter for one in ledgers(story.on, bare) if one.clock is Clock.K5]
    assert found == [""]
