import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.picker_index import Entry, Kind, NameIndex, normal
from ui.readings import SECOND, readings

ENTRIES = (
    Entry("03", ("环保水务", "Environment and water")),
    Entry("0301", ("社会生活噪声", "Neighbourhood noise"), (), "03"),
    Entry("030101", ("广场舞噪声", "Square dancing"), ("跳舞", "吵"), "0301"),
    Entry("030102", ("施工噪声", "Construction noise"), ("夜间施工",), "0301"),
    Entry("05", ("市容环卫", "City appearance")),
    Entry("0501", ("绿化养护", "Greening"), (), "05"),
    Entry("050101", ("行道树", "Street trees"), (), "0501"),
    Entry("050102", ("绿化带", "Green belt"), (), "0501"),
    Entry("06", ("市政设施", "Municipal works")),
    Entry("060101", ("路灯", "Street lamp"), (), "06"),
    Entry("060102", ("路面积水", "Flooded road"), (), "06"),
)
INDEX = NameIndex.of(ENTRIES)


def codes(query, **more):
    return [hit.code for hit in INDEX.find(query, **more)]


def first(query):
    return INDEX.find(query)[0]


@pytest.mark.parametrize(
    "query",
    [
        "sgzs",
        "shigongzaosheng",
        "施工",
        "施工噪声",
        "施gzs",
        "shigzs",
        "shigong噪",
        "SGZS",
        "shi'gong",
    ],
)
def test_every_way_of_typing_finds_the_class(query):
    assert first(query).code == "030102"


def test_hits_mark_the_characters_that_were_met():
    assert first("sgz").marks == (0, 1, 2)
    assert first("噪声").marks
    inside = next(hit for hit in INDEX.find("zs") if hit.code == "030102")
    assert (inside.text, inside.marks) == ("施工噪声", (2, 3))


def test_starts_come_before_insides_and_names_before_other_names():
    kinds = [hit.kind for hit in INDEX.find("ld")]
    assert kinds == sorted(kinds)
    assert first("ld").code == "060101"


def test_green_is_found_by_lv_and_by_lu():
    for query in ("lvhua", "luhua", "lv"):
        assert codes(query)[0] in {"0501", "050102"}


def test_second_readings_are_found():
    assert first("hangdaoshu").code == "050101"
    assert first("xingdaoshu").code == "050101"


def test_classical_readings_do_not_push_in():
    assert "05" not in codes("frhw")


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("重复", "chongfu"), ("银行", "yinhang"), ("行道树", "xingdaoshu"), ("拒载", "juzai"),
        ("朝阳区", "chaoyangqu"), ("长江路", "changjianglu"), ("车厘子", "chelizi"),
        ("音乐", "yinyue"), ("会计", "kuaiji"), ("调解", "tiaojie"), ("绿化", "lvhua"),
        ("供暖", "gongnuan"), ("沙坣", "shatang"), ("宿舍", "sushe"),
    ],
)  # fmt: skip
def test_words_with_characters_of_several_readings(word, spoken):
    assert NameIndex.of([Entry("1", (word,))]).find(spoken)[0].marks == tuple(range(len(word)))


def test_codes_and_marked_codes():
    assert set(codes("0301")[:3]) == {"0301", "030101", "030102"}
    assert first("#030102").kind is Kind.CODE


def test_english_words_whole_and_begun():
    assert first("construction").code == "030102"
    assert first("constr noise").code == "030102"


def test_other_names_find_their_class():
    assert (first("跳舞").code, first("tw").code) == ("030101", "030101")
    assert first("tw").kind is Kind.ALIAS


def test_a_name_above_brings_what_lies_below_it_last():
    found = INDEX.find("huanbao")
    assert [hit.code for hit in found] == ["03", "030101", "030102", "0301"]
    assert {hit.met for hit in found[1:]} == {"03"}


def test_words_narrow_each_other_along_the_path():
    assert codes("huanbao sg") == ["030102"]
    assert codes("市容 › 绿化带") == ["050102"]


def test_what_cannot_be_parted_further_comes_before_what_can():
    assert codes("绿化")[:2] == ["050102", "0501"]


def test_use_parts_equals():
    assert codes("zs", uses={"030102": 3})[0] == "030102"
    assert codes("zs", uses={"030101": 3})[0] == "030101"


def test_nothing_and_nonsense_find_nothing():
    for query in ("", "   ", "'", "zzzzqq", "！？", "[(*+"):
        assert INDEX.find(query) == ()


def test_full_width_letters_are_letters():
    assert normal("ＺＳ") == "zs"


@given(st.text(max_size=12))
def test_no_query_breaks_it_and_marks_lie_in_the_text(query):
    for hit in INDEX.find(query):
        assert all(0 <= mark < len(hit.text) for mark in hit.marks)


@given(st.sampled_from(ENTRIES), st.data())
def test_initials_of_any_stretch_of_a_name_find_it(entry, data):
    name = entry.names[0]
    low = data.draw(st.integers(0, len(name) - 1))
    high = data.draw(st.integers(low + 1, len(name)))
    initials = "".join(readings(one)[0][0] for one in name[low:high])
    assert entry.code in codes(initials)


def test_the_usual_reading_stands_first():
    assert all(readings(one) == several for one, several in SECOND.items())
    assert readings("中") == ("zhong",)
    assert readings("a") == ()
