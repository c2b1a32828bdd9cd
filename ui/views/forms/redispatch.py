"""Taking an unsigned task from one unit and giving it to another."""

from app.domain.commands import Redispatch
from app.domain.terms import TaskStatus
from app.services.foresee import foresee_redispatch
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.which import Which
from ui.views.forms.written import Lines
from ui.views.limits_preview import LimitsPreview
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """The unit that has it is no choice; the clocks of the new one are shown."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "redispatch", self._commands)
        self.which = Which(self, TaskStatus.PENDING_SIGN)
        self.unit = UnitPicker(screen)
        self.limits = LimitsPreview(screen)
        self.reason = Lines()
        if self.which.choices is None and self.which.task is not None:
            unit = screen.data.unit(self.which.task.unit)
            self.body.addWidget(wrapping(screen.words.say("form.redispatch.now", unit=unit)))
        self.add("form.unit", self.unit, required=True)
        self.body.addWidget(Field(screen.words, "form.limits", self.limits))
        self.add("form.reason", self.reason, required=True)
        item = screen.desk.setting.directory.taxonomy.get(self.case.category)
        has_it = [task.unit for task in self.view.dossier.live_tasks]
        usual = item.unit or "" if item is not None else ""
        ruled = self.view.known.duty(self.case.category, self.moment.now)
        amended = [(ruled.unit, "picker.by_ruling")] if ruled is not None else []
        self.unit.offer([*amended, (usual, "picker.by_class")], has_it)
        self.unit.chosen.connect(self._foresee)
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._foresee)
        self._foresee()

    def _foresee(self, _code: str = "") -> None:
        clocks = foresee_redispatch(
            self.view.dossier, self.which.task, self.unit.value, self.moment
        )
        self.limits.tell(clocks, self.policy)

    def _commands(self) -> Commands:
        return (
            Redispatch(
                case_id=self.case.id,
                task_id=self.which.task_id,
                unit=self.unit.value,
                reason=self.reason.text,
            ),
        )
