"""A unit that waits for another says so; its clock waits only by a leader's word, given in time, and for a while."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import day_end, local_date
from app.domain.clocks import ClockState
from app.domain.commands import (
    AddAssist,
    ApproveRequest,
    Attach,
    Handle,
    LogBlocker,
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
from app.domain.terms import CaseStatus, Clock, Role, Stage, TaskStatus
from tests.kit import a_unit, setting, someone
from tests.series import examples
from tests.unit.test_suspension import HANDLER, LEADER, SYSTEM, clock_of, refusal, signed, task

OTHER, DAY = a_unit(1), timedelta(days=1)


def logged(story=None, who=HANDLER, about=None, needed=OTHER, after=5):
    story = story or signed()
    about = about or task(story)
    file = Attach(case_id="x", stage="EVIDENCE", name="现场.jpg", digest=about.id, size=1)
    story.does(file, who)
    wish = LogBlocker(case_id="x", task_id=about.id, text="待迁改管线", needed_unit=needed)
    return story.does(wish, who, after=after)


def approving(request):
    return ApproveRequest(case_id="x", request_id=request.id, what="BLOCKER")


def approved(story=None, after=30):
    story = logged(story)
    return story.does(approving(story.on.requests[-1]), LEADER, after=after)


def test_it_is_logged_with_whom_it_needs_and_the_clock_runs_on_until_a_leader_decides():
    story = signed()
    before = disposal_of(task(story), story.on, setting()).due
    logged(story)
    assert (task(story).status, story.case.stage) == (TaskStatus.BLOCK_REVIEW, Stage.RETURNED)
    assert (story.case.asked, story.case.status) == ("BLOCKER", CaseStatus.DISPATCHED)
    assert disposal_of(task(story), story.on, setting()).due == before
    request = story.on.requests[-1]
    assert (request.proper_unit, request.text) == (OTHER, "待迁改管线")
    review = clock_of(story, Clock.K7)
    assert (review.matter, review.limit, review.article) == (
        "BLOCKER",
        Limit(4, LimitUnit.WORK_HOUR),
        22,
    )


def test_a_yes_lets_the_clock_wait_one_working_day_and_no_longer():
    story = signed()
    before = disposal_of(task(story), story.on, setting()).due
    approved(story)
    until = day_end(local_date(story.now) + DAY)
    assert (task(story).status, story.case.status) == (TaskStatus.BLOCKED, CaseStatus.DISPATCHED)
    clock = disposal_of(task(story), story.on, setting())
    assert clock.due == before + DAY
    assert (clock.segments[1].why, clock.segments[1].by) == ("BLOCKED", LEADER.login)
    assert clock.state(until) is ClockState.PAUSED
    assert clock.state(until + timedelta(seconds=1)) is ClockState.RUNNING
    still = clock_of(story, Clock.K12)
    assert (still.matter, still.due, still.article) == ("BLOCKER", until, 24)
    assert [one.why for one in clock_of(story, Clock.K6).segments if not one.runs] == ["BLOCKED"]
    early = objection("resume", story.on, story.moment(SYSTEM))
    assert early.code == "resume-early"
    story.now = until + timedelta(seconds=1)
    story.does(Resume(case_id="x"), SYSTEM)
    assert task(story).status is TaskStatus.SIGNED


def test_whoever_can_go_on_earlier_does_and_is_charged_from_then_on():
    story = signed()
    before = disposal_of(task(story), story.on, setting()).due
    approved(story).does(Resume(case_id="x"), HANDLER, after=60)
    assert task(story).status is TaskStatus.SIGNED
    assert disposal_of(task(story), story.on, setting()).due == before  # days count whole
    (pause,) = read_pauses(task(story).pauses)
    assert pause.end == story.now
    logged(story, after=30)
    assert story.on.requests[-1].level == 2


def test_silence_is_a_no():
    story = logged()
    request, due = story.on.requests[-1], clock_of(story, Clock.K7).due
    story.now = due
    assert not is_lapsed(request, story.on, story.moment(LEADER))
    assert objection("approve_request", story.on, story.moment(LEADER)) is None
    story.now = due + timedelta(seconds=1)
    assert refusal(story, approving(request), LEADER).code == "request-lapsed"
    story.does(WithdrawRequest(case_id="x"), SYSTEM)
    assert (story.on.requests[-1].status, task(story).status) == ("LAPSED", TaskStatus.SIGNED)
    assert clock_of(story, Clock.K5).segments[0].end is None


def test_a_no_leaves_all_as_it_was_and_handling_needs_no_answer():
    story = logged()
    wish = RefuseRequest(
        case_id="x", request_id=story.on.requests[-1].id, what="BLOCKER", text="可先行"
    )
    story.does(wish, LEADER)
    assert task(story).status is TaskStatus.SIGNED
    logged(story).does(
        Handle(case_id="x", task_id=task(story).id, result="好", notice="好"), HANDLER
    )
    assert story.on.requests[-1].status == "LAPSED"
    assert story.case.status is CaseStatus.PENDING_CLOSURE


def test_what_is_missing_is_said():
    story = signed()
    about = {"case_id": "x", "task_id": task(story).id}
    for given_, code in (
        ({"text": " ", "needed_unit": OTHER}, "words-missing"),
        ({"text": "卡住", "needed_unit": ""}, "needed-unit-missing"),
        ({"text": "卡住", "needed_unit": a_unit()}, "needs-itself"),
        ({"text": "卡住", "needed_unit": "NOBODY"}, "unit-unknown"),
        ({"text": "卡住", "needed_unit": OTHER}, "evidence-missing"),
    ):
        assert refusal(story, LogBlocker(**about, **given_), HANDLER).code == code
    logged(story)
    assert objection("log_blocker", story.on, story.moment(HANDLER)).code == "already-open-request"
    stranger = someone(Role.UNIT_HANDLER, a_unit(2))
    assert objection("log_blocker", story.on, story.moment(stranger)).code == "task-missing"


def test_nobody_decides_on_his_own_blocker():
    story = logged(who=LEADER)
    assert story.on.requests[-1].on_behalf == a_unit()
    assert refusal(story, approving(story.on.requests[-1]), LEADER).code == "own-request"


@given(order=st.permutations([0, 1]), waits=st.lists(st.integers(5, 110), min_size=2, max_size=2))
@settings(max_examples=examples(8, 60), deadline=None)
def test_several_blockers_of_one_case_are_each_decided_for_themselves(order, waits):
    """The case's own clock waits only while all of them do."""
    story = signed()
    second = someone(Role.UNIT_HANDLER, OTHER)
    story.does(AddAssist(case_id="x", unit=OTHER), LEADER)
    first, beside = story.on.live_tasks
    story.does(Sign(case_id="x", task_id=beside.id), second)
    logged(story, about=first, needed=OTHER)
    logged(story, second, about=story.on.task(beside.id), needed=a_unit(2))
    assert len(story.on.open_requests) == 2
    for at, wait in zip(order, waits, strict=True):
        story.does(approving(story.on.requests[at]), LEADER, after=wait)
        still = [one.id for one in story.on.live_tasks if one.status is TaskStatus.BLOCKED]
        assert story.on.requests[at].task_id in still
    assert {one.status for one in story.on.live_tasks} == {TaskStatus.BLOCKED}
    assert story.case.status is CaseStatus.DISPATCHED
    (whole,) = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K6]
    (pause,) = [one for one in whole.segments if not one.runs]
    assert pause.start == story.now


def test_what_was_asked_as_something_else_is_not_granted_as_a_blocker():
    story = logged()
    request = story.on.requests[-1]
    wish = ApproveRequest(case_id="x", request_id=request.id, what="SUSPENSION")
    with pytest.raises(Refused, match="request-missing"):
        story.does(wish, LEADER)
