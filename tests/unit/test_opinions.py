"""Units side by side (art. 22): when an opinion is owed, and when the case as a whole stands still."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clocks import ClockState
from app.domain.commands import ApproveRequest, AskSuspension, OrderRework, Resume
from app.domain.counting import Pause
from app.domain.deadlines import due_first, ledgers
from app.domain.measures.disposal import grounds_for_rework
from app.domain.pauses import write_pauses
from app.domain.policy import Editions
from app.domain.standstills import all_still
from app.domain.terms import Clock, TaskStatus
from tests.kit import MORNING, setting
from tests.unit.test_parallel import (
    FIRST,
    LEAD,
    LEADER,
    SECOND,
    clock_of,
    dispatched,
    handled,
    of,
    returned,
    signed,
    task,
)

pytestmark = pytest.mark.article(20)


def opinions(story):
    return [one for one in ledgers(story.on, setting()) if one.clock is Clock.KO]


def test_whoever_assists_owes_an_opinion_after_half_of_his_own_limit():
    story = dispatched(FIRST, SECOND)
    assert {one.about for one in opinions(story)} == {
        task(story, one).id for one in (FIRST, SECOND)
    }
    owed, own = clock_of(story, FIRST, Clock.KO), clock_of(story, FIRST)
    policy = setting().policy(story.case)
    assert owed.limit.value * 2 == policy.own_minutes(own.limit)
    assert (owed.article, str(owed.origin), owed.source) == (22, "PROP", policy.code)
    assert task(story, FIRST).dispatched_at == owed.started < owed.due < own.due


def test_what_is_first_reported_as_done_is_the_opinion_and_rework_asks_for_no_other():
    story = handled(signed(dispatched(FIRST), LEAD, FIRST), LEAD, FIRST)
    given_at = task(story, FIRST).handled_at
    assert clock_of(story, FIRST, Clock.KO).stopped == given_at
    moment = story.moment(LEADER)
    ground = grounds_for_rework(story.on, moment)[0].code
    story.does(OrderRework(case_id="x", criterion=ground, text="再办"), LEADER, after=60)
    owed = clock_of(story, FIRST, Clock.KO)
    assert (owed.stopped, owed.state(story.now)) == (given_at, ClockState.MET)


def test_one_that_came_too_late_was_missed_and_one_that_went_back_was_returned():
    story = signed(dispatched(FIRST, SECOND), LEAD, FIRST, SECOND)
    returned(story, SECOND)
    assert clock_of(story, SECOND, Clock.KO).state(story.now) is ClockState.RETURNED
    story.now = clock_of(story, FIRST, Clock.KO).due + timedelta(minutes=1)
    assert clock_of(story, FIRST, Clock.KO).state(story.now) is ClockState.BREACHED
    handled(story, FIRST)
    assert clock_of(story, FIRST, Clock.KO).state(story.now) is ClockState.MISSED


def test_a_case_is_not_listed_by_it():
    """It is the lead's to press for; the centre's queues go by what binds the units."""
    story = dispatched(FIRST)
    first = due_first(ledgers(story.on, setting()))
    assert first is not None
    assert first.clock is not Clock.KO


def test_who_leads_owes_none_and_an_edition_without_the_number_asks_for_none():
    story = dispatched()
    assert opinions(story) == []
    story = dispatched(FIRST)
    policy = setting().policy(story.case)
    kept = {code: one for code, one in policy.parameters.items() if "assist" not in code}
    bare = replace(setting(), editions=Editions((replace(policy, parameters=kept),)))
    assert Clock.KO not in {one.clock for one in ledgers(story.on, bare)}


def stands_still(story, unit):
    wish = AskSuspension(case_id="x", task_id=task(story, unit).id, text="待检测")
    story.does(wish, of(unit), after=5)
    request = story.on.requests[-1].id
    wish = ApproveRequest(case_id="x", request_id=request, what="SUSPENSION")
    return story.does(wish, LEADER, after=5)


def whole(story):
    return next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K6)


def paused(story):
    return [(one.start, one.end) for one in whole(story).segments if not one.runs]


def test_the_whole_case_waits_only_once_all_stand_still():
    story = signed(dispatched(FIRST), LEAD, FIRST)
    stands_still(story, LEAD)
    assert paused(story) == []
    stands_still(story, FIRST)
    since = story.now
    assert [start for start, _ in paused(story)] == [since]
    story.does(Resume(case_id="x"), of(LEAD), after=30)
    assert paused(story) == [(since, story.now)]


def test_who_is_done_keeps_nobody_from_standing_still():
    story = handled(signed(dispatched(FIRST), LEAD, FIRST), FIRST)
    stands_still(story, LEAD)
    assert [start for start, _ in paused(story)] == [story.now]
    assert task(story, LEAD).status is TaskStatus.SUSPENDED


def test_one_unit_alone_pauses_its_case_as_ever():
    story = stands_still(signed(dispatched(), LEAD), LEAD)
    assert [start for start, _ in paused(story)] == [story.now]


HOURS = st.integers(0, 12)
STRETCHES = st.lists(st.tuples(HOURS, HOURS).filter(lambda one: one[0] < one[1]), max_size=4)


def at(hour: int):
    return MORNING + timedelta(hours=hour)


@given(st.lists(st.tuples(STRETCHES, st.none() | HOURS), min_size=1, max_size=3))
def test_it_waits_in_exactly_those_hours_in_which_nobody_works_and_somebody_stands_still(drawn):
    """Against a naive look at every single hour."""
    one = task(signed(dispatched(), LEAD), LEAD)
    tasks = [
        replace(
            one,
            id=str(n),
            dispatched_at=MORNING,
            handled_at=None if done is None else at(done),
            pauses=write_pauses(tuple(Pause(at(a), at(b), "SUSPENDED", "x") for a, b in stretches)),
        )
        for n, (stretches, done) in enumerate(drawn)
    ]
    found = [(pause.start, pause.end) for pause in all_still(tasks)]
    for hour in range(12):
        still = [any(a <= hour < b for a, b in stretches) for stretches, _ in drawn]
        idle = [
            here or (done is not None and hour >= done)
            for here, (_, done) in zip(still, drawn, strict=True)
        ]
        expected = any(here and all(idle[:n] + idle[n + 1 :]) for n, here in enumerate(still))
        assert any(start <= at(hour) < end for start, end in found) == expected, hour
