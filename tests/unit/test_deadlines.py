"""From rows to clocks: what a withdrawn paper, a taken back task or an odd limit does to a ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Dossier
from app.domain.clocks import Pause
from app.domain.commands import AskVerification, Dispatch, Refuse, ReportVerification, Sign
from app.domain.deadlines import (
    ledgers,
    pause_for_review,
    settle,
    stage_of,
    with_limit,
)
from app.domain.effects import Set
from app.domain.folding import folded, rows_of
from app.domain.measures import filing
from app.domain.pauses import read_pauses, write_pauses
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Nature, Role, Stage, TaskStatus
from tests.kit import MORNING, a_unit, filed, registered, setting, someone

MINUTES = st.integers(0, 10_000).map(lambda minutes: MORNING + timedelta(minutes=minutes))


def clocks(on):
    return [one.clock for one in ledgers(on, setting())]


def dispatched():
    story = filed()
    return story.does(Dispatch(case_id=story.case.id, unit=a_unit()), after=5)


def test_a_withdrawn_verification_has_no_clock_and_pauses_nothing():
    story = registered().does(AskVerification(case_id="x"), after=5)
    gone = replace(story.on.verifications[0], status="WITHDRAWN")
    on = story.on.with_row(gone)
    assert clocks(on) == [Clock.K1]
    assert settle(on, setting()).due_at == MORNING + timedelta(minutes=30)


def test_a_withdrawn_request_has_no_clock():
    story = dispatched()
    request = _request(story)
    assert Clock.K7 in clocks(story.on.with_row(request))
    assert Clock.K7 not in clocks(story.on.with_row(replace(request, status="WITHDRAWN")))


def _request(story):
    from app.domain.case import Request

    return Request(
        id="r",
        district="440310",
        case_id=story.case.id,
        task_id=story.on.tasks[0].id,
        status="OPEN",
        asked_at=story.now,
    )


def test_a_cancelled_task_has_no_clocks_and_its_unit_no_case():
    story = dispatched()
    on = story.on.with_row(replace(story.on.tasks[0], status=TaskStatus.CANCELLED))
    assert Clock.K5 not in clocks(on)
    assert settle(on, setting()).units == ""


def test_what_is_never_disposed_of_has_no_limit():
    story = dispatched()
    thanks = replace(story.case, nature=Nature.THANKS)
    bare = replace(story.on.tasks[0], limit_value=None)
    assert with_limit(bare, thanks, setting()).limit_value is None


def test_a_task_not_handled_has_no_review_to_pause_for():
    task = dispatched().on.tasks[0]
    assert pause_for_review(task, MORNING, "u") == task


@pytest.mark.parametrize(
    ("unit", "value", "whole"),
    [("CLOCK_MINUTE", 90, 330), ("CLOCK_HOUR", 5, 9), ("WORK_HOUR", 3, 7), ("WORK_DAY", 2, 3)],
)
def test_the_whole_cases_clock_leaves_time_for_review(unit, value, whole):
    story = dispatched()
    task = replace(story.on.tasks[0], limit_unit=unit, limit_value=value)
    last = next(one for one in ledgers(story.on.with_row(task), setting()) if one.clock is Clock.K6)
    assert (last.limit.value, last.limit.unit) == (whole, unit)


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=4))
def test_pauses_are_read_as_they_were_written(spans):
    pauses = tuple(Pause(start, end, "REVIEW", "u_a") for start, end in spans)
    assert read_pauses(write_pauses(pauses)) == pauses


def test_an_open_pause_is_not_written():
    assert write_pauses((Pause(MORNING, None, "REVIEW", "u"),)) == ""


def test_every_state_has_its_stage():
    story = registered()
    for status in CaseStatus:
        on = replace(story.on, case=replace(story.case, status=status))
        assert stage_of(on) in Stage
    assert (
        stage_of(replace(story.on, case=replace(story.case, status=CaseStatus.VOID))) is Stage.ENDED
    )


def test_a_refused_case_stops_an_unfinished_verification():
    story = registered().does(AskVerification(case_id="x"))
    story.does(
        ReportVerification(case_id="x", is_true=False, finding="无"), someone(Role.GRID_OFFICER)
    )
    story.does(Refuse(case_id="x", reason="NOT_TRUE", text="无", notice="无"))
    assert all(one.stopped for one in ledgers(story.on, setting()))


def test_a_finding_nobody_asked_for_is_refused():
    story = registered()
    wish = ReportVerification(case_id="x", is_true=True, finding="有")
    with pytest.raises(Refused, match="request-missing"):
        filing.report_verification(wish, story.on, story.moment(someone()))


def test_the_acceptance_notice_stops_its_clock():
    story = dispatched()
    story.does(Sign(case_id="x", task_id=story.on.tasks[0].id), after=10)
    told = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K9)
    assert told.stopped is None


def test_folding_refuses_what_does_not_fit():
    story = filed()
    with pytest.raises(KeyError):
        folded(None, (), "c")
    with pytest.raises(KeyError):
        folded(story.on, (Set("case_file", "elsewhere", {}, ""),), "c")
    with pytest.raises(ValueError, match="another"):
        folded(story.on, (Set("case_file", story.case.id, {}, "another"),), "c")
    with pytest.raises(KeyError):
        folded(None, (Set("case_file", "elsewhere", {}, ""),), "c")


def test_a_case_cannot_begin_with_a_note():
    from app.domain.effects import Insert

    values = {
        "district": "d",
        "case_id": "c",
        "status": "RECORDED",
        "text": "x",
        "made_at": "2025-03-03T01:30:00.000000Z",
        "made_by": "u",
    }
    with pytest.raises(KeyError):
        folded(None, (Insert("note", "n", values),), "c")


def test_rows_of_a_dossier_are_all_of_them():
    story = dispatched()
    assert len(rows_of(story.on)) == 2
    assert len(rows_of(Dossier(story.case))) == 1
