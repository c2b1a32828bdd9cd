"""Sending a grid officer to look before a case is filed."""

from app.domain.commands import AskVerification
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.written import Lines
from ui.views.officer_picker import OfficerPicker


class Form(CaseForm):
    """The officer may stay open; what he is to look at should not."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_verification", self._commands)
        self.question, self.officer = Lines(), OfficerPicker(screen)
        self.add("form.question", self.question)
        self.add("form.officer", self.officer)

    def _commands(self) -> Commands:
        asked = AskVerification(
            case_id=self.case.id, officer=self.officer.value, question=self.question.text
        )
        return (asked,)
