"""Working days, make-up days and shifts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Calendar, Holidays, day_end, day_start, local_date
from app.domain.refused import Refused
from tests.calendars import ANNOUNCED, OFFICE, OFFICE_HOURS, at

pytestmark = pytest.mark.article(15)

NO_HOLIDAYS = Calendar(Holidays(frozenset(), frozenset(), frozenset()), OFFICE)
ROUND_THE_CLOCK = Calendar(ANNOUNCED, ((time(0), time(0)),))
DAY = timedelta(days=1)

moments = st.timedeltas(timedelta(0), timedelta(days=3650)).map(at("2017-06-01T00:00").__add__)
days = st.dates(date(2017, 6, 1), date(2027, 6, 1))
calendars = st.sampled_from((OFFICE_HOURS, NO_HOLIDAYS, ROUND_THE_CLOCK))


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2020-09-30", True),
        ("2020-10-08", False),  # a Thursday off
        ("2020-10-09", True),
        ("2020-10-10", True),  # a Saturday made up
        ("2020-10-11", False),
        ("2020-02-03", True),
        ("2018-12-29", True),  # made up under the notice for 2019
        ("2018-12-31", False),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2027-01-01", True),  # not announced: a Friday like any other
        ("2027-01-02", False),
    ],
)
def test_working_days_are_as_announced(day: str, works: bool):
    assert OFFICE_HOURS.is_workday(date.fromisoformat(day)) is works


def test_a_make_up_day_wins_over_a_day_off():
    day = date(2024, 5, 8)
    both = Calendar(Holidays(frozenset({day}), frozenset({day}), frozenset({2024})), OFFICE)
    assert both.is_workday(day)
    assert both.workdays(day, day + DAY) == 1


def test_a_year_without_announcement_is_provisional():
    assert OFFICE_HOURS.is_provisional(date(2027, 1, 1))
    assert not OFFICE_HOURS.is_provisional(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2024-07-18T09:00", "2024-07-18T18:00", 7),
        ("2024-07-18T11:30", "2024-07-18T14:30", 1),
        ("2024-07-18T12:00", "2024-07-18T14:00", 0),
        ("2024-07-18T18:00", "2024-07-19T09:00", 0),
        ("2024-07-19T17:00", "2024-07-22T10:00", 2),
        ("2020-09-30T17:00", "2020-10-12T10:00", 1 + 7 + 7 + 1),
        ("2024-07-19T10:00", "2024-07-18T17:00", -2),
        ("2018-01-01T00:00", "2019-01-01T00:00", 7 * 250),
    ],
)
def test_working_time_counts_shifts_of_working_days_only(start: str, end: str, hours: int):
    assert OFFICE_HOURS.working_seconds(at(start), at(end)) == hours * 3600


def test_whole_seconds_are_counted_and_parts_kept_exactly():
    start, end = at("2024-07-18T09:00:00.250"), at("2024-07-18T09:00:02")
    assert OFFICE_HOURS.working_time(start, end) == timedelta(seconds=1.75)
    assert OFFICE_HOURS.working_seconds(start, end) == 1


def test_a_shift_may_end_at_midnight():
    late = Calendar(ANNOUNCED, ((time(16), time(0)),))
    assert late.working_seconds(at("2024-07-18T23:00"), at("2024-07-19T17:00")) == 2 * 3600
    assert late.add_working_time(at("2024-07-18T23:00"), timedelta(hours=1)) == at(
        "2024-07-19T00:00"
    )


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2024-07-18T09:00", 3, "2024-07-18T12:00"),  # the end of the shift, not 14:00
        ("2024-07-18T17:00", 1, "2024-07-18T18:00"),
        ("2024-07-18T03:00", 7, "2024-07-18T18:00"),
        ("2024-07-20T10:00", 1, "2024-07-22T10:00"),
        ("2024-07-18T20:00", 0, "2024-07-18T20:00"),
        ("2024-07-18T20:00", 8, "2024-07-22T10:00"),
        ("2024-07-22T10:00", -2, "2024-07-19T17:00"),
    ],
)
def test_working_time_is_added_up_to_the_instant_it_is_used_up(
    start: str, hours: int, expected: str
):
    assert OFFICE_HOURS.add_working_time(at(start), timedelta(hours=hours)) == at(expected)


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        ((time(12), time(9)),),
        ((time(9), time(9)),),
        ((time(14), time(18)), (time(9), time(12))),
        ((time(9), time(13)), (time(12), time(18))),
    ],
)
def test_shifts_out_of_order_are_refused(shifts: tuple[tuple[time, time], ...]):
    with pytest.raises(Refused) as no:
        Calendar(ANNOUNCED, shifts)
    assert no.value.code == "shifts-not-in-order"


def test_the_nth_working_day_counts_the_first_if_it_works():
    assert OFFICE_HOURS.workday(date(2020, 9, 30), 1) == date(2020, 9, 30)
    assert OFFICE_HOURS.workday(date(2020, 10, 1), 1) == date(2020, 10, 9)
    assert OFFICE_HOURS.workday(date(2020, 10, 1), 3) == date(2020, 10, 12)


def test_midnights_and_day_ends_are_local():
    day = date(2024, 8, 1)
    assert day_start(day) == datetime(2024, 7, 31, 16, tzinfo=UTC)
    assert day_end(day) == at("2024-08-01T23:59:59")
    assert local_date(day_start(day)) == local_date(day_end(day)) == day


def test_nights_lunches_and_days_off_are_what_shifts_leave_free():
    gaps = OFFICE_HOURS.off_shift(at("2024-07-19T11:00"), at("2024-07-22T14:00"))
    assert list(gaps) == [
        (at("2024-07-19T12:00"), at("2024-07-19T14:00")),
        (at("2024-07-19T18:00"), at("2024-07-22T09:00")),
        (at("2024-07-22T12:00"), at("2024-07-22T14:00")),
    ]


def test_days_off_are_whole_except_at_the_edges():
    gaps = OFFICE_HOURS.off_days(at("2024-07-19T11:00"), at("2024-07-28T08:00"))
    assert list(gaps) == [
        (at("2024-07-20T00:00"), at("2024-07-22T00:00")),
        (at("2024-07-27T00:00"), at("2024-07-28T08:00")),
    ]


def test_naive_instants_are_not_accepted():
    with pytest.raises(TypeError):
        OFFICE_HOURS.working_seconds(
            at("2024-07-18T09:00").replace(tzinfo=None), at("2024-07-18T10:00")
        )


@given(calendars, moments, moments, moments)
def test_working_time_adds_up(calendar: Calendar, a: datetime, b: datetime, c: datetime):
    count = calendar.working_time
    assert count(a, b) + count(b, c) == count(a, c)
    assert timedelta(0) <= count(min(a, b), max(a, b)) <= max(a, b) - min(a, b)


@given(calendars, moments, st.integers(1, 3_000_000))
def test_adding_takes_the_earliest_instant(calendar: Calendar, start: datetime, seconds: int):
    end = calendar.add_working_time(start, timedelta(seconds=seconds))
    assert calendar.working_seconds(start, end) == seconds
    assert calendar.working_time(start, end - timedelta(microseconds=1)) < timedelta(
        seconds=seconds
    )
    assert calendar.add_working_time(end, timedelta(seconds=-seconds)) <= start


@given(calendars, days, st.integers(0, 900))
def test_working_days_are_counted_as_one_by_one(calendar: Calendar, first: date, length: int):
    last = first + length * DAY
    assert calendar.workdays(first, last) == sum(map(calendar.is_workday, each_day(first, last)))
    assert calendar.workdays(last, first) == -calendar.workdays(first, last)


@given(calendars, days, st.integers(1, 400))
def test_the_nth_working_day_is_one_and_has_n_up_to_it(calendar: Calendar, first: date, n: int):
    day = calendar.workday(first, n)
    assert calendar.is_workday(day)
    assert calendar.workdays(first, day + DAY) == n


@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_counts_and_what_does_not_make_the_whole(
    calendar: Calendar, start: datetime, length: timedelta
):
    end = start + length
    gaps = list(calendar.off_shift(start, end))
    assert all(calendar.working_time(low, high) == timedelta(0) for low, high in gaps)
    free = sum((high - low for low, high in gaps), timedelta(0))
    assert free + calendar.working_time(start, end) == length
