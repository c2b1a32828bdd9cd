"""What the pickers search: names by Chinese, full pinyin, initials, code, other names and path, in one scan.

Every name is a line of tokens, ` ,zao,zhao噪 ,yin音`: readings first, then the character. A query becomes
one regular expression over all lines, so initials, full pinyin, Chinese and any mixture need no cases.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from ui.picker_letters import Letters
from ui.readings import readings

#: How many hits a list shows.
MOST = 50
#: Queries up to this length meet more names than a list shows.
SHORT = 2
_STEPS = re.compile(r"[\s›>/]+")
_SPOKEN = re.compile(r"[a-z]+|[^\W_]")


class Kind(IntEnum):
    """What a query met, the better the smaller."""

    CODE = 0
    NAME = 1
    ALIAS = 2
    INSIDE_NAME = 3
    INSIDE_ALIAS = 4
    PATH = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be picked; `above` is the code of what it belongs to."""

    code: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A pick: `text` is the name that was met, `marks` its characters to make bold.

    For a hit by path `met` is the code of the name above that was met.
    """

    code: str
    kind: Kind
    text: str
    marks: tuple[int, ...] = ()
    met: str = ""


NO_USES: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class _Line:
    """One name of one entry; `places` are the characters its tokens stand for."""

    entry: int
    is_alias: bool
    text: str
    places: tuple[tuple[int, int], ...]


class _Met(NamedTuple):
    """How a query met an entry: by which line, between which characters of the text, or by what above."""

    kind: Kind
    length: int
    line: int = -1
    low: int = 0
    high: int = 0
    top: int = -1


#: The start of another name is as good as the inside of the name itself.
_RANK = {kind: Kind.ALIAS if kind is Kind.INSIDE_NAME else kind for kind in Kind}
#: By whether the line is an alias, and whether it begins with what was typed.
_KINDS = ((Kind.INSIDE_NAME, Kind.NAME), (Kind.INSIDE_ALIAS, Kind.ALIAS))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of some entries, searchable. Build it with `of`; 10,000 names take about 0.2 s."""

    entries: tuple[Entry, ...]
    _lines: tuple[_Line, ...] = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)
    _text: str = field(repr=False)
    _below: Mapping[str, tuple[int, ...]] = field(repr=False)
    _codes: tuple[tuple[str, int], ...] = field(repr=False)
    _having: Letters = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "NameIndex":
        """The index of `entries`, whose order parts equals."""
        kept = tuple(entries)
        made = [line for place, entry in enumerate(kept) for line in _lines_of(place, entry)]
        starts: list[int] = []
        size = 1
        for _, tokens in made:
            starts.append(size)
            size += len(tokens) + 1
        text = "\n" + "".join(f"{tokens}\n" for _, tokens in made)
        lines, codes = tuple(line for line, _ in made), _codes_of(kept)
        having = Letters.of([tokens for _, tokens in made])
        return cls(kept, lines, tuple(starts), text, _below(kept), codes, having)

    def find(
        self, query: str, uses: Mapping[str, int] = NO_USES, most: int = MOST
    ) -> tuple[Hit, ...]:
        """At most `most` hits: codes, starts of names, insides and other names, paths; ties by use.

        Words parted by blanks must all be met, each anywhere on the way down.
        """
        terms = [term for term in _STEPS.split(normal(query)) if term]
        if not terms:
            return ()
        found = self._met(terms[-1], most if len(terms) == 1 else len(self.entries))
        for term in terms[:-1]:
            found = _both(found, self._met(term, len(self.entries)))

        def order(place: int) -> tuple[int, int, bool, int, int]:
            met, code = found[place], self.entries[place].code
            return _RANK[met.kind], -uses.get(code, 0), code in self._below, met.length, place

        best = sorted(found, key=order)[:most]
        return tuple(self._hit(place, found[place]) for place in best)

    def _met(self, term: str, enough: int) -> dict[int, _Met]:
        """The best meeting of one word for every entry it meets, by the entry's place."""
        found = dict(self._by_code(term))
        if len(term) <= SHORT:  # thousands of hits: their starts mostly fill the list
            self._by_name(term, found, at_start=True)
        if len(term) > SHORT or len(found) < enough:
            self._by_name(term, found, at_start=False)
        if len(found) < enough:
            for place in tuple(found):
                self._add_below(found, place, place)
        return found

    def _by_code(self, term: str) -> Iterator[tuple[int, _Met]]:
        code = term.removeprefix("#")
        if code.isascii():
            first = bisect_left(self._codes, (code,))
            for known, place in islice(self._codes, first, None):
                if not known.startswith(code):
                    return
                yield place, _Met(Kind.CODE, len(self.entries[place].code))

    def _by_name(self, term: str, found: dict[int, _Met], *, at_start: bool) -> None:
        pattern = _pattern(term, at_start=at_start)
        if pattern is None:
            return
        text, search, starts = self._text, pattern.search, self._starts
        for number in self._likely(term, at_start=at_start):
            start = starts[number]
            match = search(text, start - at_start, start + self._having.sizes[number])
            if match is not None:
                self._keep(number, max(match.start(), start), match.end(), found)

    def _likely(self, term: str, *, at_start: bool) -> Iterable[int]:
        """The lines that have the letters of a term; or its first sign, where it has no letters."""
        if any(_is_letter(one) for one in term):
            return self._having.lines(term, at_start=at_start)
        return self._with(next(one for one in term if one.isalnum()))

    def _with(self, sign: str) -> Iterator[int]:
        at = self._text.find(sign)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(sign, self._starts[number] + self._having.sizes[number])

    def _keep(self, number: int, low: int, high: int, found: dict[int, _Met]) -> None:
        """A line that was met between two characters of the text, unless the entry was met better."""
        line, start = self._lines[number], self._starts[number]
        kind = _KINDS[line.is_alias][self._text.find(" ", start + 1, low) < 0]
        known = found.get(line.entry)
        if known is None or kind < known.kind:
            found[line.entry] = _Met(kind, len(line.text), number, low, high)

    def _add_below(self, found: dict[int, _Met], place: int, top: int) -> None:
        for child in self._below.get(self.entries[place].code, ()):
            if child not in found:
                found[child] = _Met(Kind.PATH, 0, top=top)
                self._add_below(found, child, top)

    def _hit(self, place: int, met: _Met) -> Hit:
        entry = self.entries[place]
        if met.line < 0:
            above = self.entries[met.top].code if met.top >= 0 else ""
            return Hit(entry.code, met.kind, entry.names[0], met=above)
        line, start = self._lines[met.line], self._starts[met.line]
        first = self._text.count(" ", start, met.low + 1) - 1
        more = self._text.count(" ", met.low + 1, met.high)
        places = line.places[max(first, 0) : first + more + 1]
        marks = tuple(mark for low, high in places for mark in range(low, high))
        return Hit(entry.code, met.kind, line.text, marks)


def normal(query: str) -> str:
    """A query as it is compared: half-width, lower case, without the apostrophes of a preedit."""
    plain = unicodedata.normalize("NFKC", query).casefold()
    return plain.replace("'", "").replace("’", "").replace("ü", "v").strip()


def _both(found: Mapping[int, _Met], other: Mapping[int, _Met]) -> dict[int, _Met]:
    """What both words met; ranked by the worse, marked by the better."""
    return {
        place: min(met, other[place])._replace(kind=max(met.kind, other[place].kind))
        for place, met in found.items()
        if place in other
    }


def _below(entries: tuple[Entry, ...]) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.above is not None:
            groups.setdefault(entry.above, []).append(place)
    return {code: tuple(places) for code, places in groups.items()}


def _codes_of(entries: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """Codes in order, so that those beginning with something stand together."""
    return tuple(sorted((one.code.casefold(), place) for place, one in enumerate(entries)))


def _lines_of(place: int, entry: Entry) -> Iterator[tuple[_Line, str]]:
    written = [(name, False) for name in dict.fromkeys(entry.names)]
    written += [(alias, True) for alias in entry.aliases]
    for name, is_alias in written:
        tokens = list(_tokens(name))
        if tokens:
            places = tuple(where for where, _ in tokens)
            yield _Line(place, is_alias, name, places), "".join(token for _, token in tokens)


def _tokens(name: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Each character (or Latin word) of a name: where it stands, and its token."""
    for match in _SPOKEN.finditer(name.lower()):
        said = match.group()
        if len(said) > 1 or (said.isascii() and said.isalpha()):
            yield match.span(), f" ,{said}"
        else:
            yield match.span(), f" {''.join(f',{one}' for one in readings(said))}{said}"


@lru_cache(maxsize=64)
def _pattern(term: str, *, at_start: bool) -> re.Pattern[str] | None:
    """The expression of one word: each letter goes on in its syllable or begins the next one."""
    said = [one for one in term if one.isalnum()]
    if not said:
        return None
    first = f",{_letter(said[0])}" if _is_letter(said[0]) else re.escape(said[0])
    rest = "".join(_next(before, one) for before, one in pairwise(said))
    return re.compile((r"\n [^ \n]*?" if at_start else "") + first + rest)


def _next(before: str, one: str) -> str:
    """From one typed character to the next; a token ends with its own character, if it has one."""
    rest = r"[^ \n]*" if _is_letter(before) else ""
    if not _is_letter(one):
        return rf"{rest} [a-z,]*{re.escape(one)}"
    following = rf"{rest} (?:,[a-z]*)*?,{_letter(one)}"
    return rf"(?:{_letter(one)}|{following})" if _is_letter(before) else following


def _is_letter(one: str) -> bool:
    return one.isascii() and one.isalpha()


def _letter(one: str) -> str:
    """`lu` and `nu` are typed for lü and nü as well."""
    return "[uv]" if one == "u" else one
