"""Deadlines as ledgers, by example; tests/unit/test_clocks_agree.py judges them at random."""

from dataclasses import replace
from datetime import UTC

import pytest

from app.domain.clocks import (
    ClockState,
    Ledger,
    Left,
    Pause,
    Segment,
    Span,
    left,
    measure,
    nearest,
    off_hours,
    urgency,
)
from app.domain.limits import Limit, LimitUnit
from app.domain.refused import Refused
from app.domain.terms import Clock, Origin
from tests.calendars import OFFICE_HOURS, at, clock, pause, terms

pytestmark = pytest.mark.article(15)


def remaining(ledger: Ledger, now: str) -> Left:
    return left(ledger, at(now), OFFICE_HOURS)


# --- when it is due -------------------------------------------------------------------------


DUE = {
    "filing over midnight": (30, "CLOCK_MINUTE", "2024-07-18T23:50", "2024-07-19T00:20:00"),
    "grade A on a holiday": (24, "CLOCK_HOUR", "2020-10-01T08:00", "2020-10-02T08:00:00"),
    "over a weekend to noon": (4, "WORK_HOUR", "2024-07-19T17:00", "2024-07-22T12:00:00"),
    "over a weekend and lunch": (5, "WORK_HOUR", "2024-07-19T17:00", "2024-07-22T15:00:00"),
    "a make-up Saturday": (4, "WORK_HOUR", "2024-05-10T17:00", "2024-05-11T12:00:00"),
    "at a shift's last second": (1, "WORK_HOUR", "2024-07-18T11:00", "2024-07-18T12:00:00"),
    "over National Day 2020": (5, "WORK_DAY", "2020-09-29T10:00", "2020-10-13T23:59:59"),
    "city ticket, wage arrears": (10, "WORK_DAY", "2024-07-18T15:00", "2024-08-01T23:59:59"),
    "from a Saturday": (1, "WORK_DAY", "2024-07-20T03:00", "2024-07-22T23:59:59"),
    "from a last second": (1, "WORK_DAY", "2024-07-17T23:59:59", "2024-07-18T23:59:59"),
    "fourteen days": (14, "CALENDAR_DAY", "2024-07-18T15:00", "2024-08-01T23:59:59"),
}


@pytest.mark.parametrize(("value", "unit", "start", "due"), DUE.values(), ids=DUE)
def test_due(value: int, unit: str, start: str, due: str):
    ledger = clock(value, unit, start)
    assert ledger.due == at(due)
    assert ledger.due.tzinfo is UTC
    assert not ledger.provisional


def test_a_make_up_saturday_after_national_day_is_a_last_day_like_any():
    ledger = clock(3, "WORK_DAY", "2020-09-29T10:00")  # 30 September, 9 and (made up) 10 October
    assert ledger.due == at("2020-10-10T23:59:59")


def test_half_a_second_late_in_the_day_belongs_to_that_day():
    assert clock(1, "WORK_DAY", "2024-07-17T23:59:59.500").due == at("2024-07-18T23:59:59")


def test_a_limit_is_at_least_one():
    with pytest.raises(Refused) as no:
        clock(0, "WORK_DAY", "2024-07-18T10:00")
    assert (no.value.code, no.value.facts["value"]) == ("limit-not-positive", 0)


def test_the_source_is_carried_into_the_ledger():
    ledger = clock(2, "CLOCK_HOUR", "2024-07-18T10:00")
    assert (ledger.clock, ledger.about, ledger.calendar) == (Clock.K5, "task-1", "office")
    assert (ledger.limit.value, ledger.source, ledger.article) == (2, "matrix", 15)
    assert (ledger.origin, ledger.started) == (Origin.PROP, at("2024-07-18T10:00"))


@pytest.mark.parametrize(
    ("unit", "start", "provisional"),
    [
        ("WORK_DAY", "2027-03-01T10:00", True),
        ("WORK_DAY", "2026-12-31T10:00", True),  # falls due in 2027
        ("WORK_DAY", "2026-12-29T10:00", False),
        ("WORK_HOUR", "2027-03-01T10:00", True),
    ],
)
def test_a_year_not_announced_makes_it_provisional(unit: str, start: str, provisional: bool):
    assert clock(2, unit, start).provisional is provisional


def test_suspended_into_no_due_it_is_provisional_by_what_has_passed():
    assert clock(2, "WORK_DAY", "2026-12-31T10:00", pause("2027-01-01T09:00", None)).provisional
    assert not clock(2, "WORK_DAY", "2026-12-29T10:00", pause("2026-12-30T09:00", None)).provisional


# --- pauses ---------------------------------------------------------------------------------


def test_a_pause_moves_the_due_instant_by_its_length():
    ledger = clock(
        2, "CLOCK_HOUR", "2024-07-18T10:00", pause("2024-07-18T11:00", "2024-07-18T15:30")
    )
    assert ledger.due == at("2024-07-18T16:30")


def test_a_pause_at_night_moves_no_working_hours():
    ledger = clock(
        4, "WORK_HOUR", "2024-07-18T17:00", pause("2024-07-18T18:00", "2024-07-19T09:00")
    )
    assert ledger.due == clock(4, "WORK_HOUR", "2024-07-18T17:00").due == at("2024-07-19T12:00")


def test_a_working_day_counts_unless_paused_at_its_last_second():
    within = pause("2024-07-19T09:00", "2024-07-19T23:59:59")
    across = pause("2024-07-19T23:59:59", "2024-07-20T00:00")
    assert clock(2, "WORK_DAY", "2024-07-18T10:00", within).due == at("2024-07-22T23:59:59")
    assert clock(2, "WORK_DAY", "2024-07-18T10:00", across).due == at("2024-07-23T23:59:59")


def test_a_pause_that_begins_at_the_due_instant_changes_nothing():
    ledger = clock(1, "CLOCK_HOUR", "2024-07-18T10:00", pause("2024-07-18T11:00", None))
    assert ledger.due == at("2024-07-18T11:00")
    assert ledger.state(at("2024-07-18T12:00")) is ClockState.BREACHED


def test_an_open_pause_leaves_no_due_until_it_ends():
    held = clock(1, "WORK_DAY", "2024-07-18T10:00", pause("2024-07-18T11:00", None))
    assert held.due is None
    assert held.state(at("2024-07-18T10:59")) is ClockState.RUNNING
    assert held.state(at("2024-08-18T11:00")) is ClockState.PAUSED


def test_a_clock_runs_again_at_the_instant_its_pause_ends():
    ledger = clock(1, "WORK_DAY", "2024-07-18T10:00", pause("2024-07-18T11:00", "2024-07-18T12:00"))
    assert ledger.state(at("2024-07-18T11:59:59")) is ClockState.PAUSED
    assert ledger.state(at("2024-07-18T12:00:00")) is ClockState.RUNNING


def test_a_pause_open_at_the_stop_ends_there():
    ledger = clock(
        2,
        "CLOCK_HOUR",
        "2024-07-18T10:00",
        pause("2024-07-18T11:00", None),
        stop="2024-07-18T15:00",
    )
    assert ledger.due == at("2024-07-18T16:00")
    assert ledger.segments[-1].end == ledger.stopped
    assert ledger.state(at("2024-07-18T15:00")) is ClockState.MET


def test_segments_tell_what_ran_and_who_paused_it():
    ledger = clock(
        9,
        "CLOCK_HOUR",
        "2024-07-18T10:00",
        pause("2024-07-18T13:00", "2024-07-18T16:00", "STAGED", "wang"),
        pause("2024-07-18T12:00", "2024-07-18T14:00"),
        pause("2024-07-18T12:30", "2024-07-18T13:30", "VERIFYING"),  # wholly inside the others
        pause("2024-07-18T09:00", "2024-07-18T10:00"),  # before the start
        pause("2024-07-18T17:00", "2024-07-18T17:00"),  # empty
    )
    ten, noon, two, four = (at(f"2024-07-18T{hour}:00") for hour in (10, 12, 14, 16))
    assert ledger.segments == (
        Segment(ten, noon, runs=True, why="RUNNING", article=15),
        Segment(noon, two, runs=False, why="SUSPENDED", article=None, by="li"),
        Segment(two, four, runs=False, why="STAGED", article=None, by="wang"),
        Segment(four, None, runs=True, why="RUNNING", article=15),
    )
    assert ledger.due == at("2024-07-18T23:00")


# --- how it stands --------------------------------------------------------------------------


def test_equality_is_on_time():
    due = "2024-07-18T12:00:00"
    met = clock(3, "WORK_HOUR", "2024-07-18T09:00", stop=due)
    late = clock(3, "WORK_HOUR", "2024-07-18T09:00", stop="2024-07-18T12:00:00.000001")
    assert (met.is_on_time, met.state(at(due))) == (True, ClockState.MET)
    assert (late.is_on_time, late.state(at(due))) == (False, ClockState.MISSED)


def test_it_runs_at_the_due_instant_and_is_breached_after_it():
    ledger = clock(3, "WORK_HOUR", "2024-07-18T09:00")
    assert ledger.state(at("2024-07-18T12:00:00")) is ClockState.RUNNING
    assert ledger.state(at("2024-07-18T12:00:01")) is ClockState.BREACHED
    assert not ledger.is_on_time  # it has not stopped


def test_the_nearest_is_the_oldest_breach_and_a_suspended_clock_sorts_last():
    held = clock(1, "CLOCK_HOUR", "2024-07-18T08:00", pause("2024-07-18T08:30", None))
    breached = clock(1, "CLOCK_HOUR", "2024-07-18T09:00")
    running = clock(1, "WORK_DAY", "2024-07-18T07:00")
    stopped = clock(1, "CLOCK_MINUTE", "2024-07-18T07:00", stop="2024-07-18T07:01")
    assert sorted((held, running, breached), key=urgency) == [breached, running, held]
    assert nearest((stopped, held, running, breached)) is breached
    assert nearest((stopped, held)) is held
    assert nearest((stopped,)) is None


# --- what is left ---------------------------------------------------------------------------


def test_working_hours_show_working_time_left_and_overdue():
    ledger = clock(4, "WORK_HOUR", "2024-07-19T17:00")
    friday_night = remaining(ledger, "2024-07-19T22:00")
    assert friday_night == Left("working", 3 * 3600, None, ledger.due)
    assert remaining(ledger, "2024-07-22T12:00").seconds == 0
    assert remaining(ledger, "2024-07-22T13:00").seconds == 0  # due at noon, lunch does not count
    assert remaining(ledger, "2024-07-23T09:30").seconds == -int(4.5 * 3600)


def test_clock_hours_show_clock_time():
    ledger = clock(2, "CLOCK_HOUR", "2024-07-18T22:30")
    assert remaining(ledger, "2024-07-18T23:30") == Left("clock", 3600, None, ledger.due)
    assert remaining(ledger, "2024-07-19T01:30").seconds == -3600


def test_a_paused_clock_stands_still():
    ledger = clock(
        2, "CLOCK_HOUR", "2024-07-18T10:00", pause("2024-07-18T11:00", "2024-07-18T12:00")
    )
    seen = [remaining(ledger, f"2024-07-18T{time}").seconds for time in ("11:00", "11:45", "12:30")]
    assert seen == [3600, 3600, 1800]


def test_before_its_start_all_is_left_and_after_its_stop_nothing_moves():
    ledger = clock(2, "CLOCK_HOUR", "2024-07-18T10:00", stop="2024-07-18T10:30")
    assert remaining(ledger, "2024-07-19T10:00").seconds == 5400
    assert remaining(clock(2, "CLOCK_HOUR", "2024-07-18T10:00"), "2024-07-18T09:00").seconds == 7200


def test_working_days_show_days_and_the_due_instant():
    ledger = clock(2, "WORK_DAY", "2024-07-18T10:00")  # due Monday 22 July
    assert remaining(ledger, "2024-07-18T12:00").days == 2
    assert remaining(ledger, "2024-07-19T12:00").days == 2
    assert remaining(ledger, "2024-07-20T12:00").days == 1
    assert remaining(ledger, "2024-07-22T23:59:58") == Left("working", 1, 1, ledger.due)
    assert remaining(ledger, "2024-07-23T00:00:01") == Left("working", -2, 0, ledger.due)
    assert remaining(ledger, "2024-07-24T09:00").days == -1


def test_calendar_days_are_clock_time():
    ledger = clock(3, "CALENDAR_DAY", "2024-07-18T10:00")
    assert remaining(ledger, "2024-07-20T12:00") == Left(
        "clock", 36 * 3600 - 1, 2, at("2024-07-21T23:59:59")
    )


def test_days_left_without_a_due_instant_are_as_when_the_pause_began():
    ledger = clock(2, "WORK_DAY", "2024-07-18T10:00", pause("2024-07-22T12:00", None))
    before_end = 12 * 3600 - 1
    for now in ("2024-07-22T12:00", "2024-09-01T00:00"):
        assert remaining(ledger, now) == Left("working", before_end, 1, None)
    assert remaining(ledger, "2024-07-22T11:00").seconds == before_end + 3600


def test_an_open_pause_that_prolongs_another_holds_the_clock_from_where_it_last_ran():
    ledger = clock(
        2,
        "WORK_DAY",
        "2026-12-28T10:00",
        pause("2026-12-29T12:00", "2027-01-10T12:00"),
        pause("2026-12-30T12:00", None),
    )
    assert remaining(ledger, "2027-02-01T12:00") == Left("working", 36 * 3600 - 1, 2, None)
    assert not ledger.provisional  # it did not run in 2027


def test_days_left_on_the_day_of_the_trigger_without_a_due_instant():
    ledger = clock(1, "CALENDAR_DAY", "2024-07-18T10:00", pause("2024-07-18T12:00", None))
    assert remaining(ledger, "2024-07-18T20:00") == Left("clock", 36 * 3600 - 1, 1, None)


# --- two limits, one after the other ----------------------------------------------------------


def with_review(value: int, unit: str, start: str, *pauses: Pause) -> Ledger:
    both = replace(terms(value, unit), then=Limit(4, LimitUnit.WORK_HOUR))
    return measure(Clock.K6, "case", both, Span(at(start), None, pauses), OFFICE_HOURS)


def test_the_second_limit_begins_where_the_first_ends_in_a_kind_of_time_of_its_own():
    # 24 hours by the clock end on Saturday, four hours of work on Monday
    assert with_review(24, "CLOCK_HOUR", "2024-07-19T10:00").due == at("2024-07-22T15:00")
    # the day ends on Friday, and with it the day's own last second
    assert with_review(1, "WORK_DAY", "2024-07-18T10:00").due == at("2024-07-22T15:00")


def test_a_pause_moves_whichever_limit_it_falls_into():
    first = pause("2024-07-18T11:00", "2024-07-18T12:00")
    second = pause("2024-07-19T14:00", "2024-07-19T15:00")
    assert with_review(24, "CLOCK_HOUR", "2024-07-18T10:00", first).due == at("2024-07-19T17:00")
    assert with_review(24, "CLOCK_HOUR", "2024-07-18T10:00", second).due == at("2024-07-19T17:00")


def test_of_two_limits_held_for_good_the_rest_stands_still():
    held = with_review(24, "CLOCK_HOUR", "2024-07-18T10:00", pause("2024-07-19T09:00", None))
    rest = int((at("2024-07-19T16:00") - at("2024-07-19T09:00")).total_seconds())
    for now in ("2024-07-19T09:00", "2024-08-01T00:00"):
        assert remaining(held, now) == Left("clock", rest, None, None)


# --- a window ---------------------------------------------------------------------------------


def window(*, stop: str | None = None) -> Ledger:
    span = Span(at("2024-07-18T10:00"), None if stop is None else at(stop))
    return measure(Clock.K4, "task-1", terms(2, "CLOCK_HOUR"), span, OFFICE_HOURS)


def test_a_window_is_open_until_it_is_over_or_used_and_never_late():
    assert window().state(at("2024-07-18T12:00")) is ClockState.RUNNING
    assert window().state(at("2024-07-18T12:01")) is ClockState.LAPSED
    assert window(stop="2024-07-18T11:00").state(at("2024-07-18T11:30")) is ClockState.LAPSED
    assert window(stop="2024-07-18T15:00").state(at("2024-07-18T15:00")) is ClockState.LAPSED


def test_a_window_is_nobodys_nearest_duty():
    later = clock(1, "WORK_DAY", "2024-07-18T10:00")
    assert nearest((window(), later)) is later
    assert nearest((window(),)) is None


# --- what does not count --------------------------------------------------------------------


def test_off_hours_are_shown_inside_running_segments_only():
    ledger = clock(
        9, "WORK_HOUR", "2024-07-18T11:00", pause("2024-07-18T13:00", "2024-07-18T17:00")
    )
    shown = off_hours(ledger, OFFICE_HOURS, at("2024-07-19T08:00"))
    assert [(s.start, s.end) for s in shown] == [
        (at("2024-07-18T12:00"), at("2024-07-18T13:00")),
        (at("2024-07-18T18:00"), at("2024-07-19T08:00")),
    ]
    assert {(s.runs, s.why, s.article) for s in shown} == {(False, "OFF_SHIFT", 15)}


def test_off_hours_of_working_days_are_the_days_off():
    shown = off_hours(
        clock(5, "WORK_DAY", "2024-07-18T11:00"), OFFICE_HOURS, at("2024-07-23T09:00")
    )
    assert [(s.start, s.end, s.why) for s in shown] == [
        (at("2024-07-20T00:00"), at("2024-07-22T00:00"), "DAY_OFF")
    ]


@pytest.mark.parametrize("unit", ["CLOCK_MINUTE", "CLOCK_HOUR", "CALENDAR_DAY"])
def test_clock_time_knows_no_off_hours(unit: str):
    ledger = clock(5, unit, "2024-07-18T11:00")
    assert off_hours(ledger, OFFICE_HOURS, at("2024-08-01T00:00")) == ()
