"""Backups of a store: whole or not at all, read when made, put back without harm, completed by the seats."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.backing import BESIDE
from app.cli.verifying import decided_again
from app.domain.commands import AddNote, Dispatch, File, Person
from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.services.queries import Operator, Queue, WindowQuery
from db import centre
from db.backups import PAGE
from db.central.link import Link
from db.central.sealing import key_path
from db.places import Place, is_server
from db.postgres import programs
from tests.store.conftest import url_of
from tests.sync.desks import SETTING, UNIT, Desks, clock, found, report, settled, until

_NAMES = (f"backup{number}" for number in count(1))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A file where people work, with holidays and an edition beside it."""
    path = found(tmp_path)
    (path.parent / "policy").mkdir()
    (path.parent / "policy" / "own.yaml").write_text("own", "utf-8")
    (path.parent / "calendar.csv").write_text("days", "utf-8")
    return path


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store where people work."""
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


def kept(store: Place, folder: Path) -> Path:
    centre.back_up(store, folder, BESIDE)
    return folder


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


# A folder that is there whole or not at all


def test_a_file_is_kept_with_its_key_and_what_lies_beside_it(store: Path, tmp_path: Path):
    folder = kept(store, tmp_path / "b")
    held = {"central.db", "central.db.key", "calendar.csv", "policy/own.yaml"}
    assert names(folder) == {PAGE, *held}
    assert set(json.loads((folder / PAGE).read_text("utf-8"))["files"]) == held
    assert folder.stat().st_mode & 0o077 == 0
    assert centre.verify(folder / "central.db").is_sound
    centre.restore(tmp_path / "again" / "central.db", folder, BESIDE)  # reading it changed nothing
    assert (tmp_path / "again" / "policy" / "own.yaml").read_text("utf-8") == "own"


def test_a_folder_that_is_there_is_not_touched(store: Path, tmp_path: Path):
    (tmp_path / "b").mkdir()
    with pytest.raises(Refused, match="backup-exists"):
        kept(store, tmp_path / "b")
    assert names(tmp_path / "b") == set()


def test_what_breaks_off_leaves_nothing(store: Path, tmp_path: Path):
    key_path(store).unlink()
    with pytest.raises(Refused, match="store-key-missing"):
        kept(store, tmp_path / "kept" / "b")
    assert list((tmp_path / "kept").iterdir()) == []
    with pytest.raises(Unreachable, match="store-not-there"):
        kept(tmp_path / "nowhere.db", tmp_path / "kept" / "b")


def test_a_head_that_is_not_the_log_s_makes_no_backup(store: Path, tmp_path: Path):
    from db.central import admin

    with admin.opened(store) as link:
        link.run("UPDATE head SET seq = 7")
    with pytest.raises(Refused, match="backup-unsound"):
        kept(store, tmp_path / "b")


@pytest.mark.parametrize("name", ["central.db", "central.db.key", "calendar.csv", PAGE])
@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_backup_that_is_not_whole_is_not_put_back(
    store: Path, tmp_path: Path, name: str, harm: str
):
    file = kept(store, tmp_path / "b") / name
    content = file.read_bytes()
    file.unlink()
    if harm == "cut":
        file.write_bytes(content[:-1])
    with pytest.raises(
        Refused, match="backup-none" if file.name == PAGE and harm == "gone" else "backup-damaged"
    ):
        centre.restore(tmp_path / "new" / "central.db", tmp_path / "b", BESIDE)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("page", ["[]", "{}", '{"ends": [{}]}'])
def test_a_page_that_says_something_else_is_damage(tmp_path: Path, page: str):
    (tmp_path / PAGE).write_text(page, "utf-8")
    with pytest.raises(Refused, match="backup-damaged"):
        centre.restore(tmp_path / "central.db", tmp_path)


# Put back


def test_a_living_file_is_left_alone_unless_asked_and_then_it_stays_beside(
    store: Path, tmp_path: Path
):
    folder = kept(store, tmp_path / "b")
    centre.add_operator(store, Operator("late", "late", Role.OPERATOR, ""))
    (store.parent / "calendar.csv").write_text("newer days", "utf-8")
    before = store.read_bytes()
    with pytest.raises(Refused, match="store-there"):
        centre.restore(store, folder, BESIDE)
    assert store.read_bytes() == before
    for number in (1, 2):
        centre.restore(store, folder, BESIDE, replace=True)
        aside = store.with_name(f"central.db.replaced-{number}")
        assert key_path(aside).read_bytes() == key_path(store).read_bytes()
    everybody = [[one.login for one in centre.operators(at)] for at in (store, aside)]
    assert "late" not in everybody[0]
    assert (store.parent / "calendar.csv").read_text("utf-8") == "newer days"
    assert centre.verify(store).is_sound


def test_a_backup_that_is_older_than_what_seats_keep_is_put_back_with_a_warning(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = kept(store, tmp_path / "b")
    page = json.loads((folder / PAGE).read_text("utf-8"))
    for days, warned in ((29, False), (31, True)):
        page["made_at"] = (clock() - timedelta(days=days)).isoformat()
        (folder / PAGE).write_text(json.dumps(page), "utf-8")
        there = tmp_path / str(days) / "central.db"
        assert main(["--lang", "en", "store", "restore", str(there), str(folder)]) == 0
        assert (f"{days} days old" in capsys.readouterr().out) == warned


def test_a_backup_of_one_kind_of_place_goes_into_no_other(store: Path, tmp_path: Path, url: str):
    of_file, of_server = kept(store, tmp_path / "f"), kept(url, tmp_path / "s")
    with pytest.raises(Refused, match="backup-of-a-server"):
        centre.restore(tmp_path / "new.db", of_server)
    with pytest.raises(Refused, match="backup-of-a-file"):
        centre.restore(url, of_file)


def test_a_server_s_backup_goes_into_an_empty_database_with_everybody_s_login(
    url: str, tmp_path: Path, postgres: str, postgres_root: Link, new_database: Callable[..., str]
):
    """As on another server: `solo` has no login here any more."""
    centre.add_operator(url, Operator("solo", "solo", Role.SHIFT_LEADER, ""))
    secret = "SELECT rolpassword, rolvaliduntil FROM pg_authid WHERE rolname = 'solo'"
    before = postgres_root.rows(secret)
    folder = kept(url, tmp_path / "b")
    postgres_root.run("DROP ROLE solo")
    there = url_of(postgres, new_database(next(_NAMES)))
    held, passwords = centre.restore(there, folder)
    assert [(end.feed, end.seq) for end in held.ends] == [("440310", 0)]
    assert (passwords, postgres_root.rows(secret)) == ({}, before)
    assert centre.verify(there).is_sound
    with pytest.raises(Refused, match="store-there"):
        centre.restore(there, folder)
    postgres_root.run("DROP ROLE solo")


def test_who_may_found_a_centre_may_restore_one(
    url: str, tmp_path: Path, postgres_root: Link, lasting_database: Callable[..., str]
):
    """No superuser: what the server keeps of passwords is not his to read."""
    name = lasting_database(next(_NAMES))
    postgres_root.run("CREATE ROLE restorer LOGIN CREATEROLE")
    postgres_root.run(f"ALTER DATABASE {name} OWNER TO restorer")
    folder = kept(url, tmp_path / "b")
    there = url.replace("fenbo@", "restorer@").replace(url.split("/")[3].split("?")[0], name)
    try:
        centre.restore(there, folder)
        assert centre.verify(there).is_sound
        again = kept(there, tmp_path / "again")
        assert json.loads((again / "logins.json").read_text("utf-8")) == []
        centre.restore(there, again, replace=True)
        assert centre.verify(there).is_sound
    finally:
        postgres_root.run(f"DROP DATABASE {name} WITH (FORCE)")
        postgres_root.run("DROP ROLE restorer")


def test_a_login_that_a_backup_does_not_hold_gets_a_first_password(
    url: str, tmp_path: Path, postgres: str, postgres_root: Link, new_database: Callable[..., str]
):
    centre.add_operator(url, Operator("solo", "solo", Role.OPERATOR, ""))
    folder = kept(url, tmp_path / "b")
    page = json.loads((folder / PAGE).read_text("utf-8"))
    (folder / "logins.json").write_text("[]", "utf-8")
    del page["files"]["logins.json"]
    (folder / PAGE).write_text(json.dumps(page), "utf-8")
    postgres_root.run("DROP ROLE solo")
    there = url_of(postgres, new_database(next(_NAMES)))
    _, passwords = centre.restore(there, folder)
    assert passwords.keys() == {"solo"}
    assert len(passwords["solo"]) > 12
    postgres_root.run("DROP ROLE solo")


def test_a_restore_that_fails_leaves_the_living_centre_as_it_was(url: str, tmp_path: Path):
    folder = kept(url, tmp_path / "b")
    (folder / "centre.dump").write_bytes((folder / "centre.dump").read_bytes()[:-200])
    page = json.loads((folder / PAGE).read_text("utf-8"))
    del page["files"]["centre.dump"]
    (folder / PAGE).write_text(json.dumps(page), "utf-8")
    with pytest.raises(Refused, match="program-failed"):
        centre.restore(url, folder, replace=True)
    assert centre.verify(url).is_sound
    assert centre.people(url, "li")


def test_no_session_goes_on_in_the_centre_that_was_replaced(url: str, tmp_path: Path):
    desks = Desks(tmp_path, url)
    folder = kept(url, tmp_path / "b")

    async def story() -> None:
        li = await desks.at("li")
        await li.send(report())
        await settled(li)

    told(desks, story)
    session = centre.open_central(url, "li")
    assert [session.head().seq for _ in range(10)] == [1] * 10
    centre.restore(url, folder, replace=True)
    with suppress(Unreachable):
        assert session.head().seq == 0
    assert session.head().seq == 0
    session.close()


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_moved(url: str, tmp_path: Path):
    folder = kept(url, tmp_path / "b")
    page = json.loads((folder / PAGE).read_text("utf-8"))
    (folder / PAGE).write_text(json.dumps({**page, "schema_version": 999}), "utf-8")
    with pytest.raises(Refused, match="store-newer"):
        centre.restore(url, folder, replace=True)
    assert centre.verify(url).is_sound


def test_who_backs_up_and_restores_stands_in_the_access_log(place: Place, tmp_path: Path):
    folder = kept(place, tmp_path / "b")
    assert noted(place)[-1:] == ["store.backup"]
    centre.restore(place, folder, replace=True)
    assert noted(place)[-1:] == ["store.restore"]


def noted(place: Place) -> list[str]:
    from db.central import admin
    from db.postgres.link import owner

    opened = owner(str(place)) if is_server(place) else admin.opened(Path(place))
    with opened as link:
        return [what for (what,) in link.rows("SELECT what FROM access_log ORDER BY at, id")]


# PostgreSQL's programs


def test_programs_are_found_beside_initdb_and_missed_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("initdb", "pg_dump"):
        (folder / name).write_text("#!/bin/sh\necho at last >&2\nexit 3\n", "utf-8")
        (folder / name).chmod(0o755)
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "initdb").symlink_to(folder / "initdb")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(programs, "_PLACES", ())
    assert programs.program("pg_dump") == folder / "pg_dump"
    with pytest.raises(Refused) as failed:
        programs.run("pg_dump")
    assert (failed.value.code, failed.value.facts["why"]) == ("program-failed", "at last")
    with pytest.raises(Refused, match="no-program"):
        programs.program("pg_restore")


def test_no_password_is_ever_on_a_command_line(tmp_path: Path, url: str):
    with pytest.raises(Refused, match="store-password-in-url"):
        kept(url.replace("fenbo@", "fenbo:secret@"), tmp_path / "b")


# The drill: two desks, a backup, work after it, and the backup put back


def told(desks: Desks, story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


@pytest.mark.fault("F11")
def test_seats_give_a_restored_store_what_it_lacks(place: Place, tmp_path: Path):
    """One desk stays open through it all, the other is closed and comes back; a third hand was there in time."""
    desks = Desks(tmp_path, place)
    person = Person(name="王小明", phone="13812345678")

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        old = await li.send(report("备份以前"))
        await li.send(File(case_id=old.case_id))
        await settled(li, mei)
        assert await command(place, "backup", tmp_path / "b") == 0
        await mei.send(AddNote(case_id=old.case_id, text="备份以后"))
        await settled(li, mei)
        await li.send(Dispatch(case_id=old.case_id, unit=UNIT))
        await li.send(report("备份以后", reporter=person))
        await mei.send(report("也在以后"))
        await settled(li, mei)
        desks.close(mei)
        before = await seen(li)
        assert await command(place, "restore", tmp_path / "b") == 2
        assert await command(place, "restore", tmp_path / "b", "--replace") == 0
        mei = await desks.at("mei")
        await until(lambda: centre.facts(place).commands == 6, 30)
        await settled(li, mei)
        assert (await seen(li), await seen(mei)) == (before, before)
        assert len(before) == 3
        assert (await li.attention(), await mei.attention()) == ((), ())
        assert [await given_back(one) for one in (li, mei)] == [(2, 2, 0), (2, 2, 0)]

    told(desks, story)
    verdict = centre.verify(place, partial(decided_again, SETTING))
    assert verdict.is_sound, verdict.findings
    assert (verdict.lines, verdict.sealed) == (6, 1)


async def given_back(desk: LiveDesk) -> tuple[int, int, int]:
    """What a supervisor reads of a seat: how much the centre lacked, has again, and could not be given."""
    assert desk.sync_state.standing == "history-moved"
    report_ = await desk.report()
    assert report_.moved is not None
    assert report_.waiting == ()
    return report_.moved.total, report_.moved.given_back, report_.moved.lost


async def command(place: Place, action: str, folder: Path, *more: str) -> int:
    return await asyncio.to_thread(main, ["store", action, str(place), str(folder), *more])


async def seen(desk: LiveDesk) -> dict[str, tuple[str, str, list[str]]]:
    """What a person at the desk sees of every case: number, status, what happened."""
    window = await desk.window(WindowQuery(queue=Queue.ALL, now=desk.now()))
    found_: dict[str, tuple[str, str, list[str]]] = {}
    for row in window.rows:
        view = await desk.case(row.id)
        assert view is not None
        case = view.dossier.case
        kinds = sorted(one.kind for one in view.timeline)
        found_[row.id] = (case.number, str(case.status), kinds)
    return found_


@pytest.mark.fault("F11")
def test_what_cannot_be_replayed_stands_in_the_attention_list(place: Place, tmp_path: Path):
    """Whoever works at the restored store before the others come back has the say."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li = await desks.at("li")
        old = await li.send(report())
        await li.send(File(case_id=old.case_id))
        await settled(li)
        folder = await asyncio.to_thread(kept, place, tmp_path / "backup")
        await li.send(Dispatch(case_id=old.case_id, unit=UNIT))
        await settled(li)
        desks.close(li)
        await asyncio.to_thread(partial(centre.restore, place, folder, replace=True))
        mei = await desks.at("mei")
        await until_here(mei, old.case_id)
        await mei.send(Dispatch(case_id=old.case_id, unit=UNIT))
        await settled(mei)
        li = await desks.at("li")
        await until(lambda: li.sync_state.attention == 1)
        (one,) = await li.attention()
        assert (one.case_id, one.why) == (old.case_id, "conflict")
        await settled(li, mei)
        report_ = await li.report()
        moved = report_.moved
        assert moved is not None
        assert (moved.total, moved.given_back, moved.lost) == (1, 0, 1)
        assert moved.read_to.startswith("3:")
        assert [(who.login, who.act.cmd_id) for who in report_.waiting] == [("li", one.cmd_id)]

    told(desks, story)
    assert centre.verify(place, partial(decided_again, SETTING)).is_sound


@pytest.mark.fault("F11")
def test_what_builds_on_another_seat_s_loss_waits_for_that_seat(place: Place, tmp_path: Path):
    """Who comes back first has built on what only the other can give back."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        folder = await asyncio.to_thread(kept, place, tmp_path / "backup")
        lost = await mei.send(report("备份以后"))
        await settled(li, mei)
        await li.send(File(case_id=lost.case_id))
        await li.send(Dispatch(case_id=lost.case_id, unit=UNIT))
        await settled(li, mei)
        before = await seen(mei)
        desks.close(li, mei)
        await asyncio.to_thread(partial(centre.restore, place, folder, replace=True))
        li = await desks.at("li")
        await until(lambda: li.sync_state.attention == 2)
        mei = await desks.at("mei")
        await until(lambda: centre.facts(place).commands == 3)
        await settled(li, mei)
        assert (await seen(li), await seen(mei)) == (before, before)
        assert (await li.attention(), await mei.attention()) == ((), ())

    told(desks, story)
    assert centre.verify(place, partial(decided_again, SETTING)).is_sound


async def until_here(desk: LiveDesk, case_id: str) -> None:
    for _ in range(500):
        if await desk.case(case_id) is not None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came")
