"""What can be typed: options before or behind the command, one language or the other, and a no in words."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.__main__ import RUNS, language, main
from app.cli.demo import make
from app.cli.options import parser
from app.cli.places import rules, setting
from app.domain.refused import Refused
from db.central import admin, link
from resources import loading
from ui.wording import Wording


def parsed(*arguments):
    return parser(Wording("zh"), RUNS).parse_args(arguments)


def test_without_a_command_the_desk_opens():
    assert parsed().run is RUNS["desk"]


@pytest.mark.parametrize(
    "arguments",
    [("--store", "a.db", "--as", "li", "desk"), ("desk", "--store", "a.db", "--as", "li")],
)
def test_places_stand_before_or_behind_the_desk(arguments):
    options = parsed(*arguments)
    assert (options.store, options.login, options.run) == (Path("a.db"), "li", RUNS["desk"])


def test_what_stands_in_front_is_kept_when_nothing_stands_behind():
    assert parsed("--home", "h", "demo", "--cases", "5").home == Path("h")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [(["--lang", "en"], "en"), (["--lang=en"], "en"), (["desk", "--lang", "zh"], "zh")],
)
def test_the_language_is_the_one_asked_for(arguments, wanted, monkeypatch):
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert language(arguments) == wanted


def test_the_machines_language_is_the_second_choice(monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert language([]) == "en"
    monkeypatch.delenv("LANG")
    assert language([]) == "zh"


def test_help_is_complete_in_both_languages(capsys):
    for lang, word in (("zh", "打开工作台"), ("en", "open the desk")):
        with pytest.raises(SystemExit) as end:
            main(["--lang", lang, "--help"])
        assert end.value.code == 0
        shown = capsys.readouterr().out
        assert word in shown
        assert "cli." not in shown


@pytest.mark.parametrize(
    "url", ["postgresql://li@host:5433/db?sslmode=verify-full", "postgres://h/d"]
)
def test_a_server_s_url_stays_as_it_was_typed(url: str):
    assert parsed("--store", url, "desk").store == url
    assert parsed("store", "info", url).path == url


@pytest.mark.parametrize("command", [("demo",), ("demo", "--fresh")])
def test_a_made_up_district_is_made_in_a_file_only(command, capsys):
    assert main(["--lang", "en", "--store", "postgresql://li:secret@host/db", *command]) == 2
    said = capsys.readouterr().err
    assert "Only a file" in said
    assert "secret" not in said


def test_a_person_of_a_file_is_moved_and_shut_out(tmp_path):
    path = str(tmp_path / "central.db")
    main(["store", "init", path])
    main(["store", "add-operator", path, "li", "李强", "OPERATOR"])
    unit = setting().directory.units[0].code
    assert main(["store", "move", path, "li", "UNIT_HANDLER", "--unit", unit]) == 0
    assert main(["store", "move", path, "li", "UNIT_HANDLER", "--unit", "nowhere"]) == 2
    assert main(["store", "deactivate", path, "li"]) == 0
    assert main(["store", "deactivate", path, "nobody"]) == 2


def test_a_store_is_made_looked_at_and_verified(tmp_path, capsys):
    path = str(tmp_path / "central.db")
    assert main(["store", "init", path]) == 0
    assert main(["store", "add-operator", path, "li", "李强", "OPERATOR"]) == 0
    assert main(["store", "people", path]) == 0
    assert main(["store", "info", path]) == 0
    assert main(["store", "upgrade", path]) == 0
    assert main(["store", "verify", path]) == 0
    assert "李强" in capsys.readouterr().out


def test_a_no_is_a_sentence(tmp_path, capsys):
    path = str(tmp_path / "central.db")
    main(["store", "init", path])
    assert main(["--lang", "zh", "store", "init", path]) == 2
    told = capsys.readouterr().err
    assert "未完成" in told
    assert "Traceback" not in told


def test_a_store_that_is_not_there_is_a_sentence(tmp_path, capsys):
    assert main(["--lang", "en", "store", "info", str(tmp_path / "none.db")]) == 2
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("kind", ["live", "historical"])
def test_a_store_that_is_not_made_up_is_never_made_anew(kind, tmp_path, capsys):
    path = tmp_path / "central.db"
    assert main(["store", "init", str(path), "--kind", kind]) == 0
    assert main(["store", "add-operator", str(path), "li", "李强", "OPERATOR"]) == 0
    fresh = ["--lang", "en", "demo", "--store", str(path), "--fresh", "--cases", "5", "--days", "3"]
    assert main(fresh) == 2
    assert "is not a demonstration" in capsys.readouterr().err
    assert main(["store", "people", str(path)]) == 0
    assert "李强" in capsys.readouterr().out


def test_a_made_up_district_is_made_anew_when_asked(tmp_path):
    path = tmp_path / "central.db"
    fresh = ["demo", "--store", str(path), "--fresh", "--cases", "5", "--days", "3"]
    assert main(fresh) == 0
    first = admin.facts(path).info.store_id
    assert main(fresh) == 0
    assert admin.facts(path).info.store_id != first


def test_a_district_with_real_records_is_not_thrown_away(tmp_path, capsys):
    path = tmp_path / "central.db"
    assert main(["demo", "--store", str(path), "--cases", "5", "--days", "3"]) == 0
    assert main(["demo", "--store", str(path)]) == 0  # it is there
    admin.open_batch(path, "b", "admin", historical=True)
    assert main(["demo", "--store", str(path), "--fresh"]) == 2
    assert path.exists()
    assert capsys.readouterr().err


def no_database(folder: Path) -> str:
    path = folder / "central.db"
    path.write_text("no database at all\n" * 400)
    return str(path)


def other_database(folder: Path) -> str:
    path = folder / "central.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE diary (day TEXT)")
    return str(path)


@pytest.mark.parametrize("wrong_file", [no_database, other_database])
@pytest.mark.parametrize(
    "command",
    [
        ("store", "info", "{}"),
        ("store", "verify", "{}"),
        ("store", "upgrade", "{}"),
        ("store", "people", "{}"),
        ("store", "add-operator", "{}", "li", "李强", "OPERATOR"),
        ("demo", "--fresh", "--store", "{}"),
        ("import", "{}", "--as", "messages", "--store", "{}"),
    ],
    ids=" ".join,
)
def test_what_is_no_central_store_is_a_sentence_and_a_report(wrong_file, command, tmp_path, capsys):
    path, seat = wrong_file(tmp_path), tmp_path / "seat"
    before = Path(path).read_bytes()
    given = [one.replace("{}", path) for one in command]
    assert main(["--lang", "en", "--home", str(seat), *given]) == 2
    told = capsys.readouterr().err
    assert "is not a central store, or it is damaged" in told
    (report,) = (seat / "reports").glob("report-*.txt")
    assert str(report) in told
    assert len(told.splitlines()) == 2
    assert "sqlite3" in report.read_text("utf-8")
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [("store", "init", "{}/c.db"), ("check", "{}"), ("--home", "{}", "demo")],
    ids=" ".join,
)
@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "读写不了"), ("en", "cannot be read or written")]
)
def test_a_place_that_cannot_be_written_is_a_sentence(command, lang, words, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    place = str(tmp_path / "file" / "below")
    home = [] if "--home" in command else ["--home", str(tmp_path / "seat")]
    given = [one.replace("{}", place) for one in command]
    assert main(["--lang", lang, *home, *given]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert place in told
    assert "Errno" not in told


def test_a_store_that_another_program_holds_is_told_in_both_languages(
    tmp_path, capsys, monkeypatch
):
    path = tmp_path / "central.db"
    main(["store", "init", str(path)])
    monkeypatch.setattr(link, "PATIENCE", 0.05)
    for lang, words in (("zh", "正被别的程序占用"), ("en", "Another program holds")):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            add = ["store", "add-operator", str(path), "li", "李强", "OPERATOR"]
            assert main(["--lang", lang, "--home", str(tmp_path), *add]) == 2
        assert words in capsys.readouterr().err


def test_shipped_rules_that_cannot_be_read_are_a_sentence(tmp_path, capsys, monkeypatch):
    path = tmp_path / "central.db"
    main(["store", "init", str(path)])
    monkeypatch.setattr(loading, "_POLICY", tmp_path / "policy")
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ps-4.yaml").write_text("code: PS-4\ntitle: [1, 2\n", "utf-8")
    rules.cache_clear()
    given = ["--lang", "en", "--home", str(tmp_path), "store", "verify", str(path)]
    assert main(given) == 2
    told = capsys.readouterr().err
    assert "rules shipped with the program cannot be read" in told
    assert "ps-4.yaml line 3" in told
    assert "loading.py" in next((tmp_path / "reports").glob("*.txt")).read_text("utf-8")
    rules.cache_clear()


def test_the_packaged_program_says_that_it_cannot_measure(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert main(["--lang", "en", "bench"]) == 2
    assert "from source" in capsys.readouterr().err


def test_an_interrupted_command_ends_quietly(tmp_path, monkeypatch, capsys):
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(RUNS, "demo", interrupted)
    assert main(["demo"]) == 130
    assert capsys.readouterr().err == ""


@pytest.fixture
def orphaned(tmp_path):
    """A demonstration store that was taken away, and the key that it left behind."""
    path = tmp_path / "central.db"
    assert main(["demo", "--store", str(path), "--cases", "5", "--days", "3"]) == 0
    away = tmp_path / "away"
    away.mkdir()
    key = tmp_path / "central.db.key"
    for file in tmp_path.glob("central.db*"):
        if file != key:
            file.rename(away / file.name)
    return path, key, key.read_bytes()


def test_the_key_of_a_store_that_is_missing_is_not_written_over(orphaned, capsys):
    path, key, kept = orphaned
    assert main(["--lang", "zh", "demo", "--store", str(path), "--cases", "5"]) == 2
    told = capsys.readouterr().err
    assert str(path) in told
    assert "密钥" in told
    assert not path.exists()
    assert key.read_bytes() == kept


def test_made_anew_on_demand_the_old_key_is_kept_beside_under_its_date(orphaned):
    path, key, kept = orphaned
    assert main(["demo", "--store", str(path), "--cases", "5", "--days", "3", "--fresh"]) == 0
    assert key.read_bytes() != kept
    (old,) = path.parent.glob("central.db.key.*")
    assert old.read_bytes() == kept


def test_a_desk_makes_no_new_district_where_a_key_waits_for_its_store(orphaned):
    path, key, kept = orphaned
    with pytest.raises(Refused, match="demo-store-gone"):
        make(path, (5, 3, 1), lambda *_: None)
    assert key.read_bytes() == kept
