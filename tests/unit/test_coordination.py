"""Who has the case when nobody wants it: a return too many opens a coordination, and its ruling is the dispatch."""

from datetime import timedelta

import pytest

from app.domain.calendar import day_start, local_date
from app.domain.commands import (
    AddAssist,
    ApproveReturn,
    AskReturn,
    ConveneCoordination,
    Dispatch,
    OpenCoordination,
    RefuseReturn,
    RuleCoordination,
    Sign,
)
from app.domain.coordinations import live, ruled
from app.domain.deadlines import ledgers
from app.domain.evidence import pack_of, returns_of
from app.domain.interims import hands
from app.domain.limits import Limit, LimitUnit
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Role, Stage, TaskPart, TaskStatus
from tests.kit import a_unit, filed, setting, someone
from tests.unit.test_blockers import approved as held_up
from tests.unit.test_suspension import asked as asked_to_rest

LEADER = someone(Role.SHIFT_LEADER)
DAY = timedelta(days=1)


def of(unit):
    return someone(Role.UNIT_HANDLER, unit)


def task(story):
    return story.on.live_tasks[-1]


def sent_back(story, unit, named, who=None, after=5):
    wish = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="不属我单位",
        proper_unit=named,
        basis="职责清单",
    )
    return story.does(wish, who or of(unit), after=after)


def refused_once():
    """Sent back by the first unit, improperly, and then by it and the second unit again."""
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    sent_back(story, a_unit(), a_unit(1))
    asked = story.on.open_request()
    wish = RefuseReturn(case_id="x", request_id=asked.id, text="属你单位")
    return story.does(wish, LEADER, after=5)


def disputed():
    """Three returns: two of the first unit, one of the second."""
    story = sent_back(refused_once(), a_unit(), a_unit(1))
    asked = story.on.open_request()
    story.does(ApproveReturn(case_id="x", request_id=asked.id), LEADER, after=5)
    story.does(Dispatch(case_id="x", unit=a_unit(1)), after=5)
    return sent_back(story, a_unit(1), a_unit())


def ruling(unit, **more):
    return RuleCoordination(case_id="x", unit=unit, minutes="到会两家", ruling="先办后议", **more)


def clock_of(story, clock):
    return next(one for one in ledgers(story.on, setting()) if one.clock is clock)


@pytest.mark.article(24)
def test_the_third_return_opens_a_coordination_that_alone_decides_within_a_working_day():
    story = disputed()
    one = live(story.on)
    assert (one.why, one.opened_at, one.status) == ("RETURNED", story.now, "OPEN")
    assert (story.case.stage, story.case.asked) == (Stage.RETURNED, "COORDINATION")
    clock = clock_of(story, Clock.KC)
    assert (clock.limit, clock.article, clock.stopped) == (Limit(1, LimitUnit.WORK_DAY), 24, None)
    reviews = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K7]
    assert len(reviews) == 2  # the third is the ruling's
    for kind in ("approve_return", "refuse_return"):
        assert objection(kind, story.on, story.moment(LEADER)).code == "coordination-rules"
        assert not offers(kind, Role.SHIFT_LEADER, story.on, LEADER.login)
    wish = ApproveReturn(case_id="x", request_id=story.on.open_request().id)
    with pytest.raises(Refused, match="coordination-rules"):
        story.does(wish, LEADER)


def test_returns_are_counted_for_the_case_and_for_each_unit_and_improper_ones_charged():
    story = disputed()
    assert story.case.return_count == 3
    assert [(one.unit, one.nth) for one in returns_of(story.on)] == [
        (a_unit(), 1),
        (a_unit(), 2),
        (a_unit(1), 1),
    ]
    first = returns_of(story.on)[0].request
    assert (first.is_improper, first.decided_by, first.decision_text) == (
        True,
        LEADER.login,
        "属你单位",
    )


@pytest.mark.article(24)
def test_the_pack_has_what_was_asked_said_listed_and_sent():
    story = disputed()
    pack = pack_of(story.on, setting().directory)
    assert pack.case.narrative
    assert [one.task.unit for one in pack.sent] == [a_unit(), a_unit(1)]
    assert [one.until is None for one in pack.sent] == [False, True]
    assert pack.tally == {a_unit(): (2, 1), a_unit(1): (1, 0)}
    assert pack.named == {a_unit(1): 2, a_unit(): 1}
    assert pack.duty[-1].category == story.case.category
    assert pack_of(story.on, setting().directory) == pack


@pytest.mark.article(24)
def test_a_ruling_for_another_unit_is_the_dispatch():
    story = disputed()
    story.does(ruling(a_unit(2)), LEADER, after=30)
    old, new = story.on.tasks[-2:]
    assert (old.status, old.unit) == (TaskStatus.REDISPATCHED, a_unit(1))
    assert (new.status, new.unit, new.part) == (
        TaskStatus.PENDING_SIGN,
        a_unit(2),
        TaskPart.LEAD,
    )
    assert new.instruction == "先办后议"
    request = story.on.requests[-1]
    assert (request.status, request.is_improper) == ("APPROVED", False)
    assert (story.case.status, story.case.stage) == (CaseStatus.DISPATCHED, Stage.SIGN)
    assert clock_of(story, Clock.KC).stopped == story.now
    assert (live(story.on), ruled(story.on).unit) == (None, a_unit(2))
    with pytest.raises(Refused, match="returned-enough"):
        sent_back(story, a_unit(2), a_unit())


@pytest.mark.article(24)
def test_a_ruling_against_who_sent_it_back_leaves_it_there_and_charges_him():
    story = disputed()
    story.does(ruling(a_unit(1), is_improper=True), LEADER, after=30)
    assert (task(story).unit, task(story).status) == (a_unit(1), TaskStatus.PENDING_SIGN)
    request = story.on.requests[-1]
    assert (request.status, request.is_improper, request.decided_by) == (
        "REFUSED",
        True,
        LEADER.login,
    )
    assert len(story.on.live_tasks) == 1


def test_an_assisting_unit_that_is_designated_leads():
    story = filed().does(Dispatch(case_id="x", unit=a_unit(), assists=(a_unit(1),)), after=5)
    story.does(OpenCoordination(case_id="x", why="ASKED", text="两家推诿"), LEADER, after=5)
    story.does(ruling(a_unit(1)), LEADER, after=5)
    assert [(one.unit, one.part) for one in story.on.live_tasks] == [(a_unit(1), TaskPart.LEAD)]
    assert story.on.lead.unit == a_unit(1)


def test_where_nobody_has_it_any_more_the_ruling_dispatches_it():
    story = filed()
    story.does(OpenCoordination(case_id="x", why="ASKED", text="权属不清"), LEADER, after=5)
    story.does(ruling(a_unit(3)), LEADER, after=5)
    assert (story.case.status, story.case.lead_unit) == (CaseStatus.DISPATCHED, a_unit(3))
    assert story.case.dispatched_at == story.now


@pytest.mark.article(24)
def test_each_reason_to_open_one_is_told_and_none_is_made_up():
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    for why in ("RETURNED", "BLOCKED", "WHIM"):
        with pytest.raises(Refused, match="coordination-why"):
            story.does(OpenCoordination(case_id="x", why=why), LEADER)
    with pytest.raises(Refused, match="words-missing"):
        story.does(OpenCoordination(case_id="x", why="ASKED", text=" "), LEADER)
    twice = sent_back(refused_once(), a_unit(), a_unit(1))
    twice.does(OpenCoordination(case_id="x", why="RETURNED"), LEADER, after=5)
    assert live(twice.on).why == "RETURNED"
    assert objection("open_coordination", twice.on, twice.moment(LEADER)).code == (
        "coordination-rules"
    )
    stuck = held_up()
    with pytest.raises(Refused, match="coordination-why"):
        stuck.does(OpenCoordination(case_id="x", why="BLOCKED"), LEADER)
    stuck.now += 2 * DAY
    stuck.does(OpenCoordination(case_id="x", why="BLOCKED"), LEADER)
    assert live(stuck.on).why == "BLOCKED"


@pytest.mark.article(27)
def test_a_joint_meeting_has_its_own_day_and_whoever_is_called_sees_no_more_of_the_case():
    story = disputed()
    wish = ConveneCoordination(
        case_id="x",
        meets_at=story.now + 3 * DAY,
        place="中心二楼会议室",
        units=(a_unit(), a_unit(1), a_unit(4), a_unit()),
        is_joint=True,
    )
    story.does(wish, LEADER, after=5)
    one = live(story.on)
    assert (one.status, one.is_joint) == ("CONVENED", True)
    assert one.units == f"|{a_unit()}|{a_unit(1)}|{a_unit(4)}|"
    assert hands(story.on) == f"|{a_unit(1)}|"  # who is called reads the evidence there
    assert clock_of(story, Clock.KC).stopped == story.now
    assert story.case.stage is Stage.RETURNED
    story.does(ruling(a_unit(1), amends=True), LEADER, after=5)
    done = ruled(story.on)
    assert done.category == story.case.category
    assert done.amends_from == day_start(local_date(story.now) + DAY)


def test_a_meeting_lies_ahead_at_a_place_with_somebody():
    story = disputed()
    good = {"meets_at": story.now + DAY, "place": "二楼", "units": (a_unit(),)}
    for bad, code in (
        ({"meets_at": story.now - DAY}, "meeting-past"),
        ({"place": " "}, "meeting-place-missing"),
        ({"units": ()}, "meeting-units"),
        ({"units": tuple(a_unit(n) for n in range(21))}, "meeting-units"),
        ({"units": ("NOBODY",)}, "unit-unknown"),
    ):
        with pytest.raises(Refused, match=code):
            story.does(ConveneCoordination(case_id="x", **{**good, **bad}), LEADER)


def test_what_is_not_coordinated_is_not_ruled_and_nobody_rules_on_his_own_return():
    story = filed()
    for kind in ("convene_coordination", "rule_coordination"):
        assert objection(kind, story.on, story.moment(LEADER)).code == "coordination-missing"
    story = disputed()
    other = someone(Role.DIRECTOR)
    story = sent_back(_second(), a_unit(1), a_unit(), who=LEADER)
    assert objection("rule_coordination", story.on, story.moment(LEADER)).code == "own-request"
    assert objection("rule_coordination", story.on, story.moment(other)) is None
    for bad, code in (({"minutes": " "}, "minutes-missing"), ({"ruling": ""}, "ruling-missing")):
        wish = RuleCoordination(
            **{"case_id": "x", "unit": a_unit(), "minutes": "记", "ruling": "定", **bad}
        )
        with pytest.raises(Refused, match=code):
            story.does(wish, other)


def _second():
    """Two returns, and the second unit has it."""
    story = sent_back(refused_once(), a_unit(), a_unit(1))
    asked = story.on.open_request()
    story.does(ApproveReturn(case_id="x", request_id=asked.id), LEADER, after=5)
    return story.does(Dispatch(case_id="x", unit=a_unit(1)), after=5)


def test_a_task_on_which_something_else_waits_is_not_taken_away():
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    story.does(Sign(case_id="x", task_id=task(story).id), of(a_unit()), after=5)
    asked_to_rest(story)
    story.does(OpenCoordination(case_id="x", why="ASKED", text="推诿"), LEADER, after=5)
    with pytest.raises(Refused, match="ruling-waits"):
        story.does(ruling(a_unit(2)), LEADER, after=5)
    story.does(ruling(a_unit()), LEADER, after=5)
    assert task(story).status is TaskStatus.SUSPEND_REVIEW


def test_who_assists_may_go_on_while_the_lead_is_disputed():
    story = disputed()
    story.does(ruling(a_unit(1)), LEADER, after=5)
    story.does(AddAssist(case_id="x", unit=a_unit(4)), after=5)
    with pytest.raises(Refused, match="returned-enough"):
        sent_back(story, a_unit(4), a_unit())
