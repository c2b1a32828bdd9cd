"""An edition of the Measures as a value: limits, clocks, reasons, criteria, parameters, and which edition judges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from app.domain.limits import Limit, LimitUnit
from app.domain.taxonomy import Category
from app.domain.terms import Clock, Grade, Nature, Origin

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
WORKING_DAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A text a number can come from: the edition itself, another statute, the city platform, a standard."""

    code: str
    title_zh: str
    title_en: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the Measures."""

    number: int
    title_zh: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the Measures; when not `certain` its number is shown as presumed (推定条号)."""

    number: int
    title_zh: str
    title_en: str
    chapter: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Provision:
    """A limit and where it comes from: `code` is the clock or class it is set for, `source` a Source's code."""

    code: str
    limit: Limit
    article: int | None
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A coded reason a person chooses; `needs_text` asks for words beside the code."""

    code: str
    name_zh: str
    name_en: str
    article: int | None
    origin: Origin
    needs_text: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """When a handling closes or must be refused (art. 17); `nature` None speaks of every nature."""

    code: str
    nature: Nature | None
    kind: str
    name_zh: str
    name_en: str
    article: int | None
    origin: Origin
    component_only: bool = False

    def concerns(self, nature: Nature, *, component: bool) -> bool:
        """Whether the reviewer of a case of this nature, of a city part or not, has to judge it."""
        return self.nature in (None, nature.judged_as) and (component or not self.component_only)


@dataclass(frozen=True, slots=True)
class Parameter:
    """Any other number or word of the edition; its code ends with the unit it is counted in."""

    code: str
    value: int | float | str
    article: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class DisposalRule:
    """A cell of the matrix of disposal limits (art. 15), for all classes or for some.

    `categories` are codes that the class's code begins with; empty means every class.
    """

    provision: Provision
    grade: Grade
    nature: Nature
    categories: tuple[str, ...] = ()
    component: bool = False
    around_the_clock: bool = False

    @property
    def narrowness(self) -> tuple[int, bool, bool]:
        """Greater when the rule speaks of fewer cases; the narrowest rule that fits is the cell."""
        return max(map(len, self.categories), default=0), self.component, self.around_the_clock

    def fits(self, category: Category | None, *, around_the_clock: bool) -> bool:
        """Whether the rule speaks of this class, handled by a unit that works around the clock or not."""
        of_class = not self.categories or (
            category is not None and category.code.startswith(self.categories)
        )
        of_parts = not self.component or (category is not None and category.component)
        return of_class and of_parts and (around_the_clock or not self.around_the_clock)


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that another statute or the city platform sets for some classes (优先适用, art. 14)."""

    provision: Provision
    categories: tuple[str, ...]
    nature: Nature | None = None

    def binds(self, nature: Nature, category: Category) -> bool:
        """Whether a case of this nature and class falls under it."""
        return category.code.startswith(self.categories) and self.nature in (None, nature)


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of the Measures. Values only: loaded once, never changed, compared by value.

    `clocks` is keyed by clock, grade and matter ("" is the clock's plain limit).
    """

    code: str
    title_zh: str
    title_en: str
    effective_from: date
    effective_to: date | None
    version: str
    own: bool
    sources: tuple[Source, ...]
    chapters: tuple[Chapter, ...]
    articles: tuple[Article, ...]
    refusal_reasons: tuple[Reason, ...]
    return_reasons: tuple[Reason, ...]
    extension_reasons: tuple[Reason, ...]
    exclusion_reasons: tuple[Reason, ...]
    closure_kinds: tuple[Reason, ...]
    closure_criteria: tuple[Criterion, ...]
    warning_classes: tuple[Reason, ...]
    shifts: tuple[tuple[time, time], ...]
    disposal_rules: tuple[DisposalRule, ...]
    bindings: tuple[Binding, ...]
    clocks: Mapping[tuple[Clock, Grade, str], Provision] = field(hash=False)
    parameters: Mapping[str, Parameter] = field(hash=False)

    def limit(self, clock: Clock, grade: Grade, matter: str = "") -> Provision:
        """The limit of a clock for a grade; a matter names a variant (K7 "EXTENSION", K13 "RED").

        K10 is zero: its notice must be out before handling is reported. K5 and K6 have no plain limit
        (see `disposal`); asking for what does not exist raises KeyError.
        """
        return self.clocks[clock, grade, matter]

    def disposal(
        self,
        grade: Grade,
        nature: Nature,
        category: Category | None,
        around_the_clock: bool = False,  # noqa: FBT001, FBT002 - the unit's own flag, passed through
    ) -> Provision | None:
        """The disposal limit (art. 15), or a shorter one the class or a statute sets (art. 14).

        Compared by nominal length; on a tie the matrix stands. Grade A is counted in clock time only,
        so a limit in working time never displaces it. None for THANKS, which is never disposed of.
        """
        if nature is Nature.THANKS:
            return None
        cell = self._cell(grade, nature.judged_as, category, around_the_clock=around_the_clock)
        rivals = self._rivals(nature.judged_as, category)
        if grade is Grade.A:
            rivals = (rival for rival in rivals if _runs_always(rival.limit))
        return min((cell, *rivals), key=lambda provision: self.nominal_minutes(provision.limit))

    def _cell(
        self, grade: Grade, nature: Nature, category: Category | None, *, around_the_clock: bool
    ) -> Provision:
        fitting = (
            rule
            for rule in self.disposal_rules
            if rule.grade is grade
            and rule.nature is nature
            and rule.fits(category, around_the_clock=around_the_clock)
        )
        return max(fitting, key=lambda rule: rule.narrowness).provision

    def _rivals(self, nature: Nature, category: Category | None) -> Iterator[Provision]:
        if category is None:
            return
        if own := _own_limit(category, self.parameters["disposal.class_article"]):
            yield own
        for binding in self.bindings:
            if binding.binds(nature, category):
                yield binding.provision

    def nominal_minutes(self, limit: Limit) -> float:
        """How long a limit lasts in the long run, in clock minutes: a week of shifts fills seven days."""
        return limit.value * self._minutes_of(limit.unit)

    def _minutes_of(self, unit: LimitUnit) -> float:
        match unit:
            case LimitUnit.CLOCK_MINUTE:
                return 1
            case LimitUnit.CLOCK_HOUR:
                return 60
            case LimitUnit.CALENDAR_DAY:
                return MINUTES_A_DAY
            case LimitUnit.WORK_DAY:
                return MINUTES_A_DAY * DAYS_A_WEEK / WORKING_DAYS_A_WEEK
            case LimitUnit.WORK_HOUR:
                return self._minutes_of(LimitUnit.WORK_DAY) * 60 / self.shift_minutes

    @property
    def shift_minutes(self) -> int:
        """Working minutes in a working day."""
        return sum(_minute(end) - _minute(begin) for begin, end in self.shifts)

    def parameter(self, code: str) -> Parameter:
        """A number or word of the edition with its origin; KeyError when the edition has none."""
        return self.parameters[code]

    def number(self, code: str) -> float:
        """The value of a numeric parameter; KeyError when unknown, TypeError when it is a word."""
        value = self.parameters[code].value
        if isinstance(value, str):
            raise TypeError(code)
        return value

    def refusal(self, code: str) -> Reason:
        """The refusal reason of `code` (art. 11); KeyError when there is none."""
        return _found(self.refusal_reasons, code)

    def return_reason(self, code: str) -> Reason:
        """The return reason of `code` (art. 13); KeyError when there is none."""
        return _found(self.return_reasons, code)

    def extension_reason(self, code: str) -> Reason:
        """The extension reason of `code` (art. 16); KeyError when there is none."""
        return _found(self.extension_reasons, code)

    def criterion(self, code: str) -> Criterion:
        """The closure criterion of `code` (art. 17); KeyError when there is none."""
        return next(
            (item for item in self.closure_criteria if item.code == code), None
        ) or _missing(code)

    def article(self, number: int) -> Article:
        """The article of that number; KeyError when the edition has none."""
        return next((item for item in self.articles if item.number == number), None) or _missing(
            number
        )

    def source(self, code: str) -> Source:
        """The text a provision comes from; KeyError when the edition names none such."""
        return next((item for item in self.sources if item.code == code), None) or _missing(code)

    def covers(self, day: date) -> bool:
        """Whether `day` (local date) lies in the edition's own span, both ends included."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )
