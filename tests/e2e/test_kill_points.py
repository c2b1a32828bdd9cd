"""Killed at any statement of registering and dispatching, a desk wakes up with what it promised, once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
IS_SOAK = os.environ.get("FENBO_SOAK") == "1"
#: Registering and dispatching write to two files and read in between; fewer statements are not both.
FEWEST = 30

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each attempt is a fork"),
]

Attempt = dict[str, Any]


def attempts(folder: Path, plan: str) -> tuple[dict[str, dict[str, int]], list[Attempt]]:
    """The statements of an undisturbed run, and what came of each killing."""
    program = [sys.executable, "-m", "tests.e2e.kill_points", str(folder), plan]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    counts, *found = [json.loads(line) for line in done.stdout.splitlines()]
    return counts, found


def phases(found: list[Attempt]) -> list[tuple[str, ...]]:
    """What had been acknowledged when each was killed, in order, each once."""
    return list(dict.fromkeys(tuple(one["acknowledged"]) for one in found if one["killed"]))


@pytest.mark.fault("F1")
def test_a_case_is_there_once_or_was_never_acknowledged(tmp_path: Path):
    counts, found = attempts(tmp_path, "acts")
    last = counts["away"]["dispatched"]
    assert last > FEWEST
    assert [one["at"] for one in found] == list(range(1, last + 1))
    assert [one for one in found if one["mode"] == "away" and not one["killed"]] == []
    assert phases(found)[:2] == [(), ("registered",)]
    assert [one for one in found if not is_kept(one)] == []


@pytest.mark.skipif(not IS_SOAK, reason="each statement in both ways takes minutes: FENBO_SOAK=1")
@pytest.mark.parametrize("mode", ["there", "away"])
@pytest.mark.fault("F1", "F3")
def test_every_statement_until_all_is_sent_may_be_the_last(mode: str, whole: Any):
    counts, all_found = whole
    found = [one for one in all_found if one["mode"] == mode]
    assert [one["at"] for one in found] == list(range(1, len(found) + 1))
    assert [one["killed"] for one in found] == [True] * (len(found) - 1) + [False]
    assert len(found) > counts[mode]["dispatched"] > counts[mode]["registered"] > 0
    assert phases(found) == [(), ("registered",), ("registered", "dispatched")]
    assert [one for one in found if not is_kept(one)] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return attempts(tmp_path_factory.mktemp("whole"), "whole")


def is_kept(one: Attempt) -> bool:
    """Acknowledged means there once; not acknowledged means there once or not at all; nothing is left over."""
    registered = one["new"] == 1 if "registered" in one["acknowledged"] else one["new"] in (0, 1)
    dispatched = (
        one["tasks"] == 1 if "dispatched" in one["acknowledged"] else one["tasks"] in (0, 1)
    )
    return registered and dispatched and not (one["held"] or one["aside"] or one["doubled"])
