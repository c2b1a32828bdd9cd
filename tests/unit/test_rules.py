"""THE table against the rest of the house: every kind decided, permitted to somebody, and undone rightly."""

import pytest

from app.domain.case import TABLES
from app.domain.commands import KINDS
from app.domain.decide import DECIDES
from app.domain.effects import kinds_of
from app.domain.permits import may, offers
from app.domain.rules import LEADERS, RULES, SETTLED, UNDOABLE, WITHDRAWN, rules_of, undo_of
from app.domain.terms import CaseStatus, Nature, Role, TaskStatus
from tests.kit import filed, registered

DECISIONS = ("approve_return", "refuse_return", "approve_reveal", "refuse_reveal")
WISHES = [kind for kind in KINDS if kind != "undo"]


@pytest.mark.article(7)
@pytest.mark.parametrize("kind", WISHES)
def test_every_wish_has_a_rule_and_a_decision(kind):
    assert KINDS[kind] in DECIDES
    assert any(rule.kind == kind for rule in RULES)


def test_the_table_speaks_of_nothing_unknown():
    known = {*WISHES, *map(undo_of, UNDOABLE)}
    for rule in RULES:
        assert rule.kind in known
        assert rule.fields <= set(kinds_of(TABLES[rule.table])) - {"id", "changed_by", "status"} | {
            "status"
        }
        assert rule.stamps <= set(kinds_of(TABLES[rule.table]))


def test_states_are_states():
    states = {"case_file": set(CaseStatus), "task": set(TaskStatus)}
    for rule in RULES:
        for state in (rule.before, rule.after):
            if state is not None and rule.table in states:
                assert state in states[rule.table], rule


def test_no_rule_writes_what_belongs_to_the_store():
    assert not any({"id", "changed_by"} & rule.fields for rule in RULES)


@pytest.mark.parametrize("kind", sorted(UNDOABLE))
def test_an_undo_leads_back_to_where_its_command_came_from(kind):
    for role in Role:
        forward = {(r.table, r.before, r.after) for r in rules_of(kind, role) if not r.is_insert}
        back = {(r.table, r.after, r.before) for r in rules_of(undo_of(kind), role)}
        for table, before, after in forward:
            here = before if after is None else after
            assert (table, None if after is None else before, here) in back


def test_an_undone_insert_is_withdrawn():
    states = {r.after for r in rules_of("undo.add_note", Role.OPERATOR)}
    assert states == {WITHDRAWN}
    assert {r.after for r in rules_of("undo.dispatch", Role.OPERATOR) if r.table == "task"} == {
        "CANCELLED"
    }


def test_a_registration_taken_back_stays_on_the_books():
    (back,) = rules_of("undo.register", Role.OPERATOR)
    assert (back.before, back.after, back.fields) == ("REGISTERED", "VOID", SETTLED)


@pytest.mark.article(3)
def test_only_leaders_void():
    assert {rule.role for rule in RULES if rule.kind == "void"} == set(LEADERS)


def test_only_leaders_decide_returns():
    for kind in (*DECISIONS, "lower_grade"):
        assert {rule.role for rule in RULES if rule.kind == kind} == {
            Role.SHIFT_LEADER,
            Role.DIRECTOR,
        }


def test_nobody_decides_his_own_request():
    for rule in RULES:
        if rule.kind in DECISIONS and rule.table == "request":
            assert rule.not_by == "asked_by"
        if rule.kind == "close" and rule.table == "task":
            assert rule.not_by == "handled_by"


def test_no_rule_for_a_return_fits_a_request_to_see_the_reporter_nor_the_other_way():
    """A leader who agrees to the one has not agreed to the other, whatever a program would like to make of it."""
    states = {
        is_reveal: {
            state
            for rule in RULES
            if rule.table == "request"
            and (("reveal" in rule.kind or "see_" in rule.kind) is is_reveal)
            for state in (rule.before, rule.after)
        }
        for is_reveal in (True, False)
    }
    assert states[True] & states[False] == {None, WITHDRAWN}
    assert undo_of("see_reporter") not in {rule.kind for rule in RULES}, "seen is seen"


def test_the_screen_offers_what_the_state_permits():
    story = registered()
    assert may("register", Role.OPERATOR, None)
    assert may("file", Role.OPERATOR, story.on)
    assert not may("dispatch", Role.OPERATOR, story.on)
    assert not may("file", Role.OPERATOR, None)
    assert not may("file", Role.UNIT_HANDLER, story.on)
    assert not may("file", Role.OPERATOR, filed().on)
    assert may("dispatch", Role.OPERATOR, filed().on)
    assert may("add_note", Role.GRID_OFFICER, story.on)
    assert not may("add_note", Role.OPERATOR, None)


def test_the_screen_does_not_offer_what_the_nature_forbids():
    plain, thanks = registered(), registered(nature=Nature.THANKS)
    assert offers("file", Role.OPERATOR, plain.on)
    assert not offers("commend", Role.OPERATOR, plain.on)
    assert offers("commend", Role.OPERATOR, thanks.on)
    assert not offers("file", Role.OPERATOR, thanks.on)
    assert not offers("dispatch", Role.OPERATOR, plain.on)
