"""What the grid officer found on the spot: true or untrue, in words."""

from app.domain.commands import ReportVerification
from app.domain.rules import CENTRE
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Lines
from ui.views.officer_picker import OfficerPicker
from ui.views.wrapping import wrapping

TRUE, UNTRUE = "TRUE", "UNTRUE"


class Form(CaseForm):
    """Only a true report may be filed; an untrue one may be declined on that ground.

    Where nobody was named, the centre says whose word it writes down.
    """

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "report_verification", self._commands)
        asked = self.view.dossier.open_verification
        if asked is not None and asked.question:
            self.body.addWidget(wrapping(asked.question))
        self.outcome = Choices(screen.words, options.worded(screen, "form.outcome", (TRUE, UNTRUE)))
        self.finding = Lines()
        is_anybodys = asked is not None and not asked.officer
        self._is_told = is_anybodys and screen.desk.me.role in CENTRE
        self.officer = OfficerPicker(screen)
        if self._is_told:
            self.add("form.told_by", self.officer, required=True)
        self.add("form.outcome", self.outcome, required=True)
        self.add("form.finding", self.finding, required=True)

    def _commands(self) -> Commands:
        is_true = self.outcome.value == TRUE
        found = ReportVerification(
            case_id=self.case.id,
            is_true=is_true,
            finding=self.finding.text,
            officer=self.officer.value if self._is_told else "",
        )
        return (found,)
