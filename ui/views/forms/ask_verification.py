"""Sending a grid officer to look before a case is filed."""

from app.domain.commands import AskVerification
from app.domain.terms import Role
from app.services.queries import CaseView, Operator
from ui.picker_index import Entry, NameIndex
from ui.screen import Screen
from ui.views.choices import Choice
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Lines
from ui.views.living import run_for
from ui.views.name_picker import NamePicker


class Form(CaseForm):
    """The officer may stay open; what he is to look at should not."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_verification", self._commands)
        self._officers: tuple[Operator, ...] = ()
        self.question = Lines()
        self.officer = NamePicker(
            screen, "form.officer", self._rows, self._found, screen.data.person
        )
        self.add("form.question", self.question)
        self.add("form.officer", self.officer)
        run_for(screen, self, self._load())

    async def _load(self) -> None:
        people = await self.seat.desk.people()
        self._officers = tuple(one for one in people if one.role is Role.GRID_OFFICER)
        self.officer.refresh()

    def _rows(self) -> list[Choice]:
        return [Choice(one.login, one.name) for one in self._officers]

    def _found(self, query: str) -> list[Choice]:
        index = NameIndex.of(Entry(one.login, (one.name,)) for one in self._officers)
        return [Choice(hit.code, hit.text, marks=hit.marks) for hit in index.find(query)]

    def _commands(self) -> Commands:
        asked = AskVerification(
            case_id=self.case.id, officer=self.officer.value, question=self.question.text
        )
        return (asked,)
