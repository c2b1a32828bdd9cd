"""Deadlines at random: agreement with the walker of tests/naive_clock.py, and what always holds."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Calendar
from app.domain.clocks import Ledger, Pause, Span, Terms, left, measure
from app.domain.limits import Limit, LimitUnit
from app.domain.terms import Clock, Origin
from tests.calendars import ANNOUNCED, OFFICE, OFFICE_HOURS
from tests.naive_clock import Answer, Case, Days, judge, random_case, when

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
SHIFTS = (
    OFFICE,
    ((time(8, 30), time(17, 30)),),
    ((time(0), time(8)), (time(20), time(0))),
    ((time(0), time(0)),),
)
MINUTE = timedelta(minutes=1)
SEED = 20_260_101

seeds = st.integers(0, 2**32)


def instant(minute: int) -> datetime:
    return when(minute).astimezone(UTC)


def ledger_of(case: Case, calendar: Calendar) -> Ledger:
    pauses = tuple(
        Pause(instant(start), None if end is None else instant(end), "SUSPENDED", "li")
        for start, end in case.pauses
    )
    stopped = None if case.stopped is None else instant(case.stopped)
    then = case.then and Limit(case.then[1], LimitUnit(case.then[0]))
    terms = Terms(Limit(case.value, LimitUnit(case.unit)), "matrix", 15, Origin.PROP, then)
    clock = Clock.K4 if case.is_window else Clock.K5
    return measure(clock, "x", terms, Span(instant(case.started), stopped, pauses), calendar)


def by_ledger(case: Case, calendar: Calendar) -> Answer:
    ledger, now = ledger_of(case, calendar), instant(case.now)
    rest = left(ledger, now, calendar)
    return Answer(
        due=ledger.due,
        provisional=ledger.provisional,
        state=ledger.state(now),
        left=rest.seconds // 60 if rest.days is None else rest.days,
        ran=ran_minutes(ledger, ledger.stopped or now),
    )


def ran_minutes(ledger: Ledger, until: datetime) -> int:
    runs = ((s.start, min(s.end or until, until)) for s in ledger.segments if s.runs)
    return sum((end - start) // MINUTE for start, end in runs if start < end)


def by_walking(case: Case, calendar: Calendar) -> Answer:
    known = calendar.holidays
    return judge(case, Days(known.off, known.makeup, known.years, calendar.shifts))


def compare(count: int, seed: int) -> None:
    """Judge `count` random clocks both ways."""
    chance = random.Random(seed)
    calendars = [Calendar(ANNOUNCED, shifts) for shifts in SHIFTS]
    for number in range(count):
        calendar, case = chance.choice(calendars), random_case(chance, FIRST, LAST)
        told = f"seed {seed}, clock {number}: {case} in {calendar.shifts}"
        assert by_ledger(case, calendar) == by_walking(case, calendar), told


@pytest.mark.slow
def test_two_thousand_random_clocks_agree_with_the_walker():
    compare(2_000, SEED)


def test_the_random_clocks_meet_every_state_and_every_kind_of_due():
    chance = random.Random(SEED)
    answers = [by_ledger(random_case(chance, FIRST, LAST), OFFICE_HOURS) for _ in range(500)]
    states = {"RUNNING", "PAUSED", "MET", "MISSED", "BREACHED", "LAPSED"}
    assert {a.state for a in answers} == states
    assert {a.due is None for a in answers} == {a.left < 0 for a in answers} == {True, False}


def test_the_random_clocks_reach_into_the_year_not_announced():
    chance = random.Random(SEED)
    late = [random_case(chance, date(2026, 12, 20), LAST) for _ in range(100)]
    assert {by_ledger(case, OFFICE_HOURS).provisional for case in late} == {True, False}
    for case in late:
        assert by_ledger(case, OFFICE_HOURS) == by_walking(case, OFFICE_HOURS), case


@given(seeds)
def test_segments_follow_one_another_without_gap(seed: int):
    ledger = ledger_of(random_case(random.Random(seed), FIRST, LAST), OFFICE_HOURS)
    edge: datetime | None = ledger.started
    for segment in ledger.segments:
        assert segment.start == edge
        assert segment.end is None or segment.start < segment.end
        edge = segment.end
    assert edge == ledger.stopped


@given(seeds, st.integers(0, 59_999_999))
def test_parts_of_a_minute_move_a_clock_limit_as_they_are(seed: int, micros: int):
    """The walker sees whole minutes only."""
    case = random_case(random.Random(seed), FIRST, LAST)
    ledger = ledger_of(replace(case, unit="CLOCK_HOUR", pauses=(), then=None), OFFICE_HOURS)
    moved = Span(ledger.started + timedelta(microseconds=micros))
    terms = Terms(ledger.limit, ledger.source, ledger.article, ledger.origin)
    later = measure(Clock.K5, "x", terms, moved, OFFICE_HOURS)
    assert later.due - ledger.due == timedelta(microseconds=micros)


@given(seeds, st.sampled_from(("CLOCK_MINUTE", "CLOCK_HOUR", "WORK_MINUTE", "WORK_HOUR")))
def test_at_the_due_instant_nothing_is_left_of_hours(seed: int, unit: str):
    case = random_case(random.Random(seed), FIRST, LAST)
    closed = tuple(each for each in case.pauses if each[1] is not None)
    ledger = ledger_of(
        replace(case, unit=unit, stopped=None, pauses=closed, then=None), OFFICE_HOURS
    )
    assert left(ledger, ledger.due, OFFICE_HOURS).seconds == 0
