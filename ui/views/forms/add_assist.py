"""Asking one more unit to assist in a case that units have already."""

from app.domain.clocks import Ledger
from app.domain.commands import AddAssist, Command
from app.domain.terms import Clock
from app.services.foresee import foresee_dispatch
from app.services.queries import CaseView, Done
from ui.letters import by, instruction
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.written import SelfWritten
from ui.views.limits_preview import LimitsPreview
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """Who has the case is told above and is no choice; the clocks of the new unit are shown."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "add_assist", self._commands)
        self.unit = UnitPicker(screen)
        self.limits = LimitsPreview(screen)
        self.instruction = SelfWritten()
        live = [task.unit for task in self.view.dossier.live_tasks]
        units = [screen.data.unit(code) for code in live]
        self.body.addWidget(wrapping(screen.words.say("form.add_assist.now", units=units)))
        self.add("form.unit", self.unit, required=True)
        self.body.addWidget(Field(screen.words, "form.limits", self.limits))
        self.add("form.instruction", self.instruction)
        self.unit.offer([], live)
        self.unit.chosen.connect(self._foresee)
        self._foresee()

    def kept(self, command: Command, done: Done) -> None:
        """A unit that was asked is offered sooner next time."""
        super().kept(command, done)
        self.unit.remember()

    def _foresee(self, _code: str = "") -> None:
        clocks = foresee_dispatch(self.view.dossier, None, self.unit.value, self.moment)
        self.limits.tell(clocks, self.policy)
        self._write(clocks)

    def _write(self, clocks: tuple[Ledger, ...]) -> None:
        due = next((one.due for one in clocks if one.clock is Clock.K5), None)
        self.instruction.offer(instruction(due, keep_secret=self.case.keep_secret), by(due))

    def _commands(self) -> Commands:
        text = self.instruction.text
        return (AddAssist(case_id=self.case.id, unit=self.unit.value, instruction=text),)
