"""Deadlines at random: agreement with the walker of tests/naive_clock.py, and what always holds."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Calendar
from app.domain.case import Case as CaseFile
from app.domain.case import Dossier, Task
from app.domain.clocks import Ledger, Pause, Span, Terms, left, measure
from app.domain.deadlines import ledgers
from app.domain.emergencies import STEPS
from app.domain.limits import Limit, LimitUnit
from app.domain.pauses import write_pauses
from app.domain.reviews import REVIEW
from app.domain.terms import CaseStatus, Clock, Grade, Origin, TaskStatus
from tests.calendars import ANNOUNCED, OFFICE, OFFICE_HOURS
from tests.kit import setting
from tests.naive_clock import (
    Answer,
    Case,
    Days,
    Round,
    Work,
    judge,
    random_case,
    random_work,
    rounds,
    when,
)

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
@pytest.mark.repeats
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


def by_rounds(work: Work) -> list[Round]:
    """The disposal clocks of a case with that one task."""
    (unit, value), *_ = [limit[1:] for limit in reversed(work.limits)]
    earlier = [
        [instant(until).isoformat(), number, kind, "PS-4", 15, "PROP"]
        for until, kind, number in work.limits[:-1]
    ]
    reviews = (Pause(instant(start), instant(end), REVIEW, "u") for start, end in work.reviews)
    handled = work.stopped or (work.reviews[-1][0] if work.reviews else None)
    task = Task(
        id="t",
        district="d",
        case_id="c",
        status=TaskStatus.SIGNED if work.stopped is None else TaskStatus.HANDLED,
        unit=setting().directory.units[0].code,
        dispatched_at=instant(work.dispatched),
        limit_value=value,
        limit_unit=unit,
        limit_origin="PROP",
        limits=json.dumps(earlier) if earlier else "",
        handled_at=handled and instant(handled),
        pauses=write_pauses(tuple(reviews)),
    )
    grade = Grade.A if work.again[0] == "CLOCK_HOUR" else Grade.C
    case = CaseFile(
        id="c",
        district="d",
        number="n",
        status=CaseStatus.DISPATCHED,
        edition="PS-4",
        grade=grade,
        registered_at=instant(work.dispatched),
    )
    found = ledgers(Dossier(case, (task,)), setting())
    own = (one for one in found if one.clock is Clock.K5 and one.matter not in STEPS)
    return [_as_round(one) for one in own]


def _as_round(one: Ledger) -> Round:
    started, stopped = (at and (at - when(0)) // MINUTE for at in (one.started, one.stopped))
    return Round(started, stopped, (str(one.limit.unit), one.limit.value), one.due)


def compare_rounds(count: int, seed: int) -> set[int]:
    """Judge `count` random tasks both ways; how many rounds they had."""
    chance, met = random.Random(seed), set()
    known, policy = setting().holidays, setting().editions.by_code("PS-4")
    days = Days(known.off, known.makeup, known.years, policy.shifts)
    for number in range(count):
        work = random_work(chance, date(2021, 1, 1), date(2025, 6, 30))
        found = by_rounds(work)
        assert found == rounds(work, days), f"seed {seed}, task {number}: {work}"
        met.add(len(found))
    return met


@pytest.mark.repeats
def test_the_rounds_of_random_tasks_agree_with_the_walker():
    assert compare_rounds(500, SEED) >= {1, 2, 3, 4}


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
