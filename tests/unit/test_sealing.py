"""Personal data leave a wish before anything is decided: masks, seals, and nothing left in the words."""

import json
import re
from dataclasses import replace
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import KINDS, AddNote, Amend, Dispatch, ImportRecord, Person, Register
from app.domain.refused import Refused
from app.domain.sealing import mask, mask_name, mask_phone, seal
from app.services.aside import in_clear
from app.services.envelope import Sealed
from app.services.wishes import command_of
from tests.kit import MORNING, report

PHONES = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)
WORDS = st.text(alphabet="路灯不亮请修，。 ab", max_size=20)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张伟", "张*"),
        ("欧阳娜娜", "欧***"),
        ("王女士", "王女士"),
        ("李小明先生", "李**先生"),
        ("先生", "先*"),
        ("张*", "张*"),
        ("张", "张*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_first_character(name, masked):
    assert mask_name(name) == masked


#: What a person writes; every other text of a command is a key, a code or a login.
WORDY = (
    "narrative title address text notice instruction question finding result basis reason name phone id_number"
    " minutes ruling place cost"
)
#: A key like any other, in which somebody's number could be read.
LIKE_A_NUMBER = "9a10c95b-a133-4567-8070-c9b0075ff061"


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_no_number_of_anybody_whatever_it_looks_like(kind):
    shapes = get_type_hints(KINDS[kind])
    texts = {name for name, shape in shapes.items() if shape in (str, str | None)}
    keys = dict.fromkeys(texts - set(WORDY.split()), LIKE_A_NUMBER)
    command = replace(command_of(kind, {}), **keys)
    sealed, _, found = seal(command)
    assert {name: getattr(sealed, name) for name in keys} == keys
    assert found == ()


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("0755-84622222", "075*****2222"),
        ("12345", "***45"),
        ("84622222", "****2222"),
        ("8462222", "***2222"),
        ("13812345678 转8001", "138****5678"),
        ("0755-84622222转分机8001", "075*****2222"),
        ("84622222#8001", "****2222"),
        ("138****5678", "138****5678"),
        ("****2222", "****2222"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_ends(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("440301199001011234", "440***********1234"),
        ("123456", "******"),
        ("440***********1234", "440***********1234"),
        ("", ""),
    ],
)
def test_an_identity_number_keeps_its_ends(number, masked):
    assert mask(Person(id_number=number)).id_number == masked


def test_a_reporter_is_sealed_and_only_his_mask_is_decided():
    person = Person(name="张伟", phone="13812345678")
    masked, sealed, numbers = seal(Register(narrative="路灯不亮", reporter=person))
    assert sealed == person
    assert masked.reporter == Person(name="张*", phone="138****5678")
    assert numbers == ()


def test_an_imported_reporter_is_sealed_too():
    wish = ImportRecord(
        source_ref="x:13812345678", batch="b", occurred_at=MORNING, reporter=Person(name="李雷")
    )
    masked, sealed, _ = seal(wish)
    assert (sealed.name, masked.reporter.name, masked.source_ref) == (
        "李雷",
        "李*",
        wish.source_ref,
    )


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138-1234-5678",
        "86 13812345678",
        "0755-84622222",
        "440301199001011234",
        "44030119900101123X",
        "440301900101123",
        "138—1234—5678",
        "138–1234–5678",
        "138_1234_5678",
        "138\n12345678",
        "4403 0119 9001 0112 34",
        "440301\n19900101\n1234",
        "6222021234567890128",
        "6222 0212 3456 7890 128",
    ],
)
def test_numbers_in_free_text_are_taken_out(number):
    masked, person, numbers = seal(AddNote(case_id="c", text=f"请回电{number}，谢谢"))
    assert person.is_empty
    assert number not in masked.text
    assert numbers == ((re.findall(r"请回电(.*)，", masked.text)[0], number),)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ID440301199001011234", "ID440***********1234"),
        ("SFZ44030119900101123X号", "SFZ440***********123X号"),
        ("ID4403 0119 9001 0112 34", "ID440***********1234"),
        ("440301199001011234abc", "440***********1234abc"),
        ("银行卡6222021234567890123", "银行卡622************0123"),
        ("电话84622222", "电话****2222"),
        ("电话是 8462 2222，谢谢", "电话是 ****2222，谢谢"),
        ("请致电:8462-222", "请致电:***2222"),
        ("联系张师傅84622222", "联系张师傅****2222"),
    ],
)
def test_a_number_is_taken_out_where_only_its_surroundings_tell_what_it_is(text, masked):
    assert seal(AddNote(case_id="c", text=text))[0].text == masked


@pytest.mark.parametrize(
    "text",
    [
        "合同编号1234567890123、车牌粤B12345、2025年11月、消费3000元",
        "原诉求编号SZPS20251127005301AB1X，又SZPS202511200130010001",
        "工单84622222，金额20251127元",
        "联系时间20251127，电话费3000元",
        "票据6222021234567890123",
    ],
)
def test_what_only_looks_like_a_number_stays(text):
    assert seal(AddNote(case_id="c", text=text))[0].text == text


@pytest.mark.parametrize(
    "narrative",
    [
        "我的电话13812345678，订单号2025113812345678被扣款",
        "订单号2025113812345678被扣款，我的电话13812345678",
        "身份证号440301199001011234，单号9440301199001011234",
        "电话0755-84622222，流水99075584622222",
        "电话138 1234 5678，订单号2025113812345678",
    ],
)
def test_a_number_that_was_sealed_stands_nowhere_else_in_any_text_either(narrative):
    """The centre refuses for good what brings a sealed number in clear as well."""
    wish = report(narrative=narrative, address=f"东区{narrative}", reporter=Person(name="王五"))
    masked, _, numbers = seal(wish)
    texts = f"{masked.narrative}{masked.address}{masked.title}"
    figures = re.sub(r"[ -]", "", texts)
    for _, number in numbers:
        assert number not in texts
        assert re.sub(r"[ -]", "", number) not in figures


@pytest.mark.parametrize("phone", ["13812345678", "138-1234-5678", "+86 13812345678"])
def test_the_reporters_own_number_stands_nowhere_in_his_words(phone):
    person = Person(phone=phone, id_number="440301199001011234")
    narrative = "订单2025113812345678，会员9440301199001011234"
    masked, _, numbers = seal(report(narrative=narrative, reporter=person))
    assert masked.narrative == "订单20251138****5678，会员9440***********1234"
    assert [number for _, number in numbers] == ["13812345678", "440301199001011234"]


@given(st.lists(st.tuples(st.sampled_from(" ，号1250"), PHONES, WORDS), max_size=4), PHONES)
def test_what_is_sealed_is_put_back_where_it_stood(parts, phone):
    narrative = "".join(f"{before}{number}{after}" for before, number, after in parts) + "路灯"
    wish = report(narrative=narrative, title=narrative[:30], reporter=Person(phone=phone))
    masked, person, numbers = seal(wish)
    sealed = Sealed("c", person.name, person.phone, person.id_number, numbers)
    texts = json.dumps([masked.narrative, masked.title])
    assert not any(number in texts for number in (phone, *(one for _, one in numbers)))
    again = in_clear(masked, sealed)
    assert (again.narrative, again.title) == (narrative, narrative[:30])


def test_a_mask_that_was_typed_hides_nothing_and_is_not_sealed():
    """Whoever comes from another system masked already has no number here that could be looked at."""
    given = Person(name="张*", phone="138****5678", id_number="440***********1234")
    masked, person, numbers = seal(report(narrative="请回电138****5678", reporter=given))
    assert (masked.reporter, masked.narrative) == (given, "请回电138****5678")
    assert (person, numbers) == (Person(), ())


def test_what_is_put_right_of_a_person_is_sealed_as_at_registration():
    wish = Amend(
        case_id="c", narrative="他的订单2025113812345678", name="张伟", phone="13812345678"
    )
    masked, person, numbers = seal(wish)
    assert (masked.name, masked.phone, masked.id_number) == ("张*", "138****5678", None)
    assert masked.narrative == "他的订单20251138****5678"
    assert person == Person(name="张伟", phone="13812345678")
    assert numbers == (("138****5678", "13812345678"),)
    masked, person, _ = seal(Amend(case_id="c", phone="", id_number="440301199001011234"))
    assert (masked.name, masked.phone, masked.id_number) == (None, "", "440***********1234")
    assert person == Person(id_number="440301199001011234")


def test_codes_are_left_alone():
    wish = Dispatch(case_id="13812345678", unit="URBAN", instruction="13812345678")
    masked, _, _ = seal(wish)
    assert (masked.case_id, masked.instruction) == ("13812345678", "138****5678")


@given(WORDS, PHONES, WORDS)
def test_no_mobile_number_ever_stays_in_the_words(before, phone, after):
    masked, _, numbers = seal(Register(narrative=f"{before}电话{phone}号{after}"))
    assert phone not in masked.narrative
    assert (mask_phone(phone), phone) in numbers


def test_what_no_store_can_keep_is_taken_out_before_anything_is_promised():
    wish = Register(
        narrative="路\x00灯\ud800\x1b[31m不亮\n第二行\t完", reporter=Person(name="张\x00伟")
    )
    masked, person, _ = seal(wish)
    assert masked.narrative == "路灯[31m不亮\n第二行\t完"
    assert (person.name, masked.reporter.name) == ("张伟", "张*")


def test_nothing_in_the_words_turns_round_what_stands_behind_them():
    wish = Register(narrative="一\u202e二\u2067三\u200d四", reporter=Person(name="\u202d张伟"))
    masked, person, _ = seal(wish)
    assert (masked.narrative, person.name) == ("一二三\u200d四", "张伟")


@given(st.text())
def test_sealed_words_can_always_be_kept(text):
    masked, _, _ = seal(AddNote(case_id="c", text=text))
    assert "\x00" not in masked.text
    masked.text.encode("utf-8")


def test_a_star_typed_beside_a_number_hides_nothing_by_itself():
    assert mask_phone("13812345678*2") == "138*****6782"
    assert "19900101" not in mask(Person(id_number="440301199001011234*")).id_number
    assert mask_name("张伟*") == "张**"


@pytest.mark.parametrize("part", ["name", "phone", "id_number"])
def test_what_is_no_name_and_no_number_is_not_sealed_either(part):
    """A mask may be short where what it hides is not."""
    with pytest.raises(Refused, match="line-too-long"):
        seal(Register(narrative="路灯不亮", reporter=Person(**{part: "a" * 2_000_000})))
