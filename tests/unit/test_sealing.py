"""Personal data leave a wish before anything is decided: masks, seals, and nothing left in the words."""

import re
from dataclasses import replace
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import KINDS, AddNote, Dispatch, ImportRecord, Person, Register
from app.domain.refused import Refused
from app.domain.sealing import mask, mask_name, mask_phone, seal
from app.services.wishes import command_of
from tests.kit import MORNING

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
WORDY = "narrative title address text notice instruction question finding result basis reason name"
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
        ("138****5678", "138****5678"),
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
    ],
)
def test_numbers_in_free_text_are_taken_out(number):
    masked, person, numbers = seal(AddNote(case_id="c", text=f"请回电{number}，谢谢"))
    assert person.is_empty
    assert number not in masked.text
    assert numbers == ((re.findall(r"请回电(.*)，", masked.text)[0], number),)


def test_what_only_looks_like_a_number_stays():
    text = "合同编号1234567890123、车牌粤B12345、2025年11月、消费3000元"
    assert seal(AddNote(case_id="c", text=text))[0].text == text


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


@given(st.text())
def test_sealed_words_can_always_be_kept(text):
    masked, _, _ = seal(AddNote(case_id="c", text=text))
    assert "\x00" not in masked.text
    masked.text.encode("utf-8")


def test_a_star_typed_beside_a_number_hides_nothing_by_itself():
    assert mask_phone("13812345678*2") == "138*****6782"
    assert "19900101" not in mask(Person(id_number="440301199001011234*")).id_number
    assert mask_name("张伟*") == "张**"
    assert mask_phone("84622222") == "******22"


@pytest.mark.parametrize("part", ["name", "phone", "id_number"])
def test_what_is_no_name_and_no_number_is_not_sealed_either(part):
    """A mask may be short where what it hides is not."""
    with pytest.raises(Refused, match="line-too-long"):
        seal(Register(narrative="路灯不亮", reporter=Person(**{part: "a" * 2_000_000})))
