"""Replies held against demands: sentences, copied words, promised days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import LOCAL
from app.domain.likeness import contained, pairs
from app.domain.replies import copied, promises, sentences
from tests.kit import setting

pytestmark = pytest.mark.article(17)

#: Wednesday 2025-12-03, 10:00 in Shenzhen.
SAID = datetime(2025, 12, 3, 2, tzinfo=UTC)
CALENDAR = setting().calendar(setting().editions.by_code("PS-4"))
REPLY = "已安排施工单位到场核实，确认人行道塌陷约两平方米，已回填夯实并恢复铺装，现场已开放通行。"


def days(text: str) -> list[str]:
    found = promises(text, SAID, CALENDAR)
    return [one.due.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") for one in found]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("将于12月5日前完成修复", "2025-12-05 23:59"),
        ("将于1月10日之前完成", "2026-01-10 23:59"),
        ("将于2026年3月1日前完成", "2026-03-01 23:59"),
        ("三个工作日内修复", "2025-12-08 23:59"),
        ("3个工作日以内修复", "2025-12-08 23:59"),
        ("两天内到场", "2025-12-05 23:59"),
        ("十五日内答复", "2025-12-18 23:59"),
        ("二十天内答复", "2025-12-23 23:59"),
        ("一周内完成", "2025-12-10 23:59"),
        ("24小时内清运", "2025-12-04 10:00"),
    ],
)
def test_what_a_reply_promises_comes_to_an_instant(text, due):
    assert days(text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        "已于12月1日完成修复",
        "共2个月内的记录一百百天内",
        "将于13月40日前完成",
        "零天内",
        "没有日期",
    ],
)
def test_what_is_no_promise_is_none(text):
    assert [one for one in days(text) if "2026-02" not in one] == []


def test_several_stand_in_the_order_of_the_words():
    text = "三天内到场，于12月20日前完工，2小时内先围挡。"
    assert [one.words for one in promises(text, SAID, CALENDAR)] == [
        "三天内",
        "12月20日前",
        "2小时内",
    ]


@given(st.text(max_size=60))
def test_whatever_is_written_can_be_read(text):
    for one in promises(text, SAID, CALENDAR):
        assert one.words in text
    for one in sentences(text):
        assert one in text


def test_sentences_keep_their_signs_and_blank_ones_are_none():
    assert sentences("路灯不亮。已有三天！\n 请尽快维修；。谢谢") == (
        "路灯不亮。",
        "已有三天！",
        "请尽快维修；",
        "谢谢",
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways_and_a_share(one, other):
    mine, theirs = pairs(one), pairs(other)
    assert contained(mine, theirs) == contained(theirs, mine)
    assert 0 <= contained(mine, theirs) <= 1
    if len(mine) >= 12:
        assert contained(mine, pairs(f"{one} {other}")) == 1


def test_the_likest_stand_first_and_short_ones_say_nothing():
    others = [
        ("a", "已安排人员到场处理，感谢您的监督。"),
        ("b", REPLY.replace("两平方米", "三平方米")),
        ("c", REPLY),
        ("d", "已处理"),
    ]
    assert [key for key, _ in copied(REPLY, others, 0.8)] == ["c", "b"]
    assert copied("已处理", others, 0.5) == ()
    assert copied(REPLY, others, 1.01) == ()


def test_it_is_quick_enough_for_a_form():
    import time

    others = [(str(n), f"{REPLY}{n}") for n in range(200)]
    begun = time.process_time()
    copied(REPLY, others, 0.8)
    assert time.process_time() - begun < timedelta(seconds=1).total_seconds()
