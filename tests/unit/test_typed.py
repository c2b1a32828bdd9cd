"""What is typed wrongly: told in the language of the person, and nothing nonsensical gets in."""

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.__main__ import RUNS, main
from app.cli.options import parser
from app.cli.parsing import wrong
from app.cli.places import setting
from app.domain.terms import Role
from db.central import admin
from ui.sentences import LANGUAGES
from ui.wording import Wording

UNIT = setting().directory.units[0].code
ENGLISH_OF_ARGPARSE = re.compile(
    r"usage:|positional arguments|options:|optional arguments|show this help message|error:|"
    r"required|invalid|expected|unrecognized|choose from|ignored"
)
WRONG = (
    ("import",),
    ("import", "a.csv"),
    ("import", "a.csv", "--as", "table"),
    ("import", "a.csv", "--as"),
    ("bogus",),
    ("demo", "--casse", "3"),
    ("demo", "--fresh=3"),
    ("demo", "--cases", "-5"),
    ("demo", "--cases", "many"),
    ("demo", "--cases", "0"),
    ("demo", "--days", "100000"),
    ("demo", "--seed", "1.5"),
    ("demo", "--cases", "9" * 5000),
    ("bench", "--cases", "-1"),
    ("check",),
    ("store",),
    ("store", "burn", "c.db"),
    ("store", "init"),
    ("store", "init", "c.db", "--kind", "toy"),
    ("store", "init", "c.db", "--district", ""),
    ("store", "init", "c.db", "--district", "shenzhen"),
    ("store", "init", "c.db", "--prefix", "Ω%d"),
    ("store", "init", "c.db", "--prefix", "S"),
    ("store", "add-operator", "c.db", "li", "李强", "KING"),
    ("store", "add-operator", "c.db", "li", "李强", "SYSTEM"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("given_", WRONG, ids=lambda one: " ".join(one)[:40])
def test_a_wrong_word_ends_with_a_sentence_of_the_language(lang, given_, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["--lang", lang, "--home", str(tmp_path), *given_])
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert not ENGLISH_OF_ARGPARSE.search(told)
    assert told.startswith("用法：" if lang == "zh" else "Usage: ")
    assert ("--help" in told) and "cli." not in told and "…" not in told  # noqa: PT018 - one line
    last = told.rstrip("\n").splitlines()[-1]
    assert bool(re.search("[一-鿿]", last)) == (lang == "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "command",
    [(), ("desk",), ("demo",), ("import",), ("check",), ("bench",), ("store",)]
    + [("store", name) for name in ("init", "upgrade", "verify", "resettle", "publish", "info")]
    + [("store", name) for name in ("people", "move", "deactivate")]
    + [("store", "add-operator")],
    ids=" ".join,
)
def test_every_help_speaks_one_language(lang, command, capsys):
    with pytest.raises(SystemExit) as end:
        main(["--lang", lang, *command, "--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert not ENGLISH_OF_ARGPARSE.search(shown)
    assert "cli." not in shown
    assert bool(re.search("[一-鿿]", shown)) == (lang == "zh")


@pytest.mark.parametrize(
    "command",
    [
        ("desk",),
        ("demo",),
        ("import", "a.csv", "--as", "messages"),
        ("check", "pictures"),
        ("bench",),
        ("store", "info", "c.db"),
    ],
    ids=" ".join,
)
def test_language_and_folder_may_stand_behind_every_command(command, tmp_path):
    found = parser(Wording("zh"), RUNS).parse_args([*command, "--lang", "en", "--home", "h"])
    assert (found.lang, str(found.home)) == ("en", "h")
    before = parser(Wording("zh"), RUNS).parse_args(["--lang", "en", "--home", "h", *command])
    assert (before.lang, str(before.home)) == ("en", "h")


@given(st.text(min_size=1, max_size=60))
def test_whatever_argparse_says_is_told(said):
    assert wrong(said, Wording("zh"))
    assert "cli." not in wrong(f"argument --cases: {said}", Wording("zh")).replace(said, "")


@pytest.mark.parametrize(
    ("role", "unit", "why"),
    [
        ("UNIT_HANDLER", "NOPE", "operator-unit-unknown"),
        ("OPERATOR", UNIT, "operator-unit-unwanted"),
        ("GRID_OFFICER", UNIT, "operator-unit-unwanted"),
        ("UNIT_LEADER", None, "operator-unit"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_joins_a_unit_that_is_not_there_or_not_his(role, unit, why, lang, tmp_path, capsys):
    path = str(tmp_path / "c.db")
    main(["store", "init", path])
    more = ["--unit", unit] if unit else []
    assert main(["--lang", lang, "store", "add-operator", path, "li", "李强", role, *more]) == 2
    facts = {"unit": unit, "role": Role(role), "login": "li"}
    assert Wording(lang).refusal(why, facts) in capsys.readouterr().err
    assert admin.operators(path) == ()


def test_a_person_has_a_name(tmp_path, capsys):
    path = str(tmp_path / "c.db")
    main(["store", "init", path])
    assert main(["--lang", "en", "store", "add-operator", path, "li", "  ", "OPERATOR"]) == 2
    assert "name of li" in capsys.readouterr().err


def test_people_of_a_unit_join_it(tmp_path):
    path = str(tmp_path / "c.db")
    main(["store", "init", path, "--district", "110105", "--prefix", "BJCY"])
    assert main(["store", "add-operator", path, "ann", "安", "UNIT_HANDLER", "--unit", UNIT]) == 0
    (ann,) = admin.operators(path)
    assert (ann.unit, ann.district) == (UNIT, "110105")
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT prefix FROM store_info").fetchone() == ("BJCY",)
