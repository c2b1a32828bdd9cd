"""An edition of the Measures as a value: limits, clocks, reasons, criteria, parameters, and which edition judges."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Protocol, TypeVar

from app.domain.limits import Limit, LimitUnit
from app.domain.provisions import (
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
from app.domain.taxonomy import Category
from app.domain.terms import Clock, Grade, Nature

__all__ = [
    "Article",
    "Binding",
    "Chapter",
    "Criterion",
    "DisposalRule",
    "Editions",
    "Judgement",
    "Parameter",
    "Policy",
    "Provision",
    "Reason",
    "Source",
    "runs_always",
]

MINUTES_A_DAY = 24 * 60
DAYS_A_WEEK = 7
WORKING_DAYS_A_WEEK = 5
#: Each class has its own limit (处置时限).
CLASS_LIMIT_ARTICLE = 15


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
    interim_measures: tuple[Reason, ...]
    warning_recipients: tuple[Reason, ...]
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

        Compared by nominal length; on a tie the matrix stands, and a statute before the class. Grade A is
        counted in clock time only, so a limit in working time never displaces it. None for THANKS, which
        is never disposed of.
        """
        if nature is Nature.THANKS:
            return None
        cell = self._cell(grade, nature.judged_as, category, around_the_clock=around_the_clock)
        rivals = self._rivals(nature.judged_as, category)
        if grade is Grade.A:
            rivals = (rival for rival in rivals if runs_always(rival.limit))
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
        """Statutes, then the class: its own limit is the time to put the thing right, so of complaints."""
        if category is None:
            return
        for binding in self.bindings:
            if binding.binds(nature, category):
                yield binding.provision
        own = _own_limit(category)
        if own is not None and nature is Nature.COMPLAINT:
            yield own

    def nominal_minutes(self, limit: Limit) -> float:
        """How long a limit lasts in the long run, in clock minutes: a week of shifts fills seven days."""
        return limit.value * self._minutes_of(limit.unit)

    def _minutes_of(self, unit: LimitUnit) -> float:
        working_day = MINUTES_A_DAY * DAYS_A_WEEK / WORKING_DAYS_A_WEEK
        return {
            LimitUnit.CLOCK_MINUTE: 1,
            LimitUnit.CLOCK_HOUR: 60,
            LimitUnit.WORK_MINUTE: working_day / self.shift_minutes,
            LimitUnit.WORK_HOUR: working_day * 60 / self.shift_minutes,
            LimitUnit.WORK_DAY: working_day,
            LimitUnit.CALENDAR_DAY: MINUTES_A_DAY,
        }[unit]

    def own_minutes(self, limit: Limit) -> int:
        """How many minutes a limit has in its own kind of time: a working day has those of its shifts."""
        in_days = {LimitUnit.WORK_DAY: self.shift_minutes, LimitUnit.CALENDAR_DAY: MINUTES_A_DAY}
        in_hours = 60 if limit.unit in (LimitUnit.CLOCK_HOUR, LimitUnit.WORK_HOUR) else 1
        return limit.value * in_days.get(limit.unit, in_hours)

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
        return _found(self.closure_criteria, code)

    def source(self, code: str) -> Source:
        """The text a provision comes from; KeyError when the edition names none such."""
        return _found(self.sources, code)

    def article(self, number: int) -> Article:
        """The article of that number; KeyError when the edition has none."""
        return {item.number: item for item in self.articles}[number]

    @property
    def stamp(self) -> str:
        """What a case remembers its edition by: code and version, as in PS-4@1."""
        return f"{self.code}@{self.version}"

    def covers(self, day: date) -> bool:
        """Whether `day` (local date) lies in the edition's own span, both ends included."""
        begun = self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)

    def rivals(self, other: "Policy") -> bool:
        """Whether only one of the two can stand: they share a code, or being of one kind, a day."""
        if self.code == other.code:
            return True
        shares_day = self.covers(other.effective_from) or other.covers(self.effective_from)
        return self.own is other.own and shares_day


@dataclass(frozen=True, slots=True)
class Judgement:
    """The edition that judges a case; `by_analogy` (准用) when the case lies outside every span."""

    policy: Policy
    by_analogy: bool


@dataclass(frozen=True, slots=True)
class Editions:
    """The loaded editions: first those shipped, then the centre's own; never empty.

    `past` are versions once accepted that judge only the cases which bear their stamp.
    """

    editions: tuple[Policy, ...]
    past: tuple[Policy, ...] = ()

    def judging(self, accepted_on: date) -> Judgement:
        """Which edition judges a case accepted on a local date: own first, then shipped, then by analogy."""
        covering = [item for item in self.editions if item.covers(accepted_on)]
        if covering:
            return Judgement(max(covering, key=_precedence), by_analogy=False)
        return Judgement(self._by_analogy(accepted_on), by_analogy=True)

    def _by_analogy(self, day: date) -> Policy:
        shipped = [item for item in self.editions if not item.own]
        past = [item for item in shipped if item.effective_from <= day]
        return max(past or shipped[:1], key=_precedence)

    def by_code(self, code: str) -> Policy:
        """The edition of `code`; KeyError when it is not loaded."""
        return _found(self.editions, code)

    @property
    def known(self) -> tuple[Policy, ...]:
        """Those that judge new cases, then the past ones."""
        return (*self.editions, *self.past)

    def of(self, stamp: str) -> Policy:
        """The very version that a case bears, else what stands under its code; KeyError when nothing does."""
        same = [one for one in self.known if stamp == one.code or stamp.startswith(f"{one.code}@")]
        for one in same:
            if one.stamp == stamp:
                return one
        if not same:
            raise KeyError(stamp)
        return same[0]

    def as_of(self, stamp: str) -> "Editions":
        """The editions as they stood for a case: its version in the place of what replaced it.

        KeyError when none of that code is here.
        """
        then = self.of(stamp)
        stand = (one for one in self.editions if not then.rivals(one))
        return Editions((then, *stand), self.known)


def _precedence(policy: Policy) -> tuple[bool, date]:
    return policy.own, policy.effective_from


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def runs_always(limit: Limit) -> bool:
    """Whether it counts clock time, nights and days off included."""
    return limit.unit in (LimitUnit.CLOCK_MINUTE, LimitUnit.CLOCK_HOUR, LimitUnit.CALENDAR_DAY)


def _own_limit(category: Category) -> Provision | None:
    limit, source, origin = category.limit, category.limit_source, category.limit_origin
    if limit is None or source is None or origin is None:
        return None
    return Provision(category.code, limit, CLASS_LIMIT_ARTICLE, origin, source)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Item = TypeVar("_Item", bound=_Coded)


def _found(items: Iterable[_Item], code: str) -> _Item:
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)
