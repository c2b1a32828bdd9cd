"""The sections of an edition file: which fields a row has, how it is read, and what tells rows apart."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Generic, TypeVar

from app.domain.policy import (
    Article,
    Binding,
    Chapter,
    Criterion,
    DisposalRule,
    Parameter,
    Provision,
    Reason,
    Source,
)
from app.domain.terms import Clock, Grade, Nature, Origin
from resources.cells import Cell
from resources.nodes import Entry, Fields
from resources.wrong import Expected

ClockKey = tuple[Clock, Grade, str]

_Row = TypeVar("_Row")

_FROM = ("article", "origin")
_NAMED = ("code", "name_zh", "name_en", *_FROM)
#: The natures that limits and criteria speak of.
JUDGED = (Nature.COMPLAINT, Nature.INQUIRY, Nature.SUGGESTION)


@dataclass(frozen=True, slots=True)
class Section(Generic[_Row]):
    """A list of rows: the fields each must and may have, and the key by which one replaces another."""

    name: str
    key: Callable[[_Row], Hashable]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()

    def rows(self, entry: Entry, read: Callable[[Fields], _Row]) -> dict[Hashable, _Row]:
        """The rows by key; a key that comes twice is refused."""
        found: dict[Hashable, _Row] = {}
        for item in entry.items():
            fields = item.fields(self.required, self.optional)
            row = read(fields)
            if self.key(row) in found:
                raise fields.first.wrong(Expected.UNIQUE)
            found[self.key(row)] = row
        return found


def _code(row: Source | Reason | Criterion | Parameter) -> Hashable:
    return row.code


def _number(row: Chapter | Article) -> Hashable:
    return row.number


def _rule_key(row: DisposalRule) -> Hashable:
    return row.grade, row.nature, row.categories, row.component, row.around_the_clock


def _binding_key(row: Binding) -> Hashable:
    return row.provision.source, row.categories, row.nature


SOURCES: Section[Source] = Section(
    "sources", _code, frozenset({"code", "title_zh", "title_en", "origin"})
)
CHAPTERS: Section[Chapter] = Section(
    "chapters", _number, frozenset({"number", "title_zh", "title_en"})
)
ARTICLES: Section[Article] = Section(
    "articles", _number, frozenset({"number", "chapter", "title_zh", "title_en", "certain"})
)
REASONS: tuple[Section[Reason], ...] = tuple(
    Section(name, _code, frozenset(_NAMED), frozenset({"needs_text"}))
    for name in (
        *("refusal_reasons", "return_reasons", "extension_reasons"),
        *("exclusion_reasons", "closure_kinds", "warning_classes", "interim_measures"),
        "warning_recipients",
    )
)
CRITERIA: Section[Criterion] = Section(
    "closure_criteria",
    _code,
    frozenset({*_NAMED, "kind"}),
    frozenset({"nature", "component_only"}),
)
PARAMETERS: Section[Parameter] = Section(
    "parameters", _code, frozenset({"code", "value", "origin"}), frozenset({"article"})
)
RULES: Section[DisposalRule] = Section(
    "disposal_rules",
    _rule_key,
    frozenset({"grade", "nature", "limit", *_FROM}),
    frozenset({"categories", "component", "around_the_clock", "source"}),
)
BINDINGS: Section[Binding] = Section(
    "bindings",
    _binding_key,
    frozenset({"source", "categories", "limit", *_FROM}),
    frozenset({"nature"}),
)
_CLOCK = frozenset({"clock", "limits", *_FROM}), frozenset({"matter", "source"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows that point at an edition's articles and at the texts its limits come from."""

    edition: str
    articles: frozenset[int]
    sources: frozenset[str]

    def reason(self, row: Fields) -> Reason:
        """A coded reason."""
        names = row["code"].code(), row["name_zh"].words(), row["name_en"].words()
        article, origin = self._article(row), row["origin"].choice(Origin)
        return Reason(*names, article, origin, row.flag("needs_text", default=True))

    def criterion(self, row: Fields) -> Criterion:
        """A closure criterion."""
        names = row["name_zh"].words(), row["name_en"].words()
        head = row["code"].code(), _nature(row), row["kind"].among(("closes", "refuses"))
        article, origin = self._article(row), row["origin"].choice(Origin)
        part = row.flag("component_only", default=False)
        return Criterion(*head, *names, article, origin, part)

    def parameter(self, row: Fields) -> Parameter:
        """A number or word."""
        article, origin = self._article(row), row["origin"].choice(Origin)
        return Parameter(row["code"].code(), row["value"].value(), article, origin)

    def rule(self, row: Fields) -> DisposalRule:
        """A row of the matrix of disposal limits."""
        nature = Nature(row["nature"].among(JUDGED))
        return DisposalRule(
            self._provision("K5", row["limit"], row),
            row["grade"].choice(Grade),
            nature,
            _categories(row),
            row.flag("component", default=False),
            row.flag("around_the_clock", default=False),
        )

    def binding(self, row: Fields) -> Binding:
        """A limit that another text sets."""
        source = row["source"].known(self.sources)
        provision = self._provision(source, row["limit"], row)
        return Binding(provision, _categories(row), _nature(row))

    def clocks(self, section: Entry) -> Iterator[tuple[ClockKey, Entry, Provision]]:
        """Each clock's limit for each grade, with its place."""
        for item in section.items():
            row = item.fields(*_CLOCK)
            clock, matter = row["clock"].choice(Clock), row["matter"].text
            code = f"{clock}.{matter}" if matter else str(clock)
            for name, limit in row.entries["limits"].pairs():
                grade = limit.key_among(Grade, name)
                yield (clock, grade, matter), limit, self._provision(code, limit.cell(), row)

    def _provision(self, code: str, limit: Cell, row: Fields) -> Provision:
        article, origin = self._article(row), row["origin"].choice(Origin)
        source = row["source"].known(self.sources) if "source" in row else self.edition
        return Provision(code, limit.limit(), article, origin, source)

    def _article(self, row: Fields) -> int | None:
        if "article" not in row:
            return None
        if row["article"].whole() not in self.articles:
            raise row["article"].wrong(Expected.KNOWN_CODE)
        return row["article"].whole()


def source(row: Fields) -> Source:
    """A text that a limit can come from."""
    titles = row["title_zh"].words(), row["title_en"].words()
    return Source(row["code"].code(), *titles, row["origin"].choice(Origin))


def chapter(row: Fields) -> Chapter:
    """A chapter."""
    return Chapter(row["number"].whole(), row["title_zh"].words(), row["title_en"].words())


def article_in(chapters: Mapping[Hashable, Chapter]) -> Callable[[Fields], Article]:
    """The reader of an article of one of these chapters."""

    def article(row: Fields) -> Article:
        if row["chapter"].whole() not in chapters:
            raise row["chapter"].wrong(Expected.KNOWN_CODE)
        titles = row["title_zh"].words(), row["title_en"].words()
        place = row["chapter"].whole(), row["certain"].flag()
        return Article(row["number"].whole(), *titles, *place)

    return article


def shifts(section: Entry) -> tuple[tuple[time, time], ...]:
    """The stretches of working time of a working day, in order."""
    found: list[tuple[time, time]] = []
    for item in section.items():
        shift = item.cell().shift()
        if found and shift[0] < found[-1][1]:
            raise item.wrong(Expected.SHIFT)
        found.append(shift)
    if not found:
        raise section.wrong(Expected.SHIFT)
    return tuple(found)


def _nature(row: Fields) -> Nature | None:
    return Nature(row["nature"].among(JUDGED)) if "nature" in row else None


def _categories(row: Fields) -> tuple[str, ...]:
    return tuple(item.cell().category_code() for item in row.items("categories"))
