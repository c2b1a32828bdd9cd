"""Choosing a person by name or initials: a grid officer, or somebody of the centre."""

from app.domain.terms import Role
from app.services.queries import Operator
from ui.picker_index import Entry, NameIndex
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.living import run_for
from ui.views.name_picker import NamePicker


class OfficerPicker(NamePicker):
    """Its list comes a moment after it: whoever is at work in one of these `roles`."""

    def __init__(
        self,
        screen: Screen,
        roles: tuple[Role, ...] = (Role.GRID_OFFICER,),
        words_key: str = "form.officer",
    ) -> None:
        self._officers: tuple[Operator, ...] = ()
        self._seat, self._roles = screen, roles
        super().__init__(screen, words_key, self._rows, self._hits, screen.data.person)
        run_for(screen, self, self._load())

    async def _load(self) -> None:
        people = await self._seat.desk.people()
        mine = (one for one in people if one.role in self._roles and one.is_active)
        self._officers = tuple(mine)
        self.refresh()

    def _rows(self) -> list[Choice]:
        return [Choice(one.login, one.name) for one in self._officers]

    def _hits(self, query: str) -> list[Choice]:
        index = NameIndex.of(Entry(one.login, (one.name,)) for one in self._officers)
        return [Choice(hit.code, hit.text, marks=hit.marks) for hit in index.find(query)]
