"""Like cases: which pairs are asked for, what is shared, who may be refused and who only merged."""

import json
import sqlite3
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.__main__ import main
from app.cli.evaluating.refiled import WAYS
from app.cli.evaluating.similar import fill, recombined
from app.insight.similar import (
    ASKED,
    Wording,
    shared,
    similar,
    telling,
)
from db.near import NearTexts
from db.replica.schema import FINDER

LAMP = Wording(
    "幸福路路灯不亮",
    "幸福路从小学到菜市场这一段的路灯已经一个星期不亮了，晚上学生回家很危险，请尽快维修。",
)
NOISE = Wording(
    "工地夜间施工", "我家楼下的工地每天晚上十一点还在打桩，老人和孩子都睡不着觉，打过电话也没有用。"
)
WAGES = Wording(
    "拖欠工资", "公司从三月份开始拖欠我们二十几个工人的工资，老板电话不接，人也找不到了。"
)
WATER = Wording(
    "路面积水", "每次下雨地铁口的路面就积水很深，行人没有办法通过，希望把排水管疏通一下。"
)
CASES = [LAMP, NOISE, WAGES, WATER]


@pytest.fixture
def finder():
    connection = sqlite3.connect(":memory:")
    connection.execute(FINDER)
    fill(connection, enumerate([*CASES, *CASES], start=1))
    yield connection
    connection.close()


@pytest.fixture
def index(finder):
    return NearTexts(finder, lambda: 8)


def test_the_index_counts_the_cases_that_hold_a_pair(finder):
    count = 8
    index = NearTexts(finder, lambda: count)
    assert index.holding(["路灯", "工资", "没有的"]) == {"路灯": 2, "工资": 2}
    fill(finder, ((number, Wording("路灯", LAMP.text)) for number in range(9, 19)))
    assert index.holding(["路灯"]) == {"路灯": 2}
    count = 18
    assert index.holding(["路灯", "没有"]) == {"路灯": 12, "没有": 4}


def test_many_pairs_are_looked_up(index):
    pairs = [f"a{one}" for one in range(950)] + ["路灯"]
    assert index.holding(pairs) == {"路灯": 2}


@pytest.mark.parametrize("one", range(len(CASES)))
def test_a_case_is_most_like_itself(one, index):
    assert {near.case for near in similar(CASES[one], index, 2)} == {one + 1, one + 5}
    assert next(near.case for near in similar(CASES[one], index, 2, first=5)) == one + 5


def test_a_text_without_known_pairs_is_like_nothing(index):
    assert similar(Wording("", "xyz"), index, 5) == []
    assert similar(Wording("", ""), index, 5) == []


def test_two_characters_are_found(index):
    assert {one.case for one in similar(Wording("", "路灯"), index, 5)} == {1, 5}


@given(
    st.dictionaries(
        st.sampled_from(["路灯", "灯不", "不亮", "幸福", "福路", "学生", "危险", "小学"]),
        st.integers(1, 90),
    )
)
def test_the_pairs_asked_for_keep_to_the_budget(holding):
    asked = telling(
        LAMP, lambda pairs: {one: holding[one] for one in pairs if one in holding}, 100, budget=50
    )
    assert len(asked) <= ASKED
    assert all(holding[pair] >= 2 for pair in asked)
    assert sum(holding[pair] for pair in asked[1:]) <= 50
    assert bool(asked) == any(count >= 2 for count in holding.values())


def test_the_title_tells_more_than_the_text():
    holding = dict.fromkeys(["菜市", "学生"], 5)
    asked = telling(Wording("菜市", "学生菜市"), lambda _: holding, 100)
    assert asked[0] == "菜市"


@given(st.sampled_from(CASES), st.sampled_from(CASES))
def test_what_is_shared_is_the_same_both_ways_and_all_of_itself(one, other):
    assert shared(one, other) == shared(other, one)
    assert shared(one, one) == 1.0
    assert 0 <= shared(one, other) <= 1


def test_short_texts_are_the_same_by_their_titles_alone():
    assert shared(Wording("路灯不亮", "快修"), Wording("路灯，不亮", "急")) == 0.0
    assert shared(Wording("路灯不亮", "快修"), Wording("路灯不亮", "急")) == 1.0
    assert shared(Wording("", "快修"), Wording("", "快修")) == 0.0


@pytest.mark.parametrize("way", WAYS)
def test_what_is_filed_again_shares_more_than_another_case(way):
    chance = np.random.default_rng(3)
    again = Wording("", WAYS[way](LAMP.text * 2, chance))
    assert shared(again, LAMP) > max(shared(again, other) for other in CASES[1:])
    assert shared(again, LAMP) >= 0.40


def test_texts_are_put_together_anew_from_clauses():
    more = list(recombined(CASES, 20, np.random.default_rng(1)))
    assert len(more) == 20
    assert all(100 < len(one.text) < 400 for one in more)


def test_the_evaluation_reads_any_table(tmp_path, capsys):
    more = recombined(CASES, 60, np.random.default_rng(1))
    rows = [f"{one.title.strip('，。')},{one.text.replace(',', '，')}" for one in [*CASES, *more]]
    (tmp_path / "said.csv").write_text("\n".join(["title,detail", *rows]), "utf-8")
    (tmp_path / "gold.csv").write_text("name,pattern\n灯,路灯\n水,积水\n", "utf-8")
    given_ = ["similar", tmp_path / "said.csv", "--columns", "text=title+detail", "--texts", "200"]
    begun = time.monotonic()
    assert main(["insight", "eval", *map(str, given_), "--gold", str(tmp_path / "gold.csv")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["rows"] == 64
    assert found["topics"] == 2
    assert found["many"] == 200
    assert found["duplicate_by_way"]["exact"] == 1.0
    assert time.monotonic() - begun < 120


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "name,pattern\nx,(\n"])
def test_a_gold_table_of_another_shape_is_refused(text, tmp_path, capsys):
    (tmp_path / "said.csv").write_text("text\n路灯不亮了很久\n", "utf-8")
    (tmp_path / "gold.csv").write_text(text, "utf-8")
    given_ = [
        "similar",
        tmp_path / "said.csv",
        "--columns",
        "text=text",
        "--gold",
        tmp_path / "gold.csv",
    ]
    assert main(["--lang", "en", "insight", "eval", *map(str, given_)]) == 2
    assert "regular expression" in capsys.readouterr().err
