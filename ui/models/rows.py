"""The difference between two lists of keys, as the few steps a view has to be told about."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Remove:
    """The items from `first` to `last`, both included, go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Move:
    """The item at `at` ends up at index `to`; `at` and `to` differ."""

    at: int
    to: int


@dataclass(frozen=True, slots=True)
class Insert(Generic[_Key]):
    """The new list's items `keys` come in, the first of them at index `at`."""

    at: int
    keys: tuple[_Key, ...]


def steps(old: Sequence[_Key], new: Sequence[_Key]) -> Iterator[Remove | Move | Insert[_Key]]:
    """What leads from `old` to `new`, each step speaking of the list as the one before left it.

    Keys are hashable and no list holds one twice. What need not move does not: removals come first,
    then as few moves as there can be, then insertions from the top.
    """
    wanted = set(new)
    yield from _removals([key not in wanted for key in old])
    rest = [key for key in old if key in wanted]
    here = set(rest)
    yield from _moves(rest, [key for key in new if key in here])
    yield from _insertions(new, here)


def apply(items: list[_Key], step: Remove | Move | Insert[_Key]) -> None:
    """Carry `step` out on `items` in place."""
    if isinstance(step, Remove):
        del items[step.first : step.last + 1]
    elif isinstance(step, Move):
        items.insert(step.to, items.pop(step.at))
    else:
        items[step.at : step.at] = step.keys


def spans(indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The indices as contiguous (first, last) stretches in ascending order."""
    ordered = sorted(set(indices))
    if not ordered:
        return
    breaks = [(low, high) for low, high in pairwise(ordered) if high > low + 1]
    starts = [ordered[0], *(high for _, high in breaks)]
    yield from zip(starts, [*(low for low, _ in breaks), ordered[-1]], strict=True)


def is_rising(numbers: Iterable[int]) -> bool:
    """Whether each number is greater than the one before it."""
    return all(low < high for low, high in pairwise(numbers))


def _removals(gone: Sequence[bool]) -> Iterator[Remove]:
    """From the end, so that no removal shifts another."""
    stretches = list(spans(index for index, is_gone in enumerate(gone) if is_gone))
    yield from (Remove(first, last) for first, last in reversed(stretches))


def _moves(items: list[_Key], wanted: Sequence[_Key]) -> Iterator[Move]:
    """Every key outside a longest rising run goes to its place right behind its predecessor."""
    place = {key: index for index, key in enumerate(wanted)}
    still = _longest_rise([place[key] for key in items])
    for index, key in enumerate(wanted):
        if index in still:
            continue
        at = items.index(key)
        after = items.index(wanted[index - 1]) + 1 if index else 0
        to = after - 1 if at < after else after
        items.insert(to, items.pop(at))
        yield Move(at, to)


def _insertions(new: Sequence[_Key], here: set[_Key]) -> Iterator[Insert[_Key]]:
    for first, last in spans(index for index, key in enumerate(new) if key not in here):
        yield Insert(first, tuple(new[first : last + 1]))


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The members of one longest rising subsequence of distinct numbers."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at:] = [number, *tails[at + 1 :]]
    return frozenset(_chain(tails[-1] if tails else None, before))


def _chain(last: int | None, before: dict[int, int | None]) -> Iterator[int]:
    while last is not None:
        yield last
        last = before[last]
