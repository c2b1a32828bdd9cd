"""Visits after a closure: who is called, what comes of a call, and what a bad rating leads to."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Dossier
from app.domain.commands import (
    Close,
    DecideRating,
    Dispatch,
    ExplainRating,
    Handle,
    RaiseGrade,
    RecordVisit,
    Reopen,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.measures.disposal import criteria_for
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, Stage, TaskStatus
from app.domain.visits import (
    BAD,
    DECLINED,
    DROPPED,
    EXPLAINED,
    OPEN,
    RATED,
    REWORKED,
    SILENT,
    UNREACHED,
    UPHELD,
    drawn,
    why,
)
from tests.kit import a_unit, filed, setting, someone

pytestmark = pytest.mark.article(30, 31)

HANDLER = someone(Role.UNIT_HANDLER)
STRANGER = someone(Role.UNIT_HANDLER, a_unit(3), "u_stranger")
LEADER = someone(Role.SHIFT_LEADER)
DIRECTOR = someone(Role.DIRECTOR)
POLICY = setting().editions.by_code("PS-4")


def at_work(**more):
    story = filed(**more).does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=story.on.tasks[0].id), HANDLER, after=10)


def done(story):
    task = story.on.tasks[0].id
    wish = Handle(case_id="x", task_id=task, result="已修复", notice="已修复")
    story.does(wish, HANDLER, after=60)
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(someone())))
    return story.does(Close(case_id="x", criteria=ticked), after=30)


def closed(**more):
    return done(at_work(**more))


def visit(story):
    return story.on.visits[-1]


def called(story, outcome="REACHED", after=60, who=None, **stars):
    wish = RecordVisit(case_id="x", visit_id=visit(story).id, outcome=outcome, **stars)
    return story.does(wish, who, after)


def explained(story, who=HANDLER):
    wish = ExplainRating(case_id="x", visit_id=visit(story).id, text="产权单位备料需三天。")
    return story.does(wish, who, after=60)


def decided(story, who=LEADER, **more):
    wish = DecideRating(case_id="x", visit_id=visit(story).id, is_rework=False)
    return story.does(replace(wish, **more), who, after=60)


def no(do):
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def clocks(story):
    found = (one for one in ledgers(story.on, setting()) if one.clock is Clock.K11)
    return {one.matter: one for one in found if one.about == visit(story).id}


# -- the pool


@given(st.uuids(), st.floats(0, 100))
def test_the_lot_is_by_the_case_alone(case_id, percent):
    assert drawn(str(case_id), percent) == drawn(str(case_id), percent)
    assert drawn(str(case_id), 100)
    assert not drawn(str(case_id), 0)
    if drawn(str(case_id), percent):
        assert drawn(str(case_id), min(100, percent + 1))


def test_so_many_in_a_hundred_are_drawn():
    ids = [str(uuid4()) for _ in range(20_000)]
    for percent in (20, 50):
        share = sum(drawn(one, percent) for one in ids) / len(ids)
        assert abs(share - percent / 100) < 0.02


def test_every_complaint_and_request_for_help_is_visited_and_others_by_lot():
    case = closed().case

    def reason(nature, case_id):
        on = Dossier(replace(case, id=case_id, nature=nature))
        return why(on, POLICY)

    ids = [str(uuid4()) for _ in range(400)]
    assert {reason(Nature.COMPLAINT, one) for one in ids} == {"COMPLAINT"}
    assert {reason(Nature.HELP, one) for one in ids} == {"COMPLAINT"}
    for nature, share in ((Nature.INQUIRY, 20), (Nature.SUGGESTION, 50)):
        drawn_ = {one for one in ids if reason(nature, one)}
        assert drawn_ == {one for one in ids if drawn(one, share)}
    assert {reason(Nature.THANKS, one) for one in ids} == {""}


def test_grade_a_rework_and_stages_are_visited_whatever_the_nature():
    unlucky = next(one for one in map(str, range(100)) if not drawn(one, 20))
    case = replace(closed().case, nature=Nature.INQUIRY, id=unlucky)
    assert why(Dossier(case), POLICY) == ""
    assert why(Dossier(replace(case, grade=Grade.A)), POLICY) == "GRADE_A"
    assert why(Dossier(replace(case, rework_count=1)), POLICY) == "REWORK"


def test_what_is_told_only_afterwards_is_visited_by_nobody():
    story = at_work()
    wish = Handle(case_id="x", task_id=story.on.tasks[0].id, result="好", notice="好")
    story.does(wish, HANDLER)
    moment, past = story.moment, replace
    story.moment = lambda who: past(moment(who), is_past=True)
    ticked = tuple(one.code for one in criteria_for(story.on, story.moment(someone())))
    story.does(Close(case_id="x", criteria=ticked))
    assert story.on.visits == ()
    assert story.case.stage is Stage.ENDED


# -- calls


def test_a_closed_case_waits_for_its_visit_by_the_clock_of_the_first_call():
    story = closed()
    assert (visit(story).status, visit(story).why) == (OPEN, "COMPLAINT")
    assert visit(story).task_id == story.on.tasks[0].id
    assert story.case.status is CaseStatus.CLOSED_ON_TIME
    assert story.case.stage is Stage.VISIT
    assert (story.case.due_clock, story.case.due_at) == ("K11", clocks(story)["START"].due)
    called(story, "NO_ANSWER")
    assert clocks(story)["START"].stopped is not None
    assert story.case.due_at == clocks(story)[""].due


def test_who_is_reached_gives_stars_and_that_ends_it():
    story = called(closed(), overall=5, service=4, text="满意")
    one = visit(story)
    assert (one.status, one.overall, one.service, one.deal_speed) == (RATED, 5, 4, 0)
    assert (story.case.stage, story.case.due_at) == (Stage.ENDED, None)
    assert no(lambda: called(story, overall=5)) == "not-now"


@pytest.mark.parametrize(
    "stars", [{}, {"overall": 6}, {"overall": -1}, {"overall": 3, "service": 7}]
)
def test_stars_are_one_to_five_and_the_whole_is_rated(stars):
    assert no(lambda: called(closed(), **stars)) == "stars-missing"


@pytest.mark.parametrize("outcome", ["NO_ANSWER", "DECLINED", "SILENT"])
def test_nobody_else_gives_stars(outcome):
    assert no(lambda: called(closed(), outcome, overall=5)) == "stars-unasked"


def test_another_visit_or_outcome_is_none_of_it():
    story = closed()
    assert no(lambda: called(story, "PERHAPS")) == "outcome-unknown"
    wish = RecordVisit(case_id="x", visit_id="other", outcome="NO_ANSWER")
    assert no(lambda: story.does(wish)) == "visit-missing"


def test_three_calls_on_one_day_are_not_enough():
    story = closed()
    for _ in range(3):
        called(story, "NO_ANSWER", after=10)
    assert visit(story).status == OPEN
    called(story, "NO_ANSWER", after=24 * 60)
    assert (visit(story).status, visit(story).attempts) == (UNREACHED, 4)
    assert story.case.stage is Stage.ENDED


def test_two_calls_on_two_days_are_not_enough_either():
    story = called(closed(), "NO_ANSWER")
    called(story, "NO_ANSWER", after=24 * 60)
    assert visit(story).status == OPEN
    called(story, "NO_ANSWER")
    assert visit(story).status == UNREACHED


def test_who_will_not_be_asked_is_left_in_peace():
    assert visit(called(closed(), "DECLINED")).status == DECLINED


def test_silence_counts_only_after_its_days():
    story = closed()
    opened = visit(story).opened_at
    assert no(lambda: called(story, "SILENT")) == "not-silent-yet"
    story.now = opened + timedelta(days=7)
    called(story, "SILENT", after=0)
    assert (visit(story).status, visit(story).attempts) == (SILENT, 0)


# -- bad ratings


def bad(**more):
    return called(closed(**more), overall=2, text="拖了太久")


@pytest.mark.parametrize(("overall", "status"), [(1, BAD), (2, BAD), (3, RATED)])
def test_what_is_bad_is_for_the_edition_to_say(overall, status):
    assert visit(called(closed(), overall=overall)).status == status


def test_the_unit_explains_within_its_day_and_the_centre_decides():
    story = bad()
    assert story.case.stage is Stage.VISIT
    assert story.case.due_at == clocks(story)["EXPLAIN"].due
    explained(story)
    assert visit(story).status == EXPLAINED
    assert story.case.due_at == clocks(story)["DECIDE"].due
    decided(story, text="说明属实")
    assert (visit(story).status, visit(story).decided_by) == (UPHELD, LEADER.login)
    assert story.case.stage is Stage.ENDED
    assert {one.stopped is None for one in clocks(story).values()} == {False}


def test_only_the_unit_that_led_explains_and_the_centre_says_for_whom():
    story = bad()
    assert no(lambda: explained(story, STRANGER)) == "not-your-unit"
    assert objection("explain_rating", story.on, story.moment(STRANGER)).code == "not-your-unit"
    assert visit(explained(story, someone())).on_behalf == a_unit()


def test_nobody_decides_on_his_own_explanation():
    story = explained(bad(), LEADER)
    assert no(lambda: decided(story)) == "own-explanation"
    decided(story, someone())


def test_without_an_explanation_nothing_can_be_upheld_but_work_can_be_ordered():
    story = bad()
    assert no(lambda: decided(story)) == "not-explained"
    assert no(lambda: decided(story, is_rework=True)) == "words-missing"
    decided(story, is_rework=True, text="现场仍未修复")
    assert visit(story).status == REWORKED


def test_rework_opens_the_case_and_its_clock_goes_on_where_it_stood():
    story = closed()
    before = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K8]
    called(story, overall=1)
    decided(story, is_rework=True, text="现场仍未修复")
    (task,) = story.on.tasks
    assert (story.case.status, task.status) == (CaseStatus.REWORK, TaskStatus.REWORK)
    assert (story.case.closed_at, task.done_at) == (None, None)
    assert story.case.rework_count == 1
    assert story.case.due_clock == "K5"
    now = ledgers(story.on, setting())
    assert [one for one in now if one.clock is Clock.K8] == before
    (disposal,) = [one for one in now if one.clock is Clock.K5]
    assert disposal.stopped is None
    assert disposal.due > story.now


def test_a_case_done_again_is_told_reviewed_closed_and_visited_again():
    story = bad()
    decided(story, is_rework=True, text="未修复")
    done(story)
    assert story.case.status is CaseStatus.CLOSED_ON_TIME
    assert [one.why for one in story.on.visits] == ["COMPLAINT", "REWORK"]


def test_so_often_and_not_more():
    story = bad()
    for _ in range(2):
        decided(story, is_rework=True, text="未修复")
        called(done(story), overall=1)
    assert no(lambda: decided(story, is_rework=True, text="仍未修复")) == "rework-enough"


# -- opened again


def test_the_director_opens_it_again_within_the_days_of_the_edition():
    wish = Reopen(case_id="x", text="诉求人反映问题重现")
    story = closed()
    assert no(lambda: story.does(wish, LEADER)) == "not-permitted"
    story.does(wish, DIRECTOR, after=60)
    assert story.case.status is CaseStatus.REWORK
    assert visit(story).status == DROPPED
    story = called(closed(), overall=5)
    story.now = story.case.closed_at + timedelta(days=30)
    assert no(lambda: story.does(wish, DIRECTOR)) == "archived"
    story.now -= timedelta(seconds=1)
    story.does(wish, DIRECTOR)
    assert visit(story).status == RATED


def test_what_is_not_closed_is_not_opened_again():
    story = at_work()
    assert objection("reopen", story.on, story.moment(DIRECTOR)).code == "not-closed"


def test_an_emergency_is_visited_for_what_it_is():
    story = at_work(nature=Nature.INQUIRY)
    story.does(RaiseGrade(case_id="x", grade=Grade.A))
    assert visit(done(story)).why == "GRADE_A"
