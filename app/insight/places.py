"""Which places a text names: the district's own for certain, anything that sounds like a place as a proposal."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.likeness import normal
from app.domain.taxonomy import Directory

_HAN = "\u4e00-\u9fff"
#: What a place of no gazetteer ends with.
_KIND = (
    "小区|花园|家园|公寓|广场|大厦|商城|市场|工业园|产业园|科技园|工业区|公园|医院|幼儿园|小学|中学|学校|学院"
    "|地铁站|公交站|车站|路口|大道|立交|隧道|天桥|水库|工地|苑|村|路|街|巷|桥"
)
_SOUNDS = re.compile(rf"(?P<name>[{_HAN}a-z0-9]{{2,10}}?)(?:{_KIND})(?!灯|面|上|费|口)")
#: What stands before a name and is none of it; a name left shorter than LEAST says nothing.
_LEAD = re.compile(
    r".*(?:关于|反映|咨询|请问|投诉|建议|希望|位于|住|在|是|的|从|到|把|对|和|与|及|我们|市|区|县|街道|社区|道|路)"
)
LEAST = 2
#: In so many cases, and such a share of them, a name has to stand in one community to be held for a place of it.
LEAST_CASES, SURE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a normal text; `code` is the district's own, None for a proposal that a person must confirm."""

    name: str
    code: str | None
    begin: int
    end: int


@dataclass(frozen=True)
class Gazetteer:
    """Codes by name."""

    codes: Mapping[str, str]

    @classmethod
    def of(cls, directory: Directory, aliases: Iterable[tuple[str, str]] = ()) -> "Gazetteer":
        """Streets and communities by their names, and other names that people use."""
        named = {one.name_zh: one.code for one in (*directory.streets, *directory.communities)}
        return cls({normal(name): code for name, code in (*aliases, *named.items())})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        told = sorted(self.codes, key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, told)) or r"(?!)")

    def places(self, text: str) -> tuple[Place, ...]:
        """Every place, in order: the district's own, and between them what only sounds like one."""
        plain = normal(text)
        own = [
            Place(one.group(), self.codes[one.group()], *one.span())
            for one in self._pattern.finditer(plain)
        ]
        gaps = zip(
            [0, *(one.end for one in own)], [*(one.begin for one in own), len(plain)], strict=True
        )
        heard = [place for begin, end in gaps for place in _heard(plain, begin, end)]
        return tuple(sorted([*own, *heard], key=lambda one: one.begin))


def grown(counts: Mapping[str, int]) -> tuple[str, int]:
    """The community in which a name almost always lies, by its cases in each, and in how many; '' and 0 for none."""
    code = min(counts, key=lambda one: (-counts[one], one), default="")
    many = counts.get(code, 0)
    is_sure = many >= LEAST_CASES and many >= SURE * sum(counts.values())
    return (code, many) if is_sure else ("", 0)


def _heard(text: str, begin: int, end: int) -> Iterator[Place]:
    for match in _SOUNDS.finditer(text, begin, end):
        lead = _LEAD.match(match["name"])
        start = match.start() + (lead.end() if lead else 0)
        if match.end("name") - start >= LEAST:
            yield Place(text[start : match.end()], None, start, match.end())
