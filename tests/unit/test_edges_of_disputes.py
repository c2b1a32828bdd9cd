"""What disputes, parts and warnings do where little is there, line by line: only random lives had come by."""

from dataclasses import replace

import pytest

from app.domain.case import Coordination, Task
from app.domain.commands import AcknowledgeWarning, Demand, GrowWarning
from app.domain.coordinations import units_of
from app.domain.evidence import returns_of
from app.domain.fallbacks import clocks_of as steps_of
from app.domain.limits import Limit, LimitUnit
from app.domain.measures.blockers import review
from app.domain.measures.coordinating import _designated
from app.domain.measures.splitting import _part
from app.domain.measures.whole import _as_it_is
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.terms import TaskPart, TaskStatus
from app.domain.warnings import clocks_of, is_shelved, muted_until
from app.services.splits import foresee_split
from tests.kit import a_unit, filed, registered, setting, someone
from tests.unit.test_blockers import LEADER
from tests.unit.test_fallback import falls, given_back
from tests.unit.test_suspension import asked as asked_to_rest
from tests.unit.test_warnings import raised

POLICY = setting().policy(filed().case)


def test_units_called_together_are_read_from_their_text():
    one = Coordination(
        id="c", district="d", case_id="x", status="OPEN", units="|a|b|", opened_at=filed().now
    )
    assert units_of(one) == ("a", "b")


def test_what_is_no_return_counts_for_none():
    assert returns_of(asked_to_rest().on) == ()


def test_an_edition_without_a_limit_for_a_step_gives_it_no_clock():
    on = falls(given_back(), "FIRST_ASKED", a_unit()).on
    assert list(steps_of(on, POLICY, None))
    assert list(steps_of(on, replace(POLICY, parameters={}), None)) == []


def test_a_blocker_is_decided_within_four_working_hours():
    story = filed()
    assert review(story.on, story.moment(LEADER)) == Limit(4, LimitUnit.WORK_HOUR)


def test_who_assists_already_is_not_sent_the_case_once_more():
    story = asked_to_rest()
    (lead,) = story.on.live_tasks
    done = Coordination(
        id="c", district="d", case_id="x", status="RULED", unit=lead.unit, opened_at=story.now
    )
    before = replace(lead, id="other", part=TaskPart.ASSIST)
    assert list(_designated(before, done, story.on, story.moment(LEADER))) == []


def test_a_part_has_a_place_of_its_own_or_its_report_s():
    story = filed()
    on, moment = story.on, story.moment(someone())
    other = next(one for one in setting().directory.communities if one.street != on.case.street)
    given = {
        "": (on.case.address, on.case.street, on.case.community),
        "address": ("后门", on.case.street, on.case.community),
        "street": (on.case.address, other.street, None),
        "community": (on.case.address, None, other.code),
    }
    values = {"address": "后门", "street": other.street, "community": other.code}
    for name, place in given.items():
        demand = Demand(narrative="请办。", **({name: values[name]} if name else {}))
        part = _part(demand, 1, on, moment)
        assert (part.address, part.street, part.community) == place, name


def test_a_part_that_lacks_what_filing_asks_for_is_none():
    story = filed()
    bare = replace(story.on, case=replace(story.case, address=""))
    with pytest.raises(Refused, match="filing-incomplete"):
        _part(Demand(narrative="请办。"), 1, bare, story.moment(someone()))


def test_a_split_is_foreseen_with_the_clock_that_binds_each_part_or_with_the_rules_no():
    story = filed()
    two = (Demand(narrative="甲事请办。"), Demand(narrative="乙事请办。"))
    seen = foresee_split(story.on, two, story.moment(someone()))
    assert [case.narrative for case, _ in seen.each] == ["甲事请办。", "乙事请办。"]
    assert all(clock is not None for _, clock in seen.each)
    no = foresee_split(story.on, two[:1], story.moment(someone())).no
    assert no is not None
    assert no.code == "split-too-few"


def test_rows_of_other_cases_are_not_the_report_s():
    story = filed()
    theirs = Task(
        id="t",
        district="d",
        case_id="another",
        status=TaskStatus.SIGNED,
        unit=a_unit(),
        dispatched_at=story.now,
    )
    assert _as_it_is(story.on, (theirs,)) == story.on


def test_a_warning_of_an_odd_level_or_another_id_is_refused_and_one_that_is_not_red_may_rest():
    story = raised(registered())
    (one,) = story.on.warnings
    odd = GrowWarning(
        case_id=story.case.id,
        warning_id=one.id,
        level="PINK",
        count=11,
        cases=("c",),
        evidence="{}",
        fence=1,
    )
    heard = AcknowledgeWarning(
        case_id=story.case.id, warning_id="other", recipient="PETITIONS", method="OA"
    )
    for wish, code in ((odd, "warning-odd"), (heard, "warning-missing")):
        with pytest.raises(Refused, match=code):
            story.does(wish)
    assert objection("shelve_warning", story.on, story.moment(LEADER)) is None
    assert list(clocks_of(one, replace(POLICY, clocks={}))) == []
    assert muted_until(story.now, POLICY) > story.now
    assert is_shelved(replace(one, shelved_until=muted_until(story.now, POLICY)), story.now)
    assert not is_shelved(one, story.now)
