"""What is counted together: classes at the second level, their warning class, and places at each grain."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.policy import Policy
from app.domain.taxonomy import Directory
from app.insight.streams import Layout

#: Classes are counted at this level, or at their own if that is higher.
LEVEL = 2


@dataclass(frozen=True)
class Keys:
    """The keys of a district under an edition."""

    directory: Directory
    policy: Policy
    district: str

    @cached_property
    def counted_as(self) -> dict[str, str]:
        """Every class by the one that it is counted as."""
        taxonomy = self.directory.taxonomy
        paths = ((one.code, taxonomy.path(one.code)) for one in taxonomy.categories)
        return {code: path[min(LEVEL, len(path)) - 1].code for code, path in paths}

    @cached_property
    def layout(self) -> Layout:
        """The classes, and the communities with their streets and the whole district."""
        classes = tuple(dict.fromkeys(self.counted_as.values()))
        streets = {one.code: one.street for one in self.directory.communities}
        return Layout.of(classes, streets, self.district)

    @cached_property
    def safety(self) -> frozenset[str]:
        """The classes of which fewer cases count."""
        roots = self._listed("warning.safety_categories")
        path = self.directory.taxonomy.path
        return frozenset(one for one in self.layout.classes if path(one)[0].code in roots)

    def below(self, category: str) -> list[str]:
        """Every class that is counted as this one."""
        return [one for one, counted in self.counted_as.items() if counted == category]

    def communities(self, grain: str, place: str) -> list[str]:
        """The communities of a place; none for the whole district."""
        if grain == "STREET":
            return [one.code for one in self.directory.communities if one.street == place]
        return [place] if grain == "COMMUNITY" else []

    def subject(self, category: str) -> str:
        """Which of the edition's classes of warnings a class belongs to; '' for none of them."""
        return next((code for code in self._subjects() if self._is_of(category, code)), "")

    def _subjects(self) -> Iterator[str]:
        return (one.code for one in self.policy.warning_classes)

    def _is_of(self, category: str, subject: str) -> bool:
        return category in self._listed(f"warning.{subject.lower()}_categories")

    def _listed(self, code: str) -> tuple[str, ...]:
        held = self.policy.parameters.get(code)
        return () if held is None else tuple(str(held.value).split(","))
