"""Set-up: what is missing and said, when the environment is remade, what is locked."""

import csv
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import ClassVar

import pytest

import run
from ui.theme import families

LOCKS = sorted((run.ROOT / "requirements").glob("*.lock"))
PYPROJECT = tomllib.loads((run.ROOT / "pyproject.toml").read_text("utf-8"))


def entries(lock: Path) -> list[str]:
    """A lock's requirements, each with its hashes on one line."""
    return lock.read_text("utf-8").replace("\\\n", " ").splitlines()


def names(requirements: list[str]) -> set[str]:
    found = [re.match(r"[\w.-]+", line) for line in requirements]
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in found if match}


# What the operating system must bring


def test_windows_are_asked_of_the_system_only_where_there_is_a_screen():
    off = run.wanted(on_screen=False, makes_venv=False)
    on = run.wanted(on_screen=True, makes_venv=False)
    assert {need.package for need in on} - {need.package for need in off} == {
        "libxcb-cursor0",
        "libxkbcommon-x11-0",
        "libxcb-icccm4",
        "libxcb-keysyms1",
        "libxcb-shape0",
    }
    assert run.FONT in off


def test_pip_is_asked_for_only_when_an_environment_must_be_made():
    assert run.PIP not in run.wanted(on_screen=True, makes_venv=False)
    assert run.PIP in run.wanted(on_screen=True, makes_venv=True)


def test_the_sentence_groups_packages_by_what_they_are_for():
    needs = [run.Need("a", "liba", "draw"), run.Need("b", "libb", "draw"), run.FONT]
    assert run.reasons(needs) == f"draw: liba libb; {run.FONT.why}: fonts-noto-cjk"


def test_an_unknown_library_is_not_here():
    assert not run.is_here(run.Need("libfenbo-no-such.so.9", "none", "none"))


@pytest.mark.parametrize(
    ("file", "chinese"),
    [
        ("NotoSansCJK-Regular.ttc", True),
        ("NotoSansCJKsc-Regular.otf", True),
        ("wqy-microhei.ttc", True),
        ("NotoSansCJKjp-Regular.otf", False),  # these the screen is not written in
        ("NotoSerifCJK-Regular.ttc", False),
        ("DroidSansFallback.ttf", False),
        ("uming.ttc", False),
        ("DejaVuSans.ttf", False),
    ],
)
def test_a_chinese_font_is_known_by_its_file_name(tmp_path: Path, file: str, chinese: bool):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / file).touch()
    assert run.has_chinese_font((str(tmp_path),)) is chinese


def test_the_fonts_that_satisfy_the_start_are_those_the_screen_is_written_in():
    with run.FONTS.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert tuple(dict.fromkeys(row["family"] for row in rows)) == families()
    assert all(row["file"] == row["file"].lower() for row in rows)
    assert "Noto Sans CJK SC" in families()  # what the package brings that is installed


def test_without_root_the_line_to_run_is_said_and_nothing_is_run(monkeypatch, capsys):
    monkeypatch.setattr(run.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(run, "root_prefix", lambda: None)
    monkeypatch.setattr(run, "run_quietly", lambda *_: pytest.fail("ran something"))
    with pytest.raises(run.Trouble) as said:
        run.bring([run.LIBRARIES[0], run.FONT])
    assert str(said.value).splitlines()[-1].strip() == (
        "sudo apt-get update && "
        "sudo apt-get install -y --no-install-recommends libgl1 fonts-noto-cjk"
    )
    assert "libgl1" in capsys.readouterr().out


def test_with_root_packages_are_announced_then_installed(monkeypatch, capsys):
    ran: list[list[str]] = []
    monkeypatch.setattr(run.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(run, "root_prefix", lambda: ["sudo", "-n"])
    monkeypatch.setattr(run, "run_quietly", lambda command, _: ran.append(command))
    run.bring([run.FONT])
    assert "fonts-noto-cjk" in capsys.readouterr().out
    assert [command[:2] for command in ran] == [["sudo", "-n"]] * 2
    assert ran[0][-1] == "update"
    assert ran[1][-4:] == ["install", "-y", "--no-install-recommends", "fonts-noto-cjk"]


def test_without_apt_the_missing_things_themselves_are_named(monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    with pytest.raises(run.Trouble, match=r"libGL\.so\.1"):
        run.bring([run.LIBRARIES[0]])


# The environment


@pytest.mark.parametrize(
    "other",
    [(b"a==2", "3.11", Path("x")), (b"a==1", "3.12", Path("x")), (b"a==1", "3.11", Path("y"))],
    ids=["lock", "python", "place"],
)
def test_the_stamp_changes_with(other: tuple[bytes, str, Path]):
    assert run.stamp(b"a==1", "3.11", Path("x")) != run.stamp(*other)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch) -> Path:
    """A project without an environment, whose steps are noted instead of carried out."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/runtime.lock").write_text("a==1")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv/python")
    monkeypatch.setattr(run, "is_here", lambda _: True)
    monkeypatch.setattr(run, "run_quietly", lambda command, _: pretend(command, tmp_path))
    return tmp_path


def pretend(command: list[str], project: Path) -> None:
    if "--clear" in command:
        shutil.rmtree(project / ".venv", ignore_errors=True)
        (project / ".venv").mkdir()
    (project / ".venv/python").touch()
    with (project / "steps").open("a") as steps:
        steps.write("venv\n" if "venv" in command else "pip\n")


def steps(project: Path) -> list[str]:
    done = project / "steps"
    return done.read_text().split() if done.exists() else []


def test_the_second_start_installs_nothing(bare: Path):
    run.prepare("runtime", on_screen=False)
    run.prepare("runtime", on_screen=False)
    assert steps(bare) == ["venv", "pip"]


def test_a_changed_lock_remakes_the_environment(bare: Path):
    run.prepare("runtime", on_screen=False)
    (bare / "requirements/runtime.lock").write_text("a==2")
    run.prepare("runtime", on_screen=False)
    assert steps(bare) == ["venv", "pip"] * 2


def test_a_half_made_environment_is_remade(bare: Path):
    (bare / ".venv").mkdir()
    (bare / ".venv/python").touch()
    run.prepare("runtime", on_screen=False)
    assert steps(bare) == ["venv", "pip"]


def test_an_environment_whose_python_is_gone_is_remade(bare: Path):
    run.prepare("runtime", on_screen=False)
    (bare / ".venv/python").unlink()
    run.prepare("runtime", on_screen=False)
    assert steps(bare) == ["venv", "pip"] * 2


def test_a_failed_install_leaves_no_stamp(bare: Path, monkeypatch):
    def fail(command: list[str], sorry: str) -> None:
        pretend(command, bare)
        if "pip" in command:
            raise run.Trouble(sorry)

    monkeypatch.setattr(run, "run_quietly", fail)
    with pytest.raises(run.Trouble):
        run.prepare("runtime", on_screen=False)
    assert not run.is_ready("runtime")


def test_a_failing_command_becomes_a_sentence_with_its_last_words():
    command = [run.sys.executable, "-c", "print('why'); raise SystemExit(3)"]
    with pytest.raises(run.Trouble, match=r"sorry\n  why"):
        run.run_quietly(command, "sorry")


# What is asked for


@pytest.mark.parametrize(
    ("env", "linux", "screen"),
    [
        ({}, True, False),
        ({"DISPLAY": ""}, True, False),
        ({"DISPLAY": ":0"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ({}, False, True),
    ],
)
def test_a_screen_is_known_by_the_session(env: dict[str, str], linux: bool, screen: bool):
    assert run.has_screen(env, linux=linux) is screen


def test_the_desk_opens_where_it_can_be_seen_and_is_drawn_elsewhere():
    assert run.verb([], on_screen=True) == ["desk"]
    assert run.verb([], on_screen=False) == ["check", str(run.PICTURES)]
    assert run.verb(["demo", "x"], on_screen=False) == ["demo", "x"]


@pytest.mark.parametrize(
    ("args", "picks"),
    [
        (["tests/unit"], True),
        (["-k", "stamp"], True),
        (["test_x.py::test_y"], True),
        (["-x", "-p", "no:randomly"], False),
        ([], False),
    ],
)
def test_only_pytest_runs_when_tests_are_named(args: list[str], picks: bool):
    assert run.names_tests(args) is picks


class Beside:
    """A program that is begun, and what became of it."""

    made: ClassVar[list["Beside"]] = []

    def __init__(self, command: list[str], **_: object) -> None:
        self.command, self.is_killed, self.is_waited_for = command, False, False
        self.made.append(self)

    def __enter__(self) -> "Beside":
        return self

    def __exit__(self, *_: object) -> None:
        self.is_waited_for = True

    def kill(self) -> None:
        self.is_killed = True


@pytest.mark.parametrize("failing", [None, "lint-imports"])
def test_all_tests_are_read_beside_the_checks_of_which_the_first_that_fails_ends_it(
    failing, monkeypatch
):
    steps: list[str] = []
    monkeypatch.setattr(run, "step", lambda check, _: steps.append(check) or check == failing)
    monkeypatch.setattr(subprocess, "Popen", Beside)
    Beside.made.clear()
    assert bool(run.checked({})) is (failing is not None)
    (beside,) = Beside.made
    assert "--collect-only" in beside.command
    assert beside.is_waited_for
    assert beside.is_killed is (failing is not None)
    assert tuple(steps) == (run.CHECKS if failing is None else run.CHECKS[:3])


def test_what_is_compiled_is_kept_also_where_it_may_not_stand_beside_the_sources():
    plain = {"PATH": "x"}
    assert run.compiling_once(plain) == plain
    kept = run.compiling_once({**plain, "PYTHONDONTWRITEBYTECODE": "1"})
    assert kept == {**plain, "PYTHONPYCACHEPREFIX": str(run.COMPILED)}
    assert run.COMPILED.is_relative_to(run.VENV)


@pytest.mark.parametrize(
    ("args", "measures"),
    [([], True), (["-x"], True), (["tests/unit"], False), (["-k", "a"], False)],
)
def test_the_whole_suite_is_asked_what_no_test_runs(args, measures, monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "prepare", lambda *_, **__: None)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: commands.append(command) or 0)
    monkeypatch.setattr(subprocess, "Popen", Beside)
    assert run.test(args) == 0
    assert commands[-1][1:3] == ["-m", "pytest"]
    assert ("--covered" in commands[-1]) is measures
    assert commands[-1][-len(args) :] == args or not args


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 15)])
def test_a_python_without_locked_packages_is_refused(version: tuple[int, int]):
    with pytest.raises(run.Trouble, match=r"3\.11"):
        run.check_python(version)


def test_trouble_is_a_sentence_and_a_number_never_a_traceback(monkeypatch, capsys):
    def refuse(*_: object, **__: object) -> None:
        raise run.Trouble("不行 · no")

    monkeypatch.setattr(run, "prepare", refuse)
    assert run.main([]) == 1
    assert capsys.readouterr().err == "» 不行 · no\n"


# What is locked


def test_both_locks_are_there():
    assert [lock.name for lock in LOCKS] == ["dev.lock", "runtime.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_requirement_is_exact_has_a_hash_and_names_no_host(lock: Path):
    assert "://" not in lock.read_text("utf-8")
    for entry in entries(lock):
        assert re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_locks_hold_what_the_project_asks_for():
    runtime, dev = (names(entries(run.lock(name))) for name in ("runtime", "dev"))
    assert names(PYPROJECT["project"]["dependencies"]) <= runtime
    assert names(PYPROJECT["dependency-groups"]["dev"]) <= dev


def test_the_locks_agree_where_they_overlap():
    runtime, dev = (
        {entry.split("==")[0]: entry.split()[0] for entry in entries(run.lock(name))}
        for name in ("runtime", "dev")
    )
    both = runtime.keys() & dev.keys()
    assert both
    assert {runtime[name] for name in both} == {dev[name] for name in both}


def test_the_environment_made_of_the_locks_lacks_nothing():
    """The locks are installed as they stand, so they must name everything that anything needs."""
    found = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    "dependency",
    PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"],
)
def test_every_dependency_has_a_lower_and_an_upper_bound(dependency: str):
    assert re.search(r">=\d", dependency)
    assert re.search(r",<\d", dependency)
