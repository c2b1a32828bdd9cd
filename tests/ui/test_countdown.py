"""Time left is said in at most two units, and the same by list and by ledger."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Calendar, Holidays
from app.domain.clocks import Pause, Span, Terms, left, measure
from app.domain.limits import Limit, LimitUnit
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Origin, Role
from app.services.queries import QueueRow
from tests.ui.fake_town import dossiers, setting
from ui.countdown import (
    GLYPHS,
    Countdown,
    Urgency,
    amount,
    full,
    of_ledger,
    running,
    short,
    until,
)
from ui.models.row_clock import RowClock
from ui.sentences import sentences

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Shenzhen
CALENDAR = Calendar(
    Holidays(frozenset(), frozenset(), frozenset({2026})),
    ((time(9), time(12)), (time(14), time(18))),
)


def say(key: str, **facts: object) -> str:
    return sentences("zh")[key].format(**facts)


def clock(limit: Limit, *pauses: Pause, started: datetime = NOW, stopped: datetime | None = None):
    terms = Terms(limit, "PS-4", 13, Origin.PROP)
    return measure(Clock.K5, "x", terms, Span(started, stopped, pauses), CALENDAR)


def shown(ledger, now: datetime) -> Countdown:
    return of_ledger(ledger, left(ledger, now, CALENDAR), now, CALENDAR)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0分00秒"),
        (9, "0分09秒"),
        (3599, "59分59秒"),
        (3600, "1时00分"),
        (86399, "23时59分"),
        (86400, "1天0时"),
        (266400, "3天2时"),
        (-75, "1分15秒"),
    ],
)
def test_an_amount_has_at_most_two_units(seconds, text):
    assert amount(seconds, say) == text


@pytest.mark.parametrize(("seconds", "text"), [(5520, "1h32m"), (2760, "46m00s"), (5400, "1h30m")])
def test_minutes_cannot_be_read_as_hours_in_english(seconds, text):
    assert amount(seconds, lambda key, **facts: sentences("en")[key].format(**facts)) == text


@pytest.mark.parametrize(("seconds", "text"), [(5520, "剩余 1:32"), (2760, "剩余 46:00")])
def test_ears_hear_what_they_heard(seconds, text):
    one = Countdown(Urgency.NORMAL if seconds == 5520 else Urgency.WATCH, seconds, None, NOW)
    assert full(one, say) == text


@given(st.integers(-(10**9), 10**9))
def test_an_amount_never_overstates(seconds):
    first, second = map(int, re.findall(r"\d+", amount(seconds, say)))
    size = abs(seconds)
    units = (60, 1) if size < 3600 else (3600, 60) if size < 86400 else (86400, 3600)
    told = first * units[0] + second * units[1]
    assert told <= size < told + units[1]
    assert second < units[0] // units[1]


@pytest.mark.parametrize(
    ("minutes", "urgency"),
    [
        (121, Urgency.NORMAL),
        (120, Urgency.NORMAL),
        (119, Urgency.WATCH),
        (30, Urgency.WATCH),
        (29, Urgency.SOON),
        (0, Urgency.SOON),
        (-1, Urgency.BREACHED),
    ],
)
def test_plain_time_grows_louder(minutes, urgency):
    due = NOW + timedelta(minutes=minutes)
    assert running(until(due, NOW), None, NOW).urgency is urgency


@pytest.mark.parametrize(
    ("limit", "minutes", "urgency"),
    [
        (30, 30, Urgency.NORMAL),
        (30, 15, Urgency.NORMAL),
        (30, 14, Urgency.WATCH),
        (30, 8, Urgency.WATCH),
        (30, 7, Urgency.SOON),
        (10, 5, Urgency.NORMAL),
        (10, 4, Urgency.WATCH),
        (10, 2, Urgency.SOON),
        (120, 60, Urgency.NORMAL),
        (120, 59, Urgency.WATCH),
        (120, 30, Urgency.WATCH),
        (120, 29, Urgency.SOON),
    ],
)
def test_a_short_limit_is_loud_by_its_own_length(limit, minutes, urgency):
    due = NOW + timedelta(minutes=minutes)
    shown = running(until(due, NOW), Limit(limit, LimitUnit.CLOCK_MINUTE), NOW)
    assert shown.urgency is urgency


@given(st.sampled_from([*LimitUnit]), st.integers(1, 600), st.integers(0, 10**6))
def test_no_limit_is_loud_from_its_first_second(unit, value, minutes):
    """What is marked from the start marks nothing."""
    limit = Limit(value, unit)
    ledger = clock(limit, started=NOW + timedelta(minutes=minutes))
    assert shown(ledger, ledger.segments[0].start).urgency is Urgency.NORMAL


def test_the_last_fifth_of_a_long_limit_is_soon():
    ledger = clock(Limit(24, LimitUnit.CLOCK_HOUR))
    before, after = NOW + timedelta(hours=19.2), NOW + timedelta(hours=19.2, seconds=1)
    assert shown(ledger, before).urgency is Urgency.NORMAL
    assert shown(ledger, after).urgency is Urgency.SOON


def test_the_last_of_five_days_is_soon():
    ledger = clock(Limit(5, LimitUnit.WORK_DAY))
    last_day = datetime(2026, 3, 11, 1, tzinfo=UTC)
    assert shown(ledger, last_day - timedelta(days=1)).urgency is Urgency.NORMAL
    assert shown(ledger, last_day).urgency is Urgency.SOON


def test_a_window_never_hurries_and_is_closed_when_it_is_over():
    terms = Terms(Limit(1, LimitUnit.CLOCK_HOUR), "PS-4", 13, Origin.PROP)
    window = measure(Clock.K4, "x", terms, Span(NOW), CALENDAR)
    before, after = NOW + timedelta(minutes=59), NOW + timedelta(minutes=61)
    assert shown(window, before).urgency is Urgency.NORMAL
    assert (short(shown(window, after), say), full(shown(window, after), say)) == ("已过", "已关闭")


def test_a_missed_clock_is_called_as_the_queue_calls_it():
    late = clock(Limit(1, LimitUnit.CLOCK_HOUR), stopped=NOW + timedelta(hours=2))
    assert short(shown(late, NOW), say) == say("queue.name.OVERDUE")


def test_days_are_said_with_the_date_they_end_on():
    ledger = clock(Limit(3, LimitUnit.WORK_DAY))
    assert short(shown(ledger, NOW), say) == "3天·03-09"
    assert full(shown(ledger, NOW), say) == "剩余 3 个工作日"
    friday = shown(ledger, datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC))
    assert short(friday, say) == "1天·03-09"
    assert short(shown(ledger, datetime(2026, 3, 9, 14, 59, 59, tzinfo=UTC)), say) == "1时00分"
    assert full(shown(ledger, datetime(2026, 3, 9, 14, 59, 59, tzinfo=UTC)), say).startswith(
        "剩余 1:00"
    )


def test_days_by_the_calendar_are_told_from_working_days():
    ledger = clock(Limit(5, LimitUnit.CALENDAR_DAY))
    assert short(shown(ledger, NOW), say) == "5天·03-09"
    assert full(shown(ledger, NOW), say) == "剩余 5 个自然日"


def test_what_ends_on_one_day_has_the_same_days_left_whenever_it_began():
    """The day a limit is triggered on does not count, so three days of today end with four of yesterday."""
    three = clock(Limit(3, LimitUnit.WORK_DAY))
    four = clock(Limit(4, LimitUnit.WORK_DAY), started=NOW - timedelta(days=1))
    assert three.due == four.due
    assert short(shown(three, NOW), say) == short(shown(four, NOW), say)


def test_working_hours_count_working_time():
    ledger = clock(Limit(4, LimitUnit.WORK_HOUR))
    lunch = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
    assert shown(ledger, lunch).seconds == 2 * 3600
    assert short(shown(ledger, lunch), say) == "工作2时00分"
    assert full(shown(ledger, lunch), say).startswith("剩余 2:00（工作时间）")


def test_how_late_it_is_is_told_in_plain_time_whether_anybody_was_at_work_or_not():
    for limit in (Limit(6, LimitUnit.WORK_HOUR), Limit(1, LimitUnit.WORK_DAY)):
        ledger = clock(limit)
        assert ledger.due is not None
        night = shown(ledger, ledger.due + timedelta(hours=7))
        assert night.urgency is Urgency.BREACHED
        assert short(night, say) == "超 7时00分"


def test_a_paused_clock_stands_still():
    ledger = clock(
        Limit(2, LimitUnit.CLOCK_HOUR),
        Pause(NOW + timedelta(minutes=5), None, "SUSPENDED", "zhang"),
    )
    one, two = shown(ledger, NOW + timedelta(hours=1)), shown(ledger, NOW + timedelta(hours=9))
    assert one == two
    assert one.urgency is Urgency.PAUSED
    assert (short(one, say), full(one, say)) == ("停·挂账", "已停钟（挂账）")


def test_a_pause_without_a_name_is_called_a_pause():
    ledger = clock(
        Limit(2, LimitUnit.CLOCK_HOUR), Pause(NOW + timedelta(minutes=5), None, "?", "u")
    )
    assert short(shown(ledger, NOW + timedelta(hours=1)), say) == "停"


@pytest.mark.parametrize(
    ("role", "word"), [(Role.OPERATOR, "停·核实"), (Role.GRID_OFFICER, "5时00分")]
)
def test_a_look_on_the_spot_stops_everybody_but_who_looks(role, word):
    one = row(Clock.K1V, NOW + timedelta(hours=5), status=CaseStatus.VERIFYING)
    bare = one._replace(due_clock="K99")
    assert short(RowClock(TOWN, role).read(bare, NOW), say) == word


def test_a_look_on_the_spot_that_is_late_is_late_for_everybody():
    late = row(Clock.K1V, NOW - timedelta(hours=5), status=CaseStatus.VERIFYING)
    assert short(RowClock(TOWN).read(late, NOW), say) == "超 5时00分"


def test_a_limit_in_days_that_ends_within_a_day_is_another_one_and_told_in_plain_time():
    """A rework or a step of an emergency: its row tells K5 as well, and the class's limit is in days."""
    again = row(Clock.K5, NOW + timedelta(hours=5))
    assert short(RowClock(TOWN).read(again, NOW), say) == "5时00分"


@pytest.mark.parametrize(("hours", "urgency"), [(2, Urgency.MET), (3, Urgency.MISSED)])
def test_a_stopped_clock_says_whether_it_was_met(hours, urgency):
    ledger = clock(Limit(2, LimitUnit.CLOCK_HOUR), stopped=NOW + timedelta(hours=hours))
    assert shown(ledger, NOW + timedelta(days=9)).urgency is urgency


@given(
    st.sampled_from(
        [LimitUnit.CLOCK_MINUTE, LimitUnit.CLOCK_HOUR, LimitUnit.WORK_HOUR, LimitUnit.WORK_DAY]
    ),
    st.integers(1, 40),
    st.integers(0, 40 * 86400),
)
def test_no_clock_is_called_overdue_before_the_ledger_says_so(unit, value, after):
    ledger = clock(Limit(value, unit))
    now = NOW + timedelta(seconds=after)
    assert (shown(ledger, now).urgency is Urgency.BREACHED) == (
        ledger.state(now).value == "BREACHED"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("urgency", list(Urgency))
def test_every_urgency_has_words_and_a_shape(urgency, language):
    def told(key: str, **facts: object) -> str:
        return sentences(language)[key].format(**facts)

    one = Countdown(urgency, 90, None, NOW)
    assert full(one, told)
    assert bool(short(one, told)) == (urgency is not Urgency.NONE)
    loud = set(Urgency) - {Urgency.NORMAL, Urgency.NONE}
    assert len({GLYPHS[one] for one in loud}) == len(loud)


TOWN = setting()


def row(clock: Clock | None, due: datetime | None, **more) -> QueueRow:
    on = dossiers(1)[0]
    names = [name for name in QueueRow._fields if name not in ("asks", "is_unsent")]
    plain = {name: getattr(on.case, name) for name in names}
    return QueueRow(**plain | {"due_clock": clock and str(clock), "due_at": due} | more)


@given(
    st.sampled_from([Clock.K1, Clock.K2, Clock.K5, Clock.K8]),
    st.sampled_from(list(Grade)),
    st.integers(0, 20 * 86400),
    st.integers(0, 30 * 86400),
)
def test_the_list_says_what_the_ledger_says(clock, grade, began, after):
    """A row knows only its due instant; the edition knows the limit. Together they are the ledger."""
    started = NOW + timedelta(seconds=began)
    policy = TOWN.editions.by_code("PS4")
    calendar = TOWN.calendar(policy)
    found = (
        policy.disposal(grade, Nature.COMPLAINT, None)
        if clock is Clock.K5
        else policy.limit(clock, grade)
    )
    ledger = measure(
        clock, "x", Terms(found.limit, "PS4", 13, Origin.PROP), Span(started), calendar
    )
    now = started + timedelta(seconds=after)
    listed = RowClock(TOWN).read(row(clock, ledger.due, grade=grade, registered_at=started), now)
    told = of_ledger(ledger, left(ledger, now, calendar), now, calendar)
    assert (listed.urgency, short(listed, say)) == (told.urgency, short(told, say))


def test_a_row_without_a_clock_is_silent_and_one_without_a_due_instant_is_paused():
    assert RowClock(TOWN).read(row(None, None), NOW).urgency is Urgency.NONE
    assert RowClock(TOWN).read(row(Clock.K5, None), NOW).urgency is Urgency.PAUSED


@pytest.mark.parametrize(
    "more", [{"due_clock": "K99"}, {"due_clock": "K13"}, {"lead_unit": "GONE"}]
)
def test_a_limit_nobody_knows_is_counted_in_plain_time(more):
    one = row(Clock.K5, NOW + timedelta(hours=5), **more)
    assert short(RowClock(TOWN).read(one, NOW), say) == "5时00分"
