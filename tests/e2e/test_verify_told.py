"""What a person reads of a damaged store: what is wrong, where, and what to do, in both languages."""

import ast
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli import demo
from app.cli.verifying import MOST, OTHERWISE, REMEDIES, verified
from db.central.sealing import key_path
from ui.sentences import LANGUAGES, sentences

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty cases in five days in one file, nothing left beside it but its key."""
    path = tmp_path_factory.mktemp("district") / "central.db"
    demo.make(path, (30, 5, 3), lambda _done, _of: None)
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA journal_mode=DELETE")
    return path


@pytest.fixture
def store(district: Path, tmp_path: Path) -> Path:
    path = tmp_path / district.name
    shutil.copy2(district, path)
    shutil.copy2(key_path(district), key_path(path))
    return path


def changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as link, link:
        for sql in statements:
            assert link.execute(sql).rowcount > 0


def told(path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What `store verify` ends with and says; 2 with a sentence elsewhere when it is no store any more."""
    seat = ["--home", str(path.parent / "seat")]
    code = main(["--lang", language, *seat, "store", "verify", str(path)])
    said = capsys.readouterr()
    assert bool(said.err) is (code == 2)
    assert "cli.verify" not in said.out
    assert "…" not in said.out.replace("……", "")  # every fact that a sentence asks for is there
    return code, said.out


def codes() -> Iterator[str]:
    """Every code that a verification can find, as written in the code."""
    for file in (*(ROOT / "db" / "central").glob("verify*.py"), ROOT / "db/postgres/admin.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
                first = node.args[0]
                if name in ("Finding", "say") and isinstance(first, ast.Constant):
                    yield str(first.value)


def test_every_finding_has_words_and_a_remedy_in_both_languages():
    keys = {"store-key-missing", "store-key-wrong", "store-keys-lost"}
    known = {*codes(), *keys, *OTHERWISE, "refused"}
    assert len(known) > 20
    assert {code for some in REMEDIES.values() for code in some} == known
    for language in LANGUAGES:
        said = set(sentences(language))
        assert {f"cli.verify.found.{code}" for code in known} <= said
        assert {f"cli.verify.do.{remedy}" for remedy in REMEDIES} <= said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_store_is_said_to_be_so_and_about_how_much(
    store: Path, language: str, capsys: pytest.CaptureFixture[str]
):
    report = verified(store)
    code, said = told(store, language, capsys)
    assert code == 0
    sound, files = said.splitlines()
    assert "2" in files, "the pictures that its cases say they have"
    for count in (report.lines, report.rows, report.sealed):
        assert str(count) in sound


@pytest.mark.parametrize(("language", "person"), [("zh", "不要按"), ("en", "contact nobody")])
def test_a_lost_reporter_is_told_by_the_number_of_his_case(
    store: Path, language: str, person: str, capsys: pytest.CaptureFixture[str]
):
    with closing(sqlite3.connect(store)) as link:
        sql = "SELECT number, case_id FROM reporter JOIN case_file ON id = case_id LIMIT 1"
        ((number, case_id),) = link.execute(sql)
    changed(store, f"DELETE FROM reporter WHERE case_id = '{case_id}'")
    code, said = told(store, language, capsys)
    assert code == 1
    assert number in said
    assert person in said
    assert sentences(language)["cli.verify.found.sealed-lost"] in said
    assert sentences(language)["cli.verify.undecided"] not in said  # the log itself is whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_wrong_is_told_by_kind_with_one_remedy_each(
    store: Path, language: str, capsys: pytest.CaptureFixture[str]
):
    changed(
        store,
        "UPDATE log SET body = body || ' ' WHERE seq = 7",
        "UPDATE case_file SET title = 'x'",
        "DELETE FROM rule WHERE place = 3",
        "UPDATE log SET body = NULL WHERE seq = 9",
    )
    key_path(store).unlink()
    code, said = told(store, language, capsys)
    words = sentences(language)
    assert code == 1
    for found in ("text", "row", "rule-drift", "store-key-missing"):
        assert words[f"cli.verify.found.{found}"] in said
    for remedy in ("key", "restore", "upgrade"):
        begun = words[f"cli.verify.do.{remedy}"].split("{")[0].splitlines()[0]
        assert said.count(begun) == 1
    assert said.count("case_file ") == MOST
    assert words["cli.verify.more"].format(count=30 - MOST) in said
    assert words["cli.verify.redacted"].format(count=1) in said
    assert words["cli.verify.undecided"] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_beside_the_store_that_cannot_be_read_is_told_too(
    store: Path, language: str, capsys: pytest.CaptureFixture[str]
):
    (store.parent / "policy").mkdir()
    (store.parent / "policy" / "own.yaml").write_text("code: [", "utf-8")
    code, said = told(store, language, capsys)
    assert code == 0
    assert "own.yaml" in said.splitlines()[0]


def test_whatever_byte_of_the_file_breaks_is_told_or_touched_nothing(
    district: Path, store: Path, capsys: pytest.CaptureFixture[str]
):
    """Free pages hold nothing; whatever is read is either what it was, or is a finding."""
    whole, draw = district.read_bytes(), random.Random(5)
    was = contents(district)
    found = 0
    for _ in range(60):
        broken = bytearray(whole)
        broken[draw.randrange(len(broken))] ^= 1 << draw.randrange(8)
        store.write_bytes(broken)
        code, _said = told(store, "en", capsys)
        found += code == 1
        assert code or contents(store) == was
    assert found > 10


def contents(path: Path) -> list[list[tuple]]:
    """Every row that a verification answers for."""
    tables = ("log", "command", "head", "case_file", "task", "note", "reporter", "rule")
    with closing(sqlite3.connect(path)) as link:
        return [link.execute(f"SELECT * FROM {one} ORDER BY 1, 2").fetchall() for one in tables]
