"""Classes learned from texts: what is offered, the words that spoke, the same bytes for the same cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.likeness import LONGEST, grams, normal, spoken
from app.insight.classes import CHOICES, ClassModel, train
from app.insight.features import Rows, Vocabulary
from app.insight.margins import Training, learned, margins
from app.insight.nearness import Postings, near_groups
from app.insight.packing import NotAModel, opened, packed

SAID = {
    "噪声": ("夜间施工噪声很大睡不着", "工地深夜施工噪声扰民", "楼下夜间施工吵得睡不着"),
    "路灯": ("小区门口路灯不亮很黑", "路灯坏了整条街道不亮", "街道路灯不亮请尽快维修"),
    "欠薪": ("公司拖欠工资三个月", "老板拖欠工人工资不给", "工厂拖欠工资已经两个月"),
    "积水": ("下雨路面积水无法通行", "路口积水很深排水不通", "暴雨之后路面积水排不出去"),
}
CASES = [(text, code) for code, texts in SAID.items() for text in texts for _ in range(2)]
TEXTS, CODES = zip(*CASES, strict=True)
MODEL = train(TEXTS, CODES)
chinese = st.text(alphabet="夜间施工噪声路灯不亮拖欠资下雨积水ab1 ，。", max_size=60)


def test_pairs_do_not_reach_over_signs_and_full_width_is_plain():
    assert grams("路灯,不亮 ＡＢ") == ["路灯", "不亮", "ab"]
    assert grams("灯") == []


@given(st.text(max_size=80))
def test_every_pair_stands_in_the_normal_text(text):
    assert all(len(pair) == 2 and pair in normal(text) for pair in grams(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [("昨晚工地夜间施工", "噪声"), ("巷子路灯不亮了", "路灯"), ("一直拖欠工资", "欠薪")],
)
def test_the_class_that_its_words_speak_for_comes_first(text, code):
    found = MODEL.suggest(text)
    assert found.choices[0].code == code
    assert len(found.choices) == CHOICES
    assert found.lead > 0
    assert all(word in text for one in found.choices for word in one.words)


def test_the_words_that_spoke_are_joined():
    assert "拖欠" in "".join(MODEL.suggest("老板一直拖欠工资").choices[0].words)
    weights = {"拖欠": 1.0, "欠工": 0.9, "工资": 1.0}
    assert spoken("老板拖欠工资", weights, 3) == ("拖欠工资",)


def test_a_long_stretch_is_told_by_its_heaviest_part():
    text = "一二三四五六七八九十甲乙"
    weights = dict.fromkeys(grams(text), 1.0) | {"十甲": 5.0}
    (word,) = spoken(text, weights, 3)
    assert len(word) == LONGEST
    assert "十甲" in word


def test_no_word_is_a_part_of_another():
    assert spoken("路灯坏，路灯不亮", {"路灯": 1.0, "灯不": 1.0, "不亮": 1.0}, 3) == ("路灯不亮",)


@pytest.mark.parametrize("text", ["", "灯", "xyz qrs", "完全无关的话"])
def test_a_text_that_says_nothing_gets_no_choice(text):
    found = MODEL.suggest(text)
    assert not found.choices
    assert found.sure(0.0) is None


def test_it_is_filled_in_from_the_least_lead_on():
    found = MODEL.suggest("夜间施工噪声很大睡不着")
    assert found.sure(found.lead) == "噪声"
    assert found.sure(found.lead + 0.01) is None


@given(chinese)
def test_choices_are_ranked_and_each_once(text):
    found = MODEL.suggest(text).choices
    margins_ = [one.margin for one in found]
    assert margins_ == sorted(margins_, reverse=True)
    assert len({one.code for one in found}) == len(found)


def test_the_same_cases_and_seed_give_the_same_bytes_and_others_do_not():
    assert packed(train(TEXTS, CODES)) == packed(MODEL)
    assert packed(train(TEXTS, CODES, Training(seed=7, rounds=1))) != packed(MODEL)


def test_what_was_packed_says_the_same():
    again = opened(packed(MODEL))
    assert again.cases == len(TEXTS)
    assert again.suggest(TEXTS[0]) == MODEL.suggest(TEXTS[0])


@pytest.mark.parametrize("at", [0, 5, 40, -1])
def test_a_damaged_model_is_no_model(at):
    data = bytearray(packed(MODEL))
    data[at] ^= 1
    with pytest.raises(NotAModel):
        opened(bytes(data))


def test_a_model_of_another_version_is_not_read(monkeypatch):
    monkeypatch.setattr("app.insight.packing.VERSION", 2)
    data = packed(MODEL)
    monkeypatch.setattr("app.insight.packing.VERSION", 1)
    with pytest.raises(NotAModel, match="version"):
        opened(data)


def test_no_case_or_one_class_is_no_reason_to_fail():
    assert isinstance(train([], []), ClassModel)
    assert not train([], []).suggest("夜间施工噪声").choices
    alone = train(["路灯不亮了", "路灯坏不亮"] * 3, ["路灯"] * 6, Training())
    assert [one.code for one in train(TEXTS, ["一"] * len(TEXTS)).suggest(TEXTS[0]).choices] == [
        "一"
    ]
    assert alone.codes == ("路灯",)


@given(st.lists(st.tuples(chinese, st.sampled_from("甲乙丙")), max_size=12))
def test_it_learns_from_anything(cases):
    model = train([text for text, _ in cases], [code for _, code in cases], Training(rounds=3))
    assert np.isfinite(model.weights).all()
    assert {one.code for text, _ in cases for one in model.suggest(text).choices} <= set(
        model.codes
    )


def test_descent_finds_what_minimises_the_squared_hinge():
    """At the minimum the slope of |w|²/2 + C·Σ max(0, 1 - y·f)² is nothing."""
    vocabulary = Vocabulary.of([grams(text) for text in TEXTS], 1000, 1)
    rows = vocabulary.rows(grams(text) for text in TEXTS)
    labels = np.searchsorted(sorted(SAID), CODES)
    how = Training(rounds=2000, enough=1e-9)
    found = learned(rows, labels, (len(vocabulary.words), len(SAID)), how)
    slope = found.copy()
    for number in range(len(rows)):
        row = rows.row(number)
        signs = np.where(np.arange(len(SAID)) == labels[number], 1.0, -1.0)
        short = np.maximum(0.0, 1 - signs * margins(found, row)) * signs
        slope[row[0]] -= 2 * how.cost * np.outer(row[1], short)
        slope[-1] -= 2 * how.cost * short
    assert np.abs(slope).max() < 1e-3


def test_cosines_are_those_of_every_pair_and_near_texts_are_of_one_group():
    pairs = [grams(text) for text in TEXTS]
    vocabulary = Vocabulary.of(pairs, 1000, 1)
    rows = vocabulary.rows(pairs)
    found = Postings.of(rows, len(vocabulary.words)).cosines(rows.row(0))
    full = np.zeros((len(rows), len(vocabulary.words)))
    for number in range(len(rows)):
        full[number, rows.row(number)[0]] = rows.row(number)[1]
    assert found == pytest.approx(full @ full[0])
    groups = near_groups(rows, len(vocabulary.words), 0.99)
    assert len(set(groups)) == len(set(TEXTS))
    assert all(
        (groups[a] == groups[b]) == (TEXTS[a] == TEXTS[b]) for a in range(24) for b in range(24)
    )


def test_rows_laid_together_are_the_same_rows():
    rows = Rows.of([MODEL.vocabulary.read(text) for text in TEXTS])
    some = rows.only([3, 1])
    assert len(some) == 2
    assert np.array_equal(some.row(1)[0], rows.row(1)[0])
    assert len(Rows.of([])) == 0
