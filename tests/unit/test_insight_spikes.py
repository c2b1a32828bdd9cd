"""Spikes: the tail, what is expected, what is warned and when again, the fixed rule, every number recomputable."""

from datetime import UTC, datetime, timedelta
from math import exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.evaluating.alarms import Alarm, episodes, judge, within
from app.cli.evaluating.detectors import ears, looked, stream_of
from app.cli.evaluating.injecting import Plan, cases_of, events
from app.cli.evaluating.simulator import World, simulated
from app.insight.baseline import baseline_of
from app.insight.expecting import LEAST_RATE, Inputs, expectation
from app.insight.frequent import (
    Severity,
    is_frequent,
    is_frequent_place,
    is_frequent_reporter,
    severity_of,
)
from app.insight.knobs import Knobs, knobs_of
from app.insight.spikes import Key, Watch, recomputed
from app.insight.streams import DAY, Layout, Stream, hours_of, instant_of
from app.insight.tail import discovered, tail
from tests.kit import setting

KNOBS = Knobs()
LAYOUT = Layout.of(
    [f"C{one}" for one in range(12)], {f"P{one}": f"S{one // 4}" for one in range(8)}, "D"
)
WORLD = World(60, 1.5, 120, 7, classes=12, places=8)


def quiet(days=100, layout=LAYOUT):
    """Two cases a day of each class, the places in turn."""
    stream = Stream(layout)
    cases = (
        (day * DAY + 9 + half, one, f"P{(day * 2 + half + place) % 8}")
        for day in range(days)
        for place, one in enumerate(layout.classes)
        for half in range(2)
    )
    stream.fill(cases)
    return stream


def burst(stream, now, count, category="C3", place="P2"):
    for number in range(count):
        stream.add(now - 2 + number / count, category, place)


NOW = 100.0 * DAY + 12


@given(st.integers(1, 60), st.floats(0.01, 40))
def test_the_tail_of_a_poisson_is_the_sum_of_its_terms(count, mu):
    below = sum(exp(-mu) * mu**one / factorial(one) for one in range(count))
    assert tail(count, mu, mu) == pytest.approx(max(0.0, 1 - below), abs=1e-9)


@given(st.integers(0, 80), st.floats(0.01, 50), st.floats(0, 50))
def test_the_tail_falls_with_the_count_and_rises_with_what_is_expected(count, mu, more):
    var = mu + more
    here = tail(count, mu, var)
    assert 0 <= here <= 1
    assert tail(count + 1, mu, var) <= here + 1e-12
    assert tail(count, mu * 1.1, var * 1.1) >= here - 1e-9


def test_the_tail_is_scipys():
    stats = pytest.importorskip("scipy.stats", reason="the oracle is not installed")
    for count, mu, var in [(12, 2.1, 4.4), (3, 0.02, 0.03), (40, 30.0, 90.0), (5, 8.0, 9.0)]:
        size = mu * mu / (var - mu)
        assert tail(count, mu, var) == pytest.approx(
            stats.nbinom.sf(count - 1, size, mu / var), rel=1e-9
        )


def test_a_mean_of_nothing_has_no_tail():
    with pytest.raises(ValueError):
        tail(3, 0.0, 1.0)
    assert tail(0, 1.0, 1.0) == 1.0


@given(st.lists(st.floats(0, 1), max_size=30), st.integers(30, 500))
def test_discoveries_are_benjamini_and_hochbergs(found, tests):
    limit = discovered(found, tests, 0.05)
    passed = [p for p in sorted(found) if p <= limit]
    ranks = [rank for rank, p in enumerate(sorted(found), 1) if p <= rank * 0.05 / tests]
    assert len(passed) == (max(ranks) if ranks else sum(p == 0 for p in found) * bool(ranks))


def test_hours_count_from_a_monday_in_local_time():
    monday = datetime(2018, 9, 10, tzinfo=UTC) - timedelta(hours=8)
    assert hours_of(monday) % (7 * DAY) == 0
    assert instant_of(hours_of(monday)) == monday


def test_nothing_is_tested_before_three_weeks_are_past():
    stream = quiet(20)
    assert baseline_of(stream, 20.0 * DAY, KNOBS) is None
    watch = Watch(stream, KNOBS)
    burst(stream, 20.0 * DAY + 12, 30)
    assert watch.scan(20.0 * DAY + 12) == []
    assert [one.key for one in watch.ruled(20.0 * DAY + 12)] == [Key("COMMUNITY", "C3", "P2")]


@pytest.mark.parametrize(("days", "base"), [(21, 20), (50, 28), (63, 56), (200, 56)])
def test_the_baseline_grows_with_the_past(days, base):
    found = baseline_of(quiet(days), days * DAY + 1.0, KNOBS)
    assert found is not None
    assert found.days == base


def test_a_usual_week_is_worth_seven_days_and_hours_fill_a_day():
    found = baseline_of(quiet(), NOW, KNOBS)
    assert found is not None
    assert found.share(NOW - 168, NOW) == pytest.approx(7.0)
    assert found.share(NOW - 24, NOW - 12) + found.share(NOW - 12, NOW) == pytest.approx(
        found.share(NOW - 24, NOW)
    )
    assert found.hours.sum() == pytest.approx(1)


def test_a_burst_is_warned_of_at_the_place_and_recomputed_from_what_it_carries():
    stream = quiet()
    watch = Watch(stream, KNOBS)
    assert watch.scan(NOW) == []
    burst(stream, NOW, 15)
    found = watch.scan(NOW)
    here = next(one for one in found if one.key == Key("COMMUNITY", "C3", "P2"))
    assert here.inputs.count == 15
    assert recomputed(here) == here.chance <= here.limit
    assert here.tests == 12 * (8 + 2 + 1) * 4
    assert here.severity is Severity.ORANGE


def test_every_key_that_passes_is_recomputable_and_enough():
    put = events(Plan(20, (8, 20), (24, 72), (80 * DAY, 119 * DAY), 3), np.ones((12, 8)))
    cases = simulated(WORLD).with_more(cases_of(put))
    stream = stream_of(cases, Layout.of([f"C{n}" for n in range(12)], [f"P{n}" for n in range(8)]))
    watch = Watch(stream, KNOBS)
    found = [one for day in range(80, 120) for one in watch.scan(day * DAY + 23.5)]
    assert len(found) > 5
    for one in found:
        assert recomputed(one) == one.chance <= one.limit
        assert one.inputs.count >= KNOBS.least


def test_it_is_not_said_again_within_the_cooldown_unless_it_doubles():
    stream = quiet()
    watch = Watch(stream, KNOBS)
    burst(stream, NOW, 12)
    assert any(one.key.place == "P2" for one in watch.scan(NOW))
    assert not any(one.key.place == "P2" for one in watch.scan(NOW + 1))
    burst(stream, NOW + 3, 14)
    assert any(one.key.place == "P2" for one in watch.scan(NOW + 3))


def test_a_case_tests_its_own_keys_alone():
    stream = quiet()
    watch = Watch(stream, KNOBS)
    watch.scan(NOW - 3)
    burst(stream, NOW, 15)
    assert watch.on_filed(NOW, "C5", "P1") == []
    found = watch.on_filed(NOW, "C3", "P2")
    assert {one.key for one in found} <= {
        *(Key("COMMUNITY", "C3", "P2"), Key("STREET", "C3", "S0"), Key("DISTRICT", "C3", "D")),
    }
    assert Key("COMMUNITY", "C3", "P2") in {one.key for one in found}


def test_what_rises_everywhere_is_no_news_of_one_place():
    """The same count is less astonishing where the class rose at every other place too."""
    alone = Inputs(9, 10, 56, 0.2, 1, 4, 4, 100, 100, 1.0)
    everywhere = Inputs(9, 10, 56, 0.2, 1, 80, 4, 200, 100, 1.0)
    assert expectation(everywhere).mu > expectation(alone).mu
    assert expectation(alone).shift == 1.0


@given(st.floats(0, 50), st.floats(1, 60), st.floats(0.02, 5), st.floats(0.01, 8), st.floats(1, 6))
def test_an_expectation_is_never_nothing(base, exposure, prior, share, spread):
    found = expectation(Inputs(3, base, exposure, prior, share, 0, 0, 0, 0, spread))
    assert found.rate >= LEAST_RATE
    assert found.mu > 0
    assert found.var >= found.mu


def test_safety_needs_fewer_cases():
    stream = quiet()
    burst(stream, NOW, 4)
    usual, safety = Watch(stream, KNOBS), Watch(stream, KNOBS, frozenset({"C3"}))
    assert not any(one.key.grain == "COMMUNITY" for one in usual.scan(NOW))
    assert any(one.key == Key("COMMUNITY", "C3", "P2") for one in safety.scan(NOW))


@pytest.mark.parametrize(
    ("day", "three", "usual", "safety", "passes"),
    [
        (10, 10, None, False, True),
        (9, 14, None, False, False),
        (2, 15, None, False, True),
        (3, 3, None, True, True),
        (3, 3, None, False, False),
        (10, 10, {24: 5.0, 72: 15.0}, False, True),
        (10, 10, {24: 5.1, 72: 15.0}, False, False),
    ],
)
def test_the_fixed_rule(day, three, usual, safety, passes):
    assert is_frequent({24: day, 72: three}, usual, safety=safety, knobs=KNOBS) is passes


def test_the_rules_of_a_place_and_of_a_reporter():
    assert is_frequent_place([1, 2, 3, 4, 160], 165, KNOBS)
    assert not is_frequent_place([1, 2, 3, 4, 160], 170, KNOBS)
    assert is_frequent_reporter([1, 300, 700], 720, KNOBS)
    assert not is_frequent_reporter([1, 300, 700], 721, KNOBS)


def test_the_fixed_rule_speaks_once_within_the_cooldown():
    stream = quiet()
    burst(stream, NOW, 12)
    watch = Watch(stream, KNOBS)
    (found,) = watch.ruled(NOW)
    assert found.counts == {24: 12, 72: 12} or found.counts[24] >= 12
    assert found.usual is not None
    assert watch.ruled(NOW + 1) == []


@pytest.mark.parametrize(
    ("count", "hours", "ratio", "severity"),
    [
        (4, 24, 500.0, Severity.BLUE),
        (5, 24, 1.0, Severity.YELLOW),
        (9, 168, 9.0, Severity.BLUE),
        (9, 168, 10.0, Severity.YELLOW),
        (10, 72, 30.0, Severity.ORANGE),
        (20, 24, 1.0, Severity.RED),
        (49, 168, 99.0, Severity.ORANGE),
        (20, 168, 100.0, Severity.RED),
    ],
)
def test_severity_is_by_counts_or_by_the_ratio(count, hours, ratio, severity):
    assert severity_of(count, hours, ratio, KNOBS) is severity


def test_the_numbers_are_the_editions():
    assert knobs_of(setting().editions.editions[0]) == KNOBS


def test_an_unknown_class_is_left_out_of_many_and_refused_alone():
    stream = Stream(LAYOUT)
    stream.fill([(5.0, "C1", "P1"), (1.0, "C1", "P2"), (2.0, "none", "P2")])
    assert len(stream) == 2
    assert stream.begins == 1.0
    with pytest.raises(KeyError):
        stream.add(3.0, "none", "P1")
    stream.add(3.0, "C1", "P1")
    assert list(stream.between(0, 9)[0]) == [1.0, 5.0, 5.0]


def test_the_same_seed_gives_the_same_district_of_about_its_volume():
    one, other = simulated(WORLD), simulated(WORLD)
    assert np.array_equal(one.hours, other.hours)
    assert 40 < len(one.hours) / WORLD.days < 90
    assert (np.diff(one.hours) >= 0).all()


def test_alarms_within_a_week_are_one_and_those_of_an_event_are_not_false():
    put = events(Plan(3, (8,), (24,), (80 * DAY, 110 * DAY), 1), np.ones((12, 8)))
    own = [Alarm(one.end, one.at, 5.0) for one in put]
    stray = [Alarm(50.0, (0, 0), 1.0), Alarm(60.0, (0, 0), 1.0), Alarm(500.0, (0, 0), 1.0)]
    found = judge([*stray, *own], put, 10)
    assert (found.found, found.false_a_day) == (1.0, 0.2)
    assert len(list(episodes(stray))) == 2
    assert within([*stray, *own], put, 10, 0.0).false_a_day == 0
    assert within([*stray, *own], put, 10, 0.0).found == 1.0


def test_the_test_finds_more_than_the_fixed_rule_and_ears_with_as_many_false_alarms():
    world = World(120, 1.5, 160, 11, classes=12, places=8)
    put = events(Plan(60, (5, 8, 12), (24, 72, 168), (100 * DAY, 160 * DAY), 2), np.ones((12, 8)))
    cases = simulated(world).with_more(cases_of(put))
    hours = [(day + 1) * DAY - 1e-6 for day in range(100, 160)]
    seen = looked(stream_of(cases, world.layout()), hours, Knobs(windows=(24, 72, 168), least=3))
    beside = ears(cases, world.layout(), range(100, 160))
    found = [within(alarms, put, 60, 0.5).found for alarms in (seen.test, seen.rule, beside)]
    assert found[0] > max(found[1:])
