"""SQLite and PostgreSQL are one contract: the same random life, and every answer and every row the same."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.central.finding import Report
from db.central.sealing import read_key
from db.central.verify import verify_link
from db.postgres.sealing import keys_of
from tests.store.conftest import postgres_town, town_on
from tests.store.town import Clock, Town
from tests.store.twins import Twins, wiped

KINDS = (
    *("register", "work", "act", "go_on", "go_on", "take_back", "again", "many", "time", "look"),
    *("person", "batch", "take_up"),
)
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 2**32 - 1)), max_size=30)


@pytest.fixture(scope="module")
def there(request: pytest.FixtureRequest) -> Iterator[Town]:
    town = postgres_town(request, "twin")
    yield town
    town.close()


def _twins(folder: Path, there: Town) -> Twins:
    """Both with the same key, so that even the hashes agree."""
    here = town_on(folder, Clock())
    key = read_key(folder / "central.db")
    wiped(there).link.run("UPDATE secret SET value = ? WHERE name = 'digest'", (key._salt.hex(),))
    there.sealer = keys_of(there.link)
    return Twins(here, there)


def _verified(town: Town) -> Report:
    """What a verification says: nothing but of undos that no desk of ours would send."""
    report = verify_link(town.link, town.sealer)
    assert {one.code for one in report.findings} <= {"undo"}
    return report


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_both_stores_say_and_keep_the_same(
    tmp_path_factory: pytest.TempPathFactory, there: Town, steps: list[tuple[str, int]]
):
    twins = _twins(tmp_path_factory.mktemp("twins"), there)
    for what, seed in steps:
        twins.step(what, seed)
    twins.compare()
    twins.both(_verified)
    twins.here.close()


def long_life(folder: Path, there: Town, seed: int, steps: int) -> set[str]:
    """One life of many steps, compared to the last row; every kind of answer that was given in it."""
    draw = Random(seed)
    twins = _twins(folder, there)
    for number in range(steps):
        what = draw.choice((*OFTEN, *(("time", "look") if number % 5 == 0 else ())))
        twins.step(what, draw.randrange(2**32))
    twins.compare()
    twins.both(_verified)
    twins.here.close()
    return {status if not why else f"{status} {why}" for status, why in twins.tally}


def test_a_long_life_meets_every_kind_of_answer(tmp_path: Path, there: Town):
    """The series is only worth something when it gets far into the rules and against every fence.

    The seeds are two that get there early between them; tests/soak lives through many.
    """
    met: set[str] = set()
    for seed in (22, 33):
        folder = tmp_path / str(seed)
        folder.mkdir()
        met |= long_life(folder, there, seed=seed, steps=850)
    assert met >= WANTED, WANTED - met


OFTEN = (
    *["register", "work", "work", "act", "act", "again", "many", "batch", "take_back", "take_back"],
    *["take_up"] * 2,
    *["go_on"] * 13,
)
WANTED = {
    *("done", "id-reuse command", "id-reuse row", "missing", "conflict base", "clock ahead"),
    *("clock behind", "denied unreadable", "denied actor", "denied shape", "denied role"),
    *(
        "denied move",
        "denied field",
        "denied value",
        "denied count",
        "denied own-request",
        "denied held",
    ),
    *("denied batch", "denied not-historical", "denied undo", "denied undo-not-own"),
    *("denied undo-value", "denied sealed", "denied supplement", "conflict supplemented"),
}
