"""What merging, notices, visits and replies do where little is there; random tests seldom get there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from app.domain.case import Dossier
from app.domain.clocks import Segment
from app.domain.commands import (
    AskSuspension,
    CallBackNotice,
    Dispatch,
    ExplainRating,
    Merge,
    RecordNotice,
    RefuseRequest,
    Sign,
    Unmerge,
)
from app.domain.measures import merging, notices, visiting
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.replies import promises
from app.domain.shared import _told
from app.domain.terms import CaseStatus, Clock, Nature, Role, TaskStatus
from app.domain.visits import clocks_of
from app.services.alike import _others
from app.services.books import Books
from app.services.joining import _filters
from tests.graphs import UNIT, Graph, unit_person
from tests.kit import a_unit, setting, someone
from tests.unit.test_holding import HANDLER, signed, told
from tests.unit.test_visits import POLICY, called, closed

SAID = datetime(2025, 12, 3, 2, tzinfo=UTC)


def test_thanks_are_merged_with_nothing():
    graph = Graph()
    on = graph.cases[graph.filed()]
    thanks = replace(on, case=replace(on.case, nature=Nature.THANKS))
    moment = graph.moment(Merge(case_id=on.case.id, members=()), someone())
    with pytest.raises(Refused, match="thanks-not-dispatched"):
        merging.ready_to_merge(thanks, moment)


def test_what_has_a_track_of_its_own_is_merged_by_leaders():
    graph = Graph()
    on = graph.cases[graph.filed()]
    secret = replace(on, case=replace(on.case, category="140105"))
    wish = Merge(case_id=on.case.id, members=())
    with pytest.raises(Refused, match="sensitive-category"):
        merging.ready_to_merge(secret, graph.moment(wish, someone()))
    merging.ready_to_merge(secret, graph.moment(wish, someone(Role.SHIFT_LEADER)))


def test_only_tasks_that_were_called_off_by_the_merge_come_back():
    graph = Graph()
    into, member = graph.filed(), graph.dispatched()
    graph.does(Merge(case_id=into, members=(member,)), None, after=1)
    on = graph.cases[member]
    gone = replace(on.tasks[0], id="other", returned_at=graph.now - timedelta(days=1))
    rows = [
        *merging._parted(
            on.with_row(gone), graph.moment(Unmerge(case_id=into, members=(member,)), someone())
        )
    ]
    assert [row.status for row in rows[1:]] == [TaskStatus.PENDING_SIGN]
    assert "other" not in {row.id for row in rows}


def test_only_a_notice_that_is_held_is_called_back():
    story = told(signed())
    with pytest.raises(Refused, match="notice-not-held"):
        notices.call_back_notice(
            CallBackNotice(case_id="x", notice_id="none"), story.on, story.moment(HANDLER)
        )


def test_what_was_told_at_once_is_not_offered_back():
    story = signed()
    story.does(
        RecordNotice(
            case_id="x",
            notice_kind="1",
            method="RECORD",
            text="已记录。",
            task_id=story.on.tasks[0].id,
        ),
        HANDLER,
    )
    assert not offers("call_back_notice", Role.UNIT_HANDLER, story.on, HANDLER.login)
    assert offers("call_back_notice", Role.UNIT_HANDLER, told(signed()).on, HANDLER.login)


def test_nobody_is_called_about_what_waits_for_no_call():
    story = signed()
    with pytest.raises(Refused, match="visit-missing"):
        visiting.ready_to_visit(story.on, story.moment(someone()))
    visiting.ready_to_visit(closed().on, story.moment(someone()))


def test_a_rating_is_explained_by_its_own_name():
    story = called(closed(), overall=1)
    wish = ExplainRating(case_id="x", visit_id="none", text="已再次检查。")
    with pytest.raises(Refused, match="visit-missing"):
        visiting.explain_rating(wish, story.on, story.moment(HANDLER))


def test_only_what_was_done_goes_back_to_work():
    story = closed()
    open_ = replace(story.on.tasks[0], id="other", status=TaskStatus.SIGNED)
    rows = [*visiting._at_work_again("再办", story.on.with_row(open_), story.moment(someone()))]
    assert "other" not in {row.id for row in rows}
    assert len(rows) == 2


def test_a_visit_that_was_taken_back_has_no_clock_nor_has_one_of_an_edition_without_it():
    on = closed().on
    assert [*clocks_of(on, POLICY)]
    taken = replace(on.visits[0], status="WITHDRAWN")
    assert not [*clocks_of(on.with_row(taken), POLICY)]
    few = {key: one for key, one in POLICY.clocks.items() if key[0] is not Clock.K11}
    assert not [*clocks_of(on, replace(POLICY, clocks=few))]


def test_no_hours_are_no_promise():
    calendar = setting().calendar(setting().editions.by_code("PS-4"))
    assert not promises("0小时内到场", SAID, calendar)


def test_of_a_shared_clock_only_what_ran_before_the_merge_is_the_members():
    shared = cast("Any", type("At", (), {"at": SAID, "number": "N"}))
    hour = timedelta(hours=1)
    paused = Segment(SAID - 3 * hour, SAID - 2 * hour, runs=False, why="SUSPENDED", article=17)
    whole = Segment(SAID - 2 * hour, SAID - hour, runs=True, why="RUNNING", article=None)
    across = Segment(SAID - hour, SAID + hour, runs=True, why="RUNNING", article=None)
    found = cast("Any", type("Found", (), {"segments": (paused, whole, across)}))
    told_ = [*_told(found, shared, 18)]
    assert told_[0] is paused
    assert [(one.start, one.end, one.by) for one in told_[1:]] == [
        (whole.start, whole.end, "N"),
        (across.start, SAID, "N"),
        (SAID, across.end, across.by),
    ]


def test_replies_of_other_units_and_none_at_all_are_not_compared():
    on = closed().on
    theirs = replace(on.tasks[0], id="b", unit="other")
    silent = replace(on.tasks[0], id="c", result="")
    other = replace(on, case=replace(on.case, id="y"), tasks=(*on.tasks, theirs, silent))

    class Two:
        def window(self, _):
            rows = [type("R", (), {"id": one, "number": one})() for one in ("x", "y")]
            return type("W", (), {"rows": rows})()

        def dossier(self, _) -> Dossier:
            return other

    found = [
        *_others(replace(on, case=replace(on.case, id="x")), on.tasks[0].unit, cast("Any", Two()))
    ]
    assert found == [("y", on.tasks[0].result)]


def test_the_books_know_who_follows_whom_and_who_does_no_more():
    graph = Graph()
    into, member, gone = graph.filed(), graph.registered(5), graph.registered(6)
    graph.does(Merge(case_id=into, members=(member, gone)), None, after=1)
    books = Books()
    for on in graph.cases.values():
        books.put(on)
    left = graph.cases[gone]
    books.put(
        replace(left, case=replace(left.case, merged_into=None, status=CaseStatus.REGISTERED))
    )
    assert books.followers(into) == (member,)
    assert books.followers(member) == ()


def test_where_neither_place_nor_class_is_known_nothing_is_asked():
    case, taxonomy = signed().on.case, setting().directory.taxonomy
    assert not [*_filters(replace(case, community=None, category=None), taxonomy)]
    assert len([*_filters(replace(case, community="c"), taxonomy)]) == 2


def test_who_refuses_a_request_relies_on_the_other_units_tasks_by_which_the_case_is_due_again():
    graph = Graph()
    one = graph.filed()
    graph.does(Dispatch(case_id=one, unit=UNIT, assists=(a_unit(1),)), after=1)
    lead, assist = graph.cases[one].tasks
    graph.does(Sign(case_id=one, task_id=lead.id), unit_person(), after=1)
    graph.does(
        AskSuspension(case_id=one, task_id=lead.id, text="等产权单位"), unit_person(), after=1
    )
    request = graph.cases[one].requests[-1]
    no = RefuseRequest(case_id=one, request_id=request.id, what=request.kind, text="不")
    relied = graph.decided(no, someone(Role.SHIFT_LEADER)).relies_on
    assert assist.id in {part.id for part in relied}
