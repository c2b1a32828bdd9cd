"""What an edition of the Measures is made of: articles, limits with their origin, reasons, criteria."""

from dataclasses import dataclass

from app.domain.limits import Limit
from app.domain.taxonomy import Category
from app.domain.terms import Grade, Nature, Origin


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
