"""Notices and photographs as guards: of this task, of this round, and of the right kind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.commands import (
    ApproveReturn,
    AskReturn,
    Attach,
    Dispatch,
    File,
    Handle,
    OrderRework,
    RecordNotice,
    Refuse,
    Sign,
)
from app.domain.deadlines import ledgers
from app.domain.measures.notices import on_record
from app.domain.measures.photos import is_picture, lacking
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Clock, Role
from tests.kit import a_class, a_unit, registered, setting, someone

LEADER = someone(Role.SHIFT_LEADER)
HANDLER = someone(Role.UNIT_HANDLER)
OFFICER = someone(Role.GRID_OFFICER)
TOLD = RecordNotice(case_id="x", notice_kind="2", method="PHONE", text="已电话告知")


def task(story):
    return story.on.live_tasks[-1]


def dispatched(**more):
    story = registered(**more).does(File(case_id="x"), after=3)
    return story.does(Dispatch(case_id="x", unit=a_unit()), after=5)


def signed(**more):
    story = dispatched(**more)
    return story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=10)


def told(story, who=HANDLER, after=0):
    return story.does(replace(TOLD, task_id=task(story).id), who, after)


def handling(story, **more):
    given = {"result": "已修复", "notice": "", **more}
    return Handle(case_id="x", task_id=task(story).id, **given)


def sent_back(story):
    wish = OrderRework(case_id="x", criterion="NOT_HANDLED", text="未办结")
    return story.does(wish, LEADER, after=30)


def refusal(story, command, who=HANDLER):
    with pytest.raises(Refused) as no:
        story.does(command, who)
    return no.value


# --- notices ----------------------------------------------------------------------------------


@pytest.mark.parametrize("story", [registered, dispatched], ids=["registered", "dispatched"])
def test_nobody_was_told_of_a_handling_before_anybody_signed(story):
    story = story()
    wish = replace(TOLD, task_id=story.on.tasks[-1].id if story.on.tasks else None)
    assert refusal(story, wish, someone()).code == "handling-notice-early"


def test_a_handling_notice_is_of_a_task():
    assert refusal(signed(), TOLD, someone()).code == "handling-notice-early"


def test_a_notice_of_this_task_since_its_signing_is_enough():
    story = told(signed())
    assert on_record(task(story), story.on) == story.on.notices[0]
    assert story.does(handling(story), HANDLER).case.status is CaseStatus.PENDING_CLOSURE


def test_the_notice_of_a_unit_that_gave_the_case_back_is_not_the_next_ones():
    story = told(signed())
    wish = AskReturn(
        case_id="x",
        task_id=task(story).id,
        reason="NOT_OUR_DUTY",
        text="非职责",
        proper_unit=a_unit(1),
        basis="清单",
    )
    story.does(wish, HANDLER)
    story.does(ApproveReturn(case_id="x", request_id=story.on.open_request().id), LEADER)
    story.does(Dispatch(case_id="x", unit=a_unit(1)))
    second = someone(Role.UNIT_HANDLER, a_unit(1), "u_next")
    story.does(Sign(case_id="x", task_id=task(story).id), second)
    assert refusal(story, handling(story), second).code == "handling-notice-missing"


def test_after_rework_the_reporter_is_told_again():
    story = told(signed())
    sent_back(story.does(handling(story), HANDLER))
    assert refusal(story, handling(story)).code == "handling-notice-missing"
    assert told(story, after=5).does(handling(story), HANDLER).case.status == "PENDING_CLOSURE"


def test_a_withdrawn_notice_is_none():
    story = told(signed())
    on = story.on.with_row(replace(story.on.notices[0], status="WITHDRAWN"))
    assert on_record(task(story), on) is None


def test_whoever_need_not_be_told_is_not_told_for_a_reason_on_record():
    story = signed()
    wish = handling(story, method="EXEMPT")
    assert refusal(story, wish).code == "exemption-reason-missing"
    story.does(replace(wish, notice="匿名来电，无联系方式"), HANDLER)
    (kept,) = story.on.notices
    assert (kept.kind, kept.method, kept.text) == ("2", "EXEMPT", "匿名来电，无联系方式")
    assert on_record(task(story), story.on) == kept


def test_an_exemption_has_told_nobody():
    story = signed()
    story.does(handling(story, method="EXEMPT", notice="匿名"), HANDLER, after=30)
    telling = next(one for one in ledgers(story.on, setting()) if one.clock is Clock.K9)
    assert telling.stopped is None


@pytest.mark.parametrize(
    "wish",
    [
        replace(TOLD, notice_kind="1", method="EXEMPT"),
        Refuse(case_id="x", reason="NO_DEMAND", text="无", notice="无", method="EXEMPT"),
    ],
)
def test_nothing_else_is_exempt(wish):
    assert refusal(registered(), wish, someone()).code == "method-unknown"


def test_a_notice_that_the_centre_writes_down_for_a_unit_says_so():
    story = told(signed(), someone())
    assert story.on.notices[0].on_behalf == a_unit()
    own = told(signed())
    assert own.on.notices[0].on_behalf == ""
    recorded = signed()
    recorded.does(handling(recorded, notice="已告知"), someone())
    assert recorded.on.notices[0].on_behalf == a_unit()


def test_the_centres_own_notice_is_on_nobodys_behalf():
    story = registered()
    story.does(Refuse(case_id="x", reason="NO_DEMAND", text="无", notice="不予立案"))
    assert story.on.notices[0].on_behalf == ""


# --- whose papers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        replace(TOLD, notice_kind="1", task_id="bogus"),
        Attach(case_id="x", stage="REPLY", name="a.pdf", digest="0", size=1, task_id="bogus"),
    ],
)
def test_a_paper_hangs_on_a_task_of_the_case_or_on_none(wish):
    story = signed()
    assert refusal(story, wish, someone()).code == "task-missing"
    assert refusal(story, replace(wish, task_id=""), someone()).code == "task-missing"
    story.does(replace(wish, task_id=task(story).id))
    story.does(replace(wish, task_id=None))
    stranger = someone(Role.UNIT_HANDLER, a_unit(3), "u_other")
    assert refusal(story, replace(wish, task_id=task(story).id), stranger).code == "not-your-unit"


# --- photographs ------------------------------------------------------------------------------


def photo(story, stage, digest, *, of_task=True, name="现场.JPG"):
    task_id = task(story).id if of_task and story.on.tasks else None
    return Attach(case_id="x", stage=stage, name=name, digest=digest, size=1, task_id=task_id)


def shown(story, *pairs, who=HANDLER):
    for stage, digest in pairs:
        story.does(photo(story, stage, digest), who, after=5)
    return story


def city_part():
    return signed(category=a_class(component=True))


def lacks(story):
    assert refusal(story, handling(story, notice="已告知")).code == "photos-missing"
    return refusal(story, handling(story, notice="已告知")).facts["missing"]


def test_what_is_no_picture_is_no_photograph():
    story = city_part()
    no = refusal(story, photo(story, "AFTER", "1", name="notes.txt"))
    assert (no.code, no.facts["name"]) == ("not-a-picture", "notes.txt")
    story.does(photo(story, "REPLY", "1", name="notes.txt"), HANDLER)
    assert is_picture("处置后.HEIC")
    assert not is_picture("jpg")


def test_before_and_after_are_two_pictures():
    story = shown(city_part(), ("BEFORE", "1"), ("AFTER", "1"))
    assert lacks(story) == ("AFTER",)
    shown(story, ("AFTER", "2"))
    assert lacking(task(story), story.on) == ()


def test_the_picture_of_before_may_be_older_and_anybodys():
    story = registered(category=a_class(component=True))
    story.does(photo(story, "BEFORE", "1"), OFFICER)
    story.does(File(case_id="x")).does(Dispatch(case_id="x", unit=a_unit()))
    story.does(Sign(case_id="x", task_id=task(story).id), HANDLER)
    assert lacks(story) == ("AFTER",)


def test_the_picture_of_after_is_the_tasks_own_and_younger_than_its_signing():
    story = dispatched(category=a_class(component=True))
    shown(story, ("BEFORE", "1"), ("AFTER", "2"), who=someone())
    story.does(Sign(case_id="x", task_id=task(story).id), HANDLER, after=5)
    assert lacks(story) == ("AFTER",)
    story.does(photo(story, "AFTER", "3", of_task=False), someone())
    assert lacks(story) == ("AFTER",)
    assert shown(story, ("AFTER", "4")).does(handling(story, notice="好"), HANDLER)


def test_rework_asks_for_a_new_picture_of_after():
    story = shown(city_part(), ("BEFORE", "1"), ("AFTER", "2"))
    sent_back(story.does(handling(story, notice="好"), HANDLER))
    assert lacks(story) == ("AFTER",)
    story.now += timedelta(minutes=5)
    story.does(photo(story, "AFTER", "3"), HANDLER)
    assert story.does(handling(story, notice="好"), HANDLER).case.status == "PENDING_CLOSURE"


def test_other_classes_need_no_pictures():
    story = signed()
    assert story.does(handling(story, notice="好"), HANDLER).case.status == "PENDING_CLOSURE"
