"""How fast the picker answers: 10,000 made-up leaves, and the shipped standard."""

import random
import time

import pytest

from ui.picker_index import Entry, NameIndex
from ui.readings import readings

SYLLABLES = "噪声施工夜间路灯井盖垃圾占道经营积水停车绿化树木油烟消防通道电动燃气欠薪社保学位物业电梯高空抛物"
LEAVES = 10_000
#: A screen's share of a keystroke; the goal is 30 ms, other work shares this machine's two cores.
GOAL_MS, BOUND_MS = 30, 90


@pytest.fixture(scope="module")
def names() -> list[str]:
    chance = random.Random(7)
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(3, 8))) for _ in range(LEAVES)]


@pytest.fixture(scope="module")
def index(names) -> NameIndex:
    above = [Entry(f"{n:02}", (f"{SYLLABLES[n : n + 4]}类",)) for n in range(20)]
    leaves = (
        Entry(f"{n % 20:02}{n:05}", (name, f"Class {n} of things"), (name[:2],), f"{n % 20:02}")
        for n, name in enumerate(names)
    )
    return NameIndex.of((*above, *leaves))


def queries(names):
    chance = random.Random(11)
    for _ in range(200):
        name = chance.choice(names)
        initials = "".join(readings(one)[0][0] for one in name)
        spoken = "".join(readings(one)[0] for one in name)
        length = chance.randint(1, 5)
        yield chance.choice((initials[:length], spoken[: 2 * length], name[:length]))


def test_a_keystroke_among_ten_thousand_leaves(index, names, record_property):
    took = []
    for query in queries(names):
        began = time.perf_counter()
        assert index.find(query)
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    p50, p95 = took[len(took) // 2], took[len(took) * 95 // 100]
    record_property("picker_ms", {"p50": p50, "p95": p95, "goal_p95": GOAL_MS})
    assert p95 < BOUND_MS
