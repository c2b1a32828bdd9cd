"""The `import` command on a store of its own: founded, filled once, asked without being touched."""

from pathlib import Path

import pytest

from app.__main__ import main
from app.domain.terms import Role
from app.services.queries import Operator
from db.central import admin
from tests.unit.test_importing import events, write


def run(tmp_path: Path, *more: str, file: str = "file.csv") -> int:
    given = ["import", str(tmp_path / file), "--as", "pingshan", "--store", str(tmp_path / "c.db")]
    return main(["--lang", "en", *given, *more])


def test_a_store_is_founded_and_filled_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, events({}, {}, {"CREATE_TIME": "?"}))
    assert run(tmp_path) == 0
    first = capsys.readouterr().out
    assert "new cases: 2, already there: 0, rejected: 1, left: 0" in first
    assert "1 rejected: time not readable" in first
    assert str(tmp_path / "file.rejects.csv") in first
    assert run(tmp_path) == 0
    assert "new cases: 0, already there: 2, rejected: 1, left: 0" in capsys.readouterr().out
    assert admin.facts(tmp_path / "c.db").cases == 2


def test_a_known_record_that_changed_is_told_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, events({}, {}))
    assert run(tmp_path) == 0
    assert "1000" not in capsys.readouterr().out
    write(tmp_path, events({"OCCUR_PLACE": "坪山大道1号"}, {}))
    assert run(tmp_path) == 0
    told = capsys.readouterr().out
    assert "already there: 2" in told
    assert "1 x: imported before, but with other content" in told
    assert "1000 (1)" in told


def test_a_dry_run_founds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, events({}))
    assert run(tmp_path, "--dry-run") == 0
    assert "would be new cases: 1" in capsys.readouterr().out
    assert [one.name for one in tmp_path.iterdir()] == ["file.csv"]


def test_a_foreign_table_is_a_sentence_not_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.csv").write_text("a,b\n1,2\n")
    assert run(tmp_path) == 2
    assert "does not look like district events: missing columns REC_ID" in capsys.readouterr().err


def test_a_store_without_anybody_who_may_import_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = admin.init(tmp_path / "c.db", "440310", "SZPS", "live")
    admin.add_operator(path, Operator("zhang", "张", Role.OPERATOR, "440310"))
    write(tmp_path, events({}))
    assert run(tmp_path) == 2
    assert "Nobody in this store may import" in capsys.readouterr().err
    assert admin.facts(path).cases == 0


def test_names_that_nothing_bears_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, events({"DISPOSE_UNIT_NAME": "某某", "DISPOSE_UNIT_ID": "0"}))
    assert run(tmp_path, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "finding." not in told
    assert "某某 (1)" in told


OWN = """\
code: PS-OWN
based_on: PS-4
title_zh: 本中心实施细则
title_en: Our own rules
effective_from: 2018-01-01
version: "1"
clocks:
  - {clock: K1, limits: {C: 20 CLOCK_MINUTE}, article: 11, origin: P}
"""


@pytest.fixture
def own_edition(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "own.yaml").write_text(OWN, "utf-8")


@pytest.mark.usefixtures("own_edition")
def test_records_are_judged_by_the_centres_own_edition_and_verify(tmp_path: Path) -> None:
    write(tmp_path, events({}, {}))
    assert run(tmp_path) == 0
    with admin.opened(tmp_path / "c.db") as link:
        assert link.rows("SELECT DISTINCT edition FROM case_file") == [("PS-OWN@1",)]
    assert main(["store", "verify", str(tmp_path / "c.db")]) == 0


@pytest.mark.usefixtures("own_edition")
def test_an_import_tells_which_of_the_centres_files_went_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy" / "own.yaml").write_text(OWN.replace("20 CLOCK", "20 SAND"), "utf-8")
    write(tmp_path, events({}))
    assert run(tmp_path) == 0
    told = capsys.readouterr().err
    assert "own.yaml line 8" in told
    assert "What was in force stays in force" in told


@pytest.mark.usefixtures("own_edition")
def test_a_district_made_up_beside_an_own_edition_verifies(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    assert main(["demo", "--store", path, "--cases", "5", "--days", "3"]) == 0
    assert main(["store", "verify", path]) == 0
