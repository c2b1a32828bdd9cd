"""Which lines of a picker's names have all the letters of a query: only these are looked at one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from string import ascii_lowercase

#: `lu` and `nu` are typed for lü and nü as well.
_ALSO = {"u": "v"}


@dataclass(frozen=True, slots=True)
class Letters:
    """For each letter a byte for each line, 1 where the line has it; and the same of letters that names begin with.

    `sizes` are the lengths of the lines.
    """

    sizes: tuple[int, ...]
    anywhere: dict[str, int]
    first: dict[str, int]

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Letters":
        """Of lines of tokens as ` ,zao,zhao噪 ,yin音`."""
        heads = [_head(line) for line in lines]
        return cls(tuple(map(len, lines)), _marks(lines), _marks(heads))

    def lines(self, term: str, *, at_start: bool) -> Iterable[int]:
        """The lines that may meet a term, in order; with `at_start` those of which a name may begin with it."""
        count, wanted = len(self.sizes), [one for one in term if one in _LETTERS]
        marks = [self.anywhere[one] for one in set(wanted)]
        if at_start and term[:1] in _LETTERS:
            marks.append(self.first[term[0]])
        if not marks:
            return range(count)
        both = marks[0]
        for one in marks[1:]:
            both &= one
        return compress(range(count), both.to_bytes(count, "little"))


_LETTERS = frozenset(ascii_lowercase)


def _head(line: str) -> str:
    """The letters that its first readings begin with."""
    return "".join(part[:1] for part in line.split(" ", 2)[1].split(",")[1:])


def _marks(lines: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for letter in ascii_lowercase:
        also = _ALSO.get(letter, letter)
        has = bytes(letter in line or also in line for line in lines)
        found[letter] = int.from_bytes(has, "little")
    return found
