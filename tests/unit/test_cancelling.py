"""A case that units have is called off by a leader's word: nothing is owed any more, and it is told as what it is."""

from dataclasses import replace

import pytest

from app.domain.clocks import ClockState
from app.domain.commands import (
    ApproveRequest,
    AskCancel,
    Dispatch,
    Handle,
    OrderRework,
    RefuseRequest,
    Sign,
    WithdrawRequest,
)
from app.domain.deadlines import ledgers
from app.domain.leaving import is_taken_back
from app.domain.measures.disposal import grounds_for_rework
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Role, Stage, TaskPart, TaskStatus
from tests.kit import a_unit, filed, setting, someone

pytestmark = pytest.mark.article(17)

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)


def dispatched():
    return filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)


def signed():
    story = dispatched()
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def reworked():
    story = signed()
    story.does(Handle(case_id="x", task_id=task(story).id, result="好", notice="好"), HANDLER)
    ground = grounds_for_rework(story.on, story.moment(LEADER))[0].code
    return story.does(OrderRework(case_id="x", criterion=ground, text="再办"), LEADER)


def task(story):
    return story.on.tasks[-1]


def asked(story, who=None):
    return story.does(AskCancel(case_id="x", task_id=task(story).id, text="诉求人撤诉"), who)


def approving(story, **more):
    given = {"what": "CANCEL", "notice": "经您同意不再办理", **more}
    return ApproveRequest(case_id="x", request_id=story.on.requests[-1].id, **given)


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


@pytest.mark.parametrize("begin", [dispatched, signed, reworked])
@pytest.mark.parametrize("who", [None, HANDLER])
def test_whoever_asks_a_leader_decides_and_the_case_is_off_the_books(begin, who):
    story = asked(begin(), who)
    assert (task(story).status, story.case.stage) == (TaskStatus.CANCEL_REVIEW, Stage.RETURNED)
    story.does(approving(story, text="属实"), LEADER, after=5)
    assert (task(story).status, task(story).returned_at) == (TaskStatus.CANCELLED, story.now)
    assert (story.case.status, story.case.closure_text) == (CaseStatus.VOID, "诉求人撤诉")
    assert (story.case.stage, story.case.due_at, story.case.closed_at) == (
        Stage.ENDED,
        None,
        story.now,
    )
    assert story.on.notices[-1].text == "经您同意不再办理"
    assert not [one for one in ledgers(story.on, setting()) if one.stopped is None]


def test_the_clock_of_what_was_called_off_is_neither_met_nor_missed():
    story = asked(signed())
    story.does(approving(story), LEADER, after=5)
    clock = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K5)
    assert clock.state(story.now) is ClockState.CANCELLED
    assert not is_taken_back(task(story))
    undone = replace(task(story), returned_at=None)
    assert is_taken_back(undone)
    on = story.on.with_row(undone)
    assert Clock.K5 not in {one.clock for one in ledgers(on, setting())}


@pytest.mark.parametrize("begin", [dispatched, signed, reworked])
@pytest.mark.parametrize("is_refused", [True, False])
def test_refused_or_withdrawn_the_task_is_as_it_was(begin, is_refused):
    story = begin()
    before = task(story).status
    asked(story, HANDLER)
    if is_refused:
        request = story.on.requests[-1].id
        no = RefuseRequest(case_id="x", request_id=request, what="CANCEL", text="仍须办理")
        story.does(no, LEADER)
    else:
        story.does(WithdrawRequest(case_id="x"), HANDLER)
    assert task(story).status is before


def test_nobody_calls_off_alone_and_the_reporter_is_told():
    story = asked(signed(), LEADER)
    assert refusal(story, approving(story), LEADER).code == "own-request"
    director = someone(Role.DIRECTOR)
    assert refusal(story, approving(story, notice=" "), director).code == "notice-missing"
    assert objection("ask_cancel", story.on, story.moment(HANDLER)).code == "already-open-request"


def test_why_is_said_and_only_what_is_owed_is_called_off():
    story = signed()
    wish = AskCancel(case_id="x", task_id=task(story).id, text=" ")
    assert refusal(story, wish).code == "words-missing"
    done = replace(task(story), id="done", status=TaskStatus.HANDLED)
    story.dossier = story.on.with_row(done)
    no = refusal(story, AskCancel(case_id="x", task_id="done", text="误"))
    assert no.code == "task-missing"


def test_of_two_tasks_one_is_called_off_and_the_case_goes_on():
    story = asked(signed())
    other = replace(task(story), id="other", status=TaskStatus.SIGNED)
    story.dossier = story.on.with_row(replace(task(story), part=TaskPart.ASSIST))
    story.dossier = replace(story.on, tasks=(other, *story.on.tasks))
    story.does(approving(story), LEADER)
    assert story.case.status is CaseStatus.DISPATCHED
    assert [one.status for one in story.on.live_tasks] == [TaskStatus.SIGNED]
