"""The whole matrix of special commands given at once, in either order, at both stores; only on request."""

import pytest

from tests.series import IS_SOAK
from tests.store.conftest import (  # noqa: F401 - fixtures are found by their names here
    lasting_database,
    postgres,
    postgres_root,
    postgres_template,
    town,
    town_of,
)
from tests.store.office import SCENES
from tests.store.test_matrix import tried
from tests.store.town import Town


@pytest.mark.soak
@pytest.mark.skipif(not IS_SOAK, reason="hundreds of pairs take minutes: ask with FENBO_SOAK=1")
@pytest.mark.parametrize("name", SCENES)
def test_of_every_two_at_once_one_wins_or_both_hold(
    town: Town,  # noqa: F811 - the fixture
    name: str,
    capsys: pytest.CaptureFixture[str],
):
    seen = tried(town, name)
    counted = {how: list(seen.values()).count(how) for how in sorted({*seen.values()})}
    with capsys.disabled():
        print(f"\n{name}: {len(seen)} pairs, {counted}")  # noqa: T201
    assert set(counted) <= {"anew", "both", "explained", "gone"}
