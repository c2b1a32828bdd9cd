"""More time for a task: asked in time, so often and so long as the edition lets it, and never by silence."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import day_end, local_date
from app.domain.commands import (
    ApproveRequest,
    AskExtension,
    Attach,
    Classify,
    Dispatch,
    Handle,
    RaiseGrade,
    RefuseRequest,
    Sign,
    WithdrawRequest,
)
from app.domain.counting import Added
from app.domain.deadlines import ledgers
from app.domain.extensions import granted
from app.domain.limits import Limit, LimitUnit, in_minutes, together
from app.domain.measures import extension
from app.domain.measures.requests import is_lapsed
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.running import disposal_of
from app.domain.terms import Clock, Grade, Nature, Role, Stage, TaskStatus
from tests.kit import MORNING, a_class, a_unit, filed, setting, someone

pytestmark = pytest.mark.article(16)

LEADER = someone(Role.SHIFT_LEADER)
DIRECTOR = someone(Role.DIRECTOR)
HANDLER = someone(Role.UNIT_HANDLER)
POLICY = setting().editions.of("PS-4")
DAY = timedelta(days=1)


def signed(**more):
    story = filed(**more)
    story.does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def task(story):
    return story.on.live_tasks[-1]


def due(story):
    clock = disposal_of(task(story), story.on, setting())
    assert clock is not None
    return clock.due


def proven(story, who=HANDLER):
    wish = Attach(case_id="x", stage="EVIDENCE", name="批文.pdf", digest="d", size=1)
    return story.does(wish, who)


def asking(story, **more):
    given = {"value": None if "until" in more else 1, "reason": "WEATHER", "text": "连日暴雨"}
    return AskExtension(case_id="x", task_id=task(story).id, **{**given, **more})


def asked(story=None, who=HANDLER, **more):
    story = proven(story or signed())
    return story.does(asking(story, **more), who, after=1)


def approving(story, **more):
    request = story.on.requests[-1]
    given = {"notice": "办理时限延长至下周二", "what": request.kind}
    return ApproveRequest(case_id="x", request_id=request.id, **{**given, **more})


def refusing(story):
    request = story.on.requests[-1]
    return RefuseRequest(case_id="x", request_id=request.id, what=request.kind, text="理由不足")


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


def test_while_it_is_asked_for_the_clock_runs_on_and_the_case_waits_for_a_leader():
    story = signed()
    before = due(story)
    asked(story, value=2)
    request = story.on.requests[-1]
    assert task(story).status is TaskStatus.EXT_REVIEW
    assert story.case.stage is Stage.RETURNED
    assert due(story) == before
    assert (request.kind, request.level, request.task_was) == ("EXTENSION", 1, "SIGNED")
    assert (request.wanted_value, request.wanted_unit) == (2, "WORK_DAY")
    assert request.wanted_until == before + 2 * DAY
    review = next(one for one in ledgers(story.on, setting()) if one.about == request.id)
    assert (review.matter, review.limit) == ("EXTENSION", Limit(4, LimitUnit.WORK_HOUR))
    assert story.case.due_clock == "K7"


def test_approved_it_adds_to_the_limit_and_the_ledger_says_how_much_by_whom_and_which_article():
    story = asked(value=2)
    before = due(story)
    story.does(approving(story, text="情况属实"), LEADER, after=5)
    clock = disposal_of(task(story), story.on, setting())
    assert clock.due == before + 2 * DAY
    assert clock.limit == Limit(7, LimitUnit.WORK_DAY)
    by = POLICY.parameter("extension.total_work_days")
    more = Limit(2, LimitUnit.WORK_DAY)
    assert clock.added == (Added(more, story.now, LEADER.login, 16, by.origin),)
    assert task(story).status is TaskStatus.SIGNED
    assert (story.case.stage, story.case.due_at) == (Stage.DISPOSAL, clock.due)
    request = story.on.requests[-1]
    assert (request.status, request.decided_by) == ("APPROVED", LEADER.login)
    assert (request.decision_text, request.wanted_until) == ("情况属实", clock.due)
    notice = story.on.notices[-1]
    assert (notice.kind, notice.method, notice.text) == ("96", "SMS", "办理时限延长至下周二")
    whole = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K6)
    assert whole.limit == Limit(7, LimitUnit.WORK_DAY)
    assert objection("refuse_request", story.on, story.moment(LEADER)).code == "request-missing"


def test_the_reporter_is_always_told():
    story = asked()
    assert refusal(story, approving(story, notice=" "), LEADER).code == "notice-missing"
    assert refusal(story, approving(story, method="PIGEON"), LEADER).code == "method-unknown"


def test_refused_all_stays_as_it_was():
    story = signed()
    before = (due(story), story.case.due_at)
    asked(story)
    story.does(refusing(story), LEADER, after=20)
    assert (due(story), story.case.due_at) == before
    assert task(story).status is TaskStatus.SIGNED
    request = story.on.requests[-1]
    assert (request.status, request.decision_text) == ("REFUSED", "理由不足")
    assert asked(story).on.requests[-1].level == 1


def test_only_another_decides_and_only_on_what_he_has_read():
    story = asked(who=LEADER)
    assert story.on.requests[-1].on_behalf == a_unit()
    assert refusal(story, approving(story), LEADER).code == "own-request"
    assert objection("approve_request", story.on, story.moment(LEADER)).code == "own-request"
    assert objection("refuse_request", story.on, story.moment(LEADER)).code == "own-request"
    assert refusal(story, approving(story, what="RETURN"), DIRECTOR).code == "request-missing"
    assert (
        objection("withdraw_request", story.on, story.moment(DIRECTOR)).code == "not-your-request"
    )
    assert objection("withdraw_request", story.on, story.moment(LEADER)) is None
    story.does(approving(story), DIRECTOR)
    assert refusal(story, approving(story), DIRECTOR).code == "not-now"


def test_the_second_is_the_directors():
    story = asked()
    story.does(approving(story), LEADER)
    asked(story)
    assert story.on.requests[-1].level == 2
    for wish in (approving(story), refusing(story)):
        assert refusal(story, wish, LEADER).code == "director-decides"
    story.does(approving(story), DIRECTOR)
    assert [one.level for one in granted(story.on, task(story).id)] == [1, 2]
    no = refusal(story, asking(story), HANDLER)
    assert (no.code, no.facts["count"], no.facts["most"]) == ("extended-enough", 2, 2)
    assert due(story) == day_end(local_date(MORNING) + 9 * DAY)  # 5 + 1 + 1 working days


def test_an_emergency_is_never_extended_and_a_fast_case_once():
    story = signed()
    story.does(RaiseGrade(case_id="x", grade=Grade.B), after=1)
    asked(story)
    story.does(approving(story), LEADER)
    proven(story)
    assert refusal(story, asking(story), HANDLER).code == "extended-enough"
    story = signed().does(RaiseGrade(case_id="x", grade=Grade.A))
    assert refusal(story, asking(story), HANDLER).code == "extension-never"


def test_a_request_that_became_vain_is_not_approved():
    story = asked().does(RaiseGrade(case_id="x", grade=Grade.A), after=1)
    assert refusal(story, approving(story), LEADER).code == "extension-other-limit"
    same = signed(grade=Grade.B, nature=Nature.INQUIRY)
    asked(same, until=due(same) + timedelta(minutes=30))
    assert same.on.requests[-1].wanted_unit == "WORK_MINUTE"
    same.does(approving(same), LEADER)
    assert disposal_of(task(same), same.on, setting()).limit == Limit(270, LimitUnit.WORK_MINUTE)


def test_time_that_was_added_to_days_has_lapsed_when_the_case_becomes_an_emergency():
    story = asked()
    story.does(approving(story), LEADER)
    story.does(RaiseGrade(case_id="x", grade=Grade.A), after=1)
    clock = disposal_of(task(story), story.on, setting())
    assert (clock.limit, clock.added) == (Limit(24, LimitUnit.CLOCK_HOUR), ())


def test_it_stays_where_another_class_counts_days_too():
    story = asked(value=2)
    story.does(approving(story), LEADER)
    story.does(Classify(case_id="x", category=a_class(component=True)), LEADER, after=1)
    assert disposal_of(task(story), story.on, setting()).limit == Limit(5, LimitUnit.WORK_DAY)


def test_whoever_asks_too_late_is_told_until_when_he_could():
    story = signed()
    standing = extension.standing(task(story), story.on, setting())
    assert standing.ask_by == datetime(
        2025, 3, 7, 10, tzinfo=UTC
    )  # the end of the fourth of five days
    story.now = standing.ask_by
    assert objection("ask_extension", story.on, story.moment(HANDLER)) is None
    story.now += timedelta(seconds=1)
    no = objection("ask_extension", story.on, story.moment(HANDLER))
    assert (no.code, no.facts) == ("extension-late", {"due": standing.ask_by})


def test_hours_are_asked_for_while_two_of_them_are_left():
    story = signed(grade=Grade.B, nature=Nature.INQUIRY)
    found = extension.standing(task(story), story.on, setting())
    started = found.clock.started
    assert found.ask_by - started == timedelta(hours=2)
    assert found.own == Limit(4, LimitUnit.WORK_HOUR)


def test_under_a_limit_shorter_than_that_nothing_can_be_asked_for():
    story = signed()
    short = replace(task(story), limit_value=1, limit_unit="WORK_HOUR")
    story.dossier = story.on.with_row(short)
    assert refusal(story, asking(story), HANDLER).code == "extension-late"


def test_a_task_without_a_limit_has_none_to_extend():
    story = signed()
    story.dossier = story.on.with_row(replace(task(story), limit_value=None))
    assert refusal(story, asking(story), HANDLER).code == "extension-no-limit"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"value": None}, "extension-amount-missing"),
        ({"value": 1, "until": MORNING + 20 * DAY}, "extension-amount-missing"),
        ({"value": 0}, "extension-not-later"),
        ({"until": MORNING}, "extension-not-later"),
        ({"value": 6}, "extension-too-long"),
        ({"until": MORNING + 60 * DAY}, "extension-too-long"),
        ({"reason": "LAZY"}, "reason-unknown"),
        ({"text": " "}, "words-missing"),
    ],
)
def test_what_is_asked_for_is_weighed(more, code):
    story = proven(signed())
    assert refusal(story, asking(story, **more), HANDLER).code == code


def test_in_all_no_more_is_added_than_the_edition_says():
    story = signed(category="0401")
    assert disposal_of(task(story), story.on, setting()).limit.value == 20
    asked(story, value=8)
    story.does(approving(story), LEADER)
    no = refusal(proven(story), asking(story, value=3), HANDLER)
    assert (no.code, no.facts) == ("extension-too-long", {"most": 2, "time": LimitUnit.WORK_DAY})
    asked(story, value=2)


def test_evidence_is_of_this_time():
    story = signed()
    assert refusal(story, asking(story), HANDLER).code == "evidence-missing"
    asked(story)
    story.does(approving(story), LEADER, after=1)
    story.now += timedelta(minutes=1)
    assert refusal(story, asking(story), HANDLER).code == "evidence-missing"
    asked(story)


def test_one_thing_is_asked_for_at_a_time_of_a_task_that_is_worked_on():
    story = asked()
    assert refusal(story, asking(story), HANDLER).code == "not-now"
    no = objection("ask_extension", story.on, story.moment(HANDLER))
    assert no.code == "already-open-request"
    assert objection("ask_return", story.on, story.moment(HANDLER)).code == "already-open-request"
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    story.dossier = story.on.with_row(replace(task(story), id="other", status=TaskStatus.SIGNED))
    wish = replace(asking(story), task_id=story.on.tasks[0].id)
    assert refusal(story, wish, HANDLER).code == "task-missing"


def test_silence_refuses_when_the_review_is_over():
    story = asked()
    request = story.on.requests[-1]
    until = extension.lapses_at(request, story.on, setting())
    review = next(one for one in ledgers(story.on, setting()) if one.about == request.id)
    assert until == review.due
    story.now = until
    assert not is_lapsed(request, story.on, story.moment(LEADER))
    story.now += timedelta(seconds=1)
    no = refusal(story, approving(story), LEADER)
    assert (no.code, no.facts) == ("request-lapsed", {"due": until})
    before = due(story)
    story.does(WithdrawRequest(case_id="x"), someone())
    assert story.on.requests[-1].status == "LAPSED"
    assert (task(story).status, due(story)) == (TaskStatus.SIGNED, before)


def test_silence_refuses_at_the_latest_when_the_task_is_due():
    story = signed(grade=Grade.B, nature=Nature.INQUIRY)
    story.now = extension.standing(task(story), story.on, setting()).ask_by - timedelta(minutes=1)
    asked(story)
    until = extension.lapses_at(story.on.requests[-1], story.on, setting())
    assert until == due(story)


def test_a_leader_may_still_say_why_not_after_silence_has_refused():
    story = asked()
    story.now += DAY
    story.does(refusing(story), LEADER)
    assert story.on.requests[-1].status == "REFUSED"


def test_whoever_asked_may_take_it_back_and_nobody_else():
    story = asked()
    assert refusal(story, WithdrawRequest(case_id="x"), someone()).code == "not-your-request"
    other = someone(Role.UNIT_LEADER)
    story.does(WithdrawRequest(case_id="x"), other)
    request = story.on.requests[-1]
    assert (request.status, request.decided_by, request.decided_at) == ("DROPPED", "", story.now)
    story = asked(who=someone())
    story.does(WithdrawRequest(case_id="x"), someone())
    assert story.on.requests[-1].status == "DROPPED"


def test_a_leader_is_not_offered_to_withdraw_what_others_asked():
    story = asked()
    assert not offers("withdraw_request", LEADER.role, story.on, LEADER.login)
    assert offers("withdraw_request", HANDLER.role, story.on, HANDLER.login)
    story = asked(who=LEADER)
    assert offers("withdraw_request", LEADER.role, story.on, LEADER.login)
    assert not offers("withdraw_request", LEADER.role, signed().on, LEADER.login)


def test_a_task_that_is_done_meanwhile_needs_no_more_time():
    story = asked()
    wish = Handle(case_id="x", task_id=task(story).id, result="已修", notice="已修")
    story.does(wish, HANDLER, after=30)
    request = story.on.requests[-1]
    assert (request.status, request.decided_at) == ("LAPSED", story.now)
    assert task(story).status is TaskStatus.HANDLED


def test_hours_and_minutes_are_time_of_one_kind_days_are_not():
    hours, minutes = Limit(2, LimitUnit.CLOCK_HOUR), Limit(30, LimitUnit.CLOCK_MINUTE)
    assert together(hours, minutes) == Limit(150, LimitUnit.CLOCK_MINUTE)
    assert together(hours, hours) == Limit(4, LimitUnit.CLOCK_HOUR)
    assert together(hours, Limit(1, LimitUnit.WORK_HOUR)) is None
    assert in_minutes(Limit(1, LimitUnit.WORK_DAY)) == Limit(1, LimitUnit.WORK_DAY)


@pytest.mark.parametrize("days", [1, 3])
def test_calendar_days_are_counted_to_a_target_too(days):
    story = signed()
    calendar_days = replace(task(story), limit_value=30, limit_unit="CALENDAR_DAY")
    story.dossier = story.on.with_row(calendar_days)
    before = due(story)
    asked(story, until=before + days * DAY)
    request = story.on.requests[-1]
    assert (request.wanted_value, request.wanted_unit) == (days, "CALENDAR_DAY")
    assert request.wanted_until == before + days * DAY


@settings(max_examples=25, deadline=None)
@given(
    wait=st.integers(0, 60 * 24 * 3),
    ahead=st.integers(-60 * 24, 60 * 24 * 20),
    kind=st.sampled_from([{}, {"grade": Grade.B}, {"grade": Grade.B, "nature": Nature.INQUIRY}]),
)
def test_a_target_is_met_or_refused_and_never_passed(wait, ahead, kind):
    """Whatever instant is named: the new due is after the old one, and no later than its day or minute."""
    story = signed(**kind)
    story.now += timedelta(minutes=wait)
    proven(story)
    before, target = due(story), due(story) + timedelta(minutes=ahead)
    with suppress(Refused):
        story.does(asking(story, until=target), HANDLER)
    if not story.on.open_request():
        no = refusal(story, asking(story, until=target), HANDLER)
        assert no.code in ("extension-late", "extension-not-later", "extension-too-long")
        return
    story.does(approving(story), LEADER, after=1)
    after = due(story)
    assert before < after <= max(target, day_end(local_date(target)))
    assert story.case.due_at == after == story.on.requests[-1].wanted_until
