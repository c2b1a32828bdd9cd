"""Several units deal with a case at once: one leads, each has a task of its own, all must be done before it closes."""

from datetime import timedelta

import pytest

from app.domain.clocks import ClockState
from app.domain.commands import (
    AddAssist,
    ApproveRequest,
    ApproveReturn,
    AskCancel,
    AskExtension,
    AskReturn,
    AskStaged,
    AskSuspension,
    Attach,
    Close,
    Dispatch,
    Handle,
    Redispatch,
    Resume,
    Sign,
    WithdrawRequest,
)
from app.domain.deadlines import ledgers
from app.domain.measures.disposal import criteria_for
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.rules import MOST_UNITS
from app.domain.terms import CaseStatus, Clock, RequestKind, Role, Stage, TaskPart, TaskStatus
from app.services.wishes import command_of
from tests.kit import a_unit, filed, setting, someone

pytestmark = pytest.mark.article(20)

LEAD, FIRST, SECOND, OTHER = (a_unit(n) for n in range(4))
LEADER = someone(Role.SHIFT_LEADER)


def of(unit):
    return someone(Role.UNIT_HANDLER, unit, f"u_{unit}")


def dispatched(*assists, **more):
    return filed(**more).does(Dispatch(case_id="x", unit=LEAD, assists=assists), after=5)


def task(story, unit):
    return next(one for one in reversed(story.on.tasks) if one.unit == unit)


def signed(story, *units):
    for unit in units:
        story.does(Sign(case_id="x", task_id=task(story, unit).id), of(unit), after=1)
    return story


def handled(story, *units):
    for unit in units:
        wish = Handle(case_id="x", task_id=task(story, unit).id, result="好", notice="好")
        story.does(wish, of(unit), after=1)
    return story


def asks_return(story, unit):
    wish = AskReturn(
        case_id="x",
        task_id=task(story, unit).id,
        reason="WRONG_AREA",
        text="非辖区",
        proper_unit=OTHER,
        basis="清单",
    )
    return story.does(wish, of(unit), after=1)


def returned(story, unit):
    asks_return(story, unit)
    wish = ApproveReturn(case_id="x", request_id=story.on.requests[-1].id)
    return story.does(wish, LEADER, after=1)


def called_off(story, unit):
    story.does(AskCancel(case_id="x", task_id=task(story, unit).id, text="不再需要"))
    request = story.on.requests[-1].id
    wish = ApproveRequest(case_id="x", request_id=request, what="CANCEL", notice="告知")
    return story.does(wish, LEADER, after=1)


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


def clock_of(story, unit, clock=Clock.K5):
    mine = task(story, unit).id
    return next(
        one for one in ledgers(story.on, setting()) if one.about == mine and one.clock is clock
    )


def test_one_command_gives_the_case_to_a_lead_and_its_assists():
    story = dispatched(FIRST, SECOND)
    assert {one.unit: one.part for one in story.on.tasks} == {
        LEAD: TaskPart.LEAD,
        FIRST: TaskPart.ASSIST,
        SECOND: TaskPart.ASSIST,
    }
    assert [one.id for one in story.on.tasks] == sorted(one.id for one in story.on.tasks)
    assert (story.case.lead_unit, story.case.stage) == (LEAD, Stage.SIGN)
    assert set(story.case.units.strip("|").split("|")) == {LEAD, FIRST, SECOND}


def test_a_unit_has_one_task_of_a_case_and_there_are_not_too_many():
    story = filed()
    twice = Dispatch(case_id="x", unit=LEAD, assists=(LEAD,))
    assert refusal(story, twice).code == "same-unit"
    many = tuple(a_unit(n) for n in range(1, MOST_UNITS + 1))
    assert refusal(story, Dispatch(case_id="x", unit=LEAD, assists=many)).code == "units-enough"
    story = dispatched(FIRST)
    assert refusal(story, AddAssist(case_id="x", unit=LEAD)).code == "same-unit"
    wish = Redispatch(case_id="x", task_id=task(story, LEAD).id, unit=FIRST, reason="误派")
    assert refusal(story, wish).code == "same-unit"


def test_an_assist_added_later_has_its_own_clock_and_changes_no_other():
    story = signed(dispatched(FIRST), LEAD)
    before = clock_of(story, LEAD)
    story.does(AddAssist(case_id="x", unit=SECOND, instruction="配合"), after=60)
    assert clock_of(story, LEAD) == before
    assert clock_of(story, SECOND).started == story.now
    assert (task(story, SECOND).part, story.case.lead_unit) == (TaskPart.ASSIST, LEAD)


def test_a_redispatched_task_keeps_its_part():
    story = dispatched(FIRST)
    wish = Redispatch(case_id="x", task_id=task(story, FIRST).id, unit=SECOND, reason="误派")
    assert task(story.does(wish), SECOND).part is TaskPart.ASSIST
    wish = Redispatch(case_id="x", task_id=task(story, LEAD).id, unit=OTHER, reason="误派")
    assert (task(story.does(wish), OTHER).part, story.case.lead_unit) == (TaskPart.LEAD, OTHER)


def test_an_assist_gives_back_and_the_others_go_on():
    story = signed(dispatched(FIRST, SECOND), LEAD, SECOND)
    kept = clock_of(story, LEAD), clock_of(story, SECOND)
    returned(story, FIRST)
    assert (story.case.status, story.case.lead_unit) == (CaseStatus.DISPATCHED, LEAD)
    assert (clock_of(story, LEAD), clock_of(story, SECOND)) == kept
    assert clock_of(story, FIRST).state(story.now) is ClockState.RETURNED
    assert sum(one.clock is Clock.K2 for one in ledgers(story.on, setting())) == 1


def test_the_lead_gives_back_and_another_is_found_while_the_assists_go_on():
    story = returned(signed(dispatched(FIRST), FIRST), LEAD)
    assert (story.case.status, story.case.lead_unit) == (CaseStatus.DISPATCHED, None)
    assert (story.case.stage, story.case.due_clock) == (Stage.DISPATCH, "K2")
    assert objection("add_assist", story.on, story.moment(LEADER)).code == "no-lead"
    assert offers("dispatch", Role.OPERATOR, story.on)
    assert not offers("add_assist", Role.OPERATOR, story.on)
    handled(story, FIRST)
    assert story.case.status is CaseStatus.DISPATCHED
    story.does(Dispatch(case_id="x", unit=OTHER), after=10)
    assert (story.case.lead_unit, story.case.stage) == (OTHER, Stage.SIGN)
    assert all(one.stopped for one in ledgers(story.on, setting()) if one.clock is Clock.K2)
    assert refusal(story, Dispatch(case_id="x", unit=SECOND)).code == "has-lead"
    assert not offers("dispatch", Role.OPERATOR, story.on)
    handled(signed(story, OTHER), OTHER)
    assert story.case.status is CaseStatus.PENDING_CLOSURE


def test_only_when_all_gave_back_is_the_case_to_be_dispatched_anew():
    story = returned(returned(dispatched(FIRST), LEAD), FIRST)
    assert (story.case.status, story.case.units) == (CaseStatus.FILED, "")
    assert sum(one.clock is Clock.K2 for one in ledgers(story.on, setting())) == 2


def test_the_case_comes_to_review_when_the_last_unit_has_handled():
    story = handled(signed(dispatched(FIRST, SECOND), LEAD, FIRST, SECOND), FIRST, LEAD)
    assert story.case.status is CaseStatus.DISPATCHED
    handled(story, SECOND)
    assert (story.case.status, story.case.stage) == (CaseStatus.PENDING_CLOSURE, Stage.CLOSURE)
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(LEADER)))
    story.does(Close(case_id="x", criteria=ticked), after=5)
    assert story.case.status is CaseStatus.CLOSED_ON_TIME
    assert {one.status for one in story.on.tasks} == {TaskStatus.DONE}


@pytest.mark.parametrize("leaves", [returned, called_off])
def test_it_also_comes_there_when_the_last_that_works_leaves(leaves):
    story = handled(signed(dispatched(FIRST), LEAD), LEAD)
    leaves(story, FIRST)
    assert story.case.status is CaseStatus.PENDING_CLOSURE
    assert story.case.closure_asked_at == story.now


def test_the_case_is_as_late_as_its_latest_task_and_each_unit_as_late_as_its_own():
    story = handled(signed(dispatched(FIRST), LEAD, FIRST), LEAD)
    story.now += timedelta(days=90)
    handled(story, FIRST)
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(LEADER)))
    story.does(Close(case_id="x", criteria=ticked), after=5)
    assert story.case.status is CaseStatus.CLOSED_OVERDUE
    assert (clock_of(story, LEAD).is_on_time, clock_of(story, FIRST).is_on_time) == (True, False)


def test_who_leads_is_called_off_last():
    story = dispatched(FIRST)
    wish = AskCancel(case_id="x", task_id=task(story, LEAD).id, text="撤诉")
    assert refusal(story, wish).code == "lead-last"
    assert objection("ask_cancel", story.on, story.moment(of(LEAD))).code == "lead-last"
    assert objection("ask_cancel", story.on, story.moment(LEADER)) is None
    called_off(story, FIRST)
    assert story.case.status is CaseStatus.DISPATCHED
    assert called_off(story, LEAD).case.status is CaseStatus.VOID


def test_a_lead_that_is_about_to_be_called_off_is_kept_by_an_assist_that_comes():
    story = dispatched()
    story.does(AskCancel(case_id="x", task_id=task(story, LEAD).id, text="撤诉"))
    story.does(AddAssist(case_id="x", unit=FIRST))
    assert objection("approve_request", story.on, story.moment(LEADER)).code == "lead-last"


def test_what_one_unit_asks_for_holds_up_no_other():
    story = signed(dispatched(FIRST), LEAD, FIRST)
    story.does(AskSuspension(case_id="x", task_id=task(story, FIRST).id, text="待料"), of(FIRST))
    assert objection("ask_extension", story.on, story.moment(of(FIRST))).code == (
        "already-open-request"
    )
    assert objection("ask_extension", story.on, story.moment(of(LEAD))) is None
    mine = task(story, LEAD).id
    story.does(
        Attach(case_id="x", stage="EVIDENCE", name="a", digest="1", size=1, task_id=mine), of(LEAD)
    )
    wish = AskExtension(case_id="x", task_id=mine, reason="WEATHER", text="雨", value=1)
    story.does(wish, of(LEAD), after=1)
    assert [one.kind for one in story.on.open_requests] == ["SUSPENSION", "EXTENSION"]
    assert story.case.asked == "SUSPENSION"
    story.does(WithdrawRequest(case_id="x"), of(LEAD))
    assert story.on.open_request_of(task(story, LEAD)) is None
    assert story.on.open_request(RequestKind.SUSPENSION) is not None
    asks_return(story, LEAD)
    assert not offers("withdraw_request", Role.SHIFT_LEADER, story.on, LEADER.login)
    assert objection("approve_return", story.on, story.moment(LEADER)) is None
    handled(story, FIRST)
    assert story.on.requests[0].status == "LAPSED"


def test_a_sister_s_state_permits_nothing():
    """One assists still and has to sign, the other is done: each act is about the task it names."""
    story = handled(signed(dispatched(FIRST, SECOND), LEAD, FIRST), FIRST)
    done, until = task(story, FIRST).id, story.now + timedelta(days=9)
    for wish in (
        Sign(case_id="x", task_id=done),
        Redispatch(case_id="x", task_id=done, unit=OTHER, reason="误派"),
        AskReturn(
            case_id="x",
            task_id=done,
            reason="WRONG_AREA",
            text="非",
            proper_unit=OTHER,
            basis="清",
        ),
        AskExtension(case_id="x", task_id=done, reason="WEATHER", text="雨", value=1),
        AskSuspension(case_id="x", task_id=done, text="待料"),
        AskStaged(case_id="x", task_id=done, text="改造", until=until),
        AskCancel(case_id="x", task_id=done, text="撤诉"),
        Handle(case_id="x", task_id=done, result="好", notice="好"),
    ):
        assert refusal(story, wish).code == "task-missing", wish


def test_of_two_that_stand_still_the_one_whose_time_is_over_first_goes_on():
    story = signed(dispatched(FIRST), LEAD, FIRST)
    for unit, days in ((LEAD, 2), (FIRST, 1)):
        mine = task(story, unit).id
        story.does(AskSuspension(case_id="x", task_id=mine, text="待料", value=days), of(unit))
        request = story.on.requests[-1].id
        wish = ApproveRequest(case_id="x", request_id=request, what="SUSPENSION", notice="")
        story.does(wish, LEADER, after=1)
    assert story.case.status is CaseStatus.SUSPENDED
    story.does(Resume(case_id="x"), after=1)
    assert task(story, FIRST).status is TaskStatus.SIGNED
    assert (task(story, LEAD).status, story.case.status) == (
        TaskStatus.SUSPENDED,
        CaseStatus.DISPATCHED,
    )


def test_a_dispatch_to_several_is_read_back_as_it_was_written():
    written = {"case_id": "x", "unit": "A", "instruction": "", "assists": ["B", "C"]}
    assert command_of("dispatch", written) == Dispatch(case_id="x", unit="A", assists=("B", "C"))
