"""Signing for a task when several wait: the centre says whose it signs for."""

from app.domain.commands import Sign
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.which import Which


class Form(CaseForm):
    """Nothing but the choice of the unit; where one task waits it is signed for without this form."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "sign", self._commands)
        self.which = Which(self, TaskStatus.PENDING_SIGN)

    def _commands(self) -> Commands:
        return (Sign(case_id=self.case.id, task_id=self.which.task_id),)
