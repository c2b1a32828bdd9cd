"""A task that cannot go on stands still by a leader's word, so long as the edition lets it, and goes on by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import day_end, local_date
from app.domain.clocks import ClockState, Pause
from app.domain.commands import (
    ApproveRequest,
    AskSuspension,
    Dispatch,
    Handle,
    RaiseGrade,
    RefuseRequest,
    Resume,
    Sign,
    WithdrawRequest,
)
from app.domain.deadlines import ledgers
from app.domain.limits import Limit, LimitUnit
from app.domain.measures.requests import is_lapsed
from app.domain.objections import objection
from app.domain.pauses import read_pauses
from app.domain.refused import Refused
from app.domain.running import disposal_of
from app.domain.standstills import ends_at
from app.domain.terms import CaseStatus, Clock, Grade, Role, Stage, TaskStatus
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


def asked(story=None, who=HANDLER, **more):
    story = story or signed()
    wish = AskSuspension(case_id="x", task_id=task(story).id, text="待第三方检测", **more)
    return story.does(wish, who, after=5)


def approving(story, **more):
    request = story.on.requests[-1]
    return ApproveRequest(case_id="x", request_id=request.id, what=request.kind, **more)


def suspended(story=None, **more):
    story = asked(story, **more)
    return story.does(approving(story), LEADER, after=5)


def clock_of(story, clock, about=None):
    found = [one for one in ledgers(story.on, setting()) if one.clock is clock]
    return next(one for one in found if about in (None, one.about))


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


def test_it_is_asked_for_and_the_clock_runs_on_meanwhile():
    story = signed()
    before = disposal_of(task(story), story.on, setting()).due
    asked(story)
    assert task(story).status is TaskStatus.SUSPEND_REVIEW
    assert story.case.stage is Stage.RETURNED
    assert disposal_of(task(story), story.on, setting()).due == before
    request = story.on.requests[-1]
    assert (request.kind, request.wanted_value, request.wanted_unit) == (
        "SUSPENSION",
        2,
        "WORK_DAY",
    )
    assert request.wanted_until == day_end(local_date(story.now) + 2 * DAY)
    assert not is_lapsed(request, story.on, story.moment(LEADER))
    assert clock_of(story, Clock.K7).matter == "SUSPENSION"


def test_while_it_stands_still_no_time_of_the_limit_passes_and_the_ledger_says_why():
    story = signed()
    before = disposal_of(task(story), story.on, setting()).due
    suspended(story)
    until = day_end(local_date(story.now) + 2 * DAY)
    over = until + timedelta(seconds=1)
    assert (task(story).status, story.case.status) == (TaskStatus.SUSPENDED, CaseStatus.SUSPENDED)
    assert story.case.stage is Stage.DISPOSAL
    clock = disposal_of(task(story), story.on, setting())
    assert clock.due == before + 2 * DAY
    pause = clock.segments[1]
    assert (pause.start, pause.end, pause.why, pause.by) == (
        story.now,
        over,
        "SUSPENDED",
        LEADER.login,
    )
    assert clock.state(story.now) is ClockState.PAUSED
    assert clock.state(over) is ClockState.RUNNING
    whole = clock_of(story, Clock.K6)
    assert [one.why for one in whole.segments if not one.runs] == ["SUSPENDED"]
    promise = clock_of(story, Clock.K12)
    assert (promise.matter, promise.limit) == ("SUSPENSION", Limit(2, LimitUnit.WORK_DAY))
    assert (promise.article, promise.due, promise.stopped) == (17, until, None)
    assert (story.case.due_clock, story.case.due_at) == ("K12", until)


def test_whoever_can_go_on_earlier_does_and_the_pause_ends_there():
    story = suspended()
    begun, before = story.now, disposal_of(task(story), story.on, setting()).due
    story.does(Resume(case_id="x"), HANDLER, after=60)
    assert (task(story).status, story.case.status) == (TaskStatus.SIGNED, CaseStatus.DISPATCHED)
    (pause,) = read_pauses(task(story).pauses)
    assert (pause.start, pause.end) == (begun, story.now)
    assert disposal_of(task(story), story.on, setting()).due == before - 2 * DAY
    assert clock_of(story, Clock.K12).stopped == story.now
    assert story.case.due_clock == "K5"
    assert ends_at(task(story)) is None


def test_the_end_comes_by_itself_and_whoever_says_so_later_changes_nothing():
    story = suspended()
    until, due = story.case.due_at, disposal_of(task(story), story.on, setting()).due
    assert refusal(story, Resume(case_id="x"), SYSTEM).code == "resume-early"
    story.now = until + timedelta(hours=30)
    story.does(Resume(case_id="x"), SYSTEM)
    (pause,) = read_pauses(task(story).pauses)
    assert pause.end == until + timedelta(seconds=1)
    assert disposal_of(task(story), story.on, setting()).due == due
    assert clock_of(story, Clock.K12).state(story.now) is ClockState.MET


def test_it_can_be_asked_for_again_and_is_decided_again():
    story = suspended()
    story.now = story.case.due_at + timedelta(hours=10)
    story.does(Resume(case_id="x"))
    suspended(story, value=1)
    assert story.on.requests[-1].level == 2
    assert [one.why for one in read_pauses(task(story).pauses)] == ["SUSPENDED", "SUSPENDED"]
    promises = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K12]
    assert [one.stopped is None for one in promises] == [False, True]
    assert promises[1].limit == Limit(1, LimitUnit.WORK_DAY)


@pytest.mark.parametrize("value", [0, 3])
def test_no_longer_than_the_edition_says(value):
    story = signed()
    wish = AskSuspension(case_id="x", task_id=task(story).id, text="待检测", value=value)
    no = refusal(story, wish, HANDLER)
    assert (no.code, no.facts) == ("suspension-too-long", {"most": 2})


def test_why_is_said_in_words_and_only_of_a_task_that_is_worked_on():
    story = signed()
    wish = AskSuspension(case_id="x", task_id=task(story).id, text=" ")
    assert refusal(story, wish, HANDLER).code == "words-missing"
    story.dossier = story.on.with_row(replace(task(story), id="other"))
    waiting = replace(task(story), id="waiting", status=TaskStatus.PENDING_SIGN)
    story.dossier = story.on.with_row(waiting)
    assert refusal(story, replace(wish, task_id="waiting"), HANDLER).code == "task-missing"
    story = suspended()
    no = objection("ask_suspension", story.on, story.moment(HANDLER))
    assert no.code == "task-missing"


def test_nobody_decides_on_his_own_and_refused_all_stays_as_it_was():
    story = asked(who=LEADER)
    assert refusal(story, approving(story), LEADER).code == "own-request"
    request = story.on.requests[-1]
    no = RefuseRequest(case_id="x", request_id=request.id, what="SUSPENSION", text="可先办")
    story.does(no, someone(Role.DIRECTOR))
    assert task(story).status is TaskStatus.SIGNED
    assert read_pauses(task(story).pauses) == ()


def test_the_reporter_is_told_where_somebody_writes_to_him():
    story = asked()
    story.does(approving(story, notice="暂缓办理，请谅解"), LEADER)
    assert [one.kind for one in story.on.notices] == ["96"]
    assert suspended().on.notices == ()


def test_what_is_done_meanwhile_needs_no_standstill_and_what_was_asked_can_be_taken_back():
    story = asked()
    wish = Handle(case_id="x", task_id=task(story).id, result="已修", notice="已修")
    story.does(wish, HANDLER, after=5)
    assert story.on.requests[-1].status == "LAPSED"
    story = asked().does(WithdrawRequest(case_id="x"), HANDLER)
    assert (story.on.requests[-1].status, task(story).status) == ("DROPPED", TaskStatus.SIGNED)


def test_a_case_that_stands_still_can_become_urgent():
    story = suspended().does(RaiseGrade(case_id="x", grade=Grade.A), after=5)
    clock = disposal_of(task(story), story.on, setting())
    assert clock.limit == Limit(24, LimitUnit.CLOCK_HOUR)
    assert story.case.due_at is not None


def test_one_of_two_tasks_stands_still_alone():
    story = asked()
    other = replace(task(story), id="other", status=TaskStatus.SIGNED)
    story.dossier = replace(story.on, tasks=(other, *story.on.tasks))
    story.does(approving(story), LEADER)
    assert story.case.status is CaseStatus.DISPATCHED
    story.does(Resume(case_id="x"), HANDLER)
    assert {one.status for one in story.on.tasks} == {TaskStatus.SIGNED}


def test_a_request_without_its_task_tells_of_no_standstill():
    story = suspended()
    on = replace(story.on, tasks=())
    assert Clock.K12 not in {one.clock for one in ledgers(on, setting())}


@settings(max_examples=25, deadline=None)
@given(
    wait=st.integers(0, 60 * 30),
    days=st.integers(1, 2),
    again=st.integers(0, 60 * 24 * 5),
)
def test_the_time_that_a_task_stood_still_is_given_back_day_for_day(wait, days, again):
    """As many working days more as ended in between, but for the day of dispatch, which never counts."""
    story = signed()
    story.now += timedelta(minutes=wait)
    before = disposal_of(task(story), story.on, setting()).due
    suspended(story, value=days)
    begun, until = story.now, story.case.due_at
    story.does(Resume(case_id="x"), HANDLER, after=again)
    ended = min(story.now, until + timedelta(seconds=1))
    assert read_pauses(task(story).pauses)[-1] == Pause(begun, ended, "SUSPENDED", LEADER.login)
    calendar = setting().calendar(setting().policy(story.case), story.case.calendar)
    counted = max(local_date(begun), local_date(task(story).dispatched_at) + DAY)
    given_back = calendar.workdays(counted, max(counted, local_date(ended)))
    after = disposal_of(task(story), story.on, setting()).due
    first, last = local_date(before) + DAY, local_date(after) + DAY
    assert calendar.workdays(first, last) == given_back


def test_the_times_of_a_pause_are_utc():
    assert suspended().case.due_at == datetime(2025, 3, 5, 15, 59, 59, tzinfo=UTC)
