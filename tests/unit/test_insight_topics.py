"""Topics: what is linked, how hot it is, what rises and is told of once."""

import json
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.__main__ import main
from app.domain.likeness import grams
from app.insight.features import Vocabulary
from app.insight.rising import FORGOTTEN_DAYS, Hot, Joined, Rising, hot_of
from app.insight.topics import Voice, linkage, topics
from tests.kit import setting
from tests.unit.test_insight_classes import SAID

PARKING = [
    f"{head}小区捆绑销售车位{tail}"
    for head in ("东湖", "东湖花园")
    for tail in ("不合理", "请调查", "强制购买")
]
OTHERS = [text for texts in SAID.values() for text in texts]


def voices(votes=0):
    many = [Voice(f"p{at}", f"u{at % 4}", text, votes) for at, text in enumerate(PARKING)]
    return many + [Voice(f"o{at}", "one", text) for at, text in enumerate(OTHERS)]


def test_what_many_speak_of_is_the_hottest_and_named_by_its_words():
    first = topics(voices())[0]
    assert set(first.cases) == {f"p{at}" for at in range(6)}
    assert first.reporters == 4
    assert any("车位" in word or "捆绑" in word for word in first.words)


def test_heat_is_reporters_and_the_root_of_votes():
    first = topics(voices(votes=6))[0]
    assert first.votes == 36
    assert first.heat == 4 + sqrt(36)


def test_no_case_is_of_two_topics_and_a_lone_one_is_of_none():
    found = topics([*voices(), Voice("x", "y", "qqwweerr")])
    cases = [case for topic in found for case in topic.cases]
    assert len(cases) == len(set(cases))
    assert "x" not in cases
    assert topics([]) == []


def test_too_many_texts_are_refused_at_once(monkeypatch):
    monkeypatch.setattr("app.insight.topics.MOST_TEXTS", 3)
    with pytest.raises(ValueError):
        topics(voices())


def slowly(likeness, least):
    """Merge the two likest groups while they are like enough: what average linkage means."""
    groups = [[one] for one in range(len(likeness))]

    def like(one, other):
        return np.mean([likeness[a, b] for a in groups[one] for b in groups[other]])

    while len(groups) > 1:
        pairs = [(like(a, b), a, b) for a in range(len(groups)) for b in range(a)]
        best, one, other = max(pairs)
        if best < least:
            break
        groups[other] += groups.pop(one)
    return sorted(sorted(group) for group in groups if len(group) > 1)


@given(st.integers(0, 10_000), st.integers(2, 9), st.floats(0.05, 0.9))
def test_linkage_by_chains_is_average_linkage(seed, count, least):
    likeness = np.random.default_rng(seed).random((count, count))
    likeness = (likeness + likeness.T) / 2
    assert sorted(sorted(one) for one in linkage(likeness.copy(), least)) == slowly(likeness, least)


def rising(hot=None):
    return Rising(
        Vocabulary.of([grams(text) for text in [*PARKING, *OTHERS]], 1000, 1), hot or Hot()
    )


def test_a_cluster_is_told_of_once_when_enough_different_people_joined_in_time():
    one = rising()
    told = [one.add(Joined(f"p{at}", f"u{at}", at * 2.0), text) for at, text in enumerate(PARKING)]
    assert [bool(each) for each in told] == [False, False, False, True, False, False]
    assert told[3] is not None
    assert [each.case for each in told[3].cases][:4] == ["p0", "p1", "p2", "p3"]


@pytest.mark.parametrize(("reporters", "days"), [(2, 1.0), (6, 6.0)])
def test_one_person_or_a_long_time_is_no_topic(reporters, days):
    one = rising()
    assert not any(
        one.add(Joined(f"p{at}", f"u{at % reporters}", at * days), text)
        for at, text in enumerate(PARKING)
    )


def test_what_nobody_joins_is_forgotten():
    one = rising()
    one.add(Joined("a", "u", 0.0), PARKING[0])
    one.add(Joined("b", "u", FORGOTTEN_DAYS + 1.0), OTHERS[0])
    assert [cluster.cases[0].case for cluster in one.clusters.values()] == ["b"]
    one.add(Joined("c", "u", FORGOTTEN_DAYS + 2.0), PARKING[1])
    assert len(one.clusters) == 2


def test_a_text_of_nothing_known_is_a_cluster_of_its_own():
    one = rising()
    assert one.add(Joined("a", "u", 0.0), "") is None
    assert one.add(Joined("b", "u", 0.0), "") is None
    assert len(one.clusters) == 2


def test_when_it_is_hot_the_edition_says():
    assert hot_of(setting().editions.editions[0]) == Hot()


def test_the_evaluation_reads_any_table(tmp_path, capsys):
    rows = [
        f"{voice.text},{voice.reporter},2019-03-0{1 + at % 9} 10:00,3"
        for at, voice in enumerate(voices())
    ]
    (tmp_path / "said.csv").write_text("\n".join(["t,u,w,v", *rows]), "utf-8")
    (tmp_path / "gold.csv").write_text("name,pattern\n车位,捆绑.*车位\n", "utf-8")
    columns = "text=t,user=u,time=w,votes=v"
    given_ = [
        "topics",
        tmp_path / "said.csv",
        "--columns",
        columns,
        "--gold",
        tmp_path / "gold.csv",
    ]
    assert main(["insight", "eval", *map(str, given_)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["f1"] == {"车位": 1.0}
    assert found["rank"] == {"车位": 1}
    assert found["alerts"] >= 1
