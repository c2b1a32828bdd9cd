"""What nobody takes falls back: first the unit asked or handling first, then the street, then a third party."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.commands import (
    ApproveReturn,
    Dispatch,
    FallBack,
    OpenCoordination,
    RaiseGrade,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.limits import Limit, LimitUnit
from app.domain.measures.falling import candidates, next_steps, rota_of
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.rotas import Rota, Share
from app.domain.terms import CaseStatus, Clock, Grade, Origin, Role, TaskStatus
from tests.kit import a_unit, filed, setting
from tests.series import examples
from tests.unit.test_coordination import LEADER, of, refused_once, sent_back, task

COVER = "060111"
DAY = timedelta(days=1)


def given_back():
    """Once refused and once accepted: nobody has it."""
    story = sent_back(refused_once(), a_unit(), a_unit(1))
    asked = story.on.open_request()
    return story.does(ApproveReturn(case_id="x", request_id=asked.id), LEADER, after=5)


def falls(story, step, unit, after=5, **more):
    wish = FallBack(case_id="x", step=step, unit=unit, text="权属不清，兜底办理", **more)
    return story.does(wish, LEADER, after=after)


def no(story, step, unit, **more):
    with pytest.raises(Refused) as refused:
        falls(story, step, unit, **more)
    return refused.value


def street(story):
    return candidates("STREET", story.on, story.moment(LEADER))[0]


def step_clock(story):
    return [one for one in ledgers(story.on, setting()) if one.clock is Clock.KF][-1]


@pytest.mark.article(21, 25)
def test_it_falls_on_the_first_asked_then_the_street_then_a_third_party_each_in_its_time():
    story = given_back()
    moment = story.moment(LEADER)
    assert next_steps(story.on, moment) == ("FIRST_ASKED",)
    assert candidates("FIRST_ASKED", story.on, moment) == (a_unit(),)
    assert no(story, "STREET", street(story)).facts == {"step": 1}
    assert no(story, "FIRST_ASKED", a_unit(2)).code == "fallback-unit"
    falls(story, "FIRST_ASKED", a_unit())
    assert (task(story).fallback, task(story).unit) == ("FIRST_ASKED", a_unit())
    assert (story.case.status, story.case.lead_unit) == (CaseStatus.DISPATCHED, a_unit())
    clock = step_clock(story)
    assert (clock.limit, clock.article, clock.about) == (
        Limit(1, LimitUnit.WORK_DAY),
        21,
        task(story).id,
    )
    assert no(story, "STREET", street(story)).code == "fallback-runs"
    story.now = clock.due + timedelta(seconds=1)
    falls(story, "STREET", street(story))
    assert story.on.tasks[-2].status is TaskStatus.REDISPATCHED
    assert (task(story).fallback, task(story).unit) == ("STREET", street(story))
    story.now = step_clock(story).due + timedelta(seconds=1)
    assert next_steps(story.on, story.moment(LEADER)) == ("THIRD_PARTY",)
    falls(story, "THIRD_PARTY", a_unit(7), cost="应急抢险服务 3000 元")
    assert (task(story).fallback, task(story).cost) == ("THIRD_PARTY", "应急抢险服务 3000 元")


@pytest.mark.article(26)
def test_who_signed_first_is_the_first_that_handled_it():
    story = filed().does(Dispatch(case_id="x", unit=a_unit(3)), after=5)
    story.does(Sign(case_id="x", task_id=task(story).id), of(a_unit(3)), after=5)
    sent_back(story, a_unit(3), a_unit(1))
    asked = story.on.open_request()
    story.does(ApproveReturn(case_id="x", request_id=asked.id), LEADER, after=5)
    assert next_steps(story.on, story.moment(LEADER)) == ("FIRST_ASKED", "FIRST_HANDLED")
    falls(story, "FIRST_HANDLED", a_unit(3))
    assert task(story).fallback == "FIRST_HANDLED"


@pytest.mark.article(21)
def test_grade_a_has_two_hours_for_a_step_and_who_signs_has_taken_it_on():
    story = given_back()
    story.does(RaiseGrade(case_id="x", grade=Grade.A))
    falls(story, "FIRST_ASKED", a_unit())
    assert step_clock(story).limit == Limit(2, LimitUnit.CLOCK_HOUR)
    story.does(Sign(case_id="x", task_id=task(story).id), of(a_unit()), after=5)
    assert step_clock(story).stopped == story.now
    story.now += DAY
    assert objection("fall_back", story.on, story.moment(LEADER)).code == "has-lead"


@pytest.mark.article(21)
def test_where_nobody_was_asked_the_street_is_first():
    story = filed()
    assert next_steps(story.on, story.moment(LEADER)) == ("STREET",)
    falls(story, "STREET", street(story))
    assert task(story).unit.startswith(story.case.street)


def owned_by_nobody():
    return filed(category=COVER)


@pytest.mark.article(21)
def test_what_is_nobodys_by_its_class_goes_by_the_rota_and_whose_turn_it_was_is_kept():
    story = owned_by_nobody()
    rota = rota_of(story.on, story.moment(LEADER))
    turn = rota.turn({})
    assert next_steps(story.on, story.moment(LEADER)) == ("THIRD_PARTY",)
    assert no(story, "THIRD_PARTY", turn).code == "rota-unknown"
    assert no(story, "THIRD_PARTY", turn, rota="COVERS").code == "turn-missing"
    falls(story, "THIRD_PARTY", a_unit(8), rota="COVERS", turn=turn)
    assert (task(story).rota, task(story).turn, task(story).unit) == ("COVERS", turn, a_unit(8))


def test_it_does_not_fall_while_it_is_coordinated_nor_without_words():
    story = given_back()
    wish = FallBack(case_id="x", step="FIRST_ASKED", unit=a_unit(), text=" ")
    with pytest.raises(Refused, match="words-missing"):
        story.does(wish, LEADER)
    story.does(OpenCoordination(case_id="x", why="RETURNED"), LEADER)
    assert objection("fall_back", story.on, story.moment(LEADER)).code == "coordination-rules"
    assert no(filed(), "WHIM", a_unit()).code == "fallback-step"


def rota(weights):
    shares = tuple(Share(f"U{n}", one, Origin.PROP) for n, one in enumerate(weights))
    return Rota("R", "轮值", "rota", ("060111",), shares)


@given(weights=st.lists(st.integers(1, 60), min_size=1, max_size=6), turns=st.integers(1, 120))
@settings(max_examples=examples(40, 400), deadline=None)
def test_a_rota_gives_every_unit_its_share_at_any_time_to_within_a_turn_and_no_more(weights, turns):
    """Nobody is ever a whole turn ahead; after a whole round all have exactly their weights."""
    one, given_ = rota(weights), {}
    whole = sum(weights)
    for done in range(1, turns + 1):
        unit = one.turn(given_)
        given_[unit] = given_.get(unit, 0) + 1
        ahead = [whole * given_.get(f"U{n}", 0) - w * done for n, w in enumerate(weights)]
        assert max(ahead) < whole
        if done == whole:
            assert [given_.get(f"U{n}", 0) for n in range(len(weights))] == list(weights)


def test_a_turn_that_another_unit_took_comes_to_who_was_passed_over_next():
    one = rota([50, 30, 20])
    assert one.turn({}) == "U0"
    assert one.turn({"U1": 1}) == "U0"
    assert one.turn({"U0": 1, "U1": 1}) == "U2"
    assert one.turn({"GONE": 9}) == "U0"


def test_the_shipped_rotas_name_classes_and_units_that_there_are():
    rotas = setting().directory.rotas
    assert {one.code for one in rotas} == {"CABLES", "COVERS"}
    for one in rotas:
        assert sum(share.weight for share in one.shares) == 100
        assert {share.origin for share in one.shares} == {Origin.PROP}
    classed = [code for one in rotas for code in one.categories]
    assert len(classed) == len(set(classed))


def test_it_is_offered_while_nobody_leads_and_where_a_step_may_be_over():
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    assert not offers("fall_back", Role.SHIFT_LEADER, story.on)
    story = given_back()
    assert offers("fall_back", Role.SHIFT_LEADER, story.on)
    assert not offers("fall_back", Role.OPERATOR, story.on)
    falls(story, "FIRST_ASKED", a_unit())
    assert offers("fall_back", Role.SHIFT_LEADER, story.on)
    story.does(OpenCoordination(case_id="x", why="RETURNED"), LEADER)
    assert not offers("fall_back", Role.SHIFT_LEADER, story.on)
