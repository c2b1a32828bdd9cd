"""Real desks merge and part cases, at a file and a server: each sees its part, who loses a race reads why."""

from functools import partial
from pathlib import Path

import pytest

from app.cli.verifying import decided_again
from app.domain.commands import Dispatch, File, Merge, Unmerge
from app.domain.refused import Refused
from app.services.live import LiveDesk
from db.centre import verify
from db.places import Place
from tests.store.test_desks_together import opened, told
from tests.sync.desks import SETTING, UNIT, Desks, cut, found, report, settled

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.article(18)]


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


async def filed(desk: LiveDesk, words: str) -> str:
    done = await desk.send(report(words))
    await desk.send(File(case_id=done.case_id))
    return done.case_id


async def status(desk: LiveDesk, case_id: str) -> str:
    return str((await opened(desk, case_id)).dossier.case.status)


def sound(place: Place) -> bool:
    return verify(place, partial(decided_again, SETTING)).findings == ()


def test_a_unit_loses_and_gets_back_its_task_while_the_centre_sees_all(
    place: Place, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei, ann = await desks.at("li"), await desks.at("mei"), await desks.at("ann")
        into, member = await filed(li, "路面积水严重"), await filed(li, "路口积水很深")
        await li.send(Dispatch(case_id=member, unit=UNIT))
        await settled(li, mei, ann)
        assert await status(ann, member) == "DISPATCHED"
        merged = await li.send(Merge(case_id=into, members=(member,)))
        await settled(li, mei, ann)
        assert await ann.case(member) is None
        assert await ann.case(into) is None
        view = await opened(mei, into)
        assert [one.case.id for one in view.members] == [member]
        assert (
            view.timeline[-1].cmd_id
            == (await opened(mei, member)).timeline[-1].cmd_id
            == merged.cmd_id
        )
        other = await opened(mei, member)
        assert other.survivor is not None
        assert other.survivor.id == into
        assert view.dossier.case.shared
        await mei.send(Unmerge(case_id=into, members=(member,)))
        await settled(li, mei, ann)
        again = await opened(ann, member)
        assert [str(task.status) for task in again.dossier.tasks] == ["PENDING_SIGN"]
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(merged.cmd_id)

    told(desks, story)
    assert sound(place)


def test_a_merge_is_taken_back_whole(place: Place, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        into, member = await filed(li, "路面积水严重"), await filed(li, "路口积水很深")
        done = await li.send(Merge(case_id=into, members=(member,)))
        await settled(li, mei)
        await li.undo(done.cmd_id)
        await settled(li, mei)
        for desk in (li, mei):
            assert [await status(desk, one) for one in (into, member)] == ["FILED", "FILED"]
            assert (await opened(desk, into)).members == ()

    told(desks, story)
    assert sound(place)


def test_of_merge_and_dispatch_at_once_one_stands_and_nothing_is_half_done(
    place: Place, tmp_path: Path
):
    """Each on the same sight of the cases: cut off, they cannot know of one another."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        into, member = await filed(li, "路面积水严重"), await filed(li, "路口积水很深")
        await settled(li, mei)
        lines = cut(li), cut(mei)
        await li.send(Merge(case_id=into, members=(member,)))
        await mei.send(Dispatch(case_id=member, unit=UNIT))
        assert await status(li, member) == "MERGED"
        assert (await opened(li, member)).timeline[-1].kind == "merge"  # though it is on its way
        for desk, line in zip((li, mei), lines, strict=True):
            line.is_away = False
            desk._at.wire.wake()
        await settled(li, mei)
        now = await status(li, member)
        assert await status(mei, member) == now
        members = (await opened(mei, into)).dossier.case.members
        loser, count = (li, 0) if now == "DISPATCHED" else (mei, 1)
        assert members == count
        (lost,) = await loser.attention()
        assert lost.why == "conflict"
        assert [one.kind for one in lost.since] == (["dispatch"] if loser is li else ["merge"])
        await loser.settle_attention(lost.cmd_id, "drop", "已有人办")

    told(desks, story)
    assert sound(place)
