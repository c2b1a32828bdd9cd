"""Two addresses that say the same place, and two that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.addresses import is_same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("幸福里12号楼", "和平街道 幸福里12号楼 3单元", True),
        ("幸福里１２号楼", "幸福里12号楼", True),
        ("2号楼", "12号楼", False),
        ("幸福里1", "幸福里12号", False),
        ("幸福里", "幸福里12号楼", False),
        ("锦龙大道", "锦龙大道", True),
        ("Block A-3", "block a3", True),
        ("", "", False),
        ("", "幸福里", False),
    ],
)
def test_a_place_is_the_same_however_it_is_written(one, other, same):
    assert is_same(one, other) is same


@given(st.text(), st.text())
def test_it_does_not_matter_which_was_first(one, other):
    assert is_same(one, other) == is_same(other, one)
