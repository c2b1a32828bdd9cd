"""Files of cases behind a bad line to a real server."""

from pathlib import Path

import pytest

from tests.store.cutting import FURTHEST, cut_way

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
#: So many places are tried in every suite, both ways; every one of them is in tests/soak.
PLACES = 5


@pytest.mark.fault("F29")
def test_f29_a_file_arrives_wherever_its_way_was_cut(
    request: pytest.FixtureRequest, tmp_path: Path
):
    with cut_way(request, "cut_files", tmp_path) as way:
        for which, furthest in FURTHEST.items():
            for place in range(PLACES):
                way.carried(1 + place * furthest // PLACES, which)
        assert min(way.cuts.values()) >= PLACES, way.cuts
        assert way.town.link.rows("SELECT count(*) FROM kept_file") == [(2 * PLACES,)]
