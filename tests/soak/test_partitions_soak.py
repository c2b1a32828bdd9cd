"""A thousand partitions between real desks and a real server; only on request, with new seeds each time."""

import os
import secrets
from collections import Counter
from pathlib import Path

import pytest

from tests.store.conftest import (  # noqa: F401 - fixtures are found by their names here
    lasting_database,
    postgres,
    postgres_root,
    postgres_template,
    working_template,
)
from tests.store.storm import hasty, stormed

RUNS = 1_000


def say(what: str) -> None:
    """Be read while it goes on."""
    print(what, flush=True)  # noqa: T201


@pytest.mark.soak
@pytest.mark.fault("F6")
def test_a_thousand_partitions_lose_double_wedge_and_part_nothing(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("a thousand partitions take two hours: ask with -m soak or FENBO_SOAK=1")
    first = int(os.environ.get("FENBO_SOAK_SEED", secrets.randbits(32)))
    runs = int(os.environ.get("FENBO_SOAK_RUNS", RUNS))
    hasty(monkeypatch)
    worst, failed, tally = 0.0, list[str](), Counter[str]()
    with capsys.disabled():
        say(f"\npartitions soak: from seed {first} on (repeat with FENBO_SOAK_SEED={first})")
        for seed in range(first, first + runs):
            wrong, storm = stormed(request, seed, tmp_path / str(seed))
            worst, tally = max(worst, storm.healed_in), tally + storm.tally
            if wrong:
                failed.append(f"seed {seed}: {wrong}")
                say(failed[-1])
            if seed % 50 == 49:
                say(f"to seed {seed}: {len(failed)} failed, the slowest healed in {worst:.1f} s")
        say(f"{runs} runs, {len(failed)} failed: {dict(tally)}")
    assert failed == []
