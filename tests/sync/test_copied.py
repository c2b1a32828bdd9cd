"""Files of a seat that were copied: to another seat, back to an older day, or without their key."""

import shutil
from pathlib import Path

import pytest

from app.domain.commands import File, Person
from app.domain.terms import CaseStatus
from app.services.live import LiveDesk
from app.services.queries import Draft
from tests.sync.desks import Desks, back, clock, cut, report, settled, until
from tests.sync.test_desk import everything, the_case, told

PERSON = Person(name="王小明", phone="13812345678")


async def unsent(desks: Desks) -> tuple[LiveDesk, str, str]:
    """Li's desk with two registrations that are not sent, the first with a person; their cases."""
    li = await desks.at("li")
    await settled(li)
    cut(li)
    first = await li.send(report("路灯坏了", reporter=PERSON))
    second = await li.send(report("积水"))
    await li.send(File(case_id=second.case_id))
    return li, first.case_id, second.case_id


def copied(desks: Desks, seat: str) -> Path:
    target = desks.folder / seat
    shutil.copytree(desks.folder / "li", target)
    return target


@pytest.mark.fault("F12")
def test_a_seat_that_was_copied_with_all_its_files_sends_everything_once(desks: Desks):
    async def story() -> None:
        li, first, second = await unsent(desks)
        desks.close(li)
        copied(desks, "twin")
        li, twin = await desks.at("li"), await desks.at("li", seat="twin")
        await settled(li, twin)
        for desk in (li, twin):
            window = await desk.window(everything(desk))
            assert {row.id for row in window.rows} == {first, second}
            assert await desk.attention() == ()
        numbers = {(await desk.send(report())).number for desk in (li, twin) for _ in range(3)}
        assert len(numbers) == 6

    told(desks, story)


@pytest.mark.fault("F12")
def test_files_of_yesterday_send_nothing_twice_and_swallow_nothing(desks: Desks):
    async def story() -> None:
        li, first, second = await unsent(desks)
        desks.close(li)
        old = copied(desks, "old")
        li = await desks.at("li")
        await settled(li)
        await li.send(File(case_id=first))
        await settled(li)
        desks.close(li)
        shutil.rmtree(desks.folder / "li")
        old.rename(desks.folder / "li")
        li = await desks.at("li")
        await settled(li)
        assert await li.attention() == ()
        for case_id in (first, second):
            assert (await the_case(li, case_id)).case.status is CaseStatus.FILED
        fresh = await li.send(report("回来以后的事"))
        await settled(li)
        assert (await the_case(li, fresh.case_id)).case.number == fresh.number

    told(desks, story)


def test_without_their_key_persons_are_missed_and_nothing_else_stops(desks: Desks):
    async def story() -> None:
        li, first, second = await unsent(desks)
        await li.save_draft(Draft("d", clock(), {"narrative": "半句"}))
        desks.close(li)
        (key,) = desks.folder.rglob("desk.key")
        key.unlink()
        li = await desks.at("li")
        await settled(li)
        assert (await the_case(li, second)).case.status is CaseStatus.FILED
        (one,) = await li.attention()
        assert (one.case_id, one.why, one.can_be_note) == (first, "locked", False)
        assert await li.drafts() == ()
        await li.save_draft(Draft("e", clock(), {"narrative": "新的"}))
        assert [draft.id for draft in await li.drafts()] == ["e"]
        await li.settle_attention(one.cmd_id, "again")
        await settled(li)
        case = (await the_case(li, first)).case
        assert case.number == one.number
        assert await li.reporter_history(PERSON.phone) == ()

    told(desks, story)


def test_a_key_that_comes_back_opens_what_was_locked(desks: Desks):
    async def story() -> None:
        li, first, _ = await unsent(desks)
        desks.close(li)
        (key,) = desks.folder.rglob("desk.key")
        kept = key.read_bytes()
        key.unlink()
        li = await desks.at("li")
        await until(lambda: li.sync_state.attention)
        desks.close(li)
        key.write_bytes(kept)
        li = await desks.at("li")
        (one,) = await li.attention()
        away = cut(li)
        await li.settle_attention(one.cmd_id, "again")
        await back(li, away)
        assert await li.reporter_history(PERSON.phone) == (first,)

    told(desks, story)
