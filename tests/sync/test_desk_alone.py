"""A desk that is asked of what it does not have, or while the centre is away."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.calendar import local_date
from app.domain.commands import AddNote, Person, Refuse
from app.domain.refused import Refused
from app.services.brief import Line
from app.services.live import LiveDesk
from app.services.ports import Unreachable
from app.services.queries import Queue
from tests.sync.desks import Desks, clock, cut, report, settled
from tests.sync.test_desk import filed, refuse, the_case, told

PHONE = "13812345678"


@pytest.mark.parametrize("how", ["again", "note", "drop"])
def test_a_command_that_nobody_set_aside_is_not_settled(desks: Desks, how: str):
    async def story() -> None:
        li = await desks.at("li")
        done = await li.send(report())
        await settled(li)
        before = li.sync_state
        for cmd_id in (done.cmd_id, "nothing of ours"):
            await li.settle_attention(cmd_id, how, "没有这一件")
        assert await li.attention() == ()
        assert li.sync_state.waiting == before.waiting == 0
        assert len((await the_case(li, done.case_id)).notes) == 0

    told(desks, story)


def test_a_taking_back_that_the_centre_refused_is_taken_back_anew(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await filed(li)
        note = await li.send(AddNote(case_id=case_id, text="写错了"))
        await settled(li)
        cut(li)
        back = await li.undo(note.cmd_id)
        refuse(li, back.cmd_id)
        desks.close(li)
        li = await desks.at("li")
        assert [one.kind for one in await li.attention()] == ["undo.add_note"]
        assert [one.status for one in (await the_case(li, case_id)).notes] == ["RECORDED"]
        await li.settle_attention(back.cmd_id, "again")
        await settled(li)
        assert await li.attention() == ()
        assert [one.status for one in (await the_case(li, case_id)).notes] == ["WITHDRAWN"]

    told(desks, story)


def test_each_queue_says_how_much_waits_in_it(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await filed(li)
        await li.send(report())
        counts = await li.counts(clock())
        assert (counts.waiting[Queue.FILING], counts.waiting[Queue.DISPATCH]) == (1, 1)
        loads = await li.loads(clock())
        assert {queue: one.waiting for queue, one in loads.queues.items() if one.waiting} == {
            Queue.FILING: 1,
            Queue.DISPATCH: 1,
        }

    told(desks, story)


def test_earlier_cases_of_a_caller_are_found_by_his_key_and_without_the_centre_by_his_mask(
    desks: Desks,
):
    async def story() -> None:
        li = await desks.at("li")
        done = await li.send(report(reporter=Person(phone=PHONE)))
        await li.send(report(reporter=Person(phone="13912345678")))
        await settled(li)
        assert await li.reporter_history(PHONE) == (done.case_id,)
        assert await li.reporter_history("") == ()
        away(li)
        assert await li.reporter_history(PHONE) == (done.case_id,)

    told(desks, story)


def away(desk: LiveDesk) -> None:
    """The centre's key cannot be asked for."""

    def unreachable(_: str) -> Any:
        raise Unreachable("centre")

    desk._latest = replace(desk._latest, reporter_key=unreachable)


def test_a_case_that_is_not_here_can_be_given_no_command(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        with pytest.raises(Refused, match="case-missing"):
            await li.send(AddNote(case_id="nowhere", text="…"))

    told(desks, story)


def test_a_brief_is_of_what_this_desk_has(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await filed(li)
        brief = await li.brief(local_date(clock()), clock())
        assert (brief.flow[Line.RECEIVED].day, brief.flow[Line.FILED].day) == (1, 1)
        assert brief.today == brief.day

    told(desks, story)


def test_what_its_reporter_was_told_is_not_offered_for_taking_back(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        case_id = (await li.send(report(reporter=Person(phone=PHONE)))).case_id
        await li.send(Refuse(case_id=case_id, reason="NO_DEMAND", text="无", notice="已告知"))
        assert "refuse" in [one.done.kind for one in await li.undoable()]
        desks.passed += timedelta(minutes=5)
        assert "refuse" not in [one.done.kind for one in await li.undoable()]

    told(desks, story)
