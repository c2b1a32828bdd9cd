"""The password of a centre's keeper: typed unseen, from a file, from PostgreSQL's own places; never from the shell."""

import base64
import io
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pytest

from app.__main__ import main
from app.domain.terms import Role
from app.services.queries import Operator
from db import centre
from db.central.link import Link
from db.postgres.programs import run
from tests.store.conftest import postgres_link
from ui.wording import Wording

KEEPER, TAKER, SECRET = "pw.keeper", "pw.taker", "canary 口令/7f3c@"
pytestmark = [pytest.mark.e2e, pytest.mark.slow]
MESSAGES = "留言编号,留言主题,留言时间,留言详情\n1,路灯,2026-03-02 08:00,路灯不亮\n"


@pytest.fixture
def root(postgres: str) -> Iterator[Link]:
    root = postgres_link(f"{postgres} dbname=postgres")
    if not root.rows("SELECT FROM pg_roles WHERE rolname = 'asked'"):
        root.run("CREATE ROLE asked NOLOGIN")
    root.run(f"CREATE ROLE \"{KEEPER}\" LOGIN PASSWORD '{SECRET}' IN ROLE fenbo_owner, asked")
    yield root
    root.run(f'DROP ROLE "{KEEPER}"')
    root.run(f'DROP ROLE IF EXISTS "{TAKER}"')
    root.close()


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a password file of whoever runs this, nor a terminal."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def place(url: str, root: Link) -> str:
    return url.replace("fenbo@", f"{KEEPER}@")


@pytest.fixture
def info(place: str, tmp_path: Path, capsys) -> Callable[..., tuple[int, str]]:
    """`store info`: its code, and all that it says."""

    def asked(*more: str, at: str = place) -> tuple[int, str]:
        ended = main(["--lang", "zh", "--home", str(tmp_path), "store", "info", at, *more])
        said = capsys.readouterr()
        return ended, said.out + said.err

    return asked


def kept_in(path: Path, text: str = SECRET, mode: int = 0o600) -> str:
    path.write_text(f"{text}\r\nand more\n", "utf-8")
    path.chmod(mode)
    return str(path)


def test_where_nobody_can_be_asked_it_is_said_how_to_give_it(info):
    ended, said = info()
    assert (ended, KEEPER in said, "--password-file" in said) == (2, True, True)


def test_a_file_that_only_its_owner_reads_opens(info, tmp_path: Path):
    assert info("--password-file", kept_in(tmp_path / "word"))[0] == 0
    ended, said = info("--password-file", kept_in(tmp_path / "word", mode=0o644))
    assert (ended, "chmod 600" in said) == (2, True)
    ended, said = info("--password-file", kept_in(tmp_path / "word", ""))
    assert (ended, "空" in said) == (2, True)
    ended, said = info("--password-file", str(tmp_path / "nowhere"))
    assert (ended, "nowhere" in said, "Traceback" in said) == (2, True, False)
    ended, said = info("--password-file", kept_in(tmp_path / "word", "wrong"))
    assert (ended, "不接受" in said) == (2, True)


def test_what_postgresql_knows_itself_opens(info, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert info()[0] == 0
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "none"
    file.write_text(f"*:*:*:{KEEPER}:{SECRET}\n")
    file.chmod(0o600)
    assert info()[0] == 0


def test_a_terminal_asks_unseen_and_again_when_it_was_wrong(info, monkeypatch):
    asked, typed = list[str](), iter(["wrong", SECRET])

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("app.cli.secret.getpass.getpass", getpass)
    ended, said = info()
    assert (ended, len(asked), "不接受" in said) == (0, 2, True)
    assert KEEPER in asked[0]


def test_what_is_typed_at_a_real_terminal_is_not_shown(place: str, tmp_path: Path):
    words = ["-m", "app", "--home", str(tmp_path), "store", "info", place]
    ours, its = pty.openpty()
    command = [sys.executable, "-c", _AT_TERMINAL, os.ttyname(its), *words]
    child = subprocess.Popen(command, stdin=its, stdout=its, stderr=its)
    os.close(its)
    seen, is_typed = b"", False
    with child, open(ours, "r+b", buffering=0) as terminal:  # noqa: PTH123 - a number, not a path
        while said := _read(terminal):
            seen += said
            if not is_typed and KEEPER.encode() in seen:
                is_typed = bool(terminal.write(f"{SECRET}\n".encode()))
    assert (is_typed, child.returncode) == (True, 0), seen.decode()
    assert SECRET.encode() not in seen


#: A program whose terminal that is, and no other one.
_AT_TERMINAL = (
    "import os, sys; os.setsid(); os.close(os.open(sys.argv[1], os.O_RDWR));"
    " os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
)


def _read(terminal: IO[bytes]) -> bytes:
    try:
        return terminal.read(4096)
    except OSError:  # Linux says so that the other side is gone
        return b""


def test_a_password_in_the_address_works_with_a_warning_and_stays_nowhere(
    info, place: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    open_ = place.replace(f"{KEEPER}@", f"{KEEPER}:{quote(SECRET, safe='')}@")
    ended, said = info(at=open_)
    assert (ended, "地址里写了密码" in said) == (0, True)
    wrong = open_.replace("7f3c", "no")
    assert info(at=wrong)[0] == 2
    forms = [one(SECRET) for one in (str, quote, lambda word: quote(word, safe=""))]
    forms += [base64.b64encode(SECRET.encode()).decode(), SECRET.replace("7f3c", "no")]
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        held = file.read_bytes()
        assert not [one for one in forms if one.encode() in held], file.name
    assert not [one for one in forms if one in said + caplog.text]


def test_a_file_has_no_password(tmp_path: Path, capsys):
    word = kept_in(tmp_path / "word")
    command = ["--lang", "zh", "store", "info", str(tmp_path / "central.db")]
    assert main([*command, "--password-file", word]) == 2
    assert "没有密码" in capsys.readouterr().err


def test_a_backup_needs_it_as_well_and_nobody_sees_it_in_the_list_of_processes(
    place: str, tmp_path: Path, capsys, monkeypatch
):
    seen: list[str] = []

    def watched(name: str, *arguments: str, password: str = "") -> str:
        seen.extend(arguments)
        return run(name, *arguments, password=password)

    monkeypatch.setattr("db.postgres.backup.run", watched)
    word = ["--password-file", kept_in(tmp_path / "word")]
    made = str(tmp_path / "backup")
    assert main(["store", "backup", place, made, *word]) == 0, capsys.readouterr().err
    assert seen
    assert not [one for one in seen if SECRET in one]


def test_an_import_asks_for_it_too(url: str, root: Link, tmp_path: Path, capsys, monkeypatch):
    new = Operator(TAKER, TAKER, Role.ADMINISTRATOR, "")
    word = centre.add_operator(url, new)
    root.run(f'GRANT asked TO "{TAKER}"')
    file = tmp_path / "messages.csv"
    file.write_text(MESSAGES, "utf-8")
    place = url.replace("fenbo@", f"{TAKER}@")
    command = ["--home", str(tmp_path), "import", str(file), "--as", "messages", "--store", place]
    assert main(command) == 2
    assert "--password-file" in capsys.readouterr().err
    kept = kept_in(tmp_path / "word", word)
    ended = main([*command, "--dry-run", "--password-file", kept])
    said = capsys.readouterr()
    assert ended == 0, said.err


def test_every_sentence_is_there(qapp):
    for words in (Wording("zh"), Wording("en")):
        words.say("cli.password.ask", login="")
        words.say("cli.password.in_url")
        words.say("cli.help.password_file")
        assert not words.missing
