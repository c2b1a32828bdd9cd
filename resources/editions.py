"""From the file of an edition of the Measures to a Policy, whole or laid over the edition it is based on."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from app.domain.policy import DisposalRule, Parameter, Policy, Provision, Reason, Source
from app.domain.terms import Clock, Grade, Origin
from resources import sections
from resources.nodes import Entry, Fields, read
from resources.sections import ClockKey, Reader, Section
from resources.wrong import Expected

_Row = TypeVar("_Row")

_HEAD = frozenset({"code", "title_zh", "title_en", "effective_from", "version"})
_SECTIONS = frozenset(
    {"shifts", "sources", "chapters", "articles", "clocks", "disposal_rules", "bindings"}
    | {"closure_criteria", "parameters", *(section.name for section in sections.REASONS)}
)
#: Disposal has the matrix, the case total follows from the tasks, an interim measure has its parameters.
_WITHOUT_PLAIN_LIMIT = (Clock.K5, Clock.K6, Clock.KI, Clock.KO, Clock.KC, Clock.KF)


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition just read, with the fields of its file so that a later complaint has a place."""

    policy: Policy
    head: Fields


def shipped_edition(path: Path) -> Draft:
    """An edition that stands on its own: every section must be there and complete."""
    head = read(path).fields(_HEAD | _SECTIONS, frozenset({"effective_to"}))
    return Draft(_Builder(head, None).policy(), head)


def own_edition(path: Path, bases: Mapping[str, Policy]) -> Draft:
    """A centre's own edition: it says which edition it is based on, and states only what differs."""
    head = read(path).fields(_HEAD | {"based_on"}, _SECTIONS | {"effective_to"})
    base = bases[head["based_on"].known(bases)]
    if head["code"].code() in bases:
        raise head["code"].wrong(Expected.UNIQUE)
    return Draft(_Builder(head, base).policy(), head)


@dataclass(frozen=True, slots=True)
class _Builder:
    head: Fields
    base: Policy | None

    def policy(self) -> Policy:
        """The edition; Wrong at the first place that cannot be taken."""
        chapters = self._laid(sections.CHAPTERS, sections.chapter)
        articles = self._laid(sections.ARTICLES, sections.article_in(chapters))
        sources = self._sources()
        numbers = frozenset(item.number for item in articles.values())
        reader = Reader(self.head["code"].code(), numbers, frozenset(map(str, sources)))
        begin, end = self._span()
        return Policy(
            code=reader.edition,
            title_zh=self.head["title_zh"].words(),
            title_en=self.head["title_en"].words(),
            effective_from=begin,
            effective_to=end,
            version=self.head["version"].code(),
            own=self.base is not None,
            sources=tuple(sources.values()),
            chapters=tuple(chapters.values()),
            articles=tuple(articles.values()),
            closure_criteria=tuple(self._laid(sections.CRITERIA, reader.criterion).values()),
            shifts=self._shifts(),
            disposal_rules=self._rules(reader),
            bindings=tuple(self._laid(sections.BINDINGS, reader.binding).values()),
            clocks=self._clocks(reader),
            parameters=self._parameters(reader),
            **self._reasons(reader),
        )

    def _laid(
        self, section: Section[_Row], read_row: Callable[[Fields], _Row]
    ) -> dict[Hashable, _Row]:
        """The rows of the base, each replaced by the file's row of the same key, then the new ones."""
        kept: tuple[_Row, ...] = getattr(self.base, section.name, ())
        rows = {section.key(row): row for row in kept}
        if section.name in self.head:
            rows |= section.rows(self.head.entries[section.name], read_row)
        return rows

    def _reasons(self, reader: Reader) -> dict[str, tuple[Reason, ...]]:
        return {
            section.name: tuple(self._laid(section, reader.reason).values())
            for section in sections.REASONS
        }

    def _sources(self) -> dict[Hashable, Source]:
        code = self.head["code"].code()
        titles = self.head["title_zh"].words(), self.head["title_en"].words()
        itself = Source(code, *titles, Origin.P)
        return {code: itself} | self._laid(sections.SOURCES, sections.source)

    def _span(self) -> tuple[date, date | None]:
        begin = self.head["effective_from"].day()
        if "effective_to" not in self.head:
            return begin, None
        end = self.head["effective_to"].day()
        if end < begin:
            raise self.head["effective_to"].wrong(Expected.PERIOD)
        return begin, end

    def _shifts(self) -> tuple[tuple[time, time], ...]:
        if self.base and "shifts" not in self.head:
            return self.base.shifts
        return sections.shifts(self.head.entries["shifts"])

    def _parameters(self, reader: Reader) -> dict[str, Parameter]:
        base = self.base.parameters if self.base else None

        def checked(row: Fields) -> Parameter:
            found = reader.parameter(row)
            if base is not None:
                _stays_of_its_type(row, found, base)
            return found

        rows = dict(base or {})
        if "parameters" in self.head:
            found = sections.PARAMETERS.rows(self.head.entries["parameters"], checked)
            rows |= {item.code: item for item in found.values()}
        return rows

    def _clocks(self, reader: Reader) -> dict[ClockKey, Provision]:
        base = self.base.clocks if self.base else None
        found: dict[ClockKey, Provision] = {}
        if "clocks" in self.head:
            for key, place, provision in reader.clocks(self.head.entries["clocks"]):
                _check_clock(key, place, found, base)
                found[key] = provision
        if base is None:
            self._check_every_clock(found)
        return {**(base or {}), **found}

    def _check_every_clock(self, found: Mapping[ClockKey, Provision]) -> None:
        for clock in Clock:
            for grade in Grade:
                plain = clock not in _WITHOUT_PLAIN_LIMIT
                if plain and (clock, grade, "") not in found:
                    raise self.head.entries["clocks"].missing(f"{clock}.{grade}")

    def _rules(self, reader: Reader) -> tuple[DisposalRule, ...]:
        rules = tuple(self._laid(sections.RULES, reader.rule).values())
        whole = {
            (rule.grade, rule.nature) for rule in rules if rule.narrowness == (0, False, False)
        }
        for grade in Grade:
            for nature in sections.JUDGED:
                if (grade, nature) not in whole:
                    raise self.head.entries["disposal_rules"].missing(f"{grade}.{nature}")
        return rules


def _check_clock(
    key: ClockKey,
    place: Entry,
    found: Mapping[ClockKey, Provision],
    base: Mapping[ClockKey, Provision] | None,
) -> None:
    if key in found:
        raise place.wrong(Expected.UNIQUE)
    if base is not None and key not in base:
        raise place.wrong(Expected.KNOWN_CODE, ".".join(key))


def _stays_of_its_type(row: Fields, found: Parameter, base: Mapping[str, Parameter]) -> None:
    row["code"].known(base)
    if isinstance(found.value, str) != isinstance(base[found.code].value, str):
        raise row["value"].wrong(Expected.SAME_TYPE)
