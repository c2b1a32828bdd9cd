"""The measurement of the whole suite: what was not run is told by line and branch, and fails it as a test."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.measuring import ROOT, Measurement, named, proves, together

DECIDES = """\"\"\"A file that decides.\"\"\"


def verdict(late, big):
    if late:
        return "late"
    if big:
        late = True
    return "in time"


def never():
    one = 1
    two = 2
    return one + two
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A room with a file that is run, and one that nobody knows of."""
    room = tmp_path / "house" / "domain"
    room.mkdir(parents=True)
    (room / "verdict.py").write_text(DECIDES, "utf-8")
    (room / "forgotten.py").write_text("ONE = 1\n", "utf-8")
    (room / "empty.py").write_text("", "utf-8")
    return room.parent


def loaded(file: Path):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(house: Path, folder: Path, *calls: tuple) -> dict[str, str]:
    """What is told after the calls of `verdict`; and, with any, of the others too."""
    files = named(house, ["domain"])
    measurement = Measurement(files, folder)
    try:
        module = loaded(house / "domain" / "verdict.py")
        for call in calls:
            module.verdict(*call)
        if calls:
            module.never()
            loaded(house / "domain" / "forgotten.py")
    finally:
        measurement.end()
    return {file.name: told for file, told in together(files, folder).items()}


def test_lines_and_branches_that_were_not_run_are_told_by_file(house: Path, tmp_path: Path):
    assert measured(house, tmp_path) == {
        "verdict.py": "5-9, 13-15",
        "forgotten.py": "nothing of it",
    }


def test_a_line_that_was_run_one_way_only_is_told_by_the_way_not_taken(house: Path, tmp_path: Path):
    calls = [(True, True), (False, True)]
    assert measured(house, tmp_path, *calls) == {"verdict.py": "7->9"}


def test_nothing_is_told_when_everything_was_run(house: Path, tmp_path: Path):
    assert measured(house, tmp_path, (True, True), (False, True), (False, False)) == {}


def test_what_one_process_left_another_may_have_run(house: Path, tmp_path: Path):
    measured(house, tmp_path, (True, True))
    measured(house, tmp_path, (False, True))
    assert measured(house, tmp_path, (False, False)) == {}


def test_what_is_run_while_it_is_off_is_not_counted(house: Path, tmp_path: Path):
    file = house / "domain" / "verdict.py"
    measurement = Measurement([file], tmp_path)
    module = loaded(file)
    measurement.turn(on=False)
    module.verdict(True, True)
    measurement.turn(on=True)
    module.verdict(False, True)
    measurement.end()
    assert together([file], tmp_path) == {file: "6, 7->9, 13-15"}


def test_screens_and_whole_programs_prove_nothing_of_the_named_files():
    here = Path(__file__)
    assert proves(here)
    assert proves(ROOT / "tests/ui/test_rows.py")
    assert not proves(ROOT / "tests/ui/test_forms.py")
    assert not proves(ROOT / "tests/e2e/test_check.py")


def test_the_rooms_that_decide_are_named_with_every_file_in_them():
    names = {file.relative_to(ROOT).as_posix() for file in named()}
    assert {"app/domain/clocks.py", "app/domain/measures/intake.py"} < names
    assert {"app/services/checks.py", "app/sync/merge.py", "ui/models/rows.py"} < names
    assert not {name for name in names if name.startswith(("ui/views", "db", "app/cli"))}
    assert all(file.is_file() for file in named())


def suite(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Another run of pytest, of little more than the gate."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("spread", [(), ("-n", "2")], ids=["one process", "two"])
def test_a_whole_run_fails_by_what_no_test_ran_and_names_the_files(spread):
    done = suite("--covered", *spread, "-o", "testpaths=tests/unit/test_lexicon.py")
    assert done.returncode == 1
    assert "app/sync/merge.py: nothing of it" in done.stdout


@pytest.mark.parametrize(
    "picked",
    [
        ("tests/test_covered.py",),
        ("-o", "testpaths=tests/test_covered.py", "-k", "line"),
        ("-o", "testpaths=tests/test_covered.py", "-m", "not slow"),
        ("-o", "testpaths=tests/test_covered.py", "--deselect", "tests/unit"),
    ],
)
def test_a_run_of_some_tests_measures_nothing(picked: tuple[str, ...]):
    done = suite("--covered", *picked)
    assert done.returncode == 0
    assert "nothing of it" not in done.stdout


def test_what_a_failed_test_would_have_run_is_not_asked_for(tmp_path: Path):
    fails = tmp_path / "test_fails.py"
    fails.write_text("def test_it():\n    assert not 1\n", "utf-8")
    done = suite("--covered", "-o", f"testpaths=tests/unit/test_lexicon.py {fails}")
    assert done.returncode == 1
    assert "nothing of it" not in done.stdout
