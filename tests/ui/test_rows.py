"""The list difference leads from any list to any other, and moves no more than it must."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ui.models.rows import Insert, Move, Remove, apply, is_rising, spans, steps

KEYS = st.lists(st.integers(0, 30), unique=True)


def walked(old: list[int], new: list[int]) -> list[int]:
    here = list(old)
    for step in steps(old, new):
        apply(here, step)
    return here


@given(KEYS, KEYS)
def test_the_steps_lead_from_old_to_new(old, new):
    assert walked(old, new) == new


@given(KEYS)
def test_equal_lists_need_no_step(keys):
    assert list(steps(keys, list(keys))) == []


@given(KEYS, KEYS)
def test_every_step_is_one_that_a_view_accepts(old, new):
    size = len(old)
    for step in steps(old, new):
        match step:
            case Remove(first, last):
                assert 0 <= first <= last < size
                size -= last - first + 1
            case Move(at, to):
                assert at != to
                assert 0 <= at < size
                assert 0 <= to < size
            case Insert(at, keys):
                assert 0 <= at <= size
                size += len(keys)


@given(st.lists(st.integers(0, 12), unique=True, min_size=1), st.data())
def test_one_key_that_changed_place_is_one_move(keys, data):
    new = list(keys)
    key = new.pop(data.draw(st.integers(0, len(new) - 1)))
    new.insert(data.draw(st.integers(0, len(new))), key)
    assert len(list(steps(keys, new))) == (0 if new == keys else 1)


@given(KEYS.flatmap(lambda keys: st.tuples(st.just(keys), st.permutations(keys))))
def test_moves_are_as_few_as_can_be(pair):
    old, new = pair
    assert len(list(steps(old, new))) == len(old) - longest_common(old, new)


def longest_common(old: list[int], new: list[int]) -> int:
    """The textbook table; slow and plainly right."""
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, left in enumerate(old):
        for j, right in enumerate(new):
            best = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else best
    return table[-1][-1]


def test_removals_come_from_the_end_and_in_stretches():
    assert list(steps("abcdef", "cf")) == [Remove(3, 4), Remove(0, 1)]


def test_insertions_come_in_stretches():
    assert list(steps("be", "abcdef")) == [
        Insert(0, ("a",)),
        Insert(2, ("c", "d")),
        Insert(5, ("f",)),
    ]


def test_moves_go_to_the_front_and_behind_their_predecessors():
    assert list(steps("abcd", "dabc")) == [Move(3, 0)]
    assert list(steps("abcd", "bcda")) == [Move(0, 3)]
    assert list(steps("abcde", "adbce")) == [Move(3, 1)]


def test_steps_carried_out_in_turn_make_the_new_list():
    here = list("abcdef")
    for step in steps(here.copy(), "fxcay"):
        apply(here, step)
    assert here == list("fxcay")


@given(st.lists(st.integers(0, 40)))
def test_spans_cover_the_indices_and_nothing_else(indices):
    found = [index for first, last in spans(indices) for index in range(first, last + 1)]
    assert found == sorted(set(indices))


@given(st.lists(st.integers(0, 40)))
def test_spans_do_not_touch_one_another(indices):
    ends = list(spans(indices))
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(ends))


def test_rising_is_strict():
    assert is_rising([])
    assert is_rising([1, 2, 9])
    assert not is_rising([1, 1])
    assert not is_rising([2, 1])
