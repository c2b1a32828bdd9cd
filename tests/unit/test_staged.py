"""Closure in stages: a day promised and approved, the clock stands until it comes, the real end is judged as any."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import day_end, local_date
from app.domain.clocks import ClockState
from app.domain.commands import (
    ApproveRequest,
    AskStaged,
    Attach,
    Close,
    Dispatch,
    Handle,
    Resume,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.limits import Limit, LimitUnit
from app.domain.measures.disposal import criteria_for
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.running import disposal_of
from app.domain.terms import CaseStatus, Clock, Role, Stage, TaskStatus
from tests.kit import a_unit, filed, setting, someone

pytestmark = pytest.mark.article(17)

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)
SYSTEM = someone(Role.SYSTEM)
DAY = timedelta(days=1)


def signed(**more):
    story = filed(**more)
    story.does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def task(story):
    return story.on.live_tasks[-1]


def proven(story):
    return story.does(
        Attach(case_id="x", stage="EVIDENCE", name="方案.pdf", digest="d", size=1), HANDLER
    )


def asking(story, days=30, **more):
    given = {"text": "需改造管网", "until": story.now + days * DAY, **more}
    return AskStaged(case_id="x", task_id=task(story).id, **given)


def asked(story=None, days=30):
    story = proven(story or signed())
    return story.does(asking(story, days), HANDLER, after=1)


def approving(story, **more):
    request = story.on.requests[-1]
    given = {"what": request.kind, "notice": "承诺四月初办结", **more}
    return ApproveRequest(case_id="x", request_id=request.id, **given)


def staged(story=None, days=30):
    story = asked(story, days)
    return story.does(approving(story), LEADER, after=5)


def promise_of(story):
    return [one for one in ledgers(story.on, setting()) if one.clock is Clock.K12][-1]


def due(story):
    return disposal_of(task(story), story.on, setting()).due


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


def test_it_waits_for_a_leader_and_the_clock_runs_on():
    story = signed()
    before = due(story)
    asked(story)
    assert (task(story).status, story.case.stage) == (TaskStatus.STAGE_REVIEW, Stage.RETURNED)
    assert due(story) == before
    request = story.on.requests[-1]
    assert request.wanted_until == day_end(local_date(story.now) + 30 * DAY)
    assert (request.wanted_value, request.wanted_unit) == (30, "CALENDAR_DAY")


def test_until_the_promised_day_the_clock_stands_and_the_case_is_listed_by_it():
    story = signed()
    before = due(story)
    staged(story, days=7)
    until = day_end(local_date(story.now) + 7 * DAY)
    assert (task(story).status, story.case.status) == (TaskStatus.STAGED, CaseStatus.STAGED)
    assert story.case.stage is Stage.DISPOSAL
    promise = promise_of(story)
    assert (promise.matter, promise.limit) == ("", Limit(7, LimitUnit.CALENDAR_DAY))
    assert (promise.article, promise.due, promise.stopped) == (17, until, None)
    assert (story.case.due_clock, story.case.due_at) == ("K12", until)
    clock = disposal_of(task(story), story.on, setting())
    assert clock.due == before + 7 * DAY
    assert [one.why for one in clock.segments if not one.runs] == ["STAGED"]
    assert story.on.notices[-1].kind == "96"


def test_when_the_day_has_come_the_task_is_at_work_again_and_its_end_is_judged_as_any_other():
    story = staged(days=7)
    until = story.case.due_at
    assert refusal(story, Resume(case_id="x"), SYSTEM).code == "resume-early"
    story.now = until + timedelta(hours=20)
    story.does(Resume(case_id="x"), SYSTEM)
    assert (task(story).status, story.case.status) == (TaskStatus.SIGNED, CaseStatus.DISPATCHED)
    assert promise_of(story).state(story.now) is ClockState.MET
    late = due(story) + timedelta(seconds=1)
    story.now = due(story)
    wish = Handle(case_id="x", task_id=task(story).id, result="已改造", notice="已改造")
    for at, status in ((story.now, CaseStatus.CLOSED_ON_TIME), (late, CaseStatus.CLOSED_OVERDUE)):
        story.now = at
        before = story.dossier
        story.does(wish, HANDLER)
        ticked = tuple(one.code for one in criteria_for(story.on, story.moment(LEADER)))
        story.does(Close(case_id="x", criteria=ticked), LEADER)
        assert story.case.status is status
        story.dossier = before


def test_a_promise_is_approved_while_its_day_is_still_to_come():
    story = asked(days=2)
    story.now += DAY
    story.does(approving(story), LEADER)
    assert story.on.requests[-1].wanted_value == 1
    assert promise_of(story).due == story.on.requests[-1].wanted_until
    story = asked(days=2)
    story.now += 2 * DAY
    assert refusal(story, approving(story), LEADER).code == "staged-not-later"
    assert objection("approve_request", story.on, story.moment(LEADER)).code == "staged-not-later"
    assert objection("refuse_request", story.on, story.moment(LEADER)) is None


@pytest.mark.parametrize(
    ("days", "more", "code"),
    [
        (0, {}, "staged-not-later"),
        (91, {}, "staged-too-long"),
        (5, {"text": " "}, "words-missing"),
    ],
)
def test_the_day_lies_ahead_and_not_too_far_and_why_is_said(days, more, code):
    story = proven(signed())
    assert refusal(story, asking(story, days, **more), HANDLER).code == code


def test_materials_are_filed_and_the_reporter_is_told():
    story = signed()
    assert refusal(story, asking(story), HANDLER).code == "evidence-missing"
    asked(story, days=90)
    assert refusal(story, approving(story, notice=""), LEADER).code == "notice-missing"


def test_it_is_renewed_twice_and_no_more():
    story = signed()
    for n in range(3):
        staged(story, days=3)
        assert story.on.requests[-1].level == n + 1
        story.now = story.case.due_at + timedelta(hours=12)
        story.does(Resume(case_id="x"))
    no = refusal(proven(story), asking(story), HANDLER)
    assert (no.code, no.facts) == ("staged-enough", {"count": 3, "most": 3})
    assert objection("ask_staged", story.on, story.moment(HANDLER)).code == no.code


def test_only_a_task_that_is_worked_on_is_closed_in_stages():
    story = staged()
    assert objection("ask_staged", story.on, story.moment(HANDLER)).code == "task-missing"
    story = proven(signed())
    waiting = replace(task(story), id="waiting", status=TaskStatus.PENDING_SIGN)
    wish = replace(asking(story), task_id="waiting")
    story.dossier = story.on.with_row(waiting)
    assert refusal(story, wish, HANDLER).code == "task-missing"


@settings(max_examples=20, deadline=None)
@given(days=st.integers(1, 90), earlier=st.integers(0, 120), hour=st.integers(0, 23))
def test_whenever_work_goes_on_the_limit_has_lost_no_day_of_the_standstill(days, earlier, hour):
    story = signed()
    story.now += timedelta(hours=hour)
    staged(story, days)
    begun, until = story.now, story.case.due_at
    whole = due(story)
    story.now += earlier * DAY
    story.does(Resume(case_id="x"), HANDLER)
    assert begun < due(story) <= whole
    if story.now > until:
        assert due(story) == whole
    promise = promise_of(story)
    assert promise.stopped == min(story.now, until)
    assert promise.is_on_time
