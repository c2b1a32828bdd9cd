"""A refused report taken up again, at real desks: once, by whoever comes first; no told number is lost."""

import asyncio

import pytest

from app.domain.commands import File, Refuse
from app.domain.measures import guards
from app.domain.refused import Refused
from app.domain.terms import CaseStatus
from app.services.live import LiveDesk
from db.central.verify import verify
from tests.sync.desks import Desks, back, cut, report, settled
from tests.sync.test_desk import the_case, told
from tests.sync.test_told_first import is_sound, verdicts


async def refused(desk: LiveDesk) -> str:
    done = await desk.send(report("说不清楚的事"))
    await refuse(desk, done.case_id)
    return done.case_id


async def refuse(desk: LiveDesk, case_id: str) -> str:
    why = {"reason": "NO_DEMAND", "text": "无明确诉求"}
    wish = Refuse(case_id=case_id, notice="您好", method="RECORD", **why)
    return (await desk.send(wish)).cmd_id


async def link_of(desk: LiveDesk, case_id: str) -> str | None:
    return (await the_case(desk, case_id)).case.supplements


def test_a_refused_report_is_taken_up_again_once(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await refused(li)
        done = await li.send(report("现在说清楚了", supplements=case_id))
        await settled(li, mei)
        assert await link_of(mei, done.case_id) == case_id
        for desk in (li, mei):
            with pytest.raises(Refused, match="supplement-used-up") as no:
                await desk.send(report("又来", supplements=case_id))
            assert no.value.facts["number"] == done.number
            view = await desk.case(case_id)
            assert [one.id for one in view.matter.records] == [case_id, done.case_id]
            assert (await desk.case(done.case_id)).matter is None
        await mei.send(File(case_id=done.case_id))
        await settled(mei, li)
        assert is_sound(desks)

    told(desks, story)


def test_what_is_not_refused_or_not_here_is_not_taken_up(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        open_ = await li.send(report())
        with pytest.raises(Refused, match="supplement-only-refused"):
            await li.send(report(supplements=open_.case_id))
        with pytest.raises(Refused, match="case-missing"):
            await li.send(report(supplements="nowhere"))

    told(desks, story)


def test_of_two_who_take_it_up_at_once_the_second_stands_alone_under_its_number(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        case_id = await refused(mei)
        await settled(li, mei)
        away = cut(li)
        mine = await li.send(report("我这里先接的", supplements=case_id))
        registered_at = (await the_case(li, mine.case_id)).case.registered_at
        await li.send(File(case_id=mine.case_id))
        theirs = await mei.send(report("那里也接了", supplements=case_id))
        await settled(mei)
        await back(li, away)
        await settled(li, mei)
        first, second = await li.attention()
        assert (first.why, first.facts["said"], first.number) == (
            "conflict",
            "supplemented",
            mine.number,
        )
        assert second.why == "built-on-refused"
        await asyncio.sleep(0.3)  # the machine alone does not decide it
        assert len(await li.attention()) == 2
        await li.settle_attention(first.cmd_id, "again")
        await settled(li, mei)
        assert await li.attention() == ()
        case = (await the_case(mei, mine.case_id)).case
        assert (case.number, case.supplements, case.status) == (mine.number, None, CaseStatus.FILED)
        assert case.registered_at == registered_at
        assert await link_of(mei, theirs.case_id) == case_id
        assert is_sound(desks)

    told(desks, story)


def test_a_refusal_that_was_taken_back_meanwhile_is_no_base(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        done = await mei.send(report())
        refusal = await refuse(mei, done.case_id)
        await settled(li, mei)
        away = cut(li)
        mine = await li.send(report("补充", supplements=done.case_id))
        await mei.undo(refusal)
        await settled(mei)
        await back(li, away)
        (one,) = await li.attention()
        await li.settle_attention(one.cmd_id, "again")
        await settled(li, mei)
        assert await link_of(mei, mine.case_id) is None
        assert is_sound(desks)

    told(desks, story)


def test_a_refusal_that_was_built_on_is_not_taken_back(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        done = await li.send(report())
        refusal = await refuse(li, done.case_id)
        assert refusal in [one.done.cmd_id for one in await li.undoable()]
        await settled(li, mei)
        await mei.send(report("补充", supplements=done.case_id))
        away = cut(li)
        await settled(mei)
        undone = await li.undo(refusal)  # not known here yet
        await back(li, away)
        (one,) = await li.attention()
        assert (one.cmd_id, one.facts["said"]) == (undone.cmd_id, "taken-up")
        await li.settle_attention(one.cmd_id, "drop", "不再需要")
        await settled(li, mei)
        assert refusal not in [one.done.cmd_id for one in await li.undoable()]
        with pytest.raises(Refused, match="undo-too-late"):
            await li.undo(refusal)
        assert is_sound(desks)

    told(desks, story)


def test_a_whole_matter_that_was_written_down_while_cut_off_goes_up_in_order(desks: Desks):
    async def story() -> None:
        li, mei = await desks.at("li"), await desks.at("mei")
        await settled(li, mei)
        away = cut(li)
        case_id = await refused(li)
        again = await li.send(report("补充", supplements=case_id))
        await li.send(File(case_id=again.case_id))
        await back(li, away)
        await settled(li, mei)
        assert await li.attention() == ()
        assert (await the_case(mei, again.case_id)).case.status is CaseStatus.FILED
        assert is_sound(desks)

    told(desks, story)


def test_one_too_many_that_slipped_in_is_found_by_the_store(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
):
    async def story() -> None:
        li = await desks.at("li")
        case_id = await refused(li)
        await li.send(report("补充", supplements=case_id))
        with monkeypatch.context() as patch:
            patch.setattr(guards, "supplements", lambda *_: None)
            await li.send(report("又来", supplements=case_id))
        await settled(li)
        found = verify(desks.store, verdicts).findings
        assert [one.facts["code"] for one in found] == ["supplement-used-up"]

    told(desks, story)
