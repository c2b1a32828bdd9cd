"""A made-up person goes through everything: nothing that a seat or the centre writes down holds him in clear.

In the log, the replica, the outbox, reports of bugs, debug logs, the server's own log, dumps, rows of every table.
"""

import asyncio
import base64
import json
import logging
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from app.domain.commands import AddNote, Person
from app.domain.refused import Refused
from app.domain.revealing import reason
from app.services.live import LiveDesk
from app.services.ports import Cursor
from app.services.queries import Draft
from db import centre
from db.central.link import Link
from db.postgres.central import open_server
from db.postgres.programs import program
from tests.store.conftest import postgres_link
from tests.sync.desks import Desks, report, settled, until
from ui.stories import story
from ui.trouble import Trouble

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NAME, PHONE, ID = "欧阳金丝雀", "13912345678", "440301199001011234"
TOLD, NOTED, TYPED = "13800001111", "13822223333", "13844445555"
SECRETS = (NAME, PHONE, ID, TOLD, NOTED, TYPED)
WIRED: tuple[Callable[[str], bytes], ...] = (
    str.encode,
    lambda text: text.encode("utf-16-le"),
    lambda text: json.dumps(text).strip('"').encode(),
    lambda text: repr(text.encode())[2:-1].encode(),
    lambda text: base64.b64encode(text.encode()).rstrip(b"=")[:-1],
    lambda text: text.encode().hex().encode(),
    lambda text: quote(text).encode(),
)


def betrayed(held: bytes) -> list[str]:
    """Whose data stand there, however they are written."""
    return [one for one in SECRETS if any(form(one) in held for form in WIRED)]


@pytest.fixture
def desks(tmp_path: Path, url: str) -> Iterator[Desks]:
    house = Desks(tmp_path / "seat", url.replace("fenbo@", ""))
    yield house
    house.close()


async def _a_day(desk: LiveDesk) -> str:
    """Registered, noted, half-typed, refused, looked at: each with a person in it."""
    who = Person(name=NAME, phone=PHONE, id_number=ID)
    done = await desk.send(report(f"路面积水，请回电 {TOLD}，证件 {ID}", reporter=who))
    await desk.send(AddNote(case_id=done.case_id, text=f"家属电话 {NOTED}"))
    await desk.save_draft(Draft("half", desk.now(), {"phone": TYPED, "name": NAME}))
    with pytest.raises(Refused):
        await desk.send(AddNote(case_id="none", text=f"找不到 {NOTED}"))
    await settled(desk)
    await until(lambda: not desk.sync_state.waiting)
    await desk.reporter_history(PHONE)
    shown = await desk.reveal(done.case_id, reason("callback", f"回电 {PHONE}"))
    assert (shown.name, shown.phone) == (NAME, PHONE)
    return done.case_id


def test_the_canary_is_found_where_it_is_in_clear():
    """The net has no holes: each way of writing is found."""
    for form in WIRED:
        assert set(betrayed(b"...".join(form(one) for one in SECRETS))) == set(SECRETS)
    assert betrayed("139****5678 欧阳** 440***1234".encode()) == []


def test_nobody_is_in_clear_anywhere(
    desks: Desks, url: str, postgres: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    log = Path(postgres.split()[0].removeprefix("host=")) / "server.log"
    began = log.stat().st_size
    keeper = postgres_link(url)
    (name,) = keeper.row("SELECT current_database()") or ("",)
    keeper.run(
        f"ALTER DATABASE {name} SET log_statement = 'all'"
    )  # an administrator looks for a fault
    keeper.close()

    async def day() -> str:
        return await _a_day(await desks.at("li"))

    case_id = asyncio.run(day())
    desks.close()
    _reported(tmp_path / "seat" / "reports")
    _refused_at_the_server(url, case_id)
    found = _files(tmp_path / "seat")
    found |= {f"table {name}": betrayed(rows) for name, rows in _tables(url)}
    found |= {"dump": betrayed(_dumped(url)), "debug": betrayed(caplog.text.encode())}
    noted = log.read_bytes()[began:]
    assert b"fenbo.submit" in noted, "every statement was written down"
    found["server"] = betrayed(noted)
    found["wire"] = betrayed(_said(url, case_id))
    assert {where: who for where, who in found.items() if who} == {}
    link = postgres_link(url, "fenbo")
    assert link.rows("SELECT count(*) FROM reporter") == [(1,)], "he is there, sealed"
    link.close()
    store = open_server(url, "li")
    shown = store.reveal(case_id, "回访")
    store.close()
    assert (shown.name, shown.phone, shown.id_number) == (NAME, PHONE, ID)


def _files(seat: Path) -> dict[str, list[str]]:
    """What each file of a seat betrays."""
    files = [one for one in seat.rglob("*") if one.is_file()]
    for begin in ("outbox.db", "replica-", "report-"):
        assert any(one.name.startswith(begin) for one in files), begin
    return {one.name: betrayed(one.read_bytes()) for one in files}


def _reported(folder: Path) -> None:
    """A bug of ours with the person in its hands."""
    who = Person(name=NAME, phone=PHONE, id_number=ID)
    bug = ValueError(f"{who!r}: {PHONE} {ID}")
    bug.__cause__ = KeyError(NAME)
    Trouble(folder, "0.0").report(story(bug))


def _refused_at_the_server(url: str, case_id: str) -> None:
    """Statements that fail with a person in their values: the server notes the statement, not the values."""
    store = open_server(url, "li")
    with pytest.raises(psycopg.errors.DivisionByZero):
        store._ask("SELECT fenbo.reporter_key(?) || (1/0)", (PHONE,))
    assert store.reporter_key(TOLD)
    assert store.search(PHONE, 10) == ()
    store.close()


def _tables(url: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table, as text."""
    link: Link = postgres_link(url, "fenbo")
    names = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r'"
    )
    tables = [name for (name,) in link.rows(names)]
    assert {"log", "reporter", "sealed_number", "case_file", "finder", "access_log"} <= set(tables)
    for name in tables:
        rows = link.rows(f"SELECT row_to_json(one)::text, one::text FROM fenbo.{name} AS one")
        yield name, "\n".join(f"{a} {b}" for a, b in rows).encode()
    link.close()


def _dumped(url: str) -> bytes:
    """What a backup of one's own would hold, in plain text."""
    command = [str(program("pg_dump")), "--schema=fenbo", f"--dbname={url}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _said(url: str, case_id: str) -> bytes:
    """All that a colleague's seat is told."""
    store = open_server(url, "mei")
    told = (store.pull(Cursor(), 500), store.snapshot(None, 200), store.history(case_id))
    told = (*told, store.search("积水", 50), store.operators(), store.figures())
    store.close()
    assert centre.key_of(url)
    return repr(told).encode()
