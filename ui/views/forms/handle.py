"""Reporting the disposal: the result, and the notice that was given to the reporter, or why none was."""

from app.domain.case import EXEMPT, Task
from app.domain.commands import Handle
from app.domain.measures.notices import on_record
from app.domain.terms import TaskPart, TaskStatus
from app.services.queries import CaseView
from ui.letters import assembled
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.proofs import photos_line
from ui.views.forms.which import Which
from ui.views.forms.written import SelfWritten
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """The notice writes itself from the result until somebody changes it, or says that none is needed."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "handle", self._commands)
        states = (TaskStatus.SIGNED, TaskStatus.REWORK)
        self.which = Which(self, *states)
        self.result, self.notice = SelfWritten(), SelfWritten()
        self._waiting = wrapping(role="muted")
        self.body.addWidget(self._waiting)
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
            self.which.choices.changed.connect(self._assemble)
        self._assemble()

    @property
    def _parts(self) -> tuple[Task, ...]:
        """The tasks of the units that assist whoever leads; nobody else answers for others (art. 22)."""
        own = self.which.task
        if own is None or own.part is not TaskPart.LEAD:
            return ()
        return tuple(one for one in self.view.dossier.live_tasks if one.id != own.id)

    def _assemble(self) -> None:
        """The reply of who leads begins with what the others reported; of whom nothing came is said beside it."""
        names = {one.code: one.name_zh for one in self.seat.desk.setting.directory.units}
        came = [one for one in self._parts if one.result]
        self.result.offer(assembled((names.get(one.unit, one.unit), one.result) for one in came))
        owing = [self.seat.data.unit(one.unit) for one in self._parts if not one.result]
        words = self.seat.words
        self._waiting.setText(words.say("form.parts_owing", units=words.join(owing)))
        self._waiting.setVisible(bool(owing))

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
