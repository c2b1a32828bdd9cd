"""The directory as words: under which names a case can be found, and what lies below a class."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.domain.effects import Wire
from app.domain.taxonomy import Directory


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names for codes, taken from the district's directory; an unknown code is its own name."""

    directory: Directory

    def names(self, case: Wire) -> Iterator[str]:
        """The Chinese names of a case's street, community and class, its parent classes included."""
        taxonomy = self.directory.taxonomy
        if (category := taxonomy.get(_text(case.get("category")))) is not None:
            yield from (one.name_zh for one in taxonomy.path(category.code))
        for field, find in (
            ("street", self.directory.street),
            ("community", self.directory.community),
        ):
            if code := _text(case.get(field)):
                yield _named(find, code)

    def below(self, category: str) -> tuple[str, ...]:
        """A class and every class below it."""
        children = self.directory.taxonomy.children(category)
        return (category, *(code for child in children for code in self.below(child.code)))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _named(find: Callable[[str], object], code: str) -> str:
    try:
        return str(getattr(find(code), "name_zh", code))
    except KeyError:
        return code
