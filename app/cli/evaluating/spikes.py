"""How well spikes are found: made-up districts with events put in, and any real stream replayed with events put in."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np

from app.cli.evaluating.alarms import Alarm, Verdict, episodes, judge, within
from app.cli.evaluating.columns import Columns
from app.cli.evaluating.detectors import Seen, ears, looked, stream_of
from app.cli.evaluating.goals import Goal, judged
from app.cli.evaluating.injecting import Event, Plan, cases_of, events
from app.cli.evaluating.simulator import Cases, World, simulated
from app.cli.evaluating.table import moment, table
from app.domain.refused import Refused
from app.importing.cells import bare
from app.insight.knobs import Knobs
from app.insight.streams import DAY, Layout, hours_of

_PAST, _TESTED, _HOURLY = 365, 365, 60
_SIZES, _LENGTHS = (5, 8, 12, 20, 40), (24, 72, 168)
_DAILY = Knobs(windows=(24, 72, 168), least=3)
GOALS: Mapping[str, Goal] = {
    "null_quiet": ("most", 2.5),
    "null_restless": ("most", 2.5),
    "daily_500_false_a_day": ("most", 0.35),
    "daily_500_found": ("least", 0.75),
    "daily_500_found_large": ("least", 0.85),
    "daily_2000_found_at_1": ("least", 0.65),
    "hourly_500_median_late_hours": ("most", 6),
    "hourly_500_median_cases_seen": ("most", 7),
    "hourly_500_found_at_1": ("least", 0.85),
    "scan_ms": ("most", 10),
}
REPLAYED: Mapping[str, Goal] = {"test_found_at_half": ("least", 0.70)}


def generated(seed: int) -> dict[str, Any]:
    """The goals of INSIGHT 8 on made-up districts of 60 classes and 23 communities."""
    found: dict[str, Any] = {"what": "spikes", "stream": "generated"}
    found |= _null("quiet", World(500, 1.6, _PAST + _TESTED, seed))
    found |= _null("restless", World(500, 4.0, _PAST + _TESTED, seed + 1))
    found |= _daily(500, World(500, 1.6, _PAST + _TESTED, seed + 2))
    found |= _daily(2000, World(2000, 2.5, _PAST + _TESTED // 2, seed + 3))
    found |= _by_hour(World(500, 1.6, _PAST + _HOURLY, seed + 4))
    return found | {"goals": judged(found, GOALS)}


def _null(name: str, world: World) -> dict[str, Any]:
    """How often a chance below one in a thousand comes where nothing was put in."""
    seen = looked(stream_of(simulated(world), world.layout()), _ends(world), _DAILY)
    false = sum(1 for _ in episodes(seen.passed)) / (world.days - _PAST)
    calibrated = seen.rare / max(1, seen.tests) / 1e-3
    return {f"null_{name}": round(calibrated, 2), f"null_{name}_false_a_day": round(false, 3)}


def _ends(world: World) -> list[float]:
    """The last moment of each day that is tested."""
    return [(day + 1) * DAY - 1e-6 for day in range(_PAST, world.days)]


def _daily(volume: int, world: World) -> dict[str, Any]:
    days = world.days - _PAST
    plan = Plan(days, _SIZES, _LENGTHS, (_PAST * DAY, world.days * DAY), world.seed)
    put = events(plan, np.ones((world.classes, world.places)))
    cases = simulated(world).with_more(cases_of(put))
    seen = looked(stream_of(cases, world.layout()), _ends(world), _DAILY)
    own = judge(seen.passed, put, days)
    beside = ears(cases, world.layout(), range(_PAST, world.days))
    name = f"daily_{volume}"
    return {
        **_told(name, own),
        f"{name}_found_at_1": round(within(seen.test, put, days, 1).found, 3),
        f"{name}_rule_found_at_1": round(within(seen.rule, put, days, 1).found, 3),
        f"{name}_ears_c2_found_at_1": round(within(beside, put, days, 1).found, 3),
    }


def _told(name: str, own: Verdict) -> dict[str, float]:
    return {
        f"{name}_false_a_day": round(own.false_a_day, 3),
        f"{name}_found": round(own.found, 3),
        f"{name}_found_large": round(own.found_large, 3),
        f"{name}_precision": round(own.precision, 3),
    }


def _by_hour(world: World) -> dict[str, Any]:
    span = (_PAST * DAY, world.days * DAY)
    plan = Plan(2 * _HOURLY, _SIZES[1:], (3, 24, 72, 168), span, world.seed)
    put = events(plan, np.ones((world.classes, world.places)))
    cases = simulated(world).with_more(cases_of(put))
    hours = [float(hour) for hour in range(span[0] + 1, span[1] + 1)]
    seen = looked(stream_of(cases, world.layout()), hours, replace(Knobs(), least=3))
    own = judge(seen.passed, put, _HOURLY)
    return {
        **_told("hourly_500", own),
        "hourly_500_median_late_hours": round(median(own.late or (0.0,)), 1),
        "hourly_500_median_cases_seen": median(own.seen or (0,)),
        "hourly_500_found_at_1": round(within(seen.test, put, _HOURLY, 1).found, 3),
        "hourly_500_rule_found_at_1": round(within(seen.rule, put, _HOURLY, 1).found, 3),
        "scan_ms": round(median(seen.took), 2),
    }


#: Days of a real stream that are past only, the events put in, their sizes, and the budgets of alarms a day.
_FIRST, _PUT, _REAL_SIZES, _BUDGETS = 31, 300, (3, 5, 8, 12, 20), (0.2, 0.5, 1.0)


def replayed(path: Path, columns: Columns, seed: int) -> dict[str, Any]:
    """A real stream of `time`, `class` and `place` with events put in; real alarms count as false."""
    rows = [one for row in table(path, columns, ("time", "class", "place")) if (one := _row(row))]
    layout = Layout.of(sorted({row[1] for row in rows}), sorted({row[2] for row in rows}))
    cases, days = _dense(rows, layout)
    keys = np.zeros((len(layout.classes), len(layout.communities)))
    keys[cases.classes, cases.places] = 1
    span = (_FIRST * DAY, days * DAY)
    put = events(Plan(_PUT, _REAL_SIZES, _LENGTHS, span, seed), keys)
    tested = range(_FIRST, days)
    hours = [(day + 1) * DAY - 1e-6 for day in tested]
    plain = looked(stream_of(cases, layout), hours, _DAILY)
    more = cases.with_more(cases_of(put))
    seen = looked(stream_of(more, layout), hours, _DAILY)
    facts = {"rows": len(rows), "kept": len(cases.hours), "days_tested": len(tested)}
    bare_alarms = {
        "real_alarms_a_day": round(sum(1 for _ in episodes(plain.passed)) / len(tested), 2)
    }
    found = {**facts, **bare_alarms, **_budgets(seen, ears(more, layout, tested), put, len(tested))}
    return {"what": "spikes", "stream": path.name, **found, "goals": judged(found, REPLAYED)}


def _budgets(seen: Seen, beside: list[Alarm], put: list[Event], days: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, alarms in (("test", seen.test), ("rule", seen.rule), ("ears_c2", beside)):
        shares = [within(alarms, put, days, budget).found for budget in _BUDGETS]
        named = zip(("at_fifth", "at_half", "at_1"), shares, strict=True)
        found |= {f"{name}_found_{at}": round(share, 3) for at, share in named}
    return found


def _row(row: Mapping[str, str]) -> tuple[float, str, str] | None:
    with suppress(Refused):
        category, place = bare(row["class"]), bare(row["place"])
        return (hours_of(moment(row["time"])), category, place) if category and place else None
    return None


def _dense(rows: list[tuple[float, str, str]], layout: Layout) -> tuple[Cases, int]:
    """The cases from the day on from which no week is nearly empty, with hours from a Monday; and their days."""
    rows.sort()
    days = np.array([int(row[0] // DAY) for row in rows])
    counts = np.bincount(days - days[0])
    usual = fmean(counts[-28:])
    thin = [day for day in range(len(counts) - 7) if counts[day : day + 7].mean() < usual / 4]
    start = (int(days[0]) + (thin[-1] + 1 if thin else 0) + 6) // 7 * 7
    kept = [row for row in rows if row[0] >= start * DAY]
    hours = np.array([row[0] - start * DAY for row in kept])
    classes = np.array([layout.classes.index(row[1]) for row in kept], np.int64)
    places = np.array([layout.communities.index(row[2]) for row in kept], np.int64)
    return Cases(hours, classes, places), int(days[-1]) - start + 1
