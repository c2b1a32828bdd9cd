"""Handing a case to a responsible unit: the class if it is missing, the unit, and what the unit is told."""

from app.domain.clocks import Ledger
from app.domain.commands import Classify, Command, Dispatch
from app.domain.terms import Clock
from app.services.foresee import foresee_dispatch
from app.services.queries import CaseView, Done
from ui.letters import by, instruction
from ui.models.clock_lines import limits_line
from ui.screen import Screen
from ui.views.class_field import ClassField
from ui.views.forms.assists import Assists
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Field
from ui.views.forms.rehearsal import Rehearsal, brief
from ui.views.forms.written import SelfWritten
from ui.views.limits_preview import LimitsPreview
from ui.views.living import run_for
from ui.views.unit_picker import UnitPicker

#: A unit that solved such cases is offered without a reason of its own: what is known of it says all.
BY_PAST = ""


class Form(CaseForm):
    """Shows the limits that will run before anything is sent."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "dispatch", self._commands)
        self.category = ClassField(screen, quiet=True)
        self.unit = UnitPicker(screen)
        self.assists = Assists(screen, self._limits_of)
        self.limits = LimitsPreview(screen)
        self.rehearsal = Rehearsal(screen)
        self.asked, self._rehearsed = self.rehearsal.asked, ""
        self.instruction = SelfWritten()
        self.add_class(self.category)
        lead = self.add("form.unit", self.unit, required=True)
        lead.follows = True
        lead.ask("form.lead", required=True)
        self.body.addWidget(Field(screen.words, "form.limits", self.limits))
        self.body.addWidget(Field(screen.words, "form.rehearsal", self.rehearsal))
        self.add("form.assists", self.assists)
        self.add("form.instruction", self.instruction)
        self.category.set_value(self.case.category)
        self.category.hear(self._story())
        self.category.changed.connect(self._reclassed)
        self.unit.chosen.connect(self._foresee)
        self._reclassed()

    def first_focus(self) -> None:
        """To the class when there is none, else to the unit."""
        (self.category if self.category.is_blank else self.unit).take_focus()

    def take_number(self, number: int) -> None:
        """A class while there is none, a unit afterwards."""
        if self.category.is_blank:
            self.category.take_number(number)
        else:
            self.unit.take_number(number)

    def kept(self, command: Command, done: Done) -> None:
        """A unit that was dispatched to is offered sooner next time."""
        super().kept(command, done)
        if isinstance(command, Dispatch):
            self.unit.remember()

    def _reclassed(self) -> None:
        """The unit follows the class; one that was named in a return comes first."""
        self._rehearse()
        offers, gone = self._offers()
        self.unit.offer(offers, gone)
        free = [code for code, why in offers if code not in gone and why != BY_PAST]
        self.unit.set_value(free[0] if free else "")
        self._foresee()

    def _offers(self) -> tuple[list[tuple[str, str]], list[str]]:
        """The units that come first and why, and those that are no choice; what was is only offered, never chosen."""
        item = self.seat.desk.setting.directory.taxonomy.get(self.category.value)
        approved = [one for one in self.view.dossier.requests if one.status == "APPROVED"]
        tasks = [self.view.dossier.task(one.task_id) for one in approved]
        named = [(one.proper_unit or "", "picker.by_request") for one in reversed(approved)]
        usual = [(item.unit or "", "picker.by_class")] if item is not None else []
        ruled = self.view.known.duty(self.category.value, self.moment.now)
        amended = [(ruled.unit, "picker.by_ruling")] if ruled is not None else []
        before = [(one.unit, BY_PAST) for one in self.rehearsal.solvers or ()]
        gone = [*(task.unit for task in tasks if task is not None), *self._having]
        return [one for one in (*named, *amended, *usual, *before) if one[0]], gone

    def _rehearse(self) -> None:
        """Ask who solved cases of the class; an answer for a class that was changed again is dropped."""
        category, self._rehearsed = self.category.value, self.category.value
        self.rehearsal.tell(None)
        if category:
            run_for(self.seat, self, self._look_back(category))

    async def _look_back(self, category: str) -> None:
        solvers = await self.seat.desk.hindsight.solvers(category, self.case.community)
        if category == self._rehearsed:
            self.rehearsal.tell(solvers)
            self.unit.tell_notes({one.unit: brief(self.seat, one) for one in solvers})
            self.unit.offer(*self._offers())

    def _foresee(self, _code: str = "") -> None:
        chosen = self.category.value or None
        clocks = foresee_dispatch(self.view.dossier, chosen, self.unit.value, self.moment)
        self.limits.tell(clocks, self.policy)
        self.assists.offer([self.unit.value, *self._having])
        self._write(clocks)

    @property
    def _having(self) -> list[str]:
        """The units that assist in a case whose lead gave it back."""
        return [task.unit for task in self.view.dossier.live_tasks]

    def _limits_of(self, unit: str) -> str:
        chosen = self.category.value or None
        clocks = foresee_dispatch(self.view.dossier, chosen, unit, self.moment)
        return limits_line(self.seat.words, clocks)

    def _write(self, clocks: tuple[Ledger, ...]) -> None:
        """Renew the words to the unit for as long as nobody has changed them."""
        due = next((one.due for one in clocks if one.clock is Clock.K5), None)
        self.instruction.offer(instruction(due, keep_secret=self.case.keep_secret), by(due))

    def _commands(self) -> Commands:
        about = self.case.id
        classed = self.category.value != self.case.category
        first = (Classify(case_id=about, category=self.category.value),) if classed else ()
        wish = Dispatch(
            case_id=about,
            unit=self.unit.value,
            instruction=self.instruction.text,
            assists=self.assists.codes,
        )
        return (*first, wish)
