"""The restore drill of README.md, every command of it, as it stands there."""

import shlex
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from app.__main__ import main
from db import centre
from db.places import is_server
from tests.store.conftest import url_of
from tests.sync.desks import found

README = Path(__file__).parents[2] / "README.md"
_HEADING = "## 备份和恢复演练"
_NAMES = (f"drill{number}" for number in count(1))


def drills() -> list[list[list[str]]]:
    """The blocks of commands under the heading."""
    section = README.read_text("utf-8").partition(_HEADING)[2].partition("\n## ")[0]
    blocks = section.split("```")[1::2]
    return [
        [shlex.split(line, comments=True) for line in one.split("\n") if line] for one in blocks
    ]


def test_the_drill_is_told_for_a_file_and_for_a_server():
    places = [block[0][5] for block in drills()]
    assert [is_server(one) for one in places] == [False, True]


def run(block: list[list[str]], placed: Callable[[str], str]) -> Iterator[int]:
    for program, *words in block:
        if program == "createdb":
            placed(f"postgresql://centre.example/{words[0]}")
        else:
            assert words[:2] == ["-m", "app"]
            yield main([placed(word) for word in words[2:]])


def test_the_drill_at_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    found(Path())
    Path("central").rename("centre")
    assert list(run(drills()[0], str)) == [0] * 6
    assert capsys.readouterr().err == ""


def test_the_drill_at_a_server(
    tmp_path: Path,
    url: str,
    postgres: str,
    new_database: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.chdir(tmp_path)
    made = {"postgresql://centre.example/fenbo": url}

    def placed(word: str) -> str:
        if is_server(word) and word not in made:
            made[word] = url_of(postgres, new_database(next(_NAMES)))
        return made.get(word, word)

    assert list(run(drills()[1], placed)) == [0] * 6
    assert capsys.readouterr().err == ""
    assert len(made) == 2
    assert centre.verify(made["postgresql://centre.example/fenbo_drill"]).is_sound
