"""Forty long lives on both stores at once; only on request, with new seeds each time."""

import os
import secrets
from pathlib import Path

import pytest

from tests.store.conftest import (  # noqa: F401 - fixtures are found by their names here
    lasting_database,
    postgres,
    postgres_root,
    postgres_template,
    postgres_town,
)
from tests.store.test_central_twins import WANTED, long_life

LIVES, STEPS = 40, 2_000


@pytest.mark.soak
def test_forty_long_lives_are_the_same_on_both_stores(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("forty lives take six minutes: ask with -m soak or FENBO_SOAK=1")
    first = int(os.environ.get("FENBO_SOAK_SEED", secrets.randbits(32)))
    with capsys.disabled():
        print(f"\ntwins soak: from seed {first} on (repeat with FENBO_SOAK_SEED={first})")  # noqa: T201
    there = postgres_town(request, "twin_soak")
    met: set[str] = set()
    for seed in range(first, first + LIVES):
        folder = tmp_path / str(seed)
        folder.mkdir()
        met |= long_life(folder, there, seed, STEPS)
    there.close()
    assert met >= {*WANTED, "conflict taken-up"}
