"""Which unit: the finer counts where there are any, the coarser where not, silence where nothing stands out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.__main__ import main
from app.insight.units import LINKS, UnitHistory

LAMP = ("设施", "照明", "路灯")


def history(*handled):
    found = UnitHistory()
    for number, (place, unit) in enumerate(handled):
        found.add(str(number), LAMP, place, unit)
    return found


def test_the_place_decides_where_it_has_a_past_of_its_own():
    found = history(*[("东", "甲")] * 20, *[("西", "乙")] * 9)
    assert found.suggest(LAMP, "西")[0].unit == "乙"
    assert found.suggest(LAMP, "东")[0].unit == "甲"
    assert found.suggest(LAMP, "北")[0].unit == "甲"
    assert found.looked_up(LAMP) == "甲"


def test_it_says_how_many_cases_it_rests_on_and_names_the_last():
    found = history(*[("东", "甲")] * 8)
    first = found.suggest(LAMP, "东")[0]
    assert (first.cases, first.share) == (8, pytest.approx(1.0))
    assert first.links == ("7", "6", "5", "4", "3")
    assert len(first.links) == LINKS


def test_a_class_without_a_past_gets_no_suggestion_nor_does_one_that_anybody_handles():
    assert history().suggest(LAMP, "东") == []
    assert history().looked_up(LAMP) is None
    assert history(("东", "甲"), ("东", "甲")).suggest(LAMP, "东") == []
    assert history(*[("东", f"单位{one}") for one in range(12)]).suggest(LAMP, "东") == []


def test_one_case_at_a_place_does_not_outweigh_many_elsewhere():
    assert history(*[("东", "甲")] * 30, ("西", "乙")).suggest(LAMP, "西")[0].unit == "甲"


@given(st.lists(st.tuples(st.sampled_from("东西北"), st.sampled_from("甲乙丙")), max_size=40))
def test_shares_are_of_one_whole_and_ranked(handled):
    found = history(*handled).suggest(LAMP, "东", most=9)
    shares = [one.share for one in found]
    assert shares == sorted(shares, reverse=True)
    assert not found or sum(shares) == pytest.approx(1.0)


def test_the_evaluation_asks_the_last_month(tmp_path, capsys):
    rows = [f"2018-0{month}-{day:02} 09:00,照明,路灯,{'东' if day % 2 else '西'},{'甲' if day % 2 else '乙'}"
            for month in (8, 9) for day in range(1, 29)]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(["w,a,b,p,u", *rows]), "utf-8")
    columns = "time=w,class=a+b,place=p,unit=u"
    assert main(["insight", "eval", "units", str(tmp_path / "a.csv"), "--columns", columns]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["asked_from"] == "2018-09-01"
    assert found["right"] == 1.0
    assert found["lookup_right"] == 0.5
    assert found["goals"]["ahead_of_lookup"]["met"] is True
