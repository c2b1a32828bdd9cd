"""What the whole suite stands on: asked to, it fails for lines of the named files that no test runs.

The suite may run in one process or in several; each keeps what it measured in one folder, and whoever
began the run puts it together when all are through.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.measuring import ROOT, Measurement, named, proves, together, told

KEPT = pytest.StashKey[Path]()
MEASURED = pytest.StashKey[Measurement]()
MISSING = pytest.StashKey[dict[Path, str]]()
#: Options that leave tests out, so that the rest proves nothing about what is covered.
PICKING = ("keyword", "markexpr", "lf", "stepwise", "deselect", "ignore", "ignore_glob")


#: No test fails by the clock on the wall: a machine at work is slow, and that is nobody's fault.
settings.register_profile("fenbo", deadline=None)
settings.load_profile("fenbo")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--covered",
        action="store_true",
        help="measure, and fail for what no test runs of the named files (whole suite only)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin to measure, if tests run in this process; several of them are told where to keep it."""
    kept = getattr(config, "workerinput", {}).get("kept")
    if config.getoption("covered") and not picks(config) and not hasattr(config, "workerinput"):
        config.stash[KEPT] = folder = Path(tempfile.mkdtemp(prefix="fenbo-covered-"))
        kept = folder if config.getoption("dist", "no") == "no" else None
    if kept is not None:
        config.stash[MEASURED] = Measurement(named(), Path(kept))


def picks(config: pytest.Config) -> bool:
    """Whether some tests are left out."""
    is_named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    return is_named or any(config.getoption(name, None) for name in PICKING)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: many tests wait for a disk, a server or a watch."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell another process where to keep what it measures."""
    if KEPT in node.config.stash:
        node.workerinput["kept"] = str(node.config.stash[KEPT])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure only tests that are there to prove the named files: to be watched makes them slow."""
    measurement = item.config.stash.get(MEASURED, None)
    if measurement is not None:
        measurement.turn(on=proves(item.path) and not item.get_closest_marker("repeats"))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """When all tests passed, what none of them ran counts as one that failed."""
    done = yield
    if (measurement := session.config.stash.get(MEASURED, None)) is not None:
        measurement.end()
    kept = session.config.stash.get(KEPT, None)
    if kept is not None and not session.testsfailed:
        session.config.stash[MISSING] = missing = together(named(), kept)
        session.testsfailed += bool(missing)
    return done


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the files and their lines."""
    config = terminalreporter.config
    if missing := config.stash.get(MISSING, None):
        terminalreporter.section("没有测试走到 · no test runs these lines or branches", red=True)
        for line in told(missing, ROOT):
            terminalreporter.write_line(line)
    elif MISSING in config.stash:
        count = len(named())
        terminalreporter.write_line(
            f"» {count} 个文件逐句走到 · {count} files run to the last branch"
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    if KEPT in config.stash:
        shutil.rmtree(config.stash[KEPT], ignore_errors=True)
