"""The cases as a log has left them so far, and which of them take up which others again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.case import Case, Dossier
from app.domain.commands import Command
from app.domain.matter import Matter, matter_of
from app.services.concerned import concerned


@dataclass(slots=True)
class Books:
    """The cases as the log has left them so far, and which of them take up which others again.

    `lost` are those of which nobody can say any more how they stand.
    """

    cases: dict[str, Dossier] = field(default_factory=dict[str, Dossier])
    lost: set[str] = field(default_factory=set[str])
    _linked: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _parts: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    _followed: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])

    def put(self, on: Dossier) -> None:
        """A case as it is now."""
        if on.case.supplements and on.case.id not in self.cases:
            self._linked.setdefault(on.case.supplements, []).append(on.case.id)
        self.cases[on.case.id] = on
        if on.case.split_from:
            self._parts.setdefault(on.case.split_from, {})[on.case.id] = None
        if on.case.merged_into:
            self._followed.setdefault(on.case.merged_into, {})[on.case.id] = None

    def beside(self, wish: Command) -> tuple[Dossier, ...]:
        """The other cases that a command concerns, as far as they are known."""
        ids = concerned(wish, self)
        return tuple(self.cases[one] for one in ids if one in self.cases)

    def followers(self, case_id: str) -> tuple[str, ...]:
        """The cases that follow one."""
        known = self._followed.get(case_id, {})
        return tuple(one for one in known if self.cases[one].case.merged_into == case_id)

    def family(self, case_id: str) -> tuple[str, ...]:
        """The parts of a split report; of a part the report and the other parts."""
        own = self.cases[case_id].case if case_id in self.cases else None
        whole = case_id if own is None or own.split_from is None else own.split_from
        return tuple(one for one in (whole, *self._parts.get(whole, ())) if one != case_id)

    def matter(self, case_id: str | None) -> Matter | None:
        """A case with all by which it was taken up again."""
        if case_id is None:
            return None
        return matter_of(case_id, self._find, self._supplementing)

    def _find(self, case_id: str) -> Case | None:
        found = self.cases.get(case_id)
        return None if found is None else found.case

    def _supplementing(self, case_id: str) -> Iterable[Case]:
        return (self.cases[one].case for one in self._linked.get(case_id, ()))
