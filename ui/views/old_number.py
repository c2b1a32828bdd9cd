"""The old number of a case that was merged, typed where one searches, leads to the case that it follows now."""

from app.domain.terms import CaseStatus
from app.services.queries import QueueRow
from ui.screen import Screen
from ui.views.search_box import SearchBox


async def survivor_of(screen: Screen, number: str) -> QueueRow | None:
    """The case that the one with that number was merged into; None for every other number."""
    row = await screen.desk.find(number) if number else None
    if row is None or row.status is not CaseStatus.MERGED:
        return None
    view = await screen.desk.case(row.id)
    return None if view is None else view.survivor


class OldNumber:
    """Watches the search box: whoever goes on to the list from an old number finds the survivor, and is told."""

    def __init__(self, screen: Screen, search: SearchBox) -> None:
        self._screen, self._search = screen, search
        for gone_on in (search.entered, search.left):
            gone_on.connect(lambda: screen.run(self._lead(search.text)))

    async def _lead(self, number: str) -> None:
        found = await survivor_of(self._screen, number)
        if found is not None:
            self._search.look_for(found.number)
            facts = {"number": number.upper(), "into": found.number}
            self._screen.toast("queue.merged_into", facts, "told")
