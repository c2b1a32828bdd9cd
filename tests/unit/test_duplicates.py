"""Which cases are proposed as reports of one event, and why; nothing is by words alone from afar."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case import ENDED
from app.domain.commands import Merge, Void
from app.domain.duplicates import (
    CLASS,
    COMMUNITY,
    PLACE,
    REPORTER,
    WORDS,
    Advice,
    beside,
    proposed,
)
from app.domain.likeness import common, contained, pairs
from app.domain.terms import CaseStatus, Nature
from app.services.joining import foresee_merge, questions
from tests.graphs import Graph
from tests.kit import setting, someone

pytestmark = pytest.mark.article(18)
TEXTS = st.text("路灯不亮积水严重噪声扰民，。 ", max_size=40)


def found(one, *others):
    rules = setting()
    policy, taxonomy = rules.policy(one), rules.directory.taxonomy
    return {each.case.id: each.reasons for each in proposed(one, others, policy, taxonomy)}


def a_pair():
    graph = Graph()
    other = replace(graph.case(graph.registered(60)), address="别处的另一条路7号")
    return graph.case(graph.filed()), other


@pytest.fixture
def pair():
    return a_pair()


def test_the_same_class_and_place_within_the_window_and_words_as_well(pair):
    one, other = pair
    assert found(one, other) == {other.id: (CLASS, COMMUNITY, WORDS)}
    silent = replace(other, narrative="另一回事，与此无关")
    assert found(one, silent) == {other.id: (CLASS, COMMUNITY)}


def test_after_the_window_only_the_same_words_count(pair):
    one, other = pair
    late = replace(other, registered_at=one.registered_at + timedelta(hours=73))
    assert found(one, late) == {other.id: (CLASS, COMMUNITY, WORDS)}
    assert found(one, replace(late, narrative="另一回事，与此无关")) == {}
    assert found(one, replace(late, registered_at=one.registered_at + timedelta(days=31))) == {}


def test_words_alone_from_afar_are_no_reason(pair):
    one, other = pair
    assert found(one, replace(other, community="elsewhere", category=None)) == {}
    assert found(one, replace(other, community="elsewhere")) == {other.id: (CLASS, WORDS)}


@pytest.mark.parametrize("status", [CaseStatus.VOID, CaseStatus.MERGED, CaseStatus.CLOSED_ON_TIME])
def test_what_cannot_be_merged_is_not_proposed(pair, status):
    one, other = pair
    assert found(one, replace(other, status=status)) == {}


def test_neither_itself_nor_another_nature_is(pair):
    one, other = pair
    assert found(one, one, replace(other, nature=Nature.INQUIRY)) == {}


def test_the_likeliest_comes_first(pair):
    one, other = pair
    less = replace(other, id="less", narrative="另一回事，与此无关")
    assert list(found(one, less, other)) == [other.id, "less"]


@given(TEXTS, TEXTS)
def test_words_that_both_have_stand_in_the_first_as_they_are(one, other):
    for word in common(one, pairs(other), 3):
        assert word in one.casefold()
        assert pairs(word) <= pairs(other)


def test_a_few_signs_are_no_likeness():
    assert contained(pairs("路灯"), pairs("路灯不亮"), 4) == 0.0
    assert contained(pairs("路灯不亮了"), pairs("路灯不亮了，请修"), 4) == 1.0
    assert contained(frozenset(), frozenset(), 0) == 0.0


def advice(case, other, own=()):
    rules = setting()
    told = beside(case, [other], rules.policy(case), rules.directory.taxonomy, own)
    return [(one.advice, one.reasons) for one in told]


@pytest.fixture
def two():
    """A report that is being taken in, and an open one in the same words of somebody else."""
    graph = Graph()
    new, open_ = graph.case(graph.registered(60)), graph.case(graph.filed())
    long = "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了，请尽快维修"
    return replace(new, reporter_key="a", narrative=long), replace(
        open_, reporter_key="b", narrative=long
    )


@pytest.mark.article(11)
def test_who_says_it_again_is_refused_and_who_says_the_same_as_another_is_merged(two):
    new, other = two
    assert [one for one, _ in advice(new, other)] == [Advice.MERGE]
    ((refuse, reasons),) = advice(new, replace(other, reporter_key="a"))
    assert (refuse, reasons[-1]) == (Advice.REFUSE, REPORTER)
    assert [one for one, _ in advice(new, other, {other.id})] == [Advice.REFUSE]
    nameless = replace(new, reporter_key=None), replace(other, reporter_key=None)
    assert [one for one, _ in advice(*nameless)] == [Advice.MERGE]


@given(st.sampled_from(CaseStatus), st.sampled_from(CaseStatus), st.floats(0, 40), st.booleans())
def test_nobody_is_refused_for_what_another_said_nor_for_what_has_ended(mine, theirs, days, same):
    new, other = a_pair()
    new, other = replace(new, status=mine), replace(other, status=theirs)
    other = replace(other, registered_at=new.registered_at - timedelta(days=days))
    for told, reasons in advice(new, other, {other.id} if same else ()):
        assert told is not Advice.MERGE or (not same and other.status not in ENDED)
        assert told is not Advice.REFUSE or (same and other.status not in ENDED)
        assert (REPORTER in reasons) == same


def test_before_place_and_class_are_known_the_same_words_are_shown_but_nothing_is_proposed(two):
    new, other = two
    bare = replace(new, community=None, category=None, address="")
    assert advice(bare, other) == [(Advice.NONE, (WORDS,))]
    assert advice(replace(bare, community="elsewhere"), other) == []


def test_somebodys_half_alike_words_are_no_repeat_and_an_address_is_a_place(two):
    new, other = two
    half = replace(other, narrative=new.narrative[:17] + "孩子晚上放学回家要摸黑走过去很危险")
    assert [one for one, _ in advice(new, half, {other.id})] == [Advice.NONE]
    there = {"address": "幸福里12号楼", "community": None}
    ((_, reasons),) = advice(replace(new, **there), replace(other, **there))
    assert PLACE in reasons


def test_what_merging_leads_to_is_told_beforehand_by_the_same_rules():
    graph = Graph()
    member, into = graph.filed(), graph.filed(45)
    wish = Merge(case_id=into, members=(member,))
    told = foresee_merge(graph.cases[into], [graph.cases[member]], graph.moment(wish, someone()))
    graph.does(wish)
    assert told.no is None
    assert told.after is not None
    assert told.before is not None
    assert (told.after.due, told.after.shared) == (
        graph.case(into).due_at,
        graph.case(member).number,
    )
    assert told.after.due < told.before.due
    again = foresee_merge(graph.cases[member], [graph.cases[into]], graph.moment(wish, someone()))
    assert again.no is not None


def test_it_is_asked_for_the_place_and_the_class(pair):
    one, _ = pair
    graph, rules = Graph(), setting()
    moment = graph.moment(Void(case_id=one.id, reason=""), someone())
    asked = questions(one, rules.policy(one), rules.directory.taxonomy, moment)
    assert [(each.filter.community, bool(each.filter.category)) for each in asked] == [
        (one.community, False),
        (None, True),
    ]
