"""Several reports of one event are dealt with as one, and part again: nobody forgotten, nothing reset."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.case import ENDED
from app.domain.clocks import ClockState
from app.domain.commands import (
    AddNote,
    ApproveRequest,
    AskCancel,
    AskExtension,
    AskVerification,
    Attach,
    Close,
    Dispatch,
    Merge,
    OrderInterim,
    RaiseGrade,
    RecordNotice,
    Refuse,
    Unmerge,
    Void,
)
from app.domain.deadlines import due_first, is_on_time, ledgers
from app.domain.effects import Set
from app.domain.measures.merging import untold
from app.domain.objections import objection
from app.domain.permits import may, offers
from app.domain.refused import Refused
from app.domain.shared import MERGED
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, Stage, TaskStatus
from tests.graphs import CHIEF, UNIT, Graph, unit_person
from tests.kit import a_unit, setting, someone

pytestmark = pytest.mark.article(18)


def merge(graph, into, *members, who=None, after=1):
    return graph.does(Merge(case_id=into, members=members), who, after=after)


def unmerge(graph, into, *members, who=None, after=1):
    return graph.does(Unmerge(case_id=into, members=members), who, after=after)


def clock(graph, case_id, which):
    found = ledgers(graph.cases[case_id], setting())
    return next(one for one in found if one.clock is which and not one.matter)


def no(graph, into, *members, who=None):
    with pytest.raises(Refused) as caught:
        graph.decided(Merge(case_id=into, members=members), who)
    return caught.value.code


def test_a_member_follows_and_waits_in_no_queue():
    graph = Graph()
    into, member = graph.filed(), graph.registered(5)
    merge(graph, into, member)
    case = graph.case(member)
    assert (case.status, case.merged_into, case.merged_from) == ("MERGED", into, "REGISTERED")
    assert (case.stage, case.due_at, case.merged_at) == (Stage.ENDED, None, graph.now)
    assert case.status in ENDED
    assert graph.case(into).members == 1


def test_it_is_one_command_of_which_every_row_has_its_base():
    graph = Graph()
    into, member = graph.filed(), graph.dispatched()
    befores = {
        row.id: row.changed_by
        for one in (into, member)
        for row in (graph.case(one), *graph.cases[one].tasks)
    }
    decision = merge(graph, into, member)
    assert {one.id: one.base for one in decision.effects if isinstance(one, Set)} == befores
    assert decision.effects[0].id == into


def test_the_earliest_dispatch_clock_binds_and_says_whose_it_is():
    graph = Graph()
    member, into = graph.filed(), graph.filed(45)
    own = clock(graph, member, Clock.K2).due
    assert graph.case(into).due_at > own
    merge(graph, into, member)
    shared = clock(graph, into, Clock.K2)
    assert (shared.due, shared.shared, graph.case(into).due_at) == (
        own,
        graph.case(member).number,
        own,
    )
    first = shared.segments[0]
    assert (first.why, first.article, first.by) == (MERGED, 18, graph.case(member).number)
    assert (first.start, first.end) == (
        graph.case(member).filed_at,
        graph.case(into).shared and graph.now,
    )


def test_a_later_member_changes_no_clock():
    graph = Graph()
    into, member = graph.filed(), graph.filed(30)
    before = clock(graph, into, Clock.K2)
    merge(graph, into, member)
    assert clock(graph, into, Clock.K2) == before


def test_a_disposal_clock_that_ran_binds_the_units_of_the_survivor():
    graph = Graph()
    member, into = graph.dispatched(), graph.filed(60 * 30)
    own = clock(graph, member, Clock.K5).due
    merge(graph, into, member)
    graph.does(Dispatch(case_id=into, unit=UNIT), after=1)
    found = clock(graph, into, Clock.K5)
    assert (found.due, found.shared) == (own, graph.case(member).number)


def test_the_shared_clock_is_extended_with_the_survivor_s():
    graph = Graph()
    member, into = graph.dispatched(), graph.at_work(60 * 30)
    merge(graph, into, member)
    before = clock(graph, into, Clock.K5).due
    proof = Attach(case_id=into, stage="EVIDENCE", name="a.pdf", digest="d", size=1)
    graph.does(proof, unit_person())
    ask = AskExtension(case_id=into, task_id=graph.task(into), reason="WEATHER", text="雨", value=1)
    graph.does(ask, unit_person())
    request = graph.cases[into].requests[-1]
    graph.does(
        ApproveRequest(case_id=into, request_id=request.id, what=request.kind, notice="延"), CHIEF
    )
    after = clock(graph, into, Clock.K5)
    assert after.due > before
    assert (after.shared, len(after.added)) == (graph.case(member).number, 1)


def test_what_a_unit_has_not_signed_is_called_off_and_no_clock_of_it_is_missed():
    graph = Graph()
    into, member = graph.at_work(), graph.dispatched()
    merge(graph, into, member)
    (task,) = graph.cases[member].tasks
    assert (task.status, task.returned_at) == (TaskStatus.CANCELLED, graph.now)
    states = {one.clock: one.state(graph.now) for one in ledgers(graph.cases[member], setting())}
    assert states[Clock.K3] is states[Clock.K5] is ClockState.CANCELLED
    assert graph.case(member).units == ""


def test_what_a_unit_has_at_work_is_not_taken_out_of_its_hands():
    graph = Graph()
    into, member = graph.filed(), graph.at_work()
    assert no(graph, into, member) == "merge-at-work"
    merge(graph, member, into)  # the other way round there is nothing against it


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda g, one: g.does(AskVerification(case_id=one)), "merge-state"),
        (
            lambda g, one: g.does(
                Refuse(case_id=one, reason="NO_DEMAND", text="无", notice="告知")
            ),
            "merge-state",
        ),
        (lambda g, one: g.does(Void(case_id=one, reason="错"), CHIEF), "merge-state"),
    ],
)
def test_what_is_elsewhere_cannot_follow(prepare, code):
    graph = Graph()
    into, member = graph.filed(), graph.registered()
    prepare(graph, member)
    assert no(graph, into, member) == code


def test_a_case_follows_one_at_a_time_and_is_not_its_own_member():
    graph = Graph()
    one, two, three = graph.filed(), graph.filed(), graph.filed()
    merge(graph, one, two)
    assert no(graph, three, two) == "merge-state"
    assert no(graph, three, one) == "merge-has-members"
    assert no(graph, three) == "merge-nothing"
    assert no(graph, three, three) == "case-missing"
    assert no(graph, three, "nowhere") == "case-missing"


def test_an_interim_measure_under_way_keeps_a_case_where_it_is():
    graph = Graph()
    into, member = graph.filed(), graph.registered(safety_hazard=True)
    graph.does(OrderInterim(case_id=member, unit=a_unit(2), measure="FENCE_OFF"))
    assert no(graph, into, member) == "merge-interim"


def test_the_graver_one_survives():
    graph = Graph()
    into, member = graph.filed(), graph.filed(grade=Grade.B)
    assert no(graph, into, member) == "merge-graver"
    graph.does(RaiseGrade(case_id=into, grade=Grade.B))
    merge(graph, into, member)


def test_thanks_are_neither_merged_nor_merged_into():
    graph = Graph()
    thanks, other = graph.registered(nature=Nature.THANKS), graph.registered()
    assert no(graph, thanks, other) == "thanks-not-dispatched"
    assert no(graph, other, thanks) == "merge-state"


def test_more_than_the_edition_says_are_the_shift_leader_s():
    graph = Graph()
    into, members = graph.filed(), [graph.registered() for _ in range(11)]
    assert no(graph, into, *members) == "merge-many"
    merge(graph, into, *members[:10])
    assert no(graph, into, members[10]) == "merge-many"
    merge(graph, into, members[10], who=CHIEF)
    assert graph.case(into).members == 11


@pytest.mark.parametrize("role", [Role.UNIT_HANDLER, Role.GRID_OFFICER, Role.SYSTEM])
def test_only_the_centre_merges(role):
    graph = Graph()
    into, member = graph.filed(), graph.filed()
    assert no(graph, into, member, who=someone(role)) == "not-permitted"


def test_a_merged_case_refuses_everything_but_papers_and_says_why():
    graph = Graph()
    into, member = graph.filed(), graph.filed()
    merge(graph, into, member)
    for wish in (
        Dispatch(case_id=member, unit=UNIT),
        RaiseGrade(case_id=member, grade=Grade.A),
        Void(case_id=member, reason="错"),
        Merge(case_id=member, members=(into,)),
    ):
        with pytest.raises(Refused, match="merged-away"):
            graph.decided(wish, CHIEF)
    graph.does(AddNote(case_id=member, text="另有照片"))
    graph.does(RecordNotice(case_id=member, notice_kind="1", method="SMS", text="已受理"))
    assert not may("dispatch", Role.OPERATOR, graph.cases[member])


def test_parted_again_it_is_what_it_was_with_its_own_clock_as_it_would_have_run():
    graph, other = Graph(), Graph()
    for one in (graph, other):
        into, member = one.filed(), one.dispatched(20)
    merge(graph, into, member)
    unmerge(graph, into, member, after=50)
    other.now = graph.now
    mine, theirs = graph.case(member), other.case(member)
    kept = {"changed_by": "", "members": 0}
    assert replace(mine, **kept) == replace(theirs, **kept)
    assert [replace(one, changed_by="") for one in graph.cases[member].tasks] == [
        replace(one, changed_by="") for one in other.cases[member].tasks
    ]
    assert replace(graph.case(into), **kept) == replace(other.case(into), **kept)


def test_one_of_several_parts_and_the_others_stay():
    graph = Graph()
    into, one, two = graph.filed(), graph.filed(), graph.filed()
    merge(graph, into, one, two)
    unmerge(graph, into, one)
    assert (graph.case(into).members, graph.case(two).status) == (1, "MERGED")
    with pytest.raises(Refused, match="not-a-member"):
        graph.decided(Unmerge(case_id=into, members=(one,)))


def test_who_has_no_members_lets_nobody_go():
    graph = Graph()
    into = graph.filed()
    moment = graph.moment(AddNote(case_id=into, text="x"), someone())
    found = objection("unmerge", graph.cases[into], moment)
    assert found is not None
    assert found.code == "no-members"
    assert not offers("unmerge", Role.OPERATOR, graph.cases[into])
    assert offers("merge", Role.OPERATOR, graph.cases[into])


def closed(graph, into, who=None):
    graph.handled(into)
    wish = Close(case_id=into, criteria=graph.criteria(into), text="已修")
    graph.does(wish, who or someone(login="other"), after=1)


def test_closing_closes_what_follows_and_names_who_is_still_to_be_told():
    graph = Graph()
    into, one, two = graph.at_work(), graph.filed(), graph.filed()
    merge(graph, into, one, two)
    closed(graph, into)
    for member in (one, two):
        case = graph.case(member)
        assert (case.status, case.closed_at) == (CaseStatus.CLOSED_ON_TIME, graph.now)
        (visit,) = graph.cases[member].visits  # art. 30: each reporter's own
        assert (case.merged_into, case.stage, visit.status) == (into, Stage.VISIT, "OPEN")
    both = [graph.cases[one], graph.cases[two]]
    assert [case.id for case in untold(both)] == [one, two]
    graph.does(RecordNotice(case_id=one, notice_kind="2", method="PHONE", text="已修"))
    assert [case.id for case in untold([graph.cases[one], graph.cases[two]])] == [two]


def test_closing_asks_for_all_members_in_hand():
    graph = Graph()
    into, member = graph.at_work(), graph.filed()
    merge(graph, into, member)
    graph.handled(into)
    graph.followers = lambda _: ()  # a seat that has not been told of them
    with pytest.raises(Refused, match="members-missing"):
        graph.decided(Close(case_id=into, criteria=graph.criteria(into)), someone(login="other"))


def test_after_closure_a_member_is_reopened_and_its_clock_never_stopped():
    graph = Graph()
    into, member = graph.at_work(), graph.filed()
    merge(graph, into, member)
    began = graph.case(member).filed_at
    closed(graph, into)
    judged = is_on_time(graph.cases[into], setting())
    unmerge(graph, into, member, after=60)
    case, dispatch = graph.case(member), clock(graph, member, Clock.K2)
    assert (case.status, case.closed_at, case.stage) == ("FILED", None, Stage.DISPATCH)
    assert [one.status for one in graph.cases[member].visits] == ["DROPPED"]
    assert (dispatch.started, dispatch.stopped) == (began, None)
    assert case.due_at == due_first(ledgers(graph.cases[member], setting())).due
    assert is_on_time(graph.cases[into], setting()) is judged
    assert graph.case(into).status == CaseStatus.CLOSED_ON_TIME


def test_a_case_is_judged_by_the_clock_it_shares_also_after_they_parted():
    graph = Graph()
    member, into = graph.dispatched(), graph.at_work(60 * 24 * 5)
    due = clock(graph, member, Clock.K5).due
    merge(graph, into, member)
    graph.now = due + timedelta(hours=1)
    closed(graph, into)
    assert graph.case(into).status == graph.case(member).status == CaseStatus.CLOSED_OVERDUE
    unmerge(graph, into, member)
    assert not is_on_time(graph.cases[into], setting())


@pytest.mark.parametrize(
    "wish",
    [
        lambda one: Void(case_id=one, reason="错"),
        lambda one: Refuse(case_id=one, reason="NO_DEMAND", text="无", notice="告知"),
    ],
)
def test_who_is_followed_does_not_go_without_the_work_being_done(wish):
    graph = Graph()
    into, member = graph.registered(), graph.registered()
    merge(graph, into, member)
    with pytest.raises(Refused, match="has-members"):
        graph.decided(wish(into), CHIEF)


def test_nor_is_it_called_off():
    graph = Graph()
    into, member = graph.at_work(), graph.filed()
    merge(graph, into, member)
    graph.does(AskCancel(case_id=into, task_id=graph.task(into), text="撤诉"), unit_person())
    request = graph.cases[into].requests[-1]
    wish = ApproveRequest(case_id=into, request_id=request.id, what=request.kind, notice="取消")
    with pytest.raises(Refused, match="has-members"):
        graph.decided(wish, CHIEF)
    unmerge(graph, into, member)
    graph.does(wish, CHIEF)


def test_a_next_unit_is_not_charged_with_time_that_was_burned_before_it():
    graph = Graph()
    member, into = graph.dispatched(), graph.dispatched(60 * 30)
    merge(graph, into, member)
    from app.domain.commands import Redispatch

    graph.does(
        Redispatch(case_id=into, task_id=graph.task(into), unit=a_unit(2), reason="误派"), after=5
    )
    found = [one for one in ledgers(graph.cases[into], setting()) if one.about == graph.task(into)]
    assert next(one for one in found if one.clock is Clock.K5).shared == ""
