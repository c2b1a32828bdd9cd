"""Trigger words with their exceptions, and places by their names: what is heard, what is passed over, how often."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.likeness import normal
from app.insight.places import Gazetteer
from app.insight.triggers import Scope, Triggers, TriggerWord, levels
from resources.lists import load_gazetteer, load_triggers
from resources.loading import Expected, Wrong, load_directory

DATA = Path(__file__).parents[3] / "shared" / "data" / "messages"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data are not beside this checkout"
)
TRIGGERS = load_triggers()
GAZETTEER = load_gazetteer(load_directory())


def heard(title, text=""):
    return levels(TRIGGERS.hits(title, text))


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("楼下燃气泄漏", "", {Scope.SAFETY: 1}),
        ("", "楼下燃气泄漏", {Scope.SAFETY: 1}),
        ("安全隐患", "安全隐患安全隐患，有安全隐患", {Scope.SAFETY: 2}),
        ("", "路边有安全隐患", {Scope.SAFETY: 3}),
        ("", "边坡有裂缝，危房，外墙脱落", {Scope.SAFETY: 1}),
        ("", "他说要跳楼", {Scope.SENSITIVE: 1}),
        ("", "请按国务院令办理", {}),
        ("", "集体经济组织的集体土地", {}),
        ("", "让群众少跑路", {}),
        ("", "老板跑路了", {Scope.SENSITIVE: 2}),
        ("", "信访局没有回复", {}),
        ("", "交通事故认定书", {}),
        ("路灯不亮", "晚上很黑", {}),
    ],
)
def test_levels_are_by_words_and_exceptions(title, text, found):
    assert heard(title, text) == found


def test_general_hazard_alone_is_never_of_the_first_level():
    assert heard("安全隐患", "安全隐患" * 50)[Scope.SAFETY] > 1


@given(
    st.lists(
        st.sampled_from([*(one.word for one in TRIGGERS.words), "路灯", "，", "跑"]), max_size=8
    )
)
def test_every_hit_stands_where_it_says(parts):
    text = "".join(parts)
    for hit in TRIGGERS.hits("", text):
        assert normal(text)[hit.begin : hit.end] == normal(hit.word)


@pytest.mark.parametrize("one", TRIGGERS.words, ids=lambda one: one.word)
def test_every_word_is_heard_and_passed_over_in_its_exceptions(one):
    assert any(hit.word == one.word for hit in TRIGGERS.hits("", f"这里{one.word}了"))
    for exception in one.exceptions:
        assert not any(hit.word == one.word for hit in TRIGGERS.hits("", exception))


def test_no_words_hear_nothing():
    assert Triggers(()).hits("自杀", "自杀") == ()
    alone = Triggers((TriggerWord(Scope.SAFETY, 2, "ＧＡＳ"),))
    assert alone.hits("", "gas leak")[0].begin == 0


@needs_data
def test_few_real_cases_are_grave():
    with (DATA / "stream_to_2019-08.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["留言主题"], row["留言详情"]) for row in csv.DictReader(file)]
    found = [levels(TRIGGERS.hits(*row)) for row in rows]
    grave = {scope: sum(one.get(scope) == 1 for one in found) / len(rows) for scope in Scope}
    assert max(grave.values()) <= 0.03


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "坑梓街道秀新社区的幸福花园小区停水",
            [("坑梓街道", True), ("秀新社区", True), ("幸福花园", False)],
        ),
        ("反映汤坑村旁边的实验小学门口堵车", [("汤坑村", True), ("实验小学", False)]),
        ("六联附近噪声", [("六联", True)]),
        ("路灯不亮", []),
        ("", []),
    ],
)
def test_places_are_the_districts_own_or_proposed(text, names):
    found = GAZETTEER.places(text)
    assert [(one.name, one.code is not None) for one in found] == names


@given(st.text(alphabet="坑梓街道秀新社区幸福花园小学路的在反映汤坑村", max_size=40))
def test_places_stand_where_they_say_and_do_not_overlap(text):
    found = GAZETTEER.places(text)
    assert all(normal(text)[one.begin : one.end] == one.name for one in found)
    assert all(one.end <= other.begin for one, other in pairwise(found))


def test_every_street_and_community_is_known_by_its_name():
    directory = load_directory()
    for one in (*directory.streets, *directory.communities):
        assert [place.code for place in GAZETTEER.places(one.name_zh)] == [one.code]
    assert Gazetteer.of(directory).places("六联") == ()


HEADS = {
    "triggers/words.csv": "scope,level,word,exceptions,origin",
    "geography/aliases.csv": "alias,code,origin",
}


@pytest.mark.parametrize(
    ("file", "line", "field", "expected"),
    [
        ("triggers/words.csv", "FIRE,1,着火,,PROP", "scope", Expected.CHOICE),
        ("triggers/words.csv", "SAFETY,4,着火,,PROP", "level", Expected.CHOICE),
        ("triggers/words.csv", "SAFETY,1,,,PROP", "word", Expected.TEXT),
        ("triggers/words.csv", "SAFETY,1,着火,起火,PROP", "exceptions", Expected.TEXT),
        ("triggers/words.csv", "SAFETY,1,着火,,X", "origin", Expected.CHOICE),
        ("geography/aliases.csv", "六联,999,INF", "code", Expected.KNOWN_CODE),
        ("geography/aliases.csv", ",440310001,INF", "alias", Expected.TEXT),
        ("geography/aliases.csv", "六联,440310001,X", "origin", Expected.CHOICE),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(file, line, field, expected, tmp_path):
    path = tmp_path / file
    path.parent.mkdir()
    path.write_text(f"{HEADS[file]}\n{line}\n", "utf-8")
    with pytest.raises(Wrong) as wrong:
        load_triggers(tmp_path) if "words" in file else load_gazetteer(load_directory(), tmp_path)
    assert (wrong.value.line, wrong.value.field, wrong.value.expected) == (2, field, expected)
