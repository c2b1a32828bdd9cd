"""The demands of one report are dealt with each by itself: each on its own clock, the whole over with the last."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.case import ENDED
from app.domain.clocks import ClockState
from app.domain.commands import (
    AddNote,
    Amend,
    ApproveRequest,
    ApproveReturn,
    AskCancel,
    AskReturn,
    Close,
    DecideRating,
    Demand,
    Dispatch,
    ExplainRating,
    Merge,
    OrderInterim,
    RaiseGrade,
    RecordNotice,
    RecordVisit,
    Reopen,
    Sign,
    Split,
    Unsplit,
    Void,
)
from app.domain.deadlines import ledgers
from app.domain.effects import Insert
from app.domain.objections import objection
from app.domain.permits import may, offers
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, Stage, TaskStatus
from app.services.undoing import withdrawal
from tests.graphs import CHIEF, UNIT, Graph, unit_person
from tests.kit import a_unit, setting, someone

pytestmark = pytest.mark.article(19)
BOSS = someone(Role.DIRECTOR)


def demands(count=2):
    return tuple(Demand(narrative=f"第{one}件事请处理。") for one in range(1, count + 1))


def split(graph, case_id, count=2, who=None, after=1):
    """Split a case; the ids of its parts."""
    found = graph.does(Split(case_id=case_id, demands=demands(count)), who, after=after)
    return [one.id for one in found.effects if isinstance(one, Insert)]


def refused(graph, wish, who=None):
    with pytest.raises(Refused) as caught:
        graph.decided(wish, who)
    return caught.value.code


def clock(graph, case_id, which):
    found = ledgers(graph.cases[case_id], setting())
    return next((one for one in found if one.clock is which and not one.matter), None)


def finished(graph, part, until="close"):
    """A part taken all the way, or up to its closure."""
    graph.does(Dispatch(case_id=part, unit=UNIT), after=1)
    graph.does(Sign(case_id=part, task_id=graph.task(part)), unit_person(), after=1)
    graph.handled(part)
    if until == "close":
        graph.does(Close(case_id=part, criteria=graph.criteria(part)), after=1)


def test_every_demand_becomes_a_filed_case_and_the_report_waits_in_no_queue():
    graph = Graph()
    whole = graph.filed()
    before = graph.case(whole)
    one, two = split(graph, whole)
    case = graph.case(whole)
    assert (case.status, case.stage, case.due_at) == ("SPLIT", Stage.ENDED, None)
    assert (case.split_at, case.parts, case.parts_open, case.number) == (
        graph.now,
        2,
        2,
        before.number,
    )
    assert case.status in ENDED
    parts = [graph.case(id_) for id_ in (one, two)]
    assert [part.number for part in parts] == [f"{before.number}-01", f"{before.number}-02"]
    for part, words in zip(parts, ("第1件事请处理", "第2件事请处理"), strict=True):
        assert (part.status, part.stage, part.split_from) == ("FILED", Stage.DISPATCH, whole)
        assert (part.title, part.narrative) == (words, f"{words}。")
        same = "registered_at filed_at category grade address street reporter_masked phone_masked"
        for name in same.split():
            assert getattr(part, name) == getattr(before, name), name


def test_no_clock_of_the_report_is_reset_and_none_is_counted_twice():
    graph = Graph()
    whole = graph.filed()
    own = clock(graph, whole, Clock.K2)
    parts = split(graph, whole, after=20)
    for part in parts:
        found = clock(graph, part, Clock.K2)
        assert (found.started, found.due, found.stopped) == (own.started, own.due, None)
        assert graph.case(part).due_at == own.due
        assert clock(graph, part, Clock.K1) is None
    stopped = clock(graph, whole, Clock.K2)
    assert (stopped.stopped, stopped.state(graph.now)) == (graph.now, ClockState.MET)


def test_after_a_return_the_parts_wait_as_long_as_the_report_did_since_then():
    graph = Graph()
    whole = graph.at_work()
    back = {"reason": "WRONG_AREA", "text": "非辖区", "proper_unit": a_unit(5), "basis": "清单"}
    graph.does(AskReturn(case_id=whole, task_id=graph.task(whole), **back), unit_person(), after=5)
    request = graph.cases[whole].requests[-1].id
    graph.does(ApproveReturn(case_id=whole, request_id=request), CHIEF, after=5)
    since = graph.now
    part, _ = split(graph, whole, after=9)
    assert graph.case(part).waits_since == since
    assert clock(graph, part, Clock.K2).started == since
    assert graph.case(part).return_count == 0


def test_each_part_has_its_own_class_grade_and_limit():
    graph = Graph()
    whole = graph.filed()
    codes = [one for one in setting().directory.taxonomy.leaves() if one.grade is Grade.B]
    urgent = codes[0]
    wish = Split(
        case_id=whole,
        demands=(Demand(narrative="甲", category=urgent.code), Demand(narrative="乙")),
    )
    found = graph.does(wish, after=1)
    one, two = (graph.case(it.id) for it in found.effects if isinstance(it, Insert))
    assert (one.category, one.grade, two.grade) == (urgent.code, Grade.B, graph.case(whole).grade)
    assert two.category == graph.case(whole).category
    assert one.due_at < two.due_at


def test_only_a_leader_makes_a_part_less_urgent():
    graph = Graph()
    whole = graph.filed()
    graph.does(RaiseGrade(case_id=whole, grade=Grade.B), after=1)
    milder = tuple(replace(one, grade=Grade.C) for one in demands())
    assert refused(graph, Split(case_id=whole, demands=milder)) == "split-grade"
    graph.does(Split(case_id=whole, demands=milder), CHIEF)


@pytest.mark.parametrize(("count", "code"), [(1, "split-too-few"), (11, "split-too-many")])
def test_two_to_ten_demands_make_a_split(count, code):
    graph = Graph()
    whole = graph.filed()
    assert refused(graph, Split(case_id=whole, demands=demands(count))) == code
    assert len(split(graph, whole, 10)) == 10


def test_what_cannot_be_split_says_why():
    graph = Graph()
    registered, whole, other = graph.registered(), graph.filed(3), graph.filed(3)
    assert refused(graph, Split(case_id=registered, demands=demands())) == "not-now"
    empty = (Demand(narrative="甲"), Demand(narrative="  "))
    assert refused(graph, Split(case_id=whole, demands=empty)) == "description-missing"
    graph.does(Merge(case_id=whole, members=(other,)), after=1)
    assert refused(graph, Split(case_id=whole, demands=demands())) == "has-members"
    hazard = graph.filed(3, safety_hazard=True)
    order = OrderInterim(case_id=hazard, unit=UNIT, measure="FENCE_OFF", text="围挡")
    graph.does(order, after=1)
    assert refused(graph, Split(case_id=hazard, demands=demands())) == "split-interim"
    part = split(graph, graph.filed(3))[0]
    assert refused(graph, Split(case_id=part, demands=demands())) == "split-again"
    assert (
        objection(
            "split", graph.cases[part], graph.moment(AddNote(case_id=part, text="a"), BOSS)
        ).code
        == "split-again"
    )
    assert not offers("split", Role.OPERATOR, graph.cases[part])
    for role in (Role.UNIT_HANDLER, Role.GRID_OFFICER, Role.ADMINISTRATOR):
        assert not may("split", role, graph.cases[whole])


def test_a_split_report_refuses_everything_but_papers_notices_and_to_be_one_again():
    graph = Graph()
    whole = graph.filed()
    parts = split(graph, whole)
    for wish in (
        Dispatch(case_id=whole, unit=UNIT),
        RaiseGrade(case_id=whole, grade=Grade.A),
        Split(case_id=whole, demands=demands()),
        Merge(case_id=whole, members=(parts[0],)),
    ):
        assert refused(graph, wish) == "split-up"
    assert refused(graph, Void(case_id=whole, reason="错"), CHIEF) == "split-up"
    graph.does(AddNote(case_id=whole, text="记"))
    other = graph.filed(3)
    assert refused(graph, Merge(case_id=other, members=(parts[0],))) == "merge-part"
    graph.does(Merge(case_id=parts[0], members=(other,)), after=1)


def test_the_one_reporter_is_told_of_the_acceptance_once_by_the_report():
    graph = Graph()
    whole = graph.filed()
    part, _ = split(graph, whole)
    told = {"notice_kind": "1", "method": "PHONE", "text": "已分成两件办理"}
    assert refused(graph, RecordNotice(case_id=part, **told)) == "told-by-whole"
    running = clock(graph, whole, Clock.K9)
    assert (running.started, running.stopped) == (graph.case(whole).split_at, None)
    graph.does(RecordNotice(case_id=whole, **told), after=3)
    assert clock(graph, whole, Clock.K9).stopped == graph.now
    graph.does(Dispatch(case_id=part, unit=UNIT), after=1)
    graph.does(Sign(case_id=part, task_id=graph.task(part)), unit_person(), after=1)
    assert clock(graph, part, Clock.K9) is None


def test_of_a_part_nobody_puts_the_reporter_right():
    graph = Graph()
    part, _ = split(graph, graph.filed())
    assert refused(graph, Amend(case_id=part, phone="138****0000")) == "reporter-of-whole"
    graph.does(Amend(case_id=part, title="另一件"))


def test_the_report_is_over_with_its_last_part_in_the_same_command_and_visited_once():
    graph = Graph()
    whole = graph.filed()
    one, two = split(graph, whole)
    finished(graph, one)
    assert (graph.case(whole).status, graph.case(whole).parts_open) == ("SPLIT", 1)
    assert graph.cases[one].visits == ()
    finished(graph, two, until="handled")
    graph.does(Close(case_id=two, criteria=graph.criteria(two)), after=1)
    case = graph.case(whole)
    assert (case.status, case.closed_at, case.parts_open) == ("CLOSED_ON_TIME", graph.now, 0)
    assert case.stage is Stage.VISIT
    (visit,) = graph.cases[whole].visits
    assert (visit.status, graph.cases[two].visits) == ("OPEN", ())
    summary = RecordNotice(case_id=whole, notice_kind="2", method="PHONE", text="两件均已办结")
    graph.does(summary, after=1)


def test_it_was_late_when_one_part_was():
    graph = Graph()
    whole = graph.filed()
    one, two = split(graph, whole)
    graph.does(Dispatch(case_id=one, unit=UNIT), after=1)
    graph.does(Sign(case_id=one, task_id=graph.task(one)), unit_person(), after=1)
    graph.now += timedelta(days=90)
    graph.handled(one)
    graph.does(Close(case_id=one, criteria=graph.criteria(one)), after=1)
    assert graph.case(one).status == "CLOSED_OVERDUE"
    finished(graph, two)
    assert graph.case(two).status == "CLOSED_ON_TIME"
    assert graph.case(whole).status == "CLOSED_OVERDUE"


def test_parts_that_go_off_the_books_no_longer_count():
    graph = Graph()
    whole = graph.filed()
    one, two, three = split(graph, whole, 3)
    graph.does(Void(case_id=one, reason="重复"), CHIEF, after=1)
    assert (graph.case(whole).parts, graph.case(whole).parts_open) == (2, 2)
    finished(graph, two)
    graph.does(Dispatch(case_id=three, unit=UNIT), after=1)
    graph.does(Sign(case_id=three, task_id=graph.task(three)), unit_person(), after=1)
    ask = AskCancel(case_id=three, task_id=graph.task(three), text="已无此事")
    graph.does(ask, unit_person(), after=1)
    request = graph.cases[three].requests[-1].id
    yes = ApproveRequest(case_id=three, request_id=request, what="CANCEL", notice="已告知")
    graph.does(yes, CHIEF, after=1)
    assert graph.case(three).status == "VOID"
    assert graph.case(whole).status == "CLOSED_ON_TIME"
    assert graph.case(whole).parts == 1
    alone = graph.filed()
    for part in split(graph, alone):
        graph.does(Void(case_id=part, reason="错"), CHIEF, after=1)
    assert (graph.case(alone).status, graph.case(alone).closed_at) == ("VOID", graph.now)


def test_a_part_that_is_opened_again_opens_the_report_and_its_visit_is_dropped():
    graph = Graph()
    whole = graph.filed()
    one, two = split(graph, whole)
    finished(graph, one)
    finished(graph, two)
    assert refused(graph, Reopen(case_id=whole, text="再办"), BOSS) == "split-rework"
    graph.does(Reopen(case_id=one, text="没办好"), BOSS, after=1)
    case = graph.case(whole)
    assert (case.status, case.closed_at, case.parts_open) == ("SPLIT", None, 1)
    assert [visit.status for visit in graph.cases[whole].visits] == ["DROPPED"]
    graph.handled(one)
    graph.does(Close(case_id=one, criteria=graph.criteria(one)), after=1)
    assert [visit.status for visit in graph.cases[whole].visits] == ["DROPPED", "OPEN"]


def test_a_bad_rating_of_the_report_sends_a_part_back_by_itself():
    graph = Graph()
    whole = graph.filed()
    for part in split(graph, whole):
        finished(graph, part)
    visit = graph.cases[whole].visits[-1].id
    bad = RecordVisit(case_id=whole, visit_id=visit, outcome="REACHED", overall=1)
    graph.does(bad, after=1)
    again = DecideRating(case_id=whole, visit_id=visit, is_rework=True, text="再办")
    assert refused(graph, again) == "split-rework"
    graph.does(ExplainRating(case_id=whole, visit_id=visit, text="已另行答复"), after=1)
    graph.does(DecideRating(case_id=whole, visit_id=visit, is_rework=False), CHIEF, after=1)


def test_as_one_again_the_report_is_what_it_was_until_a_unit_signed():
    graph = Graph()
    whole = graph.filed()
    before = graph.case(whole)
    own = clock(graph, whole, Clock.K2)
    one, two = split(graph, whole)
    graph.does(Dispatch(case_id=one, unit=UNIT), after=1)
    graph.does(Unsplit(case_id=whole), after=1)
    assert replace(graph.case(whole), changed_by="") == replace(before, changed_by="")
    assert clock(graph, whole, Clock.K2) == own
    assert [graph.case(part).status for part in (one, two)] == ["VOID", "VOID"]
    assert [task.status for task in graph.cases[one].tasks] == [TaskStatus.CANCELLED]
    assert ledgers(graph.cases[one], setting()) == ()
    three, _ = split(graph, whole)
    assert graph.case(three).number.endswith("-03")
    graph.does(Dispatch(case_id=three, unit=UNIT), after=1)
    graph.does(Sign(case_id=three, task_id=graph.task(three)), unit_person(), after=1)
    assert refused(graph, Unsplit(case_id=whole)) == "split-at-work"


def test_nobody_ends_a_part_with_the_others_out_of_sight():
    graph = Graph()
    whole = graph.filed()
    one, two = split(graph, whole)
    finished(graph, one, until="handled")
    lost = graph.cases.pop(two)
    assert refused(graph, Close(case_id=one, criteria=graph.criteria(one))) == "parts-missing"
    graph.cases[two] = lost
    kept = graph.cases.pop(whole)
    assert refused(graph, Close(case_id=one, criteria=graph.criteria(one))) == "parts-missing"
    graph.cases[whole] = kept
    graph.does(Close(case_id=one, criteria=graph.criteria(one)))


def test_thanks_are_not_split():
    graph = Graph()
    thanks = graph.filed()
    graph.does(Amend(case_id=thanks, nature=Nature.THANKS))
    assert refused(graph, Split(case_id=thanks, demands=demands())) == "thanks-not-dispatched"
    assert withdrawal("case_file")["status"] == CaseStatus.VOID
