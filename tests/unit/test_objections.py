"""What is told beforehand is what the rules would say: nothing is barred that could be done, nor the other way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.commands import (
    AddAssist,
    ApproveReturn,
    ApproveReveal,
    AskReturn,
    AskVerification,
    Attach,
    Classify,
    Close,
    Dispatch,
    Handle,
    HandOver,
    LowerGrade,
    OrderRework,
    RaiseGrade,
    Redispatch,
    RefuseReturn,
    RefuseReveal,
    ReportVerification,
    SeeReporter,
    Sign,
    kind_of,
)
from app.domain.decide import decide
from app.domain.matter import Matter
from app.domain.measures.disposal import criteria_for, grounds_for_rework
from app.domain.objections import objection, taking_up
from app.domain.permits import offers
from app.domain.policy import Policy
from app.domain.refused import Refused
from app.domain.rules import ON_DUTY
from app.domain.terms import CaseStatus, Grade, Nature, Role
from tests.kit import Story, a_class, a_unit, filed, registered, report, setting, someone
from tests.series import examples
from tests.unit.test_lives_of_cases import ROLES, UNITS, role_sees, wishes

LEADER = someone(Role.SHIFT_LEADER)
OTHER = someone(Role.DIRECTOR)
HANDLER = someone(Role.UNIT_HANDLER)
MANY = [a_unit(n) for n in range(5)]
#: What changes no state, or ends the story before it has begun.
ASIDE = {"add_note", "attach", "record_notice", "amend", "classify", "void", "refuse"}
KINDS = sorted({kind_of(one) for one in wishes(filed())} - {"amend"} - ON_DUTY)


def dispatched(*, signed=False, **more):
    story = filed(**more)
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), after=1)
    return sign(story) if signed else story


def sign(story):
    return story.does(Sign(case_id=story.case.id, task_id=story.on.tasks[-1].id), HANDLER, after=1)


def asked_back(who=HANDLER):
    story = dispatched(signed=True)
    wish = AskReturn(
        case_id=story.case.id,
        task_id=story.on.tasks[-1].id,
        reason="WRONG_AREA",
        text="非辖区",
        proper_unit=a_unit(2),
        basis="清单",
    )
    return story.does(wish, who, after=1)


def handled(who=HANDLER):
    story = dispatched(signed=True)
    task = story.on.tasks[-1].id
    wish = Handle(case_id=story.case.id, task_id=task, result="已修", notice="已告知")
    return story.does(wish, who, after=5)


def no_to(kind, story, who):
    no = objection(kind, story.on, story.moment(who))
    return no and no.code


@pytest.mark.parametrize("kind", ["approve_return", "refuse_return"])
def test_who_asked_for_a_return_is_told_before_he_decides_on_it(kind):
    story = asked_back(LEADER)
    assert no_to(kind, story, LEADER) == "own-request"
    assert no_to(kind, story, OTHER) is None
    assert no_to(kind, dispatched(), LEADER) == "request-missing"


def test_who_recorded_the_result_is_told_before_he_closes():
    story = handled(someone())
    assert no_to("close", story, someone()) == "own-handling"
    assert no_to("close", story, LEADER) is None
    assert no_to("close", dispatched(), LEADER) == "not-all-handled"


def test_a_second_rework_is_left_to_the_leader():
    story = handled()
    ground = grounds_for_rework(story.on, story.moment(LEADER))[0].code
    story.does(OrderRework(case_id=story.case.id, criterion=ground, text="再办"), LEADER)
    task = story.on.tasks[-1].id
    story.does(Handle(case_id=story.case.id, task_id=task, result="好", notice="好"), HANDLER)
    assert no_to("order_rework", story, someone()) == "rework-needs-leader"
    assert no_to("order_rework", story, LEADER) is None


def test_a_return_is_barred_when_its_window_is_over_or_one_is_asked_for_already():
    story = dispatched(signed=True)
    assert no_to("ask_return", story, HANDLER) is None
    story.now = story.now.replace(hour=9)  # 17:00 in Shenzhen, the window is four working hours
    assert no_to("ask_return", story, HANDLER) == "return-window-over"
    assert no_to("ask_return", asked_back(), HANDLER) == "already-open-request"


def test_a_city_part_without_photographs_is_not_reported_done():
    story = dispatched(category=a_class(component=True))
    task = story.on.tasks[-1]
    who = someone(Role.UNIT_HANDLER, task.unit)
    story.does(Sign(case_id=story.case.id, task_id=task.id), who)
    assert no_to("handle", story, who) == "photos-missing"
    for at, stage in enumerate(("BEFORE", "AFTER")):
        photo = Attach(case_id=story.case.id, stage=stage, name="a.jpg", digest=str(at), size=1)
        story.does(replace(photo, task_id=task.id), who)
    assert no_to("handle", story, who) is None


def test_a_unit_is_told_whose_task_it_is_and_that_it_has_to_sign_first():
    story = dispatched()
    stranger = someone(Role.UNIT_HANDLER, a_unit(1))
    assert no_to("sign", story, stranger) == "not-your-unit"
    assert no_to("record_notice", story, HANDLER) == "not-signed"
    sign(story)
    assert no_to("sign", story, HANDLER) == "task-missing"
    assert no_to("record_notice", story, HANDLER) is None


def test_filing_and_declining_wait_for_the_grid_officer():
    story = registered()
    assert no_to("file", story, someone()) is None
    story.does(AskVerification(case_id=story.case.id))
    assert no_to("file", story, someone()) == "verification-open"
    assert no_to("refuse", story, someone()) == "verification-open"
    story.does(
        ReportVerification(case_id=story.case.id, is_true=False, finding="不实", officer="grid.hu")
    )
    assert no_to("file", story, someone()) == "verified-untrue"
    assert no_to("refuse", story, someone()) is None


def test_what_filing_still_needs_is_told_before_it_is_asked():
    no = objection("file", registered(address="").on, registered().moment(someone()))
    assert no is not None
    assert (no.code, no.facts) == ("filing-incomplete", {"missing": ("address-missing",)})
    thanks = registered(nature=Nature.THANKS)
    assert no_to("file", thanks, someone()) == "thanks-not-dispatched"


def test_no_grade_above_the_highest_or_below_the_lowest_is_offered():
    story = filed()
    assert not offers("lower_grade", Role.SHIFT_LEADER, story.on)
    assert offers("raise_grade", Role.SHIFT_LEADER, story.on)
    story.does(RaiseGrade(case_id=story.case.id, grade=Grade.A), LEADER)
    assert offers("lower_grade", Role.SHIFT_LEADER, story.on)
    assert not offers("raise_grade", Role.SHIFT_LEADER, story.on)


@st.composite
def somebody(draw):
    role = draw(st.sampled_from(ROLES))
    is_of_a_unit = role in (Role.UNIT_HANDLER, Role.UNIT_LEADER)
    who = someone(role, draw(st.sampled_from(UNITS[:2])) if is_of_a_unit else None)
    return replace(who, login=who.login + draw(st.sampled_from(("", "_b"))))


@pytest.mark.repeats
@settings(max_examples=examples(20, 60), deadline=None)
@given(st.data())
def test_whoever_looks_is_offered_what_the_rules_would_take_and_told_what_they_would_not(data):
    story = registered(category=data.draw(st.sampled_from([a_class(), a_class(component=True)])))
    for _ in range(14):
        _shows(story)
        _acts(story, data.draw(somebody()), data)
        _looks(story, data.draw(somebody()))


def _shows(story):
    """What a form hands in along with its wish: a file that proves it."""
    wish = Attach(case_id=story.case.id, stage="EVIDENCE", name="a.pdf", digest="e", size=1)
    story.does(wish)


def _acts(story, who, data):
    """One of the steps that would be taken, papers only where nothing else would."""
    story.now += timedelta(minutes=data.draw(st.sampled_from((1, 1, 300))))
    moment = story.moment(who)
    taken = [wish for wish in tried(story) if outcome(wish, story.on, moment) is None]
    steps = [wish for wish in taken if kind_of(wish) not in ASIDE] or taken
    if steps and role_sees(who, story.on):
        story.does(data.draw(st.sampled_from(steps)), who)


def _looks(story, who):
    story.now += timedelta(minutes=1)
    _shows(story)
    on, moment = story.on, story.moment(who)
    if not role_sees(who, on):
        return
    for kind in (one for one in KINDS if offers(one, who.role, on)):
        outcomes = [outcome(wish, on, moment) for wish in tried(story) if kind_of(wish) == kind]
        no = objection(kind, on, moment)
        is_taken = None in outcomes
        assert is_taken is (no is None), (kind, who.login, on.case.status, no, outcomes)


def _ways(on):
    """How many tasks and requests there are to choose from: one that is over may be the last."""
    return max(1, len(on.tasks), len(on.requests))


def tried(story):
    """Every way to ask that could be right, the task and the request being the ones that are open."""
    on, case = story.on, story.case.id
    request = on.open_request().id if on.open_request() else "none"
    leaves = setting().directory.taxonomy.leaves()
    moment = story.moment(someone())
    ticked = tuple(one.code for one in criteria_for(on, moment))
    return [
        *(wish for which in range(_ways(on)) for wish in wishes(story, -1 - which)),
        *(
            Redispatch(case_id=case, task_id=one.id, unit=unit, reason="误派")
            for one in on.live_tasks
            for unit in MANY
        ),
        *(Dispatch(case_id=case, unit=unit) for unit in MANY),
        *(AddAssist(case_id=case, unit=unit) for unit in MANY),
        LowerGrade(case_id=case, grade=Grade.C, reason="误"),
        HandOver(case_id=case, holder="mei", reason="换班"),  # where the other has it already
        *(Classify(case_id=case, category=one.code) for one in leaves[:3]),
        ApproveReturn(case_id=case, request_id=request),
        RefuseReturn(case_id=case, request_id=request, text="属你单位"),
        Close(case_id=case, criteria=ticked),
        *(ApproveReveal(case_id=case, request_id=one.id) for one in on.requests),
        *(RefuseReveal(case_id=case, request_id=one.id, text="不必") for one in on.requests),
        *(SeeReporter(case_id=case, request_id=one.id) for one in on.requests),
    ]


def outcome(wish, on, moment):
    """The code of the no, or None."""
    try:
        decide(wish, on, moment)
    except Refused as no:
        return no.code
    return None


def matters():
    """A refused report, and two more refusals of what took it up again."""
    first = registered().case
    a, b, c = (
        replace(first, id=name, number=name, supplements=before, status=CaseStatus.REFUSED)
        for name, before in (("a", None), ("b", "a"), ("c", "a"))
    )
    void = replace(b, status=CaseStatus.VOID)
    for named, records in ((a, (a,)), (a, (a, b)), (b, (a, b)), (b, (a, b, c)), (c, (a, void, c))):
        yield Matter(named, records)


@pytest.mark.parametrize("most", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "known", list(matters()), ids=lambda one: one.named.id + str(len(one.records))
)
def test_a_report_that_may_not_be_taken_up_again_is_told_before_it_is_typed(
    monkeypatch, known, most
):
    """Whichever of a matter's records is named, and however often the edition lets it."""
    monkeypatch.setattr(Policy, "number", lambda *_: most)
    moment = replace(Story().moment(someone()), matter=known)
    told = taking_up(known.named, moment)
    again = [one for one in known.records if one.supplements and one.status is not CaseStatus.VOID]
    assert (told is None) is (len(again) < most)
    if told is None:
        decide(report(supplements=known.named.id), None, moment)
        return
    with pytest.raises(Refused) as no:
        decide(report(supplements=known.named.id), None, moment)
    assert (no.value.code, no.value.facts) == (told.code, told.facts)
