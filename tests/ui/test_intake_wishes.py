"""What a form asks for once its report is on the books: every correction is a command, none is lost."""

from dataclasses import replace

import pytest

from app.domain.commands import (
    Amend,
    Classify,
    Command,
    LowerGrade,
    Person,
    RaiseGrade,
    Register,
)
from app.domain.terms import Grade, Nature
from ui.views.intake_wishes import Booked

REPORTER = Person(name="张伟", phone="13800000000")
#: Classes and the grades that they have by themselves.
CALM, PRESSING = "0101", "0201"
BOOKED = Register(
    narrative="路灯不亮",
    address="幸福里",
    street="S",
    community="C",
    category=CALM,
    channel="12345",
    reporter=REPORTER,
)


def usual(category: str | None) -> Grade:
    return Grade.A if category == PRESSING else Grade.C


def asked(before: Register = BOOKED, **changed: object) -> tuple[Command, ...]:
    booked = Booked.of_draft(Booked("c", "n", before).in_draft)
    assert booked is not None
    return booked.changed(replace(before, **changed), usual, "选错")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reporter": replace(REPORTER, phone="13900000000")}, {"phone": "13900000000"}),
        ({"reporter": replace(REPORTER, name="")}, {"name": ""}),
        ({"keep_secret": True}, {"keep_secret": True}),
        ({"safety_hazard": True}, {"safety_hazard": True}),
        ({"channel": "WEB"}, {"channel": "WEB"}),
        ({"street": None, "community": None}, {"street": "", "community": ""}),
        ({"address": ""}, {"address": ""}),
        ({"nature": Nature.INQUIRY}, {"nature": Nature.INQUIRY}),
        ({"category": None}, {"without_class": True}),
    ],
)
def test_every_field_that_reads_otherwise_is_put_right(changed, said):
    assert asked(**changed) == (Amend(case_id="c", **said),)


def test_what_reads_as_before_asks_for_nothing():
    assert asked() == ()
    assert asked(replace(BOOKED, keep_secret=True, grade=Grade.B)) == ()


def test_a_grade_is_raised_or_lowered_from_where_the_class_has_put_it():
    assert asked(grade=Grade.B) == (RaiseGrade(case_id="c", grade=Grade.B),)
    assert asked(grade=Grade.C) == ()
    lowered = LowerGrade(case_id="c", grade=Grade.C, reason="选错")
    assert asked(replace(BOOKED, grade=Grade.A), grade=Grade.C) == (lowered,)
    pressing = Classify(case_id="c", category=PRESSING)
    assert asked(category=PRESSING, grade=Grade.C) == (pressing, lowered)
    assert asked(category=PRESSING) == (pressing,)
