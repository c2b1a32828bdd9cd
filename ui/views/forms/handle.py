"""Reporting the disposal: the result, and the notice that was given to the reporter."""

from app.domain.commands import Handle
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.letters import handling
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Lines, SelfWritten
from ui.views.forms.groups import Choices
from ui.views.forms.proofs import photos_line
from ui.views.wrapping import wrapping

HANDLING = "2"


class Form(CaseForm):
    """The notice writes itself from the result until somebody changes it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "handle", self._commands)
        states = (TaskStatus.SIGNED, TaskStatus.REWORK)
        self._task = options.task_in(screen, self.view, *states)
        self.result, self.notice = Lines(), SelfWritten()
        self.method = Choices(screen.words, options.methods(screen), in_row=True)
        self.method.choose("PHONE")
        photos = photos_line(screen, self.view)
        if photos:
            self.body.addWidget(wrapping(photos))
        self.add("form.result", self.result, required=True)
        self.add("form.handling_notice", self.notice, required=not self._was_told)
        self.add("form.method", self.method, required=True)
        self.result.textChanged.connect(self._write)

    @property
    def _was_told(self) -> bool:
        """Whether a handling notice is on record already."""
        notices = self.view.dossier.notices
        return any(one.kind == HANDLING and one.status == "RECORDED" for one in notices)

    def _write(self) -> None:
        self.notice.offer(handling(self.case, self.result.text))

    def _commands(self) -> Commands:
        return (
            Handle(
                case_id=self.case.id,
                task_id=self._task.id if self._task is not None else "",
                result=self.result.text,
                notice=self.notice.text,
                method=self.method.value,
            ),
        )
