"""An emergency under way: somebody is on the spot, or has it under control."""

from app.domain.commands import ReportProgress
from app.domain.emergencies import CONTROL, ON_SITE, STEPS
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.which import Which
from ui.views.forms.written import Lines


class Form(CaseForm):
    """The next step is chosen already."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "report_progress", self._commands)
        states = (TaskStatus.SIGNED, TaskStatus.REWORK)
        self.which = Which(self, *states)
        self.step = Choices(screen.words, options.worded(screen, "clock.name.K5", STEPS))
        self._suggest()
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._suggest)
        self.words = Lines()
        self.add("form.progress", self.step, required=True)
        self.add("form.situation", self.words)

    def _suggest(self) -> None:
        task = self.which.task
        is_there = task is not None and task.on_site_at is not None
        self.step.choose(CONTROL if is_there else ON_SITE)

    def _commands(self) -> Commands:
        return (
            ReportProgress(
                case_id=self.case.id,
                task_id=self.which.task_id,
                step=self.step.value,
                text=self.words.text,
            ),
        )
