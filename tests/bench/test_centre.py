"""A centre under load on a small scale: every figure is there and of its shape, and nothing of it stays behind."""

import json
from collections.abc import Callable

import pytest

from app.__main__ import main
from app.cli.benching import centre
from app.cli.benching.figures import Figure
from app.cli.benching.lives import Lives
from app.cli.benching.people import found, store_of
from app.cli.benching.size import Size
from app.domain.refused import Refused
from app.services.ports import Cursor
from db.central.link import Link
from tests.kit import setting
from tests.store.conftest import (  # noqa: F401 - fixtures are found by their names here
    lasting_database,
    new_database,
    postgres,
    postgres_root,
    url_of,
)

pytestmark = pytest.mark.slow
SMALL = Size(seats=4, watched=2, rounds=3, writers=2, rate=20.0, seconds=0.5, queued=6)


@pytest.fixture
def url(postgres: str, new_database: Callable[..., str]) -> str:  # noqa: F811
    return url_of(postgres, new_database("measured"))


@pytest.fixture
def figures(url: str) -> dict[str, Figure]:
    return {one.key: one for one in centre.measured(url, SMALL, lambda _: None)}


def test_every_figure_of_a_centre_is_there_and_its_logins_are_gone(
    figures: dict[str, Figure],
    postgres_root: Link,  # noqa: F811
):
    assert set(figures) == {
        *("centre.submit", "centre.batch", "centre.crowd"),
        *("centre.seen", "centre.polled", "centre.drain"),
    }
    assert len(figures["centre.submit"].ours.wall) == SMALL.rounds
    assert figures["centre.submit"].bare is not None
    for key in (
        "centre.seen",
        "centre.polled",
    ):  # each command at each watched seat, later than sent
        assert len(figures[key].ours.wall) == SMALL.rate * SMALL.seconds * SMALL.watched
        assert min(figures[key].ours.wall) > 0
    assert postgres_root.rows("SELECT 1 FROM pg_roles WHERE rolname ~ '^bench'") == []


def test_a_store_that_is_there_is_not_measured(url: str):
    assert next(centre.measured(url, SMALL, lambda _: None)).key == "centre.submit"
    with pytest.raises(Refused) as no:
        next(centre.measured(url, SMALL, lambda _: None))
    assert no.value.code == "store-exists"


def test_copied_lives_are_taken_whole(url: str):
    (who,) = people = found(url, 1)
    try:
        store, lives = store_of(url, who), Lives(setting())
        offers = [one for _ in range(2) for one in lives.case(who.login)]
        assert {one.status for one in store.submit(offers)} == {"done"}
        kinds = [row.kind for row in store.pull(Cursor(), 10).rows]
        assert kinds == ["register", "file", "dispatch"] * 2
        store.close()
    finally:
        centre.dismiss(url, people)


def test_the_command_tells_the_same(url: str, capsys: pytest.CaptureFixture[str]):
    assert main(["--lang", "zh", "bench", "--json", "--cases", "1", "--centre", url]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in said["figures"]][:1] == ["centre.submit"]
    assert {"p50", "p95", "p99", "longest"} <= set(said["figures"][0]["ours"])
