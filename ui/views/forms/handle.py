"""Reporting the disposal: the result, and the notice that was given to the reporter, or why none was."""

from app.domain.case import EXEMPT
from app.domain.commands import Handle
from app.domain.measures.notices import on_record
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.proofs import photos_line
from ui.views.forms.which import Which
from ui.views.forms.written import Lines, SelfWritten
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """The notice writes itself from the result until somebody changes it, or says that none is needed."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "handle", self._commands)
        states = (TaskStatus.SIGNED, TaskStatus.REWORK)
        self.which = Which(self, *states)
        self.result, self.notice = Lines(), SelfWritten()
        ways = options.worded(screen, "form.method", (*options.METHODS, EXEMPT))
        self.method = Choices(screen.words, ways, in_row=True)
        self.method.choose(options.usual_method(self.case, "PHONE"))
        photos = photos_line(screen, self.view)
        if photos:
            self.body.addWidget(wrapping(photos))
        self.add("form.result", self.result, required=True)
        self._told = self.add("form.handling_notice", self.notice, required=not self._was_told)
        self.add("form.method", self.method, required=True)
        self.result.textChanged.connect(self._write)
        self.method.changed.connect(self._turn)
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._turn)

    @property
    def _was_told(self) -> bool:
        """Whether a handling notice of this round is on record already."""
        return (
            self.which.task is not None
            and on_record(self.which.task, self.view.dossier) is not None
        )

    @property
    def _is_exempt(self) -> bool:
        return self.method.value == EXEMPT

    def _turn(self) -> None:
        """Between a notice and the reason why none is given: what wrote itself goes and comes."""
        asked = "form.handling_notice.exempt" if self._is_exempt else "form.handling_notice"
        self._told.ask(asked, required=self._is_exempt or not self._was_told)
        self._write()

    def _write(self) -> None:
        told = self.letters.handling(self.result.text, self.which.task)
        self.notice.offer("" if self._is_exempt else told)

    def _commands(self) -> Commands:
        return (
            Handle(
                case_id=self.case.id,
                task_id=self.which.task_id,
                result=self.result.text,
                notice=self.notice.text,
                method=self.method.value,
            ),
        )
