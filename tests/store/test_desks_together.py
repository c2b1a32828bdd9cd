"""Real desks at one case, at a file and at a server: who looks at it, and who of those that claim it at once has it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.domain.commands import Claim, Dispatch, File, Release
from app.domain.refused import Refused
from app.services.live import LiveDesk
from app.services.queries import Onlookers
from db.places import Place
from tests.sync.desks import UNIT, Desks, back, cut, found, report, settled, until

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
#: What a person may wait for, and what of it the screen takes (DWELL_MS of ui.views.onlooking), in seconds.
PROMISED, DWELL = 2.0, 0.25


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


def told(desks: Desks, story: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        try:
            await story()
        finally:
            desks.close()

    asyncio.run(whole())


class Heard:
    """What a desk last heard of who else looks."""

    def __init__(self, desk: LiveDesk) -> None:
        self.last = Onlookers()
        desk.on_onlookers(self._hear)

    def _hear(self, onlookers: Onlookers) -> None:
        self.last = onlookers

    async def until(self, case_id: str, *logins: str) -> float:
        """How long it took until that was heard (seconds)."""
        begun = time.monotonic()
        await until(lambda: self.last == Onlookers(case_id, logins))
        return time.monotonic() - begun


async def shared(li: LiveDesk, mei: LiveDesk) -> str:
    """A case that both have."""
    done = await li.send(report())
    await settled(li, mei)
    return done.case_id


def test_two_seats_see_each_other_at_a_case_within_two_seconds(place: Place, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        at_li, at_mei = Heard(li), Heard(mei)
        case_id, other = await shared(li, mei), await shared(li, mei)
        li.look_at(case_id)
        await at_li.until(case_id)
        for _ in range(3):  # at other moments of the second each time
            await asyncio.sleep(0.37)
            mei.look_at(case_id)
            took = await asyncio.gather(at_li.until(case_id, "mei"), at_mei.until(case_id, "li"))
            assert max(took) < PROMISED - DWELL
            mei.look_at(other)
            assert await at_li.until(case_id) < PROMISED
            await at_mei.until(other)
        mei.look_at(case_id)
        await at_li.until(case_id, "mei")
        desks.close(mei)
        assert await at_li.until(case_id) < PROMISED
        assert [one.kind for one in (await opened(li, case_id)).timeline] == ["register"]

    told(desks, story)


def test_a_row_that_somebody_opens_is_marked_within_two_seconds_and_as_soon_unmarked(
    place: Place, tmp_path: Path
):
    """Nothing is open here; the rows on the screen alone are asked about."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id, other = await shared(li, mei), await shared(li, mei)
        heard: list[Onlookers] = []
        li.on_onlookers(heard.append)
        li.look_over([case_id, other])
        for rows, shown in (((case_id, "mei"),), case_id), ((), None):
            mei.look_at(shown)
            begun = time.monotonic()
            await until(lambda rows=rows: bool(heard) and heard[-1].rows == rows)
            assert time.monotonic() - begun < PROMISED
        mei.look_at(other)
        await until(lambda: heard[-1].rows == ((other, "mei"),))
        li.look_over([])
        await until(lambda: heard[-1].rows == ())

    told(desks, story)


def test_a_seat_that_is_cut_off_is_forgotten_and_knows_nothing_of_the_others(
    place: Place, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        at_li, at_mei = Heard(li), Heard(mei)
        case_id = await shared(li, mei)
        li.look_at(case_id)
        mei.look_at(case_id)
        await at_li.until(case_id, "mei")
        await at_mei.until(case_id, "li")
        away = cut(mei)
        await at_mei.until(case_id)
        assert await at_li.until(case_id) < 3.0 + PROMISED
        await back(mei, away)
        await asyncio.gather(at_li.until(case_id, "mei"), at_mei.until(case_id, "li"))

    told(desks, story)


async def opened(desk: LiveDesk, case_id: str):
    view = await desk.case(case_id)
    assert view is not None
    return view


async def holder(desk: LiveDesk, case_id: str) -> str:
    return (await opened(desk, case_id)).dossier.case.holder


def test_of_two_who_claim_at_once_one_has_it_and_the_other_reads_who(place: Place, tmp_path: Path):
    """Each on the same sight of the case: cut off, they cannot know of one another."""
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await shared(li, mei)
        lines = cut(li), cut(mei)
        for desk in (li, mei):
            await desk.send(Claim(case_id=case_id))
            assert await holder(desk, case_id) == desk.me.login
        for desk, line in zip((li, mei), lines, strict=True):
            line.is_away = False
            desk._at.wire.wake()
        await settled(li, mei)
        winner = await holder(li, case_id)
        assert await holder(mei, case_id) == winner
        loser = next(one for one in (li, mei) if one.me.login != winner)
        (lost,) = await loser.attention()
        assert (lost.kind, lost.why) == ("claim", "conflict")
        ((_, row),) = lost.facts["rows"]
        assert row["holder"] == winner
        assert [(one.actor, one.kind) for one in lost.since] == [(winner, "claim")]
        with pytest.raises(Refused, match="claim-of-another") as no:
            await loser.settle_attention(lost.cmd_id, "again")
        assert no.value.facts["holder"] == winner
        await loser.settle_attention(lost.cmd_id, "drop", "已有人办")
        assert await loser.attention() == ()

    told(desks, story)


def test_what_was_built_on_a_lost_claim_waits_with_it_and_nothing_is_lost(
    place: Place, tmp_path: Path
):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await shared(li, mei)
        line = cut(li)
        await li.send(Claim(case_id=case_id))
        await li.send(File(case_id=case_id))
        await mei.send(Claim(case_id=case_id))
        await settled(mei)
        await back(li, line)
        kinds = [(one.kind, one.why) for one in await li.attention()]
        assert kinds == [("claim", "conflict"), ("file", "built-on-refused")]
        await mei.send(Release(case_id=case_id))
        await settled(li, mei)
        await li.settle_attention((await li.attention())[0].cmd_id, "again")
        await settled(li, mei)
        case = (await opened(mei, case_id)).dossier.case
        assert (case.holder, case.status) == ("li", "FILED")
        assert await li.attention() == ()

    told(desks, story)


def test_an_undone_dispatch_is_again_his_who_had_claimed_it(place: Place, tmp_path: Path):
    desks = Desks(tmp_path, place)

    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await shared(li, mei)
        await li.send(File(case_id=case_id))
        claimed = await li.send(Claim(case_id=case_id))
        sent = await li.send(Dispatch(case_id=case_id, unit=UNIT))
        assert await holder(li, case_id) == ""
        await li.undo(sent.cmd_id)
        assert await holder(li, case_id) == "li"
        await settled(li, mei)
        assert await holder(mei, case_id) == "li"
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(claimed.cmd_id)

    told(desks, story)
