"""Early warnings: raised once a key and day, growing in place, acknowledged by all who are to hear, and then over."""

from datetime import timedelta
from itertools import pairwise

import pytest

from app.domain.calendar import local_date
from app.domain.clocks import measure
from app.domain.commands import (
    AcknowledgeWarning,
    CloseWarning,
    GrowWarning,
    MuteWarning,
    PlanWarning,
    RaiseWarning,
    ShelveWarning,
)
from app.domain.objections import objection
from app.domain.refused import Refused
from app.domain.terms import Clock, Role
from app.domain.warnings import LEVELS, clocks_of, id_of, key_of, recipients_of, waiting
from tests.kit import Story, registered, setting, someone

pytestmark = pytest.mark.article(23)

KEY = key_of("FREQUENT", "0306", "COMMUNITY", "10005")


def raised(story: Story, level: str = "BLUE", many: int = 10, **more: object) -> Story:
    given = {
        "warning_id": id_of(story.case.district, KEY, local_date(story.now)),
        "scope": "FREQUENT",
        "level": level,
        "count": many,
        "cases": tuple(f"c{one}" for one in range(many)),
        "evidence": "{}",
        "fence": 1,
        "subject": "ENV_NIMBY",
        "category": "0306",
        "grain": "COMMUNITY",
        "place": "10005",
        "hours": 24,
        **more,
    }
    return story.does(RaiseWarning(case_id=story.case.id, **given))  # type: ignore[arg-type]


def grown(story: Story, level: str, many: int, after: int = 0) -> Story:
    (one,) = story.on.warnings
    cases = tuple(f"c{one}" for one in range(many))
    wish = GrowWarning(
        case_id=story.case.id,
        warning_id=one.id,
        level=level,
        count=many,
        cases=cases,
        evidence="{}",
        fence=1,
    )
    return story.does(wish, after=after)


def heard(story: Story, recipient: str, method: str = "OA") -> Story:
    (one,) = story.on.warnings
    wish = AcknowledgeWarning(
        case_id=story.case.id, warning_id=one.id, recipient=recipient, method=method
    )
    return story.does(wish)


def answered(story: Story, kind: type, **more: object) -> Story:
    (one,) = story.on.warnings
    return story.does(kind(case_id=story.case.id, warning_id=one.id, **more))


def due(story: Story) -> dict[str, float]:
    """Hours until each clock of the warning is over."""
    policy = setting().policy(story.case)
    found = clocks_of(story.on.warnings[0], policy)
    ledgers = [
        measure(Clock.K13, about, terms, span, setting().calendar(policy))
        for about, terms, span in found
    ]
    return {one.matter: (one.due - one.started) / timedelta(hours=1) for one in ledgers if one.due}


def test_a_key_is_raised_once_a_day_and_carries_all_that_it_was_raised_on():
    story = raised(registered())
    (one,) = story.on.warnings
    assert (one.status, one.count, one.raised_by) == ("RAISED", 10, someone().login)
    assert one.cases.split()[0] == "c0"
    with pytest.raises(Refused, match="warning-there"):
        raised(story)
    for wrong in (
        {"warning_id": "x"},
        {"level": "PINK"},
        {"scope": "ODD"},
        {"cases": ()},
        {"count": 9},
    ):
        with pytest.raises(Refused, match="warning-odd"):
            raised(registered(), **wrong)


def test_it_grows_in_place_and_a_graver_level_is_heard_of_anew():
    story = heard(heard(raised(registered()), "RESPONSIBLE_UNIT"), "STREET_OFFICE")
    assert story.on.warnings[0].status == "ACKNOWLEDGED"
    grown(story, "BLUE", 12, after=30)
    (one,) = story.on.warnings
    assert (one.status, one.count, one.grown_at) == ("ACKNOWLEDGED", 12, story.now)
    for level, many in (("BLUE", 12), ("BLUE", 3)):
        with pytest.raises(Refused, match="nothing-changed"):
            grown(story, level, many)
    grown(story, "ORANGE", 14)
    (one,) = story.on.warnings
    assert (one.status, one.level, one.acknowledged, one.levelled_at) == (
        *("RAISED", "ORANGE", ""),
        story.now,
    )
    grown(story, "BLUE", 20)
    assert story.on.warnings[0].level == "ORANGE"  # it never falls


def test_each_level_has_its_recipients_and_clocks():
    policy = setting().policy(registered().case)
    told = [recipients_of(one, "", policy) for one in LEVELS]
    assert all(set(less) < set(more) for less, more in pairwise(told))
    assert "POLITICS_LAW" in recipients_of("YELLOW", "PUBLIC_ORDER", policy)
    assert "POLITICS_LAW" not in recipients_of("BLUE", "PUBLIC_ORDER", policy)
    hours = [due(raised(registered(), one)) for one in LEVELS]
    assert (hours[3]["RED"], hours[3]["PLAN_RED"], hours[2]["ORANGE"]) == (0.5, 2, 2)
    assert hours[0]["BLUE"] > hours[1]["YELLOW"] > 2


def test_it_counts_as_acknowledged_once_all_have_heard_and_red_ones_by_telephone():
    story = raised(registered(), "RED")
    policy = setting().policy(story.case)
    with pytest.raises(Refused, match="warning-by-phone"):
        heard(story, "PETITIONS")
    with pytest.raises(Refused, match="recipient-unknown"):
        heard(story, "MAYOR", "PHONE")
    with pytest.raises(Refused, match="method-unknown"):
        heard(story, "PETITIONS", "PIGEON")
    wanted = waiting(story.on.warnings[0], policy)
    for number, one in enumerate(wanted):
        assert story.on.warnings[0].status == "RAISED"
        heard(story, one, "PHONE")
        assert waiting(story.on.warnings[0], policy) == wanted[number + 1 :]
    assert story.on.warnings[0].status == "ACKNOWLEDGED"
    with pytest.raises(Refused, match="not-now"):
        heard(story, wanted[0], "PHONE")
    twice = heard(raised(registered(), "YELLOW"), "PETITIONS")
    with pytest.raises(Refused, match="nothing-changed"):
        heard(twice, "PETITIONS")


def test_it_rests_for_a_reason_is_muted_for_a_cause_and_planned_for():
    story = raised(registered())
    late = story.now + timedelta(hours=9)
    with pytest.raises(Refused, match="shelf-length"):
        answered(story, ShelveWarning, until=late, text="等通知")
    with pytest.raises(Refused, match="words-missing"):
        answered(story, ShelveWarning, until=story.now + timedelta(hours=1), text=" ")
    answered(story, ShelveWarning, until=story.now + timedelta(hours=1), text="等通知")
    assert story.on.warnings[0].shelved_until == story.now + timedelta(hours=1)
    answered(story, PlanWarning, text="约谈施工单位")
    assert story.on.warnings[0].status == "PLANNED"
    answered(story, MuteWarning, text="地铁施工，已公告")
    assert story.on.warnings[0].muted_until == story.now + timedelta(days=7)
    with pytest.raises(Refused):
        answered(story, PlanWarning, text="约谈")
    red = raised(registered(), "RED")
    with pytest.raises(Refused, match="warning-red"):
        answered(red, ShelveWarning, until=red.now + timedelta(hours=1), text="等通知")


def test_it_is_over_only_after_its_quiet_days():
    story = grown(raised(registered()), "BLUE", 11, after=60)
    (one,) = story.on.warnings
    wish = CloseWarning(case_id=story.case.id, warning_id=one.id, fence=1)
    with pytest.raises(Refused, match="warning-lively"):
        story.does(wish, after=7 * 24 * 60 - 1)
    story.does(wish, after=1)
    assert story.on.warnings[0].status == "CLOSED"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("acknowledge_warning", "warning-missing"),
        ("plan_warning", "warning-missing"),
        ("shelve_warning", "warning-missing"),
        ("mute_warning", "warning-missing"),
    ],
)
def test_a_button_says_why_not(kind: str, code: str):
    story = registered()
    no = objection(kind, story.on, story.moment(someone()))
    assert no is not None
    assert no.code == code
    raised(story, "RED")
    no = objection(kind, story.on, story.moment(someone(Role.SHIFT_LEADER)))
    assert (no and no.code) == ("warning-red" if kind == "shelve_warning" else None)
