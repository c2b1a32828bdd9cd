"""Killed at any statement of registering and dispatching, a desk wakes up with what it promised, once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
#: The quick slice tries every so-manieth statement; all of them with FENBO_SOAK=1.
STEP, SECONDS = 3, 30
IS_SOAK = os.environ.get("FENBO_SOAK") == "1"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each attempt is a fork"),
]


def attempts(folder: Path) -> list[dict[str, Any]]:
    plan = ("1", "1", "3600") if IS_SOAK else ("1", str(STEP), str(SECONDS))
    program = [sys.executable, "-m", "tests.e2e.kill_points", str(folder), *plan]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_case_is_there_once_or_was_never_acknowledged(tmp_path: Path):
    found = attempts(tmp_path)
    assert sum(one["killed"] for one in found) >= 5
    assert [one for one in found if not is_kept(one)] == []


def is_kept(one: dict[str, Any]) -> bool:
    """Acknowledged means there once; not acknowledged means there once or not at all; nothing is left over."""
    registered = one["new"] == 1 if "registered" in one["acknowledged"] else one["new"] in (0, 1)
    dispatched = (
        one["tasks"] == 1 if "dispatched" in one["acknowledged"] else one["tasks"] in (0, 1)
    )
    return registered and dispatched and not (one["held"] or one["aside"] or one["doubled"])
