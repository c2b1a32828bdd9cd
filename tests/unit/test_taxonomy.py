"""The tree of classes and the directory: look-ups, inheritance, and the real names found again."""

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.domain.limits import Limit, LimitUnit
from app.domain.taxonomy import ChannelGroup, UnitKind, plain_name
from app.domain.terms import Grade, Origin
from resources.loading import load_directory, load_editions

DIRECTORY = load_directory()
TREE = DIRECTORY.taxonomy
REAL = Path(__file__).parents[3] / "shared" / "data" / "pingshan"

FIRST_LEVEL = (
    *("安全隐患", "治安维稳", "环保水务", "规土城建", "市容环卫", "市政设施", "交通运输"),
    *("劳动社保", "食药市监", "文体旅游", "教育卫生", "组织人事", "党建群团", "党纪政纪"),
    *("民政服务", "统一战线", "社区管理", "专业事件采集", "企业服务与政务", "应急与公共突发"),
)


def real(name: str) -> list[dict[str, str]]:
    if not (REAL / name).exists():
        pytest.skip("the district's own records are not on this machine")
    with (REAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.article(2, 8)
def test_18_real_first_level_classes_and_two_marked_proposals():
    roots = TREE.children(None)
    assert tuple(item.name_zh for item in roots) == FIRST_LEVEL
    assert [item.code for item in roots if item.proposed] == ["19", "20"]


def test_the_tree_is_rich_and_every_class_is_named_in_both_languages():
    levels = Counter(item.level for item in TREE.categories)
    assert levels[1] == 20
    assert levels[2] >= 120
    assert levels[3] >= 300
    for item in TREE.categories:
        assert re.search(r"[\u4e00-\u9fff]", item.name_zh)
        assert re.fullmatch(r"[ -~é]+", item.name_en)
        assert "&#" not in item.name_zh


def test_codes_spell_the_path():
    for item in TREE.categories:
        assert len(item.code) == 2 * item.level
        assert item.parent == (item.code[:-2] or None)
        assert [step.code for step in TREE.path(item.code)] == [
            item.code[:end] for end in range(2, len(item.code) + 1, 2)
        ]
        assert TREE.first_level(item.code).code == item.code[:2]
        assert item in TREE.children(item.parent)


@pytest.mark.article(8, 9)
def test_every_leaf_is_at_the_third_level_and_has_aliases_a_unit_a_grade_and_a_limit():
    leaves = TREE.leaves()
    assert {item.level for item in leaves} == {3}
    sources = {item.code for item in load_editions().by_code("PS-4").sources}
    for item in leaves:
        assert item.aliases, item.name_zh
        assert item.grade
        assert item.limit
        assert item.limit_origin in (Origin.PROP, Origin.PX)
        assert item.limit_source in sources
        assert DIRECTORY.unit(item.unit)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("吵", "施工噪音"),
        ("噪音", "公共场所噪声"),
        ("欠薪", "劳动者的劳动报酬纠纷"),
        ("拖欠工资", "经营者欠薪后逃逸、隐匿，或因欠薪被劳动者投诉"),
        ("臭味", "垃圾臭味扰民"),
        ("井盖", "下水井盖"),
        ("路灯不亮", "路灯"),
        ("学位", "教育资源配置"),
        ("停水", "供水设施故障"),
        ("违停", "机动车乱停放"),
        ("Street lamps", "路灯"),
    ],
)
def test_what_people_say_finds_the_class(said, meant):
    assert meant in [item.name_zh for item in TREE.named(said)]


def test_names_are_compared_without_escapes_width_blanks_and_trailing_commas():
    lamp = "路灯&#40;灯光&#41;井盖"
    assert [item.name_zh for item in TREE.named(lamp)] == ["路灯（灯光）井盖"]
    assert [item.name_zh for item in TREE.named(" 悬挂横幅标语、")] == ["悬挂横幅标语"]
    assert plain_name("ＡＢ") == plain_name("ＡＢ ")
    assert TREE.named("没有这个名字") == ()


def test_blank_fields_come_from_the_parent_and_written_ones_stay():
    cover = TREE.by_code(TREE.named("下水井盖")[0].code)
    parts = TREE.by_code(cover.parent)
    assert parts.name_zh == "公用部件"
    assert cover.component
    assert (cover.unit, cover.grade) == ("WATER", Grade.B)
    assert parts.unit == "URBAN"
    lamp = TREE.named("路灯")[0]
    assert (lamp.unit, lamp.grade, lamp.limit) == (parts.unit, parts.grade, parts.limit)
    assert lamp.limit == Limit(3, LimitUnit.WORK_DAY)
    parking = TREE.named("停车场")[0]
    assert not parking.component
    assert TREE.by_code(parking.parent).component


def test_what_may_not_be_talked_about_is_sensitive_below_as_well():
    assert all(item.is_sensitive for item in TREE.categories if item.code.startswith("14"))
    assert not TREE.by_code("05").is_sensitive


def test_unknown_codes():
    with pytest.raises(KeyError):
        TREE.by_code("99")
    assert TREE.get("99") is None
    assert TREE.get(None) is None
    assert TREE.children("99") == ()


def test_about_110_units_of_five_kinds():
    kinds = Counter(item.kind for item in DIRECTORY.units)
    assert 105 <= len(DIRECTORY.units) <= 120
    assert set(kinds) == set(UnitKind)
    assert kinds[UnitKind.STREET] == 6 * 7
    assert kinds[UnitKind.COMMUNITY] == 24
    for unit in DIRECTORY.units:
        assert DIRECTORY.unit(unit.code) is unit
        of_a_street = unit.kind in (UnitKind.STREET, UnitKind.COMMUNITY)
        assert (unit.street is not None) == of_a_street
        for name in (unit.name_zh, unit.name_en, *unit.aliases):
            assert DIRECTORY.unit_named(name) is unit


@pytest.mark.parametrize("code", ["POLICE", "FIRE", "POWER", "WATERCO", "GAS", "TRAFFICPOLICE"])
def test_units_on_call_day_and_night(code):
    assert DIRECTORY.unit(code).around_the_clock


def test_units_that_keep_office_hours():
    assert not DIRECTORY.unit("EDU").around_the_clock


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("卫生和计划生育局", "HEALTH"),
        ("市规划国土委坪山管理局", "NATRES"),
        ("城管办（坑梓街道办事处）", "440310005-ENF"),
        ("城建办(坪山街道办事处)", "440310001-URB"),
        ("六联社区（坪山街道办事处）", "WS-440310001001"),
        ("坪山街道综合执法队（坪山街道办事处）", "440310001-ENF"),
    ],
)
def test_units_answer_to_the_names_of_before_the_reform(name, code):
    assert DIRECTORY.unit_named(name).code == code


def test_a_name_that_several_units_bore_is_not_guessed():
    assert DIRECTORY.unit_named("城建办") is None
    assert DIRECTORY.unit_named("-") is None


def test_six_streets_and_their_communities():
    assert len(DIRECTORY.streets) == 6
    for item in (*DIRECTORY.streets, *DIRECTORY.communities):
        assert 114.25 < item.lon < 114.45
        assert 22.61 < item.lat < 22.78
    for item in DIRECTORY.communities:
        assert DIRECTORY.street(item.street).code == item.code[:9]
        assert DIRECTORY.community(item.code) is item


@pytest.mark.parametrize(
    ("day", "count"), [(date(2018, 7, 4), 23), (date(2019, 12, 31), 23), (date(2025, 1, 1), 24)]
)
def test_the_community_of_xinhe_was_added(day, count):
    found = DIRECTORY.communities_on(day)
    assert len(found) == count
    assert ("新和社区" in [item.name_zh for item in found]) == (count == 24)


@pytest.mark.article(5)
def test_channels_stand_for_151_in_four_groups():
    assert 12 <= len(DIRECTORY.channels) <= 16
    assert {item.group for item in DIRECTORY.channels} == set(ChannelGroup)
    assert sum(item.sub_channel_count for item in DIRECTORY.channels) == 151
    assert DIRECTORY.channel("12345").group is ChannelGroup.HOTLINE


def test_each_class_of_the_districts_records_is_found_under_its_first_level():
    for row in real("taxonomy_with_counts.csv"):
        found = TREE.named(row["SUB_TYPE_NAME"])
        first = {TREE.first_level(item.code).name_zh for item in found if item.level == 3}
        assert row["EVENT_TYPE_NAME"] in first, row["SUB_TYPE_NAME"]
        middle = {TREE.path(item.code)[1].name_zh for item in found if item.level == 3}
        assert plain_name(row["MAIN_TYPE_NAME"]) in map(plain_name, middle)


def test_the_districts_records_name_units_we_know_in_98_of_100_cases():
    known = total = 0
    for row in real("dispose_units_with_counts.csv"):
        total += int(row["n"])
        known += int(row["n"]) * (DIRECTORY.unit_named(row["DISPOSE_UNIT_NAME"]) is not None)
    assert known / total > 0.98


def test_community_centroids_are_within_a_kilometre_of_the_surveyed_points():
    path = REAL / "community_points_wgs84.geojson"
    if not path.exists():
        pytest.skip("the district's own records are not on this machine")
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        item = DIRECTORY.community(feature["properties"]["code"])
        lon, lat = feature["geometry"]["coordinates"]
        assert abs(item.lon - lon) * 103 < 1
        assert abs(item.lat - lat) * 111 < 1
