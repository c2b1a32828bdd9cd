"""A unit asks to see who the reporter is: for himself alone, decided by another, used once and in time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.case import DENIED, GRANTED, SEEN
from app.domain.commands import (
    ApproveReturn,
    ApproveReveal,
    AskReturn,
    AskReveal,
    Dispatch,
    Handle,
    RefuseReveal,
    SeeReporter,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.measures.reveals import to_decide
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.revealing import USUAL, holds, most_an_hour, stays
from app.domain.terms import Clock, Role, Stage
from tests.kit import Story, a_unit, filed, setting, someone

ANN, BOB = someone(Role.UNIT_HANDLER, login="ann"), someone(Role.UNIT_LEADER, login="bob")
FAR = someone(Role.UNIT_HANDLER, a_unit(1), "far")
ZHAO, WU = someone(Role.SHIFT_LEADER, login="zhao"), someone(Role.DIRECTOR, login="wu")


def signed() -> Story:
    story = filed()
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), after=1)
    return story.does(Sign(case_id=story.case.id, task_id=story.on.tasks[-1].id), ANN, after=1)


def asking(story: Story, **more: str) -> AskReveal:
    given = {"purpose": "callback", "text": "约上门时间", "task_id": story.on.tasks[-1].id, **more}
    return AskReveal(case_id=story.case.id, **given)


def asked(who=ANN) -> Story:
    story = signed()
    return story.does(asking(story), who, after=1)


def approval(story: Story) -> ApproveReveal:
    return ApproveReveal(case_id=story.case.id, request_id=story.on.requests[-1].id, text="可以")


def granted(who=ANN) -> Story:
    story = asked(who)
    return story.does(approval(story), ZHAO, after=2)


def look(story: Story) -> SeeReporter:
    return SeeReporter(case_id=story.case.id, request_id=story.on.requests[-1].id)


def refusal(story: Story, wish, who) -> Refused:
    with pytest.raises(Refused) as no:
        story.does(wish, who)
    return no.value


def told(kind: str, story: Story, who) -> str:
    no = objection(kind, story.on, story.moment(who))
    return "" if no is None else no.code


def test_asked_granted_and_seen_by_the_one_who_asked():
    story = granted().does(look(granted()), ANN)
    (one,) = story.on.requests
    assert (one.kind, one.status, one.reason, one.text) == (
        "REVEAL",
        SEEN,
        "callback",
        "约上门时间",
    )
    assert (one.asked_by, one.decided_by, one.decision_text) == ("ann", "zhao", "可以")
    assert refusal(story, look(story), ANN).code == "not-now"


def test_nobody_else_uses_his_leave_not_even_of_his_own_unit():
    story = granted()
    assert refusal(story, look(story), BOB).code == "reveal-unasked"
    assert refusal(story, look(story), FAR).code == "reveal-unasked"
    moved = someone(Role.UNIT_HANDLER, a_unit(1), "ann")
    assert refusal(story, look(story), moved).code == "not-your-unit", "he works elsewhere by now"
    assert offers("see_reporter", Role.UNIT_HANDLER, story.on, "ann")
    assert not offers("see_reporter", Role.UNIT_HANDLER, story.on, "bob")
    assert refusal(story, look(story), ZHAO).code == "not-permitted"
    story.does(asking(story), BOB).does(approval(story), ZHAO)
    assert refusal(story, look(story), ANN).code == "request-missing", "that one is another's"


def test_he_asks_with_a_purpose_and_words_about_a_task_signed_for():
    story = signed()
    assert refusal(story, asking(story, purpose="好奇"), ANN).code == "reason-unknown"
    assert refusal(story, asking(story, text=" "), ANN).code == "words-missing"
    assert refusal(story, asking(story, task_id="none"), ANN).code == "task-missing"
    assert refusal(story, asking(story), FAR).code == "not-your-unit"
    assert refusal(story, asking(story), ZHAO).code == "not-permitted"
    early = filed().does(Dispatch(case_id=story.case.id, unit=a_unit()))
    assert refusal(early, asking(early), ANN).code == "not-signed"


def test_one_question_at_a_time_and_no_other_while_leave_is_there():
    story = asked()
    assert refusal(story, asking(story), ANN).facts == {"at": story.on.requests[0].asked_at}
    story.does(asking(story), BOB)
    assert len(story.on.asked_reveals) == 2
    assert told("ask_reveal", granted(), ANN) == "reveal-granted"


def test_a_leader_decides_with_words_and_nobody_decides_his_own():
    story = asked()
    request = story.on.requests[0].id
    no = RefuseReveal(case_id=story.case.id, request_id=request, text=" ")
    assert refusal(story, no, ZHAO).code == "words-missing"
    moved = someone(Role.SHIFT_LEADER, login="ann")
    for kind, wish in (("approve_reveal", approval(story)), ("refuse_reveal", no)):
        assert refusal(story, wish, moved).code == "own-request"
        assert told(kind, story, moved) == "own-request"
        assert refusal(story, wish, someone()).code == "not-permitted"
        assert refusal(signed(), wish, ZHAO).code == "not-now"
        assert told(kind, signed(), ZHAO) == "request-missing"
        assert told(kind, story, ZHAO) == ""
    assert to_decide(story.on, story.moment(moved)) is None
    assert to_decide(story.on, story.moment(WU)) == story.on.requests[0]
    story.does(RefuseReveal(case_id=story.case.id, request_id=request, text="由中心转达"), WU)
    assert story.on.requests[0].status == DENIED
    told_why = objection("see_reporter", story.on, story.moment(ANN))
    assert told_why is not None
    assert (told_why.code, told_why.facts) == (
        "reveal-turned-down",
        {"leader": "wu", "text": "由中心转达"},
    )
    assert told("ask_reveal", story, ANN) == "", "he may ask again, with better words"
    wrong = ApproveReveal(case_id=story.case.id, request_id="none")
    assert refusal(story.does(asking(story), ANN), wrong, WU).code == "request-missing"


def test_leave_is_used_in_time_or_lapses():
    story = granted()
    story.now += timedelta(hours=24)
    assert told("see_reporter", story, ANN) == ""
    story.now += timedelta(seconds=1)
    assert refusal(story, look(story), ANN).code == "reveal-lapsed"
    story.does(asking(story), ANN)
    assert told("see_reporter", story, ANN) == "reveal-waiting"
    story.does(approval(story), ZHAO).does(look(story), ANN)
    assert told("see_reporter", story, ANN) == "reveal-used"
    assert told("see_reporter", signed(), ANN) == "reveal-unasked"


def test_a_task_that_is_done_needs_no_call():
    story = asked()
    task = story.on.tasks[-1].id
    waiting = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K7]
    assert [one.stopped for one in waiting] == [None]
    assert (story.case.due_clock, story.case.stage) == ("K7", Stage.DISPOSAL)
    story.does(Handle(case_id=story.case.id, task_id=task, result="已修", notice="已告知"), ANN)
    assert refusal(story, approval(story), ZHAO).code == "not-now"
    (over,) = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K7]
    assert over.stopped == story.now
    assert story.case.due_clock == "K8"


def test_asking_to_see_him_is_no_return():
    """Neither is decided as the other, and neither stands in the other's way."""
    story = asked()
    task = story.on.tasks[-1]
    assert story.on.open_request() is None
    wrong = ApproveReturn(case_id=story.case.id, request_id=story.on.requests[0].id)
    assert refusal(story, wrong, ZHAO).code == "not-now"
    back = AskReturn(
        case_id=story.case.id,
        task_id=task.id,
        reason="WRONG_AREA",
        text="非辖区",
        proper_unit=a_unit(2),
        basis="清单",
    )
    story.does(back, ANN)
    assert story.case.stage is Stage.RETURNED
    assert refusal(story, wrong, ZHAO).code == "request-missing"
    kept = story.on.open_request()
    assert kept is not None
    crossed = ApproveReveal(case_id=story.case.id, request_id=kept.id)
    assert refusal(story, crossed, ZHAO).code == "request-missing"
    story.does(ApproveReturn(case_id=story.case.id, request_id=kept.id), ZHAO)
    assert told("approve_reveal", story, ZHAO) == "reveal-task-over"
    taken = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K7]
    assert all(one.stopped for one in taken)


def test_a_task_that_went_back_is_not_the_one_at_hand():
    """The same unit has the case again; its former task is over."""
    story = signed()
    old = story.on.tasks[-1].id
    back = AskReturn(
        case_id=story.case.id,
        task_id=old,
        reason="WRONG_AREA",
        text="非辖区",
        proper_unit=a_unit(2),
        basis="清单",
    )
    story.does(back, ANN)
    request = story.on.requests[-1].id
    story.does(ApproveReturn(case_id=story.case.id, request_id=request), ZHAO)
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), after=1)
    story.does(Sign(case_id=story.case.id, task_id=story.on.tasks[-1].id), ANN)
    assert refusal(story, asking(story, task_id=old), ANN).code == "task-missing"
    assert story.does(asking(story), ANN).on.asked_reveals


def test_the_numbers_are_the_editions_and_the_stores():
    policy = setting().policy(filed().case)
    assert {code: policy.number(code) for code in USUAL} == USUAL
    assert (stays(policy), holds(policy)) == (timedelta(minutes=30), timedelta(hours=24))
    own = type(policy)(
        **{name: getattr(policy, name) for name in policy.__slots__} | {"parameters": {}}
    )
    assert (stays(own), holds(own)) == (timedelta(minutes=30), timedelta(hours=24))
    roles = (Role.DIRECTOR, Role.UNIT_LEADER, Role.AUDITOR)
    assert [most_an_hour(role) for role in roles] == [20, 5, 0]


def test_leave_without_an_hour_is_none():
    """A row that another program made."""
    story = granted()
    bare = story.on.with_row(replace(story.on.requests[0], decided_at=None))
    no = objection("see_reporter", bare, story.moment(ANN))
    assert no is not None
    assert no.code == "reveal-lapsed"
    assert story.on.requests[0].status == GRANTED
