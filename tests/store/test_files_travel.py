"""Files of cases between real desks, at a file and at a server: attached at one, opened at the other."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.domain.commands import AddNote, Attach
from app.services.files import Whereabouts
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.sync import gait, outgoing
from db import centre
from db.central.link import Link, open_file
from db.places import Place
from tests.store.conftest import postgres_link
from tests.sync.desks import Desks, back, cut, found, report, settled, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
CONTENT = Random(7).randbytes(20_000)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


@pytest.fixture
def root(place: Place) -> Any:
    is_file = isinstance(place, Path)
    link = open_file(place) if is_file else postgres_link(str(place), "fenbo")
    yield link
    link.close()


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a small file takes many."""
    monkeypatch.setattr(gait, "FIRST", 1024)
    monkeypatch.setattr(gait, "MOST_OF_A_PART", 1024)


def told(desks: Desks, story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


class Stingy:
    """A centre that is there for everything but files, after some of their parts."""

    def __init__(self, central: Any, parts: int) -> None:
        self.central, self.parts = central, parts
        self.at: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.central, name)

    def put_part(self, digest: str, size: int, at: int, part: bytes) -> int:
        self._pays()
        self.at += [at] if part else []
        return self.central.put_part(digest, size, at, part)

    def part_of(self, digest: str, at: int, most: int) -> bytes | None:
        self._pays()
        self.at.append(at)
        return self.central.part_of(digest, at, most)

    def _pays(self) -> None:
        self.parts -= 1
        if self.parts < 0:
            raise Unreachable("centre")


def stingy(desk: LiveDesk, parts: int = 1_000_000) -> Stingy:
    line = desk._at.wire._line  # pyright: ignore
    line.central = Stingy(line.central, parts)
    return line.central


def written(folder: Path, content: bytes) -> str:
    source = folder / "照片.jpg"
    source.write_bytes(content)
    return str(source)


async def attached(
    desk: LiveDesk, folder: Path, content: bytes = CONTENT, case: str = ""
) -> Attach:
    """A new case, or another, with a file."""
    digest, size = await desk.files.keep(written(folder, content))
    case_id = case or (await desk.send(report())).case_id
    wish = Attach(case_id=case_id, stage="REPORT", name="../照片.jpg", digest=digest, size=size)
    await desk.send(wish)
    return wish


async def at_centre(root: Link, how_many: int = 1) -> None:
    await until(lambda: root.rows("SELECT count(*) FROM kept_file") == [(how_many,)])


async def lies(desk: LiveDesk, wish: Attach) -> Whereabouts:
    return (await desk.files.where([wish.digest]))[wish.digest]


async def comes_to_lie(desk: LiveDesk, wish: Attach, where: Whereabouts) -> None:
    for _ in range(500):
        if await lies(desk, wish) is where:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(where)


def test_a_file_attached_at_one_desk_is_opened_at_another(place: Place, root: Link, tmp_path: Path):
    desks, lent = Desks(tmp_path, place), list[str]()

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        wish = await attached(li, tmp_path)
        await at_centre(root)
        await settled(li, mei)
        view = await mei.case(wish.case_id)
        assert view is not None
        assert [one.digest for one in view.dossier.attachments] == [wish.digest]
        assert await lies(mei, wish) is Whereabouts.ELSEWHERE
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.HERE
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.HERE
        await comes_to_lie(mei, wish, Whereabouts.HERE)
        await comes_to_lie(li, wish, Whereabouts.HERE)
        assert li.sync_state.files == mei.sync_state.files == 0
        lent.append(await mei.files.lend(wish.digest, wish.name))

    told(desks, story)
    path = tmp_path / "mei" / "files" / "lent"
    assert [str(one) for one in path.iterdir()] == lent
    assert Path(lent[0]).name.endswith(".jpg")
    assert Path(lent[0]).read_bytes() == CONTENT


def test_the_same_file_on_many_cases_goes_up_once(place: Place, root: Link, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        counted = stingy(li), stingy(mei)
        wish = await attached(li, tmp_path)
        await at_centre(root)
        await attached(li, tmp_path)
        await attached(mei, tmp_path)
        await settled(li, mei)
        await comes_to_lie(mei, wish, Whereabouts.HERE)
        assert len(counted[0].at) == -(-wish.size // 1024)
        assert counted[1].at == []

    told(desks, story)


def test_a_seat_that_ends_between_two_parts_goes_on_where_it_was(
    place: Place, root: Link, tmp_path: Path
):
    """Both ways; no case waits for its file meanwhile."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        stingy(li, 8)  # the first asks where to begin
        wish = await attached(li, tmp_path)
        await until(lambda: not li.sync_state.online)
        await li.send(AddNote(case_id=wish.case_id, text="附件还没传完"))
        await until(lambda: li.sync_state.waiting == 0)
        assert await lies(li, wish) is Whereabouts.UNSENT
        await until(lambda: li.sync_state.files == 1)
        desks.close(li)
        assert root.rows("SELECT count(*) FROM file_part") == [(7,)]
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.NOT_YET
        li = desks.begin("li")
        on = stingy(li)
        await at_centre(root)
        assert set(on.at) <= {at for at in range(0, wish.size, 1024) if at >= 7 * 1024}

        stingy(mei, 6)
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.AWAY
        desks.close(mei)
        mei = desks.begin("mei")
        on = stingy(mei)
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.HERE
        assert on.at[0] == 6 * 1024

    told(desks, story)


def test_a_desk_that_is_cut_off_says_so_and_sends_and_fetches_later(
    place: Place, root: Link, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        away = cut(li)
        await until(lambda: not li.sync_state.online)
        wish = await attached(li, tmp_path)
        assert await lies(li, wish) in (Whereabouts.HERE, Whereabouts.UNSENT)
        assert await li.files.fetch("0" * 64, 10) is Whereabouts.AWAY
        await back(li, away)
        await at_centre(root)
        away = cut(mei)
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.AWAY
        await back(mei, away)
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.HERE

    told(desks, story)


def test_what_is_not_what_its_digest_says_is_thrown_away_and_said(
    place: Place, root: Link, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        wish = await attached(li, tmp_path)
        await at_centre(root)
        kept = root.rows('SELECT "at", bytes FROM file_part')
        root.run('UPDATE file_part SET bytes = ? WHERE "at" = 1024', (bytes(1024),))
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.WRONG
        assert await lies(mei, wish) is Whereabouts.ELSEWHERE
        assert list((tmp_path / "mei" / "files" / "half").iterdir()) == []
        for at, part in kept:
            root.run('UPDATE file_part SET bytes = ? WHERE "at" = ?', (part, at))
        assert await mei.files.fetch(wish.digest, wish.size) is Whereabouts.HERE
        for odd in ("", "../../../x", "/etc/passwd", wish.digest.upper(), "C:\\x"):
            assert await mei.files.fetch(odd, 10) is Whereabouts.WRONG
        assert await mei.files.fetch("1" * 64, 2**40) is Whereabouts.WRONG

    told(desks, story)


def test_a_file_that_the_disk_has_spoilt_is_put_aside_and_taken_by_nobody(
    place: Place, root: Link, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outgoing, "REST", 0.1)
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li = await desks.at("li")
        away = cut(li)
        wish = await attached(li, tmp_path)
        kept = tmp_path / "li" / "files" / wish.digest[:2] / wish.digest
        kept.write_bytes(bytes(wish.size))
        await back(li, away)
        await comes_to_lie(li, wish, Whereabouts.ELSEWHERE)
        assert kept.with_suffix(".damaged").exists()
        assert root.rows("SELECT count(*) FROM file_part") == [(0,)]
        await li.files.keep(str(tmp_path / "照片.jpg"))
        await at_centre(root)

    told(desks, story)


def test_a_centre_that_was_put_back_to_before_it_had_a_file_gets_it_again(
    place: Place, root: Link, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li = await desks.at("li")
        await attached(li, tmp_path)
        await at_centre(root)
        for table in ("kept_file", "file_part"):
            root.run(f"DELETE FROM {table}")
        root.run("UPDATE head SET epoch = epoch + 1")
        root.run("UPDATE operator SET scope_epoch = scope_epoch + 1")  # as after any restoring
        await li.send(report())
        await at_centre(root)

    told(desks, story)


def test_a_backup_has_the_files_in_it_and_what_it_lacks_is_sent_again(
    place: Place, root: Link, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li = await desks.at("li")
        early = await attached(li, tmp_path, b"early")
        await at_centre(root)
        await asyncio.to_thread(centre.back_up, place, tmp_path / "backup")
        late = await attached(li, tmp_path, b"late", early.case_id)
        await at_centre(root, 2)
        root.close()  # another store lies there afterwards
        await asyncio.to_thread(partial(centre.restore, place, tmp_path / "backup", replace=True))
        mei = await desks.at("mei")
        assert await mei.files.fetch(early.digest, early.size) is Whereabouts.HERE
        for _ in range(300):
            if await mei.files.fetch(late.digest, late.size) is Whereabouts.HERE:
                break
            await asyncio.sleep(0.02)

    told(desks, story)
    verdict = centre.verify(place)
    assert (verdict.findings, verdict.files) == ((), 2)
