"""Earlier cases at a desk as it runs: like words, the same reporter, and what may be merged."""

from dataclasses import replace

from app.domain.commands import Person
from app.domain.duplicates import REPORTER, Advice
from app.services.foresee import as_case
from tests.sync.desks import Desks, report, settled
from tests.sync.test_desk import the_case, told

SAID = "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了，晚上学生回家很危险"
PERSON = Person(name="王小明", phone="13812345678")


def test_a_desk_finds_what_was_said_before_and_by_whom(desks: Desks):
    async def story() -> None:
        li = await desks.at("li")
        await settled(li)
        first = await li.send(report(SAID, reporter=PERSON))
        second = await li.send(report(f"{SAID}，请尽快维修"))
        await li.send(report("拖欠工人工资三个月，老板电话不接"))
        await settled(li)
        new = as_case(report(SAID), "", li.now())
        found = await li.hindsight.beside(new)
        assert {one.case.id for one in found} == {first.case_id, second.case_id}
        assert {one.advice for one in found} == {Advice.MERGE}
        own = await li.reporter_history("13812345678")
        assert own == (first.case_id,)
        again = (await li.hindsight.beside(new, own))[0]
        assert (again.case.id, again.advice) == (first.case_id, Advice.REFUSE)
        assert REPORTER in again.reasons
        on = await the_case(li, second.case_id)
        assert [one.case.id for one in await li.hindsight.proposed(on.case)] == [first.case_id]
        assert await li.hindsight.beside(replace(new, narrative="")) == ()
        assert await li.hindsight.placed(["幸福路"]) == {"幸福路": {}}
        assert await li.hindsight.solvers("no-such-class", None) == ()

    told(desks, story)
