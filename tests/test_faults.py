"""Every fault that a centre must survive has a test in each run, and no test claims one that there is not."""

import pytest

from tests.faults import FAULTS, OPEN, proofs

PROOFS = proofs()


@pytest.mark.parametrize("number", [one for one in FAULTS if one not in OPEN])
def test_a_fault_has_a_test(number: str):
    assert PROOFS.get(number), f"{number}: no test for when {FAULTS[number]}"


def test_what_is_said_to_be_open_is():
    assert not set(PROOFS) & set(OPEN)


def test_no_test_is_marked_with_a_fault_that_is_not_listed():
    assert set(PROOFS) <= set(FAULTS)
    assert list(FAULTS) == [f"F{number}" for number in range(1, 31)]
