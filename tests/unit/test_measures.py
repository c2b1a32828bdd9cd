"""The Measures on a case without any store: each act, each guard, each hand it must pass through."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import Case
from app.domain.commands import (
    AddNote,
    Amend,
    ApproveReturn,
    AskReturn,
    AskVerification,
    Attach,
    Classify,
    Close,
    Commend,
    Dispatch,
    File,
    Handle,
    ImportRecord,
    LowerGrade,
    OrderRework,
    Person,
    RaiseGrade,
    RecordNotice,
    Redispatch,
    Refuse,
    RefuseReturn,
    Register,
    ReportVerification,
    RuleCoordination,
    Sign,
    Void,
)
from app.domain.deadlines import ledgers, return_window
from app.domain.decide import decide
from app.domain.effects import Decision, Reliance
from app.domain.lengths import LARGEST_FILE
from app.domain.matter import Matter
from app.domain.measures.disposal import criteria_for, grounds_for_rework
from app.domain.measures.filing import DECLINED
from app.domain.measures.guards import missing_for_filing
from app.domain.policy import Editions, Policy, runs_always
from app.domain.refused import Refused
from app.domain.task_limits import limit_of
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Role, Stage, TaskStatus
from app.services.envelope import wish_of
from app.services.wishes import command_of
from tests.kit import MORNING, Story, a_class, a_unit, filed, registered, report, setting, someone

LEADER = someone(Role.SHIFT_LEADER)
DIRECTOR = someone(Role.DIRECTOR)
HANDLER = someone(Role.UNIT_HANDLER)
OFFICER = someone(Role.GRID_OFFICER)
ANOTHER = someone(login="u_second")


def dispatched(**more):
    story = filed(**more)
    return story.does(Dispatch(case_id=story.case.id, unit=a_unit()), after=5)


def signed(**more):
    story = dispatched(**more)
    return story.does(Sign(case_id=story.case.id, task_id=task(story).id), HANDLER, after=10)


def handled(story=None, after=60):
    story = story or signed()
    wish = Handle(
        case_id=story.case.id, task_id=task(story).id, result="已更换灯具", notice="已修复"
    )
    return story.does(wish, HANDLER, after=after)


def returned(story=None, who=HANDLER):
    story = story or signed()
    wish = AskReturn(
        case_id=story.case.id,
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非我局职责",
        proper_unit=a_unit(1),
        basis="职责清单",
    )
    return story.does(wish, who, after=5)


def task(story):
    return story.on.live_tasks[-1]


def refusal(story, command, who=None):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


def closing(story):
    wish = criteria_for(story.on, story.moment(someone()))
    return Close(case_id=story.case.id, criteria=tuple(one.code for one in wish))


@pytest.mark.article(1, 4, 47)
def test_a_report_is_registered_under_the_edition_of_its_day():
    story = registered()
    assert story.case.status is CaseStatus.REGISTERED
    assert (story.case.edition, story.case.by_analogy) == ("PS-4@1", False)
    assert story.case.stage is Stage.FILING
    assert story.case.due_clock == "K1"
    assert story.case.due_at == MORNING + timedelta(minutes=30)


@pytest.mark.article(46, 47)
def test_after_the_edition_lapsed_it_judges_by_analogy():
    story = registered(at=MORNING.replace(year=2026))
    assert story.case.by_analogy


def test_a_title_is_made_from_the_first_sentence():
    assert registered(narrative="路灯不亮。请修。").case.title == "路灯不亮"
    assert len(registered(narrative="长" * 80).case.title) == 30


@pytest.mark.article(4)
def test_nothing_at_all_cannot_be_registered():
    assert refusal(Story(), Register(narrative="  ")).code == "description-missing"


def test_a_book_is_not_a_report():
    assert refusal(Story(), report(narrative="长" * 20_001)).code == "text-too-long"


@pytest.mark.parametrize(
    ("field", "most", "wish"),
    [
        ("title", 200, lambda text: report(title=text)),
        ("address", 200, lambda text: report(address=text)),
        ("name", 100, lambda text: report(reporter=Person(name=text))),
        ("phone", 40, lambda text: report(reporter=Person(phone=text))),
        ("id_number", 40, lambda text: report(reporter=Person(id_number=text))),
    ],
)
def test_what_stands_in_one_line_has_its_length(field, most, wish):
    assert Story().does(wish("长" * most)).case.status is CaseStatus.REGISTERED
    no = refusal(Story(), wish("长" * (most + 1)))
    assert (no.code, no.facts) == (
        "line-too-long",
        {"field": f"line.{field}", "length": most + 1, "most": most},
    )


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("title", lambda text: Amend(case_id="x", title=text)),
        ("address", lambda text: Amend(case_id="x", address=text)),
        ("officer", lambda text: AskVerification(case_id="x", officer=text)),
        (
            "file_name",
            lambda text: Attach(case_id="x", stage="REPORT", name=text, digest="0", size=1),
        ),
        ("digest", lambda text: Attach(case_id="x", stage="REPORT", name="a", digest=text, size=1)),
    ],
)
def test_no_later_line_is_longer_either(field, wish):
    no = refusal(registered(), wish("长" * 2_000))
    assert (no.code, no.facts["field"]) == ("line-too-long", f"line.{field}")


@pytest.mark.parametrize(
    ("wish", "who"),
    [
        (RaiseGrade(case_id="x", grade=Grade.A, reason="长" * 20_001), None),
        (Amend(case_id="x", narrative="长" * 20_001), None),
        (Void(case_id="x", reason="长" * 20_001), LEADER),
    ],
)
def test_no_word_is_a_book(wish, who):
    assert refusal(registered(), wish, who).code == "text-too-long"


def test_an_unknown_class_is_named():
    no = refusal(Story(), report(category="9999"))
    assert (no.code, no.facts) == ("category-unknown", {"category": "9999"})


@pytest.mark.article(2, 11)
def test_filing_names_everything_that_is_missing():
    story = registered(category=None, address="")
    no = refusal(story, File(case_id=story.case.id))
    assert no.code == "filing-incomplete"
    assert no.facts["missing"] == ("address-missing", "category-missing")
    assert missing_for_filing(story.case, story.moment(someone())) == no.facts["missing"]
    bare = registered(narrative="", title="来电中断")
    no = refusal(bare, File(case_id=bare.case.id))
    assert no.facts["missing"] == ("description-missing",)


def test_amending_completes_a_report():
    story = registered(address="")
    assert refusal(story, Amend(case_id=story.case.id, narrative=" ")).code == "description-missing"
    story.does(Amend(case_id=story.case.id, address="东纵路1号", narrative="新的描述"))
    assert story.does(File(case_id=story.case.id)).case.status is CaseStatus.FILED
    assert refusal(story, Amend(case_id=story.case.id)).code == "nothing-changed"


def test_filing_stops_the_filing_clock_and_starts_dispatch():
    story = filed()
    clocks = {one.clock: one for one in ledgers(story.on, setting())}
    assert clocks[Clock.K1].is_on_time
    assert story.case.due_clock == "K2"
    assert story.case.due_at == story.now + timedelta(hours=2)


@pytest.mark.article(11)
def test_refusal_needs_a_known_reason_words_and_a_notice():
    story = registered()
    wish = Refuse(case_id=story.case.id, reason="NO_DEMAND", text="无诉求", notice="您好")
    assert refusal(story, replace(wish, reason="BORED")).code == "reason-unknown"
    assert refusal(story, replace(wish, text=" ")).code == "words-missing"
    assert refusal(story, replace(wish, notice="")).code == "notice-missing"
    assert refusal(story, replace(wish, method="PIGEON")).code == "method-unknown"
    story.does(wish)
    assert story.case.status is CaseStatus.REFUSED
    assert [one.kind for one in story.on.notices] == [DECLINED], "declining is no acceptance"
    other = filed()
    by_hand = RecordNotice(case_id=other.case.id, notice_kind=DECLINED, method="SMS", text="不受理")
    assert refusal(other, by_hand).code == "stage-unknown", "it comes with the refusal only"
    assert (story.case.stage, story.case.due_at) == (Stage.ENDED, None)


@pytest.mark.article(11)
def test_all_ten_reasons_are_accepted():
    reasons = setting().editions.by_code("PS-4").refusal_reasons
    assert len(reasons) == 10
    for reason in reasons:
        story = registered()
        if reason.code == "NOT_TRUE":
            story.does(AskVerification(case_id=story.case.id))
            story.does(
                ReportVerification(case_id=story.case.id, is_true=False, finding="现场无此情况"),
                OFFICER,
            )
        wish = Refuse(case_id=story.case.id, reason=reason.code, text="说明", notice="告知")
        assert story.does(wish).case.refusal_reason == reason.code


def matter(named: Case, *others: Case) -> Matter:
    return Matter(named, (named, *others))


def refused() -> Case:
    story = registered()
    wish = Refuse(case_id=story.case.id, reason="NO_DEMAND", text="说明", notice="告知")
    return story.does(wish).case


def supplemented(known: Matter | None, named: str) -> Decision:
    story = Story(matter=known)
    return decide(report(supplements=named), None, replace(story.moment(someone())))


def test_a_refused_report_is_supplemented_by_a_new_linked_one():
    first = refused()
    void = replace(first, id="void", status=CaseStatus.VOID, supplements=first.id, changed_by="v")
    decision = supplemented(matter(first, void), first.id)
    assert decision.effects[0].values["supplements"] == first.id
    assert decision.relies_on == (
        Reliance("case_file", first.id, first.changed_by),
        Reliance("case_file", "void", "v"),
    )


def test_what_takes_up_nothing_relies_on_nothing():
    known = matter(refused())
    story = Story(matter=known)
    assert decide(report(), None, story.moment(someone())).relies_on == ()


@pytest.mark.parametrize("status", [one for one in CaseStatus if one is not CaseStatus.REFUSED])
def test_only_a_refused_report_is_supplemented(status: CaseStatus):
    first = replace(refused(), status=status)
    with pytest.raises(Refused, match="supplement-only-refused"):
        supplemented(matter(first), first.id)


def test_a_report_that_is_not_at_hand_cannot_be_supplemented():
    first = refused()
    for known in (None, matter(first)):
        with pytest.raises(Refused, match="case-missing"):
            supplemented(known, "another")


@pytest.mark.article(11)
def test_a_refusal_is_taken_up_again_once_whichever_record_is_named():
    first = refused()
    again = replace(first, id="again", number="SZPS-2", supplements=first.id)
    for named, others in ((first, (again,)), (again, (first,))):
        with pytest.raises(Refused, match="supplement-used-up") as no:
            supplemented(matter(named, *others), named.id)
        assert no.value.facts == {"number": "SZPS-2", "most": 1}


def test_how_often_is_for_the_edition_that_judged_the_refusal_to_say(
    monkeypatch: pytest.MonkeyPatch,
):
    first = refused()
    again = replace(first, id="again", supplements=first.id)
    monkeypatch.setattr(Policy, "number", lambda _, code: {"filing.resubmissions_count": 2}[code])
    supplemented(matter(again, first), "again")
    monkeypatch.setattr(Policy, "number", lambda *_: 0)
    with pytest.raises(Refused, match="supplement-used-up"):
        supplemented(matter(first), first.id)


@pytest.mark.article(2, 11)
def test_verification_pauses_filing_and_only_a_true_report_is_filed():
    story = registered()
    case_id = story.case.id
    story.does(AskVerification(case_id=case_id, officer="u_grid_officer"), after=10)
    assert story.case.due_clock == "K1V"
    assert refusal(story, File(case_id=case_id)).code == "verification-open"
    wish = Refuse(case_id=case_id, reason="NO_DEMAND", text="说明", notice="告知")
    assert refusal(story, wish).code == "verification-open"
    found = ReportVerification(case_id=case_id, is_true=True, finding="属实")
    assert refusal(story, replace(found, finding="")).code == "words-missing"
    story.does(found, OFFICER, after=90)
    assert story.on.verifications[0].on_behalf == ""
    assert (story.case.due_clock, story.case.due_at) == ("K1", story.now + timedelta(minutes=20))
    assert refusal(story, replace(wish, reason="NOT_TRUE")).code == "not-verified-untrue"
    assert refusal(story, found).code == "not-now"
    assert story.does(File(case_id=case_id)).case.status is CaseStatus.FILED


@pytest.mark.article(11)
def test_what_was_found_untrue_is_not_filed():
    story = registered()
    story.does(AskVerification(case_id=story.case.id, officer="u_grid_officer"))
    story.does(ReportVerification(case_id=story.case.id, is_true=False, finding="无此事"))
    assert story.on.verifications[0].on_behalf == "u_grid_officer"
    assert refusal(story, File(case_id=story.case.id)).code == "verified-untrue"


def test_whoever_writes_down_a_grid_officers_word_names_him():
    story = registered().does(AskVerification(case_id="x"))
    found = ReportVerification(case_id="x", is_true=True, finding="属实")
    assert refusal(story, found).code == "officer-missing"
    story.does(replace(found, officer="grid.hu"))
    assert story.on.verifications[0].on_behalf == "grid.hu"


def test_only_the_officer_who_was_asked_answers_for_himself():
    story = registered().does(AskVerification(case_id="x", officer="grid.hu"))
    found = ReportVerification(case_id="x", is_true=True, finding="属实")
    no = refusal(story, found, OFFICER)
    assert (no.code, no.facts) == ("not-your-look", {"officer": "grid.hu"})
    story.does(found, someone(Role.GRID_OFFICER, login="grid.hu"))
    assert story.on.verifications[0].on_behalf == ""


def test_a_look_asked_of_nobody_in_particular_is_any_officers():
    story = registered().does(AskVerification(case_id="x"))
    story.does(ReportVerification(case_id="x", is_true=True, finding="属实"), OFFICER)
    assert story.on.verifications[0].reported_by == OFFICER.login


@pytest.mark.article(8, 9)
def test_a_more_urgent_class_raises_the_grade_and_none_lowers_it():
    leaves = setting().directory.taxonomy.leaves()
    urgent = next(one for one in leaves if one.grade is Grade.A)
    story = registered()
    assert story.does(Classify(case_id=story.case.id, category=urgent.code)).case.grade is Grade.A
    assert story.does(Classify(case_id=story.case.id, category=a_class())).case.grade is Grade.A
    assert registered(category=urgent.code, grade=Grade.C).case.grade is Grade.A
    assert registered(grade=Grade.B).case.grade is Grade.B


@pytest.mark.article(3, 9)
def test_raising_is_free_and_lowering_is_the_shift_leaders():
    story = registered()
    up = RaiseGrade(case_id=story.case.id, grade=Grade.A)
    down = LowerGrade(case_id=story.case.id, grade=Grade.C, reason="误报")
    assert refusal(story, replace(up, grade=Grade.C)).code == "grade-not-higher"
    story.does(up)
    assert story.case.due_at == MORNING + timedelta(minutes=10)
    assert refusal(story, down).code == "not-permitted"
    assert refusal(story, replace(down, grade=Grade.A), LEADER).code == "grade-not-lower"
    assert refusal(story, replace(down, reason=""), LEADER).code == "words-missing"
    assert story.does(down, LEADER).case.grade is Grade.C


def test_a_raised_grade_shortens_the_limit_of_the_running_task():
    story = signed()
    before = story.case.due_at
    story.does(RaiseGrade(case_id=story.case.id, grade=Grade.A))
    assert (task(story).limit_value, task(story).limit_unit) == (24, "CLOCK_HOUR")
    assert story.case.due_at < before


@pytest.mark.article(12)
def test_dispatch_starts_the_units_clocks():
    story = dispatched()
    assert story.case.stage is Stage.SIGN
    assert (story.case.lead_unit, story.case.units) == (a_unit(), f"|{a_unit()}|")
    assert story.case.due_clock == "K3"
    assert refusal(filed(), Dispatch(case_id="x", unit="nobody")).code == "unit-unknown"


@pytest.mark.article(12)
def test_thanks_are_commended_and_never_dispatched():
    story = registered(nature=Nature.THANKS)
    case_id = story.case.id
    assert refusal(story, File(case_id=case_id)).code == "thanks-not-dispatched"
    story.does(Commend(case_id=case_id, unit=a_unit()))
    assert story.case.status is CaseStatus.COMMENDED
    assert story.on.commendations[0].text == story.case.narrative
    plain = registered()
    assert refusal(plain, Commend(case_id="x", unit=a_unit())).code == "commend-only-thanks"
    late = filed()
    late.does(Amend(case_id=late.case.id, nature=Nature.THANKS))
    wish = Dispatch(case_id=late.case.id, unit=a_unit())
    assert refusal(late, wish).code == "thanks-not-dispatched"


@pytest.mark.article(6, 13)
def test_only_its_own_unit_signs_or_the_centre_on_its_behalf():
    story = dispatched()
    wish = Sign(case_id=story.case.id, task_id=task(story).id)
    stranger = someone(Role.UNIT_HANDLER, a_unit(3))
    assert refusal(story, wish, stranger).code == "not-your-unit"
    assert refusal(story, replace(wish, task_id="none"), HANDLER).code == "task-missing"
    story.does(wish)
    assert task(story).on_behalf == a_unit()
    assert story.case.stage is Stage.DISPOSAL


@pytest.mark.article(6, 12)
def test_an_unsigned_task_is_redispatched():
    story = dispatched()
    wish = Redispatch(case_id=story.case.id, task_id=task(story).id, unit=a_unit(1), reason="误派")
    assert refusal(story, replace(wish, unit=a_unit())).code == "same-unit"
    assert refusal(story, replace(wish, reason="")).code == "words-missing"
    story.does(wish, after=30)
    assert [one.status for one in story.on.tasks] == ["REDISPATCHED", "PENDING_SIGN"]
    assert story.case.lead_unit == a_unit(1)
    assert refusal(signed(), wish).code == "not-now"


def test_redispatch_of_a_signed_sister_is_refused():
    story = dispatched()
    gone = task(story).id
    story.does(Redispatch(case_id=story.case.id, task_id=gone, unit=a_unit(1), reason="误派"))
    wish = Redispatch(case_id=story.case.id, task_id=gone, unit=a_unit(2), reason="误派")
    assert refusal(story, wish).code == "task-missing"


@pytest.mark.article(13)
def test_a_return_names_reason_unit_and_basis():
    story = signed()
    wish = AskReturn(
        case_id=story.case.id,
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    assert refusal(story, replace(wish, reason="LAZY"), HANDLER).code == "reason-unknown"
    assert refusal(story, replace(wish, text=""), HANDLER).code == "words-missing"
    assert refusal(story, replace(wish, proper_unit=""), HANDLER).code == "proper-unit-missing"
    assert refusal(story, replace(wish, proper_unit=a_unit()), HANDLER).code == "same-unit"
    assert refusal(story, replace(wish, basis=""), HANDLER).code == "basis-missing"
    story.does(wish, HANDLER)
    assert (story.case.stage, story.case.return_count) == (Stage.RETURNED, 1)
    assert refusal(story, wish, HANDLER).code == "not-now"


def test_a_second_open_request_about_one_task_is_refused():
    story = returned()
    again = replace(task(story), status=TaskStatus.SIGNED)
    story.dossier = story.on.with_row(again)
    wish = AskReturn(
        case_id=story.case.id,
        task_id=again.id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    assert refusal(story, wish, HANDLER).code == "already-open-request"


@pytest.mark.article(13)
def test_returning_too_late_is_refused():
    story = signed()
    story.now += timedelta(days=2)
    with pytest.raises(Refused, match="return-window-over"):
        returned(story)


def window_of(story):
    return return_window(task(story), story.on, setting())


def test_the_return_window_of_a_working_day_is_a_quarter_of_its_minutes():
    story = signed(nature=Nature.INQUIRY)
    assert (task(story).limit_value, task(story).limit_unit) == (1, "WORK_DAY")
    assert (window_of(story).limit.value, window_of(story).limit.unit) == (105, "WORK_MINUTE")


def test_the_return_window_of_two_working_hours_is_half_of_one():
    story = signed(category="050401")
    assert (task(story).limit_value, task(story).limit_unit) == (2, "WORK_HOUR")
    assert (window_of(story).limit.value, window_of(story).limit.unit) == (30, "WORK_MINUTE")


def test_the_return_window_of_grade_a_is_half_an_hour():
    urgent = signed(grade=Grade.A)
    assert (window_of(urgent).limit.value, window_of(urgent).limit.unit) == (30, "CLOCK_MINUTE")


def test_an_unsigned_task_may_be_returned_within_a_quarter_of_its_limit_from_dispatch():
    story = dispatched(nature=Nature.INQUIRY)
    assert window_of(story).due == story.now + timedelta(minutes=105)
    story.now += timedelta(days=20)
    with pytest.raises(Refused, match="return-window-over"):
        returned(story)


def test_who_signs_late_gains_no_time_to_return():
    story = dispatched(nature=Nature.INQUIRY)
    due = window_of(story).due
    story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=100)
    assert window_of(story).due == due
    story.now = due + timedelta(seconds=1)
    with pytest.raises(Refused, match="return-window-over"):
        returned(story)


def test_what_was_taken_over_unsigned_has_no_return_window():
    story = dispatched()
    bare = replace(task(story), limit_value=None, limit_unit=None)
    assert return_window(bare, story.on.with_row(bare), setting()) is None


@pytest.mark.article(3, 13)
def test_after_two_returns_the_centres_word_is_final():
    """先办后议: a third return opens a coordination, and nothing is sent back after its ruling."""
    story = dispatched()
    for _ in range(2):
        returned(story)
        asked = story.on.open_request()
        story.does(ApproveReturn(case_id="x", request_id=asked.id), LEADER, after=5)
        story.does(Dispatch(case_id="x", unit=a_unit()), after=5)
    returned(story)
    wish = RuleCoordination(case_id="x", unit=a_unit(), minutes="到会三家", ruling="先办后议")
    story.does(wish, LEADER, after=5)
    with pytest.raises(Refused, match="returned-enough") as no:
        returned(story)
    assert no.value.facts == {"count": 3}


def edition_of(story, **changed):
    """The story's setting with other values of its edition."""
    policy = replace(setting().policy(story.case), **changed)
    return replace(setting(), editions=Editions((policy,)))


def numbered(story, code, value):
    """The story's setting with one parameter of its edition changed."""
    parameters = setting().policy(story.case).parameters
    changed = replace(parameters[code], value=value)
    return edition_of(story, parameters={**parameters, code: changed})


def ruled(story, wish, who, under):
    return decide(wish, story.on, replace(story.moment(who), setting=under))


def test_how_often_operators_may_order_rework_is_the_editions_to_say():
    story = handled()
    again = OrderRework(case_id="x", criterion="NOT_HANDLED", text="未办结")
    handled(story.does(again, after=5))
    assert refusal(story, again).code == "rework-needs-leader"
    under = numbered(story, "closure.shift_leader_from_count", 3)
    assert ruled(story, again, someone(), under).effects


def test_how_often_a_case_may_be_returned_is_the_editions_to_say():
    story = dispatched()
    wish = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    under = numbered(story, "return.coordination_from_count", 1)
    tables = [one.table for one in ruled(story, wish, HANDLER, under).effects]
    assert "coordination" in tables
    assert "coordination" not in [
        one.table for one in ruled(story, wish, HANDLER, setting()).effects
    ]


def test_words_beside_a_reason_are_asked_for_where_the_edition_does():
    refuse = Refuse(case_id="x", reason="ABUSE", text=" ", notice="已告知")
    story, policy = registered(), setting().policy(registered().case)
    plain = tuple(replace(one, needs_text=False) for one in policy.refusal_reasons)
    assert refusal(story, refuse).code == "words-missing"
    assert ruled(story, refuse, someone(), edition_of(story, refusal_reasons=plain)).effects
    story = dispatched()
    back = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="DUPLICATE",
        text="",
        proper_unit=a_unit(1),
        basis="清单",
    )
    plain = tuple(replace(one, needs_text=False) for one in policy.return_reasons)
    assert refusal(story, back, HANDLER).code == "words-missing"
    assert ruled(story, back, HANDLER, edition_of(story, return_reasons=plain)).effects


#: Party and administrative discipline (党纪政纪), which has a track of its own.
OWN_TRACK, TRACK_UNIT = "140105", "DISCIPLINE"


@pytest.mark.parametrize("who", [LEADER, someone(Role.DIRECTOR)])
def test_what_is_sensitive_as_a_whole_is_dispatched_by_leaders_to_its_own_unit(who):
    story = filed(category=OWN_TRACK)
    wish = Dispatch(case_id="x", unit=TRACK_UNIT)
    assert refusal(story, wish).code == "sensitive-category"
    no = refusal(story, replace(wish, unit=a_unit()), who)
    assert (no.code, no.facts["unit"]) == ("sensitive-track", TRACK_UNIT)
    story.does(wish, who)
    assert task(story).unit == TRACK_UNIT
    elsewhere = Redispatch(case_id="x", task_id=task(story).id, unit=a_unit(), reason="错")
    assert refusal(story, elsewhere).code == "sensitive-category"
    assert refusal(story, elsewhere, who).code == "sensitive-track"


def test_a_sensitive_class_among_others_goes_where_the_operator_sends_it():
    story = filed(category="020201")
    assert story.does(Dispatch(case_id="x", unit=a_unit())).case.status is CaseStatus.DISPATCHED


def amended(story, **changed):
    return story.does(Amend(case_id=story.case.id, **changed))


def test_what_was_misheard_of_a_person_is_put_right_also_when_it_is_masked_alike():
    reporter = Person(name="张*", phone="138****5678")
    story = registered(reporter=reporter)
    moment = story.moment(someone())
    (effect,) = decide(Amend(case_id="x", phone="138****5678"), story.on, moment).effects
    assert effect.values == {"phone_masked": "138****5678"}
    (effect,) = decide(Amend(case_id="x", name="张*"), story.on, moment).effects
    assert effect.values == {"reporter_masked": "张*"}
    amended(story, name="李*")
    assert (story.case.reporter_masked, story.case.phone_masked) == ("李*", "138****5678")
    amended(story, name="", phone="")
    assert story.case.is_anonymous
    assert refusal(story, Amend(case_id="x", name="长" * 101)).code == "line-too-long"


def test_marks_and_channel_are_put_right_either_way():
    channel = setting().directory.channels[1].code
    story = registered(keep_secret=True)
    amended(story, keep_secret=False, safety_hazard=True, channel=channel)
    case = story.case
    assert (case.keep_secret, case.safety_hazard, case.channel) == (False, True, channel)
    assert refusal(story, Amend(case_id="x", channel="?")).code == "channel-unknown"
    assert amended(story, channel="").case.channel == ""


def test_class_and_place_can_be_taken_off_until_the_case_is_filed():
    story = amended(registered(), without_class=True, community="")
    assert (story.case.category, story.case.community) == (None, None)
    assert story.case.street is not None
    no = refusal(filed(), Amend(case_id="x", without_class=True))
    assert (no.code, no.facts["missing"]) == ("filing-incomplete", ("category-missing",))


def test_what_is_cleared_or_denied_travels_like_everything_else():
    wish = Amend(case_id="x", address="", phone="", keep_secret=False)
    sent = wish_of(wish)
    assert sent == {"case_id": "x", "address": "", "phone": "", "keep_secret": False}
    assert command_of("amend", sent) == wish


def test_a_community_lies_in_its_street():
    street, other = (one.code for one in setting().directory.streets[:2])
    within = next(one.code for one in setting().directory.communities if one.street == street)
    no = refusal(Story(), report(street=other, community=within))
    assert (no.code, no.facts) == ("place-apart", {"street": other, "community": within})
    assert registered(street=street, community=within).case.community == within
    assert registered(street=None, community=within).case.community == within


@given(
    st.sampled_from([one for one in setting().directory.taxonomy.leaves() if one.code[:2] != "14"]),
    st.sampled_from(Grade),
    st.sampled_from([Nature.COMPLAINT, Nature.INQUIRY, Nature.SUGGESTION]),
    st.integers(0, 14 * 24 * 60),
)
def test_the_return_window_is_never_longer_than_a_quarter_of_the_limit(item, grade, nature, minute):
    story = signed(
        at=MORNING + timedelta(minutes=minute), category=item.code, grade=grade, nature=nature
    )
    policy = setting().policy(story.case)
    limit, window = limit_of(task(story)).limit, window_of(story)
    begun = task(story).dispatched_at
    if runs_always(limit):
        spent = (window.due - begun) / timedelta(minutes=1)
    else:
        spent = setting().calendar(policy).working_time(begun, window.due) / timedelta(minutes=1)
    assert spent <= max(1, policy.own_minutes(limit) / 4)


def test_an_unsigned_task_can_be_returned_and_stays_unsigned_when_refused():
    story = returned(dispatched())
    request = story.on.open_request()
    wish = RefuseReturn(case_id=story.case.id, request_id=request.id, text="属你局职责")
    story.does(wish, LEADER)
    assert task(story).status is TaskStatus.PENDING_SIGN


@pytest.mark.article(13)
def test_an_approved_return_waits_for_dispatch_again():
    story = returned()
    request = story.on.open_request()
    wish = ApproveReturn(case_id=story.case.id, request_id=request.id)
    assert refusal(story, wish).code == "not-permitted"
    story.does(wish, LEADER, after=20)
    assert (story.case.status, story.case.stage) == (CaseStatus.FILED, Stage.DISPATCH)
    assert (story.case.units, story.case.lead_unit) == ("", None)
    clocks = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K2]
    assert [one.stopped is None for one in clocks] == [False, True]
    story.does(Dispatch(case_id=story.case.id, unit=a_unit(1)), after=5)
    clocks = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K2]
    assert all(one.is_on_time for one in clocks)
    assert refusal(story, wish, LEADER).code == "not-now"


def test_a_refused_return_leaves_the_task_with_its_clock_running():
    story = returned()
    due = next(one.due for one in ledgers(story.on, setting()) if one.clock is Clock.K5)
    request = story.on.open_request()
    wish = RefuseReturn(case_id=story.case.id, request_id=request.id, text="属你局职责")
    assert refusal(story, replace(wish, text=""), LEADER).code == "words-missing"
    story.does(wish, LEADER, after=50)
    assert task(story).status is TaskStatus.SIGNED
    assert next(one.due for one in ledgers(story.on, setting()) if one.clock is Clock.K5) == due
    assert story.on.requests[0].is_improper


def test_nobody_decides_his_own_request_even_on_anothers_behalf():
    story = returned(who=LEADER)
    request = story.on.open_request()
    assert request.on_behalf == a_unit()
    wish = ApproveReturn(case_id=story.case.id, request_id=request.id)
    assert refusal(story, wish, LEADER).code == "own-request"
    assert story.does(wish, DIRECTOR).case.status is CaseStatus.FILED
    other = returned()
    no = refusal(other, replace(wish, request_id="none"), LEADER)
    assert no.code == "request-missing"


def test_a_return_of_a_vanished_task_is_refused():
    story = returned()
    lost = replace(story.on.open_request(), task_id="none")
    story.dossier = story.on.with_row(lost)
    wish = ApproveReturn(case_id=story.case.id, request_id=lost.id)
    assert refusal(story, wish, LEADER).code == "task-missing"


@pytest.mark.article(17)
def test_handling_needs_a_result_and_the_reporter_told():
    story = signed()
    wish = Handle(case_id=story.case.id, task_id=task(story).id, result="已修复")
    assert refusal(story, replace(wish, result=""), HANDLER).code == "result-missing"
    assert refusal(story, wish, HANDLER).code == "handling-notice-missing"
    told = RecordNotice(
        case_id=story.case.id,
        notice_kind="2",
        method="PHONE",
        text="已电话告知",
        task_id=task(story).id,
    )
    story.does(told, HANDLER)
    story.does(wish, HANDLER)
    assert (story.case.status, story.case.stage) == (CaseStatus.PENDING_CLOSURE, Stage.CLOSURE)
    assert story.case.due_clock == "K8"


def test_a_unit_gives_notice_only_after_signing():
    story = dispatched()
    wish = RecordNotice(case_id=story.case.id, notice_kind="1", method="SMS", text="已受理")
    assert refusal(story, wish, HANDLER).code == "not-signed"
    assert refusal(story, replace(wish, notice_kind="7")).code == "stage-unknown"
    story.does(wish)
    assert story.on.notices[0].kind == "1"


@pytest.mark.article(17)
def test_a_city_part_is_shown_before_and_after():
    story = signed(category=a_class(component=True))
    wish = Handle(case_id=story.case.id, task_id=task(story).id, result="已修复", notice="已告知")
    no = refusal(story, wish, HANDLER)
    assert (no.code, no.facts["missing"]) == ("photos-missing", ("BEFORE", "AFTER"))
    photo = Attach(
        case_id=story.case.id,
        stage="BEFORE",
        name="a.jpg",
        digest="00",
        size=1,
        task_id=task(story).id,
    )
    assert refusal(story, replace(photo, stage="HOLIDAY")).code == "stage-unknown"
    assert refusal(story, replace(photo, size=0)).code == "attachment-missing"
    no = refusal(story, replace(photo, size=LARGEST_FILE + 1))
    assert (no.code, no.facts) == ("file-too-large", {"size": 65, "most": 64})
    largest = replace(photo, stage="AFTER", digest="01", size=LARGEST_FILE)
    story.does(photo, HANDLER).does(largest, HANDLER)
    story.does(wish, HANDLER)
    no = refusal(story, Close(case_id=story.case.id, criteria=("COMPLAINT_SOLVED",)))
    assert no.facts["missing"] == ("COMPLAINT_PHOTOS",)
    assert story.does(closing(story)).case.status is CaseStatus.CLOSED_ON_TIME


def test_a_sister_still_at_work_keeps_the_case_from_closure():
    story = signed()
    story.dossier = story.on.with_row(replace(task(story), id="sister", unit=a_unit(1)))
    wish = Handle(case_id=story.case.id, task_id=story.on.tasks[0].id, result="好", notice="好")
    story.does(wish, HANDLER)
    assert story.case.status is CaseStatus.DISPATCHED


@pytest.mark.article(2, 17)
def test_closure_needs_its_criteria_and_another_hand():
    story = handled()
    no = refusal(story, Close(case_id=story.case.id, criteria=()))
    assert (no.code, no.facts["missing"]) == ("criteria-missing", ("COMPLAINT_SOLVED",))
    story.does(closing(story), after=30)
    assert story.case.status is CaseStatus.CLOSED_ON_TIME
    assert all(one.status is TaskStatus.DONE for one in story.on.tasks)
    assert {one.clock for one in ledgers(story.on, setting()) if not one.stopped} == {Clock.K11}
    own = signed()
    wish = Handle(case_id=own.case.id, task_id=task(own).id, result="好", notice="好")
    own.does(wish)
    assert refusal(own, closing(own)).code == "own-handling"
    assert own.does(closing(own), ANOTHER).case.status is CaseStatus.CLOSED_ON_TIME


def test_an_inquiry_closes_answered_or_explained():
    story = handled(signed(nature=Nature.INQUIRY))
    wish = Close(case_id=story.case.id, criteria=("INQUIRY_EXPLAINED",))
    assert story.does(wish).case.status is CaseStatus.CLOSED_ON_TIME


def test_closing_with_an_unhandled_task_is_refused():
    story = handled()
    story.dossier = story.on.with_row(replace(task(story), id="sister", status=TaskStatus.SIGNED))
    assert refusal(story, closing(story)).code == "not-all-handled"


@pytest.mark.article(17)
def test_overdue_is_decided_at_handling_not_at_review():
    late = handled(after=60 * 24 * 20)
    assert late.does(closing(late)).case.status is CaseStatus.CLOSED_OVERDUE
    slow_review = handled()
    slow_review.does(closing(slow_review), after=60 * 24 * 30)
    assert slow_review.case.status is CaseStatus.CLOSED_ON_TIME


def rework(story, who=None, after=30):
    ground = grounds_for_rework(story.on, story.moment(someone()))[0].code
    wish = OrderRework(case_id=story.case.id, criterion=ground, text="未附结果")
    return story.does(wish, who, after=after)


@pytest.mark.article(15, 17)
def test_rework_continues_what_was_left_of_the_limit():
    story = handled()
    before = next(one.due for one in ledgers(story.on, setting()) if one.clock is Clock.K5)
    rework(story, after=60 * 24 * 2)
    assert (story.case.status, story.case.stage) == (CaseStatus.REWORK, Stage.DISPOSAL)
    clock = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K5)
    assert clock.due > before
    assert [one.why for one in clock.segments] == ["RUNNING", "REVIEW", "RUNNING"]
    handled(story)
    assert story.does(closing(story)).case.status is CaseStatus.CLOSED_ON_TIME


def test_rework_without_time_left_has_a_day_and_stays_overdue():
    story = rework(handled(after=60 * 24 * 20))
    clocks = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K5]
    assert [(one.limit.value, one.limit.unit) for one in clocks][1] == (1, "WORK_DAY")
    assert story.case.due_at == clocks[1].due
    handled(story)
    assert story.does(closing(story)).case.status is CaseStatus.CLOSED_OVERDUE


def test_a_late_task_can_be_sent_back_to_work_again():
    story = rework(handled(after=60 * 24 * 20))
    rework(handled(story), LEADER)
    clocks = [one for one in ledgers(story.on, setting()) if one.clock is Clock.K5]
    assert [one.why for one in clocks[1].segments] == ["RUNNING", "REVIEW", "RUNNING"]


def test_the_second_rework_is_the_shift_leaders():
    story = handled(rework(handled()))
    with pytest.raises(Refused, match="rework-needs-leader"):
        rework(story)
    assert rework(story, LEADER).case.rework_count == 2


def test_rework_needs_a_ground_of_the_measures_and_words():
    story = handled()
    ground = grounds_for_rework(story.on, story.moment(someone()))[0].code
    wish = OrderRework(case_id=story.case.id, criterion="MOOD", text="x")
    assert refusal(story, wish).code == "reason-unknown"
    assert refusal(story, replace(wish, criterion=ground, text="")).code == "words-missing"


@pytest.mark.article(3, 4)
def test_a_case_is_voided_by_a_leader_with_a_reason():
    wish = Void(case_id="x", reason="重复录入")
    for story in (registered(), filed()):
        assert refusal(story, wish).code == "not-permitted"
        assert refusal(story, replace(wish, reason=""), LEADER).code == "words-missing"
        story.does(wish, LEADER)
        assert (story.case.status, story.case.due_at) == (CaseStatus.VOID, None)


@pytest.mark.article(7)
def test_notes_change_nothing_else():
    story = signed()
    before = story.case
    story.does(AddNote(case_id=story.case.id, text="已电话联系"), HANDLER)
    assert story.case == before
    assert story.on.notes[0].made_by == HANDLER.login
    assert refusal(story, AddNote(case_id="x", text=" ")).code == "words-missing"


@pytest.mark.article(4, 7)
@pytest.mark.parametrize(
    ("outcome", "status", "task_status"),
    [
        ("REGISTERED", CaseStatus.REGISTERED, None),
        ("OPEN", CaseStatus.FILED, None),
        ("DISPATCHED", CaseStatus.DISPATCHED, TaskStatus.SIGNED),
        ("CLOSED_OVERDUE", CaseStatus.CLOSED_OVERDUE, TaskStatus.DONE),
    ],
)
def test_an_imported_record_invents_nothing(outcome, status, task_status):
    wish = ImportRecord(
        source_ref="pingshan:1",
        batch="b1",
        occurred_at=MORNING,
        title="路灯",
        unit=a_unit(),
        outcome=outcome,
    )
    story = Story().does(wish, LEADER)
    assert story.case.status is status
    assert (story.case.due_at, story.case.closed_at, story.case.narrative) == (None, None, "")
    assert story.case.historical
    assert [one.status for one in story.on.tasks] == ([task_status] if task_status else [])
    assert ledgers(story.on, setting()) == ()


def test_an_imported_record_can_be_taken_further():
    wish = ImportRecord(
        source_ref="m:1",
        batch="b1",
        occurred_at=MORNING,
        narrative="噪音",
        outcome="REGISTERED",
    )
    story = Story().does(wish, LEADER)
    place = setting().directory.communities[0]
    story.does(Amend(case_id="x", address="东纵路", community=place.code))
    story.does(Classify(case_id="x", category=a_class()))
    story.does(File(case_id="x"), after=5)
    assert story.case.due_clock == "K2"


def test_imported_thanks_become_a_commendation_and_no_dispatch():
    wish = ImportRecord(
        source_ref="pingshan:2",
        batch="b1",
        occurred_at=MORNING,
        nature=Nature.THANKS,
        unit=a_unit(),
        outcome="COMMENDED",
    )
    story = Story().does(wish, LEADER)
    assert story.on.tasks == ()
    assert [(one.unit, one.made_at) for one in story.on.commendations] == [(a_unit(), MORNING)]


def test_classing_an_imported_case_invents_no_deadline():
    wish = ImportRecord(
        source_ref="p:3", batch="b", occurred_at=MORNING, unit=a_unit(), outcome="DISPATCHED"
    )
    story = Story().does(wish, LEADER)
    story.does(Classify(case_id="x", category=a_class()), after=60)
    assert (story.case.due_at, story.on.tasks[0].limit_value) == (None, None)


def test_a_refused_return_puts_an_imported_task_back_as_it_was():
    wish = ImportRecord(
        source_ref="p:4", batch="b", occurred_at=MORNING, unit=a_unit(), outcome="DISPATCHED"
    )
    story = returned(Story().does(wish, LEADER))
    request = story.on.open_request()
    story.does(RefuseReturn(case_id="x", request_id=request.id, text="属你局"), LEADER)
    assert task(story).status is TaskStatus.SIGNED


def test_a_unit_that_gave_the_case_back_late_does_not_spoil_the_next_ones_closure():
    story = returned()
    request = story.on.open_request()
    approval = ApproveReturn(case_id=story.case.id, request_id=request.id)
    story.does(approval, LEADER, after=60 * 24 * 20)
    story.does(Dispatch(case_id=story.case.id, unit=a_unit(1)), after=5)
    second = someone(Role.UNIT_HANDLER, a_unit(1), "u_next")
    story.does(Sign(case_id="x", task_id=task(story).id), second, after=5)
    wish = Handle(case_id="x", task_id=task(story).id, result="好", notice="好")
    story.does(wish, second, after=30)
    assert story.does(closing(story)).case.status is CaseStatus.CLOSED_ON_TIME


def test_a_withdrawn_notice_has_told_nobody():
    story = signed()
    told = RecordNotice(case_id="x", notice_kind="1", method="SMS", text="已受理")
    story.does(told, HANDLER)
    told_clock = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K9)
    assert told_clock.stopped
    on = story.on.with_row(replace(story.on.notices[0], status="WITHDRAWN"))
    assert not next(one for one in ledgers(on, setting()) if one.clock is Clock.K9).stopped


@pytest.mark.article(5)
def test_places_and_channels_are_of_the_directory():
    assert refusal(Story(), report(street="nowhere")).code == "place-unknown"
    assert refusal(Story(), report(community="nowhere")).code == "place-unknown"
    assert refusal(Story(), report(channel="pigeon")).code == "channel-unknown"
    story = registered()
    assert refusal(story, Amend(case_id="x", street="nowhere")).code == "place-unknown"


def test_a_filed_case_keeps_what_filing_asked_for():
    story = filed()
    no = refusal(story, Amend(case_id="x", address=" "))
    assert (no.code, no.facts["missing"]) == ("filing-incomplete", ("address-missing",))
    wish = Amend(case_id="x", title=" ", narrative="路口积水。请疏通。")
    assert story.does(wish).case.title == "路口积水"


def test_nobody_reports_on_a_voided_case():
    story = registered().does(AskVerification(case_id="x"))
    story.does(Void(case_id="x", reason="重复"), LEADER)
    found = ReportVerification(case_id="x", is_true=True, finding="有")
    assert refusal(story, found, OFFICER).code == "not-now"
