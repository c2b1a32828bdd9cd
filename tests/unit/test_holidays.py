"""Holidays and make-up days, day by day against the State Council's notices, and the table laid over them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from resources.loading import Expected, Wrong, load_holidays

# The calendar, as the State Council's notices have it: days off, and weekend days worked.

NOTICES = {
    2018: (
        "1/1; 2/15-2/21; 4/5-4/7; 4/29-5/1; 6/18; 9/24; 10/1-10/7; 12/30-12/31",
        "2/11 2/24 4/8 4/28 9/29 9/30 12/29",
    ),
    2019: (
        "1/1; 2/4-2/10; 4/5; 5/1-5/4; 6/7; 9/13; 10/1-10/7",
        "2/2 2/3 4/28 5/5 9/29 10/12",
    ),
    2020: (
        "1/1; 1/24-2/2; 4/4-4/6; 5/1-5/5; 6/25-6/27; 10/1-10/8",
        "1/19 4/26 5/9 6/28 9/27 10/10",
    ),
    2021: (
        "1/1-1/3; 2/11-2/17; 4/3-4/5; 5/1-5/5; 6/12-6/14; 9/19-9/21; 10/1-10/7",
        "2/7 2/20 4/25 5/8 9/18 9/26 10/9",
    ),
    2022: (
        "1/1-1/3; 1/31-2/6; 4/3-4/5; 4/30-5/4; 6/3-6/5; 9/10-9/12; 10/1-10/7; 12/31",
        "1/29 1/30 4/2 4/24 5/7 10/8 10/9",
    ),
    2023: (
        "1/1-1/2; 1/21-1/27; 4/5; 4/29-5/3; 6/22-6/24; 9/29-10/6",
        "1/28 1/29 4/23 5/6 6/25 10/7 10/8",
    ),
    2024: (
        "1/1; 2/10-2/17; 4/4-4/6; 5/1-5/5; 6/10; 9/15-9/17; 10/1-10/7",
        "2/4 2/18 4/7 4/28 5/11 9/14 9/29 10/12",
    ),
    2025: (
        "1/1; 1/28-2/4; 4/4-4/6; 5/1-5/5; 5/31-6/2; 10/1-10/8",
        "1/26 2/8 4/27 9/28 10/11",
    ),
    2026: (
        "1/1-1/3; 2/15-2/23; 4/4-4/6; 5/1-5/5; 6/19-6/21; 9/25-9/27; 10/1-10/7",
        "1/4 2/14 2/28 5/9 9/20 10/10",
    ),
}
SATURDAY = 5


def day_of(year: int, text: str) -> date:
    month, day = text.split("/")
    return date(year, int(month), int(day))


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def announced(year: int) -> tuple[set[date], set[date]]:
    spans, worked = NOTICES[year]
    off = {
        day
        for span in spans.split("; ")
        for day in days_of(day_of(year, span.split("-")[0]), day_of(year, span.split("-")[-1]))
    }
    return off, {day_of(year, text) for text in worked.split()}


@pytest.mark.parametrize("year", NOTICES)
def test_each_day_of_the_year_is_worked_or_not_as_announced(year):
    off, worked = announced(year)
    holidays = load_holidays()
    assert year in holidays.years
    for day in days_of(date(year, 1, 1), date(year, 12, 31)):
        weekend = day.weekday() >= SATURDAY
        expected = day in worked or (not weekend and day not in off)
        found = day in holidays.makeup or (not weekend and day not in holidays.off)
        assert found == expected, day
    assert {day for day in holidays.makeup if day.year == year} == worked
    assert not holidays.off & holidays.makeup


def test_only_announced_years_are_known():
    assert load_holidays().years == frozenset(NOTICES)


def overrides(tmp_path: Path, text: str) -> Path:
    (tmp_path / "overrides.csv").write_text(f"date,kind,name\n{text}", encoding="utf-8")
    return tmp_path / "overrides.csv"


def test_the_table_overrides_what_was_announced(tmp_path):
    lines = "2024-10-12,OFF,台风\n2024-10-01,WORK,\n2024-10-05,WORK,抢险\n2024-11-11,OFF,\n"
    holidays = load_holidays(overrides(tmp_path, lines))
    assert date(2024, 10, 12) in holidays.off
    assert date(2024, 10, 12) not in holidays.makeup
    assert date(2024, 10, 1) not in holidays.off | holidays.makeup
    assert date(2024, 10, 5) in holidays.makeup
    assert date(2024, 11, 11) in holidays.off
    assert holidays.years == frozenset(NOTICES)


def test_a_year_is_known_once_the_table_says_it_is_complete(tmp_path):
    partly = load_holidays(overrides(tmp_path, "2027-01-01,OFF,元旦\n"))
    assert date(2027, 1, 1) in partly.off
    assert 2027 not in partly.years
    whole = load_holidays(overrides(tmp_path, "2027-01-01,OFF,元旦\n2027-01-01,YEAR,\n"))
    assert 2027 in whole.years


@pytest.mark.parametrize(
    ("lines", "line", "field", "expected"),
    [
        ("2024-02-30,OFF,\n", 2, "date", Expected.DATE),
        ("2024-02-20,REST,\n", 2, "kind", Expected.CHOICE),
        ("2024-02-20,OFF,\n2024-02-20,WORK,\n", 3, "date", Expected.UNIQUE),
    ],
)
def test_a_wrong_table_of_days(tmp_path, lines, line, field, expected):
    with pytest.raises(Wrong) as caught:
        load_holidays(overrides(tmp_path, lines))
    assert (caught.value.line, caught.value.field, caught.value.expected) == (
        line,
        field,
        expected,
    )
