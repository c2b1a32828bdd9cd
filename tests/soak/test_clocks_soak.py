"""100,000 random clocks and 10,000 tasks against the walker; only on request, with a new seed each time."""

import os
import secrets

import pytest

from tests.unit.test_clocks_agree import compare, compare_rounds


@pytest.mark.soak
def test_a_hundred_thousand_random_clocks_agree_with_the_walker(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("100,000 clocks take minutes: ask with -m soak or FENBO_SOAK=1")
    seed = int(os.environ.get("FENBO_SOAK_SEED", secrets.randbits(32)))
    with capsys.disabled():
        print(f"\nclocks soak: seed {seed} (repeat with FENBO_SOAK_SEED={seed})")  # noqa: T201
    compare(100_000, seed)
    compare_rounds(10_000, seed)
