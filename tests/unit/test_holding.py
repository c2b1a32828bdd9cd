"""Notices held before they leave: how long, which, and who may call them back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Notice
from app.domain.commands import (
    CallBackNotice,
    Close,
    Dispatch,
    Handle,
    Person,
    RecordNotice,
    Refuse,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.holding import CALLED_BACK, UNREACHED, held, is_held, leaves_at
from app.domain.measures.disposal import criteria_for
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Role
from tests.kit import MORNING, a_unit, filed, registered, setting, someone

pytestmark = pytest.mark.article(28, 29)

HANDLER = someone(Role.UNIT_HANDLER)
STRANGER = someone(Role.UNIT_HANDLER, a_unit(3), "u_stranger")
POLICY = setting().editions.by_code("PS-4")
HOLD = timedelta(seconds=30)


def signed(**more):
    story = filed(**more).does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=story.on.tasks[0].id), HANDLER, after=10)


def told(story, method="SMS", kind="1", who=HANDLER, **more):
    wish = RecordNotice(
        case_id="x",
        notice_kind=kind,
        method=method,
        text="您好，您反映的事项已受理。",
        task_id=story.on.tasks[0].id,
    )
    return story.does(replace(wish, **more), who)


def handled(story, method="SMS"):
    task = story.on.tasks[0].id
    wish = Handle(case_id="x", task_id=task, result="已修复", notice="已修复", method=method)
    return story.does(wish, HANDLER, after=60)


def back(story, who=HANDLER):
    wish = CallBackNotice(case_id="x", notice_id=story.on.notices[-1].id)
    return story.does(wish, who)


def closing(story):
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(someone())))
    return Close(case_id="x", criteria=ticked)


def no(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


@given(st.sampled_from(["SMS", "WECHAT", "PHONE", "RECORD", "EXEMPT"]), st.integers(-90, 90))
def test_what_is_sent_is_held_to_its_instant_and_nothing_else_is(method, seconds):
    at = leaves_at(method, POLICY, MORNING)
    one = Notice(
        id="n", district="d", case_id="x", status="RECORDED", made_at=MORNING, leaves_at=at
    )
    now = MORNING + timedelta(seconds=seconds)
    assert is_held(one, now) == (method in ("SMS", "WECHAT") and seconds < 30)


def test_how_long_is_for_the_edition_to_say():
    own = replace(POLICY.parameter("notice.hold_seconds"), value=5)
    policy = replace(POLICY, parameters={**POLICY.parameters, own.code: own})
    assert leaves_at("SMS", policy, MORNING) == MORNING + timedelta(seconds=5)
    rest = {code: one for code, one in POLICY.parameters.items() if code != own.code}
    assert leaves_at("SMS", replace(POLICY, parameters=rest), MORNING) == MORNING + HOLD


def test_a_notice_of_any_chapter_is_held():
    story = registered()
    wish = Refuse(case_id="x", reason="NO_DEMAND", text="无诉求", notice="不予立案")
    story.does(wish)
    assert [one.leaves_at for one in story.on.notices] == [story.now + HOLD]


def test_within_the_hold_it_is_called_back_and_has_told_nobody():
    story = back(told(signed()))
    (one,) = story.on.notices
    assert (one.status, one.called_back_by) == (CALLED_BACK, HANDLER.login)
    (clock,) = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K9]
    assert clock.stopped is None


def test_with_the_instant_of_leaving_it_is_too_late():
    story = told(signed())
    story.now += HOLD - timedelta(seconds=1)
    assert list(held(story.on, story.now)) == list(story.on.notices)
    story.now += timedelta(seconds=1)
    assert no(lambda: back(story)) == "notice-not-held"
    assert objection("call_back_notice", story.on, story.moment(HANDLER)).code == "notice-not-held"


def test_what_was_called_back_is_not_called_back_again():
    story = back(told(signed()))
    assert no(lambda: back(story)) == "not-now"


def test_a_unit_calls_back_its_own_and_the_centre_any():
    story = told(signed())
    assert no(lambda: back(story, STRANGER)) == "not-your-unit"
    back(story, someone())
    story = told(signed(), who=someone(), task_id=None)
    assert no(lambda: back(story)) == "not-your-unit"


def test_nothing_is_closed_while_its_notice_is_held_or_after_it_was_called_back():
    story = handled(signed())
    assert no(lambda: story.does(closing(story))) == "notice-held"
    story.now += HOLD
    story.does(closing(story))
    assert story.case.status is CaseStatus.CLOSED_ON_TIME

    story = back(handled(signed()))
    story.now += HOLD
    assert no(lambda: story.does(closing(story))) == "closure-untold"
    told(story, "PHONE", "2").does(closing(story))
    assert story.case.status is CaseStatus.CLOSED_ON_TIME


def test_a_closure_relies_on_the_notices_that_it_found():
    from app.domain.decide import decide

    story = handled(signed(), "PHONE")
    decision = decide(closing(story), story.on, story.moment(someone()))
    assert {one.id for one in decision.relies_on} >= {one.id for one in story.on.notices}


def test_a_call_in_vain_is_kept_and_is_no_notice():
    story = told(signed(), "PHONE", "2", is_missed=True, text="")
    assert story.on.notices[0].status == UNREACHED
    assert no(lambda: handled_without_words(story)) == "handling-notice-missing"


def handled_without_words(story):
    wish = Handle(case_id="x", task_id=story.on.tasks[0].id, result="已修复", notice="")
    return story.does(wish, HANDLER)


def test_nothing_but_a_call_can_be_missed():
    assert no(lambda: told(signed(), "SMS", is_missed=True)) == "missed-by-phone"


def test_who_called_in_vain_once_calls_again_before_he_writes():
    story = told(signed(), "PHONE", "2", is_missed=True)
    assert no(lambda: told(story, "SMS", "2")) == "phone-attempts"
    assert no(lambda: handled(story)) == "phone-attempts"
    told(story, "SMS", "1")  # another notice
    told(story, "PHONE", "2", is_missed=True)
    told(story, "SMS", "2")


@pytest.mark.parametrize("method", ["SMS", "PHONE", "WECHAT"])
def test_who_left_no_name_is_told_on_record_only(method):
    story = signed(reporter=Person())
    assert no(lambda: told(story, method)) == "anonymous-record-only"
    assert no(lambda: handled(story, method)) == "anonymous-record-only"
    told(story, "RECORD")
    handled(story, "RECORD")
    assert not list(held(story.on, story.now))
