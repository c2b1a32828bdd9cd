"""How an amount of time is read as it is typed: a number, a day, an hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import LOCAL, day_end, local_date
from ui.models.amounts import read

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)  # 10:00 in Shenzhen


def at(*parts):
    return datetime(*parts, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3", 3),
        (" +12 ", 12),
        ("12-05", at(2026, 12, 5, 23, 59, 59)),
        ("12月5日", at(2026, 12, 5, 23, 59, 59)),
        ("11-27", at(2026, 11, 27, 23, 59, 59)),
        ("11-26", at(2027, 11, 26, 23, 59, 59)),
        ("2027-01-03", at(2027, 1, 3, 23, 59, 59)),
        ("2026-11-26", at(2026, 11, 26, 23, 59, 59)),
        ("12-05 17:00", at(2026, 12, 5, 17, 0)),
        ("12/5 9:05", at(2026, 12, 5, 9, 5)),
        ("17:30", at(2026, 11, 27, 17, 30)),
        ("13-40", None),
        ("12-05 25:00", None),
        ("12-05 17", None),
        ("soon", None),
        ("", None),
        ("1234", None),
    ],
)
def test_numbers_days_and_hours(text, meant):
    assert read(text, NOW) == meant


@given(st.integers(0, 300))
def test_a_day_without_a_year_is_the_next_of_that_name(days):
    day = NOW + timedelta(days=days)
    assert read(f"{day.astimezone(LOCAL):%m-%d}", NOW) == day_end(local_date(day))


@given(st.text(max_size=12))
def test_nothing_that_is_typed_does_harm(text):
    assert isinstance(read(text, NOW), int | datetime | None)
