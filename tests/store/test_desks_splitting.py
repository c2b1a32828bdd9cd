"""Real desks split a report and take that back, at a file and a server: each sees its part, who loses reads why."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from app.cli.verifying import decided_again
from app.domain.commands import (
    Close,
    Demand,
    Dispatch,
    File,
    Handle,
    Merge,
    Person,
    Sign,
    Split,
    Unsplit,
)
from app.domain.measures.disposal import criteria_for
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.services.live import LiveDesk
from db.centre import verify
from db.places import Place
from tests.store.test_desks_together import opened, told
from tests.sync.desks import SETTING, UNIT, Desks, cut, found, report, settled

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.article(19)]
PHONE = "13812345678"


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


async def filed(desk: LiveDesk, words: str = "路面积水严重。路灯也不亮。") -> str:
    wish = replace(report(words), reporter=Person(name="张三", phone=PHONE))
    done = await desk.send(wish)
    await desk.send(File(case_id=done.case_id))
    return done.case_id


def in_two(case_id: str) -> Split:
    told = Demand(narrative="路灯也不亮,回电13912345670。")
    return Split(case_id=case_id, demands=(Demand(narrative="路面积水严重。"), told))


async def parts_of(desk: LiveDesk, case_id: str) -> list[str]:
    return [one.case.id for one in (await opened(desk, case_id)).parts]


async def status(desk: LiveDesk, case_id: str) -> str:
    return str((await opened(desk, case_id)).dossier.case.status)


def findings(place: Place) -> tuple[object, ...]:
    return verify(place, partial(decided_again, SETTING)).findings


async def handled(clerk: LiveDesk, unit: LiveDesk, part: str) -> None:
    """Dispatched, signed for and done."""
    await clerk.send(Dispatch(case_id=part, unit=UNIT))
    await settled(clerk, unit)
    task = (await opened(unit, part)).dossier.tasks[-1].id
    await unit.send(Sign(case_id=part, task_id=task))
    done = Handle(case_id=part, task_id=task, result="好", notice="好", method="RECORD")
    await unit.send(done)


async def close(desk: LiveDesk, part: str) -> None:
    on = (await opened(desk, part)).dossier
    now = Moment(desk.now(), desk.me, str(UUID(int=0)), desk.setting)
    await desk.send(Close(case_id=part, criteria=tuple(one.code for one in criteria_for(on, now))))


def test_each_part_goes_its_way_the_report_ends_with_the_last_and_its_reporter_is_the_report_s(
    place: Place, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
        whole = await filed(li)
        done = await li.send(in_two(whole))
        assert done.number == (await opened(li, whole)).dossier.case.number
        await settled(li, mei, ann)
        one, two = await parts_of(mei, whole)
        assert (await opened(mei, two)).whole.id == whole
        key = (await opened(mei, whole)).dossier.case.reporter_key
        assert key is not None
        assert (await opened(mei, one)).dossier.case.reporter_key == key
        person = await mei.reveal(two, "回访")
        assert (person.name, person.phone) == ("张三", PHONE)
        assert ("139****5670", "13912345670") in person.numbers
        assert (await opened(mei, one)).timeline[-1].kind == "split"
        for part in (one, two):
            await handled(li, ann, part)
            assert await ann.case(whole) is None
            await settled(li, mei, ann)
            await close(mei, part)
            await settled(li, mei, ann)
        assert await status(li, whole) == "CLOSED_ON_TIME"
        assert [one.status for one in (await opened(li, whole)).dossier.visits] == ["OPEN"]

    told(desks, story)
    assert findings(place) == ()


def test_a_split_is_taken_back_whole_and_as_one_again_no_number_comes_twice(
    place: Place, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
        whole = await filed(li)
        done = await li.send(in_two(whole))
        await settled(li, mei)
        await li.undo(done.cmd_id)
        await settled(li, mei)
        assert [(one.why, one.facts) for one in await li.attention()] == []
        for desk in (li, mei):
            assert await status(desk, whole) == "FILED"
            assert await parts_of(desk, whole) == []
        await mei.send(in_two(whole))
        await settled(li, mei)
        parts = await parts_of(li, whole)
        numbers = [(await opened(li, one)).dossier.case.number[-3:] for one in parts]
        assert numbers == ["-03", "-04"]
        await li.send(Dispatch(case_id=parts[0], unit=UNIT))
        await settled(li, mei, ann)
        await mei.send(Unsplit(case_id=whole))
        await settled(li, mei, ann)
        assert await ann.case(parts[0]) is None
        assert [await status(li, one) for one in (whole, *parts)] == ["FILED", "VOID", "VOID"]

    told(desks, story)
    assert findings(place) == ()


@pytest.mark.parametrize("rival", ["split", "merge", "dispatch"])
def test_of_two_at_once_one_stands_and_nothing_is_half_done(
    place: Place, tmp_path: Path, rival: str
):
    """Each on the same sight of the cases: cut off, they cannot know of one another."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        whole, other = await filed(li), await filed(li, "路口积水很深")
        await settled(li, mei)
        lines = cut(li), cut(mei)
        wish = {
            "split": in_two(whole),
            "merge": Merge(case_id=other, members=(whole,)),
            "dispatch": Dispatch(case_id=whole, unit=UNIT),
        }[rival]
        await li.send(in_two(whole))
        await mei.send(wish)
        mine = await parts_of(li, whole)
        await li.send(Dispatch(case_id=mine[0], unit=UNIT))
        for desk, line in zip((li, mei), lines, strict=True):
            line.is_away = False
            desk._at.wire.wake()
        await settled(li, mei)
        now = await status(li, whole)
        assert await status(mei, whole) == now
        lost = [*await li.attention(), *await mei.attention()]
        assert {one.why for one in lost} <= {"conflict", "missing", "built-on-refused"}, lost
        assert lost
        parts = await parts_of(li, whole)
        assert parts == await parts_of(mei, whole)
        assert len(parts) == (2 if now == "SPLIT" else 0)
        if not parts:
            assert await li.case(mine[0]) is None
        for desk in (li, mei):
            for one in await desk.attention():
                await desk.settle_attention(one.cmd_id, "drop", "已有人办")

    told(desks, story)
    assert findings(place) == ()


def test_two_parts_that_end_at_two_seats_at_once_end_the_report_once(place: Place, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
        whole = await filed(li)
        await li.send(in_two(whole))
        await settled(li, mei, ann)
        parts = await parts_of(li, whole)
        for part in parts:
            await handled(li, ann, part)
        await settled(li, mei, ann)
        lines = cut(li), cut(mei)
        for desk, part in zip((li, mei), parts, strict=True):
            await close(desk, part)
        for desk, line in zip((li, mei), lines, strict=True):
            line.is_away = False
            desk._at.wire.wake()
        await settled(li, mei)
        lost = [(desk, one) for desk in (li, mei) for one in await desk.attention()]
        ((loser, aside),) = lost
        assert aside.why == "conflict"
        await loser.settle_attention(aside.cmd_id, "again", "")
        await settled(li, mei)
        assert await status(li, whole) == await status(mei, whole) == "CLOSED_ON_TIME"
        assert len((await opened(li, whole)).dossier.visits) == 1

    told(desks, story)
    assert findings(place) == ()


def test_a_part_is_not_split_off_by_lies(place: Place, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li = await desks.at("li")
        whole = await filed(li)
        await li.send(in_two(whole))
        with pytest.raises(Refused, match="split-up"):
            await li.send(Dispatch(case_id=whole, unit=UNIT))
        other = await filed(li)
        parts = await parts_of(li, whole)
        with pytest.raises(Refused, match="merge-part"):
            await li.send(Merge(case_id=other, members=(parts[0],)))
        await settled(li)

    told(desks, story)
    assert findings(place) == ()
