"""Whole desks at a PostgreSQL centre, and its administrator at the command line."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.verifying import decided_again
from app.domain.commands import AddNote, Dispatch, File, Sign
from app.domain.terms import CaseStatus, Role
from app.services.live import LiveDesk
from app.services.queries import CaseView, Operator, Queue, WindowQuery
from db import centre
from db.central.link import Link
from db.places import typed
from tests.store import server
from tests.store.conftest import postgres_link, url_of
from tests.sync.desks import (
    PEOPLE,
    SETTING,
    UNIT,
    Desks,
    back,
    cut,
    found,
    report,
    settled,
    until,
)
from tests.unit.test_importing import events, write

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
_NAMES = (f"desk{number}" for number in count(1))


def told(desks: Desks, story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


async def status(desk: LiveDesk, case_id: str) -> CaseStatus | None:
    view = await desk.case(case_id)
    return None if view is None else view.dossier.case.status


def test_a_case_goes_from_desk_to_desk(url: str, tmp_path: Path):
    desks = Desks(tmp_path, url)

    async def story() -> None:
        li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
        done = await li.send(report())
        await li.send(File(case_id=done.case_id))
        await li.send(Dispatch(case_id=done.case_id, unit=UNIT))
        await settled(li, mei)
        assert await status(mei, done.case_id) == CaseStatus.DISPATCHED
        view = await until_there(ann, done.case_id)
        await ann.send(Sign(case_id=done.case_id, task_id=view.dossier.tasks[0].id))
        await ann.send(AddNote(case_id=done.case_id, text="已联系"))
        await settled(ann)
        await until_told(mei, done.case_id, "add_note")
        await until_told(li, done.case_id, "sign")

    told(desks, story)
    report_ = centre.verify(url, partial(decided_again, SETTING))
    assert report_.is_sound, report_.findings
    assert report_.lines == 5


async def until_there(desk: LiveDesk, case_id: str) -> CaseView:
    """The case, once this desk has it."""
    for _ in range(500):
        if (found := await desk.case(case_id)) is not None:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")


async def until_told(desk: LiveDesk, case_id: str, kind: str) -> None:
    """Until this desk knows that somebody did so."""
    for _ in range(500):
        if kind in [one.kind for one in (await until_there(desk, case_id)).timeline]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(kind)


def test_a_desk_that_is_cut_off_works_on_and_sends_it_all_later(url: str, tmp_path: Path):
    desks = Desks(tmp_path, url)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        away = cut(li)
        ids = [(await li.send(report(f"积水 {n}"))).case_id for n in range(5)]
        await until(lambda: not li.sync_state.online)
        await back(li, away)
        await settled(li, mei)
        window = await mei.window(WindowQuery(queue=Queue.ALL, now=mei.now()))
        assert {row.id for row in window.rows} == set(ids)

    told(desks, story)


def test_a_login_that_is_refused_for_a_while_loses_nothing(url: str, tmp_path: Path, postgres: str):
    """As when an administrator locks somebody out by mistake, and lets him in again."""
    root = postgres_link(f"{postgres} dbname=postgres")
    desks = Desks(tmp_path, url)

    async def story() -> None:
        li = await desks.at("li")
        root.run("ALTER ROLE li NOLOGIN")
        _end_sessions(root, "li")
        await until(lambda: not li.sync_state.online)
        done = await li.send(report())
        assert li.sync_state.waiting == 1
        root.run("ALTER ROLE li LOGIN")
        li._at.wire.wake()
        await until(lambda: li.sync_state.online and not li.sync_state.waiting, 30)
        assert await status(li, done.case_id) == CaseStatus.REGISTERED
        assert not li.sync_state.attention

    try:
        told(desks, story)
    finally:
        root.run("ALTER ROLE li LOGIN")
        root.close()
    assert centre.verify(url).is_sound


def _end_sessions(root: Link, login: str) -> None:
    root.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?", (login,))


@pytest.mark.fault("F8")
def test_a_desk_opens_and_registers_while_its_centre_is_down(tmp_path: Path, postgres: str):
    """`postgres` only says that there are server programs: this centre has a server that ends."""
    bin_ = server.programs()
    assert bin_ is not None
    with server.running(bin_) as conninfo:
        url = url_of(conninfo, "postgres")
        centre.init(url, "440310", "SZPS", "live")
        centre.add_operator(url, Operator("li", "li", Role.OPERATOR, ""))
        desks = Desks(tmp_path, url)

        async def begin() -> None:
            await settled(await desks.at("li"))

        told(desks, begin)

    async def story() -> None:
        li = desks.begin("li")
        done = await li.send(report())
        await until(lambda: not li.sync_state.online)
        assert await status(li, done.case_id) == CaseStatus.REGISTERED

    told(desks, story)


def test_the_persons_of_a_centre_are_those_of_its_district(url: str, tmp_path: Path):
    desks = Desks(tmp_path, url)

    async def story() -> None:
        li = await desks.at("li")
        people = await li.people()
        assert {one.login for one in people} == {login for login, _, _ in PEOPLE}
        assert all(isinstance(one, Operator) for one in people)

    told(desks, story)


def test_the_administrator_s_commands_speak_to_a_server_as_to_a_file(
    postgres: str, new_database: Callable[..., str], postgres_template: str, capsys
):
    url = url_of(postgres, new_database(next(_NAMES)))
    assert main(["store", "init", url]) == 0
    assert main(["store", "add-operator", url, "cli.one", "李强", "OPERATOR"]) == 0
    said = capsys.readouterr().out
    assert "初始密码" in said or "First password" in said
    for action in (("people",), ("info",), ("upgrade",), ("verify",)):
        assert main(["store", *action, url]) == 0
    told = capsys.readouterr().out
    assert "李强" in told
    assert "fenbo@" not in told
    assert main(["store", "move", url, "cli.one", "UNIT_HANDLER", "--unit", UNIT]) == 0
    assert main(["store", "deactivate", url, "cli.one"]) == 0
    assert main(["store", "deactivate", url, "nobody.here"]) == 2
    assert main(["store", "init", url]) == 2
    assert main(["store", "info", url.replace("fenbo@", "fenbo:secret@")]) == 0
    wrong = capsys.readouterr()
    assert "--password-file" in wrong.err
    assert "secret" not in wrong.err + wrong.out
    assert "Traceback" not in wrong.err
    root = postgres_link(f"{postgres} dbname=postgres")
    root.run('DROP ROLE "cli.one"')
    root.close()


def test_what_an_import_asks_of_a_store_a_server_answers_too(url: str):
    archive = centre.open_archive(url, "zhao")
    assert (archive.actor.login, archive.prefix) == ("zhao", "SZPS")
    archive.open_batch("b1")
    assert archive.known(["x"]) == frozenset()
    assert archive.said(["x"]) == {}
    archive.close_batch("b1")
    assert archive.head().seq == 0
    archive.close()


@pytest.mark.parametrize("kind", ["file", "server"])
def test_the_desk_s_command_opens_at_a_server_as_at_a_file(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    """All that the command does but the window, in whose place somebody registers a case."""
    store = url if kind == "server" else str(found(tmp_path))
    told_: list[str] = []

    def window(opened, close, product, **_) -> int:
        async def sit() -> None:
            desk = await asyncio.to_thread(opened, asyncio.get_running_loop(), lambda *_: None)
            try:
                await settled(desk)
                told_.append((await desk.send(report())).case_id)
                await settled(desk)
            finally:
                close(desk)

        asyncio.run(sit())
        assert not product.is_demo
        assert not product.complaints
        return 0

    monkeypatch.setattr("app.cli.desk.run_desk", window)
    assert main(["--home", str(tmp_path / "seat"), "--store", store, "--as", "li"]) == 0
    assert centre.facts(typed(store)).cases == len(told_) == 1


def test_records_are_imported_into_a_server_once_and_a_trial_leaves_nothing(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    write(tmp_path, events({}, {}, {"CREATE_TIME": "?"}))
    as_leader = url.replace("fenbo@", "zhao@")
    given = ["--lang", "en", "--home", str(tmp_path / "home"), "import"]
    given += [str(tmp_path / "file.csv"), "--as", "pingshan", "--store", as_leader]
    assert main([*given, "--dry-run"]) == 0
    assert centre.facts(url).cases == 0
    assert main(given) == 0
    assert "new cases: 2, already there: 0, rejected: 1" in capsys.readouterr().out
    assert main(given) == 0
    assert "new cases: 0, already there: 2, rejected: 1" in capsys.readouterr().out
    assert centre.facts(url).cases == 2
    report_ = centre.verify(url, partial(decided_again, SETTING))
    assert report_.is_sound, report_.findings
