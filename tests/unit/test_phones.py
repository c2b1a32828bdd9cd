"""What a person may write as a telephone number, and what is none."""

import pytest

from app.domain.phones import is_number, odd_mobile


@pytest.mark.parametrize(
    "text",
    [
        "13800001203",
        "138 0000 1203",
        "+86 138-0000-1203",
        "0755-28398888转803",
        "(0755)28398888",
        "（0755）2839 8888",
        "２８３９８８８８",
        "28398888 / 13800001203",
        "28398888、13800001203",
        "12345",
        "110",
        "138****1203",
    ],
)
def test_numbers_as_people_write_them(text):
    assert is_number(text)


@pytest.mark.parametrize(
    "text",
    ["占道经营", "12", "", "  ", "无", "坪山大道12号", "a13800001203", "1" * 60, "----", "转"],
)
def test_what_is_no_number(text):
    assert not is_number(text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1380000120", 10),
        ("138000012034", 12),
        ("138 0000 120", 10),
        ("138-0000-12034", 12),
        ("+86 138 0000 120", 10),
        ("0086 138000012034", 12),
        ("８６１３８００００１２０", 10),
        ("01380000120", 10),
        ("28398888/1380000120", 10),
        ("13800001203、1380000120", 10),
        ("138****120", 10),
        ("1380000", 7),
    ],
)
def test_a_mobile_number_of_another_length_is_odd(text, figures):
    assert odd_mobile(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "13800001203",
        "+86 138-0000-1203",
        "8613800001203",
        "０１３８００００１２０３",
        "138****1203",
        "13800001203 13900001204",
        "13800001203转1",
        "13800001203#12",
        "0755-28398888转803",
        "010-12345678",
        "28398888",
        "12345",
        "12315",
        "10086",
        "95588",
        "110",
        "8613",
        "",
        "占道经营",
    ],
)
def test_what_has_its_eleven_figures_or_is_no_mobile_number_is_not(text):
    assert odd_mobile(text) == 0
