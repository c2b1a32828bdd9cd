"""Choosing a grid officer by name or initials."""

from app.domain.terms import Role
from app.services.queries import Operator
from ui.picker_index import Entry, NameIndex
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.living import run_for
from ui.views.name_picker import NamePicker


class OfficerPicker(NamePicker):
    """Its list comes a moment after it."""

    def __init__(self, screen: Screen) -> None:
        self._officers: tuple[Operator, ...] = ()
        self._seat = screen
        super().__init__(screen, "form.officer", self._rows, self._hits, screen.data.person)
        run_for(screen, self, self._load())

    async def _load(self) -> None:
        people = await self._seat.desk.people()
        self._officers = tuple(one for one in people if one.role is Role.GRID_OFFICER)
        self.refresh()

    def _rows(self) -> list[Choice]:
        return [Choice(one.login, one.name) for one in self._officers]

    def _hits(self, query: str) -> list[Choice]:
        index = NameIndex.of(Entry(one.login, (one.name,)) for one in self._officers)
        return [Choice(hit.code, hit.text, marks=hit.marks) for hit in index.find(query)]
