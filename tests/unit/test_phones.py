"""What a person may write as a telephone number, and what is none."""

import pytest

from app.domain.phones import is_number


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
