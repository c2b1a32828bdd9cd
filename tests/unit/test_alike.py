"""Replies that read the same are found among the unit's newest of the class, and nowhere else."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.domain.commands import Dispatch, Handle, Sign
from app.domain.terms import CaseStatus, Role
from app.services.alike import MOST_LOOKED_AT, copied_replies
from app.services.queries import Queue
from tests.kit import a_unit, filed, setting, someone

pytestmark = pytest.mark.article(17)
HANDLER = someone(Role.UNIT_HANDLER)
POLICY = setting().editions.by_code("PS-4")
REPLY = "已安排施工单位到场核实，确认人行道塌陷约两平方米，已回填夯实并恢复铺装，现场已开放通行。"


def handled(case_id: str, result: str = REPLY):
    story = filed().does(Dispatch(case_id="x", unit=a_unit()), after=5)
    story.does(Sign(case_id="x", task_id=story.on.tasks[0].id), HANDLER)
    wish = Handle(case_id="x", task_id=story.on.tasks[0].id, result=result, notice="好")
    on = story.does(wish, HANDLER).on
    return replace(on, case=replace(on.case, id=case_id, number=f"NO-{case_id}"))


class Books:
    """What a seat has, and what it is asked for."""

    def __init__(self, *others) -> None:
        self.others, self.asked = {one.case.id: one for one in others}, []

    def window(self, query):
        self.asked.append(query)
        rows = [SimpleNamespace(id=id_, number=f"NO-{id_}") for id_ in self.others]
        return SimpleNamespace(rows=rows)

    def dossier(self, case_id):
        return self.others[case_id]


def test_a_reply_that_was_copied_is_named_and_its_own_is_not():
    mine = handled("mine")
    books = Books(mine, handled("same"), handled("other", "已约谈商户，油烟净化设备本周更换到位。"))
    (found,) = copied_replies(mine, POLICY, books)
    assert (found.number, found.share, found.unit) == ("NO-same", 1.0, a_unit())


def test_the_question_is_bounded_and_about_the_unit_and_the_class():
    mine = handled("mine")
    books = Books(mine)
    assert copied_replies(mine, POLICY, books) == ()
    (asked,) = books.asked
    assert (asked.queue, asked.limit) == (Queue.ALL, MOST_LOOKED_AT)
    assert (asked.filter.unit, asked.filter.category) == (a_unit(), mine.case.category)


def test_nothing_is_looked_for_before_the_review():
    mine = handled("mine")
    working = replace(mine, case=replace(mine.case, status=CaseStatus.DISPATCHED))
    books = Books(mine)
    assert copied_replies(working, POLICY, books) == ()
    assert books.asked == []


def test_how_like_is_too_like_is_for_the_edition_to_say():
    mine, near = handled("mine"), handled("near", REPLY.replace("约两平方米", "约九平方米"))
    code = "closure.copied_containment_share"
    strict = replace(POLICY.parameter(code), value=1)
    policy = replace(POLICY, parameters={**POLICY.parameters, code: strict})
    assert copied_replies(mine, policy, Books(near)) == ()
    rest = {name: one for name, one in POLICY.parameters.items() if name != code}
    assert len(copied_replies(mine, replace(POLICY, parameters=rest), Books(near))) == 1
