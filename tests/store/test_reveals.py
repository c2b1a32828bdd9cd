"""A desk shows a reporter in clear: at both kinds of store the centre writes it down, and at the desk nothing stays."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.commands import (
    ApproveReveal,
    AskReveal,
    Dispatch,
    File,
    Person,
    SeeReporter,
    Sign,
)
from app.domain.refused import Refused
from app.domain.revealing import reason
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from db.central.link import Link, open_file
from tests.store.conftest import postgres_link
from tests.sync.desks import UNIT, Desks, back, cut, found, report, settled, until
from tests.sync.hanging import hung

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NAME, PHONE, ID = "欧阳金丝雀", "13912345678", "440301199001011234"
TOLD = "13800001111"
WHY = reason("callback", "回访办理结果")


@pytest.fixture(params=["file", "server"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def place(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return found(tmp_path) if kind == "file" else request.getfixturevalue("url")


@pytest.fixture
def desks(place: Any, tmp_path: Path):
    return Desks(tmp_path, place)


@pytest.fixture
def link(kind: str, place: Any):
    link = open_file(place) if kind == "file" else postgres_link(place, "fenbo")
    yield link
    link.close()


def told(desks: Desks, story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


async def registered(desk: LiveDesk) -> str:
    who = Person(name=NAME, phone=PHONE, id_number=ID)
    return (await desk.send(report(f"路面积水，请回电 {TOLD}", reporter=who))).case_id


def looks(link: Link) -> list[Any]:
    lines = "SELECT actor, about, reason FROM access_log WHERE what = 'reveal' ORDER BY id"
    return link.rows(lines)


def test_the_reporter_is_shown_and_who_looked_and_why_is_written_down(desks: Desks, link: Link):
    """Also of a case that had not gone out: what was asked for here before goes first."""
    ids: list[str] = []

    async def story() -> None:
        li = await desks.at("li")
        ids.append(await registered(li))
        shown = await li.reveal(ids[0], WHY)
        assert (shown.name, shown.phone, shown.id_number) == (NAME, PHONE, ID)
        assert [number for _, number in shown.numbers] == [TOLD]

    told(desks, story)
    assert looks(link) == [("li", ids[0], "callback 回访办理结果")]
    seat = [one for one in (desks.folder / "li").rglob("*") if one.is_file()]
    assert seat
    held = b"".join(one.read_bytes() for one in seat)
    assert not [one for one in (NAME, PHONE, ID, TOLD) if one.encode() in held]


def test_a_unit_and_whoever_gives_no_reason_is_refused_and_the_desk_stays_online(
    desks: Desks, link: Link
):
    async def story() -> None:
        li, ann = await desks.at("li"), await desks.at("ann")
        case_id = await registered(li)
        await li.send(File(case_id=case_id))
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(li, ann)
        with pytest.raises(Refused, match="reveal-denied"):
            await ann.reveal(case_id, WHY)
        with pytest.raises(Refused, match="words-missing"):
            await li.reveal(case_id, " ")
        with pytest.raises(Refused, match="case-missing"):
            await li.reveal("no-such-case", WHY)
        await settled(li, ann)

    told(desks, story)
    assert [actor for actor, *_ in looks(link)] == ["ann", "li"], "also who was refused"


def test_a_unit_is_let_see_him_once_and_the_centre_reads_it_in_the_timeline(
    desks: Desks, link: Link
):
    """The look goes up before the centre is asked, though nobody waited for it."""

    async def story() -> None:
        li, ann, zhao = await desks.at("li"), await desks.at("ann"), await desks.at("zhao")
        case_id = await registered(li)
        await li.send(File(case_id=case_id))
        await li.send(Dispatch(case_id=case_id, unit=UNIT))
        await settled(li, ann, zhao)
        task = (await seen(ann, case_id)).dossier.tasks[0].id
        await ann.send(Sign(case_id=case_id, task_id=task))
        ask = AskReveal(case_id=case_id, task_id=task, purpose="visit", text=f"约时间 {TOLD}")
        await ann.send(ask)
        await settled(li, ann, zhao)
        (asked,) = (await seen(zhao, case_id)).dossier.asked_reveals
        assert asked.text == "约时间 138****1111"
        await zhao.send(ApproveReveal(case_id=case_id, request_id=asked.id))
        await settled(ann, zhao)
        await ann.send(SeeReporter(case_id=case_id, request_id=asked.id))
        assert (await ann.reveal(case_id, WHY)).phone == PHONE
        await settled(li, ann)
        kinds = [one.kind for one in (await seen(li, case_id)).timeline]
        assert kinds[-3:] == ["ask_reveal", "approve_reveal", "see_reporter"]

    told(desks, story)
    assert [actor for actor, *_ in looks(link)] == ["ann"]


async def seen(desk: LiveDesk, case_id: str):
    view = await desk.case(case_id)
    assert view is not None
    return view


def test_without_the_centre_nobody_is_left_waiting(desks: Desks, link: Link):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await registered(li)
        await settled(li)
        away = cut(li)
        await until(lambda: not li.sync_state.online)
        with pytest.raises(Unreachable):
            await asyncio.wait_for(li.reveal(case_id, WHY), 5)
        await back(li, away)
        assert (await li.reveal(case_id, WHY)).phone == PHONE
        hangs = hung(li, only="reveal")
        hangs.hang()
        with pytest.raises(Unreachable):
            await asyncio.wait_for(li.reveal(case_id, WHY), 9)
        hangs.let_go()
        await settled(li)
        li._at.wire.stop()
        with pytest.raises(Unreachable, match="stopped"):
            await li.reveal(case_id, WHY)

    told(desks, story)


def test_a_reason_holds_nobodys_number():
    assert reason("visit", f" 约在现场，电话 {PHONE} ") == "visit 约在现场，电话 139****5678"
    assert reason("verification", "") == "verification"
