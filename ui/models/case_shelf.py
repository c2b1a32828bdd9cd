"""Cases looked at lately or about to be, ready to be shown at once; news takes them off again."""

from collections import OrderedDict

from app.domain.terms import CaseStatus
from app.services.queries import CaseView, Changed
from ui.screen import Screen

#: Views kept; the longest unused goes first.
KEPT = 60


class CaseShelf:
    """Fetches views through the desk and keeps them until somebody changes their case."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._views: OrderedDict[str, CaseView] = OrderedDict()
        self._age = 0

    def peek(self, case_id: str) -> CaseView | None:
        """The view if it is here and still true."""
        return self._views.get(case_id)

    async def fetch(self, case_id: str) -> CaseView | None:
        """The view, from here or from the desk; None when the desk has no such case."""
        if (kept := self._views.get(case_id)) is not None:
            self._views.move_to_end(case_id)
            return kept
        age = self._age
        view = await self._screen.desk.case(case_id)
        if view is not None and age == self._age:
            self._put(case_id, view)
        return view

    def concerns(self, case_id: str, changed: Changed) -> bool:
        """Whether the news may be about a case: of a refused one also by a case that supplements it."""
        if changed.cases is None or case_id in changed.cases:
            return True
        view = self._views.get(case_id)
        return view is not None and view.dossier.case.status is CaseStatus.REFUSED

    def take_off(self, changed: Changed) -> None:
        """Forget what the news is about."""
        self._age += 1
        for case_id in [one for one in self._views if self.concerns(one, changed)]:
            del self._views[case_id]

    def _put(self, case_id: str, view: CaseView) -> None:
        self._views[case_id] = view
        if len(self._views) > KEPT:
            self._views.popitem(last=False)
