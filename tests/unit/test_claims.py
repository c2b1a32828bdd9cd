"""Claiming: one holder at a time, who lets go or is relieved by a leader, and no claim outlives the centre's hands."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import (
    Claim,
    Close,
    Dispatch,
    File,
    Handle,
    HandOver,
    OrderRework,
    Refuse,
    Release,
    Sign,
    TakeOver,
    Void,
)
from app.domain.decide import decide
from app.domain.objections import objection
from app.domain.permits import offers
from app.domain.refused import Refused
from app.domain.rules import IN_HAND
from app.domain.terms import Role
from tests.kit import MORNING, Story, a_unit, filed, registered, someone

pytestmark = pytest.mark.article(6)

LI, MEI = someone(login="li"), someone(login="mei")
ZHAO, WU = someone(Role.SHIFT_LEADER, login="zhao"), someone(Role.DIRECTOR, login="wu")
ANN = someone(Role.UNIT_HANDLER, login="ann")


def refusal(story: Story, wish, who) -> Refused:
    with pytest.raises(Refused) as no:
        story.does(wish, who)
    return no.value


def claimed(story: Story, who=LI) -> Story:
    return story.does(Claim(case_id=story.case.id), who)


def test_whoever_claims_holds_it_from_then_on():
    story = registered()
    story.now += timedelta(minutes=4)
    claimed(story)
    assert (story.case.holder, story.case.held_at) == ("li", MORNING + timedelta(minutes=4))


def test_a_second_claim_is_told_who_holds_it_and_since_when():
    story = claimed(registered())
    no = refusal(story, Claim(case_id=story.case.id), MEI)
    assert (no.code, no.facts) == ("claim-of-another", {"holder": "li", "at": story.case.held_at})
    assert refusal(story, Claim(case_id=story.case.id), LI).code == "claim-own-already"


def test_only_the_holder_lets_go_and_then_anybody_may_claim():
    story = registered()
    assert refusal(story, Release(case_id=story.case.id), LI).code == "claim-of-nobody"
    claimed(story)
    assert refusal(story, Release(case_id=story.case.id), ZHAO).code == "claim-of-another"
    story.does(Release(case_id=story.case.id), LI)
    assert (story.case.holder, story.case.held_at) == ("", None)
    assert claimed(story, MEI).case.holder == "mei"


def test_a_leader_takes_over_for_a_reason():
    story = registered()
    wish = TakeOver(case_id=story.case.id, reason="下班了")
    assert refusal(story, wish, ZHAO).code == "claim-of-nobody"
    claimed(story)
    assert refusal(story, wish, MEI).code == "not-permitted"
    assert refusal(story, TakeOver(case_id=story.case.id, reason=" "), ZHAO).code == "words-missing"
    assert story.does(wish, ZHAO).case.holder == "zhao"
    assert refusal(story, wish, ZHAO).code == "claim-own-already"
    assert story.does(wish, WU).case.holder == "wu"


def test_a_leader_gives_a_case_into_somebodys_hands():
    story = registered()
    story.now += timedelta(minutes=4)
    wish = HandOver(case_id=story.case.id, holder="mei")
    assert refusal(story, wish, LI).code == "not-permitted"
    assert refusal(story, HandOver(case_id=story.case.id, holder=""), ZHAO).code == "person-missing"
    assert story.does(wish, ZHAO).case.holder == "mei"
    assert story.case.held_at == MORNING + timedelta(minutes=4)
    no = refusal(story, wish, ZHAO)
    assert (no.code, no.facts) == ("claim-theirs-already", {"holder": "mei"})


def test_whoever_is_relieved_reads_why_and_one_gives_his_own_away_without_a_word():
    story = claimed(registered(), MEI)
    wish = HandOver(case_id=story.case.id, holder="li")
    assert refusal(story, wish, ZHAO).code == "words-missing"
    told = HandOver(case_id=story.case.id, holder="zhao", reason="下班了")
    assert story.does(told, WU).case.holder == "zhao"
    assert story.does(wish, ZHAO).case.holder == "li"


def test_what_is_with_a_unit_is_given_to_nobody():
    story = claimed(filed())
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), LI)
    wish = HandOver(case_id=story.case.id, holder="mei", reason="换班")
    assert refusal(story, wish, ZHAO).code == "not-now"


def test_a_claim_lasts_through_filing_and_ends_with_the_dispatch():
    story = claimed(registered())
    story.does(File(case_id=story.case.id), LI)
    assert story.case.holder == "li"
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), LI)
    assert (story.case.holder, story.case.held_at) == ("", None)


def test_a_claim_bars_nobody_from_the_work():
    story = claimed(filed())
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), MEI)
    assert story.case.holder == ""


def handled() -> Story:
    story = filed()
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), LI)
    task = story.on.tasks[0].id
    story.does(Sign(case_id=story.case.id, task_id=task), ANN)
    return story.does(Handle(case_id=story.case.id, task_id=task, result="好", notice="好"), ANN)


def test_the_review_is_claimed_anew_and_ends_with_it():
    story = claimed(handled(), MEI)
    story.does(Close(case_id=story.case.id, criteria=("COMPLAINT_SOLVED",)), MEI)
    assert story.case.holder == ""
    story = claimed(handled(), MEI)
    again = OrderRework(case_id=story.case.id, criterion="NOT_HANDLED", text="再去")
    assert story.does(again, MEI).case.holder == ""


def test_what_is_with_a_unit_is_not_claimed():
    story = filed()
    story.does(Dispatch(case_id=story.case.id, unit=a_unit()), LI)
    assert refusal(story, Claim(case_id=story.case.id), LI).code == "not-now"


@pytest.mark.parametrize(
    "end",
    [
        lambda id_: Refuse(case_id=id_, reason="NO_DEMAND", text="无", notice="无"),
        lambda id_: Void(case_id=id_, reason="误登"),
    ],
)
def test_a_claim_ends_with_the_case(end):
    story = claimed(registered())
    assert story.does(end(story.case.id), ZHAO).case.holder == ""


def test_each_is_offered_what_he_can_do_about_it():
    story = registered()
    ways = ("claim", "release", "take_over", "hand_over")

    def offered(who) -> list[str]:
        return [one for one in ways if offers(one, who.role, story.on, who.login)]

    assert [offered(one) for one in (LI, ZHAO, ANN)] == [["claim"], ["claim", "hand_over"], []]
    claimed(story)
    assert [offered(one) for one in (LI, MEI, ZHAO)] == [
        ["release"],
        [],
        ["take_over", "hand_over"],
    ]
    no = objection("claim", story.on, story.moment(MEI))
    assert no is not None
    assert no.code == "claim-of-another"


ACTS = st.sampled_from(
    [
        lambda id_: Claim(case_id=id_),
        lambda id_: Claim(case_id=id_),
        lambda id_: Release(case_id=id_),
        lambda id_: TakeOver(case_id=id_, reason="换班"),
        lambda id_: HandOver(case_id=id_, holder="wu", reason="换班"),
        lambda id_: File(case_id=id_),
        lambda id_: Dispatch(case_id=id_, unit=a_unit()),
    ]
)


@given(st.lists(st.tuples(ACTS, st.sampled_from([LI, MEI, ZHAO, WU])), max_size=12))
def test_whatever_is_asked_the_holder_is_who_asked_last_and_was_let(acts):
    """Against a naive list: who claims a free case has it; the one who has it lets go; a leader takes it."""
    story, holder, before = registered(), "", "REGISTERED"
    for act, who in acts:
        wish = act(story.case.id)
        try:
            story.does(wish, who)
        except Refused:
            if isinstance(wish, Claim):
                assert holder or before not in IN_HAND
            continue
        match wish:
            case Claim():
                assert holder == ""
                holder = who.login
            case TakeOver():
                assert holder not in ("", who.login)
                holder = who.login
            case HandOver():
                assert holder != "wu"
                holder = "wu"
            case Release() | Dispatch():
                assert isinstance(wish, Dispatch) or holder == who.login
                holder = ""
            case _:
                pass
        before = story.case.status
        assert story.case.holder == holder
        assert (story.case.held_at is None) == (holder == "")


@given(st.permutations([LI, MEI, ZHAO, WU]))
def test_of_those_who_claim_from_the_same_sight_only_the_first_has_the_base(order):
    """Each decides on what he saw; the base in the effect is what the centre compares."""
    story = registered()
    seen = story.on
    bases = {
        decide(Claim(case_id=seen.case.id), seen, story.moment(who)).effects[0].base
        for who in order
    }
    assert bases == {seen.case.changed_by}
    claimed(story, order[0])
    assert story.case.changed_by not in bases
