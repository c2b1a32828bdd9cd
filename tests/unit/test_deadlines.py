"""From rows to clocks: what a withdrawn paper, a taken back task or an odd limit does to a ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Dossier
from app.domain.clocks import ClockState, Left, Pause, left, nearest
from app.domain.commands import (
    AskReturn,
    AskVerification,
    Dispatch,
    Handle,
    OrderRework,
    RefuseReturn,
    ReportVerification,
    Sign,
    Void,
)
from app.domain.deadlines import ledgers, settle
from app.domain.effects import Set
from app.domain.emergencies import STEPS
from app.domain.folding import folded, rows_of
from app.domain.limits import Limit, LimitUnit
from app.domain.measures import filing
from app.domain.pauses import read_pauses, write_pauses
from app.domain.refused import Refused
from app.domain.reviews import pause_for_review
from app.domain.stages import stage_of
from app.domain.task_limits import with_limit
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, Stage, TaskStatus
from tests.calendars import at
from tests.kit import MORNING, a_unit, filed, registered, setting, someone

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)
MINUTES = st.integers(0, 10_000).map(lambda minutes: MORNING + timedelta(minutes=minutes))


def clocks(on):
    return [one.clock for one in ledgers(on, setting())]


def all_of(on, clock):
    return [one for one in ledgers(on, setting()) if one.clock is clock]


def one_clock(on, clock):
    (found,) = all_of(on, clock)
    return found


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


def test_a_registration_taken_back_has_no_clocks_and_a_voided_case_keeps_them_stopped():
    story = registered()
    gone = replace(story.case, status=CaseStatus.VOID)
    assert ledgers(story.on.with_row(gone), setting()) == ()
    story.does(Void(case_id="x", reason="重复"), LEADER, after=5)
    assert one_clock(story.on, Clock.K1).stopped == story.now


def test_what_is_never_disposed_of_has_no_limit():
    story = dispatched()
    thanks = replace(story.case, nature=Nature.THANKS)
    bare = replace(story.on.tasks[0], limit_value=None)
    assert with_limit(bare, thanks, setting()).limit_value is None


def test_a_task_not_handled_has_no_review_to_pause_for():
    task = dispatched().on.tasks[0]
    assert pause_for_review(task, MORNING, "u") == task


#: Filed on Monday at 09:33; the longest task's limit, the grade, and when the whole case is due.
WHOLE = [
    (90, "CLOCK_MINUTE", Grade.A, "2025-03-03T12:03"),  # an hour for review follows, by the clock
    (5, "CLOCK_HOUR", Grade.C, "2025-03-04T09:33"),  # till 14:33, then four hours of work
    (3, "WORK_HOUR", Grade.C, "2025-03-04T09:33"),  # till 14:33 as well, less the lunch
    (2, "WORK_DAY", Grade.C, "2025-03-06T15:00"),  # till the end of Wednesday
    (2, "WORK_DAY", Grade.A, "2025-03-06T01:00"),
]


@pytest.mark.parametrize(("value", "unit", "grade", "due"), WHOLE)
def test_the_whole_case_has_the_longest_limit_and_then_the_time_of_review(value, unit, grade, due):
    story = dispatched()
    on = story.on.with_row(replace(story.on.tasks[0], limit_unit=unit, limit_value=value))
    whole = one_clock(on.with_row(replace(on.case, grade=grade)), Clock.K6)
    assert (whole.limit, whole.due) == (Limit(value, LimitUnit(unit)), at(due))


def test_review_does_not_pause_the_whole_case_and_suspension_does():
    story = dispatched()
    before = one_clock(story.on, Clock.K6).due
    day = timedelta(days=1)
    for why, moved in (("REVIEW", False), ("SUSPENDED", True)):
        held = write_pauses((Pause(MORNING + day, MORNING + 2 * day, why, "u"),))
        after = one_clock(story.on.with_row(replace(story.on.tasks[0], pauses=held)), Clock.K6).due
        assert (after > before) is moved


def test_what_is_left_of_the_whole_case_is_told_up_to_its_due_instant():
    whole = one_clock(dispatched().on, Clock.K6)
    calendar = setting().calendar(setting().editions.by_code("PS-4"))
    noon = at("2025-03-05T12:00")
    assert left(whole, noon, calendar) == Left(
        "clock", int((whole.due - noon).total_seconds()), None, whole.due
    )


@given(st.lists(st.tuples(MINUTES, MINUTES), max_size=4))
def test_pauses_are_read_as_they_were_written(spans):
    pauses = tuple(Pause(start, end, "REVIEW", "u_a") for start, end in spans)
    assert read_pauses(write_pauses(pauses)) == pauses


def test_an_open_pause_is_not_written():
    assert write_pauses((Pause(MORNING, None, "REVIEW", "u"),)) == ""


STAGES = {
    CaseStatus.REGISTERED: Stage.FILING,
    CaseStatus.VERIFYING: Stage.FILING,
    CaseStatus.REFUSED: Stage.ENDED,
    CaseStatus.FILED: Stage.DISPATCH,
    CaseStatus.DISPATCHED: Stage.SIGN,
    CaseStatus.SUSPENDED: Stage.DISPOSAL,
    CaseStatus.STAGED: Stage.DISPOSAL,
    CaseStatus.REWORK: Stage.SIGN,
    CaseStatus.PENDING_CLOSURE: Stage.CLOSURE,
    CaseStatus.CLOSED_ON_TIME: Stage.ENDED,
    CaseStatus.CLOSED_OVERDUE: Stage.ENDED,
    CaseStatus.COMMENDED: Stage.ENDED,
    CaseStatus.MERGED: Stage.ENDED,
    CaseStatus.SPLIT: Stage.ENDED,
    CaseStatus.VOID: Stage.ENDED,
}


@pytest.mark.parametrize("status", CaseStatus)
def test_every_state_has_its_stage(status):
    """With a task nobody has signed for, where the tasks have a say."""
    story = dispatched()
    on = replace(story.on, case=replace(story.case, status=status))
    assert stage_of(on) is STAGES[status]


@pytest.mark.parametrize(
    ("states", "stage"),
    [
        ("PENDING_SIGN RETURN_REVIEW", Stage.RETURNED),
        ("SIGNED PENDING_SIGN", Stage.SIGN),
        ("SIGNED HANDLED", Stage.DISPOSAL),
        ("REWORK", Stage.DISPOSAL),
        ("CANCELLED SIGNED", Stage.DISPOSAL),
    ],
)
def test_a_case_waits_where_the_least_advanced_of_its_tasks_does(states, stage):
    story = dispatched()
    tasks = [
        replace(story.on.tasks[0], id=str(at), status=TaskStatus(state))
        for at, state in enumerate(states.split())
    ]
    assert stage_of(replace(story.on, tasks=tuple(tasks))) is stage


def test_the_end_of_a_case_stops_a_verification_that_nobody_answered():
    story = registered().does(AskVerification(case_id="x"))
    looking = one_clock(story.on, Clock.K1V)
    assert looking.stopped is None
    story.does(Void(case_id="x", reason="重复"), someone(Role.SHIFT_LEADER), after=5)
    assert story.on.verifications[0].status == "OPEN"
    assert one_clock(story.on, Clock.K1V).stopped == story.now


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


def signed(**more):
    story = filed(**more)
    story.does(Dispatch(case_id="x", unit=a_unit()), after=5)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def task(story):
    return story.on.live_tasks[-1]


def handled(story, after=60):
    return story.does(
        Handle(case_id="x", task_id=task(story).id, result="好", notice="好"), HANDLER, after=after
    )


def sent_back(story, who=LEADER, after=30):
    wish = OrderRework(case_id="x", criterion="NOT_HANDLED", text="未办结")
    return story.does(wish, who, after=after)


def test_the_return_window_is_a_clock_of_the_case():
    story = signed()
    window = one_clock(story.on, Clock.K4)
    assert (window.started, window.about) == (story.now, task(story).id)
    assert window.state(story.now) is ClockState.RUNNING
    assert window.state(window.due + timedelta(seconds=1)) is ClockState.LAPSED


def test_nobody_is_late_when_a_return_window_is_over():
    story = signed()
    assert story.case.due_clock == "K5"
    after = one_clock(story.on, Clock.K4).due + timedelta(hours=1)
    running = [one for one in ledgers(story.on, setting()) if one.stopped is None]
    assert nearest(running).clock is not Clock.K4
    late = [one.clock for one in running if one.state(after) is ClockState.BREACHED]
    assert late == []


def test_the_return_window_ends_when_the_task_is_sent_back_or_handled():
    story = signed()
    handled_ = handled(signed())
    wish = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    story.does(wish, HANDLER, after=5)
    for one in (story, handled_):
        assert one_clock(one.on, Clock.K4).stopped == one.now
        assert one_clock(one.on, Clock.K4).state(one.now) is ClockState.LAPSED
    request = story.on.open_request()
    story.does(RefuseReturn(case_id="x", request_id=request.id, text="属你局"), LEADER, after=5)
    assert one_clock(story.on, Clock.K4).stopped is None


def test_every_closure_review_keeps_its_clock():
    story = handled(signed())
    began = [story.now]
    sent_back(story, after=60 * 24)
    ended = [story.now]
    handled(story)
    began.append(story.now)
    sent_back(story, after=30)
    ended.append(story.now)
    handled(story)
    reviews = all_of(story.on, Clock.K8)
    assert [one.started for one in reviews] == [*began, story.now]
    assert [one.stopped for one in reviews] == [*ended, None]
    assert [one.is_on_time for one in reviews] == [False, True, False]
    assert story.case.due_clock == "K8"


@pytest.mark.parametrize(
    ("grade", "limit"), [(Grade.C, (1, "WORK_DAY")), (Grade.A, (2, "CLOCK_HOUR"))]
)
def test_every_rework_with_nothing_left_has_a_limit_of_its_own(grade, limit):
    """DECISIONS 10: one working day when none is left (grade A: two clock hours)."""
    story = signed(grade=grade)
    for late in (20, 10, 10):
        sent_back(handled(story, after=60 * 24 * late))
        assert story.case.due_at > story.now
    own, *again = (one for one in all_of(story.on, Clock.K5) if one.matter not in STEPS)
    assert own.matter == ""
    assert [(one.limit.value, one.limit.unit, one.matter) for one in again] == [
        (*limit, "REWORK")
    ] * 3
    assert [one.is_on_time for one in (own, *again)] == [False] * 4
    assert story.case.due_at == again[-1].due


def test_a_rework_done_in_time_and_sent_back_again_has_the_rest_of_its_day():
    story = sent_back(handled(signed(), after=60 * 24 * 20))
    first = all_of(story.on, Clock.K5)[-1].due
    sent_back(handled(story, after=30), after=60 * 24 * 3)
    own, again = all_of(story.on, Clock.K5)
    assert (own.stopped is None, again.stopped is None) == (False, True)
    assert again.due > first
    assert again.due > story.now


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
