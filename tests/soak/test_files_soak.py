"""The way of a file cut at every byte there is, up and down; only on request."""

import os
from pathlib import Path

import pytest

from tests.store.conftest import (  # noqa: F401 - fixtures are found by their names here
    lasting_database,
    postgres,
    postgres_root,
    postgres_template,
)
from tests.store.cutting import FURTHEST, cut_way


@pytest.mark.soak
@pytest.mark.fault("F29")
def test_a_file_arrives_wherever_its_way_was_cut(request: pytest.FixtureRequest, tmp_path: Path):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("every byte takes minutes: ask with -m soak or FENBO_SOAK=1")
    with cut_way(request, "cut_everywhere", tmp_path) as way:
        for which, furthest in FURTHEST.items():
            for at in range(1, furthest + 1):
                way.carried(at, which)
        assert all(way.cuts[which] >= furthest for which, furthest in FURTHEST.items()), way.cuts
