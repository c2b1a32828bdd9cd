"""Which cases are proposed as reports of one event, and why; nothing is by words alone from afar."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import Merge, Void
from app.domain.duplicates import CLASS, COMMUNITY, WORDS, contained, proposed
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


@pytest.fixture
def pair():
    graph = Graph()
    return graph.case(graph.filed()), graph.case(graph.registered(60))


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
def test_containment_is_a_share_whichever_text_comes_first(one, other):
    assert 0.0 <= contained(one, other) == contained(other, one) <= 1.0


@given(TEXTS, TEXTS)
def test_a_text_stands_wholly_in_a_longer_one(one, more):
    share = contained(one, f"{one}{more}")
    assert share in (0.0, 1.0)


def test_a_few_signs_are_no_likeness():
    assert contained("路灯", "路灯不亮") == 0.0
    assert contained("路灯不亮了", "路灯不亮了，请修") == 1.0


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
