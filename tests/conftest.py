"""What the whole suite stands on: asked to, it says which lines of the named files no test runs."""

from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

from tests.measuring import begun, named

GATE = Path(__file__).with_name("test_covered.py")
MEASURED = pytest.StashKey[Coverage]()
#: Options that leave tests out, so that the rest proves nothing about what is covered.
PICKING = ("keyword", "markexpr", "lf", "stepwise", "deselect", "ignore", "ignore_glob")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--covered",
        action="store_true",
        help="measure, and fail for what no test runs of the named files (whole suite only)",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("covered") and not picks(config):
        config.stash[MEASURED] = begun(named())


def picks(config: pytest.Config) -> bool:
    """Whether some tests are left out."""
    is_named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return is_named or any(config.getoption(name, None) for name in PICKING)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The gate is asked last, whatever order the others were shuffled into."""
    items.sort(key=lambda item: item.path == GATE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A slow test runs the same lines ten thousand times; it is not traced, and covers nothing."""
    cov = item.config.stash.get(MEASURED, None)
    if cov is None or item.get_closest_marker("slow") is None:
        return (yield)
    cov.stop()
    try:
        return (yield)
    finally:
        cov.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if MEASURED in config.stash:
        config.stash[MEASURED].stop()


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Coverage:
    """What was run until now."""
    if MEASURED not in request.config.stash:
        pytest.skip("measured only by the whole suite, run with --covered")
    return request.config.stash[MEASURED]
