"""A danger is held off at once: by a unit that need not have the case, in time, and in place of nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.commands import (
    Close,
    Dispatch,
    File,
    Handle,
    OrderInterim,
    ReportInterim,
    Sign,
    Void,
)
from app.domain.deadlines import ledgers, settle
from app.domain.interims import ANSWER, FINISH
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Grade, Origin, Role
from app.services.derived import placed
from tests.kit import MORNING, Story, a_unit, registered, setting, someone

pytestmark = pytest.mark.article(10)

FIRE, WATER = a_unit(1), a_unit(0)
FIREMAN = someone(Role.UNIT_HANDLER, FIRE)
WATERMAN = someone(Role.UNIT_HANDLER, WATER)


def ordered(story: Story | None = None, **more: object) -> Story:
    story = story or registered(safety_hazard=True)
    given = {"unit": FIRE, "measure": "FENCE_OFF", "text": "先围起来", **more}
    return story.does(OrderInterim(case_id=story.case.id, **given))  # type: ignore[arg-type]


def reported(story: Story, *, done: bool, who=FIREMAN, after: int = 0, text="已到场") -> Story:
    one = story.on.interims[-1]
    wish = ReportInterim(case_id=story.case.id, interim_id=one.id, text=text, is_done=done)
    return story.does(wish, who, after=after)


def clocks(story: Story):
    found = [one for one in ledgers(story.on, setting()) if one.clock is Clock.KI]
    return {one.matter: one for one in found}


def test_it_is_ordered_before_anything_is_filed_and_the_unit_has_the_case_before_its_eyes():
    story = ordered()
    (one,) = story.on.interims
    assert (one.status, one.unit, one.measure, one.ordered_by) == (
        *("ORDERED", FIRE, "FENCE_OFF"),
        someone().login,
    )
    assert (story.case.status, story.case.units) == (CaseStatus.REGISTERED, f"|{FIRE}|")
    assert story.case.lead_unit is None


def test_both_clocks_are_the_editions_own_with_their_mark():
    found = clocks(ordered())
    assert {matter: one.due for matter, one in found.items()} == {
        ANSWER: MORNING + timedelta(hours=2),
        FINISH: MORNING + timedelta(hours=4),
    }
    assert {(one.origin, one.article) for one in found.values()} == {(Origin.PX, 10)}


def test_the_first_word_answers_and_the_last_one_ends_it():
    story = reported(ordered(), done=False, after=30)
    answered = story.now
    reported(story, done=False, after=10, text="正在围挡")
    reported(story, done=True, after=10)
    (one,) = story.on.interims
    assert (one.status, one.answered_at, one.done_at) == ("DONE", answered, story.now)
    found = clocks(story)
    assert (found[ANSWER].stopped, found[FINISH].stopped) == (answered, story.now)
    with pytest.raises(Refused, match="not-now"):
        reported(story, done=True)


def test_the_centre_reports_on_behalf_of_the_unit():
    story = reported(ordered(), done=True, who=someone())
    assert (story.on.interims[0].on_behalf, story.on.interims[0].done_at) == (FIRE, story.now)


def test_another_unit_reports_nothing_about_it():
    story = ordered()
    with pytest.raises(Refused, match="not-your-unit"):
        reported(story, done=True, who=WATERMAN)


def test_what_is_reported_has_words_and_is_known():
    story = ordered()
    wish = ReportInterim(case_id=story.case.id, interim_id="none", text="好", is_done=True)
    with pytest.raises(Refused, match="interim-missing"):
        story.does(wish, FIREMAN)
    wish = ReportInterim(
        case_id=story.case.id, interim_id=story.on.interims[0].id, text=" ", is_done=True
    )
    with pytest.raises(Refused, match="words-missing"):
        story.does(wish, FIREMAN)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"unit": "none"}, "unit-unknown"),
        ({"measure": "NONE"}, "reason-unknown"),
        ({"measure": "OTHER", "text": ""}, "words-missing"),
    ],
)
def test_an_order_names_a_unit_and_a_measure_of_the_edition(more, code):
    with pytest.raises(Refused, match=code):
        ordered(**more)


def test_the_same_is_not_ordered_twice_while_it_is_owed():
    story = ordered()
    with pytest.raises(Refused, match="interim-ordered"):
        ordered(story)
    ordered(story, measure="CUT_POWER")
    ordered(story, unit=WATER)
    assert story.case.units == f"|{FIRE}|{WATER}|"
    assert len(story.on.interims) == 3


@pytest.mark.parametrize(
    ("more", "is_needed"),
    [({"grade": Grade.A}, True), ({"safety_hazard": True}, True), ({"grade": Grade.B}, False)],
)
def test_it_is_for_grade_a_and_for_hazards(more, is_needed):
    story = registered(**more)
    assert offers("order_interim", Role.OPERATOR, story.on) is is_needed
    no = objection("order_interim", story.on, story.moment(someone()))
    assert (no is None) is is_needed
    if not is_needed:
        with pytest.raises(Refused, match="no-danger"):
            ordered(story)


def test_what_is_not_owed_or_anothers_is_told_beforehand():
    story = registered(safety_hazard=True)
    no = objection("report_interim", story.on, story.moment(FIREMAN))
    assert no is not None
    assert no.code == "interim-missing"
    ordered(story)
    assert objection("report_interim", story.on, story.moment(FIREMAN)) is None
    no = objection("report_interim", story.on, story.moment(WATERMAN))
    assert no is not None
    assert no.code == "not-your-unit"


def test_it_stands_in_for_no_filing():
    story = registered(safety_hazard=True, address="")
    reported(ordered(story), done=True)
    with pytest.raises(Refused, match="filing-incomplete"):
        story.does(File(case_id=story.case.id))


def test_it_stands_in_for_no_signing_no_handling_and_no_closure():
    story = reported(ordered(), done=True)
    case = story.case.id
    with pytest.raises(Refused, match="not-now"):
        story.does(Sign(case_id=case, task_id="none"), FIREMAN)
    story.does(File(case_id=case)).does(Dispatch(case_id=case, unit=FIRE))
    task = story.on.tasks[0]
    assert (story.case.status, task.signed_at) == (CaseStatus.DISPATCHED, None)
    with pytest.raises(Refused, match="not-now"):
        story.does(Handle(case_id=case, task_id=task.id, result="好", notice="好"), FIREMAN)
    with pytest.raises(Refused, match="not-now"):
        story.does(Close(case_id=case, criteria=()))
    assert story.case.units == f"|{FIRE}|"


def test_no_list_is_sorted_by_its_clocks():
    story = registered(safety_hazard=True)
    due = story.case.due_at, story.case.due_clock
    assert (ordered(story).case.due_at, story.case.due_clock) == due


def test_with_the_end_of_the_case_nothing_more_is_asked():
    story = ordered()
    story.does(Void(case_id=story.case.id, reason="错录"), someone(Role.SHIFT_LEADER), after=5)
    assert {one.stopped for one in clocks(story).values()} == {story.now}


def test_what_was_taken_back_has_no_clock_and_shows_the_case_to_nobody():
    story = ordered()
    gone = replace(story.on.interims[0], status="WITHDRAWN")
    story.dossier = story.on.with_row(gone)
    assert clocks(story) == {}
    assert settle(story.on, setting()).units == ""


def test_a_store_comes_to_the_same_hands():
    tasks = [{"unit": "b", "status": "SIGNED"}, {"unit": "x", "status": "CANCELLED"}]
    rows = [
        {"unit": unit, "status": status}
        for unit, status in (("a", "DONE"), ("b", "ORDERED"), ("a", "ORDERED"), ("c", "WITHDRAWN"))
    ]
    assert placed(tasks, rows) == {"units": "|b|a|", "lead_unit": "b"}
    assert placed([], rows[:1]) == {"units": "|a|", "lead_unit": None}
    assert placed([], []) == {"units": "", "lead_unit": None}
