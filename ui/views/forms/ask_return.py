"""A unit sends a task back: reason, the unit it belongs to, the legal basis, and words."""

from app.domain.clocks import Ledger
from app.domain.commands import AskReturn
from app.domain.deadlines import return_window
from app.domain.lengths import LONGEST_TEXT
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.groups import Choices
from ui.views.forms.which import Which
from ui.views.forms.written import Line, Lines
from ui.views.limits_preview import LimitsPreview
from ui.views.unit_picker import UnitPicker


class Form(CaseForm):
    """The window in which a return is allowed is shown above everything."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_return", self._commands)
        states = (TaskStatus.PENDING_SIGN, TaskStatus.SIGNED)
        self.which = Which(self, *states)
        grounds = options.reasons(screen, self.policy, self.policy.return_reasons)
        self.reason = Choices(screen.words, grounds)
        self.unit = UnitPicker(screen)
        self.basis = Line(LONGEST_TEXT)
        self.words = Lines()
        self.limits = LimitsPreview(screen)
        self._window_field = Field(screen.words, "form.return_window", self.limits)
        self.body.addWidget(self._window_field)
        self.add("form.return_reason", self.reason, required=True)
        self.add("form.proper_unit", self.unit, required=True)
        self.add("form.basis", self.basis, required=True)
        self._said = self.add("form.reason", self.words, required=True)
        self.reason.changed.connect(self._ask_for_words)
        self._turn()
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._turn)

    def _turn(self) -> None:
        """The window of the task that it is about, which is no choice for whom it belongs to."""
        task = self.which.task
        self.limits.tell(self._window, self.policy)
        self._window_field.setVisible(bool(self._window))
        self._say_over()
        self.unit.offer([], [task.unit] if task is not None else [])

    def _ask_for_words(self) -> None:
        names = {one.code: one for one in self.policy.return_reasons}
        reason = names.get(self.reason.value)
        self._said.ask("form.reason", required=reason is None or reason.needs_text)

    @property
    def _window(self) -> tuple[Ledger, ...]:
        """K4; none for a task taken over from elsewhere."""
        if self.which.task is None:
            return ()
        found = return_window(self.which.task, self.view.dossier, self.seat.desk.setting)
        return () if found is None else (found,)

    def _say_over(self) -> None:
        """Say at once when the window has closed, before anything is written."""
        now = self.seat.desk.now()
        closed = next((one.due for one in self._window if one.due and one.due < now), None)
        told = self.seat.words.refusal("return-window-over", {"due": closed}) if closed else ""
        self._window_field.blame(told)

    def _commands(self) -> Commands:
        return (
            AskReturn(
                case_id=self.case.id,
                task_id=self.which.task_id,
                reason=self.reason.value,
                text=self.words.text,
                proper_unit=self.unit.value,
                basis=self.basis.text().strip(),
            ),
        )
